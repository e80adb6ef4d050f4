#include "services/ingest/sources/sipri_register_rows.h"

#include <algorithm>

#include "services/ingest/sources/sipri_head.h"
#include "services/ingest/sources/sipri_register_row.h"

namespace dossier {
namespace {

// Whether a line can end within the last of so many cells: one that holds free text.
bool MayBreakIn(size_t column) {
  return column == kRegisterDesignation || column == kRegisterDescription ||
         column == kRegisterComments;
}

}  // namespace

absl::Status SipriRegisterRows::Take(std::string_view text, uint32_t number, const Visit& visit) {
  if (is_padded_) text = WithoutSipriPadding(text);
  // Nearly every row is a line.
  if (pending_.empty() && FitOf(text) == Fit::kWhole) {
    return visit({WithoutSipriPadding(text), splitter_.cells(), std::nullopt, number, number});
  }
  pending_.push_back({std::string(text), number});
  return Advance(/*is_end=*/false, visit);
}

absl::Status SipriRegisterRows::Finish(const Visit& visit) {
  return Advance(/*is_end=*/true, visit);
}

absl::Status SipriRegisterRows::Advance(bool is_end, const Visit& visit) {
  while (!pending_.empty()) {
    if (WithoutSipriPadding(pending_.front().text).empty()) {
      pending_.pop_front();
      continue;
    }
    bool open = false;
    size_t lines = std::max<size_t>(FindRow(&open), 1);
    if (open && !is_end && pending_.size() < kSipriRowLinesMax) return absl::OkStatus();
    const bool is_cut_off = open && pending_.size() < kSipriRowLinesMax;
    if (is_cut_off) lines = pending_.size();
    if (absl::Status status = VisitRow(lines, is_cut_off, visit); !status.ok()) return status;
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(lines));
  }
  return absl::OkStatus();
}

size_t SipriRegisterRows::FindRow(bool* open) {
  joined_.clear();
  for (size_t i = 0; i < pending_.size(); ++i) {
    if (i > 0 && FitOf(pending_[i].text) == Fit::kWhole) return 0;
    if (i > 0) joined_.push_back('\n');
    joined_.append(pending_[i].text);
    const Fit fit = FitOf(joined_);
    if (fit == Fit::kWhole) return i + 1;
    if (fit == Fit::kNever) return 0;
  }
  *open = true;
  return 0;
}

SipriRegisterRows::Fit SipriRegisterRows::FitOf(std::string_view text) {
  fault_ = splitter_.Split(WithoutSipriPadding(text));
  if (fault_) return fault_->is_open_quote ? Fit::kOpen : Fit::kNever;
  const size_t cells = splitter_.cells().size();
  if (cells == kSipriRegisterColumns) return Fit::kWhole;
  const bool may_go_on = cells < kSipriRegisterColumns && MayBreakIn(cells - 1);
  return may_go_on ? Fit::kOpen : Fit::kNever;
}

absl::Status SipriRegisterRows::VisitRow(size_t lines, bool is_cut_off, const Visit& visit) {
  joined_.clear();
  for (size_t i = 0; i < lines; ++i) {
    if (i > 0) joined_.push_back('\n');
    joined_.append(pending_[i].text);
  }
  FitOf(joined_);
  return visit({WithoutSipriPadding(joined_), splitter_.cells(), fault_, pending_.front().number,
                pending_[lines - 1].number, is_cut_off});
}

}  // namespace dossier
