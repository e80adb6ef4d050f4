#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>
#include <vector>

#include "dossier/v1/ingest_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/load_report.h"
#include "services/cli/progress_line.h"
#include "services/cli/read_flags.h"

namespace dossier {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 20;

struct LoadFlags {
  std::vector<std::string> files;
  std::string source;
  std::string publish_date;
  uint32_t ordinal = 0;
  bool accept_rejected = false;
  bool dry_run = false;
  bool accept_ending = false;
  bool excerpt = false;
};

using LoadStream = grpc::ClientReaderWriter<v1::LoadEditionRequest, v1::LoadEditionResponse>;

absl::Status OpenFile(const std::string& file, std::ifstream* bytes) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    return absl::InvalidArgumentError("is a folder; expected a file");
  }
  bytes->open(file, std::ios::binary);
  if (bytes->is_open()) return absl::OkStatus();
  return absl::NotFoundError("cannot be read: " + std::generic_category().message(errno));
}

// Sends the file; ends early where the server ended the call. True: all of it was read.
bool SendFile(LoadStream& stream, const v1::LoadOptions& options, std::ifstream& bytes) {
  v1::LoadEditionRequest request;
  *request.mutable_options() = options;
  bool going = stream.Write(request);
  while (going && bytes.good()) {
    std::string& chunk = *request.mutable_chunk();
    chunk.resize(kChunkBytes);
    bytes.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    chunk.resize(static_cast<size_t>(bytes.gcount()));
    if (!chunk.empty()) going = stream.Write(request);
  }
  return !bytes.bad();
}

absl::Status LoadFile(const Session& session, v1::IngestService::Stub& ingest,
                      const std::string& file, const LoadFlags& flags, v1::LoadReport* report) {
  std::ifstream bytes;
  if (absl::Status opened = OpenFile(file, &bytes); !opened.ok()) return opened;
  v1::LoadOptions options;
  options.set_file_name(std::filesystem::path(file).filename().string());
  options.set_source(flags.source);
  options.set_publish_date(flags.publish_date);
  options.set_ordinal(flags.ordinal);
  options.set_accept_rejected(flags.accept_rejected);
  options.set_dry_run(flags.dry_run);
  options.set_accept_ending(flags.accept_ending);
  options.set_excerpt(flags.excerpt);
  grpc::ClientContext context;
  const auto stream = ingest.LoadEdition(&context);
  bool read_whole = true;
  // A thread of its own: the server may wait for its progress to be read before it reads on.
  std::jthread sender([&] {
    read_whole = SendFile(*stream, options, bytes);
    if (!read_whole) context.TryCancel();
    stream->WritesDone();
  });
  ProgressLine progress(session.terminal, file);
  v1::LoadEditionResponse response;
  while (stream->Read(&response)) {
    if (response.has_report()) *report = std::move(*response.mutable_report());
    if (response.has_progress()) progress.Show(response.progress());
  }
  sender.join();
  absl::Status status = FromGrpc(stream->Finish());
  if (!read_whole) return absl::DataLossError("reading it failed half-way; nothing was loaded");
  if (status.ok() && !report->has_edition()) {
    status = absl::InternalError("the server ended the load without a report");
  }
  return status;
}

int Load(Session& session, const LoadFlags& flags) {
  const auto channel = session.Connect(Access::kWrite);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto ingest = v1::IngestService::NewStub(*channel);
  if (session.format() == OutputFormat::kCsv) PrintReportCsvHeading(session);
  size_t failed = 0;
  for (const std::string& file : flags.files) {
    v1::LoadReport report;
    const absl::Status status = LoadFile(session, *ingest, file, flags, &report);
    if (status.ok()) {
      PrintReport(session, file, report);
    } else {
      ++failed;
      PrintFailedLoad(session, file, status, report);
    }
    session.out().flush();
  }
  if (failed > 0 && flags.files.size() > 1) {
    session.terminal.err << "dossier: load: " << failed << " of " << flags.files.size()
                         << " files failed\n";
  }
  return failed == 0 ? kDone : kFailed;
}

}  // namespace

void AddLoad(Program& program) {
  auto flags = std::make_shared<LoadFlags>();
  CLI::App& command =
      AddCommand(program, "load", "Load editions of a source, in the order given",
                 "  dossier --data ./data load register-1950-1989.csv register-1990-2023.csv\n"
                 "  dossier --data ./data load --publish-date 2024-03-18 --dry-run register.csv",
                 flags, &Load);
  command.add_option("file", flags->files, "Files, each an edition")->required();
  command.add_option("--source", flags->source, "The source, where the file does not tell");
  command
      .add_option("--publish-date", flags->publish_date,
                  "When it was published, in place of what the file states")
      ->check(IsDateOrTime());
  command.add_option("--ordinal", flags->ordinal, "Orders editions of the same publish time");
  command.add_flag("--accept-rejected", flags->accept_rejected,
                   "Load although some records cannot be read: what is known of them stays");
  command.add_flag("--accept-ending", flags->accept_ending,
                   "Load although it ends an unusual share of its source's records");
  command.add_flag("--excerpt", flags->excerpt,
                   "The file is an excerpt: what it does not hold is not said to be gone");
  command.add_flag("--dry-run", flags->dry_run, "Read and compare only; append nothing");
}

}  // namespace dossier
