// The rows of one entry of an annex of an EU regulation, as a v1::Sanction: eu_oj_csv.h has what
// becomes of each column.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/sanction.pb.h"
#include "services/ingest/sources/printed_countries.h"
#include "services/ingest/sources/row_groups.h"

namespace dossier {

inline constexpr char kEuOjSource[] = "eu-oj";

// Of amending acts; a consolidated act has "celex" for the first, and lacks the second.
enum EuOjColumn : size_t {
  kOjCelex,
  kOjAmendmentCelex,
  kOjRecordId,
  kOjProgramKey,
  kOjAnnex,
  kOjMeasure,
  kOjStartDate,
  kOjReason,
  kOjSchema,
  kOjName,
  kOjAlias,
  kOjWeakAlias,
  kOjPreviousName,
  kOjCountry,
  kOjNationality,
  kOjJurisdiction,
  kOjBirthDate,
  kOjBirthPlace,
  kOjPosition,
  kOjPassportNumber,
  kOjGender,
  kOjAppearance,
  kOjEthnicity,
  kOjFatherName,
  kOjMotherName,
  kOjIncorporationDate,
  kOjLegalForm,
  kOjSector,
  kOjRegistrationNumber,
  kOjTaxNumber,
  kOjIdNumber,
  kOjInnCode,
  kOjOgrnCode,
  kOjKppCode,
  kOjOkpoCode,
  kOjLeiCode,
  kOjSwiftBic,
  kOjTicker,
  kOjImoNumber,
  kOjMmsi,
  kOjFlag,
  kOjAddress,
  kOjPhone,
  kOjEmail,
  kOjWebsite,
  kOjNotes,
  kEuOjColumns,
};

inline constexpr std::array<std::string_view, kEuOjColumns> kEuOjHeader = {"amendedCelex",
                                                                           "amendmentCelex",
                                                                           "recordId",
                                                                           "programKey",
                                                                           "annex",
                                                                           "measure",
                                                                           "startDate",
                                                                           "reason",
                                                                           "schema",
                                                                           "name",
                                                                           "alias",
                                                                           "weakAlias",
                                                                           "previousName",
                                                                           "country",
                                                                           "nationality",
                                                                           "jurisdiction",
                                                                           "birthDate",
                                                                           "birthPlace",
                                                                           "position",
                                                                           "passportNumber",
                                                                           "gender",
                                                                           "appearance",
                                                                           "ethnicity",
                                                                           "fatherName",
                                                                           "motherName",
                                                                           "incorporationDate",
                                                                           "legalForm",
                                                                           "sector",
                                                                           "registrationNumber",
                                                                           "taxNumber",
                                                                           "idNumber",
                                                                           "innCode",
                                                                           "ogrnCode",
                                                                           "kppCode",
                                                                           "okpoCode",
                                                                           "leiCode",
                                                                           "swiftBic",
                                                                           "ticker",
                                                                           "imoNumber",
                                                                           "mmsi",
                                                                           "flag",
                                                                           "address",
                                                                           "phone",
                                                                           "email",
                                                                           "website",
                                                                           "notes"};

using EuOjCells = std::array<std::string_view, kEuOjColumns>;

// Parts of a key that are longer are no act's: the row is rejected.
inline constexpr size_t kOjCelexBytesMax = 32;
inline constexpr size_t kOjAnnexBytesMax = 48;

// The record's key. The cells have no blanks at their ends. Of parts within their limits, with a
// number or name of any length, it is within that of keys, 256 bytes.
std::string EuOjKey(const EuOjCells& cells);

// One thread at a time.
class EuOjEntryReader {
 public:
  // `table` must outlive it.
  explicit EuOjEntryReader(const ActorTable& table) : countries_(table, kEuOjSource) {}

  void Read(const RowGroup& group, v1::Sanction& sanction) const;

 private:
  void ReadBirths(const RowGroup& group, v1::Sanction& sanction) const;
  void ReadCountries(const RowGroup& group, v1::Sanction& sanction) const;
  void ReadAddresses(const RowGroup& group, v1::Sanction& sanction) const;
  // Nationalities in one cell: numbered, or parted by "; ", ", " or " and " where each is known.
  std::vector<std::string_view> NationalitiesIn(std::string_view cell) const;

  const PrintedCountries countries_;
};

}  // namespace dossier
