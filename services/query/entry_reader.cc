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
// Times at which an entry was listed beside the one told of.
constexpr size_t kOtherRunsShown = 8;

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

// Whether a run on another list held the party when this list held it last.
bool StoodAtDrop(const Showing& other, const Showing& dropped) {
  const absl::Time last = EndOf(dropped.held_until);
  return EndOf(other.held_from) <= last &&
         (!other.dropped.has_value() || last < EndOf(*other.dropped));
}

// Whether a run on another list may have begun between the last publication that held the party and
// the one that dropped it. The first publication of a list does not show that it took up anything.
bool TakenUpAtDrop(const Showing& other, const Showing& dropped) {
  return other.unheld_before.has_value() && EndOf(dropped.held_until) < EndOf(other.held_from) &&
         StartOf(*other.unheld_before) <= EndOf(*dropped.dropped);
}

std::string RunWords(const Showing& showing) {
  const std::string from = "also listed from " + PrintDate(showing.held_from);
  return from + (showing.dropped.has_value() ? " to " + PrintDate(showing.held_until) : " on");
}

}  // namespace

// The events that an entry is composed of.
struct EntryReader::Parts {
  v1::Event primary;
  uint64_t primary_sequence = 0;
  std::vector<v1::Event> more;
  std::vector<uint64_t> more_sequence;
  bool is_cut_short = false;  // there are more than kPartsMax
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
                    if (!row.present() || row.facets().part() <= v1::SANCTION_PART_ENTRY) {
                      return true;
                    }
                    parts->is_cut_short = parts->more_sequence.size() == kPartsMax;
                    if (parts->is_cut_short) return false;
                    parts->more_sequence.push_back(at.holds[0].version.sequence);
                    return true;
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
                                     const Run& run, v1::SanctionEntry* entry) {
  *entry->add_ground() = GroundOf(parts.primary, parts.primary_sequence);
  for (size_t i = 0; i < parts.more.size(); ++i) {
    *entry->add_ground() = GroundOf(parts.more[i], parts.more_sequence[i]);
  }
  if (run.end == timeline.size()) return absl::OkStatus();
  const uint64_t sequence = timeline[run.end].version.sequence;
  auto ending = EventOf(sequence);
  if (ending.ok()) *entry->add_ground() = GroundOf(*ending, sequence);
  return ending.status();
}

absl::StatusOr<std::vector<Showing>> EntryReader::ShownBy(const std::string& source_id,
                                                          const std::string& party) {
  std::vector<Showing> shown;
  auto records = RecordsAbout(as_of_, party, source_id, kAboutMax);
  if (!records.ok()) return records.status();
  if (records->empty()) return shown;
  auto source = Source(source_id);
  if (!source.ok()) return source.status();
  for (const AboutRecord& record : *records) {
    auto timeline = TimelineAt(as_of_, record.source, record.record);
    if (!timeline.ok()) return timeline.status();
    for (const Run& run : RunsOf(*timeline)) {
      const v1::Facets& facets = (*timeline)[run.end - 1].facets;
      if (facets.part() != v1::SANCTION_PART_ENTRY || facets.target() != party) continue;
      shown.push_back((*source)->ShowingOf(*timeline, run));
    }
  }
  return shown;
}

absl::StatusOr<bool> EntryReader::HasMoved(const EntrySource& source, const std::string& party,
                                           const Showing& showing) {
  if (source.facts() == nullptr || source.facts()->family_list.empty()) return false;
  if (!showing.dropped.has_value()) return false;
  // By list: several sources may carry the same one.
  std::map<std::string_view, bool> stood, taken_up;
  for (const SourceFacts& other : SanctionSources()) {
    const bool is_another = other.family == source.facts()->family && !other.family_list.empty() &&
                            other.family_list != source.facts()->family_list;
    if (!is_another) continue;
    auto shown = ShownBy(std::string(other.id), party);
    if (!shown.ok()) return shown.status();
    for (const Showing& run : *shown) {
      stood[other.family_list] |= StoodAtDrop(run, showing);
      taken_up[other.family_list] |= TakenUpAtDrop(run, showing);
    }
  }
  return std::any_of(taken_up.begin(), taken_up.end(),
                     [&](const auto& list) { return list.second && !stood[list.first]; });
}

