#include "services/cli/dossier_page.h"

#include <algorithm>
#include <string>
#include <vector>

#include "services/cli/numbers.h"
#include "services/cli/table.h"
#include "services/cli/text.h"
#include "services/model/dates.h"
#include "services/model/sources.h"

namespace dossier {
namespace {

constexpr int kUsualWidth = 100;
constexpr int kCoverageShown = 6;

template <typename Texts>
std::string Joined(const Texts& texts) {
  std::string joined;
  for (const auto& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

void PrintParagraph(const Session& session, const std::string& label, const std::string& text) {
  if (text.empty()) return;
  const int width = session.width() > 0 ? session.width() : kUsualWidth;
  const int indent = DisplayWidth(label);
  std::string margin = label;
  for (const std::string& line : Wrap(Printable(text), std::max(20, width - indent))) {
    session.out() << margin << line << '\n';
    margin.assign(indent, ' ');
  }
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
  PrintParagraph(session, "", facts);
  std::vector<std::string> names;
  for (const v1::ActorName& other : actor.names()) {
    if (other.name() == actor.name()) continue;
    const std::string life = LifeOf(other.from_date(), other.to_date());
    std::string text = other.name() + (life.empty() ? "" : " (" + life + ")");
    if (std::find(names.begin(), names.end(), text) == names.end()) names.push_back(text);
  }
  PrintParagraph(session, "Also          ", Joined(names));
  PrintParagraph(session, "Predecessors  ", Joined(actor.predecessor()));
  PrintParagraph(session, "Successors    ", Joined(actor.successor()));
  PrintParagraph(session, "Note          ", actor.note());
}

std::string Estimated(const v1::Measures& measures) {
  return Percent(measures.tiv_estimated_thousandths(), measures.tiv_thousandths());
}

void PrintYearsLine(const Session& session, const v1::TradeSummary& trade) {
  int first = 0, last = 0;
  for (const v1::YearMeasures& year : trade.year()) {
    if (year.year() == 0) continue;
    first = first == 0 ? year.year() : std::min(first, year.year());
    last = std::max({last, year.year(), year.year_to()});
  }
  if (first == 0) return;
  // Years side by side in one bar where a bar a year would not fit on the line.
  const int width = session.width() > 0 ? session.width() : kUsualWidth;
  const int step = (last - first) / std::max(10, width - 14) + 1;
  std::vector<long long> values((last - first) / step + 1);
  const v1::YearMeasures* peak = nullptr;
  for (const v1::YearMeasures& year : trade.year()) {
    const bool single = year.year_to() == year.year() || year.year_to() == 0;
    if (year.year() == 0 || !single) continue;
    values[(year.year() - first) / step] += year.measures().tiv_thousandths();
    if (peak == nullptr || year.measures().tiv_thousandths() > peak->measures().tiv_thousandths()) {
      peak = &year;
    }
  }
  const std::string line =
      "    " + std::to_string(first) + " " + Sparkline(values) + " " + std::to_string(last);
  std::string legend;
  if (peak != nullptr && peak->measures().tiv_thousandths() > 0) {
    legend = "most in " + std::to_string(peak->year()) + ": " +
             TivForPeople(peak->measures().tiv_thousandths());
  }
  if (step > 1) legend += "; " + std::to_string(step) + " years a bar";
  const bool fits = DisplayWidth(line) + 2 + DisplayWidth(legend) <= width;
  session.out() << line << (fits ? "  " : "\n    ") << legend << '\n';
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
                  Estimated(measures), Grouped(measures.deals()), Grouped(measures.units()),
                  PrintYears(partner.first_year(), partner.last_year())});
  }
  table.Print(session.out(), session.width(), 4);
  if (trade.partner_size() > shown) {
    session.out() << "    and " << Grouped(trade.partner_size() - shown) << " more\n";
  }
}

void PrintCategories(const Session& session, int rows_max, const v1::TradeSummary& trade) {
  std::string text;
  const int shown = std::min(rows_max, trade.category_size());
  for (int i = 0; i < shown; ++i) {
    const v1::CategoryMeasures& category = trade.category(i);
    text += (i == 0 ? "" : ", ") + category.category() + " " +
            TivForPeople(category.measures().tiv_thousandths());
  }
  if (trade.category_size() > shown) {
    text += ", and " + std::to_string(trade.category_size() - shown) + " more";
  }
  PrintParagraph(session, "    Categories  ", text);
}

void PrintTrade(const Session& session, int rows_max, const std::string& side,
                const std::string& partners, const v1::TradeSummary& trade) {
  const v1::Measures& total = trade.total();
  session.out() << '\n';
  std::string text = "TIV " + TivForPeople(total.tiv_thousandths()) + " in " +
                     Counted(total.deals(), "deal", "deals") + ", " +
                     Counted(total.units(), "unit", "units");
  if (trade.last_five_years_to() != 0) {
    text += "; " + PrintYears(trade.last_five_years_from(), trade.last_five_years_to()) + ": TIV " +
            TivForPeople(trade.last_five_years().tiv_thousandths());
  }
  if (const std::string estimated = Estimated(total); !estimated.empty()) {
    text += "; " + estimated + " of it rests on estimates";
  }
  if (trade.open_orders() > 0) {
    text += "; " + Counted(trade.open_orders(), "open order", "open orders");
  }
  if (total.records_without_tiv() > 0) {
    text += "; " + Counted(total.records_without_tiv(), "record", "records") + " without a TIV";
  }
  PrintParagraph(session, "  " + side, text);
  PrintYearsLine(session, trade);
  PrintPartners(session, rows_max, partners, trade);
  PrintCategories(session, rows_max, trade);
}

// How many there are, and which command lists them.
void PrintSanctionCounts(const Session& session, const v1::SourceDossier& source,
                         const std::string& actor) {
  if (source.sanctions_on() > 0) {
    PrintParagraph(session, "  Sanctions on it: ",
                   Grouped(source.sanctions_on()) + " (\"dossier sanctions " + actor + "\")");
  }
  const SourceFacts* facts = FindSource(source.source());
  const bool is_own_list = facts != nullptr && facts->sender == actor;
  if (is_own_list) {
    const std::string command = "\"dossier list " + source.source() + "\"";
    const bool is_counted = source.sanctions_by() > 0;  // on an effective date it is not
    PrintParagraph(
        session, "  Sanctions by it: ",
        is_counted ? Grouped(source.sanctions_by()) + " (" + command + ")" : "see " + command);
  } else if (source.sanctions_by() > 0) {
    PrintParagraph(
        session, "  Sanctions by it: ",
        Grouped(source.sanctions_by()) + " (\"dossier sanctions " + actor + " --imposed\")");
  }
}

void PrintSource(const Session& session, int rows_max, const std::string& actor,
                 const v1::SourceDossier& source) {
  std::string head = "newest edition published " + PrintStamp(source.edition().loaded().stamp());
  if (!source.edition().loaded().has_stamp()) head = "reports of an analyst";
  if (source.covers_until().year() != 0)
    head += ", covers until " + PrintDate(source.covers_until());
  session.out() << '\n';
  PrintParagraph(session, Printable(source.source()) + ": ", head);
  std::string coverage;
  for (int i = 0; i < source.coverage_size() && i < kCoverageShown; ++i) {
    coverage += (i == 0 ? "" : "; ") + source.coverage(i);
  }
  if (source.coverage_size() > kCoverageShown) {
    coverage += "; and " + std::to_string(source.coverage_size() - kCoverageShown) + " more";
  }
  PrintParagraph(session, "  Covered: ", coverage);
  if (source.has_as_supplier()) {
    PrintTrade(session, rows_max, "As supplier   ", "to", source.as_supplier());
  }
  if (source.has_as_recipient()) {
    PrintTrade(session, rows_max, "As recipient  ", "from", source.as_recipient());
  }
  PrintSanctionCounts(session, source, actor);
  const SourceFacts* facts = FindSource(source.source());
  const bool is_sanctioned = source.sanctions_on() + source.sanctions_by() > 0 ||
                             (facts != nullptr && facts->sender == actor);
  if (!source.has_as_supplier() && !source.has_as_recipient() && !is_sanctioned) {
    session.out() << "  Nothing about it in what this source covers.\n";
  }
}

}  // namespace

void PrintDossierPage(const Session& session, int rows_max, const v1::Dossier& dossier) {
  PrintIdentity(session, dossier.actor());
  if (dossier.source().empty()) session.out() << "\nNo source says anything at this cut.\n";
  for (const v1::SourceDossier& source : dossier.source()) {
    PrintSource(session, rows_max, dossier.actor().id(), source);
  }
}

}  // namespace dossier
