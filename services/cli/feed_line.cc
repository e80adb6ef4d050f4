#include "services/cli/feed_line.h"

#include "services/cli/change_words.h"
#include "services/cli/content_summary.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/text.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

std::string SummaryOf(const v1::Event& event) {
  if (event.has_present()) return ContentSummary(event.present());
  return event.has_absent() ? "absent" : event.has_void_() ? "void" : "";
}

// What it is about: a withdrawal says what was withdrawn.
std::string SummaryOf(const v1::FeedItem& item) {
  if (item.event().has_present() || !item.has_before()) return SummaryOf(item.event());
  return SummaryOf(item.before());
}

std::string VerbOf(const v1::FeedItem& item) { return Words(v1::Verb_Name(item.verb()), "VERB_"); }

std::string NoveltyOf(const v1::FeedItem& item) {
  return Words(v1::Novelty_Name(item.novelty()), "NOVELTY_");
}

struct Entry {
  std::string kind;
  std::string source;
  std::string text;
};

Entry EntryOf(const v1::LoggedRecord& record) {
  const v1::LogEntry& entry = record.entry();
  switch (entry.entry_case()) {
    case v1::LogEntry::kGenesis:
      return {"genesis", "", "log " + Hex(entry.genesis().log_id())};
    case v1::LogEntry::kWriterOpened:
      return {"writer opened", "", entry.writer_opened().writer()};
    case v1::LogEntry::kEditionLoaded: {
      const v1::EditionLoaded& edition = entry.edition_loaded();
      return {"edition loaded", edition.source(),
              Hex(edition.edition_id()) + " " + edition.file_name() + ", published " +
                  PrintStamp(edition.stamp())};
    }
    case v1::LogEntry::kEditionRetracted:
      return {
          "edition retracted", entry.edition_retracted().source(),
          Hex(entry.edition_retracted().edition_id()) + " " + entry.edition_retracted().reason()};
    case v1::LogEntry::kEvent: {
      const v1::Event& event = entry.event();
      const std::string statement = event.has_present()  ? "present"
                                    : event.has_absent() ? "absent"
                                                         : "void";
      return {statement, event.source(),
              event.record() + (event.has_present() ? "  " + SummaryOf(event) : "")};
    }
    case v1::LogEntry::ENTRY_NOT_SET:
      break;
  }
  return {"undecodable", "",
          Counted(record.undecodable().size() + record.payload().size(), "byte", "bytes")};
}

std::string UnitOf(const v1::LoggedRecord& record) {
  return std::to_string(record.unit_index() + 1) + "/" + std::to_string(record.unit_count());
}

}  // namespace

void PrintFeedItem(std::ostream& out, const v1::FeedItem& item) {
  const v1::Event& event = item.event();
  out << '#' << Grouped(item.sequence()) << "  " << NoveltyOf(item) << "  " << VerbOf(item)
      << (item.change_class().empty() ? "" : " (" + ClassWords(item.change_class()) + ")") << "  "
      << Printable(event.source() + " " + event.record()) << "  " << PrintStamp(event.stamp())
      << "  " << Printable(SummaryOf(item)) << '\n';
  for (const v1::FieldChange& change : item.change()) {
    out << "    " << Printable(change.field()) << ": "
        << (change.before().empty() ? "(not given)" : Printable(change.before())) << " -> "
        << (change.after().empty() ? "(not given)" : Printable(change.after())) << '\n';
  }
}

void PrintFeedCsvHeading(std::ostream& out) {
  PrintCsvRow(out, {"sequence", "novelty", "verb", "source", "record", "published", "basis",
                    "summary", "changes", "cursor", "classes"});
}

void PrintFeedItemCsv(std::ostream& out, const v1::FeedItem& item, const std::string& cursor) {
  const v1::Event& event = item.event();
  std::string changes;
  for (const v1::FieldChange& change : item.change()) {
    changes += (changes.empty() ? "" : "; ") + change.field() + ": " + change.before() + " -> " +
               change.after();
  }
  PrintCsvRow(out, {std::to_string(item.sequence()), NoveltyOf(item), VerbOf(item), event.source(),
                    event.record(), PrintPublishStamp(event.stamp()),
                    Words(v1::Basis_Name(event.stamp().basis()), "BASIS_"), SummaryOf(item),
                    changes, cursor, ClassWords(item.change_class())});
}

void PrintLogged(std::ostream& out, const v1::LoggedRecord& record) {
  const Entry entry = EntryOf(record);
  out << '#' << Grouped(record.sequence()) << "  " << PrintTime(record.record_time()) << "  "
      << Printable(record.author()) << "  " << UnitOf(record) << "  " << entry.kind;
  if (!entry.source.empty()) out << "  " << Printable(entry.source);
  out << "  " << Printable(entry.text) << '\n';
}

void PrintLoggedCsvHeading(std::ostream& out) {
  PrintCsvRow(out, {"sequence", "accepted", "author", "unit_index", "unit_count", "kind", "source",
                    "text"});
}

void PrintLoggedCsv(std::ostream& out, const v1::LoggedRecord& record) {
  const Entry entry = EntryOf(record);
  PrintCsvRow(out, {std::to_string(record.sequence()), PrintTime(record.record_time()),
                    record.author(), std::to_string(record.unit_index()),
                    std::to_string(record.unit_count()), entry.kind, entry.source, entry.text});
}

}  // namespace dossier