absl::StatusOr<bool> EntryReader::IsReidentified(const v1::SanctionEntry& entry) {
  auto successors = Successors(entry.party().id());
  if (!successors.ok()) return successors.status();
  return std::any_of((*successors)->begin(), (*successors)->end(), [&](const AboutRecord& record) {
    return record.source != entry.source() || record.record != entry.record();
  });
}

absl::StatusOr<const std::vector<AboutRecord>*> EntryReader::Successors(const std::string& party) {
  if (const auto known = successors_.find(party); known != successors_.end()) {
    return &known->second;
  }
  auto records = RecordsAbout(as_of_, party, "", kAboutMax);
  if (!records.ok()) return records.status();
  const auto supersedes = [&](const v1::IdentityClaim& claim) {
    return claim.kind() == v1::CLAIM_KIND_SUPERSEDED_ID && claim.object().id() == party;
  };
  std::vector<AboutRecord> successors;
  for (AboutRecord& record : *records) {
    auto held = HeldAt(as_of_, record);
    if (!held.ok()) return held.status();
    if (!held->has_value()) continue;
    const v1::Present& present = (*held)->event.present();
    const auto& claims = present.sanction().claim();
    const bool of_it = std::any_of(claims.begin(), claims.end(), supersedes) ||
                       (present.has_identity_claim() && supersedes(present.identity_claim()));
    if (of_it) successors.push_back(std::move(record));
  }
  return &successors_.emplace(party, std::move(successors)).first->second;
}

absl::StatusOr<v1::EndReason> EntryReader::EndReasonOf(const EntrySource& source,
                                                       const ReadEntry& read) {
  const v1::Sanction& sanction = read.entry.sanction();
  if (sanction.end_reason() != v1::END_REASON_UNSPECIFIED) return sanction.end_reason();
  const v1::Date* effective = as_of_.has_effective_date() ? &as_of_.effective_date() : nullptr;
  if (Expired(DayInQuestion(effective, read.showing), sanction, read.showing)) {
    return v1::END_REASON_EXPIRED;
  }
  auto moved = HasMoved(source, read.entry.party().id(), read.showing);
  if (!moved.ok()) return moved.status();
  if (*moved) return v1::END_REASON_MOVED;
  auto reidentified = IsReidentified(read.entry);
  if (!reidentified.ok()) return reidentified.status();
  return *reidentified ? v1::END_REASON_REIDENTIFIED : v1::END_REASON_NO_LONGER_LISTED;
}

absl::Status EntryReader::AddEndReason(ReadEntry* read) {
  if (!read->ended && read->held) return absl::OkStatus();
  auto source = Source(read->entry.source());
  if (!source.ok()) return source.status();
  auto reason = EndReasonOf(**source, *read);
  if (!reason.ok()) return reason.status();
  read->entry.set_end_reason(*reason);
  return absl::OkStatus();
}

void EntryReader::Judge(const EntrySource& source, ReadEntry* read) {
  v1::SanctionEntry& entry = read->entry;
  const Showing& showing = read->showing;
  *entry.mutable_window() = WindowOf(entry.sanction(), showing);
  const v1::Date* effective = as_of_.has_effective_date() ? &as_of_.effective_date() : nullptr;
  const std::string_view closed = ClosedDate(as_of_, source.facts());
  const absl::CivilDay day = DayInQuestion(effective, showing);
  Judgement judged = JudgeOn(day, entry.sanction(), showing, entry.window(), closed);
  entry.set_in_force(judged.in_force);
  read->ended = judged.ended;
  read->not_begun = judged.not_begun;
  read->listed = judged.listed;
  for (std::string& note : judged.note) entry.add_note(std::move(note));
  if (effective == nullptr && judged.in_force == v1::IN_FORCE_LAST_OBSERVED) {
    entry.add_note(absl::StrCat("the newest edition of the source is of ",
                                PrintDate(showing.newest), ": judged on that day"));
  }
  if (!closed.empty() && !judged.ended &&
      (effective == nullptr || judged.in_force == v1::IN_FORCE_LAST_OBSERVED)) {
    entry.add_note(absl::StrCat("the source closed on ", std::string(closed), ": ",
                                std::string(source.facts()->closed_note)));
  }
}

