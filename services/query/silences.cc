#include "services/query/silences.h"

#include <algorithm>
#include <utility>

#include "services/model/scope.h"
#include "services/query/live_editions.h"

namespace dossier {
namespace {

bool AreOne(const std::optional<Statement>& a, const std::optional<Statement>& b) {
  return a.has_value() == b.has_value() && (!a.has_value() || a->version == b->version);
}

// Editions of other treaties, or of other parts of a list, are no silence: nobody would look for
// the record in them.
bool IsElsewhere(const v1::Scope& scope, const v1::Facets& known) {
  const auto& treaties = scope.treaty();
  const auto& parts = scope.part();
  return (!treaties.empty() &&
          std::find(treaties.begin(), treaties.end(), known.treaty()) == treaties.end()) ||
         (!parts.empty() && std::find(parts.begin(), parts.end(), known.part()) == parts.end());
}

v1::Silence SilenceOf(const v1::Scope& scope, const v1::Facets& known) {
  if (SilenceEnds(scope, known)) return v1::SILENCE_UNCHANGED;
  return scope.additions_only() ? v1::SILENCE_ADDITIONS_ONLY : v1::SILENCE_OUTSIDE_SCOPE;
}

}  // namespace

absl::StatusOr<Silences> Silences::Of(AsOf& as_of, std::string_view source) {
  auto live = LiveEditions(as_of, source);
  if (!live.ok()) return live.status();
  Silences silences(as_of, source);
  for (v1::Edition& edition : *live) {
    Edition& added = silences.editions_.emplace_back();
    added.stamp = StampKeyOf(edition.loaded().stamp());
    added.scope = PrintScope(edition.loaded().scope());
    added.edition = std::move(edition);
  }
  return silences;
}

absl::StatusOr<Silences::Known> Silences::KnownAt(std::string_view record, size_t index) {
  if (absl::Status s = as_of_->CountRow(); !s.ok()) return s;
  return LatestAt(as_of_->rows(), source_, record,
                  {editions_[index].stamp, as_of_->known().sequence});
}

absl::Status Silences::Tell(std::string_view record, Told& told) {
  if (editions_.empty()) return absl::OkStatus();
  const size_t last = editions_.size() - 1;
  auto at_first = KnownAt(record, 0);
  if (!at_first.ok()) return at_first.status();
  auto at_last = KnownAt(record, last);
  if (!at_last.ok()) return at_last.status();
  TellOne(record, editions_.front(), *at_first, told);
  return TellBetween(record, 0, *at_first, last, *at_last, told);
}

// What is known only moves on with the stamp: where it is one statement at both ends, it is the
// same at every edition between them.
absl::Status Silences::TellBetween(std::string_view record, size_t first, const Known& at_first,
                                   size_t last, const Known& at_last, Told& told) {
  if (AreOne(at_first, at_last) || last - first <= 1) {
    for (size_t i = first + 1; i <= last; ++i) TellOne(record, editions_[i], at_last, told);
    return absl::OkStatus();
  }
  const size_t middle = first + (last - first) / 2;
  auto at_middle = KnownAt(record, middle);
  if (!at_middle.ok()) return at_middle.status();
  absl::Status status = TellBetween(record, first, at_first, middle, *at_middle, told);
  if (!status.ok()) return status;
  return TellBetween(record, middle, *at_middle, last, at_last, told);
}

void Silences::TellOne(std::string_view record, const Edition& edition, const Known& known,
                       Told& told) {
  if (!known.has_value() || !known->row.present()) return;
  if (known->version.stamp == edition.stamp) return;  // it states the record
  const v1::EditionLoaded& loaded = edition.edition.loaded();
  if (IsElsewhere(loaded.scope(), known->row.facets())) return;
  v1::EditionSilence& silence = *told.Add();
  silence.set_record(std::string(record));
  silence.set_silence(SilenceOf(loaded.scope(), known->row.facets()));
  silence.set_edition_id(loaded.edition_id());
  silence.set_file_name(loaded.file_name());
  *silence.mutable_stamp() = loaded.stamp();
  silence.set_scope(edition.scope);
}

}  // namespace dossier
