#include "services/ingest/sources/atop_alliance_csv.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/atop_row.h"
#include "services/ingest/sources/cow_numbers.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/one_line.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr int kMembers = 59;
constexpr size_t kNamedMax = 4;

constexpr std::string_view kHeader =
    "atopid,cowid,cow4id,begyr,begmo,begday,endyr,endmo,endday,ineffect,bilat,maxphase,wartime,"
    "estmode,pubsecr,secrart,proadd,futmem,speclgth,length,renounce,proren,renewlgt,term,defense,"
    "offense,neutral,nonagg,consul,active,conditio,defcon,offcon,neucon,concon,asymm,notaiden,"
    "dipaid,terrres,seppeace,thirdcom,noothall,specthrt,statthr1,statthr2,conwtin,medarb,milcon,"
    "milaid,intcom,subord,organ1,orgpurp1,organ2,orgpurp2,base,contrib,armred,acqterr,divgains,"
    "demwith,reflnun,refothio,natrefal,compag,nomicoop,conres,agprois,conmen,ecaid,interv,mem1,"
    "mem2,mem3,mem4,mem5,mem6,mem7,mem8,mem9,mem10,mem11,mem12,mem13,mem14,mem15,mem16,mem17,"
    "mem18,mem19,mem20,mem21,mem22,mem23,mem24,mem25,mem26,mem27,mem28,mem29,mem30,mem31,mem32,"
    "mem33,mem34,mem35,mem36,mem37,mem38,mem39,mem40,mem41,mem42,mem43,mem44,mem45,mem46,mem47,"
    "mem48,mem49,mem50,mem51,mem52,mem53,mem54,mem55,mem56,mem57,mem58,mem59,source,new4,rev4,"
    "version,hinst,minst,milorg,milinst,pubtreat,formorg,formal";

const AtopColumns& Columns() {
  static const auto& columns = *new AtopColumns(kHeader);
  return columns;
}

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "atopid,cowid,cow4id,begyr,");
}

void TakeDates(AtopRow& row, v1::Treaty& treaty) {
  *treaty.mutable_signed_date() = row.TakeDate("begyr", "begmo", "begday");
  const v1::Date end = row.TakeEnd("endyr", "endmo", "endday");
  const bool is_open = end.year() == 0;
  if (!is_open) {
    if (Before(end, treaty.signed_date())) row.Fail("endyr", "no end before the beginning");
    *treaty.mutable_end_date() = end;
    treaty.set_end_reason(row.TakeCodes({"term"}));
  }
  if (row.Take("ineffect") != (is_open ? "1" : "0")) {
    row.Fail("ineffect", is_open ? "1, as there is no end" : "0, as there is an end");
  }
}

// What a reader of the treaty should see of the columns that stay raw.
std::string DetailOf(const AtopRow& row) {
  std::string detail = row.Conditions();
  if (row.Look("asymm") == "1") AppendPart("obligations differ by member", "; ", detail);
  if (row.Look("pubsecr") == "1") AppendPart("secret in part", "; ", detail);
  if (row.Look("pubsecr") == "2") AppendPart("secret", "; ", detail);
  if (row.Look("wartime") == "1") AppendPart("made in a war", "; ", detail);
  const std::string_view phases = row.Look("maxphase");
  if (!phases.empty() && phases != "0") {
    AppendPart(absl::StrCat(std::string(phases), " phases"), "; ", detail);
  }
  return detail;
}

class AtopAllianceReader : public CsvEdition {
 public:
  AtopAllianceReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition(',', "header \"atopid\" and 140 more", sink), table_(table), numbers_(table) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    if (auto header = CheckHeader(record, Columns().headings()); !header.ok()) return header;
    return Columns().headings().size();
  }

  absl::Status OnRow(const CsvRecord& printed) override {
    AtopRow row(Columns(), printed);
    EditionRecord record;
    v1::Treaty& treaty = *record.present.mutable_treaty();
    const int alliance = row.TakeAlliance();
    std::optional<std::string> key;
    if (!row.fault()) key = absl::StrCat(alliance);
    treaty.mutable_treaty()->set_id(AtopTreatyId(alliance));
    treaty.set_describes(true);
    TakeDates(row, treaty);
    if (row.Look("bilat") == "1") treaty.set_subject("bilateral");
    if (row.Look("bilat") == "0") treaty.set_subject("multilateral");
    row.TakeObligations(treaty.mutable_obligation());
    treaty.set_detail(DetailOf(row));
    treaty.mutable_treaty()->set_title(TitleOf(row, treaty));
    row.CheckRelease();
    if (const auto& fault = row.fault()) {
      return Reject(printed, fault->column, Columns().headings()[fault->column], fault->reason,
                    std::move(key));
    }
    record.key = *std::move(key);
    record.raw = row.Rest();
    record.line = printed.line;
    record.line_end = printed.line_end;
    return gate().Pass(std::move(record));
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    EditionFacts facts;
    facts.source = kAtopAlliancesSource;
    facts.covers_until = MakeDate(kAtopLastYear, 12, 31);
    return facts;
  }

 private:
  std::string TitleOf(AtopRow& row, const v1::Treaty& treaty) const {
    const std::vector<std::string> names = NamesOf(row, treaty);
    const size_t named = names.size() <= kNamedMax ? names.size() : kNamedMax - 1;
    std::string title = "Alliance of ";
    for (size_t i = 0; i < named; ++i) {
      const bool is_last = i + 1 == names.size();
      absl::StrAppend(&title, i == 0 ? "" : is_last ? " and " : ", ", names[i]);
    }
    if (named < names.size()) absl::StrAppend(&title, " and ", names.size() - named, " others");
    absl::StrAppend(&title, ", ", treaty.signed_date().year());
    return title;
  }

  // Of the members, in the order of their slots.
  std::vector<std::string> NamesOf(AtopRow& row, const v1::Treaty& treaty) const {
    std::vector<std::string> names;
    for (int slot = 1; slot <= kMembers; ++slot) {
      const std::string heading = absl::StrCat("mem", slot);
      const std::string number(row.Look(heading));
      if (number.empty() && slot > 1) continue;
      int cow = 0;
      if (!absl::SimpleAtoi(number, &cow) || cow <= 0) {
        row.Fail(heading, "a state's number");
        continue;
      }
      const auto bearers = numbers_.BearersOf(cow, treaty.signed_date(), treaty.end_date());
      names.push_back(bearers.empty() ? absl::StrCat("COW ", number)
                                      : table_.Find(bearers.front().actor)->name());
    }
    return names;
  }

  const ActorTable& table_;
  const CowNumbers numbers_;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<AtopAllianceReader>(table, sink);
}

}  // namespace

const EditionFormat& AtopAllianceCsvFormat() {
  static const auto& format =
      *new EditionFormat{"atop-alliance-csv", 1, kAtopAlliancesSource, Recognises, Open};
  return format;
}

}  // namespace dossier
