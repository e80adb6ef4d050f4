#include "services/query/compare_deals.h"

#include <algorithm>
#include <compare>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/designation.h"
#include "services/query/compared_deal.h"
#include "services/query/field_error.h"
#include "services/query/live_editions.h"
#include "services/query/measures.h"
#include "services/query/named_actors.h"
#include "services/query/page_token.h"
#include "services/query/pair_walk.h"
#include "services/query/place_scan.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 50;
constexpr int kSourcesMax = 20;
// A page that has read so many events goes on to no further order year.
constexpr size_t kEventsMax = 20'000;
// A page of this size takes no further deal.
constexpr size_t kPageBytesMax = 8 << 20;

// Where a deal stands in the answer. Before all deals of a pair and year: with no stem.
struct DealKey {
  ActorPair pair;
  int order_year = 0;
  std::string stem;

  auto operator<=>(const DealKey&) const = default;
};

std::string EncodeKey(const DealKey& key) {
  return KeyBuilder(kPlaceRow)
      .Text(key.pair.supplier)
      .Text(key.pair.recipient)
      .Number(static_cast<uint64_t>(key.order_year))
      .Raw(key.stem)
      .key()
      .substr(1);
}

absl::StatusOr<DealKey> DecodeKey(std::string_view place) {
  KeyParser parser = KeyParser::OfBytes(place);
  std::string_view supplier, recipient;
  uint64_t order_year = 0;
  if (!parser.Text(&supplier) || !parser.Text(&recipient) || !parser.Number(&order_year) ||
      order_year > INT_MAX) {
    return InvalidField("page_token", "it names no place in this list");
  }
  return DealKey{{std::string(supplier), std::string(recipient)},
                 static_cast<int>(order_year),
                 std::string(parser.rest())};
}

absl::Status CheckRequest(const v1::CompareDealsRequest& request) {
  if (request.supplier().empty() && request.recipient().empty() && request.actor().empty()) {
    return InvalidField("supplier",
                        "not given; expected at least one of supplier, recipient and actor");
  }
  if (request.source_size() > kSourcesMax) {
    return InvalidField("source", absl::StrCat(request.source_size(),
                                               " sources; expected at most ", kSourcesMax));
  }
  for (const auto& [field, year] : {std::pair{"order_year_from", request.order_year_from()},
                                    std::pair{"order_year_to", request.order_year_to()}}) {
    if (year < 0 || year > 9999) {
      return InvalidField(field, absl::StrCat(year, "; expected a year of 1 to 9999, or 0"));
    }
  }
  if (request.order_year_to() != 0 && request.order_year_from() > request.order_year_to()) {
    return InvalidField("order_year_from",
                        absl::StrCat(request.order_year_from(), " is after order_year_to, ",
                                     request.order_year_to()));
  }
  return absl::OkStatus();
}

// Ascending, each once.
absl::StatusOr<std::vector<std::string>> SourcesOf(AsOf& as_of,
                                                   const v1::CompareDealsRequest& request) {
  if (request.source().empty()) return SourcesWithPlaces(as_of);
  std::vector<std::string> sources(request.source().begin(), request.source().end());
  for (const std::string& source : sources) {
    if (absl::Status s = CheckKnownSource(as_of, source, "source"); !s.ok()) return s;
  }
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  return sources;
}

using HeldByYear = std::map<int, std::vector<HeldTransfer>>;

class Comparison {
 public:
  Comparison(AsOf& as_of, const v1::CompareDealsRequest& request, std::vector<std::string> sources,
             size_t page_size)
      : as_of_(as_of), request_(request), sources_(std::move(sources)), page_size_(page_size) {}

  // Adds what comes after `after`.
  absl::Status Run(PlaceSelection selection, const DealKey& after);
  absl::Status AddCoverage();

  v1::CompareDealsResponse Take() { return std::move(response_); }

 private:
  // These are true once the page is full.
  absl::StatusOr<bool> AddPair(const ActorPair& pair, const DealKey& after);
  absl::StatusOr<bool> AddYear(const ActorPair& pair, int order_year,
                               const std::vector<HeldTransfer>& held, const DealKey& after);
  absl::StatusOr<HeldByYear> HeldBetween(const ActorPair& pair, int year_from);
  bool YearIsWanted(int order_year) const;
  void EndPage(const DealKey& last) {
    response_.set_next_page_token(WritePageToken(request_, as_of_.resolved(), EncodeKey(last)));
  }

  AsOf& as_of_;
  const v1::CompareDealsRequest& request_;
  const std::vector<std::string> sources_;
  const size_t page_size_;
  size_t events_read_ = 0;
  size_t bytes_ = 0;
  DealKey last_;  // the last deal looked at
  v1::CompareDealsResponse response_;
};

absl::Status Comparison::Run(PlaceSelection selection, const DealKey& after) {
  last_ = after;
  *response_.mutable_answered_at() = as_of_.answered_at();
  PairWalk pairs(as_of_, sources_, std::move(selection));
  if (absl::Status s = pairs.Start(after.pair); !s.ok()) return s;
  for (;;) {
    auto pair = pairs.Next();
    if (!pair.ok()) return pair.status();
    if (!pair->has_value()) return absl::OkStatus();
    auto full = AddPair(**pair, after);
    if (!full.ok()) return full.status();
    if (*full) return absl::OkStatus();
  }
}

