#include "services/cli/ties_page.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/cli/numbers.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/table.h"
#include "services/cli/text.h"
#include "services/cli/treaty_words.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

constexpr size_t kGroundsShown = 3;

// The row of memberships stands after those of the sources.
constexpr char kMemberships[] = "(memberships)";

// One thing that a source has of a pair: "arms RUS to PRK", "TIV 12, 3 deals". `rank` is its place
// among what a source can have.
struct TieLine {
  std::string source;
  int rank = 0;
  std::string what, value;
};

std::string CountOrNothing(int64_t count) { return count == 0 ? "" : Grouped(count); }

std::string ArmsWords(const v1::Measures& arms) {
  if (arms.deals() == 0) return "";
  const bool has_tiv = arms.tiv_thousandths() > 0 ||
                       (arms.units() > 0 && arms.records_without_tiv() < arms.records());
  return JoinGiven({has_tiv ? "TIV " + TivForPeople(arms.tiv_thousandths()) : "",
                    Counted(arms.deals(), "deal", "deals")});
}

// Without those that bind one of the two at most: no tie yet.
google::protobuf::RepeatedPtrField<v1::StandingCount> TiesAmong(
    const google::protobuf::RepeatedPtrField<v1::StandingCount>& counts) {
  google::protobuf::RepeatedPtrField<v1::StandingCount> ties;
  for (const v1::StandingCount& count : counts) {
    if (count.standing() != v1::STANDING_NONE) *ties.Add() = count;
  }
  return ties;
}

void AddLines(const v1::PairTie& pair, const v1::TieCounts& counts, std::vector<TieLine>* lines) {
  const std::string a = ShortName(pair.a()), b = ShortName(pair.b());
  const std::string ab = absl::StrCat(a, " to ", b), ba = absl::StrCat(b, " to ", a);
  int rank = 0;
  const auto add = [&](const std::string& what, const std::string& value) {
    ++rank;
    if (!value.empty()) lines->push_back({counts.source(), rank, what, value});
  };
  add("treaties", CountWords(TiesAmong(counts.treaty())));
  add(absl::StrCat(a, " owes ", b), ObligationWords(counts.a_owes()));
  add(absl::StrCat(b, " owes ", a), ObligationWords(counts.b_owes()));
  add("arms " + ab, ArmsWords(counts.a_to_b()));
  add("  last five years", ArmsWords(counts.a_to_b_last_five_years()));
  add("  open orders", CountOrNothing(counts.open_orders_a_to_b()));
  add("arms " + ba, ArmsWords(counts.b_to_a()));
  add("  last five years", ArmsWords(counts.b_to_a_last_five_years()));
  add("  open orders", CountOrNothing(counts.open_orders_b_to_a()));
  add(absl::StrCat("sanctions ", a, " on ", b), CountOrNothing(counts.sanctions_a_on_b()));
  add(absl::StrCat("sanctions ", b, " on ", a), CountOrNothing(counts.sanctions_b_on_a()));
  add("sanctions, via others", CountOrNothing(counts.sanctions_via()));
  add("deployments " + ab, CountOrNothing(counts.deployments_a_to_b()));
  add("deployments " + ba, CountOrNothing(counts.deployments_b_to_a()));
  add("indicators", CountOrNothing(counts.indicators()));
  add("dealings", CountOrNothing(counts.dealings()));
}

std::vector<TieLine> LinesOf(const v1::PairTie& pair) {
  std::vector<TieLine> lines;
  for (const v1::TieCounts& counts : pair.source()) AddLines(pair, counts, &lines);
  std::vector<std::string> shared;
  for (const v1::ActorRef& organisation : pair.shared_organisation()) {
    shared.push_back(ShortName(organisation));
  }
  if (!shared.empty()) lines.push_back({kMemberships, 0, "both belong to", JoinGiven(shared)});
  return lines;
}

// A line at both cuts; a value is empty where there is none at that cut.
struct TwoLines {
  TieLine line;
  std::string before, after;
};

std::vector<TwoLines> Beside(const std::vector<TieLine>& before,
                             const std::vector<TieLine>& after) {
  std::vector<TwoLines> rows;
  for (const TieLine& line : before) rows.push_back({line, line.value, ""});
  for (const TieLine& line : after) {
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const TwoLines& row) {
      return row.line.source == line.source && row.line.rank == line.rank;
    });
    if (same != rows.end()) {
      same->after = line.value;
    } else {
      rows.push_back({line, "", line.value});
    }
  }
  const auto place = [](const TwoLines& row) {
    return std::make_tuple(row.line.source == kMemberships, row.line.source, row.line.rank);
  };
  std::sort(rows.begin(), rows.end(),
            [&](const TwoLines& a, const TwoLines& b) { return place(a) < place(b); });
  return rows;
}

