#include "services/cli/version_lines.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "services/cli/change_words.h"
#include "services/cli/content_summary.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/text.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// More silent editions in a row, all for one reason, are told in one line.
constexpr size_t kSilencesEach = 3;
// Of a longer list within a scope only how many it names.
constexpr int kNamedInScope = 3;

bool IsReparse(const v1::Version& version) {
  return version.change_class_size() == 1 && version.change_class(0) == v1::CHANGE_CLASS_REPARSED;
}

// "revised (new deliveries, revaluation)".
std::string VerbWords(const v1::Version& version) {
  std::string verb = Words(v1::Verb_Name(version.verb()), "VERB_");
  if (IsReparse(version)) {
    // A voided version has the number of the reading that is no more.
    const std::string reading =
        version.verb() == v1::VERB_VOIDED
            ? "a newer version of the adapter"
            : absl::StrCat("adapter version ", version.event().adapter_version());
    absl::StrAppend(&verb, " (read anew by ", reading, ": the source changed nothing)");
  } else if (version.change_class_size() > 0) {
    absl::StrAppend(&verb, " (", ClassWords(version.change_class()), ")");
  }
  return verb;
}

// Where it stands: "sipri.csv:1042", or the analyst who says it.
std::string OriginOf(const v1::Version& version) {
  const v1::Event& event = version.event();
  if (!event.author().empty()) return "by " + event.author();
  v1::Locator locator = event.locator();
  if (!version.file_name().empty()) locator.set_file_name(version.file_name());
  return PrintLocator(locator);
}

std::string CauseWords(const v1::Event& event) {
  if (event.cause() == v1::CAUSE_SOURCE) return "";
  if (event.cause() == v1::CAUSE_REPARSED) {
    return absl::StrCat("an edition was read anew; this reading is by adapter version ",
                        event.adapter_version());
  }
  return Words(v1::Cause_Name(event.cause()), "CAUSE_");
}

void PrintChange(std::ostream& out, const v1::FieldChange& change) {
  out << "      " << Printable(change.field()) << ": "
      << (change.before().empty() ? "(not given)" : Printable(change.before())) << " -> "
      << (change.after().empty() ? "(not given)" : Printable(change.after())) << '\n';
}

void PrintEvidence(std::ostream& out, const v1::Event& event) {
  const std::string reliability = Words(v1::Reliability_Name(event.reliability()), "RELIABILITY_");
  const std::string credibility = Words(v1::Credibility_Name(event.credibility()), "CREDIBILITY_");
  if (!reliability.empty()) out << "      source: " << reliability << '\n';
  if (!credibility.empty()) out << "      claim: " << credibility << '\n';
  for (const v1::Citation& citation : event.citations()) {
    out << "      cites " << Printable(citation.url());
    if (!citation.quote().empty()) out << " \"" << Printable(citation.quote()) << '"';
    out << '\n';
  }
}

void PrintVersion(std::ostream& out, const v1::Version& version) {
  const v1::Event& event = version.event();
  out << "  " << VerbWords(version) << ", published " << PrintStamp(event.stamp()) << ", sequence "
      << Grouped(version.sequence()) << ", " << Printable(OriginOf(version)) << '\n';
  if (const std::string cause = CauseWords(event); !cause.empty()) {
    out << "      cause: " << cause << '\n';
  }
  if (version.voided_sequence() != 0) {
    out << "      voided by sequence " << Grouped(version.voided_sequence())
        << ": it counts no more\n";
  }
  if (version.change().empty() && event.has_present()) {
    out << "      " << Printable(ContentSummary(event.present())) << '\n';
  }
  for (const v1::FieldChange& change : version.change()) PrintChange(out, change);
  PrintEvidence(out, event);
}

// The day alone, where the stamp has a time too.
std::string DayOf(const v1::PublishStamp& stamp) { return PrintPublishStamp(stamp).substr(0, 10); }

std::string SilenceWords(v1::Silence silence) {
  switch (silence) {
    case v1::SILENCE_UNCHANGED:
      return "said again, unchanged";
    case v1::SILENCE_OUTSIDE_SCOPE:
      return "outside this edition's scope, not withdrawn";
    case v1::SILENCE_ADDITIONS_ONLY:
      return "not in it; it only adds, and withdraws nothing";
    default:
      return absl::StrCat("silent for another reason (", static_cast<int>(silence), ")");
  }
}

// "supplier in {190 in all} & deliveries only".
std::string BriefScope(std::string_view scope) {
  std::string brief;
  while (!scope.empty()) {
    const size_t open = scope.find('{');
    const size_t close = scope.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view names = scope.substr(open + 1, close - open - 1);
    const auto commas = std::count(names.begin(), names.end(), ',');
    brief.append(scope.substr(0, open + 1));
    brief.append(commas < kNamedInScope ? std::string(names)
                                        : absl::StrCat(commas + 1, " in all"));
    brief.push_back('}');
    scope.remove_prefix(close + 1);
  }
  return brief.append(scope);
}

