#include "services/cli/transfer_changes_page.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/change_words.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/standing.h"
#include "services/cli/table.h"
#include "services/cli/text.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

// A scope of many parties is cut for people; --csv and --json have it whole.
constexpr int kScopeColumns = 300;

std::string VerbWords(v1::Verb verb) { return Words(v1::Verb_Name(verb), "VERB_"); }

std::string NameOf(const v1::ActorRef& actor) {
  return actor.printed_name().empty() ? actor.id() : actor.printed_name();
}

// Whether the line of the deal itself has the field.
bool IsInDealLine(std::string_view field) {
  return field.starts_with("supplier.") || field.starts_with("recipient.") ||
         field == "designation" || field == "order_date";
}

bool IsReading(const v1::TransferChange& change) {
  const auto& classes = change.change_class();
  return std::find(classes.begin(), classes.end(), v1::CHANGE_CLASS_REPARSED) != classes.end();
}

// "Russia to Iran: Su-35, ordered 2023".
std::string DealWords(const v1::TransferChange& change) {
  std::string words = absl::StrCat(NameOf(change.supplier()), " to ", NameOf(change.recipient()),
                                   ": ", change.designation());
  if (change.has_order_date()) {
    absl::StrAppend(&words, ", ordered ", PrintDate(change.order_date()));
  }
  return words;
}

// All that a report or withdrawal says, in a row: "number_ordered 24; comment: for the navy".
std::string FieldsInARow(const v1::TransferChange& change) {
  std::string row;
  for (const v1::FieldChange& field : change.change()) {
    if (IsInDealLine(field.field())) continue;
    absl::StrAppend(&row, row.empty() ? "" : "; ", field.field(), " ",
                    field.after().empty() ? field.before() : field.after());
  }
  return row;
}

void PrintChange(const Session& session, const v1::TransferChange& change) {
  const std::string classes = ClassWords(change.change_class());
  PrintLabelled(session, "",
                absl::StrCat(VerbWords(change.verb()), classes.empty() ? "" : " (", classes,
                             classes.empty() ? "" : ")", " ", change.record()));
  PrintLabelled(session, "    ", DealWords(change));
  if (change.verb() == v1::VERB_REVISED) {
    const auto given = [](const std::string& text) { return text.empty() ? "(not given)" : text; };
    for (const v1::FieldChange& field : change.change()) {
      PrintLabelled(session, "    " + Printable(field.field()) + ": ",
                    given(field.before()) + " -> " + given(field.after()));
    }
  } else {
    PrintLabelled(session, "    ", FieldsInARow(change));
  }
  if (IsReading(change)) {
    PrintLabelled(session, "    ",
                  "a newer adapter read the edition anew; the source changed nothing");
  }
  if (change.has_before()) PrintLabelled(session, "    before: ", GroundWords(change.before()));
  if (change.has_after()) PrintLabelled(session, "    after:  ", GroundWords(change.after()));
  if (!change.resembles().empty()) {
    PrintLabelled(
        session, "    ",
        absl::StrCat("perhaps the same deal as ", absl::StrJoin(change.resembles(), ", or ")));
  }
}

void PrintCsvHeading(std::ostream& out) {
  PrintCsvRow(out, {"record",           "verb",        "class",          "supplier",
                    "supplier_name",    "recipient",   "recipient_name", "designation",
                    "order_date",       "field",       "before",         "after",
                    "before_published", "before_file", "before_line",    "before_sequence",
                    "after_published",  "after_file",  "after_line",     "after_sequence",
                    "resembles"});
}

