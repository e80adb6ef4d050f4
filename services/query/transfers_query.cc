#include "services/query/transfers_query.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/query/category_filter.h"
#include "services/query/field_error.h"
#include "services/query/live_editions.h"
#include "services/query/measures.h"
#include "services/query/named_actors.h"
#include "services/query/page_token.h"
#include "services/query/place_scan.h"
#include "services/query/transfer_places.h"
#include "services/query/transfer_record.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 100;
constexpr int kValuesMax = 100;
constexpr size_t kTextBytesMax = 1000;
// With a text to look for, events are read in batches of so many.
constexpr size_t kTextBatch = 512;

absl::Status CheckFilter(const v1::TransferFilter& filter) {
  if (filter.category_size() > kValuesMax || filter.stage_size() > kValuesMax) {
    return InvalidField(filter.stage_size() > kValuesMax ? "filter.stage" : "filter.category",
                        absl::StrCat("too many values; expected at most ", kValuesMax));
  }
  for (int year : {filter.year_from(), filter.year_to()}) {
    if (year < 0 || year > 9999) {
      return InvalidField(year == filter.year_from() ? "filter.year_from" : "filter.year_to",
                          absl::StrCat(year, "; expected a year of 1 to 9999, or 0"));
    }
  }
  if (filter.year_to() != 0 && filter.year_from() > filter.year_to()) {
    return InvalidField("filter.year_from",
                        absl::StrCat(filter.year_from(), " is after year_to, ", filter.year_to()));
  }
  if (filter.text().size() > kTextBytesMax) {
    return InvalidField("filter.text", absl::StrCat("longer than ", kTextBytesMax, " bytes"));
  }
  return absl::OkStatus();
}

// The filter but for places and text.
class RowFilter {
 public:
  RowFilter(const v1::TransferFilter& filter, int effective_year)
      : filter_(filter), effective_year_(effective_year) {}

  // The stage of the row at the effective date if it passes.
  std::optional<v1::Stage> Stage(const v1::TransferRow& row) const {
    const auto stage = StageAt(row, effective_year_);
    if (!stage.has_value()) return std::nullopt;
    const Standing standing = StandingAt(row, effective_year_);
    const auto& stages = filter_.stage();
    if (!stages.empty() && std::find(stages.begin(), stages.end(), *stage) == stages.end()) {
      return std::nullopt;
    }
    if (!YearsMatch(row, standing) || !CategoryMatches(filter_.category(), row.category()))
      return std::nullopt;
    return stage;
  }

 private:
  bool YearsMatch(const v1::TransferRow& row, Standing standing) const {
    if (filter_.year_from() == 0 && filter_.year_to() == 0) return true;
    const bool delivered = standing == Standing::kDelivered;
    const int first = delivered ? row.first_year() : row.order_year();
    const int last = delivered ? row.last_year() : row.order_year();
    return first != 0 && last >= filter_.year_from() &&
           (filter_.year_to() == 0 || first <= filter_.year_to());
  }

  const v1::TransferFilter& filter_;
  const int effective_year_;
};

// A record that passes, before its event is read.
struct Candidate {
  std::string place;
  uint64_t sequence = 0;
  v1::Stage stage = v1::STAGE_UNSPECIFIED;
};

std::string PlaceToken(const PlaceRange& range, std::string_view place) {
  return KeyBuilder(kPlaceRow)
      .Text(range.source)
      .Text(range.supplier)
      .Text(range.recipient)
      .Raw(place)
      .key()
      .substr(1);
}

// The range and the place within it that a token names.
absl::StatusOr<std::pair<PlaceRange, std::string>> ReadPlaceToken(std::string_view token) {
  KeyParser parser = KeyParser::OfBytes(token);
  std::string_view source, supplier, recipient;
  if (!parser.Text(&source) || !parser.Text(&supplier) || !parser.Text(&recipient)) {
    return InvalidField("page_token", "it names no place in this list");
  }
  return std::make_pair(
      PlaceRange{std::string(source), std::string(supplier), std::string(recipient)},
      std::string(parser.rest()));
}

class TransferList {
 public:
  TransferList(AsOf& as_of, const v1::ListTransfersRequest& request, PlaceSelection selection,
               size_t page_size)
      : as_of_(as_of),
        request_(request),
        selection_(std::move(selection)),
        filter_(request.filter(), as_of.effective_year()),
        text_(absl::AsciiStrToLower(request.filter().text())),
        page_size_(page_size) {
    *response_.mutable_answered_at() = as_of.answered_at();
  }

  // Lists a range from a place on. True once the page is full.
  absl::StatusOr<bool> AddRange(const PlaceRange& range, std::string after);

  v1::ListTransfersResponse Take() { return std::move(response_); }

