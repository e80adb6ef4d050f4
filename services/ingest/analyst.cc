#include "services/ingest/analyst.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/analyst_event.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "storage/timeline.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kTieBytes = 8;

void Refuse(std::string_view field, std::string_view reason, v1::AppendEventsResponse& response) {
  v1::FieldViolation& violation = *response.add_violation();
  violation.set_field(std::string(field));
  violation.set_reason(std::string(reason));
}

// Whether it leaves the place among the statements at its time open.
bool TimeAlone(const v1::PublishStamp& stamp) {
  return stamp.ordinal() == 0 && stamp.tie().empty();
}

// Whether an event repeats a stored one: alike but for what was filled in.
bool IsRepeat(v1::Event event, v1::Event stored) {
  if (!event.has_stamp()) {
    stored.clear_stamp();
  } else if (event.stamp().tie().empty()) {
    stored.mutable_stamp()->clear_tie();
    if (TimeAlone(event.stamp())) stored.mutable_stamp()->clear_ordinal();
  }
  if (event.has_void_() && event.record().empty()) stored.clear_record();
  event.clear_cause();
  stored.clear_cause();
  return CanonicalEncoding(event) == CanonicalEncoding(stored);
}

// One comparison of a batch: what is known is the view's rows and, on top, the batch so far.
class Batch {
 public:
  Batch(const Views& views, absl::Time now) : rows_(views.Read()), now_(now) {}

  // Takes an event in, or refuses it or finds it a repeat in `response`. `index` names the event
  // within its batch.
  absl::Status Take(size_t index, v1::Event event, v1::AppendEventsResponse& response) {
    auto repeated = CheckId(index, event, response);
    if (!repeated.ok()) return repeated.status();
    if (*repeated) return absl::OkStatus();
    absl::Status filled = event.has_void_() ? SetWithdrawn(event, response) : SetStamp(event);
    if (!filled.ok()) return filled;
    if (absl::Status status = CheckKnown(event, response); !status.ok()) return status;
    if (response.violation_size() > 0) return absl::OkStatus();
    auto newest = NewestBy(event, kLastStamp);
    if (!newest.ok()) return newest.status();
    event.set_cause(newest->has_value() ? v1::CAUSE_CORRECTION : v1::CAUSE_SOURCE);
    Note(index, event);
    v1::LogEntry entry;
    *entry.mutable_event() = event;
    payloads_.push_back(entry.SerializeAsString());
    appended_.push_back(index);
    std::pair<std::string, std::string> id(event.source(), event.id());
    ids_.emplace(std::move(id), Earlier{index, std::move(event)});
    return absl::OkStatus();
  }

  std::vector<std::string> TakePayloads() { return std::move(payloads_); }

  // The events of the batch that are appended, in the order of the unit.
  const std::vector<size_t>& appended() const { return appended_; }
  // Events that repeat one of the same batch: which, and which one.
  const std::vector<std::pair<size_t, size_t>>& repeats() const { return repeats_; }

 private:
  struct Earlier {
    size_t index = 0;
    v1::Event event;
  };
  // A stored event: of the view, with its sequence, or of this batch, with its index.
  struct Stored {
    v1::Event event;
    uint64_t sequence = 0;
    std::optional<size_t> index;
  };
  // Stamps of a record's live statements that the batch adds (true) or withdraws (false).
  using Stamps = std::map<StampKey, bool>;

  absl::StatusOr<std::optional<Stored>> FindById(const std::string& source, const std::string& id) {
    const auto earlier = ids_.find({source, id});
    if (earlier != ids_.end()) {
      return Stored{earlier->second.event, 0, earlier->second.index};
    }
    const auto value = rows_->Find(KeyBuilder(kAnalystIdRow).Text(source).Raw(id).key());
    if (!rows_->status().ok()) return rows_->status();
    if (!value.has_value()) return std::nullopt;
    uint64_t sequence = 0;
    if (!KeyParser::OfBytes(*value).Number(&sequence)) {
      return absl::DataLossError("view: the sequence of an analyst's event does not decode");
    }
    auto event = EventAt(*rows_, sequence);
    if (!event.ok()) return event.status();
    return Stored{*std::move(event), sequence, std::nullopt};
  }

