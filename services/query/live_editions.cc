#include "services/query/live_editions.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "services/query/field_error.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

absl::Status Damaged(const char* what) {
  return absl::DataLossError(std::string("view: ") + what + " does not decode");
}

}  // namespace

absl::StatusOr<std::optional<v1::Edition>> EditionAtCut(const AsOf& as_of, std::string_view value) {
  v1::Edition edition;
  if (!edition.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return Damaged("an edition");
  }
  if (edition.sequence() > as_of.sequence() ||
      as_of.known().stamp < StampKeyOf(edition.loaded().stamp())) {
    return std::nullopt;
  }
  if (edition.retracted_sequence() > as_of.sequence()) {
    edition.set_state(v1::EDITION_STATE_LIVE);
    edition.clear_retracted_sequence();
    edition.clear_retraction_reason();
  }
  return edition;
}

absl::StatusOr<std::vector<v1::Edition>> LiveEditions(AsOf& as_of, std::string_view source) {
  std::vector<v1::Edition> live;
  RowCursor& rows = as_of.rows();
  const std::string prefix = KeyBuilder(kEditionRow).Text(source).Take();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto edition = EditionAtCut(as_of, rows.value());
    if (!edition.ok()) return edition.status();
    if (!edition->has_value() || (*edition)->state() != v1::EDITION_STATE_LIVE) continue;
    live.push_back(**std::move(edition));
  }
  if (!rows.status().ok()) return rows.status();
  return live;
}

absl::StatusOr<uint64_t> LastPublishedSequence(AsOf& as_of, std::string_view source) {
  bool has_editions = false;
  uint64_t last = 0;
  RowCursor& rows = as_of.rows();
  const std::string prefix = KeyBuilder(kEditionRow).Text(source).Take();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    has_editions = true;
    auto edition = EditionAtCut(as_of, rows.value());
    if (!edition.ok()) return edition.status();
    if (edition->has_value()) last = std::max(last, (*edition)->last_sequence());
  }
  if (!rows.status().ok()) return rows.status();
  return has_editions ? last : as_of.sequence();
}

std::vector<std::string> CoverageOf(const std::vector<v1::Edition>& live) {
  std::vector<std::string> coverage;
  for (const v1::Edition& edition : live) {
    std::string scope = PrintScope(edition.loaded().scope());
    if (std::find(coverage.begin(), coverage.end(), scope) == coverage.end()) {
      coverage.push_back(std::move(scope));
    }
  }
  return coverage;
}

v1::Date CoversUntil(const std::vector<v1::Edition>& live) {
  v1::Date last;
  for (const v1::Edition& edition : live) {
    const v1::Date& until = edition.loaded().covers_until();
    const v1::Scope& scope = edition.loaded().scope();
    const bool of_all_parties = scope.supplier().empty() && scope.recipient().empty();
    if (until.year() == 0 || !of_all_parties) continue;
    if (last.year() == 0 || EndOf(last) < EndOf(until)) last = until;
  }
  return last;
}

absl::StatusOr<std::vector<std::string>> SourcesInView(AsOf& as_of) {
  std::vector<std::string> sources;
  RowCursor& rows = as_of.rows();
  for (RowKind kind : {kCountersRow, kEditionRow}) {
    rows.Seek(std::string(1, kind));
    while (rows.Valid() && rows.key()[0] == kind) {
      if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
      std::string_view source;
      if (!KeyParser(rows.key()).Text(&source)) return Damaged("a source's row");
      sources.emplace_back(source);
      rows.Seek(KeyBuilder(kind).Open(sources.back()).Raw("\1").key());
    }
    if (!rows.status().ok()) return rows.status();
  }
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  std::erase(sources, "");  // the counters of the whole view
  return sources;
}

absl::Status CheckKnownSource(AsOf& as_of, const std::string& source, std::string_view field) {
  auto sources = SourcesInView(as_of);
  if (!sources.ok()) return sources.status();
  if (std::binary_search(sources->begin(), sources->end(), source)) return absl::OkStatus();
  return FieldError(absl::StatusCode::kNotFound, field,
                    absl::StrCat("\"", source, "\" has published nothing here"));
}

absl::StatusOr<bool> HasStatements(AsOf& as_of, std::string_view source) {
  RowCursor& rows = as_of.rows();
  for (RowKind kind : {kStatementRow, kVoidedStatementRow}) {
    if (kind == kVoidedStatementRow && as_of.at_head()) break;
    const std::string prefix = KeyBuilder(kind).Text(source).Take();
    rows.Seek(prefix);
    while (rows.Valid() && rows.key().starts_with(prefix)) {
      if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
      KeyParser parser(rows.key());
      std::string_view same_source, record_in_key;
      if (!parser.Text(&same_source) || !parser.Text(&record_in_key)) return Damaged("a statement");
      const std::string record(record_in_key);
      auto statement = LatestAt(rows, source, record, as_of.known());
      if (!statement.ok()) return statement.status();
      if (statement->has_value()) return true;
      rows.Seek(KeyBuilder(kind).Text(source).Open(record).Raw("\1").key());
    }
    if (!rows.status().ok()) return rows.status();
  }
  return false;
}

}  // namespace dossier
