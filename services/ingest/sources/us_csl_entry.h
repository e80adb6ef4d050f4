// The rows of one entry of the US Consolidated Screening List, as a v1::Sanction: us_csl_csv.h has
// what becomes of each column.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "dossier/v1/sanction.pb.h"
#include "services/ingest/sources/country_names.h"
#include "services/ingest/sources/row_groups.h"

namespace dossier {

inline constexpr char kUsCslSource[] = "us-csl";

enum UsCslColumn : size_t {
  kCslSource,
  kCslNumber,
  kCslType,
  kCslPrograms,
  kCslName,
  kCslTitle,
  kCslAddresses,
  kCslNotice,
  kCslStart,
  kCslEnd,
  kCslStandardOrder,
  kCslRequirement,
  kCslPolicy,
  kCslCallSign,
  kCslVesselType,
  kCslTonnage,
  kCslRegisteredTonnage,
  kCslFlag,
  kCslOwner,
  kCslRemarks,
  kCslListUrl,
  kCslAltNames,
  kCslCitizenships,
  kCslBirthDates,
  kCslNationalities,
  kCslBirthPlaces,
  kCslInformationUrl,
  kCslIds,
  kUsCslColumns,
};

inline constexpr std::array<std::string_view, kUsCslColumns> kUsCslHeader = {
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids"};

// "SDN" of "Specially Designated Nationals (SDN) - Treasury Department"; all of a name without
// brackets.
std::string_view UsCslListName(std::string_view source);

// Parts of a key that are longer are none of these lists: the row is rejected.
inline constexpr size_t kCslListBytesMax = 64;
inline constexpr size_t kCslNumberBytesMax = 64;

// The record's key. Of parts within their limits, and a name of any length, it is within that of
// keys, 256 bytes.
std::string UsCslKey(std::string_view source, std::string_view number, std::string_view name);

// One thread at a time.
class UsCslEntryReader {
 public:
  // `table` must outlive it.
  explicit UsCslEntryReader(const ActorTable& table) : countries_(table, kUsCslSource) {}

  void Read(const RowGroup& group, v1::Sanction& sanction) const;

 private:
  void ReadAddresses(const RowGroup& group, v1::Sanction& sanction) const;
  void ReadPerson(const RowGroup& group, v1::Sanction& sanction) const;
  void ReadId(std::string_view item, v1::Sanction& sanction) const;
  void ReadCraft(const RowGroup& group, v1::Sanction& sanction) const;
  void ResolveNames(v1::Sanction& sanction) const;

  const CountryNames countries_;
};

}  // namespace dossier
