#include "services/query/entry_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "services/query/entry_merge.h"
#include "services/query/list_scan.h"
#include "services/query/sanction_records.h"

namespace dossier {
namespace {

// More records of one entry than any publisher splits it into.
constexpr size_t kPartsMax = 16;
// Records of one actor that are looked through for what became of its entry.
constexpr size_t kAboutMax = 1'000;

// The last stamp before a stamp.
StampKey StampBefore(StampKey stamp) {
  for (auto byte = stamp.tie.rbegin(); byte != stamp.tie.rend(); ++byte) {
    if ((*byte)-- != 0) return stamp;
  }
  if (stamp.ordinal-- != 0) return stamp;
  --stamp.micros;
  return stamp;
}

// When its source closed, as far as was known by the cut; empty: it goes on.
std::string_view ClosedDate(const AsOf& as_of, const SourceFacts* facts) {
  if (facts == nullptr || facts->closed_date.empty()) return "";
  const auto closed = ParseDate(facts->closed_date);
  if (!closed.ok() || as_of.known().stamp.micros < absl::ToUnixMicros(StartOf(*closed))) return "";
  return facts->closed_date;
}

}  // namespace

// The events that an entry is composed of.
struct EntryReader::Parts {
  v1::Event primary;
  uint64_t primary_sequence = 0;
  std::vector<v1::Event> more;
  std::vector<uint64_t> more_sequence;
};

absl::StatusOr<const EntrySource*> EntryReader::Source(const std::string& source) {
  auto known = sources_.find(source);
  if (known == sources_.end()) {
    auto opened = EntrySource::Open(as_of_, source);
    if (!opened.ok()) return opened.status();
    known = sources_.emplace(source, *std::move(opened)).first;
  }
  return &known->second;
}

absl::StatusOr<v1::Ground> EntryReader::GroundOf(const v1::Event& event, uint64_t sequence) {
  v1::Ground ground = dossier::GroundOf(event, sequence);
  if (event.edition_id().empty() || !event.locator().file_name().empty()) return ground;
  auto source = Source(event.source());
  if (!source.ok()) return source.status();
  const std::string file_name = (*source)->FileNameOf(event.edition_id());
  if (!file_name.empty()) ground.mutable_locator()->set_file_name(file_name);
  return ground;
}

absl::StatusOr<v1::Event> EntryReader::EventOf(uint64_t sequence) {
  if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
  return EventAt(as_of_.rows(), sequence);
}

absl::Status EntryReader::ReadParts(const std::string& source, const std::string& record,
                                    const KnowledgeCut& cut, Parts* parts) {
  absl::Status scanned =
      ScanRecords(as_of_, {.source = source, .prefix = record + "/"}, {&cut, 1},
                  [&](const ScannedRecord& at) -> absl::StatusOr<bool> {
                    v1::StatementRow row;
                    if (absl::Status s = at.holds[0].Decode(&row); !s.ok()) return s;
                    if (row.present() && row.facets().part() > v1::SANCTION_PART_ENTRY) {
                      parts->more_sequence.push_back(at.holds[0].version.sequence);
                    }
                    return parts->more_sequence.size() < kPartsMax;
                  });
  if (!scanned.ok()) return scanned;
  for (uint64_t sequence : parts->more_sequence) {
    auto event = EventOf(sequence);
    if (!event.ok()) return event.status();
    parts->more.push_back(*std::move(event));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> EntryReader::CommentsGoOn(const Parts& parts, v1::SanctionEntry* entry) {
  const auto comments = std::find_if(parts.more.begin(), parts.more.end(), [](const auto& event) {
    return event.present().sanction().part() == v1::SANCTION_PART_COMMENTS;
  });
  if (comments == parts.more.end()) return false;
  auto source = Source(comments->source());
  if (!source.ok()) return source.status();
  const v1::PublishStamp confirmed =
      (*source)->LastConfirmed(comments->stamp(), FacetsOf(comments->present()));
  // Files of one day are of one state of the list.
  StampKey until = kLastStamp;
  until.micros = StampKeyOf(confirmed).micros;
  const v1::Sanction& now = parts.primary.present().sanction();
  bool same = !(until < StampKeyOf(parts.primary.stamp()));
  if (now.remarks_cut() && !same) {
    auto then = LatestAt(as_of_.rows(), parts.primary.source(), parts.primary.record(),
                         {until, as_of_.known().sequence});
    if (!then.ok()) return then.status();
    if (then->has_value() && (*then)->row.present()) {
      auto event = EventOf((*then)->version.sequence);
      if (!event.ok()) return event.status();
      same = event->present().sanction().remarks() == now.remarks();
    }
  }
  if (now.remarks_cut() && same) return true;
  entry->add_note(absl::StrCat("comments as published ", PrintPublishStamp(confirmed),
                               " are of earlier remarks, and not joined with these"));
  return false;
}

absl::Status EntryReader::AddGrounds(const Parts& parts, const std::vector<TimelinePoint>& timeline,
                                     v1::SanctionEntry* entry) {
  const auto add = [&](const v1::Event& event, uint64_t sequence) {
    auto ground = GroundOf(event, sequence);
    if (ground.ok()) *entry->add_ground() = *std::move(ground);
    return ground.status();
  };
  if (absl::Status s = add(parts.primary, parts.primary_sequence); !s.ok()) return s;
  for (size_t i = 0; i < parts.more.size(); ++i) {
    if (absl::Status s = add(parts.more[i], parts.more_sequence[i]); !s.ok()) return s;
  }
  if (timeline.back().present) return absl::OkStatus();
  auto last = timeline.rbegin();
  while (!std::next(last)->present) ++last;  // the one that ended it, not those that repeat it
  auto ending = EventOf(last->version.sequence);
  return ending.ok() ? add(*ending, last->version.sequence) : ending.status();
}

absl::StatusOr<bool> EntryReader::HasMoved(const EntrySource& source, const std::string& party) {
  if (source.facts() == nullptr || source.facts()->family_list.empty()) return false;
  for (const SourceFacts& other : SanctionSources()) {
    const bool is_another = other.family == source.facts()->family && !other.family_list.empty() &&
                            other.family_list != source.facts()->family_list;
    if (!is_another) continue;
    auto records = RecordsAbout(as_of_, party, other.id, kAboutMax);
    if (!records.ok()) return records.status();
    for (const AboutRecord& record : *records) {
      auto statement = LatestAt(as_of_.rows(), record.source, record.record, as_of_.known());
      if (!statement.ok()) return statement.status();
      if (!statement->has_value() || !(*statement)->row.present()) continue;
      const v1::Facets& facets = (*statement)->row.facets();
      if (facets.part() == v1::SANCTION_PART_ENTRY && facets.target() == party) return true;
    }
  }
  return false;
}

absl::StatusOr<bool> EntryReader::IsReidentified(const v1::SanctionEntry& entry) {
  auto records = RecordsAbout(as_of_, entry.party().id(), "", kAboutMax);
  if (!records.ok()) return records.status();
  const auto supersedes = [&](const v1::IdentityClaim& claim) {
    return claim.kind() == v1::CLAIM_KIND_SUPERSEDED_ID &&
           claim.object().id() == entry.party().id();
  };
  for (const AboutRecord& record : *records) {
    if (record.source == entry.source() && record.record == entry.record()) continue;
    auto held = HeldAt(as_of_, record);
    if (!held.ok()) return held.status();
    if (!held->has_value()) continue;
    const v1::Present& present = (*held)->event.present();
    const auto& claims = present.sanction().claim();
    if (std::any_of(claims.begin(), claims.end(), supersedes)) return true;
    if (present.has_identity_claim() && supersedes(present.identity_claim())) return true;
  }
  return false;
}

absl::StatusOr<v1::EndReason> EntryReader::EndReasonOf(const EntrySource& source,
                                                       const Showing& showing,
                                                       const v1::SanctionEntry& entry) {
  const v1::Sanction& sanction = entry.sanction();
  if (sanction.end_reason() != v1::END_REASON_UNSPECIFIED) return sanction.end_reason();
  const v1::Date* effective = as_of_.has_effective_date() ? &as_of_.effective_date() : nullptr;
  if (Expired(DayInQuestion(effective, showing), sanction, showing)) return v1::END_REASON_EXPIRED;
  auto moved = HasMoved(source, entry.party().id());
  if (!moved.ok()) return moved.status();
  if (*moved) return v1::END_REASON_MOVED;
  auto reidentified = IsReidentified(entry);
  if (!reidentified.ok()) return reidentified.status();
  return *reidentified ? v1::END_REASON_REIDENTIFIED : v1::END_REASON_NO_LONGER_LISTED;
}

absl::Status EntryReader::Judge(const EntrySource& source, const Showing& showing,
                                ReadEntry* read) {
  v1::SanctionEntry& entry = read->entry;
  *entry.mutable_window() = WindowOf(entry.sanction(), showing);
  const v1::Date* effective = as_of_.has_effective_date() ? &as_of_.effective_date() : nullptr;
  const std::string_view closed = ClosedDate(as_of_, source.facts());
  const absl::CivilDay day = DayInQuestion(effective, showing);
  Judgement judged = JudgeOn(day, entry.sanction(), showing, entry.window(), closed);
  entry.set_in_force(judged.in_force);
  read->ended = judged.ended;
  read->not_begun = judged.not_begun;
  for (std::string& note : judged.note) entry.add_note(std::move(note));
  if (!closed.empty() && !judged.ended &&
      (effective == nullptr || judged.in_force == v1::IN_FORCE_LAST_OBSERVED)) {
    entry.add_note(absl::StrCat("the source closed on ", std::string(closed), ": ",
                                std::string(source.facts()->closed_note)));
  }
  if (!judged.ended && read->held) return absl::OkStatus();
  auto reason = EndReasonOf(source, showing, entry);
  if (!reason.ok()) return reason.status();
  entry.set_end_reason(*reason);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<ReadEntry>> EntryReader::Read(const std::string& source_id,
                                                           const std::string& record) {
  auto source = Source(source_id);
  if (!source.ok()) return source.status();
  auto timeline = TimelineAt(as_of_, source_id, record);
  if (!timeline.ok()) return timeline.status();
  const auto said = std::find_if(timeline->rbegin(), timeline->rend(),
                                 [](const TimelinePoint& point) { return point.present; });
  if (said == timeline->rend()) return std::nullopt;
  Parts parts;
  parts.primary_sequence = said->version.sequence;
  auto primary = EventOf(parts.primary_sequence);
  if (!primary.ok()) return primary.status();
  parts.primary = *std::move(primary);
  const v1::Sanction& sanction = parts.primary.present().sanction();
  if (sanction.part() != v1::SANCTION_PART_ENTRY) return std::nullopt;

  ReadEntry read;
  read.held = timeline->back().present;
  KnowledgeCut cut = as_of_.known();
  if (!read.held) cut.stamp = StampBefore(std::prev(said)->version.stamp);
  if (absl::Status s = ReadParts(source_id, record, cut, &parts); !s.ok()) return s;
  v1::SanctionEntry& entry = read.entry;
  entry.set_source(source_id);
  entry.set_record(record);
  *entry.mutable_party() = sanction.target(0);
  const SourceFacts* facts = (*source)->facts();
  entry.set_list(sanction.list());
  if (sanction.list().empty() && facts != nullptr) entry.set_list(std::string(facts->list));
  entry.set_authority(sanction.authority());
  if (sanction.authority().empty() && facts != nullptr) {
    entry.set_authority(std::string(facts->authority));
  }
  std::vector<std::string> raw;
  auto comments_go_on = CommentsGoOn(parts, &entry);
  if (!comments_go_on.ok()) return comments_go_on.status();
  *entry.mutable_sanction() = MergeParts(parts.primary, parts.more, *comments_go_on, &raw);
  for (std::string& text : raw) entry.add_raw(std::move(text));
  if (absl::Status s = AddGrounds(parts, *timeline, &entry); !s.ok()) return s;
  const v1::Facets shown = FacetsOf(parts.primary.present());
  if (absl::Status s = Judge(**source, (*source)->ShowingOf(*timeline, shown), &read); !s.ok()) {
    return s;
  }
  return read;
}

}  // namespace dossier
