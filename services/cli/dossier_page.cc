#include "services/cli/dossier_page.h"

#include <algorithm>
#include <string>
#include <vector>

#include "services/cli/numbers.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/table.h"
#include "services/cli/text.h"
#include "services/cli/trade_lines.h"
#include "services/cli/treaty_words.h"
#include "services/model/dates.h"
#include "services/model/sources.h"

namespace dossier {
namespace {

constexpr int kUsualWidth = 100;
constexpr int kCoverageShown = 6;

template <typename Texts>
std::string Listed(const Texts& texts) {
  std::string joined;
  for (const auto& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

std::string LifeOf(const v1::Date& from, const v1::Date& to) {
  if (from.year() == 0 && to.year() == 0) return "";
  if (to.year() == 0) return "since " + PrintDate(from);
  if (from.year() == 0) return "until " + PrintDate(to);
  return PrintDate(from) + " to " + PrintDate(to);
}

void PrintIdentity(const Session& session, const v1::Actor& actor) {
  std::ostream& out = session.out();
  const int width = session.width() > 0 ? session.width() : kUsualWidth;
  const std::string name = Printable(actor.name());
  const std::string id = Printable(actor.id());
  out << name << std::string(std::max(2, width - DisplayWidth(name) - DisplayWidth(id)), ' ') << id
      << '\n';
  std::string facts = Words(v1::ActorKind_Name(actor.kind()), "ACTOR_KIND_");
  if (!actor.iso_alpha3().empty()) {
    facts += "; ISO " + actor.iso_alpha3();
    if (!actor.iso_alpha2().empty()) facts += ", " + actor.iso_alpha2();
  }
  for (const int number : actor.cow_number()) facts += "; COW " + std::to_string(number);
  if (const std::string life = LifeOf(actor.from_date(), actor.to_date()); !life.empty()) {
    facts += "; " + life;
  }
  PrintLabelled(session, "", facts);
  std::vector<std::string> names;
  for (const v1::ActorName& other : actor.names()) {
    if (other.name() == actor.name()) continue;
    const std::string life = LifeOf(other.from_date(), other.to_date());
    std::string text = other.name() + (life.empty() ? "" : " (" + life + ")");
    if (std::find(names.begin(), names.end(), text) == names.end()) names.push_back(text);
  }
  PrintLabelled(session, "Also          ", Listed(names));
  PrintLabelled(session, "Predecessors  ", Listed(actor.predecessor()));
  PrintLabelled(session, "Successors    ", Listed(actor.successor()));
  PrintLabelled(session, "Note          ", actor.note());
}

void PrintPartners(const Session& session, int rows_max, const std::string& heading,
                   const v1::TradeSummary& trade) {
  Table table({{heading, Table::kShrinks},
               {"TIV", Table::kNumber},
               {"share", Table::kNumber},
               {"est.", Table::kNumber | Table::kOptional},
               {"deals", Table::kNumber},
               {"units", Table::kNumber | Table::kOptional},
               {"years", Table::kText}});
  const int shown = std::min(rows_max, trade.partner_size());
  for (int i = 0; i < shown; ++i) {
    const v1::PartnerMeasures& partner = trade.partner(i);
    const v1::Measures& measures = partner.measures();
    table.AddRow({partner.partner().printed_name(), TivForPeople(measures.tiv_thousandths()),
                  Percent(measures.tiv_thousandths(), trade.total().tiv_thousandths()),
                  EstimatedShare(measures), Grouped(measures.deals()), Grouped(measures.units()),
                  PrintYears(partner.first_year(), partner.last_year())});
  }
  table.Print(session.out(), session.width(), 4);
  if (trade.partner_size() > shown) {
    session.out() << "    and " << Grouped(trade.partner_size() - shown) << " more\n";
  }
}

void PrintCategories(const Session& session, int rows_max, const v1::TradeSummary& trade) {
  // Not every layout of a register prints them.
  if (trade.category_size() == 1 && trade.category(0).category().empty()) return;
  std::string text;
  const int shown = std::min(rows_max, trade.category_size());
  for (int i = 0; i < shown; ++i) {
    const v1::CategoryMeasures& category = trade.category(i);
    text += (i == 0 ? "" : ", ") +
            (category.category().empty() ? "(not given)" : category.category()) + " " +
            TivForPeople(category.measures().tiv_thousandths());
  }
  if (trade.category_size() > shown) {
    text += ", and " + std::to_string(trade.category_size() - shown) + " more";
  }
  PrintLabelled(session, "    Categories  ", text);
}

void PrintTrade(const Session& session, int rows_max, const std::string& side,
                const std::string& partners, const v1::TradeSummary& trade) {
  session.out() << '\n';
  PrintLabelled(session, "  " + side, TradeWords(trade));
  PrintYearBars(session, trade);
  PrintPartners(session, rows_max, partners, trade);
  PrintCategories(session, rows_max, trade);
}

// How many there are, and which command lists them.
void PrintSanctionCounts(const Session& session, const v1::SourceDossier& source,
                         const std::string& actor) {
  if (source.sanctions_on() > 0) {
    PrintLabelled(session, "  Sanctions on it: ",
                  Grouped(source.sanctions_on()) + " (\"dossier sanctions " + actor + "\")");
  }
  const SourceFacts* facts = FindSource(source.source());
  const bool is_own_list = facts != nullptr && facts->sender == actor;
  if (is_own_list) {
    const std::string command = "\"dossier list " + source.source() + "\"";
    const bool is_counted = source.sanctions_by() > 0;  // on an effective date it is not
    PrintLabelled(
        session, "  Sanctions by it: ",
        is_counted ? Grouped(source.sanctions_by()) + " (" + command + ")" : "see " + command);
  } else if (source.sanctions_by() > 0) {
    PrintLabelled(
        session, "  Sanctions by it: ",
        Grouped(source.sanctions_by()) + " (\"dossier sanctions " + actor + " --imposed\")");
  }
}

// What binds it, or joins it with others, in counts; which command lists them. False: nothing does.
bool PrintBondCounts(const Session& session, const v1::SourceDossier& source,
                     const v1::Actor& actor) {
  const auto line = [&](const std::string& label, const std::string& text) {
    PrintLabelled(session, label, text);
    return !text.empty();
  };
  const auto counted = [](int64_t number) { return number == 0 ? "" : Grouped(number); };
  std::string treaties = CountWords(source.treaty());
  if (!treaties.empty()) {
    treaties += " (\"dossier treaties --party " + actor.id() + " --source " + source.source() +
                "\")";
  }
  const bool has_members = actor.kind() == v1::ACTOR_KIND_ORGANISATION;
  bool any = line("  Treaties: ", treaties);
  any |= line(has_members ? "  Members: " : "  Memberships: ", counted(source.memberships()));
  any |= line("  Deployments: ", counted(source.deployments()));
  any |= line("  Indicators: ", counted(source.indicators()));
  any |= line("  Dealings: ", counted(source.dealings()));
  return any;
}

void PrintSource(const Session& session, int rows_max, const v1::Actor& actor,
                 const v1::SourceDossier& source) {
  std::string head = "newest edition published " + PrintStamp(source.edition().loaded().stamp());
  if (!source.edition().loaded().has_stamp()) head = "reports of an analyst";
  if (source.covers_until().year() != 0)
    head += ", covers until " + PrintDate(source.covers_until());
  session.out() << '\n';
  PrintLabelled(session, Printable(source.source()) + ": ", head);
  std::string coverage;
  for (int i = 0; i < source.coverage_size() && i < kCoverageShown; ++i) {
    coverage += (i == 0 ? "" : "; ") + source.coverage(i);
  }
  if (source.coverage_size() > kCoverageShown) {
    coverage += "; and " + std::to_string(source.coverage_size() - kCoverageShown) + " more";
  }
  PrintLabelled(session, "  Covered: ", coverage);
  if (source.has_as_supplier()) {
    PrintTrade(session, rows_max, "As supplier   ", "to", source.as_supplier());
  }
  if (source.has_as_recipient()) {
    PrintTrade(session, rows_max, "As recipient  ", "from", source.as_recipient());
  }
  PrintSanctionCounts(session, source, actor.id());
  const bool is_bound = PrintBondCounts(session, source, actor);
  const SourceFacts* facts = FindSource(source.source());
  const bool is_sanctioned = source.sanctions_on() + source.sanctions_by() > 0 ||
                             (facts != nullptr && facts->sender == actor.id());
  if (!source.has_as_supplier() && !source.has_as_recipient() && !is_sanctioned && !is_bound) {
    session.out() << "  Nothing about it in what this source covers.\n";
  }
}

}  // namespace

void PrintDossierPage(const Session& session, int rows_max, const v1::Dossier& dossier) {
  PrintIdentity(session, dossier.actor());
  if (dossier.source().empty()) session.out() << "\nNo source says anything at this cut.\n";
  for (const v1::SourceDossier& source : dossier.source()) {
    PrintSource(session, rows_max, dossier.actor(), source);
  }
}

}  // namespace dossier
