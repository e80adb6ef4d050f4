// The countries that a list prints, as actors: looked up once each.
#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "dossier/v1/actor.pb.h"
#include "services/model/actors.h"

namespace dossier {

// One thread at a time.
class CountryNames {
 public:
  // `table` must outlive it.
  CountryNames(const ActorTable& table, std::string_view source) : table_(table), source_(source) {}

  // Sets the country's id and its name as printed (neither empty, nor with blanks at its ends). A
  // name that the table does not know gets an unresolved id.
  void Set(std::string_view printed, v1::ActorRef& country) const;
  // The same of an ISO 3166-1 alpha-3 code, or alpha-2, or one of 3166-3. What is a code in one
  // column may be no name in another: neither method knows of what the other was asked.
  void SetCode(std::string_view code, v1::ActorRef& country) const;

 private:
  static constexpr size_t kNamesMax = 10'000;
  using Ids = absl::flat_hash_map<std::string, std::string>;  // at most kNamesMax

  template <typename Find>
  void SetWith(std::string_view printed, const Find& find, Ids& ids, v1::ActorRef& country) const;

  const ActorTable& table_;
  const std::string source_;
  mutable Ids id_of_name_;
  mutable Ids id_of_code_;
};

}  // namespace dossier
