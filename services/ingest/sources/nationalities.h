// Nationalities as English adjectives, and the countries that they are of.
#pragma once

#include <string_view>

namespace dossier {

// The ISO 3166-1 alpha-3 code of the country whose people an adjective names ("Tunisian": "TUN"),
// in spellings that lists use ("Belarussian", "Afgan"). Empty: none, or one that several countries
// share ("Congolese", "Korean", "Dominican"). Case counts.
std::string_view CountryOfNationality(std::string_view adjective);

}  // namespace dossier
