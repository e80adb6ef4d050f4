#include <deque>
#include <mutex>
#include <thread>

#include "dossier/v1/ingest_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/event_source.h"
#include "services/cli/numbers.h"
#include "services/cli/text.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

struct AppendFlags {
  std::string analyst;
  std::string file;
};

using AppendStream = grpc::ClientReaderWriter<v1::AppendEventsRequest, v1::AppendEventsResponse>;

// Sends events on one thread and prints their acknowledgements, which come in order, on another.
class Appending {
 public:
  Appending(const Session& session, const AppendFlags& flags) : session_(session), flags_(flags) {
    if (session.format() != OutputFormat::kCsv) return;
    PrintCsvRow(session.out(), {"line", "event", "outcome", "sequence", "field", "reason"});
  }

  int Run(v1::IngestService::Stub& ingest) {
    EventSource events(flags_.file, session_.terminal.in);
    if (!events.status().ok()) return session_.Fail("append " + flags_.file, events.status());
    grpc::ClientContext context;
    const auto stream = ingest.AppendEvents(&context);
    std::jthread reader([&] {
      v1::AppendEventsResponse response;
      while (stream->Read(&response)) Take(response);
    });
    Send(events, *stream);
    stream->WritesDone();
    reader.join();
    const absl::Status status = FromGrpc(stream->Finish());
    if (!status.ok()) return session_.Fail("append " + flags_.file, status);
    if (!waiting_.empty()) {
      return session_.Fail("append " + flags_.file,
                           absl::InternalError("the server acknowledged too few events"));
    }
    return failed_ == 0 ? kDone : kFailed;
  }

 private:
  void Send(EventSource& events, AppendStream& stream) {
    v1::AppendEventsRequest request;
    request.set_analyst(flags_.analyst);
    while (events.Next()) {
      auto event = events.event();
      if (!event.ok()) {
        const std::lock_guard lock(mutex_);
        ++failed_;
        session_.Fail(flags_.file + ":" + std::to_string(events.line()), event.status());
        continue;
      }
      *request.mutable_event() = *std::move(event);
      {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(events.line());
      }
      if (!stream.Write(request)) return;
    }
  }

  void Take(const v1::AppendEventsResponse& response) {
    const std::lock_guard lock(mutex_);
    uint32_t line = 0;
    if (!waiting_.empty()) {
      line = waiting_.front();
      waiting_.pop_front();
    }
    const bool refused = response.sequence() == 0;
    if (refused) ++failed_;
    switch (session_.format()) {
      case OutputFormat::kJson:
        session_.PrintJson(response);
        break;
      case OutputFormat::kCsv:
        PrintCsv(line, response);
        break;
      case OutputFormat::kTable:
        if (!refused) {
          session_.out() << "line " << line << ": event " << Hex(response.event_id())
                         << (response.repeated_id() ? " was stored before, at sequence "
                                                    : " stored, sequence ")
                         << Grouped(response.sequence()) << '\n';
        }
        break;
    }
    session_.out().flush();
    if (refused) PrintRefusal(line, response);
  }

  void PrintCsv(uint32_t line, const v1::AppendEventsResponse& response) {
    const std::string outcome = response.sequence() == 0 ? "refused"
                                : response.repeated_id() ? "repeated"
                                                         : "stored";
    const std::vector<std::string> head = {std::to_string(line), Hex(response.event_id()), outcome,
                                           std::to_string(response.sequence())};
    const auto row = [&](const std::string& field, const std::string& reason) {
      PrintCsvRow(session_.out(), {head[0], head[1], head[2], head[3], field, reason});
    };
    if (response.violation().empty()) row("", "");
    for (const v1::FieldViolation& violation : response.violation()) {
      row(violation.field(), violation.reason());
    }
  }

  void PrintRefusal(uint32_t line, const v1::AppendEventsResponse& response) {
    std::ostream& err = session_.terminal.err;
    for (const v1::FieldViolation& violation : response.violation()) {
      err << Printable(flags_.file) << ':' << line << ": ";
      if (!violation.field().empty()) err << Printable(violation.field()) << ": ";
      err << Printable(violation.reason()) << '\n';
    }
  }

  const Session& session_;
  const AppendFlags& flags_;
  std::mutex mutex_;
  std::deque<uint32_t> waiting_;  // lines of events that were sent and not yet acknowledged
  int failed_ = 0;
};

int Append(Session& session, const AppendFlags& flags) {
  const auto channel = session.Connect(Access::kWrite);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto ingest = v1::IngestService::NewStub(*channel);
  return Appending(session, flags).Run(*ingest);
}

}  // namespace

void AddAppend(Program& program) {
  auto flags = std::make_shared<AppendFlags>();
  CLI::App& command = AddCommand(program, "append", "Append an analyst's own events",
                                 "  dossier --data ./data append --analyst ana reports.jsonl\n"
                                 "  dossier --data ./data append --analyst ana report.txtpb",
                                 flags, &Append);
  command.add_option("--analyst", flags->analyst, "Who says it: the source is analyst:NAME")
      ->required();
  command
      .add_option(
          "file", flags->file,
          "An Event of JSON a line; .txtpb: text format, divided by lines of \"---\"; \"-\" "
          "is standard input")
      ->required();
}

}  // namespace dossier
