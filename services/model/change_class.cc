#include "services/model/change_class.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "services/model/contents.h"
#include "services/model/transfers.h"

namespace dossier {
namespace {

using Classes = std::set<v1::ChangeClass>;

// White space as an edition may have it: ASCII's, and the blanks of Unicode that typesetting and
// web pages put in (no-break, en to hair, zero-width, narrow no-break, ideographic).
std::string WithoutBlanks(std::string_view text) {
  std::string kept;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    const std::string_view two = text.substr(i, 2);
    const std::string_view three = text.substr(i, 3);
    if (two == "\u00a0") {
      i += 1;
    } else if ((three >= "\u2000" && three <= "\u200b") || three == "\u202f" || three == "\u3000" ||
               three == "\ufeff") {
      i += 2;
    } else {
      kept.push_back(c);
    }
  }
  return kept;
}

bool DiffersInBlanksAlone(const v1::FieldChange& change) {
  return WithoutBlanks(change.before()) == WithoutBlanks(change.after());
}

// "delivery" of "delivery[0].year[1]".
std::string_view RootOf(std::string_view field) {
  return field.substr(0, field.find_first_of(".["));
}

// Deliveries of the same years, which are told apart by nothing else.
struct Tally {
  int64_t units = 0;
  int numbered = 0;
  int unnumbered = 0;
  // -1: the mark is not given.
  std::vector<int> number_marks, year_marks;
};
using Years = std::pair<bool, std::vector<int>>;  // whether they are a span, and which
using Tallies = std::map<Years, Tally>;

void Add(const v1::Delivery& delivery, Tally& tally) {
  if (!delivery.has_number()) {
    ++tally.unnumbered;
  } else {
    ++tally.numbered;
    if (__builtin_add_overflow(tally.units, delivery.number(), &tally.units)) {
      tally.units = INT64_MAX;
    }
    // A mark that comes or goes with its number says nothing of its own.
    tally.number_marks.push_back(
        delivery.has_number_is_estimate() ? delivery.number_is_estimate() : -1);
  }
  if (!delivery.year().empty()) {
    tally.year_marks.push_back(delivery.has_year_is_estimate() ? delivery.year_is_estimate() : -1);
  }
}

Tallies TalliesOf(const v1::Transfer& transfer) {
  Tallies tallies;
  for (const v1::Delivery& delivery : transfer.delivery()) {
    Add(delivery, tallies[{delivery.years_are_span(),
                           {delivery.year().begin(), delivery.year().end()}}]);
  }
  return tallies;
}

// All years that deliveries may have been in: those within a span count.
std::set<int> YearsOf(const v1::Transfer& transfer) {
  std::set<int> years;
  for (const v1::Delivery& delivery : transfer.delivery()) {
    years.insert(delivery.year().begin(), delivery.year().end());
    if (!delivery.years_are_span() || delivery.year().empty()) continue;
    // Years have four digits: the span is bounded, whoever wrote it.
    const int last = std::min(*delivery.year().rbegin(), 9'999);
    for (int year = std::max(*delivery.year().begin(), 1); year < last; ++year) years.insert(year);
  }
  return years;
}

// The differences of the deliveries. Those of the same years are held against each other, and all
// others of the one side against all others of the other: a cell for all of a deal's years is
// another cell once a year is added.
class DeliveryChange {
 public:
  DeliveryChange(const v1::Transfer& before, const v1::Transfer& after, Classes& classes)
      : before_(before), after_(after), classes_(classes) {}

  // `changes`: those of the deliveries.
  void Classify(const std::vector<const v1::FieldChange*>& changes) {
    CompareTallies();
    CompareYears();
    if (classes_.empty()) ClassifyByField(changes);
  }

 private:
  void CompareTallies() {
    Tallies old_tallies = TalliesOf(before_);
    Tallies new_tallies = TalliesOf(after_);
    for (auto old = old_tallies.begin(); old != old_tallies.end();) {
      const auto now = new_tallies.find(old->first);
      if (now == new_tallies.end()) {
        ++old;
        continue;
      }
      Compare(old->second, now->second);
      new_tallies.erase(now);
      old = old_tallies.erase(old);
    }
    Compare(Together(old_tallies), Together(new_tallies));
    more_units_ = units_more_ > 0;
  }

  static Tally Together(const Tallies& tallies) {
    Tally all;
    for (const auto& [years, tally] : tallies) {
      if (__builtin_add_overflow(all.units, tally.units, &all.units)) all.units = INT64_MAX;
      all.numbered += tally.numbered;
      all.unnumbered += tally.unnumbered;
      all.number_marks.insert(all.number_marks.end(), tally.number_marks.begin(),
                              tally.number_marks.end());
      all.year_marks.insert(all.year_marks.end(), tally.year_marks.begin(), tally.year_marks.end());
    }
    return all;
  }

  void Compare(const Tally& old, const Tally& now) {
    if (now.unnumbered < old.unnumbered) {
      // A number came, or went with its delivery: how many are more cannot be told.
      classes_.insert(v1::CHANGE_CLASS_REVISED_COUNT);
    } else {
      // More can be new, fewer cannot; what went without a number is fewer.
      if (now.units < old.units) classes_.insert(v1::CHANGE_CLASS_REVISED_COUNT);
      units_more_ += static_cast<__int128>(now.units) - old.units;
    }
    const auto marks_differ = [](std::vector<int> a, std::vector<int> b) {
      std::sort(a.begin(), a.end());
      std::sort(b.begin(), b.end());
      return a.size() == b.size() && a != b;
    };
    if (marks_differ(old.number_marks, now.number_marks) ||
        marks_differ(old.year_marks, now.year_marks)) {
      classes_.insert(v1::CHANGE_CLASS_FLAG);
    }
  }

  void CompareYears() {
    const bool had = StageOf(before_) != v1::STAGE_ORDERED;
    const bool has = StageOf(after_) != v1::STAGE_ORDERED;
    const std::set<int> old_years = YearsOf(before_);
    const std::set<int> new_years = YearsOf(after_);
    const auto is_later = [&](int year) {
      return !old_years.empty() && year > *old_years.rbegin();
    };
    const bool later_year = !new_years.empty() && is_later(*new_years.rbegin());
    if (has && (!had || more_units_ || later_year)) {
      classes_.insert(v1::CHANGE_CLASS_NEW_DELIVERIES);
    }
    const bool years_went = !std::includes(new_years.begin(), new_years.end(), old_years.begin(),
                                           old_years.end());
    const bool accounts_for_all = has && (!had || more_units_);
    const bool years_came = std::any_of(new_years.begin(), new_years.end(), [&](int year) {
      return !old_years.contains(year) && !accounts_for_all && !(has && is_later(year));
    });
    if (years_went || years_came) classes_.insert(v1::CHANGE_CLASS_REVISED_DATE);
  }

  // What is neither more nor less in sum, in the same years: another grouping of them, or another
  // order, whose numbers differ only in where they stand.
  void ClassifyByField(const std::vector<const v1::FieldChange*>& changes) {
    bool number_differs = false;
    for (const v1::FieldChange* change : changes) {
      const std::string_view field = change->field();
      if (field.ends_with("_is_estimate")) {
        classes_.insert(v1::CHANGE_CLASS_FLAG);
      } else if (field.ends_with(".number")) {
        number_differs = true;
      } else {
        classes_.insert(v1::CHANGE_CLASS_REVISED_DATE);
      }
    }
    const bool years_differ = classes_.contains(v1::CHANGE_CLASS_REVISED_DATE);
    if (number_differs && !years_differ) classes_.insert(v1::CHANGE_CLASS_REVISED_COUNT);
  }

  const v1::Transfer& before_;
  const v1::Transfer& after_;
  Classes& classes_;
  __int128 units_more_ = 0;  // over all that can be compared
  bool more_units_ = false;
};

class TransferChange {
 public:
  TransferChange(const v1::Transfer& before, const v1::Transfer& after)
      : before_(before), after_(after) {}

  Classes Classify(std::span<const v1::FieldChange> changes) {
    std::vector<const v1::FieldChange*> of_deliveries;
    for (const v1::FieldChange& change : changes) {
      const std::string_view root = RootOf(change.field());
      if (root == "delivery") {
        of_deliveries.push_back(&change);
      } else {
        classes_.insert(ClassOf(root, change));
      }
    }
    if (!of_deliveries.empty()) {
      Classes classes;
      DeliveryChange(before_, after_, classes).Classify(of_deliveries);
      classes_.merge(classes);
    }
    // What only follows another change, which has a class of its own.
    classes_.erase(v1::CHANGE_CLASS_UNSPECIFIED);
    return std::move(classes_);
  }

 private:
  v1::ChangeClass ClassOf(std::string_view root, const v1::FieldChange& change) const {
    if (root == "number_ordered") return v1::CHANGE_CLASS_REVISED_COUNT;
    if (root == "order_date") return v1::CHANGE_CLASS_REVISED_DATE;
    if (root == "condition" || root == "local_production" || root == "disruption") {
      return v1::CHANGE_CLASS_TERMS;
    }
    if (root == "order_date_is_estimate") {
      return FlagOf(before_.has_order_date(), after_.has_order_date());
    }
    if (root == "number_ordered_is_estimate") {
      return FlagOf(before_.has_number_ordered(), after_.has_number_ordered());
    }
    if (root.starts_with("tiv_")) return ValueClassOf(root);
    return TextClassOf(root, change);
  }

  // A mark that comes or goes with what it marks says nothing of its own.
  static v1::ChangeClass FlagOf(bool was_given, bool is_given) {
    return was_given == is_given ? v1::CHANGE_CLASS_FLAG : v1::CHANGE_CLASS_UNSPECIFIED;
  }

  // In all editions held of the register a TIV in sum is the unit's times the number. So where the
  // deal's unit has the same TIV before and after, given on both sides, the order's TIV follows
  // another number ordered, and that of the deliveries another number delivered. Each follows its
  // own number alone, and nothing follows where the unit's TIV is not given.
  v1::ChangeClass ValueClassOf(std::string_view root) const {
    const bool unit_stayed =
        before_.has_tiv_deal_unit_thousandths() && after_.has_tiv_deal_unit_thousandths() &&
        before_.tiv_deal_unit_thousandths() == after_.tiv_deal_unit_thousandths();
    const bool follows = (root == "tiv_order_thousandths" && OrderedDiffers()) ||
                         (root == "tiv_delivered_thousandths" && DeliveredDiffers());
    return unit_stayed && follows ? v1::CHANGE_CLASS_UNSPECIFIED : v1::CHANGE_CLASS_REVALUATION;
  }

  bool OrderedDiffers() const {
    return before_.has_number_ordered() != after_.has_number_ordered() ||
           before_.number_ordered() != after_.number_ordered();
  }

  bool DeliveredDiffers() const {
    int64_t old_units = 0;
    int64_t new_units = 0;
    const bool was_given = UnitsOf(before_, &old_units);
    const bool is_given = UnitsOf(after_, &new_units);
    return was_given != is_given || old_units != new_units;
  }

  static v1::ChangeClass TextClassOf(std::string_view root, const v1::FieldChange& change) {
    v1::ChangeClass changed = v1::CHANGE_CLASS_EVIDENCE;
    if (root == "supplier" || root == "recipient") {
      changed = v1::CHANGE_CLASS_PARTY;
    } else if (root == "designation" || root == "description" || root == "category" ||
               root == "deal_id") {
      changed = v1::CHANGE_CLASS_DESIGNATION;
    } else if (root == "comment") {
      changed = v1::CHANGE_CLASS_REWORDING;
    } else {
      return changed;
    }
    return DiffersInBlanksAlone(change) ? v1::CHANGE_CLASS_WHITE_SPACE : changed;
  }

  const v1::Transfer& before_;
  const v1::Transfer& after_;
  Classes classes_;
};

// As stamps are ordered: to the microsecond, whatever precision and basis they are given with.
bool AreOneStamp(const v1::PublishStamp& a, const v1::PublishStamp& b) {
  return a.time().seconds() == b.time().seconds() &&
         a.time().nanos() / 1'000 == b.time().nanos() / 1'000 && a.ordinal() == b.ordinal() &&
         a.tie() == b.tie();
}

bool IsOtherReading(const v1::Event& before, const v1::Event& after) {
  return AreOneStamp(before.stamp(), after.stamp()) &&
         before.adapter_version() != after.adapter_version();
}

}  // namespace

std::vector<v1::ChangeClass> ClassesOf(const v1::Event& before, const v1::Event& after,
                                       std::span<const v1::FieldChange> changes) {
  const bool both_present = before.has_present() && after.has_present();
  if (IsOtherReading(before, after)) {
    const bool differ = both_present ? !changes.empty()
                                     : before.statement_case() != after.statement_case();
    if (!differ) return {};
    return {v1::CHANGE_CLASS_REPARSED};
  }
  if (!both_present || !before.present().has_transfer() || !after.present().has_transfer()) {
    return {};
  }
  Classes classes =
      TransferChange(before.present().transfer(), after.present().transfer()).Classify(changes);
  if (!classes.empty() && before.adapter_version() != after.adapter_version()) {
    classes.insert(v1::CHANGE_CLASS_OTHER_ADAPTER);
  }
  return {classes.begin(), classes.end()};
}

std::vector<v1::ChangeClass> ClassesOf(const v1::Event& before, const v1::Event& after) {
  std::vector<v1::FieldChange> changes;
  if (before.has_present() && after.has_present()) changes = DiffEvents(before, after);
  return ClassesOf(before, after, changes);
}

}  // namespace dossier
