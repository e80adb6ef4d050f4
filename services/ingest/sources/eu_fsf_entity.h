// One entity of the EU's consolidated list of financial sanctions, in version 1.0 of its files, and
// where its parts go in v1::Sanction. The XML and the CSV file say the same in different order: an
// entity that they say the same of has the same content from either.
//
//   entity id            the record's key and, after "eu:", the party's id; a whole number
//   Type                 P is a person; any other is kept in other "Type"
//   listings             of the entity: legal act, its date and link, programme, remark; the XML
//                        file has one, the CSV file one for each act. Programme; the act as
//                        instrument and, with its date, as date ACT_PUBLISHED; remark
//   names                the lowest number is PRIMARY (the list marks none), others are ALIAS;
//                        WHOLENAME, or else its parts joined; FIRSTNAME, MIDDLENAME, LASTNAME as
//                        parts; LANGUAGE as script; GENDER, TITLE and FUNCTION as the party's
//   births               DATE "1957-05-03", "1957", "1957 (approximative)", "1953 - 1958
//                        (approximative)"; PLACE; COUNTRY
//   addresses            NUMBER and STREET, ZIPCODE, CITY, COUNTRY; OTHER in the note
//   passports            NUMBER "AD001095 (passport-National passport) (REST)": number, printed
//                        kind and note
//   citizens             a nationality that is a citizenship
//   EU reference number  identifier REFERENCE; only the CSV file has it
//
// Each part has a number (its id), and a legal act of its own: its date is the part's act_date, and
// its note begins with the act, and with the programme where that is not the entity's. The link of
// each act is in other, under the act. Countries are ISO 3166 alpha-3 codes. Parts are in the order
// of their numbers; texts are in one line (one_line.h), "\n" as two characters being white space.
//
// A remark's "(Date of UN designation: 2002-02-21)" is also a date DESIGNATED, and each "UN
// Ref QDi.001" (un_reference.h) a claim that the entry transposes "un:QDi.001".
//
// Measures: by the rule eu-fsf-freeze (services/model/sanction_rules.h).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/sanction.pb.h"
#include "services/ingest/sources/country_names.h"

namespace dossier {

inline constexpr char kEuFsfSource[] = "eu-fsf";
inline constexpr char kEuFsfPublisher[] = "European Commission";

enum class EuFsfKind { kName, kAddress, kBirth, kPassport, kCitizen };
inline constexpr size_t kEuFsfKinds = 5;
inline constexpr size_t kEuFsfFieldsMax = 8;

// The elements of a part of each kind in the XML file; the CSV file's columns are in this order.
struct EuFsfLayout {
  EuFsfKind kind;
  std::string_view element;
  std::vector<std::string_view> fields;
};
const std::array<EuFsfLayout, kEuFsfKinds>& EuFsfLayouts();

struct EuFsfAct {
  std::string_view legal_basis;
  std::string_view date;  // "2005-06-16"
  std::string_view link;
  std::string_view programme;

  bool operator==(const EuFsfAct&) const = default;
};

struct EuFsfListing {
  EuFsfAct act;
  std::string_view remark;
};

struct EuFsfPart {
  EuFsfKind kind = EuFsfKind::kName;
  std::string_view id;
  EuFsfAct act;
  std::array<std::string_view, kEuFsfFieldsMax> fields;  // as in EuFsfLayouts
};

// Texts as in the file, valid as long as what they point into.
struct EuFsfEntity {
  std::string_view id;
  std::string_view type;
  std::string_view reference;
  std::vector<EuFsfListing> listings;
  std::vector<EuFsfPart> parts;
  std::vector<v1::PrintedField> other;  // what the layout has no place for
};

// Makes contents of entities. One thread at a time.
class EuFsfEntityReader {
 public:
  // `table` must outlive it.
  explicit EuFsfEntityReader(const ActorTable& table) : countries_(table, kEuFsfSource) {}

  // Fills in the content. InvalidArgument: why it is rejected (it has no name, or more than 10,000
  // parts).
  absl::Status Read(EuFsfEntity entity, v1::Sanction& sanction) const;

 private:
  void ReadPart(const EuFsfPart& part, std::string_view programme, v1::Sanction& sanction) const;
  void ReadBirth(const EuFsfPart& part, v1::Birth& birth) const;
  void ReadAddress(const EuFsfPart& part, v1::Address& address) const;

  const CountryNames countries_;
};

// The record's key of an entity; empty: the id is no whole number of at most 12 digits.
std::string EuFsfKey(std::string_view id);

// The day that a file says it is of, "11/02/2016": basis STATED. InvalidArgument: it does not read.
absl::StatusOr<v1::PublishStamp> ReadEuFsfDate(std::string_view text);

}  // namespace dossier
