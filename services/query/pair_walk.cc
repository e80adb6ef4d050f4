#include "services/query/pair_walk.h"

#include <algorithm>
#include <utility>

#include "services/query/place_scan.h"
#include "storage/view_keys.h"

namespace dossier {

PairWalk::PairWalk(AsOf& as_of, std::vector<std::string> sources, PlaceSelection selection)
    : as_of_(as_of), sources_(std::move(sources)), selection_(std::move(selection)) {}

absl::Status PairWalk::Start(const ActorPair& from) {
  for (const std::string& source : sources_) {
    auto ranges = RangesOf(as_of_, source, selection_);
    if (!ranges.ok()) return ranges.status();
    for (PlaceRange& range : *ranges) {
      if (range.supplier < from.supplier) continue;
      const bool is_before = range.supplier == from.supplier && range.recipient < from.recipient;
      if (is_before && !range.recipient.empty()) continue;
      wanted_.push_back({std::move(range.supplier), std::move(range.recipient)});
    }
  }
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  if (!wanted_.empty() && wanted_[0].supplier == from.supplier) recipients_from_ = from.recipient;
  return absl::OkStatus();
}

absl::StatusOr<std::optional<ActorPair>> PairWalk::Next() {
  while (at_ < wanted_.size()) {
    ActorPair pair = wanted_[at_];
    if (pair.recipient.empty()) {
      auto recipient = NextRecipient(pair.supplier);
      if (!recipient.ok()) return recipient.status();
      if (!recipient->has_value()) {
        recipients_from_.clear();
        ++at_;
        continue;
      }
      pair.recipient = **std::move(recipient);
    } else {
      ++at_;
    }
    if (selection_.Holds(pair.supplier, pair.recipient)) return pair;
  }
  return std::nullopt;
}

// The first from recipients_from_ on in any source, which it moves behind it.
absl::StatusOr<std::optional<std::string>> PairWalk::NextRecipient(const std::string& supplier) {
  std::optional<std::string> first;
  RowCursor& rows = as_of_.rows();
  for (const std::string& source : sources_) {
    for (RowKind kind : {kPlaceRow, kVoidedPlaceRow}) {
      if (kind == kVoidedPlaceRow && as_of_.at_head()) break;
      if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
      const std::string prefix = KeyBuilder(kind).Text(source).Text(supplier).Take();
      rows.Seek(prefix + recipients_from_);
      if (!rows.status().ok()) return rows.status();
      if (!rows.Valid() || !rows.key().starts_with(prefix)) continue;
      KeyParser parser = KeyParser::OfBytes(rows.key().substr(prefix.size()));
      std::string_view recipient;
      if (!parser.Text(&recipient)) return absl::DataLossError("view: a place row does not decode");
      if (!first.has_value() || recipient < *first) first = std::string(recipient);
    }
  }
  // "\1" is after the 0x00 that ends the recipient in its keys.
  if (first.has_value()) recipients_from_ = *first + "\1";
  return first;
}

}  // namespace dossier