void PrintSilence(std::ostream& out, const v1::EditionSilence& silence) {
  out << "  " << DayOf(silence.stamp()) << ' ' << Printable(silence.file_name()) << ": "
      << SilenceWords(silence.silence());
  if (silence.silence() != v1::SILENCE_UNCHANGED) {
    out << " (" << Printable(BriefScope(silence.scope())) << ')';
  }
  out << '\n';
}

void PrintManySilences(std::ostream& out, std::span<const v1::EditionSilence> silences) {
  const std::string editions = Counted(silences.size(), "edition", "editions");
  const std::string first = DayOf(silences.front().stamp());
  const std::string last = DayOf(silences.back().stamp());
  out << "  " << first << (first == last ? "" : " to " + last) << ": ";
  switch (silences.front().silence()) {
    case v1::SILENCE_UNCHANGED:
      out << "said again, unchanged, by " << editions << '\n';
      return;
    case v1::SILENCE_OUTSIDE_SCOPE:
      out << "outside the scopes of " << editions << ", not withdrawn\n";
      return;
    case v1::SILENCE_ADDITIONS_ONLY:
      out << "not in " << editions << " that only add, and withdraw nothing\n";
      return;
    default:
      out << editions << ' ' << SilenceWords(silences.front().silence()) << '\n';
  }
}

// A run of silences that nothing was said between.
void PrintSilences(std::ostream& out, std::span<const v1::EditionSilence> silences) {
  while (!silences.empty()) {
    const auto other = std::find_if(silences.begin(), silences.end(), [&](const auto& silence) {
      return silence.silence() != silences.front().silence();
    });
    const auto alike = silences.first(other - silences.begin());
    if (alike.size() > kSilencesEach) {
      PrintManySilences(out, alike);
    } else {
      for (const v1::EditionSilence& silence : alike) PrintSilence(out, silence);
    }
    silences = silences.subspan(alike.size());
  }
}

std::string NumberOrNone(uint64_t number) { return number == 0 ? "" : absl::StrCat(number); }

}  // namespace

void PrintVersionLines(std::ostream& out, std::span<const v1::Version> versions,
                       std::span<const v1::EditionSilence> silences) {
  for (const v1::Version& version : versions) {
    const StampKey said = StampKeyOf(version.event().stamp());
    const auto later = std::find_if(silences.begin(), silences.end(), [&](const auto& silence) {
      return !(StampKeyOf(silence.stamp()) < said);
    });
    const auto earlier = silences.first(later - silences.begin());
    PrintSilences(out, earlier);
    silences = silences.subspan(earlier.size());
    PrintVersion(out, version);
  }
  PrintSilences(out, silences);
}

void PrintVersionsCsvHeading(std::ostream& out) {
  PrintCsvRow(out, {"record", "verb", "published", "basis", "sequence", "edition", "file", "line",
                    "author", "voided_sequence", "field", "before", "after", "classes", "cause",
                    "adapter_version", "silence", "scope"});
}

void PrintVersionCsv(std::ostream& out, const v1::Version& version) {
  const v1::Event& event = version.event();
  const auto row = [&](const v1::FieldChange& change) {
    PrintCsvRow(out, {version.record(), Words(v1::Verb_Name(version.verb()), "VERB_"),
                      PrintPublishStamp(event.stamp()),
                      Words(v1::Basis_Name(event.stamp().basis()), "BASIS_"),
                      std::to_string(version.sequence()), Hex(event.edition_id()),
                      version.file_name(), NumberOrNone(event.locator().line()), event.author(),
                      NumberOrNone(version.voided_sequence()),
                      change.field(), change.before(), change.after(),
                      ClassWords(version.change_class()),
                      Words(v1::Cause_Name(event.cause()), "CAUSE_"),
                      NumberOrNone(event.adapter_version()),
                      "", ""});
  };
  if (version.change().empty()) row({});
  for (const v1::FieldChange& change : version.change()) row(change);
}

void PrintSilenceCsv(std::ostream& out, const v1::EditionSilence& silence) {
  PrintCsvRow(out, {silence.record(), "", PrintPublishStamp(silence.stamp()),
                    Words(v1::Basis_Name(silence.stamp().basis()), "BASIS_"), "",
                    Hex(silence.edition_id()), silence.file_name(), "", "", "", "", "", "", "", "",
                    "", Words(v1::Silence_Name(silence.silence()), "SILENCE_"), silence.scope()});
}

}  // namespace dossier
