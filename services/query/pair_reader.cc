#include "services/query/pair_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/model/sources.h"
#include "services/query/live_editions.h"
#include "services/query/transfer_record.h"
#include "storage/timeline.h"

namespace dossier {
namespace {

constexpr int kOpenOrdersMax = 100;
constexpr size_t kScopesShown = 5;

// Scopes of many editions, a file for each treaty, would bury the answer.
void AddCoverage(const std::vector<v1::Edition>& live, v1::SourceTie* head) {
  const std::vector<std::string> scopes = CoverageOf(live);
  for (size_t i = 0; i < scopes.size() && i < kScopesShown; ++i) head->add_coverage(scopes[i]);
  if (scopes.size() > kScopesShown) {
    head->add_coverage(absl::StrCat("and ", scopes.size() - kScopesShown, " scopes more"));
  }
}

}  // namespace

absl::StatusOr<const v1::SourceTie*> PairReader::HeadOf(const std::string& source) {
  const auto known = heads_.find(source);
  if (known != heads_.end()) return &known->second;
  auto read = editions_.Live(source);
  if (!read.ok()) return read.status();
  const std::vector<v1::Edition>& live = **read;
  v1::SourceTie& head = heads_[source];
  head.set_source(source);
  AddCoverage(live, &head);
  if (const v1::Date until = CoversUntil(live); until.year() != 0) {
    *head.mutable_covers_until() = until;
  }
  if (!live.empty()) *head.mutable_edition() = live.back();
  const TreatySourceFacts* facts = FindTreatySource(source);
  if (facts != nullptr && !facts->note.empty()) head.add_note(std::string(facts->note));
  return &head;
}

absl::Status PairReader::AddTreaties(const v1::ActorRef& a, const v1::ActorRef& b, Parts* parts,
                                     uint64_t* ended_treaties) {
  auto tied = treaties_.Between(
      a.id(), b.id(),
      {.with_ended = options_.include_ended_treaties, .with_grounds = options_.in_detail},
      ended_treaties);
  if (!tied.ok()) return tied.status();
  for (PairTreaties::Tied& treaty : *tied) {
    *(*parts)[treaty.source].add_treaty() = std::move(treaty.tie);
  }
  return absl::OkStatus();
}

// A record that leaves an order open may stand beside another that fulfils it: the deal decides.
absl::Status PairReader::AddOpenOrders(const PlaceRange& range, TradeSum* sum,
                                       v1::TransferTie* transfers) {
  std::vector<std::pair<uint64_t, v1::Stage>> open;
  absl::Status scanned = ScanPlaces(as_of_, range, "", [&](const PlacedTransfer& placed) {
    const auto stage = StageAt(placed.row, as_of_.effective_year());
    const bool is_open = stage.has_value() && *stage != v1::STAGE_DELIVERED &&
                         sum->IsOpenDeal(placed.row.deal_id(), placed.record);
    if (is_open) open.emplace_back(placed.version.sequence, *stage);
    return open.size() < kOpenOrdersMax;
  });
  if (!scanned.ok()) return scanned;
  for (const auto& [sequence, stage] : open) {
    auto event = EventAt(as_of_.rows(), sequence);
    if (!event.ok()) return event.status();
    *transfers->add_open_order() = TransferRecordOf(*std::move(event), stage, sequence);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> PairReader::AddDirection(const std::string& source,
                                              const std::string& supplier,
                                              const std::string& recipient,
                                              v1::TransferTie* transfers) {
  const PlaceRange range{source, supplier, recipient};
  TradeSum sum(Direction::kAsSupplier, as_of_.effective_year());
  absl::Status scanned = ScanPlaces(as_of_, range, "", [&](const PlacedTransfer& placed) {
    sum.Add(placed);
    return true;
  });
  if (!scanned.ok()) return scanned;
  if (sum.empty()) return false;
  auto head = HeadOf(source);
  if (!head.ok()) return head.status();
  int last_year = sum.newest_year();
  if ((*head)->covers_until().year() != 0) last_year = (*head)->covers_until().year();
  if (as_of_.has_effective_date()) last_year = as_of_.effective_year();
  sum.Finish(last_year, transfers->mutable_summary());
  if (!options_.in_detail || transfers->summary().open_orders() == 0) return true;
  if (absl::Status s = AddOpenOrders(range, &sum, transfers); !s.ok()) return s;
  return true;
}

absl::Status PairReader::AddTransfers(const v1::ActorRef& a, const v1::ActorRef& b, Parts* parts) {
  if (!transfer_sources_.has_value()) {
    auto sources = SourcesWithPlaces(as_of_);
    if (!sources.ok()) return sources.status();
    transfer_sources_ = *std::move(sources);
  }
  for (const std::string& source : *transfer_sources_) {
    v1::TransferTie there, back;
    auto has_there = AddDirection(source, a.id(), b.id(), &there);
    if (!has_there.ok()) return has_there.status();
    auto has_back = AddDirection(source, b.id(), a.id(), &back);
    if (!has_back.ok()) return has_back.status();
    if (*has_there) *(*parts)[source].mutable_a_to_b() = std::move(there);
    if (*has_back) *(*parts)[source].mutable_b_to_a() = std::move(back);
  }
  return absl::OkStatus();
}

absl::Status PairReader::Read(const v1::ActorRef& a, const v1::ActorRef& b, v1::Tie* tie,
                              uint64_t* ended_treaties) {
  *tie->mutable_a() = a;
  *tie->mutable_b() = b;
  Parts parts;
  if (absl::Status s = AddTreaties(a, b, &parts, ended_treaties); !s.ok()) return s;
  if (absl::Status s = AddTransfers(a, b, &parts); !s.ok()) return s;
  if (absl::Status s = facts_.Add(a, b, &parts); !s.ok()) return s;
  for (auto& [source, part] : parts) {
    auto head = HeadOf(source);
    if (!head.ok()) return head.status();
    v1::SourceTie& added = *tie->add_source();
    added = **head;
    added.MergeFrom(part);
  }
  auto shared = facts_.Shared(a.id(), b.id());
  if (!shared.ok()) return shared.status();
  for (v1::SharedMembership& one : *shared) *tie->add_shared() = std::move(one);
  return absl::OkStatus();
}

}  // namespace dossier
