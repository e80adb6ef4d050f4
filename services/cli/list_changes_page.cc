#include "services/cli/list_changes_page.h"

#include "absl/strings/str_cat.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/text.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

bool IsAddition(v1::Verb verb) { return verb == v1::VERB_REPORTED || verb == v1::VERB_CAME_BACK; }

std::string ActionOf(const v1::EntryChange& change) {
  if (change.verb() == v1::VERB_CAME_BACK) return "came back";
  if (IsAddition(change.verb())) return "added";
  return change.verb() == v1::VERB_WITHDRAWN ? "removed" : "amended";
}

std::string PartOf(v1::SanctionPart part) {
  switch (part) {
    case v1::SANCTION_PART_ENTRY:
      return "entries";
    case v1::SANCTION_PART_ADDRESSES:
      return "addresses";
    case v1::SANCTION_PART_ALIASES:
      return "aliases";
    case v1::SANCTION_PART_COMMENTS:
      return "comments";
    default:
      return "";
  }
}

// What a reader wants to know first of an entry that was added or removed.
std::string FieldOf(const v1::EntryChange& change, const std::string& name) {
  std::string values;
  for (const v1::FieldChange& field : change.change()) {
    if (field.field() != name) continue;
    const std::string& value = field.after().empty() ? field.before() : field.after();
    absl::StrAppend(&values, values.empty() ? "" : "; ", value);
  }
  return values;
}

void PrintChange(const Session& session, const v1::EntryChange& change) {
  std::string head = absl::StrCat(ActionOf(change), " ", change.record());
  if (!change.party().printed_name().empty()) {
    absl::StrAppend(&head, ": ", change.party().printed_name());
  }
  if (change.verb() != v1::VERB_REVISED) {
    const std::string programmes = FieldOf(change, "programme");
    if (!programmes.empty()) absl::StrAppend(&head, " [", programmes, "]");
    const std::string reason = Words(v1::EndReason_Name(change.end_reason()), "END_REASON_");
    if (!reason.empty()) absl::StrAppend(&head, ", ", reason);
  }
  PrintLabelled(session, "", head);
  PrintLabelled(session, "    ",
                GroundWords(change.has_after() ? change.after() : change.before()));
  if (change.verb() != v1::VERB_REVISED) return;
  const auto given = [](const std::string& text) { return text.empty() ? "(not given)" : text; };
  for (const v1::FieldChange& field : change.change()) {
    PrintLabelled(session, "    " + Printable(field.field()) + ": ",
                  given(field.before()) + " -> " + given(field.after()));
  }
}

void PrintCsv(std::ostream& out, const v1::ListEntryChangesResponse& page) {
  for (const v1::EntryChange& change : page.change()) {
    const v1::Ground& ground = change.has_after() ? change.after() : change.before();
    const auto row = [&](const v1::FieldChange& field) {
      PrintCsvRow(out, {change.record(), change.party().id(), change.party().printed_name(),
                        PartOf(change.part()), ActionOf(change),
                        Words(v1::EndReason_Name(change.end_reason()), "END_REASON_"),
                        field.field(), field.before(), field.after(),
                        PrintPublishStamp(ground.stamp()), ground.locator().file_name(),
                        ground.locator().line() == 0 ? "" : absl::StrCat(ground.locator().line()),
                        absl::StrCat(ground.sequence())});
    };
    if (change.change().empty()) row({});
    for (const v1::FieldChange& field : change.change()) row(field);
  }
}

void PrintCounts(const Session& session, const v1::ListEntryChangesResponse& response) {
  if (response.count().empty()) session.out() << "Nothing changed between the two.\n";
  for (const v1::ChangeCounts& count : response.count()) {
    session.out() << PadRight(PartOf(count.part()) + ":", 11) << Grouped(count.added())
                  << " added, " << Grouped(count.removed()) << " removed, "
                  << Grouped(count.amended()) << " amended\n";
  }
}

}  // namespace

absl::Status PrintListChanges(const Session& session, v1::SanctionsService::Stub& sanctions,
                              v1::ListEntryChangesRequest request, const LimitFlags& limit) {
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvRow(session.out(), {"record", "party", "name", "part", "change", "end_reason", "field",
                                "before", "after", "published", "file", "line", "sequence"});
  }
  int listed = 0;
  v1::ListEntryChangesResponse last;
  do {
    request.set_page_size(limit.PageSize(listed));
    auto page = Ask(session, sanctions, &v1::SanctionsService::Stub::ListEntryChanges, request);
    if (!page.ok()) return page.status();
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    if (session.format() == OutputFormat::kCsv) PrintCsv(session.out(), *page);
    if (session.format() == OutputFormat::kTable) {
      if (listed == 0) PrintCounts(session, *page);
      if (listed == 0 && !page->change().empty()) session.out() << '\n';
      for (const v1::EntryChange& change : page->change()) PrintChange(session, change);
    }
    listed += page->change_size();
    request.set_page_token(page->next_page_token());
    last = *std::move(page);
  } while (!request.page_token().empty() && limit.WantsMore(listed));
  if (session.format() != OutputFormat::kTable) return absl::OkStatus();
  if (!request.page_token().empty()) {
    session.out() << "\nThere are more: --limit N or --all.\n";
  }
  PrintSanctionsStanding(session, last.answered_at(), {}, last.notice());
  return absl::OkStatus();
}

}  // namespace dossier
