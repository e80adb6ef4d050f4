#include "services/query/history.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/model/change_class.h"
#include "services/model/contents.h"
#include "services/model/verb.h"
#include "services/query/field_error.h"
#include "services/query/live_editions.h"
#include "services/query/page_token.h"
#include "services/query/silences.h"
#include "services/query/version_scan.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 100;
// A page of large versions is closed early.
constexpr size_t kPageBytesMax = 8 << 20;

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("view: ", what, " does not decode"));
}

// Where a page goes on: after a version of a record.
struct Place {
  std::string record;
  std::optional<VersionKey> after;
  uint64_t previous = 0;  // sequence of the last standing version so far; 0: none

  std::string Encode() const {
    return KeyBuilder(kStatementRow).Text(record).Version(*after).Number(previous).key().substr(1);
  }
};

absl::StatusOr<Place> ReadPlace(std::string_view text) {
  KeyParser parser = KeyParser::OfBytes(text);
  Place place;
  std::string_view record;
  if (!parser.Text(&record) || !parser.Version(&place.after.emplace()) ||
      !parser.Number(&place.previous)) {
    return InvalidField("page_token", "it names no place in this list");
  }
  place.record = record;
  return place;
}

// Which records a request names: one, and those that begin with it and a "/".
class RecordWalk {
 public:
  RecordWalk(AsOf& as_of, const v1::GetHistoryRequest& request)
      : as_of_(as_of), source_(request.source()), exact_(request.record()), prefix_(exact_) {
    if (prefix_.back() != '/') prefix_.push_back('/');
  }

  // Whether or not any of its versions count at the cut. Nullopt: there is none.
  absl::StatusOr<std::optional<std::string>> First() {
    auto exact = FirstFrom(KeyBuilder(kStatementRow).Text(source_).Text(exact_).Take(), exact_);
    if (!exact.ok() || *exact == exact_) return exact;
    return FirstFrom(KeyBuilder(kStatementRow).Text(source_).Open(prefix_).Take(), prefix_);
  }
  absl::StatusOr<std::optional<std::string>> After(const std::string& record) {
    if (record == exact_ && record != prefix_) {
      return FirstFrom(KeyBuilder(kStatementRow).Text(source_).Open(prefix_).Take(), prefix_);
    }
    return FirstFrom(KeyBuilder(kStatementRow).Text(source_).Open(record).Raw("\1").Take(),
                     prefix_);
  }

 private:
  // The first record that begins with `begin` among the rows from `key` on, live and voided.
  absl::StatusOr<std::optional<std::string>> FirstFrom(std::string key, std::string_view begin) {
    std::optional<std::string> first;
    RowCursor& rows = as_of_.rows();
    for (RowKind kind : {kStatementRow, kVoidedStatementRow}) {
      key[0] = kind;
      rows.Seek(key);
      if (!rows.status().ok()) return rows.status();
      if (!rows.Valid() || !rows.key().starts_with(KeyBuilder(kind).Text(source_).key())) continue;
      std::string_view source, record;
      KeyParser parser(rows.key());
      if (!parser.Text(&source) || !parser.Text(&record)) return Damaged("a statement's key");
      if (!record.starts_with(begin)) continue;
      if (!first.has_value() || record < *first) first = std::string(record);
    }
    return first;
  }

  AsOf& as_of_;
  const std::string source_;
  const std::string exact_;
  std::string prefix_;
};

Stated StatedIn(const v1::Event& event) { return {event.has_present(), event.content_digest()}; }

v1::Verb VerbOf(const v1::Event* before, const v1::Event& event) {
  const Stated now = StatedIn(event);
  if (before == nullptr) return dossier::VerbOf(nullptr, now);
  const Stated then = StatedIn(*before);
  return dossier::VerbOf(&then, now);
}

void TellChange(const v1::Event& before, const v1::Event& event, v1::Version& version) {
  std::vector<v1::FieldChange> changes;
  if (before.has_present() && event.has_present()) changes = DiffEvents(before, event);
  for (v1::ChangeClass value : ClassesOf(before, event, changes)) version.add_change_class(value);
  for (v1::FieldChange& change : changes) *version.add_change() = std::move(change);
}

// Of a version that was voided: whether a newer reading of its edition did it, or a retraction.
absl::Status TellReparse(AsOf& as_of, v1::Version& version) {
  auto by = EventAt(as_of.rows(), version.voided_sequence());
  if (!by.ok()) return by.status();
  if (by->cause() == v1::CAUSE_REPARSED) version.add_change_class(v1::CHANGE_CLASS_REPARSED);
  return absl::OkStatus();
}

class HistoryPage {
 public:
  HistoryPage(AsOf& as_of, const v1::GetHistoryRequest& request, size_t page_size)
      : as_of_(as_of), request_(request), page_size_(page_size) {
    *response_.mutable_answered_at() = as_of.answered_at();
  }

  // Adds the versions of a record from a place on. True once the page is full.
  absl::StatusOr<bool> AddRecord(Place from);

  v1::GetHistoryResponse Take() { return std::move(response_); }

 private:
  bool IsFull() const {
    return response_.version_size() == static_cast<int>(page_size_) || bytes_ >= kPageBytesMax;
  }
  absl::Status AddVersion(const std::string& record, const Statement& statement,
                          std::optional<v1::Event>* previous);
  absl::Status AddSilences(const std::string& record);
  absl::StatusOr<std::string> FileNameOf(const v1::Event& event);

