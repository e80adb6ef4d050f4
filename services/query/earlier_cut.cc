#include "services/query/earlier_cut.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/model/dates.h"
#include "services/model/verb.h"
#include "services/query/field_error.h"

namespace dossier {
namespace {

Stated StatedIn(const v1::StatementRow& row) { return {row.present(), row.content_digest()}; }

// A cut of knowledge for an error: "published by 2022-02-24, sequence 12".
std::string CutWords(const v1::Cut& cut, uint64_t sequence) {
  std::string published = "all that was published";
  if (cut.has_known_by_date()) {
    published = absl::StrCat("published by ", PrintDate(cut.known_by_date()));
  } else if (cut.has_known_by_time()) {
    published = absl::StrCat("published by ",
                             absl::FormatTime(absl::RFC3339_full,
                                              absl::FromUnixSeconds(cut.known_by_time().seconds()) +
                                                  absl::Nanoseconds(cut.known_by_time().nanos()),
                                              absl::UTCTimeZone()));
  }
  return absl::StrCat(published, ", sequence ", sequence);
}

// InvalidArgument, naming both: the earlier cut knows all that the later one does, and more.
absl::Status CheckOrder(const AsOf& as_of, const v1::Cut& cut, const KnowledgeCut& from,
                        uint64_t from_sequence) {
  const KnowledgeCut& to = as_of.known();
  const bool is_earlier = from.stamp < to.stamp || from_sequence < as_of.sequence();
  if (is_earlier || (from.stamp == to.stamp && from_sequence == as_of.sequence())) {
    return absl::OkStatus();
  }
  return InvalidField("from", absl::StrCat("it is the later cut: ", CutWords(cut, from_sequence),
                                           "; expected one before that of read_at: ",
                                           CutWords(as_of.answered_at().cut(), as_of.sequence())));
}

}  // namespace

absl::StatusOr<KnowledgeCut> EarlierCut(AsOf& as_of, const v1::Cut& from, bool is_first_page,
                                        uint64_t* sequence) {
  uint64_t resolved = 0;
  auto cut = as_of.Resolve(from, "from", &resolved);
  if (!cut.ok()) return cut.status();
  if (is_first_page) {
    *sequence = resolved;
    if (absl::Status s = CheckOrder(as_of, from, *cut, resolved); !s.ok()) return s;
  } else if (resolved != *sequence) {
    cut->sequence = *sequence;
  }
  return cut;
}

v1::AnsweredAt AnsweredAtEarlier(const AsOf& as_of, const v1::Cut& from, uint64_t sequence) {
  v1::AnsweredAt answered_at = as_of.answered_at();
  *answered_at.mutable_cut() = from;
  answered_at.set_sequence(sequence);
  return answered_at;
}

v1::Verb VerbBetween(const HeldStatement& held_before, const v1::StatementRow& before,
                     const v1::StatementRow& after) {
  if (!before.present() && !after.present()) return v1::VERB_REPEATED;
  const Stated then = StatedIn(before);
  return VerbOf(held_before.said ? &then : nullptr, StatedIn(after));
}

}  // namespace dossier
