#include "storage/row_batch.h"

namespace dossier {

void OverlayBatch::Seek(std::string_view target) {
  OpenStored();
  forward_ = true;
  revision_ = overlay_.revision();
  changed_.Seek(target);
  stored_->Seek(target);
  SettleForward();
}

void OverlayBatch::SeekForPrev(std::string_view target) {
  OpenStored();
  forward_ = false;
  revision_ = overlay_.revision();
  changed_.SeekForPrev(target);
  stored_->SeekForPrev(target);
  SettleBackward();
}

// Looks at no row but this one, where a seek would go on to the next and have its rows sorted.
std::optional<std::string_view> OverlayBatch::Find(std::string_view key_to_find) {
  revision_ = overlay_.revision() - 1;  // neither cursor stands there: a step from here seeks
  at_ = At::kNothing;
  if (const auto row = overlay_.Find(key_to_find); row.has_value()) {
    if (row->deleted) return std::nullopt;
    at_ = At::kChanged;
    changed_row_ = *row;
    return row->value;
  }
  OpenStored();
  const auto value = stored_->Find(key_to_find);
  if (value.has_value()) at_ = At::kStored;
  return value;
}

void OverlayBatch::Next() {
  if (!forward_ || IsStale()) {
    place_ = key();
    Seek(place_);
    if (!Valid() || key() != place_) return;
  }
  if (changed()) {
    if (stored_->Valid() && stored_->key() == changed_row_.key) stored_->Next();
    changed_.Next();
  } else {
    stored_->Next();
  }
  SettleForward();
}

void OverlayBatch::Prev() {
  if (forward_ || IsStale()) {
    place_ = key();
    SeekForPrev(place_);
    if (!Valid() || key() != place_) return;
  }
  if (changed()) {
    if (stored_->Valid() && stored_->key() == changed_row_.key) stored_->Prev();
    changed_.Prev();
  } else {
    stored_->Prev();
  }
  SettleBackward();
}

absl::Status OverlayBatch::status() const {
  return stored_ == nullptr ? absl::OkStatus() : stored_->status();
}

bool OverlayBatch::StoredFailed() {
  if (stored_->Valid() || stored_->status().ok()) return false;
  at_ = At::kNothing;
  return true;
}

void OverlayBatch::SettleForward() {
  if (StoredFailed()) return;
  for (; changed_.Valid(); changed_.Next()) {
    const int order = stored_->Valid() ? changed_.row().key.compare(stored_->key()) : -1;
    if (order > 0) break;
    if (!changed_.row().deleted) {
      at_ = At::kChanged;
      changed_row_ = changed_.row();
      return;
    }
    if (order == 0) stored_->Next();
    if (StoredFailed()) return;
  }
  at_ = stored_->Valid() ? At::kStored : At::kNothing;
}

void OverlayBatch::SettleBackward() {
  if (StoredFailed()) return;
  for (; changed_.Valid(); changed_.Prev()) {
    const int order = stored_->Valid() ? changed_.row().key.compare(stored_->key()) : 1;
    if (order < 0) break;
    if (!changed_.row().deleted) {
      at_ = At::kChanged;
      changed_row_ = changed_.row();
      return;
    }
    if (order == 0) stored_->Prev();
    if (StoredFailed()) return;
  }
  at_ = stored_->Valid() ? At::kStored : At::kNothing;
}

}  // namespace dossier
