// The one kind of RowBatch: an overlay of changed rows, merged on reading with the stored rows.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "storage/row_overlay.h"
#include "storage/views.h"

namespace dossier {

class OverlayBatch : public RowBatch {
 public:
  // `open_stored` makes the cursor over the stored rows; called once, at the first seek, so that a
  // batch that only writes never pays for it.
  explicit OverlayBatch(std::function<std::unique_ptr<RowCursor>()> open_stored)
      : open_stored_(std::move(open_stored)), changed_(overlay_) {}

  void Put(std::string_view key, std::string_view value) override { overlay_.Put(key, value); }
  void Delete(std::string_view key) override { overlay_.Delete(key); }
  size_t bytes() const override { return overlay_.bytes(); }

  void Seek(std::string_view target) override;
  void SeekForPrev(std::string_view target) override;
  std::optional<std::string_view> Find(std::string_view key_to_find) override;
  void Next() override;
  void Prev() override;
  bool Valid() const override { return at_ != At::kNothing; }
  std::string_view key() const override { return changed() ? changed_row_.key : stored_->key(); }
  std::string_view value() const override {
    return changed() ? changed_row_.value : stored_->value();
  }
  absl::Status status() const override;

  RowOverlay& overlay() { return overlay_; }

 private:
  enum class At { kNothing, kChanged, kStored };

  bool changed() const { return at_ == At::kChanged; }
  void OpenStored() {
    if (stored_ == nullptr) stored_ = open_stored_();
  }
  // Rows were put or deleted since the cursor was positioned.
  bool IsStale() const { return revision_ != overlay_.revision(); }
  // Whether the stored rows' cursor stopped for an error; this one then stops too.
  bool StoredFailed();
  // From both cursors' places to the first row that stands, in the direction of the last seek.
  void SettleForward();
  void SettleBackward();

  RowOverlay overlay_;
  std::function<std::unique_ptr<RowCursor>()> open_stored_;
  std::unique_ptr<RowCursor> stored_;
  RowOverlay::Cursor changed_;
  RowOverlay::Row changed_row_;  // where at_ is kChanged
  At at_ = At::kNothing;
  bool forward_ = true;
  uint64_t revision_ = 0;  // of the overlay when the cursor was positioned
  std::string place_;      // a copy of the current key, for a change of direction
};

}  // namespace dossier
