#include "services/ingest/sources/sipri_coverage.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

// The register begins there.
constexpr int kFirstYear = 1950;
// A scope with more is no choice of parties.
constexpr size_t kPartiesMax = 1'000;

template <typename Ids>
bool Admits(const Ids& ids, const std::string& id) {
  return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string PrintYear(int year) { return year == 0 ? "not specified" : absl::StrCat(year); }

}  // namespace

std::optional<SipriCoverage::Outside> SipriCoverage::FindOutside(
    const v1::Transfer& transfer) const {
  if (!scope_) return std::nullopt;
  if (!Admits(scope_->supplier(), transfer.supplier().id())) {
    return Outside{Side::kSupplier, "a supplier that line 1 names"};
  }
  if (!Admits(scope_->recipient(), transfer.recipient().id())) {
    return Outside{Side::kRecipient, "a recipient that line 1 names"};
  }
  const int from = scope_->delivery_year_from();
  const int to = scope_->delivery_year_to();
  for (const v1::Delivery& delivery : transfer.delivery()) {
    for (int year : delivery.year()) {
      if (year >= from && (to == 0 || year <= to)) continue;
      return Outside{Side::kDeliveryYears,
                     absl::StrCat(row_is_ == SipriRowIs::kDeal ? "years" : "a year",
                                  " in the range of line 1, ", PrintYear(from), " to ",
                                  PrintYear(to))};
    }
  }
  return std::nullopt;
}

void SipriCoverage::Count(const v1::Transfer& transfer) {
  if (transfer.delivery().empty()) ++without_delivery_;
  last_order_year_ = std::max(last_order_year_, transfer.order_date().year());
  for (const v1::Delivery& delivery : transfer.delivery()) {
    for (int year : delivery.year()) {
      first_year_ = first_year_ == 0 ? year : std::min(first_year_, year);
      last_year_ = std::max(last_year_, year);
    }
  }
  if (scope_ || row_is_ != SipriRowIs::kDeal) return;
  if (suppliers_.size() <= kPartiesMax) suppliers_.insert(transfer.supplier().id());
  if (recipients_.size() <= kPartiesMax) recipients_.insert(transfer.recipient().id());
}

void SipriCoverage::Fill(EditionFacts& facts) const {
  facts.stamp = stamp_;
  scope_ ? FillFromPreamble(facts) : FillFromRows(facts);
  facts.scope.set_deliveries_only(without_delivery_ == 0);
  facts.covers_until = CoversUntil();
}

void SipriCoverage::FillFromPreamble(EditionFacts& facts) const {
  facts.scope = *scope_;
  if (!stamp_.has_time()) {
    facts.warnings.push_back("the preamble has no line \"Data generated:\", so no publish date");
  }
  for (std::string warning : {DisagreementOnDeliveries(), ShortOfYears()}) {
    if (!warning.empty()) facts.warnings.push_back(std::move(warning));
  }
  if (row_is_ == SipriRowIs::kDeal && LimitsYears()) {
    facts.warnings.push_back(absl::StrCat(
        "preamble says ", PrintYear(scope_->delivery_year_from()), " to ",
        PrintYear(scope_->delivery_year_to()),
        ": numbers and years of delivery are those of these years alone, and a deal that was "
        "delivered in others too seems revised"));
  }
}

void SipriCoverage::FillFromRows(EditionFacts& facts) const {
  v1::Scope& scope = facts.scope;
  scope.set_delivery_year_from(first_year_);
  scope.set_delivery_year_to(last_year_);
  const std::string years =
      absl::StrCat("in delivery years ", first_year_, " to ", last_year_, ", those of its rows");
  if (row_is_ != SipriRowIs::kDeal) {
    facts.warnings.push_back(absl::StrCat("no preamble: taken to cover all parties ", years));
    return;
  }
  if (last_year_ == 0 || suppliers_.size() > kPartiesMax || recipients_.size() > kPartiesMax) {
    scope.set_additions_only(true);
    facts.warnings.push_back(absl::StrCat(
        "no preamble, and ",
        last_year_ == 0 ? "no row has a delivery year"
                        : absl::StrCat("over ", kPartiesMax, " suppliers or recipients"),
        ": what the edition does not hold is not taken as ended"));
    return;
  }
  scope.mutable_supplier()->Assign(suppliers_.begin(), suppliers_.end());
  scope.mutable_recipient()->Assign(recipients_.begin(), recipients_.end());
  facts.warnings.push_back(absl::StrCat(
      "no preamble: taken to cover deals between its ", suppliers_.size(), " suppliers and its ",
      recipients_.size(), " recipients, with deliveries ", years,
      "; if it was chosen by anything else, such as categories of weapons, load it as an excerpt"));
}

// A row past the preamble's last year is outside its scope and not counted, so that the rows' last
// year is the smaller of the two.
v1::Date SipriCoverage::CoversUntil() const {
  const int last_year = last_year_ != 0 ? last_year_ : last_order_year_;
  if (last_year == 0) return {};
  if (!stamp_.has_time()) return MakeDate(last_year, 12, 31);
  const v1::Date generated = DateOf(ToTime(stamp_.time()));
  return last_year >= generated.year() ? generated : MakeDate(last_year, 12, 31);
}

std::string SipriCoverage::DisagreementOnDeliveries() const {
  if (row_is_ != SipriRowIs::kDeal) return "";
  if (scope_->deliveries_only() && without_delivery_ > 0) {
    return absl::StrCat("preamble says deals with deliveries made, yet ", without_delivery_,
                        " rows have no delivery: deals without deliveries are taken as covered");
  }
  if (!scope_->deliveries_only() && without_delivery_ == 0) {
    return "preamble says deals with deliveries or orders made, yet every row has a delivery: "
           "deals without deliveries are taken as not covered";
  }
  return "";
}

std::string SipriCoverage::ShortOfYears() const {
  const int from = scope_->delivery_year_from();
  const int to = scope_->delivery_year_to();
  std::string rows;
  if (from != 0 && first_year_ > from) rows = absl::StrCat("begin in ", first_year_);
  if (to != 0 && last_year_ != 0 && last_year_ < to) {
    absl::StrAppend(&rows, rows.empty() ? "" : " and ", "end in ", last_year_);
  }
  if (rows.empty()) return rows;
  return absl::StrCat("preamble says ", PrintYear(from), " to ", PrintYear(to), ", rows ", rows);
}

// A year in which the export was made, or the one before it, is the last that there can be.
bool SipriCoverage::LimitsYears() const {
  const int to = scope_->delivery_year_to();
  const int published = stamp_.has_time() ? DateOf(ToTime(stamp_.time())).year() : 0;
  return scope_->delivery_year_from() > kFirstYear ||
         (to != 0 && (published == 0 || to < published - 1));
}

}  // namespace dossier
