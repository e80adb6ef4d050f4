#include "services/ingest/sources/sipri_coverage.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

template <typename Ids>
bool Admits(const Ids& ids, const std::string& id) {
  return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string PrintYear(int year) { return year == 0 ? "not specified" : absl::StrCat(year); }

}  // namespace

void SipriCoverage::SetScope(v1::Scope scope) {
  scope.set_deliveries_only(true);
  scope_ = std::move(scope);
}

std::optional<SipriCoverage::Outside> SipriCoverage::FindOutside(
    const v1::Transfer& transfer) const {
  if (!scope_) return std::nullopt;
  if (!Admits(scope_->supplier(), transfer.supplier().id())) {
    return Outside{kSupplier, "a supplier that line 1 names"};
  }
  if (!Admits(scope_->recipient(), transfer.recipient().id())) {
    return Outside{kRecipient, "a recipient that line 1 names"};
  }
  const int year = transfer.delivery(0).year(0);
  const int from = scope_->delivery_year_from();
  const int to = scope_->delivery_year_to();
  if (year < from || (to != 0 && year > to)) {
    return Outside{kDeliveryYear, absl::StrCat("a year in the range of line 1, ", PrintYear(from),
                                               " to ", PrintYear(to))};
  }
  return std::nullopt;
}

void SipriCoverage::Count(int delivery_year) {
  first_year_ = first_year_ == 0 ? delivery_year : std::min(first_year_, delivery_year);
  last_year_ = std::max(last_year_, delivery_year);
}

void SipriCoverage::Fill(EditionFacts& facts) const {
  facts.stamp = stamp_;
  if (scope_) {
    facts.scope = *scope_;
    if (!stamp_.has_time()) {
      facts.warnings.push_back("the preamble has no line \"Data generated:\", so no publish date");
    }
    if (std::string shortfall = ShortOfYears(); !shortfall.empty()) {
      facts.warnings.push_back(std::move(shortfall));
    }
  } else {
    facts.scope.set_deliveries_only(true);
    facts.scope.set_delivery_year_from(first_year_);
    facts.scope.set_delivery_year_to(last_year_);
    facts.warnings.push_back(absl::StrCat("no preamble: taken to cover all parties in delivery ",
                                          "years ", first_year_, " to ", last_year_,
                                          ", those of its rows"));
  }
  facts.covers_until = CoversUntil();
}

// A row past the preamble's last year is outside its scope and not counted, so that the rows' last
// year is the smaller of the two.
v1::Date SipriCoverage::CoversUntil() const {
  if (!stamp_.has_time()) return MakeDate(last_year_, 12, 31);
  const v1::Date generated = DateOf(ToTime(stamp_.time()));
  return last_year_ >= generated.year() ? generated : MakeDate(last_year_, 12, 31);
}

std::string SipriCoverage::ShortOfYears() const {
  const int from = scope_->delivery_year_from();
  const int to = scope_->delivery_year_to();
  std::string rows;
  if (from != 0 && first_year_ > from) rows = absl::StrCat("begin in ", first_year_);
  if (to != 0 && last_year_ < to) {
    absl::StrAppend(&rows, rows.empty() ? "" : " and ", "end in ", last_year_);
  }
  if (rows.empty()) return rows;
  return absl::StrCat("preamble says ", PrintYear(from), " to ", PrintYear(to), ", rows ", rows);
}

}  // namespace dossier
