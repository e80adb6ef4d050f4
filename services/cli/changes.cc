#include <algorithm>

#include "absl/strings/str_cat.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/list_flags.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/text.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

struct ChangesFlags {
  ReadFlags read;
  std::string source;
  std::string from;
  FilterFlags filter;
  LimitFlags limit;
};

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

int Changes(Session& session, const ChangesFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto sanctions = v1::SanctionsService::NewStub(*channel);
  v1::ListEntryChangesRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  ReadFlags from;
  from.known_by = flags.from;
  *request.mutable_from() = ReadAtOf(from).cut();
  request.set_source(flags.source);
  *request.mutable_filter() = FilterOf(flags.filter);
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvRow(session.out(), {"record", "party", "name", "part", "change", "end_reason", "field",
                                "before", "after", "published", "file", "line", "sequence"});
  }
  int listed = 0;
  v1::ListEntryChangesResponse last;
  do {
    request.set_page_size(flags.limit.PageSize(listed));
    auto page = Ask(session, *sanctions, &v1::SanctionsService::Stub::ListEntryChanges, request);
    if (!page.ok()) return session.Fail("changes " + flags.source, page.status());
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
  } while (!request.page_token().empty() && flags.limit.WantsMore(listed));
  if (session.format() != OutputFormat::kTable) return kDone;
  if (!request.page_token().empty()) {
    session.out() << "\nThere are more: --limit N or --all.\n";
  }
  PrintSanctionsStanding(session, last.answered_at(), {}, last.notice());
  return kDone;
}

}  // namespace

void AddChanges(Program& program) {
  auto flags = std::make_shared<ChangesFlags>();
  CLI::App& command = AddCommand(
      program, "changes", "What changed in a sanctions list between two dates, field by field",
      "  dossier --data ./data changes ofac-sdn --from 2022-02-24 --to 2022-02-25\n"
      "  dossier --data ./data changes uk-ofsi --from 2014-04-02 --country Libya --all --csv",
      flags, &Changes);
  command.add_option("source", flags->source, "The list, as \"sources\" names it")->required();
  command.add_option("--from", flags->from, "As published by the end of this date")
      ->check(IsDateOrTime())
      ->required();
  AddFilterFlags(command, flags->filter);
  AddLimitFlags(command, flags->limit, "Changes");
  AddReadFlags(command, flags->read);
  command.add_option("--to", flags->read.known_by, "The same as --known-by; without it: now")
      ->check(IsDateOrTime())
      ->excludes(command.get_option("--known-by"));
}

}  // namespace dossier
