#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/standing.h"
#include "services/cli/table.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "services/model/scope.h"

namespace dossier {
namespace {

constexpr int kPageSize = 1'000;
constexpr size_t kIdShown = 12;

struct SourcesFlags {
  ReadFlags read;
};

struct EditionsFlags {
  ReadFlags read;
  std::string source;
};

// What the newest edition covers; "" for a source without editions, which claims nothing.
std::string NewestScope(const v1::Source& source) {
  return source.has_newest_edition() ? PrintScope(source.newest_edition().loaded().scope()) : "";
}

// What has which scope, below a table: in a column of it, a scope would be cut beyond reading.
class ScopeLines {
 public:
  void Add(const v1::Scope& scope, const std::string& name) {
    const std::string printed = PrintScopeBriefly(scope);
    const auto same = std::find_if(groups_.begin(), groups_.end(),
                                   [&](const Group& group) { return group.scope == printed; });
    Group& group = same == groups_.end() ? groups_.emplace_back(Group{printed, {}}) : *same;
    group.names.push_back(name);
  }

  void Print(const Session& session, const std::string& heading) const {
    if (groups_.empty()) return;
    session.out() << '\n' << heading << '\n';
    for (const Group& group : groups_) {
      const size_t shown = std::min(group.names.size(), kNamesShown);
      std::string names = absl::StrJoin(group.names.begin(), group.names.begin() + shown, ", ");
      if (shown < group.names.size()) {
        absl::StrAppend(&names, " and ", group.names.size() - shown, " more");
      }
      PrintLabelled(session, "  ", group.scope + ": " + names);
    }
  }

 private:
  static constexpr size_t kNamesShown = 12;

