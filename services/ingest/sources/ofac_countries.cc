#include "services/ingest/sources/ofac_countries.h"

namespace dossier {
namespace {

void Resolve(const CountryNames& names, v1::ActorRef& country) {
  if (!country.printed_name().empty()) names.Set(country.printed_name(), country);
}

}  // namespace

void ResolveCountries(const CountryNames& names, v1::Sanction& sanction) {
  for (v1::Nationality& nationality : *sanction.mutable_nationality()) {
    Resolve(names, *nationality.mutable_country());
  }
  for (v1::Identifier& identifier : *sanction.mutable_identifier()) {
    if (identifier.has_country()) Resolve(names, *identifier.mutable_country());
  }
  for (v1::Address& address : *sanction.mutable_address()) {
    if (address.has_country()) Resolve(names, *address.mutable_country());
  }
  if (sanction.craft().has_flag()) Resolve(names, *sanction.mutable_craft()->mutable_flag());
}

}  // namespace dossier
