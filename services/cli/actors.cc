#include <algorithm>

#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"
#include "services/cli/table.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr int kPageMax = 1'000;

struct ActorsFlags {
  ReadFlags read;
  std::string text;
  int limit = 50;
  bool all = false;
};

std::vector<std::string> CellsOf(const v1::Actor& actor) {
  std::string cow;
  for (const int number : actor.cow_number()) {
    cow += (cow.empty() ? "" : " ") + std::to_string(number);
  }
  return {actor.id(),
          actor.name(),
          Words(v1::ActorKind_Name(actor.kind()), "ACTOR_KIND_"),
          actor.iso_alpha3(),
          actor.iso_alpha2(),
          cow,
          PrintDate(actor.from_date()),
          PrintDate(actor.to_date())};
}

int Actors(Session& session, const ActorsFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  v1::FindActorsRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_text(flags.text);
  Table table({{"id", Table::kShrinks},
               {"name", Table::kShrinks},
               {"kind", Table::kText},
               {"ISO", Table::kText},
               {"", Table::kText},
               {"COW", Table::kOptional},
               {"from", Table::kOptional},
               {"to", Table::kOptional}});
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvRow(session.out(),
                {"actor", "name", "kind", "iso_alpha3", "iso_alpha2", "cow", "from", "to"});
  }
  int listed = 0;
  v1::AnsweredAt answered_at;
  do {
    request.set_page_size(flags.all ? kPageMax : std::min(kPageMax, flags.limit - listed));
    const auto page = Ask(session, *query, &v1::QueryService::Stub::FindActors, request);
    if (!page.ok()) return session.Fail("actors", page.status());
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    for (const v1::Actor& actor : page->actor()) {
      if (session.format() == OutputFormat::kCsv) PrintCsvRow(session.out(), CellsOf(actor));
      if (session.format() == OutputFormat::kTable) table.AddRow(CellsOf(actor));
    }
    listed += page->actor_size();
    answered_at = page->answered_at();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && (flags.all || listed < flags.limit));
  if (session.format() != OutputFormat::kTable) return kDone;
  if (table.empty()) {
    session.out() << "No actor's name or code begins like this.\n";
  } else {
    table.Print(session.out(), session.width());
    if (!request.page_token().empty()) session.out() << "There are more: --limit N or --all.\n";
  }
  PrintStanding(session, answered_at);
  return kDone;
}

}  // namespace

void AddActors(Program& program) {
  auto flags = std::make_shared<ActorsFlags>();
  CLI::App& command =
      AddCommand(program, "actors", "Find actors by the beginning of a name or code",
                 "  dossier --data ./data actors viet\n"
                 "  dossier --data ./data actors --all --csv",
                 flags, &Actors);
  command.add_option("text", flags->text, "Beginning of a name, of a word in it, or a code");
  CLI::Option* limit = command.add_option("--limit", flags->limit, "Actors at most")
                           ->check(CLI::PositiveNumber)
                           ->capture_default_str();
  command.add_flag("--all", flags->all, "All of them")->excludes(limit);
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