 private:
  size_t Missing() const { return page_size_ - response_.transfer_size(); }
  absl::StatusOr<std::vector<Candidate>> Collect(const PlaceRange& range, const std::string& after,
                                                 size_t limit);
  absl::StatusOr<bool> AddCandidate(const PlaceRange& range, const Candidate& candidate);
  bool TextMatches(const v1::Transfer& transfer) const {
    return absl::StrContains(absl::AsciiStrToLower(transfer.designation()), text_) ||
           absl::StrContains(absl::AsciiStrToLower(transfer.description()), text_);
  }

  AsOf& as_of_;
  const v1::ListTransfersRequest& request_;
  const PlaceSelection selection_;
  const RowFilter filter_;
  const std::string text_;
  const size_t page_size_;
  std::string last_token_;  // the place of the last record in the response
  v1::ListTransfersResponse response_;
};

absl::StatusOr<std::vector<Candidate>> TransferList::Collect(const PlaceRange& range,
                                                             const std::string& after,
                                                             size_t limit) {
  std::vector<Candidate> candidates;
  absl::Status scanned = ScanPlaces(as_of_, range, after, [&](const PlacedTransfer& placed) {
    if (!selection_.Holds(placed.supplier, placed.recipient)) return true;
    const auto stage = filter_.Stage(placed.row);
    if (!stage.has_value()) return true;
    candidates.push_back({std::string(placed.place), placed.version.sequence, *stage});
    return candidates.size() < limit;
  });
  if (!scanned.ok()) return scanned;
  return candidates;
}

absl::StatusOr<bool> TransferList::AddRange(const PlaceRange& range, std::string after) {
  for (;;) {
    // One more than the page holds tells whether there is a next page.
    const size_t limit = text_.empty() ? Missing() + 1 : kTextBatch;
    auto candidates = Collect(range, after, limit);
    if (!candidates.ok()) return candidates.status();
    for (const Candidate& candidate : *candidates) {
      auto full = AddCandidate(range, candidate);
      if (!full.ok() || *full) return full;
    }
    if (candidates->size() < limit) return false;
    after = std::move(candidates->back().place);
  }
}

absl::StatusOr<bool> TransferList::AddCandidate(const PlaceRange& range,
                                                const Candidate& candidate) {
  if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
  if (text_.empty() && Missing() == 0) {
    response_.set_next_page_token(WritePageToken(request_, as_of_.resolved(), last_token_));
    return true;
  }
  auto event = EventAt(as_of_.rows(), candidate.sequence);
  if (!event.ok()) return event.status();
  if (!text_.empty() && !TextMatches(event->present().transfer())) return false;
  if (Missing() == 0) {
    response_.set_next_page_token(WritePageToken(request_, as_of_.resolved(), last_token_));
    return true;
  }
  last_token_ = PlaceToken(range, candidate.place);
  *response_.add_transfer() =
      TransferRecordOf(*std::move(event), candidate.stage, candidate.sequence);
  return false;
}

absl::StatusOr<std::vector<std::string>> SourcesOf(AsOf& as_of, const std::string& asked) {
  if (asked.empty()) return SourcesWithPlaces(as_of);
  if (absl::Status s = CheckKnownSource(as_of, asked, "filter.source"); !s.ok()) return s;
  return std::vector<std::string>{asked};
}

}  // namespace

absl::StatusOr<v1::ListTransfersResponse> ListTransfers(AsOf& as_of, const ActorTable& table,
                                                        const v1::ListTransfersRequest& request,
                                                        std::string_view after) {
  const v1::TransferFilter& filter = request.filter();
  if (absl::Status s = CheckFilter(filter); !s.ok()) return s;
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  auto actors = ResolveActors(as_of, table,
                              {{"filter.supplier", filter.supplier()},
                               {"filter.recipient", filter.recipient()},
                               {"filter.actor", filter.actor()}});
  if (!actors.ok()) return actors.status();
  auto sources = SourcesOf(as_of, filter.source());
  if (!sources.ok()) return sources.status();

  PlaceSelection selection{(*actors)[0], (*actors)[1], (*actors)[2]};
  std::optional<std::pair<PlaceRange, std::string>> from;
  if (!after.empty()) {
    auto place = ReadPlaceToken(after);
    if (!place.ok()) return place.status();
    from = *std::move(place);
  }
  TransferList list(as_of, request, selection, *page_size);
  for (const std::string& source : *sources) {
    auto ranges = RangesOf(as_of, source, selection);
    if (!ranges.ok()) return ranges.status();
    for (const PlaceRange& range : *ranges) {
      if (from.has_value() && range != from->first) continue;
      auto full = list.AddRange(range, from.has_value() ? from->second : "");
      if (!full.ok()) return full.status();
      if (*full) return list.Take();
      from.reset();
    }
  }
  if (from.has_value()) return InvalidField("page_token", "it names no place in this list");
  return list.Take();
}

}  // namespace dossier
