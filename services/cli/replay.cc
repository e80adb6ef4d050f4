#include "dossier/v1/feed_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/feed_line.h"

namespace dossier {
namespace {

struct ReplayFlags {
  uint64_t first = 0;
  uint64_t last = 0;
};

void Print(const Session& session, const v1::LoggedRecord& record) {
  switch (session.format()) {
    case OutputFormat::kJson:
      session.PrintJson(record);
      break;
    case OutputFormat::kCsv:
      PrintLoggedCsv(session.out(), record);
      break;
    case OutputFormat::kTable:
      PrintLogged(session.out(), record);
      break;
  }
}

int Replay(Session& session, const ReplayFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto feed = v1::FeedService::NewStub(*channel);
  v1::ReplayRequest request;
  request.set_first_sequence(flags.first);
  request.set_last_sequence(flags.last);
  if (session.format() == OutputFormat::kCsv) PrintLoggedCsvHeading(session.out());
  grpc::ClientContext context;
  const auto stream = feed->Replay(&context, request);
  v1::ReplayResponse response;
  while (stream->Read(&response)) {
    for (const v1::LoggedRecord& record : response.record()) Print(session, record);
    if (!session.out().good()) context.TryCancel();
  }
  const absl::Status status = FromGrpc(stream->Finish());
  return status.ok() ? kDone : session.Fail("replay", status);
}

}  // namespace

void AddReplay(Program& program) {
  auto flags = std::make_shared<ReplayFlags>();
  CLI::App& command = AddCommand(program, "replay", "The records of the log, as it holds them",
                                 "  dossier --data ./data replay --first 1 --last 20\n"
                                 "  dossier --data ./data replay --json",
                                 flags, &Replay);
  command.add_option("--first", flags->first, "First sequence")->check(CLI::PositiveNumber);
  command.add_option("--last", flags->last, "Last sequence")->check(CLI::PositiveNumber);
}

}  // namespace dossier