  // Whether the id was stored before, in the view or in this batch; then the answer is complete.
  absl::StatusOr<bool> CheckId(size_t index, const v1::Event& event,
                               v1::AppendEventsResponse& response) {
    const auto stored = FindById(event.source(), event.id());
    if (!stored.ok()) return stored.status();
    if (!stored->has_value()) return false;
    if (!IsRepeat(event, (*stored)->event)) {
      Refuse("event.id", "is the id of another event, expected an id of its own", response);
      return true;
    }
    response.set_repeated_id(true);
    response.set_sequence((*stored)->sequence);
    if ((*stored)->index.has_value()) repeats_.emplace_back(index, *(*stored)->index);
    return true;
  }

  // The stamp of the newest live statement of the event's record at or before a bound.
  absl::StatusOr<std::optional<StampKey>> NewestBy(const v1::Event& event, const StampKey& bound) {
    const auto& batch = stamps_[{event.source(), event.record()}];
    StampKey by = bound;
    std::optional<StampKey> stored;
    while (true) {
      auto found = LatestAt(*rows_, event.source(), event.record(), {by, UINT64_MAX});
      if (!found.ok()) return found.status();
      if (!found->has_value()) break;
      const StampKey at = (*found)->version.stamp;
      const auto withdrawn = batch.find(at);
      if (withdrawn == batch.end() || withdrawn->second) {
        stored = at;
        break;
      }
      by = JustBefore(at);  // at most once for each withdrawal of the batch
    }
    for (const auto& [stamp, lives] : batch) {
      if (lives && stamp <= bound && (!stored.has_value() || *stored < stamp)) stored = stamp;
    }
    return stored;
  }

  static StampKey JustBefore(StampKey stamp) {
    for (size_t i = stamp.tie.size(); i-- > 0;) {
      if (stamp.tie[i]-- != 0) return stamp;
    }
    if (stamp.ordinal-- == 0) --stamp.micros;
    return stamp;
  }

  // Completes a statement's stamp.
  absl::Status SetStamp(v1::Event& event) {
    if (!event.has_stamp()) {
      *event.mutable_stamp() = MakePublishStamp(absl::FromUnixSeconds(absl::ToUnixSeconds(now_)),
                                                v1::PRECISION_SECOND, v1::BASIS_ASSUMED);
    }
    v1::PublishStamp& stamp = *event.mutable_stamp();
    if (TimeAlone(stamp)) {
      StampKey last = kLastStamp;
      last.micros = StampKeyOf(stamp).micros;
      auto before = NewestBy(event, last);
      if (!before.ok()) return before.status();
      if (before->has_value() && (*before)->micros == last.micros) {
        stamp.set_ordinal((*before)->ordinal + 1);
      }
    }
    if (stamp.tie().empty()) stamp.set_tie(event.id().substr(0, kTieBytes));
    return absl::OkStatus();
  }

  // Fills in a void from the statement that it withdraws, or refuses it.
  absl::Status SetWithdrawn(v1::Event& event, v1::AppendEventsResponse& response) {
    constexpr char kField[] = "event.void.event_id";
    const std::string& id = event.void_().event_id();
    const auto stored = FindById(event.source(), id);
    if (!stored.ok()) return stored.status();
    if (!stored->has_value()) {
      Refuse(kField, absl::StrCat("no event of ", event.source(), " has the id ", Hex(id)),
             response);
      return absl::OkStatus();
    }
    const v1::Event& said = (*stored)->event;
    const auto stands = Stands(**stored);
    if (!stands.ok()) return stands.status();
    if (said.has_void_()) {
      Refuse(kField, "is the id of a withdrawal, expected that of a statement", response);
    } else if (!event.record().empty() && event.record() != said.record()) {
      Refuse(kField,
             absl::StrCat("is of record ", said.record(), ", expected one of ", event.record()),
             response);
    } else if (!*stands) {
      Refuse(kField, "the statement was withdrawn before, expected one that stands", response);
    }
    event.set_record(said.record());
    *event.mutable_stamp() = said.stamp();
    return absl::OkStatus();
  }

