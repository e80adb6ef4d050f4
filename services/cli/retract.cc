#include "dossier/v1/ingest_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/editions.h"
#include "services/cli/numbers.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

struct RetractFlags {
  std::string edition;
  std::string reason;
};

int Retract(Session& session, const RetractFlags& flags) {
  const auto channel = session.Connect(Access::kWrite);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  const auto ingest = v1::IngestService::NewStub(*channel);
  const std::string what = "retract " + flags.edition;
  const auto edition = FindEdition(session, *query, flags.edition);
  if (!edition.ok()) return session.Fail(what, edition.status());
  v1::RetractEditionRequest request;
  request.set_edition_id(edition->loaded().edition_id());
  request.set_reason(flags.reason);
  const auto done =
      Ask(session, *ingest, &v1::IngestService::Stub::RetractEdition, request, Work::kLong);
  if (!done.ok()) return session.Fail(what, done.status());
  const std::string id = Hex(edition->loaded().edition_id());
  switch (session.format()) {
    case OutputFormat::kJson:
      return session.PrintJson(*done);
    case OutputFormat::kCsv:
      PrintCsvRow(session.out(),
                  {"edition", "voided", "restated", "first_sequence", "last_sequence"});
      PrintCsvRow(
          session.out(),
          {id, std::to_string(done->counts().voided()), std::to_string(done->counts().restated()),
           std::to_string(done->first_sequence()), std::to_string(done->last_sequence())});
      return kDone;
    case OutputFormat::kTable:
      break;
  }
  session.out() << "Retracted " << id << ": "
                << Counted(done->counts().voided(), "statement", "statements") << " voided, "
                << Grouped(done->counts().restated()) << " restated for later editions; sequences "
                << Grouped(done->first_sequence()) << " to " << Grouped(done->last_sequence())
                << ".\n";
  return kDone;
}

}  // namespace

void AddRetract(Program& program) {
  auto flags = std::make_shared<RetractFlags>();
  CLI::App& command =
      AddCommand(program, "retract", "Undo a loaded edition",
                 "  dossier --data ./data retract 3fa2b1c0 --reason \"loaded with the wrong date\"",
                 flags, &Retract);
  command.add_option("edition", flags->edition, "Its id, or the beginning of it")->required();
  command.add_option("--reason", flags->reason, "Why, kept in the log")->required();
}

}  // namespace dossier
