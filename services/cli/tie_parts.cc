#include "services/cli/tie_parts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/cli/numbers.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/trade_lines.h"
#include "services/cli/treaty_words.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"
#include "services/model/transfers.h"

namespace dossier {
namespace {

constexpr char kItem[] = "    ";
constexpr char kUnderItem[] = "      ";
constexpr int kYearsInWords = 8;

// Items behind a heading, up to the limit.
template <typename Items, typename Print>
void PrintItems(const Session& session, const TiePageOptions& options, const std::string& heading,
                const Items& items, const Print& print) {
  if (items.empty()) return;
  PrintLabelled(session, "  ", heading);
  const int all = static_cast<int>(items.size());
  for (int i = 0; i < std::min(all, options.rows_max); ++i) print(items[i]);
  if (all > options.rows_max) {
    PrintLabelled(
        session, kItem,
        absl::StrCat("and ", Grouped(all - options.rows_max), " more (--all lists them)"));
  }
}

// Elements by a heading, in the order in which headings first appear.
template <typename Element>
using Groups = std::vector<std::pair<std::string, std::vector<const Element*>>>;

template <typename Element, typename HeadingOf>
Groups<Element> GroupsOf(const google::protobuf::RepeatedPtrField<Element>& elements,
                         const HeadingOf& heading_of) {
  Groups<Element> groups;
  for (const Element& element : elements) {
    const std::string heading = heading_of(element);
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const auto& known) { return known.first == heading; });
    if (group == groups.end()) group = groups.insert(group, {heading, {}});
    group->second.push_back(&element);
  }
  return groups;
}

// How one of the two stands; that it was last observed so, the heading says of both.
std::string StandsOf(v1::StandingOn on) {
  on.set_last_observed(false);
  return StandingWords(on);
}

void PrintTreaty(const Session& session, const TiePageOptions& options, const std::string& a,
                 const std::string& b, const v1::TreatyTie& treaty) {
  PrintLabelled(session, kItem,
                JoinGiven({TreatyName(treaty.treaty()), SpanWords(treaty.on())}) + " " +
                    GroundMarks(treaty.ground()));
  const std::string of_a = StandsOf(treaty.a()), of_b = StandsOf(treaty.b());
  if (of_a != of_b && !of_a.empty() && !of_b.empty()) {
    PrintLabelled(session, kUnderItem, absl::StrCat(a, ": ", of_a, ". ", b, ": ", of_b));
  }
  PrintLabelled(session, kUnderItem, OwesWords(treaty, a, b));
  if (!options.why) return;
  PrintLabelled(session, kUnderItem + a + ": ", treaty.a().basis());
  PrintLabelled(session, kUnderItem + b + ": ", treaty.b().basis());
}

// "1985: 120, 1986: 40" of a few years; more of them are bars.
void PrintDeliveryYears(const Session& session, const v1::TradeSummary& trade) {
  if (trade.year_size() > kYearsInWords) {
    PrintYearBars(session, trade);
    return;
  }
  std::vector<std::string> years;
  for (const v1::YearMeasures& year : trade.year()) {
    if (year.year() == 0 || year.measures().tiv_thousandths() == 0) continue;
    years.push_back(absl::StrCat(PrintYears(year.year(), year.year_to()), ": ",
                                 TivForPeople(year.measures().tiv_thousandths())));
  }
  PrintLabelled(session, "    TIV by year  ", JoinGiven(years));
}

void PrintDirection(const Session& session, const TiePageOptions& options, const std::string& head,
                    const v1::TransferTie& transfers) {
  const v1::TradeSummary& trade = transfers.summary();
  PrintLabelled(session, "  " + head + "  ", TradeWords(trade));
  PrintDeliveryYears(session, trade);
  const int shown = std::min(options.rows_max, transfers.open_order_size());
  for (int i = 0; i < shown; ++i) {
    PrintLabelled(session, "    Open  ", OrderWords(transfers.open_order(i)));
  }
  // The answer itself holds only so many of them.
  const int64_t more = std::max<int64_t>(trade.open_orders(), transfers.open_order_size()) - shown;
  if (more > 0) {
    PrintLabelled(session, kItem, absl::StrCat("and ", Grouped(more), " more (\"transfers\")"));
  }
}

std::string SanctionHeading(const v1::SanctionTie& sanction) {
  const std::string sender = ShortName(sanction.sender());
  const std::string target = ShortName(sanction.target());
  if (!sanction.has_via()) return absl::StrCat("Sanctions of ", sender, " on ", target);
  return absl::StrCat("Sanctions on ", target, " via ", ActorWords(sanction.via()),
                      ", to which ", sender, " belongs: not its own");
}

}  // namespace

std::string LastingWords(v1::InForce in_force, const std::string& what) {
  // What has not begun is no more in force than what has ended: its dates tell which.
  return in_force == v1::IN_FORCE_NO ? "not at this date: " + what : InForceWords(in_force, what);
}

std::string OrderWords(const v1::TransferRecord& record) {
  const v1::Transfer& transfer = record.transfer();
  TransferProgress progress;
  progress.any_delivery = transfer.delivery_size() > 0;
  progress.has_delivered = UnitsOf(transfer, &progress.delivered);
  progress.has_ordered = transfer.has_number_ordered();
  progress.ordered = transfer.number_ordered();
  progress.disruption = transfer.disruption();
  std::string words = absl::StrCat(JoinGiven({transfer.designation(), transfer.description()}),
                                   ": ", ProgressWords(progress));
  if (transfer.has_order_date()) {
    absl::StrAppend(&words, "; order of ", PrintDate(transfer.order_date()));
  }
  v1::Ground ground;
  ground.set_source(record.source());
  ground.set_record(record.record());
  *ground.mutable_stamp() = record.stamp();
  *ground.mutable_locator() = record.locator();
  return absl::StrCat(words, " ", GroundMark(ground));
}