  AsOf& as_of_;
  const v1::GetHistoryRequest& request_;
  const size_t page_size_;
  size_t bytes_ = 0;
  std::string last_;  // the place after the last version in the response
  absl::flat_hash_map<std::string, std::string> file_names_;  // by edition id
  std::optional<Silences> silences_;
  v1::GetHistoryResponse response_;
};

absl::StatusOr<bool> HistoryPage::AddRecord(Place from) {
  std::optional<v1::Event> previous;
  if (from.previous != 0) {
    auto event = EventAt(as_of_.rows(), from.previous);
    if (!event.ok()) return event.status();
    previous = *std::move(event);
  }
  VersionScan scan(as_of_, request_.source(), from.record, from.after);
  bool added = false;
  for (;;) {
    auto next = scan.Next();
    if (!next.ok()) return next.status();
    if (!next->has_value()) {
      // They stand on the page that has the last version, also where it ended that page.
      absl::Status told = added ? AddSilences(from.record) : absl::OkStatus();
      if (!told.ok()) return told;
      return false;
    }
    if (IsFull()) {
      response_.set_next_page_token(WritePageToken(request_, as_of_.resolved(), last_));
      return true;
    }
    const Statement& statement = **next;
    if (absl::Status s = AddVersion(from.record, statement, &previous); !s.ok()) return s;
    added = true;
    from.after = statement.version;
    if (statement.row.voided_sequence() == 0) from.previous = statement.version.sequence;
    last_ = from.Encode();
  }
}

absl::Status HistoryPage::AddVersion(const std::string& record, const Statement& statement,
                                     std::optional<v1::Event>* previous) {
  auto event = EventAt(as_of_.rows(), statement.version.sequence);
  if (!event.ok()) return event.status();
  auto file_name = FileNameOf(*event);
  if (!file_name.ok()) return file_name.status();
  const v1::Event* before = previous->has_value() ? &**previous : nullptr;
  const bool stands = statement.row.voided_sequence() == 0;

  v1::Version& version = *response_.add_version();
  version.set_record(record);
  version.set_verb(stands ? VerbOf(before, *event) : v1::VERB_VOIDED);
  version.set_sequence(statement.version.sequence);
  version.set_voided_sequence(statement.row.voided_sequence());
  version.set_file_name(*std::move(file_name));
  if (stands) {
    if (before != nullptr) TellChange(*before, *event, version);
  } else if (absl::Status s = TellReparse(as_of_, version); !s.ok()) {
    return s;
  }
  *version.mutable_event() = *event;
  bytes_ += version.ByteSizeLong();
  if (stands) *previous = *std::move(event);
  return absl::OkStatus();
}

absl::Status HistoryPage::AddSilences(const std::string& record) {
  if (!request_.with_silences()) return absl::OkStatus();
  if (!silences_.has_value()) {
    auto silences = Silences::Of(as_of_, request_.source());
    if (!silences.ok()) return silences.status();
    silences_ = *std::move(silences);
  }
  const int had = response_.silence_size();
  absl::Status status = silences_->Tell(record, *response_.mutable_silence());
  for (int i = had; i < response_.silence_size(); ++i) {
    bytes_ += response_.silence(i).ByteSizeLong();
  }
  return status;
}

absl::StatusOr<std::string> HistoryPage::FileNameOf(const v1::Event& event) {
  if (event.edition_id().empty()) return std::string();
  if (!event.locator().file_name().empty()) return event.locator().file_name();
  const auto known = file_names_.find(event.edition_id());
  if (known != file_names_.end()) return known->second;
  std::string& file_name = file_names_[event.edition_id()];
  RowCursor& rows = as_of_.rows();
  const std::string prefix =
      KeyBuilder(kEditionRow).Text(event.source()).Stamp(StampKeyOf(event.stamp())).Take();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    v1::Edition edition;
    if (!edition.ParseFromArray(rows.value().data(), static_cast<int>(rows.value().size()))) {
      return Damaged("an edition");
    }
    if (edition.loaded().edition_id() != event.edition_id()) continue;
    file_name = edition.loaded().file_name();
    break;
  }
  if (!rows.status().ok()) return rows.status();
  return file_name;
}

absl::Status CheckRequest(AsOf& as_of, const v1::GetHistoryRequest& request) {
  if (request.source().empty()) return InvalidField("source", "empty; expected a source's id");
  if (request.record().empty()) {
    return InvalidField("record", "empty; expected a record's key or a deal");
  }
  if (!FitsKey(request.record())) return InvalidField("record", "it holds a zero byte");
  return CheckKnownSource(as_of, request.source(), "source");
}

}  // namespace

absl::StatusOr<v1::GetHistoryResponse> GetHistory(AsOf& as_of, const v1::GetHistoryRequest& request,
                                                  std::string_view after) {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (absl::Status s = CheckRequest(as_of, request); !s.ok()) return s;
  RecordWalk records(as_of, request);
  Place place;
  if (!after.empty()) {
    auto read = ReadPlace(after);
    if (!read.ok()) return read.status();
    place = *std::move(read);
  } else {
    auto first = records.First();
    if (!first.ok()) return first.status();
    if (!first->has_value()) {
      return FieldError(
          absl::StatusCode::kNotFound, "record",
          absl::StrCat("\"", request.record(), "\" is no record or deal of ", request.source()));
    }
    place.record = **std::move(first);
  }
  HistoryPage page(as_of, request, *page_size);
  for (;;) {
    auto full = page.AddRecord(place);
    if (!full.ok()) return full.status();
    if (*full) return page.Take();
    auto next = records.After(place.record);
    if (!next.ok()) return next.status();
    if (!next->has_value()) return page.Take();
    place = Place{**std::move(next), std::nullopt, 0};
  }
}

}  // namespace dossier
