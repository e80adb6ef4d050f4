#include "services/ingest/sources/atop_member_csv.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/atop_row.h"
#include "services/ingest/sources/cow_numbers.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/one_line.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr int kMemberMax = 9'999;
constexpr int kPhaseMax = 99;

constexpr std::string_view kHeader =
    "atopid,cowid,cow4id,member,cowsys,yrent,moent,dayent,yrexit,moexit,dayexit,ineffect,bilat,"
    "phase,maxphase,wartime,cowwar,estmode,pubsecr,secrart,proadd,futmem,speclgth,length,renounce,"
    "proren,renewlgt,term,termmode,termcaus,defense,offense,neutral,nonagg,consul,active,conditio,"
    "defcon,offcon,neucon,concon,defcoadv,defcoloc,defcocon,defconum,defcodem,defconpr,offcoadv,"
    "offcoloc,offcocon,offconum,offcodem,neucoadv,neucoloc,neucocon,neuconum,neucodem,neuconpr,"
    "neucoatt,concoadv,concoloc,concocon,concoreq,olimob,asymm,obvary,notaiden,dipaid,terrres,"
    "seppeace,thirdcom,noothall,specthrt,statthr1,statthr2,conwtin,medarb,milcon,milaid,intcom,"
    "subord,organ1,orgpurp1,organ2,orgpurp2,base,contrib,armred,acqterr,divgains,demwith,reflnun,"
    "refothio,natrefal,compag,nomicoop,conres,agprois,conmen,ecaid,interv,source,new4,rev4,version";

const AtopColumns& Columns() {
  static const auto& columns = *new AtopColumns(kHeader);
  return columns;
}

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "atopid,cowid,cow4id,member,");
}

// A member's time in an alliance, before it is known who that was.
struct MemberTime {
  int number = 0;
  v1::Date entry;
  v1::Date exit;  // unset: still a member
};

void TakeExit(AtopRow& row, MemberTime& time) {
  time.exit = row.TakeEnd("yrexit", "moexit", "dayexit");
  const bool is_open = time.exit.year() == 0;
  if (!is_open && Before(time.exit, time.entry)) row.Fail("yrexit", "no exit before the entry");
  if (row.Take("ineffect") != (is_open ? "1" : "0")) {
    row.Fail("ineffect", is_open ? "1, as there is no exit" : "0, as there is an exit");
  }
}

std::string DetailOf(const AtopRow& row, int phase) {
  std::string detail;
  const std::string_view phases = row.Look("maxphase");
  if (!phases.empty() && phases != "0") {
    detail = absl::StrCat("phase ", phase, " of ").append(phases);
  }
  AppendPart(row.Conditions(), "; ", detail);
  return detail;
}

class AtopMemberReader : public CsvEdition {
 public:
  AtopMemberReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition(',', "header \"atopid\" and 104 more", sink), numbers_(table) {}

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
    treaty.mutable_treaty()->set_id(AtopTreatyId(alliance));
    MemberTime time;
    time.number = row.TakeNumber("member", 1, kMemberMax);
    const int phase = row.TakeNumber("phase", 0, kPhaseMax);
    time.entry = row.TakeDate("yrent", "moent", "dayent");
    std::optional<std::string> key;
    if (!row.fault()) {
      key = absl::StrCat(alliance, "/", time.number, "/", phase, "/", time.entry.year());
    }
    TakeExit(row, time);
    v1::TreatySpell spell;
    spell.set_detail(DetailOf(row, phase));
    row.TakeObligations(spell.mutable_obligation());
    if (time.exit.year() != 0) {
      spell.set_end_reason(row.TakeCodes({"term", "termmode", "termcaus"}));
    }
    row.CheckRelease();
    if (const auto& fault = row.fault()) {
      return Reject(printed, fault->column, Columns().headings()[fault->column], fault->reason,
                    std::move(key));
    }
    AddParties(time, spell, treaty);
    record.key = *std::move(key);
    record.raw = row.Rest();
    record.line = printed.line;
    record.line_end = printed.line_end;
    return gate().Pass(std::move(record));
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    EditionFacts facts;
    facts.source = kAtopSource;
    facts.covers_until = MakeDate(kAtopLastYear, 12, 31);
    return facts;
  }

 private:
  // A party for each that bore the number in the time; how the spell ended is said of the last one.
  void AddParties(const MemberTime& time, const v1::TreatySpell& spell, v1::Treaty& treaty) const {
    const std::string printed = absl::StrCat(time.number);
    std::vector<CowBearer> bearers = numbers_.BearersOf(time.number, time.entry, time.exit);
    if (bearers.empty()) {
      bearers.push_back({UnresolvedId(kAtopSource, printed), time.entry, time.exit});
    }
    for (size_t i = 0; i < bearers.size(); ++i) {
      v1::TreatyParty& party = *treaty.add_party();
      party.mutable_party()->set_id(bearers[i].actor);
      party.mutable_party()->set_printed_name(printed);
      v1::TreatySpell& part = *party.add_spell();
      part = spell;
      if (i + 1 < bearers.size()) part.clear_end_reason();
      *part.mutable_from_date() = bearers[i].from_date;
      if (bearers[i].to_date.year() != 0) *part.mutable_to_date() = bearers[i].to_date;
    }
  }

  const CowNumbers numbers_;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<AtopMemberReader>(table, sink);
}

}  // namespace

const EditionFormat& AtopMemberCsvFormat() {
  static const auto& format =
      *new EditionFormat{"atop-member-csv", 1, kAtopSource, Recognises, Open};
  return format;
}

}  // namespace dossier
