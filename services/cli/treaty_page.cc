#include "services/cli/treaty_page.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/text.h"
#include "services/cli/treaty_words.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

constexpr int kUsualWidth = 100;
constexpr size_t kTextShown = 600;

// The first of the sources that names it; the id where none does.
std::string TitleOf(const v1::GetTreatyResponse& response) {
  for (const v1::TreatyEntry& entry : response.entry()) {
    if (!entry.treaty().treaty().title().empty()) return entry.treaty().treaty().title();
  }
  return response.entry().empty() ? "" : response.entry(0).treaty().treaty().id();
}

void PrintHead(const Session& session, const v1::GetTreatyResponse& response) {
  const std::string id = response.entry().empty() ? "" : response.entry(0).treaty().treaty().id();
  const std::string title = TitleOf(response);
  if (title == id) {
    PrintLabelled(session, "", id);
    return;
  }
  const int width = session.width() > 0 ? session.width() : kUsualWidth;
  // A long title has the id on a line of its own.
  const int gap = width - DisplayWidth(Printable(title)) - DisplayWidth(Printable(id));
  if (gap < 2) {
    PrintLabelled(session, "", title);
    PrintLabelled(session, "", id);
    return;
  }
  session.out() << Printable(title) << std::string(gap, ' ') << Printable(id) << '\n';
}

std::string Shortened(const std::string& text) {
  if (text.size() <= kTextShown) return text;
  size_t end = kTextShown;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;  // not within a character
  return absl::StrCat(text.substr(0, end), " ... (--json has all of it)");
}

void PrintDescription(const Session& session, const v1::TreatyEntry& entry) {
  const v1::Treaty& treaty = entry.treaty();
  PrintLabelled(session, "  Signed        ",
                JoinGiven({PrintDate(treaty.signed_date()), treaty.place()}));
  PrintLabelled(session, "  Subject       ", treaty.subject());
  if (treaty.has_base()) PrintLabelled(session, "  Based on      ", TreatyName(treaty.base()));
  PrintLabelled(session, "  In force      ", PrintDate(treaty.in_force_date()));
  PrintLabelled(session, "  Ended         ",
                JoinGiven({PrintDate(treaty.end_date()), treaty.end_reason()}));
  PrintLabelled(session, "  Obligations   ", ObligationWords(treaty.obligation()));
  PrintLabelled(session, "  Detail        ", Shortened(treaty.detail()));
  for (const std::string& note : entry.note()) PrintLabelled(session, "  Note          ", note);
  PrintLabelled(session, "  Rests on      ", GroundMarks(entry.ground()));
}

void PrintParty(const Session& session, const v1::PartyStanding& party) {
  const v1::TreatyParty& facts = party.facts();
  const std::string toward = facts.has_toward() ? "owed to " + ShortName(facts.toward()) : "";
  const std::string head = JoinGiven({NameWords(party.party()), SpanWords(party.on())});
  const std::string done = JoinGiven({FactWords(facts), toward});
  PrintLabelled(session, "      ",
                JoinGiven({JoinGiven({head, done}, ": "), GroundMarks(party.ground())}, " "));
  for (const v1::TreatyAct& act : facts.act()) {
    PrintLabelled(session, "        Reservation  ", Shortened(act.reservation()));
    PrintLabelled(session, "        Declaration  ", Shortened(act.declaration()));
  }
}

// By standing, strongest first, then by name.
void PrintParties(const Session& session, const v1::TreatyEntry& entry) {
  PrintLabelled(session, "  Parties       ", CountWords(entry.count()));
  std::vector<const v1::PartyStanding*> parties;
  for (const v1::PartyStanding& party : entry.party()) parties.push_back(&party);
  std::stable_sort(parties.begin(), parties.end(), [](const auto* a, const auto* b) {
    const auto place = [](const v1::PartyStanding& party) {
      const v1::StandingOn& on = party.on();
      return std::make_tuple(-on.standing(), -on.possible(), on.last_observed(),
                             NameWords(party.party()));
    };
    return place(*a) < place(*b);
  });
  std::string last;
  for (const v1::PartyStanding* party : parties) {
    const std::string stands = StandingWords(party->on());
    if (stands != last) PrintLabelled(session, "    ", stands);
    last = stands;
    PrintParty(session, *party);
  }
}

}  // namespace

void PrintTreatyPage(const Session& session, const v1::GetTreatyResponse& response) {
  PrintHead(session, response);
  for (const v1::TreatyEntry& entry : response.entry()) {
    session.out() << '\n';
    const std::string until = PrintDate(entry.covers_until());
    PrintLabelled(session, "",
                  absl::StrCat(entry.source(), until.empty() ? "" : ": covers until ", until));
    PrintDescription(session, entry);
    PrintParties(session, entry);
  }
}

}  // namespace dossier
