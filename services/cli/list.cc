#include "absl/strings/match.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/list_flags.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/table.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

// How the service says of a list that it cannot be told by the cut.
constexpr char kNoEdition[] = ": no edition by this cut";

struct ListFlags {
  ReadFlags read;
  std::string source;
  FilterFlags filter;
  LimitFlags limit;
};

void AddRow(const v1::SanctionEntry& entry, Table* table) {
  const v1::Sanction& sanction = entry.sanction();
  table->AddRow({entry.record(), entry.party().printed_name(),
                 Words(v1::ActorKind_Name(sanction.target_kind()), "ACTOR_KIND_"),
                 Joined(sanction.programme()), CountryWords(sanction),
                 InForceWords(entry.in_force()), BoundWords(entry.window().from())});
}

int List(Session& session, const ListFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto sanctions = v1::SanctionsService::NewStub(*channel);
  v1::ListEntriesRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_source(flags.source);
  *request.mutable_filter() = FilterOf(flags.filter);
  Table table({{"record", Table::kShrinks},
               {"name", Table::kShrinks},
               {"kind", Table::kOptional},
               {"programmes", Table::kShrinks},
               {"countries", Table::kShrinks | Table::kOptional},
               {"stands", Table::kText},
               {"since", Table::kShrinks | Table::kOptional}});
  if (session.format() == OutputFormat::kCsv) PrintCsvRow(session.out(), EntryCsvHeadings());
  int listed = 0;
  v1::ListEntriesResponse last;
  do {
    request.set_page_size(flags.limit.PageSize(listed));
    auto page = Ask(session, *sanctions, &v1::SanctionsService::Stub::ListEntries, request);
    if (!page.ok()) return session.Fail("list " + flags.source, page.status());
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    for (const v1::SanctionEntry& entry : page->entry()) {
      if (session.format() == OutputFormat::kCsv) PrintCsvRow(session.out(), EntryCsvFields(entry));
      if (session.format() == OutputFormat::kTable) AddRow(entry, &table);
    }
    listed += page->entry_size();
    request.set_page_token(page->next_page_token());
    last = *std::move(page);
  } while (!request.page_token().empty() && flags.limit.WantsMore(listed));
  if (session.format() != OutputFormat::kTable) return kDone;
  if (!table.empty()) table.Print(session.out(), session.width());
  const bool has_no_edition =
      last.coverage_size() == 1 && absl::EndsWith(last.coverage(0), kNoEdition);
  if (has_no_edition && last.count() == 0) {
    session.out() << "No edition of it was published by this cut";
  } else {
    session.out() << (table.empty() ? "" : "\n")
                  << Counted(static_cast<int64_t>(last.count()), "entry fits", "entries fit");
  }
  if (!request.page_token().empty()) session.out() << "; there are more: --limit N or --all";
  session.out() << ".\n";
  PrintSanctionsStanding(session, last.answered_at(), last.coverage(), last.notice());
  return kDone;
}

}  // namespace

void AddList(Program& program) {
  auto flags = std::make_shared<ListFlags>();
  CLI::App& command = AddCommand(
      program, "list", "What a sanctions list was on a day",
      "  dossier --data ./data list ofac-sdn --known-by 2022-02-25 --programme RUSSIA-EO14024\n"
      "  dossier --data ./data list uk-ofsi --country Iran --kind vessel --all --csv",
      flags, &List);
  command.add_option("source", flags->source, "The list, as \"sources\" names it")->required();
  AddFilterFlags(command, flags->filter);
  AddLimitFlags(command, flags->limit, "Entries");
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
