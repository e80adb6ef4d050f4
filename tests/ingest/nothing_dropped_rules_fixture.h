// How the fields of each published file become what a record says, and which of them do not: the
// tables that the proof that nothing is dropped rests on.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/ingest/nothing_dropped_walk_fixture.h"

namespace dossier {

enum class DateStyle { kDayFirst, kMonthFirst, kDayMonthName };

// A heading matches a field whose own is the same, or ends with it behind a "/"; "@refId" matches
// that attribute of any element.
struct NoContent {
  std::string_view heading;
  std::string_view reason;
  // Only outside of records: on a line that none of them holds.
  bool only_outside = false;
};

// A value under a heading that becomes an enumerated one ("NAME_QUALITY_LOW"), a flag
// ("is_citizenship=true"), or the field that is set ("gender"); "!" before it: that must be
// missing. An empty value: any.
struct Meaning {
  std::string_view heading;
  std::string_view value;
  std::string_view mark;
};

// A field that holds several things, which may stand apart in the record.
struct Pieces {
  std::string_view heading;
  std::vector<std::string_view> separators;
};

// A value that becomes a mark and the text between two others: "Listing Date (EO 14024):".
struct Wrapped {
  std::string_view heading;
  std::string_view before;
  std::string_view after;
  std::string_view mark;
};

// Numbers between ";" or "-", or one, that each become the number or date of that name, and stand
// nowhere else: "2019; 2020" is year=2019 and year=2020, with 3 decimals "0.2" is 200. "?", and
// brackets around them, become the flag.
struct Numbers {
  std::string_view heading;
  std::string_view field;
  std::string_view flag;
  int decimals = 0;
};

struct FieldRules {
  bool is_xml = false;
  bool is_workbook = false;
  bool is_sipri_rtf = false;
  bool is_json = false;
  CellLayout cells = {};
  std::vector<DateStyle> dates = {};  // beside ISO 8601
  std::vector<NoContent> no_content = {};
  std::vector<Meaning> meanings = {};
  std::vector<Pieces> pieces = {};
  std::vector<Wrapped> wrapped = {};
  std::vector<Numbers> numbers = {};
  // Each field has a place of its own in the record: values that stand twice are found twice.
  bool counts_each = false;
  // A field stands in the record as "heading=value", or as the mark that it has a meaning of; under
  // these headings, by its value.
  bool is_named = false;
  std::vector<std::string_view> unnamed = {};

  bool IsNoContent(std::string_view heading, bool is_in_record) const;
  // In ISO 8601, as exact as it is: "00/00/1980" is "1980".
  std::vector<std::string> DatesOf(std::string_view value) const;
  std::vector<std::string> MarksOf(const PublishedField& field) const;
  // Marks that must all be found, of a field that holds numbers; none: it does not.
  std::vector<std::string> NumbersOf(const PublishedField& field) const;
  // What of `is_named` holds for the field: "heading=value"; or its value.
  std::string NamedText(const PublishedField& field) const;
  // Texts and marks that must all be found.
  std::vector<std::string> PiecesOf(const PublishedField& field) const;
};

enum class RulesName {
  kAtopAlliances,
  kAtopMembers,
  kBisDpl,
  kCaSema,
  kCowAlliances,
  kDesta,
  kEuFsfCsv,
  kEuFsfXml,
  kEuOj,
  kGsdb,
  kOfacAddresses,
  kOfacAliases,
  kOfacComments,
  kOfacEnhanced,
  kOfacPrimary,
  kOfacXml,
  kSipriOrders,
  kSipriRegister,
  kSipriRegisterPadded,
  kSipriRtf,
  kUkCsv,
  kUkWorkbook,
  kUn,
  kUntc,
  kUntcIndex,
  kUsCsl,
};
const FieldRules& RulesOf(RulesName name);

struct PublishedFile {
  std::string name;  // below the folder of published files
  std::string source;
  size_t records;
  RulesName rules;
  std::string stamp = "";  // that the file states; "": none
};
std::vector<PublishedFile> PublishedFiles();
// For messages of tests: its name.
void PrintTo(const PublishedFile& file, std::ostream* out);

}  // namespace dossier
