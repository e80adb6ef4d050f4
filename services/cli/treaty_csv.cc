#include "absl/strings/str_cat.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/treaty_page.h"
#include "services/cli/treaty_words.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

std::string StandingName(v1::Standing standing) {
  return Words(v1::Standing_Name(standing), "STANDING_");
}

// What a party did, or how it was bound, in a row.
struct Done {
  std::string what, date, to_date, obligations, text;
};

void PrintParty(std::ostream& out, const v1::TreatyEntry& entry, const v1::PartyStanding& party) {
  const v1::Ground ground = party.ground().empty() ? v1::Ground() : party.ground(0);
  const uint32_t line = ground.locator().line();
  const auto row = [&](const Done& done) {
    const v1::TreatyRef& treaty = entry.treaty().treaty();
    PrintCsvRow(out, {treaty.id(), treaty.title(), entry.source(), party.party().id(),
                      party.party().printed_name(), StandingName(party.on().standing()),
                      StandingName(party.on().possible()), PrintDate(party.on().since_date()),
                      PrintDate(party.on().until_date()), done.what, done.date, done.to_date,
                      done.obligations, party.facts().toward().id(), done.text, ground.record(),
                      PrintPublishStamp(ground.stamp()), ground.locator().file_name(),
                      line == 0 ? "" : absl::StrCat(line),
                      ground.sequence() == 0 ? "" : absl::StrCat(ground.sequence())});
  };
  for (const v1::TreatyAct& act : party.facts().act()) {
    row({ActWords(act.kind()), PrintDate(act.date()), "", "",
         JoinGiven({act.reservation(), act.declaration()}, "; ")});
  }
  for (const v1::TreatySpell& spell : party.facts().spell()) {
    row({"bound", PrintDate(spell.from_date()), PrintDate(spell.to_date()),
         ObligationWords(spell.obligation()), JoinGiven({spell.end_reason(), spell.detail()})});
  }
  if (party.facts().act().empty() && party.facts().spell().empty()) row({});
}

constexpr v1::Standing kStrongestFirst[] = {
    v1::STANDING_IN_FORCE, v1::STANDING_CONSENTED, v1::STANDING_APPLIES, v1::STANDING_SUSPENDED,
    v1::STANDING_SIGNED,   v1::STANDING_NONE,      v1::STANDING_ENDED};

}  // namespace

void PrintTreatyCsv(std::ostream& out, const v1::GetTreatyResponse& response) {
  PrintCsvRow(out, {"treaty", "title", "source", "party", "name", "stands", "possible", "since",
                    "until", "what", "date", "to_date", "obligations", "toward", "text", "record",
                    "published", "file", "line", "sequence"});
  for (const v1::TreatyEntry& entry : response.entry()) {
    for (const v1::PartyStanding& party : entry.party()) PrintParty(out, entry, party);
  }
}

std::vector<std::string> TreatyCsvHeadings() {
  return {"treaty",        "title",       "source",      "subject",   "signed",
          "in_force_date", "end_date",    "obligations", "stands",    "possible",
          "since",         "until",       "in_force",    "consented", "applies",
          "suspended",     "signed_only", "nothing",     "ended"};
}

std::vector<std::string> TreatyCsvFields(const v1::TreatyLine& line) {
  const v1::Treaty& treaty = line.treaty();
  std::vector<std::string> fields = {treaty.treaty().id(),
                                     treaty.treaty().title(),
                                     line.source(),
                                     treaty.subject(),
                                     PrintDate(treaty.signed_date()),
                                     PrintDate(treaty.in_force_date()),
                                     PrintDate(treaty.end_date()),
                                     ObligationWords(treaty.obligation()),
                                     StandingName(line.on().standing()),
                                     StandingName(line.on().possible()),
                                     PrintDate(line.on().since_date()),
                                     PrintDate(line.on().until_date())};
  for (const v1::Standing standing : kStrongestFirst) {
    uint64_t count = 0;
    for (const v1::StandingCount& one : line.count()) {
      if (one.standing() == standing) count += one.count();
    }
    fields.push_back(absl::StrCat(count));
  }
  return fields;
}

}  // namespace dossier