  // Whether a statement has not been withdrawn, neither before nor by this batch.
  absl::StatusOr<bool> Stands(const Stored& stored) {
    const v1::Event& event = stored.event;
    const StampKey stamp = StampKeyOf(event.stamp());
    const auto withdrawn = withdrawn_.find({event.source(), event.record(), stamp});
    if (stored.index.has_value()) {
      return withdrawn == withdrawn_.end() || withdrawn->second < *stored.index;
    }
    const VersionKey version{stamp, event.adapter_version(), stored.sequence};
    const KeyBuilder key =
        KeyBuilder(kStatementRow).Text(event.source()).Text(event.record()).Version(version);
    const bool live = rows_->Find(key.key()).has_value();
    if (!rows_->status().ok()) return rows_->status();
    return live && withdrawn == withdrawn_.end();
  }

  // An absence says that what was known has ended.
  absl::Status CheckKnown(const v1::Event& event, v1::AppendEventsResponse& response) {
    if (!event.has_absent()) return absl::OkStatus();
    auto known = NewestBy(event, StampKeyOf(event.stamp()));
    if (!known.ok()) return known.status();
    if (!known->has_value()) {
      Refuse(
          "event.absent",
          absl::StrCat("nothing is known of record ", event.record(), " by ", event.source(),
                       " at ", PrintPublishStamp(event.stamp()), ", expected a statement before"),
          response);
    }
    return absl::OkStatus();
  }

  void Note(size_t index, const v1::Event& event) {
    const StampKey stamp = StampKeyOf(event.stamp());
    stamps_[{event.source(), event.record()}][stamp] = !event.has_void_();
    if (event.has_void_()) withdrawn_[{event.source(), event.record(), stamp}] = index;
  }

  std::unique_ptr<RowCursor> rows_;
  const absl::Time now_;
  std::map<std::pair<std::string, std::string>, Stamps> stamps_;  // by source and record
  std::map<std::pair<std::string, std::string>, Earlier> ids_;    // by source and id
  // The last event of the batch that withdraws what is at a source's record and stamp.
  std::map<std::tuple<std::string, std::string, StampKey>, size_t> withdrawn_;
  std::vector<std::string> payloads_;
  std::vector<size_t> appended_;
  std::vector<std::pair<size_t, size_t>> repeats_;
};

}  // namespace

absl::StatusOr<std::vector<v1::AppendEventsResponse>> Analysts::Append(
    std::span<const v1::AppendEventsRequest> requests) {
  if (requests.size() > kAnalystBatchMax) {
    return absl::InvalidArgumentError(absl::StrCat(
        "a batch of ", requests.size(), " events, at most ", kAnalystBatchMax, " are taken"));
  }
  const absl::Time now = ledger_.Now();
  std::vector<v1::AppendEventsResponse> checked(requests.size());
  bool any = false;
  for (size_t i = 0; i < requests.size(); ++i) {
    checked[i].set_event_id(requests[i].event().id());
    for (v1::FieldViolation& violation : CheckAnalystEvent(requests[i], table_, now)) {
      *checked[i].add_violation() = std::move(violation);
    }
    any = any || checked[i].violation_size() == 0;
  }
  if (!any) return checked;

  std::vector<v1::AppendEventsResponse> responses;
  std::optional<Batch> batch;
  auto unit = ledger_.Write([&](const Views& views) -> absl::StatusOr<std::vector<std::string>> {
    responses = checked;
    batch.emplace(views, now);
    for (size_t i = 0; i < requests.size(); ++i) {
      if (checked[i].violation_size() > 0) continue;
      absl::Status taken = batch->Take(i, FillAnalystEvent(requests[i], table_), responses[i]);
      if (!taken.ok()) return taken;
    }
    return batch->TakePayloads();
  });
  if (!unit.ok()) return unit.status();
  for (size_t i = 0; i < batch->appended().size(); ++i) {
    responses[batch->appended()[i]].set_sequence(unit->first + i);
  }
  for (const auto& [repeat, first] : batch->repeats()) {
    responses[repeat].set_sequence(responses[first].sequence());
  }
  return responses;
}

}  // namespace dossier