  struct Group {
    std::string scope;
    std::vector<std::string> names;
  };
  std::vector<Group> groups_;  // in the order of their first
};

void PrintSources(const Session& session,
                  const google::protobuf::RepeatedPtrField<v1::Source>& sources) {
  if (sources.empty()) {
    session.out() << "No source has said anything at this cut.\n";
    return;
  }
  Table table({{"source", Table::kShrinks},
               {"editions", Table::kNumber},
               {"records", Table::kNumber},
               {"events", Table::kNumber | Table::kOptional},
               {"newest", Table::kText},
               {"covers until", Table::kText}});
  ScopeLines scopes;
  for (const v1::Source& source : sources) {
    table.AddRow({source.id(), Grouped(source.editions()), Grouped(source.records()),
                  Grouped(source.events()), PrintStamp(source.newest_edition().loaded().stamp()),
                  PrintDate(source.covers_until())});
    if (source.has_newest_edition()) {
      scopes.Add(source.newest_edition().loaded().scope(), source.id());
    }
  }
  table.Print(session.out(), session.width());
  scopes.Print(session, "What the newest edition covers:");
}

int Sources(Session& session, const SourcesFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  v1::ListSourcesRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  const auto sources = Ask(session, *query, &v1::QueryService::Stub::ListSources, request);
  if (!sources.ok()) return session.Fail("sources", sources.status());
  if (session.format() == OutputFormat::kJson) return session.PrintJson(*sources);
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvRow(session.out(), {"source", "editions", "records", "events", "newest_published",
                                "basis", "covers_until", "newest_scope"});
    for (const v1::Source& source : sources->source()) {
      const v1::PublishStamp& stamp = source.newest_edition().loaded().stamp();
      PrintCsvRow(
          session.out(),
          {source.id(), std::to_string(source.editions()), std::to_string(source.records()),
           std::to_string(source.events()), stamp.has_time() ? PrintPublishStamp(stamp) : "",
           Words(v1::Basis_Name(stamp.basis()), "BASIS_"), PrintDate(source.covers_until()),
           NewestScope(source)});
    }
    return kDone;
  }
  PrintSources(session, sources->source());
  PrintStanding(session, sources->answered_at());
  return kDone;
}

std::string StateOf(const v1::Edition& edition) {
  return Words(v1::EditionState_Name(edition.state()), "EDITION_STATE_");
}

void PrintEditionCsv(std::ostream& out, const v1::Edition& edition, const std::string& scope) {
  const v1::EditionLoaded& loaded = edition.loaded();
  PrintCsvRow(out, {Hex(loaded.edition_id()), loaded.source(), PrintPublishStamp(loaded.stamp()),
                    Words(v1::Basis_Name(loaded.stamp().basis()), "BASIS_"), StateOf(edition),
                    scope, PrintDate(loaded.covers_until()), std::to_string(loaded.counts().read()),
                    std::to_string(loaded.counts().published()), loaded.file_name(),
                    std::to_string(edition.sequence()), PrintTime(edition.record_time()),
                    edition.retraction_reason()});
}

// Every page's editions, in the form asked for.
absl::StatusOr<v1::AnsweredAt> FollowEditions(const Session& session, v1::QueryService::Stub& query,
                                              const EditionsFlags& flags, Table* table,
                                              ScopeLines* scopes) {
  v1::ListEditionsRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_source(flags.source);
  request.set_page_size(kPageSize);
  v1::AnsweredAt answered_at;
  do {
    const auto page = Ask(session, query, &v1::QueryService::Stub::ListEditions, request);
    if (!page.ok()) return page.status();
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    for (int i = 0; i < page->edition_size(); ++i) {
      const v1::Edition& edition = page->edition(i);
      const v1::EditionLoaded& loaded = edition.loaded();
      if (session.format() == OutputFormat::kCsv) {
        PrintEditionCsv(session.out(), edition, i < page->scope_size() ? page->scope(i) : "");
      } else if (session.format() == OutputFormat::kTable) {
        table->AddRow({Hex(loaded.edition_id()).substr(0, kIdShown), loaded.source(),
                       PrintStamp(loaded.stamp()), StateOf(edition),
                       Grouped(loaded.counts().read()), Grouped(edition.sequence()),
                       loaded.file_name()});
        scopes->Add(loaded.scope(), Hex(loaded.edition_id()).substr(0, kIdShown));
      }
    }
    answered_at = page->answered_at();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return answered_at;
}

int Editions(Session& session, const EditionsFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvRow(session.out(),
                {"edition", "source", "published", "basis", "state", "scope", "covers_until",
                 "read", "published_records", "file", "sequence", "accepted", "reason"});
  }
  Table table({{"edition", Table::kText},
               {"source", Table::kText},
               {"published", Table::kText},
               {"state", Table::kText},
               {"read", Table::kNumber},
               {"sequence", Table::kNumber | Table::kOptional},
               {"file", Table::kShrinks | Table::kOptional}});
  ScopeLines scopes;
  const auto answered_at = FollowEditions(session, *query, flags, &table, &scopes);
  if (!answered_at.ok()) return session.Fail("editions", answered_at.status());
  if (session.format() != OutputFormat::kTable) return kDone;
  if (table.empty()) session.out() << "No edition was loaded at this cut.\n";
  if (!table.empty()) table.Print(session.out(), session.width());
  scopes.Print(session, "What they cover:");
  PrintStanding(session, *answered_at);
  return kDone;
}

int Status(Session& session, const SourcesFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  v1::GetStatusRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  const auto state = Ask(session, *query, &v1::QueryService::Stub::GetStatus, request);
  if (!state.ok()) return session.Fail("status", state.status());
  if (session.format() == OutputFormat::kJson) return session.PrintJson(*state);
  const std::vector<std::pair<std::string, uint64_t>> counts = {
      {"events", state->events()},
      {"undecodable", state->undecodable()},
      {"repeats", state->repeats()},
      {"writers_opened", state->writers_opened()},
      {"unresolved_actors", state->unresolved_actors()}};
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvRow(session.out(), {"name", "value"});
    PrintCsvRow(session.out(), {"log", state->answered_at().log_id()});
    PrintCsvRow(session.out(), {"sequence", std::to_string(state->answered_at().sequence())});
    for (const auto& [name, count] : counts) {
      PrintCsvRow(session.out(), {name, std::to_string(count)});
    }
    for (const v1::Source& source : state->source()) {
      PrintCsvRow(session.out(), {"newest_scope " + source.id(), NewestScope(source)});
    }
    return kDone;
  }
  Table table({{"in the log", Table::kText}, {"", Table::kNumber}});
  for (const auto& [name, count] : counts) table.AddRow({name, Grouped(count)});
  table.Print(session.out(), session.width());
  if (!state->undecodable_sequence().empty()) {
    session.out() << "undecodable records, newest first:";
    for (const uint64_t sequence : state->undecodable_sequence()) {
      session.out() << ' ' << sequence;
    }
    session.out() << '\n';
  }
  session.out() << '\n';
  PrintSources(session, state->source());
  PrintStanding(session, state->answered_at());
  return kDone;
}

}  // namespace

void AddCatalogue(Program& program) {
  auto of_sources = std::make_shared<SourcesFlags>();
  AddReadFlags(AddCommand(program, "sources", "The sources and what they cover",
                          "  dossier --data ./data sources --known-by 2024", of_sources, &Sources),
               of_sources->read);
  auto of_editions = std::make_shared<EditionsFlags>();
  CLI::App& editions =
      AddCommand(program, "editions", "The editions that were loaded",
                 "  dossier --data ./data editions --source sipri-deals", of_editions, &Editions);
  editions.add_option("--source", of_editions->source, "Only of this source");
  AddReadFlags(editions, of_editions->read);
  auto of_status = std::make_shared<SourcesFlags>();
  AddReadFlags(AddCommand(program, "status", "The state of the log and the view",
                          "  dossier --server localhost:7400 status --json", of_status, &Status),
               of_status->read);
}

}  // namespace dossier
