// The point that one request is answered at: what every query shares.
//
//   auto as_of = AsOf::Open(views, request.read_at(), limits);
//   as_of->rows(), as_of->known()               // read rows by this cut, through this one cursor
//   if (auto s = as_of->CountRow(); !s.ok())    // in every scan: deadline and cancellation
//   *response.mutable_answered_at() = as_of->answered_at();
//
// One thread at a time. Must not outlive its Views.
#pragma once

#include <climits>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "dossier/v1/query_service.pb.h"
#include "dossier/v1/time.pb.h"
#include "storage/timeline.h"
#include "storage/views.h"

namespace dossier {

// How long a call may go on.
struct CallLimits {
  absl::Time deadline = absl::InfiniteFuture();
  std::function<bool()> is_cancelled;  // empty: never
  std::function<absl::Time()> now = absl::Now;

  // DeadlineExceeded, Cancelled, or OK.
  absl::Status Check() const;
};

// A wait for a sequence without a deadline ends after this.
inline constexpr absl::Duration kDefaultWait = absl::Seconds(10);
inline constexpr std::string_view kWaitField = "read_at.wait_for_sequence";

// A cut that was resolved once, as a page token carries it on.
struct ResolvedCut {
  std::string log_id;  // 16 bytes; empty where the view follows no log yet
  uint64_t sequence = 0;
  StampKey stamp = kLastStamp;
};

class AsOf {
 public:
  // Waits for `wait_for_sequence` (and for the sequence of `pinned`), opens a cursor and resolves
  // the cut. `pinned`: from a page token; stands in for the request's cut of knowledge.
  // InvalidArgument names the field; if that is page_token since it is of another log, at once.
  // FailedPrecondition: the cut is after the view's head; DeadlineExceeded: the sequence waited for
  // did not come, by the field that asked for it; DataLoss.
  static absl::StatusOr<AsOf> Open(Views& views, const v1::ReadAt& read_at, CallLimits limits,
                                   const ResolvedCut* pinned = nullptr);

  RowCursor& rows() const { return *rows_; }
  // Bounds of what was known. The sequence is UINT64_MAX where nothing later is in the view, so
  // that voided rows need not be read.
  const KnowledgeCut& known() const { return known_; }
  bool at_head() const { return known_.sequence == UINT64_MAX; }
  // The last sequence that the answer takes into account.
  uint64_t sequence() const { return answered_at_.sequence(); }
  // The year of the effective date; INT_MAX without one.
  int effective_year() const {
    return has_effective_date() ? answered_at_.cut().effective_date().year() : INT_MAX;
  }
  bool has_effective_date() const { return answered_at_.cut().has_effective_date(); }
  const v1::Date& effective_date() const { return answered_at_.cut().effective_date(); }

  // Another cut of the same request, by the request's `field` that gives it, and the sequence that
  // it takes into account; where it says nothing of what was accepted, the answer's own. Errors as
  // of Open.
  absl::StatusOr<KnowledgeCut> Resolve(const v1::Cut& cut, std::string_view field,
                                       uint64_t* sequence);

  // The same view, read through the same cursor, at another cut that Resolve gave `known` and
  // `sequence` of: what reads at one of them moves the cursor of both.
  AsOf At(const v1::Cut& cut, const KnowledgeCut& known, uint64_t sequence) const;

  AsOf(AsOf&&) = default;
  AsOf& operator=(AsOf&&) = default;

  // What to pin in a page token.
  const ResolvedCut& resolved() const { return resolved_; }
  const v1::AnsweredAt& answered_at() const { return answered_at_; }

  // Call for each row of a scan: every 256th time checks the limits.
  absl::Status CountRow() {
    return (++rows_counted_ & 0xff) == 0 ? limits_.Check() : absl::OkStatus();
  }

 private:
  AsOf() = default;
  AsOf(const AsOf&) = default;  // for At alone: two that do not know of each other share a cursor
  static absl::Status Await(Views& views, const v1::ReadAt& read_at, const CallLimits& limits,
                            const ResolvedCut* pinned);
  absl::Status ReadHead();
  absl::Status ResolveCut(const v1::Cut& cut, std::string_view field, KnowledgeCut* known);
  absl::Status ResolveSequence(const v1::Cut& cut, std::string_view field, uint64_t* sequence);
  absl::StatusOr<uint64_t> LastAcceptedBy(absl::Time time);
  absl::Status TakePinned(const ResolvedCut& pinned);

  std::shared_ptr<RowCursor> rows_;
  CallLimits limits_;
  KnowledgeCut known_;
  ResolvedCut resolved_;
  v1::AnsweredAt answered_at_;
  uint32_t rows_counted_ = 0;
};

// Waits until the view holds the sequence. DeadlineExceeded, which names the request's `field` that
// asked for it; Cancelled.
absl::Status AwaitSequence(Views& views, uint64_t sequence, const CallLimits& limits,
                           std::string_view field = kWaitField);

// The page size to use: `asked`, or `usual` for 0. InvalidArgument: below 0 or above 1,000.
absl::StatusOr<size_t> CheckPageSize(int32_t asked, size_t usual);

}  // namespace dossier
