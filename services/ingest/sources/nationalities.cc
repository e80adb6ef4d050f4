#include "services/ingest/sources/nationalities.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dossier {
namespace {

// In the order of bytes.
constexpr std::pair<std::string_view, std::string_view> kNationalities[] = {
    {"Afgan", "AFG"},         {"Afghan", "AFG"},         {"Albanian", "ALB"},
    {"Algerian", "DZA"},      {"American", "USA"},       {"Angolan", "AGO"},
    {"Argentine", "ARG"},     {"Argentinian", "ARG"},    {"Armenian", "ARM"},
    {"Australian", "AUS"},    {"Austrian", "AUT"},       {"Azerbaijani", "AZE"},
    {"Bahraini", "BHR"},      {"Bangladeshi", "BGD"},    {"Belarusian", "BLR"},
    {"Belarussian", "BLR"},   {"Belgian", "BEL"},        {"Bolivian", "BOL"},
    {"Bosnian", "BIH"},       {"Brazilian", "BRA"},      {"British", "GBR"},
    {"Bulgarian", "BGR"},     {"Burkinabe", "BFA"},      {"Burmese", "MMR"},
    {"Burundian", "BDI"},     {"Cambodian", "KHM"},      {"Cameroonian", "CMR"},
    {"Canadian", "CAN"},      {"Chadian", "TCD"},        {"Chilean", "CHL"},
    {"Chinese", "CHN"},       {"Colombian", "COL"},      {"Comorian", "COM"},
    {"Croatian", "HRV"},      {"Cuban", "CUB"},          {"Cypriot", "CYP"},
    {"Czech", "CZE"},         {"Danish", "DNK"},         {"Djiboutian", "DJI"},
    {"Dutch", "NLD"},         {"Ecuadorian", "ECU"},     {"Egyptian", "EGY"},
    {"Emirati", "ARE"},       {"Eritrean", "ERI"},       {"Estonian", "EST"},
    {"Ethiopian", "ETH"},     {"Filipino", "PHL"},       {"Finnish", "FIN"},
    {"French", "FRA"},        {"Gabonese", "GAB"},       {"Gambian", "GMB"},
    {"Georgian", "GEO"},      {"German", "DEU"},         {"Ghanaian", "GHA"},
    {"Greek", "GRC"},         {"Guatemalan", "GTM"},     {"Haitian", "HTI"},
    {"Honduran", "HND"},      {"Hungarian", "HUN"},      {"Icelandic", "ISL"},
    {"Indian", "IND"},        {"Indonesian", "IDN"},     {"Iranian", "IRN"},
    {"Iraqi", "IRQ"},         {"Irish", "IRL"},          {"Israeli", "ISR"},
    {"Italian", "ITA"},       {"Ivorian", "CIV"},        {"Jamaican", "JAM"},
    {"Japanese", "JPN"},      {"Jordanian", "JOR"},      {"Kazakh", "KAZ"},
    {"Kazakhstani", "KAZ"},   {"Kenyan", "KEN"},         {"Kosovar", "XKX"},
    {"Kuwaiti", "KWT"},       {"Kyrgyz", "KGZ"},         {"Laotian", "LAO"},
    {"Latvian", "LVA"},       {"Lebanese", "LBN"},       {"Liberian", "LBR"},
    {"Libyan", "LBY"},        {"Lithuanian", "LTU"},     {"Luxembourgish", "LUX"},
    {"Macedonian", "MKD"},    {"Malawian", "MWI"},       {"Malaysian", "MYS"},
    {"Maldivian", "MDV"},     {"Malian", "MLI"},         {"Maltese", "MLT"},
    {"Mauritanian", "MRT"},   {"Mauritian", "MUS"},      {"Mexican", "MEX"},
    {"Moldovan", "MDA"},      {"Mongolian", "MNG"},      {"Montenegrin", "MNE"},
    {"Moroccan", "MAR"},      {"Mozambican", "MOZ"},     {"Namibian", "NAM"},
    {"Nepalese", "NPL"},      {"Nicaraguan", "NIC"},     {"Nigerian", "NGA"},
    {"North Korean", "PRK"},  {"Norwegian", "NOR"},      {"Omani", "OMN"},
    {"Pakistani", "PAK"},     {"Palestinian", "PSE"},    {"Panamanian", "PAN"},
    {"Paraguayan", "PRY"},    {"Peruvian", "PER"},       {"Polish", "POL"},
    {"Portuguese", "PRT"},    {"Qatari", "QAT"},         {"Qatarian", "QAT"},
    {"Romanian", "ROU"},      {"Russian", "RUS"},        {"Rwandan", "RWA"},
    {"Saudi", "SAU"},         {"Saudi Arabian", "SAU"},  {"Senegalese", "SEN"},
    {"Serbian", "SRB"},       {"Sierra Leonean", "SLE"}, {"Singaporean", "SGP"},
    {"Slovak", "SVK"},        {"Slovenian", "SVN"},      {"Somali", "SOM"},
    {"South African", "ZAF"}, {"South Korean", "KOR"},   {"South Sudanese", "SSD"},
    {"Spanish", "ESP"},       {"Sri Lankan", "LKA"},     {"Sudanese", "SDN"},
    {"Surinamese", "SUR"},    {"Swedish", "SWE"},        {"Swiss", "CHE"},
    {"Syrian", "SYR"},        {"Taiwanese", "TWN"},      {"Tajik", "TJK"},
    {"Tajikistani", "TJK"},   {"Tanzanian", "TZA"},      {"Thai", "THA"},
    {"Togolese", "TGO"},      {"Tunisian", "TUN"},       {"Turkish", "TUR"},
    {"Turkmen", "TKM"},       {"Ugandan", "UGA"},        {"Ukrainian", "UKR"},
    {"Uruguayan", "URY"},     {"Uzbek", "UZB"},          {"Uzbekistani", "UZB"},
    {"Venezuelan", "VEN"},    {"Vietnamese", "VNM"},     {"Yemeni", "YEM"},
    {"Zambian", "ZMB"},       {"Zimbabwean", "ZWE"},
};

static_assert(std::is_sorted(std::begin(kNationalities), std::end(kNationalities)));

}  // namespace

std::string_view CountryOfNationality(std::string_view adjective) {
  const auto found =
      std::lower_bound(std::begin(kNationalities), std::end(kNationalities), adjective,
                       [](const auto& row, std::string_view text) { return row.first < text; });
  if (found == std::end(kNationalities) || found->first != adjective) return {};
  return found->second;
}

}  // namespace dossier