std::string SanctionWords(const v1::SanctionEntry& entry) {
  const std::string since = BoundWords(entry.window().from());
  const std::string until = BoundWords(entry.window().to());
  std::string words =
      JoinGiven({InForceWords(entry.in_force()), since.empty() ? "" : "began " + since,
                 until.empty() ? "" : "ended " + until});
  const std::string measures = MeasureWords(entry.sanction());
  if (!measures.empty()) absl::StrAppend(&words, ": ", measures);
  const std::string of = entry.sanction().programme().empty()
                             ? entry.list()
                             : Joined(entry.sanction().programme());
  if (!of.empty()) absl::StrAppend(&words, " (", of, ")");
  return words;
}

void PrintTreatyTies(const Session& session, const TiePageOptions& options, const v1::Tie& tie,
                     const v1::SourceTie& source) {
  const std::string a = ShortName(tie.a()), b = ShortName(tie.b());
  const auto heading = [&](const v1::TreatyTie& treaty) {
    std::string words = "Treaties " + StandingWords(treaty.on());
    if (treaty.on().last_observed() && source.covers_until().year() != 0) {
      absl::StrAppend(&words, " (the source observes to ", PrintDate(source.covers_until()), ")");
    }
    return words;
  };
  for (const auto& group : GroupsOf(source.treaty(), heading)) {
    PrintItems(session, options, group.first, group.second,
               [&](const v1::TreatyTie* treaty) { PrintTreaty(session, options, a, b, *treaty); });
  }
}

void PrintTransferTies(const Session& session, const TiePageOptions& options, const v1::Tie& tie,
                       const v1::SourceTie& source) {
  const std::string a = ShortName(tie.a()), b = ShortName(tie.b());
  if (source.has_a_to_b()) {
    PrintDirection(session, options, absl::StrCat("Arms of ", a, " to ", b), source.a_to_b());
  }
  if (source.has_b_to_a()) {
    PrintDirection(session, options, absl::StrCat("Arms of ", b, " to ", a), source.b_to_a());
  }
}

void PrintSanctionTies(const Session& session, const TiePageOptions& options,
                       const v1::SourceTie& source) {
  Groups<v1::SanctionTie> groups = GroupsOf(source.sanction(), SanctionHeading);
  std::stable_partition(groups.begin(), groups.end(),
                        [](const auto& group) { return !group.second.front()->has_via(); });
  for (const auto& group : groups) {
    PrintItems(session, options, group.first, group.second, [&](const v1::SanctionTie* sanction) {
      const v1::SanctionEntry& entry = sanction->entry();
      PrintLabelled(session, kItem, SanctionWords(entry) + " " + GroundMarks(entry.ground()));
    });
  }
}

void PrintDeploymentTies(const Session& session, const TiePageOptions& options,
                         const v1::SourceTie& source) {
  const auto heading = [](const v1::DeploymentTie& one) {
    return absl::StrCat("Deployments of ", ShortName(one.deployment().sender()),
                        " in support of ", ShortName(one.deployment().supported()));
  };
  for (const auto& group : GroupsOf(source.deployment(), heading)) {
    PrintItems(session, options, group.first, group.second, [&](const v1::DeploymentTie* one) {
      PrintLabelled(session, kItem,
                    LastingWords(one->in_force(), DeploymentWords(one->deployment())) + " " +
                        GroundMark(one->ground()));
      PrintLabelled(session, kUnderItem, one->deployment().comment());
    });
  }
}

void PrintIndicatorTies(const Session& session, const TiePageOptions& options,
                        const v1::SourceTie& source) {
  const auto heading = [](const v1::IndicatorTie& one) {
    return absl::StrCat("Dependence of ", ShortName(one.indicator().actor()), " on ",
                        ShortName(one.indicator().on()));
  };
  for (const auto& group : GroupsOf(source.indicator(), heading)) {
    PrintItems(session, options, group.first, group.second, [&](const v1::IndicatorTie* one) {
      // Its period is in the words: a date within a year that it was measured over needs no more.
      const v1::Indicator& indicator = one->indicator();
      const bool is_other = one->in_force() == v1::IN_FORCE_NO;
      PrintLabelled(session, kItem,
                    absl::StrCat(is_other ? "not at this date: " : "", indicator.name(), ": ",
                                 IndicatorWords(indicator), " ", GroundMark(one->ground())));
      PrintLabelled(session, kUnderItem, indicator.comment());
    });
  }
}

void PrintDealingTies(const Session& session, const TiePageOptions& options,
                      const v1::SourceTie& source) {
  PrintItems(session, options, "Dealings", source.dealing(), [&](const v1::DealingTie& one) {
    const v1::Dealing& dealing = one.dealing();
    const std::string head =
        JoinGiven({PeriodWords(dealing.from_date(), dealing.to_date()),
                   absl::StrCat(DealingKindWords(dealing.kind()), ", ", ShortName(dealing.actor()),
                                " toward ", ShortName(dealing.toward())),
                   dealing.place()});
    // What happened once is no longer going on, which its date tells.
    const bool is_possible = one.in_force() == v1::IN_FORCE_POSSIBLY;
    PrintLabelled(session, kItem,
                  absl::StrCat(is_possible ? "possibly " : "", head, ": ", dealing.description(),
                               " ", GroundMark(one.ground())));
    if (dealing.has_treaty()) {
      PrintLabelled(session, kUnderItem, "on " + TreatyName(dealing.treaty()));
    }
    PrintLabelled(session, kUnderItem, dealing.comment());
  });
}

}  // namespace dossier