void PrintCsv(std::ostream& out, const v1::TransferChange& change) {
  std::vector<std::string> grounds;
  for (const v1::Ground* ground : {&change.before(), &change.after()}) {
    const v1::Locator& locator = ground->locator();
    const auto number = [](uint64_t value) { return value == 0 ? "" : absl::StrCat(value); };
    grounds.insert(grounds.end(),
                   {ground->has_stamp() ? PrintPublishStamp(ground->stamp()) : "",
                    locator.file_name(), number(locator.line()), number(ground->sequence())});
  }
  const auto row = [&](const v1::FieldChange& field) {
    std::vector<std::string> fields = {change.record(),
                                       VerbWords(change.verb()),
                                       ClassWords(change.change_class()),
                                       change.supplier().id(),
                                       change.supplier().printed_name(),
                                       change.recipient().id(),
                                       change.recipient().printed_name(),
                                       change.designation(),
                                       PrintDate(change.order_date()),
                                       field.field(),
                                       field.before(),
                                       field.after()};
    fields.insert(fields.end(), grounds.begin(), grounds.end());
    fields.push_back(absl::StrJoin(change.resembles(), "; "));
    PrintCsvRow(out, fields);
  };
  if (change.change().empty()) row({});
  for (const v1::FieldChange& field : change.change()) row(field);
}

void PrintCounts(const Session& session, const v1::ListTransferChangesResponse& page) {
  if (page.verb_count().empty()) {
    session.out() << "Nothing that was asked for changed between the two.\n";
    return;
  }
  for (const v1::VerbCount& count : page.verb_count()) {
    session.out() << PadRight(VerbWords(count.verb()) + ":", 11) << Grouped(count.count()) << '\n';
  }
  session.out() << '\n';
  if (page.class_count().empty()) return;
  Table table({{"what changed", Table::kText},
               {"records", Table::kNumber},
               {"of these that alone", Table::kNumber}});
  for (const v1::ClassCount& count : page.class_count()) {
    google::protobuf::RepeatedField<int> one;
    one.Add(count.change_class());
    table.AddRow({ClassWords(one), Grouped(count.count()), Grouped(count.alone())});
  }
  table.Print(session.out(), session.width());
  session.out() << '\n';
}

void PrintEnd(const Session& session, const v1::ListTransferChangesResponse& last) {
  if (!last.next_page_token().empty()) session.out() << "There are more: --limit N or --all.\n";
  if (last.outside_newest_scope() > 0) {
    const bool is_one = last.outside_newest_scope() == 1;
    PrintLabelled(session, "",
                  absl::StrCat(Counted(last.outside_newest_scope(), "record is", "records are"),
                               " outside the newest edition's scope (",
                               CutToWidth(last.newest_scope(), kScopeColumns),
                               "): not withdrawn; the edition that last ",
                               is_one ? "covered it holds." : "covered each holds."));
  }
  session.out() << '\n';
  PrintLabelled(session, "From  ", PrintCut(last.from()));
  PrintLabelled(session, "To    ", PrintCut(last.answered_at()));
}

}  // namespace

absl::Status PrintTransferChanges(const Session& session, v1::RevisionsService::Stub& revisions,
                                  v1::ListTransferChangesRequest request, const LimitFlags& limit) {
  int listed = 0;
  bool is_first = true;
  v1::ListTransferChangesResponse last;
  do {
    request.set_page_size(limit.PageSize(listed));
    auto page = Ask(session, revisions, &v1::RevisionsService::Stub::ListTransferChanges, request);
    if (!page.ok()) return page.status();
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    if (session.format() == OutputFormat::kCsv && is_first) PrintCsvHeading(session.out());
    if (session.format() == OutputFormat::kTable && is_first) PrintCounts(session, *page);
    for (const v1::TransferChange& change : page->change()) {
      if (session.format() == OutputFormat::kCsv) PrintCsv(session.out(), change);
      if (session.format() != OutputFormat::kTable) continue;
      PrintChange(session, change);
      session.out() << '\n';
    }
    is_first = false;
    listed += page->change_size();
    request.set_page_token(page->next_page_token());
    last = *std::move(page);
  } while (!request.page_token().empty() && limit.WantsMore(listed));
  if (session.format() == OutputFormat::kTable) PrintEnd(session, last);
  return absl::OkStatus();
}

}  // namespace dossier
