#include "services/ingest/sources/country_names.h"

#include "absl/strings/string_view.h"

namespace dossier {

template <typename Find>
void CountryNames::SetWith(std::string_view printed, const Find& find, Ids& ids,
                           v1::ActorRef& country) const {
  country.mutable_printed_name()->assign(printed);
  const absl::string_view key(printed.data(), printed.size());
  const auto known = ids.find(key);
  if (known != ids.end()) {
    country.set_id(known->second);
    return;
  }
  if (ids.size() >= kNamesMax) ids.clear();
  country.set_id(ids.emplace(key, find()).first->second);
}

void CountryNames::Set(std::string_view printed, v1::ActorRef& country) const {
  SetWith(
      printed, [&] { return table_.Resolve(source_, printed); }, id_of_name_, country);
}

void CountryNames::SetCode(std::string_view code, v1::ActorRef& country) const {
  const auto find = [&] {
    const v1::Actor* const actor = table_.Find(code);
    return actor != nullptr ? actor->id() : UnresolvedId(source_, code);
  };
  SetWith(code, find, id_of_code_, country);
}

}  // namespace dossier