std::string PairName(const v1::PairTie& pair) {
  return absl::StrCat(NameWords(pair.a()), " and ", NameWords(pair.b()));
}

// The source is named once, on the first of its lines.
std::string OnceOf(const std::string& source, std::string* last) {
  if (source == *last) return "";
  *last = source;
  return source;
}

void PrintSilentPairs(const Session& session, const std::vector<std::string>& silent) {
  if (silent.empty()) return;
  session.out() << '\n';
  PrintLabelled(session, "", "No source says anything of " + JoinGiven(silent, "; ") + ".");
}

// The heading of a column: its date, or that the cut has none.
std::string ColumnOf(const v1::AnsweredAt& answered_at) {
  const std::string date = PrintDate(answered_at.cut().effective_date());
  return date.empty() ? "at any time" : date;
}

const v1::PairTie* PairLike(const v1::GetTiesResponse& response, const v1::PairTie& pair) {
  for (const v1::PairTie& other : response.pair()) {
    if (other.a().id() == pair.a().id() && other.b().id() == pair.b().id()) return &other;
  }
  return nullptr;
}

}  // namespace

void PrintTiesPage(const Session& session, const v1::GetTiesResponse& response) {
  std::vector<std::string> silent;
  bool first = true;
  for (const v1::PairTie& pair : response.pair()) {
    const std::vector<TieLine> lines = LinesOf(pair);
    if (lines.empty()) {
      silent.push_back(PairName(pair));
      continue;
    }
    if (!std::exchange(first, false)) session.out() << '\n';
    PrintLabelled(session, "", PairName(pair));
    Table table({{"source", Table::kShrinks},
                 {"what", Table::kText},
                 {ColumnOf(response.answered_at()), Table::kShrinks}});
    std::string last;
    for (const TieLine& line : lines) {
      table.AddRow({OnceOf(line.source, &last), line.what, line.value});
    }
    table.Print(session.out(), session.width(), 2);
  }
  PrintSilentPairs(session, silent);
}

void PrintTiesPages(const Session& session, const v1::GetTiesResponse& from,
                    const v1::GetTiesResponse& to) {
  std::vector<std::string> silent;
  bool first = true;
  for (const v1::PairTie& pair : to.pair()) {
    const v1::PairTie* earlier = PairLike(from, pair);
    const std::vector<TwoLines> rows =
        Beside(earlier == nullptr ? std::vector<TieLine>() : LinesOf(*earlier), LinesOf(pair));
    if (rows.empty()) {
      silent.push_back(PairName(pair));
      continue;
    }
    if (!std::exchange(first, false)) session.out() << '\n';
    PrintLabelled(session, "", PairName(pair));
    Table table({{"source", Table::kShrinks},
                 {"what", Table::kText},
                 {ColumnOf(from.answered_at()), Table::kShrinks},
                 {ColumnOf(to.answered_at()), Table::kShrinks}});
    std::string last;
    const auto shown = [](const std::string& value) { return value.empty() ? "-" : value; };
    for (const TwoLines& row : rows) {
      table.AddRow({OnceOf(row.line.source, &last), row.line.what, shown(row.before),
                    row.before == row.after ? "=" : shown(row.after)});
    }
    table.Print(session.out(), session.width(), 2);
  }
  PrintSilentPairs(session, silent);
}

void PrintTieChange(const Session& session, const v1::TieChange& change) {
  const std::string date = PrintDate(change.date());
  PrintLabelled(session, PadRight(date.empty() ? "no date" : date, 12),
                absl::StrCat(ShortName(change.a()), ", ", ShortName(change.b()), ": ",
                             Words(v1::TieFamily_Name(change.family()), "TIE_FAMILY_"), ", ",
                             change.subject()));
  const std::string indent(12, ' ');
  const auto given = [](const std::string& text) { return text.empty() ? "nothing" : text; };
  PrintLabelled(session, indent,
                absl::StrCat(given(change.before()), " -> ", given(change.after()),
                             change.by_knowledge() ? " (came to be known)" : ""));
  // What changed it is what holds after; of what is gone, what held before.
  const auto& grounds =
      change.after_ground().empty() ? change.before_ground() : change.after_ground();
  const size_t all = grounds.size();
  for (size_t i = 0; i < std::min(all, kGroundsShown); ++i) {
    const v1::Ground& ground = grounds[static_cast<int>(i)];
    PrintLabelled(session, indent,
                  absl::StrCat(ground.source(), " ", ground.record(), ", ", GroundWords(ground),
                               ", sequence ", Grouped(static_cast<int64_t>(ground.sequence()))));
  }
  if (all > kGroundsShown) {
    PrintLabelled(session, indent, absl::StrCat("and ", all - kGroundsShown, " more statements"));
  }
}

}  // namespace dossier