absl::StatusOr<Run> EntryReader::FindRun(const EntrySource& source,
                                         const std::vector<TimelinePoint>& timeline, Parts* parts,
                                         ReadEntry* read) {
  const std::vector<Run> runs = RunsOf(timeline);
  for (size_t i = runs.size(); i-- > 0;) {
    read->showing = source.ShowingOf(timeline, runs[i]);
    parts->primary_sequence = timeline[runs[i].end - 1].version.sequence;
    auto primary = EventOf(parts->primary_sequence);
    if (!primary.ok()) return primary.status();
    parts->primary = *std::move(primary);
    read->showing.stated = parts->primary.effective();
    if (i == 0 || !as_of_.has_effective_date()) break;
    const absl::CivilDay day = DayInQuestion(&as_of_.effective_date(), read->showing);
    if (IsOfRun(day, parts->primary.present().sanction(), read->showing)) break;
  }
  Run in_question;
  for (const Run& run : runs) {
    if (timeline[run.end - 1].version.sequence == parts->primary_sequence) {
      in_question = run;
    } else if (read->other_runs.size() < kOtherRunsShown) {
      read->other_runs.push_back(RunWords(source.ShowingOf(timeline, run)));
    }
  }
  if (runs.size() > kOtherRunsShown + 1) {
    read->other_runs.push_back(
        absl::StrCat("and listed ", runs.size() - 1 - kOtherRunsShown, " times more"));
  }
  return in_question;
}

absl::StatusOr<std::optional<ReadEntry>> EntryReader::Read(const std::string& source_id,
                                                           const std::string& record) {
  auto source = Source(source_id);
  if (!source.ok()) return source.status();
  auto timeline = TimelineAt(as_of_, source_id, record);
  if (!timeline.ok()) return timeline.status();
  const bool was_held = std::any_of(timeline->begin(), timeline->end(),
                                    [](const TimelinePoint& point) { return point.present; });
  if (!was_held) return std::nullopt;
  ReadEntry read;
  Parts parts;
  auto run = FindRun(**source, *timeline, &parts, &read);
  if (!run.ok()) return run.status();
  const v1::Sanction& sanction = parts.primary.present().sanction();
  if (sanction.part() != v1::SANCTION_PART_ENTRY) return std::nullopt;

  read.held = run->end == timeline->size();
  KnowledgeCut cut = as_of_.known();
  if (!read.held) cut.stamp = StampBefore((*timeline)[run->end].version.stamp);
  if (absl::Status s = ReadParts(source_id, record, cut, &parts); !s.ok()) return s;
  if (absl::Status s = Compose(**source, parts, &read.entry); !s.ok()) return s;
  if (absl::Status s = AddGrounds(parts, *timeline, *run, &read.entry); !s.ok()) return s;
  Judge(**source, &read);
  return read;
}

absl::Status EntryReader::Compose(const EntrySource& source, const Parts& parts,
                                  v1::SanctionEntry* entry) {
  const v1::Sanction& sanction = parts.primary.present().sanction();
  entry->set_source(source.id());
  entry->set_record(parts.primary.record());
  *entry->mutable_party() = sanction.target(0);
  const SourceFacts* facts = source.facts();
  entry->set_list(sanction.list());
  if (sanction.list().empty() && facts != nullptr) entry->set_list(std::string(facts->list));
  entry->set_authority(sanction.authority());
  if (sanction.authority().empty() && facts != nullptr) {
    entry->set_authority(std::string(facts->authority));
  }
  if (parts.is_cut_short) {
    entry->add_note(
        absl::StrCat("of more than ", kPartsMax, " parts of the entry: not all are shown"));
  }
  std::vector<std::string> raw;
  auto comments_go_on = CommentsGoOn(parts, entry);
  if (!comments_go_on.ok()) return comments_go_on.status();
  *entry->mutable_sanction() = MergeParts(parts.primary, parts.more, *comments_go_on, &raw);
  for (std::string& text : raw) entry->add_raw(std::move(text));
  return absl::OkStatus();
}

}  // namespace dossier
