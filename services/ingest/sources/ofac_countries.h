// Ids for the countries that an entry of OFAC's names.
#pragma once

#include "dossier/v1/sanction.pb.h"
#include "services/ingest/sources/country_names.h"

namespace dossier {

// Sets the id of each country that has a printed name: of nationalities, identifiers, addresses and
// the flag.
void ResolveCountries(const CountryNames& names, v1::Sanction& sanction);

}  // namespace dossier
