#include <algorithm>
#include <climits>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"
#include "services/query/measures.h"
#include "services/query/place_scan.h"
#include "services/query/sanction_records.h"
#include "services/query/tie_records.h"

namespace dossier {
namespace {

// Where a record of the two holds at a cut.
struct Held {
  uint64_t sequence = 0;
  v1::TransferRow row;
};
using HeldRecords = std::map<std::string, Held>;

absl::StatusOr<HeldRecords> HeldBetween(AsOf& as_of, const PlaceRange& range) {
  HeldRecords held;
  absl::Status scanned = ScanPlaces(as_of, range, "", [&](const PlacedTransfer& placed) {
    held.emplace(placed.record, Held{placed.version.sequence, placed.row});
    return true;
  });
  if (!scanned.ok()) return scanned;
  return held;
}

// Years are given ascending; 0: none is.
int FirstYear(const v1::Delivery& delivery) {
  return delivery.year().empty() ? 0 : *delivery.year().begin();
}

int LastYear(const v1::Delivery& delivery) {
  return delivery.year().empty() ? 0 : *delivery.year().rbegin();
}

// How a transfer stands at the end of a year, by the rules of services/query/measures.h.
std::string StateBy(const v1::Transfer& transfer, int year) {
  if (transfer.order_date().year() > year) return "";
  TransferProgress progress;
  progress.has_ordered = transfer.has_number_ordered();
  progress.ordered = transfer.number_ordered();
  progress.disruption = transfer.disruption();
  progress.has_delivered = true;
  for (const v1::Delivery& delivery : transfer.delivery()) {
    const bool is_none = delivery.has_number() && delivery.number() == 0;
    if (is_none || FirstYear(delivery) > year) continue;
    progress.any_delivery = true;
    if (!delivery.has_number() || LastYear(delivery) > year) {
      progress.has_delivered = false;
    } else if (__builtin_add_overflow(progress.delivered, delivery.number(),
                                      &progress.delivered)) {
      progress.delivered = INT64_MAX;
    }
  }
  const bool is_yet_to_come = !progress.any_delivery && transfer.delivery_size() > 0 &&
                              transfer.order_date().year() == 0;
  return is_yet_to_come ? "" : ProgressWords(progress);
}

std::string SubjectOf(const v1::Transfer& transfer) {
  if (transfer.designation().empty() || transfer.description().empty()) {
    return absl::StrCat(transfer.designation(), transfer.description());
  }
  return absl::StrCat(transfer.designation(), ", ", transfer.description());
}

// The years in which it can have been delivered: of a span, also those within it.
std::vector<int> YearsOf(const v1::Delivery& delivery) {
  if (!delivery.years_are_span()) return {delivery.year().begin(), delivery.year().end()};
  std::vector<int> years;
  for (int year = FirstYear(delivery); year <= LastYear(delivery); ++year) years.push_back(year);
  return years;
}

// A delivery as it lies between the days: of a total over several years, the years that do.
std::optional<TieHappening> DeliveryBetween(const v1::Delivery& delivery,
                                            const DaysBetween& between,
                                            const v1::Transfer& transfer) {
  std::optional<TieHappening> found;
  for (const int year : YearsOf(delivery)) {
    const v1::Date date = MakeDate(year);
    TieHappening in_year{date, date, date, "", std::nullopt};
    if (!between.Overlap(in_year)) continue;
    if (!found.has_value()) found = std::move(in_year);
    found->latest = date;
    found->state = StateBy(transfer, year);
  }
  if (!found.has_value()) return found;
  // What is delivered in the order's year comes after it.
  const v1::Date& ordered = transfer.order_date();
  if (ordered.year() == found->date.year()) found->earliest = ordered;
  found->what = absl::StrCat(
      "in ", absl::StrJoin(delivery.year(), delivery.years_are_span() ? "-" : ", "));
  if (delivery.year_size() > 1) {
    const std::string number = delivery.has_number() ? NumberWords(delivery.number()) + " " : "";
    found->what = absl::StrCat("(", number, found->what, " together)");
  }
  return found;
}

void AddHappenings(const v1::Transfer& transfer, bool tells_order, const DaysBetween& between,
                   TieFact* fact) {
  if (const v1::Date& ordered = transfer.order_date(); ordered.year() != 0) {
    v1::Transfer order = transfer;
    order.clear_delivery();
    fact->happening.push_back(
        {ordered, ordered, ordered, "", StateBy(order, INT_MAX), tells_order});
  }
  for (const v1::Delivery& delivery : transfer.delivery()) {
    auto happening = DeliveryBetween(delivery, between, transfer);
    if (happening.has_value()) fact->happening.push_back(*std::move(happening));
  }
}

class TransferFacts {
 public:
  explicit TransferFacts(TieSides* sides) : sides_(*sides) {}

