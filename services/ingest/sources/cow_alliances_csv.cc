#include "services/ingest/sources/cow_alliances_csv.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/cow_numbers.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/xml_records.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr char kSource[] = "cow-alliances";
constexpr std::string_view kRelease = "4.1";
constexpr int kFirstYear = 1816;
constexpr int kLastYear = 2012;
constexpr int kAllianceMax = 999'999;
constexpr int kStateMax = 9'999;

enum Column : size_t {
  kAlliance,
  kState,
  kStateName,
  kOther,
  kOtherName,
  kStartDay,
  kStartMonth,
  kStartYear,
  kEndDay,
  kEndMonth,
  kEndYear,
  kLeftCensor,
  kRightCensor,
  kDefense,
  kNeutrality,
  kNonaggression,
  kEntente,
  kRelease41,
  kColumns,
};

constexpr std::array<std::string_view, kColumns> kHeader = {
    "version4id",     "ccode1",        "state_name1",   "ccode2",       "state_name2",
    "dyad_st_day",    "dyad_st_month", "dyad_st_year",  "dyad_end_day", "dyad_end_month",
    "dyad_end_year",  "left_censor",   "right_censor",  "defense",      "neutrality",
    "nonaggression",  "entente",       "version"};

constexpr std::pair<Column, v1::Obligation> kObligations[] = {
    {kDefense, v1::OBLIGATION_DEFENSE},
    {kNeutrality, v1::OBLIGATION_NEUTRALITY},
    {kNonaggression, v1::OBLIGATION_NONAGGRESSION},
    {kEntente, v1::OBLIGATION_ENTENTE},
};

using Cells = std::array<std::string_view, kColumns>;

struct Fault {
  Column column = kAlliance;
  std::string reason;
};

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

Fault FaultAt(Column column, const Cells& cells, std::string_view expected) {
  return {column, absl::StrCat("expected ", ToAbsl(expected), ", found ", Quoted(cells[column]))};
}

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_");
}

// A row as it is printed, before it is known who bore the numbers.
struct Dyad {
  int alliance = 0;
  int state = 0;
  int other = 0;
  v1::TreatySpell spell;
};

std::optional<Fault> ReadNumber(const Cells& cells, Column column, int min, int max, int& number) {
  if (absl::SimpleAtoi(ToAbsl(cells[column]), &number) && number >= min && number <= max) {
    return std::nullopt;
  }
  return FaultAt(column, cells, absl::StrCat("a number from ", min, " to ", max));
}

// The three columns follow each other: day, month, year.
std::optional<Fault> ReadDate(const Cells& cells, Column day_column, v1::Date& date) {
  const Column month_column = static_cast<Column>(day_column + 1);
  const Column year_column = static_cast<Column>(day_column + 2);
  int day = 0, month = 0, year = 0;
  if (auto fault = ReadNumber(cells, day_column, 1, 31, day)) return fault;
  if (auto fault = ReadNumber(cells, month_column, 1, 12, month)) return fault;
  if (auto fault = ReadNumber(cells, year_column, kFirstYear, kLastYear, year)) return fault;
  date = MakeDate(year, month, day);
  if (!ValidateDate(date).ok()) return FaultAt(day_column, cells, "a day of the month");
  return std::nullopt;
}

std::optional<Fault> ReadFlag(const Cells& cells, Column column, bool& flag) {
  flag = cells[column] == "1";
  if (flag || cells[column] == "0") return std::nullopt;
  return FaultAt(column, cells, "0 or 1");
}

std::optional<Fault> ReadTime(const Cells& cells, v1::TreatySpell& spell) {
  if (auto fault = ReadDate(cells, kStartDay, *spell.mutable_from_date())) return fault;
  const bool is_dated =
      !cells[kEndDay].empty() || !cells[kEndMonth].empty() || !cells[kEndYear].empty();
  if (is_dated) {
    if (auto fault = ReadDate(cells, kEndDay, *spell.mutable_to_date())) return fault;
  }
  bool is_censored = false;
  if (auto fault = ReadFlag(cells, kLeftCensor, is_censored)) return fault;
  spell.set_from_is_censored(is_censored);
  if (auto fault = ReadFlag(cells, kRightCensor, is_censored)) return fault;
  spell.set_to_is_censored(is_censored);
  return std::nullopt;
}

std::optional<Fault> ReadObligations(const Cells& cells, v1::TreatySpell& spell) {
  for (const auto& [column, obligation] : kObligations) {
    if (cells[column].empty()) {
      AppendPart(absl::StrCat(ToAbsl(kHeader[column]), " is not coded"), "; ",
                 *spell.mutable_detail());
      continue;
    }
    bool is_owed = false;
    if (auto fault = ReadFlag(cells, column, is_owed)) return fault;
    if (is_owed) spell.add_obligation(obligation);
  }
  return std::nullopt;
}