absl::StatusOr<bool> Comparison::AddPair(const ActorPair& pair, const DealKey& after) {
  auto held = HeldBetween(pair, after.pair == pair ? after.order_year : 0);
  if (!held.ok()) return held.status();
  for (const auto& [order_year, transfers] : *held) {
    if (events_read_ >= kEventsMax) {
      EndPage({pair, order_year, ""});
      return true;
    }
    auto full = AddYear(pair, order_year, transfers, after);
    if (!full.ok() || *full) return full;
  }
  return false;
}

bool Comparison::YearIsWanted(int order_year) const {
  const int from = request_.order_year_from();
  const int to = request_.order_year_to();
  if (from == 0 && to == 0) return true;
  return order_year != 0 && order_year >= from && (to == 0 || order_year <= to);
}

// By source, then record, in each year.
absl::StatusOr<HeldByYear> Comparison::HeldBetween(const ActorPair& pair, int year_from) {
  HeldByYear held;
  for (size_t source = 0; source < sources_.size(); ++source) {
    const PlaceRange range{sources_[source], pair.supplier, pair.recipient};
    absl::Status scanned = ScanPlaces(as_of_, range, "", [&](const PlacedTransfer& placed) {
      const v1::TransferRow& row = placed.row;
      const int order_year = row.order_year();
      if (order_year < year_from || !YearIsWanted(order_year)) return true;
      if (StandingAt(row, as_of_.effective_year()) == Standing::kNotYet) return true;
      HeldTransfer& one = held[order_year].emplace_back(
          HeldTransfer{source, std::string(placed.record), placed.version, row});
      // The event has these too.
      one.row.clear_supplier_name();
      one.row.clear_recipient_name();
      one.row.clear_category();
      return true;
    });
    if (!scanned.ok()) return scanned;
  }
  return held;
}

// A missile and its system are two deals, whatever they have in common.
std::string StemOf(const v1::Transfer& transfer) {
  return absl::StrCat(DesignationStem(transfer.designation()),
                      IsMunition(transfer.description()) ? "/m" : "");
}

absl::StatusOr<bool> Comparison::AddYear(const ActorPair& pair, int order_year,
                                         const std::vector<HeldTransfer>& held,
                                         const DealKey& after) {
  std::map<std::string, DealAcross> deals;  // by stem
  for (const HeldTransfer& one : held) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    auto event = EventAt(as_of_.rows(), one.version.sequence);
    if (!event.ok()) return event.status();
    ++events_read_;
    const v1::Transfer& transfer = event->present().transfer();
    deals.try_emplace(StemOf(transfer), as_of_.effective_year())
        .first->second.Add(one, transfer);
  }
  for (const auto& [stem, deal] : deals) {
    DealKey key{pair, order_year, stem};
    if (key <= after) continue;
    if (!request_.differences_only() || deal.Differs()) {
      if (response_.deal_size() == static_cast<int>(page_size_) || bytes_ >= kPageBytesMax) {
        EndPage(last_);
        return true;
      }
      v1::ComparedDeal& compared = *response_.add_deal();
      deal.Write(sources_, &compared);
      compared.set_order_year(order_year);
      bytes_ += compared.ByteSizeLong();
    }
    last_ = std::move(key);
  }
  return false;
}

absl::Status Comparison::AddCoverage() {
  for (const std::string& source : sources_) {
    auto live = LiveEditions(as_of_, source);
    if (!live.ok()) return live.status();
    // Not asked for by name, one that had published nothing by the cut is none of the answer's.
    if (live->empty() && request_.source().empty()) continue;
    v1::SourceCoverage& coverage = *response_.add_coverage();
    coverage.set_source(source);
    for (std::string& scope : CoverageOf(*live)) coverage.add_scope(std::move(scope));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::CompareDealsResponse> CompareDeals(AsOf& as_of, const ActorTable& table,
                                                      const v1::CompareDealsRequest& request,
                                                      std::string_view after) {
  if (absl::Status s = CheckRequest(request); !s.ok()) return s;
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  DealKey from;
  if (!after.empty()) {
    auto key = DecodeKey(after);
    if (!key.ok()) return key.status();
    from = *std::move(key);
  }
  auto actors = ResolveActors(as_of, table,
                              {{"supplier", request.supplier()},
                               {"recipient", request.recipient()},
                               {"actor", request.actor()}});
  if (!actors.ok()) return actors.status();
  auto sources = SourcesOf(as_of, request);
  if (!sources.ok()) return sources.status();

  Comparison comparison(as_of, request, *std::move(sources), *page_size);
  absl::Status compared = comparison.Run({(*actors)[0], (*actors)[1], (*actors)[2]}, from);
  if (!compared.ok()) return compared;
  if (absl::Status s = comparison.AddCoverage(); !s.ok()) return s;
  return comparison.Take();
}

}  // namespace dossier
