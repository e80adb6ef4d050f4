#include "services/cli/trade_lines.h"

#include <algorithm>
#include <vector>

#include "services/cli/numbers.h"
#include "services/cli/text.h"

namespace dossier {
namespace {

constexpr int kUsualWidth = 100;

}  // namespace

std::string EstimatedShare(const v1::Measures& measures) {
  return Percent(measures.tiv_estimated_thousandths(), measures.tiv_thousandths());
}

std::string TradeWords(const v1::TradeSummary& trade) {
  const v1::Measures& total = trade.total();
  const bool no_tiv = total.records() > 0 && total.records_without_tiv() == total.records();
  const bool no_number = total.records() > 0 && total.records_without_number() == total.records();
  const bool nothing_came = total.units() == 0 && total.tiv_thousandths() == 0 &&
                            total.records_without_tiv() + total.records_without_number() == 0;
  const bool has_tiv = !no_tiv && !nothing_came;
  std::string text = has_tiv ? "TIV " + TivForPeople(total.tiv_thousandths()) + " in " : "";
  text += Counted(total.deals(), "deal", "deals");
  if (nothing_came) text += ", nothing delivered";
  if (!nothing_came && !no_number) text += ", " + Counted(total.units(), "unit", "units");
  if (no_tiv || no_number) {
    text += no_tiv && no_number ? "; neither number nor TIV is given"
            : no_tiv            ? "; no TIV is given"
                                : "; no number is given";
  }
  if (trade.last_five_years_to() != 0 && has_tiv) {
    text += "; " + PrintYears(trade.last_five_years_from(), trade.last_five_years_to()) + ": TIV " +
            TivForPeople(trade.last_five_years().tiv_thousandths());
  }
  if (total.tiv_estimated_thousandths() > 0) {
    text += "; " + EstimatedShare(total) + " of it rests on estimates";
  }
  if (trade.open_orders() > 0) {
    text += "; " + Counted(trade.open_orders(), "open order", "open orders");
  }
  if (total.records_without_tiv() > 0 && !no_tiv) {
    text += "; " + Counted(total.records_without_tiv(), "record", "records") + " without a TIV";
  }
  return text;
}

void PrintYearBars(const Session& session, const v1::TradeSummary& trade) {
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

}  // namespace dossier
