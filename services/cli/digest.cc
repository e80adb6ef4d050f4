#include "services/cli/digest.h"

#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/standing.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

struct DigestFlags {
  uint64_t wait_for = 0;
};

int Digest(Session& session, const DigestFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto digests = AskDigests(session, *channel, flags.wait_for);
  if (!digests.ok()) return session.Fail("digest", digests.status());
  switch (session.format()) {
    case OutputFormat::kJson:
      return session.PrintJson(*digests);
    case OutputFormat::kCsv:
      PrintCsvRow(session.out(), {"digest", "sha256", "counted"});
      PrintCsvRow(session.out(),
                  {"view", Hex(digests->view_digest()), std::to_string(digests->rows())});
      PrintCsvRow(session.out(), {"knowledge", Hex(digests->knowledge_digest()),
                                  std::to_string(digests->records())});
      return kDone;
    case OutputFormat::kTable:
      break;
  }
  session.out() << "view       " << Hex(digests->view_digest()) << "  "
                << Counted(digests->rows(), "row", "rows") << '\n'
                << "knowledge  " << Hex(digests->knowledge_digest()) << "  "
                << Counted(digests->records(), "record", "records") << '\n';
  PrintStanding(session, digests->answered_at());
  return kDone;
}

}  // namespace

absl::StatusOr<v1::GetDigestsResponse> AskDigests(const Session& session,
                                                  const std::shared_ptr<grpc::Channel>& channel,
                                                  uint64_t wait_for) {
  const auto audit = v1::AuditService::NewStub(channel);
  v1::GetDigestsRequest request;
  request.mutable_read_at()->set_wait_for_sequence(wait_for);
  return Ask(session, *audit, &v1::AuditService::Stub::GetDigests, request, Work::kLong);
}

void AddDigest(Program& program) {
  auto flags = std::make_shared<DigestFlags>();
  CLI::App& command = AddCommand(program, "digest", "Digests by which two systems compare",
                                 "  dossier --data ./data digest", flags, &Digest);
  command.add_option("--wait-for", flags->wait_for, "Answer once the view holds a sequence");
}

}  // namespace dossier