  absl::Status Run(const PlaceRange& range);

 private:
  bool MayDiffer(const Held* then, const Held* now) const;
  absl::Status Add(const Held* then, const Held* now);
  TieFact* FactOf(const v1::Event& event, uint64_t sequence, int year, TieFacts* facts);

  TieSides& sides_;
  std::set<std::string> deals_told_;  // of the source at hand
};

absl::Status TransferFacts::Run(const PlaceRange& range) {
  deals_told_.clear();
  auto then = HeldBetween(sides_.then, range);
  if (!then.ok()) return then.status();
  auto now = HeldBetween(sides_.now, range);
  if (!now.ok()) return now.status();
  for (const auto& [record, held] : *then) {
    if (now->contains(record)) continue;
    if (absl::Status s = Add(&held, nullptr); !s.ok()) return s;
  }
  for (const auto& [record, held] : *now) {
    const auto before = then->find(record);
    const Held* held_then = before == then->end() ? nullptr : &before->second;
    if (!MayDiffer(held_then, &held)) continue;
    if (absl::Status s = Add(held_then, &held); !s.ok()) return s;
  }
  return absl::OkStatus();
}

// By the row alone, before the event is read.
bool TransferFacts::MayDiffer(const Held* then, const Held* now) const {
  if (then == nullptr || then->sequence != now->sequence) return true;
  const int from = sides_.then.effective_year();
  const int to = sides_.now.effective_year();
  const v1::TransferRow& row = now->row;
  return (row.order_year() >= from && row.order_year() <= to) ||
         (row.last_year() >= from && row.first_year() <= to);
}

absl::Status TransferFacts::Add(const Held* then, const Held* now) {
  const int first_year = sides_.then.effective_year();
  if (then != nullptr) {
    if (absl::Status s = sides_.then.CountRow(); !s.ok()) return s;
    auto event = EventAt(sides_.then.rows(), then->sequence);
    if (!event.ok()) return event.status();
    FactOf(*event, then->sequence, first_year, &sides_.before);
  }
  if (now == nullptr) return absl::OkStatus();
  if (absl::Status s = sides_.now.CountRow(); !s.ok()) return s;
  auto event = EventAt(sides_.now.rows(), now->sequence);
  if (!event.ok()) return event.status();
  FactOf(*event, now->sequence, first_year, &sides_.revised);
  TieFact* fact = FactOf(*event, now->sequence, sides_.now.effective_year(), &sides_.after);
  const v1::Transfer& transfer = event->present().transfer();
  const bool tells_order =
      transfer.deal_id().empty() || deals_told_.insert(transfer.deal_id()).second;
  AddHappenings(transfer, tells_order, sides_.between, fact);
  return absl::OkStatus();
}

TieFact* TransferFacts::FactOf(const v1::Event& event, uint64_t sequence, int year,
                               TieFacts* facts) {
  const v1::Transfer& transfer = event.present().transfer();
  TieFact& fact = (*facts)[{v1::TIE_FAMILY_TRANSFER, event.source(), transfer.supplier().id(),
                            transfer.recipient().id(), event.record()}];
  fact.a = transfer.supplier();
  fact.b = transfer.recipient();
  fact.subject = SubjectOf(transfer);
  fact.record = event.record();
  fact.state = StateBy(transfer, year);
  fact.ground.push_back(GroundOf(event, sequence));
  return &fact;
}

}  // namespace

absl::Status AddTransferFacts(const std::string& supplier, const std::string& recipient,
                              TieSides* sides) {
  // The earlier cut may be of what was voided since.
  auto sources = SourcesWithPlaces(sides->then.at_head() ? sides->now : sides->then);
  if (!sources.ok()) return sources.status();
  TransferFacts facts(sides);
  for (const std::string& source : *sources) {
    if (absl::Status s = facts.Run({source, supplier, recipient}); !s.ok()) return s;
  }
  return absl::OkStatus();
}

}  // namespace dossier
