#include "services/query/catalogue.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/model/scope.h"
#include "services/query/live_editions.h"
#include "services/query/page_token.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 100;
constexpr int kUndecodableShown = 100;
constexpr char kUnresolvedIds[] = "unresolved:";

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("view: ", what, " does not decode"));
}

// All zero where the view has none.
absl::StatusOr<v1::CountersRow> CountersOf(AsOf& as_of, std::string_view source) {
  v1::CountersRow counters;
  const auto value = as_of.rows().Find(KeyBuilder(kCountersRow).Text(source).key());
  if (!as_of.rows().status().ok()) return as_of.rows().status();
  if (value.has_value() &&
      !counters.ParseFromArray(value->data(), static_cast<int>(value->size()))) {
    return Damaged("a row of counters");
  }
  return counters;
}

// Whether a source had said anything by the cut.
absl::StatusOr<bool> HasSpoken(AsOf& as_of, std::string_view source, bool has_live_edition) {
  if (has_live_edition || (as_of.at_head() && as_of.known().stamp == kLastStamp)) return true;
  return HasStatements(as_of, source);
}

absl::StatusOr<std::vector<v1::Source>> SourcesAt(AsOf& as_of) {
  auto ids = SourcesInView(as_of);
  if (!ids.ok()) return ids.status();
  std::vector<v1::Source> sources;
  for (const std::string& id : *ids) {
    auto live = LiveEditions(as_of, id);
    if (!live.ok()) return live.status();
    auto spoken = HasSpoken(as_of, id, !live->empty());
    if (!spoken.ok()) return spoken.status();
    if (!*spoken) continue;
    auto counters = CountersOf(as_of, id);
    if (!counters.ok()) return counters.status();
    v1::Source& source = sources.emplace_back();
    source.set_id(id);
    source.set_editions(live->size());
    source.set_events(counters->events());
    source.set_records(counters->live_records());
    const v1::Date covers_until = CoversUntil(*live);
    if (covers_until.year() != 0) *source.mutable_covers_until() = covers_until;
    if (!live->empty()) *source.mutable_newest_edition() = std::move(live->back());
  }
  return sources;
}

// The newest undecodable records by the cut, newest first.
absl::Status AddUndecodable(AsOf& as_of, v1::GetStatusResponse* response) {
  RowCursor& rows = as_of.rows();
  for (rows.SeekForPrev(KeyBuilder(kUndecodableRow).Number(as_of.sequence()).key());
       rows.Valid() && rows.key()[0] == kUndecodableRow &&
       response->undecodable_sequence_size() < kUndecodableShown;
       rows.Prev()) {
    uint64_t sequence = 0;
    if (!KeyParser(rows.key()).Number(&sequence)) return Damaged("an undecodable record's row");
    response->add_undecodable_sequence(sequence);
  }
  return rows.status();
}

absl::StatusOr<uint64_t> CountUnresolved(AsOf& as_of) {
  uint64_t actors = 0;
  RowCursor& rows = as_of.rows();
  const std::string prefix = KeyBuilder(kActorNameRow).Open(kUnresolvedIds).Take();
  rows.Seek(prefix);
  while (rows.Valid() && rows.key().starts_with(prefix)) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    std::string_view id;
    if (!KeyParser(rows.key()).Text(&id)) return Damaged("an actor's name row");
    ++actors;
    rows.Seek(KeyBuilder(kActorNameRow).Open(id).Raw("\1").key());
  }
  if (!rows.status().ok()) return rows.status();
  return actors;
}

}  // namespace

absl::StatusOr<v1::ListSourcesResponse> ListSources(AsOf& as_of) {
  auto sources = SourcesAt(as_of);
  if (!sources.ok()) return sources.status();
  v1::ListSourcesResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  for (v1::Source& source : *sources) *response.add_source() = std::move(source);
  return response;
}

absl::StatusOr<v1::ListEditionsResponse> ListEditions(AsOf& as_of,
                                                      const v1::ListEditionsRequest& request,
                                                      std::string_view after) {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (!request.source().empty()) {
    if (absl::Status s = CheckKnownSource(as_of, request.source(), "source"); !s.ok()) return s;
  }
  v1::ListEditionsResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  KeyBuilder prefix(kEditionRow);
  if (!request.source().empty()) prefix.Text(request.source());
  RowCursor& rows = as_of.rows();
  std::string last;  // the key of the last edition in the response, without its kind
  rows.Seek(after.empty() ? prefix.key() : KeyBuilder(kEditionRow).Raw(after).Raw({"\0", 1}).key());
  for (; rows.Valid() && rows.key().starts_with(prefix.key()); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto edition = EditionAtCut(as_of, rows.value());
    if (!edition.ok()) return edition.status();
    if (!edition->has_value()) continue;
    if (response.edition_size() == static_cast<int>(*page_size)) {
      response.set_next_page_token(WritePageToken(request, as_of.resolved(), last));
      break;
    }
    last = rows.key().substr(1);
    response.add_scope(PrintScope((*edition)->loaded().scope()));
    *response.add_edition() = **std::move(edition);
  }
  if (!rows.status().ok()) return rows.status();
  return response;
}

absl::StatusOr<v1::GetStatusResponse> GetStatus(AsOf& as_of) {
  v1::GetStatusResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  auto all = CountersOf(as_of, "");
  if (!all.ok()) return all.status();
  response.set_undecodable(all->undecodable());
  response.set_writers_opened(all->writers_opened());
  response.set_events(all->events());
  response.set_repeats(all->repeats());
  if (absl::Status s = AddUndecodable(as_of, &response); !s.ok()) return s;
  auto unresolved = CountUnresolved(as_of);
  if (!unresolved.ok()) return unresolved.status();
  response.set_unresolved_actors(*unresolved);
  auto sources = SourcesAt(as_of);
  if (!sources.ok()) return sources.status();
  for (v1::Source& source : *sources) *response.add_source() = std::move(source);
  return response;
}

}  // namespace dossier
