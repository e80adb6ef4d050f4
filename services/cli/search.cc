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

struct SearchFlags {
  ReadFlags read;
  std::vector<std::string> text;
  std::vector<std::string> source;
  LimitFlags limit{.limit = 20, .all = false};
};

std::string MatchWords(v1::MatchKind match) {
  return Words(v1::MatchKind_Name(match), "MATCH_KIND_");
}

std::string QualityWords(v1::NameQuality quality) {
  return quality == v1::NAME_QUALITY_LOW ? "weak" : "";
}

std::vector<std::string> TableCells(const v1::SearchHit& hit) {
  const std::string weak = QualityWords(hit.quality());
  return {MatchWords(hit.match()),
          hit.found() + (weak.empty() ? "" : " (" + weak + ")"),
          hit.actor().printed_name() == hit.found() ? "" : hit.actor().printed_name(),
          hit.actor().id(),
          Words(v1::ActorKind_Name(hit.kind()), "ACTOR_KIND_"),
          hit.source(),
          Joined(hit.programme())};
}

std::vector<std::string> CsvFields(const v1::SearchHit& hit) {
  const v1::Ground& ground = hit.ground();
  return {MatchWords(hit.match()),
          hit.found(),
          QualityWords(hit.quality()),
          hit.actor().id(),
          hit.actor().printed_name(),
          Words(v1::ActorKind_Name(hit.kind()), "ACTOR_KIND_"),
          hit.source(),
          Joined(hit.programme()),
          ground.record(),
          hit.has_ground() ? PrintPublishStamp(ground.stamp()) : "",
          ground.locator().file_name(),
          ground.locator().line() == 0 ? "" : std::to_string(ground.locator().line())};
}

int Search(Session& session, const SearchFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto sanctions = v1::SanctionsService::NewStub(*channel);
  v1::SearchRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  for (const std::string& word : flags.text) {
    if (!request.text().empty()) request.mutable_text()->push_back(' ');
    request.mutable_text()->append(word);
  }
  request.mutable_source()->Assign(flags.source.begin(), flags.source.end());
  Table table({{"match", Table::kText},
               {"found", Table::kShrinks},
               {"listed as", Table::kShrinks | Table::kOptional},
               {"actor", Table::kShrinks},
               {"kind", Table::kOptional},
               {"source", Table::kText},
               {"programmes", Table::kShrinks | Table::kOptional}});
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvRow(session.out(), {"match", "found", "quality", "actor", "name", "kind", "source",
                                "programme", "record", "published", "file", "line"});
  }
  int listed = 0;
  v1::SearchResponse last;
  do {
    request.set_page_size(flags.limit.PageSize(listed));
    auto page = Ask(session, *sanctions, &v1::SanctionsService::Stub::Search, request);
    if (!page.ok()) return session.Fail("search " + request.text(), page.status());
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    for (const v1::SearchHit& hit : page->hit()) {
      if (session.format() == OutputFormat::kCsv) PrintCsvRow(session.out(), CsvFields(hit));
      if (session.format() == OutputFormat::kTable) table.AddRow(TableCells(hit));
    }
    listed += page->hit_size();
    request.set_page_token(page->next_page_token());
    last = *std::move(page);
  } while (!request.page_token().empty() && flags.limit.WantsMore(listed));
  if (session.format() != OutputFormat::kTable) return kDone;
  if (table.empty()) {
    session.out() << "Nobody bears such a name or identifier in what was searched.\n";
  } else {
    table.Print(session.out(), session.width());
    if (!request.page_token().empty()) session.out() << "There are more: --limit N or --all.\n";
  }
  google::protobuf::RepeatedPtrField<std::string> searched;
  for (const std::string& source : last.searched()) *searched.Add() = source;
  PrintSanctionsStanding(session, last.answered_at(), searched, last.notice());
  return kDone;
}

}  // namespace

void AddSearch(Program& program) {
  auto flags = std::make_shared<SearchFlags>();
  CLI::App& command = AddCommand(program, "search", "Who bears a name, an alias or an identifier",
                                 "  dossier --data ./data search \"example shipping\"\n"
                                 "  dossier --data ./data search A1234567 --known-by 2022-02-24",
                                 flags, &Search);
  command.add_option("text", flags->text, "Name, alias or identifier; words in any order")
      ->required();
  command.add_option("--source", flags->source, "Only of this source; any of them");
  AddLimitFlags(command, flags->limit, "Actors");
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