std::optional<Fault> ReadDyad(const Cells& cells, Dyad& dyad) {
  if (auto fault = ReadNumber(cells, kAlliance, 1, kAllianceMax, dyad.alliance)) return fault;
  if (auto fault = ReadNumber(cells, kState, 1, kStateMax, dyad.state)) return fault;
  if (auto fault = ReadNumber(cells, kOther, 1, kStateMax, dyad.other)) return fault;
  for (const Column name : {kStateName, kOtherName}) {
    if (cells[name].empty()) return FaultAt(name, cells, "a state's name");
  }
  if (auto fault = ReadTime(cells, dyad.spell)) return fault;
  if (auto fault = ReadObligations(cells, dyad.spell)) return fault;
  if (cells[kRelease41] != kRelease) return FaultAt(kRelease41, cells, kRelease);
  return std::nullopt;
}

bool EndsBeforeItBegins(const v1::TreatySpell& spell) {
  return spell.has_to_date() && Before(spell.to_date(), spell.from_date());
}

std::string KeyOf(const Cells& cells, const Dyad& dyad) {
  const v1::TreatySpell& spell = dyad.spell;
  std::string key = absl::StrCat(dyad.alliance, "/", dyad.state, "/", dyad.other, "/",
                                 PrintDate(spell.from_date()));
  if (!EndsBeforeItBegins(spell)) return key;
  absl::StrAppend(&key, "/", PrintDate(spell.to_date()), "/");
  for (const auto& [column, obligation] : kObligations) {
    key.append(cells[column].empty() ? "-" : cells[column]);
  }
  return key;
}

class CowAlliancesReader : public CsvEdition {
 public:
  CowAlliancesReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition(',', "header \"version4id\" and 17 more", sink), numbers_(table) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    if (auto header = CheckHeader(record, kHeader); !header.ok()) return header;
    return kHeader.size();
  }

  absl::Status OnRow(const CsvRecord& row) override {
    Cells cells;
    for (size_t i = 0; i < kColumns; ++i) cells[i] = XmlTrimmed(row.cells[i].text);
    Dyad dyad;
    if (auto fault = ReadDyad(cells, dyad)) {
      const bool has_key = fault->column > kEndYear && !EndsBeforeItBegins(dyad.spell);
      const auto key = has_key ? std::optional(KeyOf(cells, dyad)) : std::nullopt;
      return Reject(row, fault->column, kHeader[fault->column], std::move(fault->reason), key);
    }
    EditionRecord record;
    record.key = KeyOf(cells, dyad);
    v1::Treaty& treaty = *record.present.mutable_treaty();
    treaty.mutable_treaty()->set_id(absl::StrCat("cow:", dyad.alliance));
    AddParties(cells, dyad, treaty);
    record.line = row.line;
    record.line_end = row.line_end;
    return gate().Pass(std::move(record));
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    EditionFacts facts;
    facts.source = kSource;
    facts.covers_until = MakeDate(kLastYear, 12, 31);
    return facts;
  }

 private:
  std::vector<CowBearer> Bearers(int number, std::string_view name, const v1::Date& from,
                                 const v1::Date& to) const {
    std::vector<CowBearer> bearers = numbers_.BearersOf(number, from, to);
    if (bearers.empty()) bearers.push_back({UnresolvedId(kSource, name), from, to});
    return bearers;
  }

  // A party for each two that bore the numbers at one time.
  void AddParties(const Cells& cells, const Dyad& dyad, v1::Treaty& treaty) const {
    const v1::TreatySpell& spell = dyad.spell;
    for (const CowBearer& state :
         Bearers(dyad.state, cells[kStateName], spell.from_date(), spell.to_date())) {
      for (const CowBearer& other :
           Bearers(dyad.other, cells[kOtherName], state.from_date, state.to_date)) {
        v1::TreatyParty& party = *treaty.add_party();
        party.mutable_party()->set_id(state.actor);
        party.mutable_party()->mutable_printed_name()->assign(cells[kStateName]);
        party.mutable_toward()->set_id(other.actor);
        party.mutable_toward()->mutable_printed_name()->assign(cells[kOtherName]);
        *party.add_spell() = PartOf(spell, other.from_date, other.to_date);
      }
    }
  }

  // What of a spell lies between two days: where it is parted, nothing is censored.
  static v1::TreatySpell PartOf(const v1::TreatySpell& spell, const v1::Date& from,
                                const v1::Date& to) {
    v1::TreatySpell part = spell;
    if (PrintDate(from) != PrintDate(spell.from_date())) part.set_from_is_censored(false);
    if (PrintDate(to) != PrintDate(spell.to_date())) part.set_to_is_censored(false);
    *part.mutable_from_date() = from;
    if (to.year() != 0) *part.mutable_to_date() = to;
    return part;
  }

  const CowNumbers numbers_;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<CowAlliancesReader>(table, sink);
}

}  // namespace

const EditionFormat& CowAlliancesCsvFormat() {
  static const auto& format =
      *new EditionFormat{"cow-alliances-csv", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
