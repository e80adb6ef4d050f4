#include "services/ingest/ingest_service.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/append_stream.h"
#include "services/ingest/original.h"
#include "services/process.h"

namespace dossier {
namespace {

constexpr size_t kChunkBytesMax = size_t{1} << 20;
constexpr uint64_t kBytesBetweenProgress = uint64_t{1} << 20;
constexpr size_t kFileNameBytesMax = 255;
constexpr absl::Duration kLoadWaitMax = absl::Minutes(10);

using LoadStream = grpc::ServerReaderWriter<v1::LoadEditionResponse, v1::LoadEditionRequest>;

absl::Status CheckGone(const grpc::ServerContext& context) {
  if (!context.IsCancelled()) return absl::OkStatus();
  return absl::CancelledError("the client went away: nothing was loaded");
}

void WriteProgress(LoadStream& stream, const v1::LoadProgress& progress) {
  v1::LoadEditionResponse response;
  *response.mutable_progress() = progress;
  stream.Write(response);
}

absl::StatusOr<v1::LoadOptions> ReadOptions(LoadStream& stream) {
  v1::LoadEditionRequest request;
  if (!stream.Read(&request) || !request.has_options()) {
    return absl::InvalidArgumentError("load: expected the options as the first message");
  }
  v1::LoadOptions options = std::move(*request.mutable_options());
  if (options.file_name().size() > kFileNameBytesMax) {
    return absl::InvalidArgumentError(absl::StrCat("options.file_name: has ",
                                                   options.file_name().size(), " bytes, at most ",
                                                   kFileNameBytesMax));
  }
  if (options.file_name().empty()) options.set_file_name("(no name)");
  return options;
}

// Takes in the bytes to their end.
absl::Status ReadChunks(LoadStream& stream, EditionIntake& intake) {
  v1::LoadEditionRequest request;
  uint64_t told = 0;
  while (stream.Read(&request)) {
    if (request.has_options()) {
      return absl::InvalidArgumentError("load: options came twice, expected only bytes after them");
    }
    if (request.chunk().size() > kChunkBytesMax) {
      return absl::InvalidArgumentError(absl::StrCat("load: a chunk of ", request.chunk().size(),
                                                     " bytes, at most ", kChunkBytesMax));
    }
    if (absl::Status status = intake.Write(request.chunk()); !status.ok()) return status;
    if (intake.bytes_read() - told < kBytesBetweenProgress) continue;
    told = intake.bytes_read();
    v1::LoadProgress progress;
    progress.set_bytes_read(told);
    progress.set_records_read(intake.records_read());
    progress.set_step("reading");
    WriteProgress(stream, progress);
  }
  return absl::OkStatus();
}

// A status of what is wrong with a file, with the file's name before it.
absl::Status In(const std::string& file_name, const absl::Status& status) {
  const std::string message(status.message());
  if (status.ok() || message.rfind(file_name, 0) == 0 || !absl::IsInvalidArgument(status)) {
    return status;
  }
  absl::Status named(status.code(), absl::StrCat(file_name, ": ", message));
  status.ForEachPayload(
      [&](absl::string_view type, const absl::Cord& payload) { named.SetPayload(type, payload); });
  return named;
}

absl::Status ServeLoad(const grpc::ServerContext& context, LoadStream& stream, Loader& loader,
                       LoadSlots& slots) {
  auto options = ReadOptions(stream);
  if (!options.ok()) return options.status();
  const auto slot = slots.Take([&] { return CheckGone(context); }, kLoadWaitMax);
  if (!slot.ok()) return slot.status();
  auto intake = loader.Begin(*options);
  if (!intake.ok()) return In(options->file_name(), intake.status());
  absl::Status status = ReadChunks(stream, **intake);
  if (!status.ok()) return In(options->file_name(), status);
  if (status = CheckGone(context); !status.ok()) return status;
  std::string step;
  const LoadWatch watch = [&](const v1::LoadProgress& progress) {
    if (progress.step() != step) WriteProgress(stream, progress);
    step = progress.step();
    return CheckGone(context);
  };
  v1::LoadEditionResponse response;
  status = loader.Load(*options, **intake, watch, *response.mutable_report());
  if (status.ok() || response.report().rejection_size() > 0) stream.Write(response);
  return In(options->file_name(), status);
}

}  // namespace

IngestServer::IngestServer(Ledger& ledger, const Archive& archive, const ActorTable& table,
                           const std::vector<EditionFormat>& formats)
    : archive_(archive), loader_(ledger, archive, formats, table), analysts_(ledger, table) {}

grpc::Status IngestServer::LoadEdition(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::LoadEditionResponse, v1::LoadEditionRequest>* stream) {
  return ToGrpc(ServeLoad(*context, *stream, loader_, load_slots_));
}

grpc::Status IngestServer::AppendEvents(
    grpc::ServerContext*,
    grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>* stream) {
  return ToGrpc(AppendStream(analysts_, *stream, std::nullopt).Run());
}

grpc::Status IngestServer::AppendEventsOf(
    const Caller& caller, grpc::ServerContext*,
    grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>* stream) {
  return ToGrpc(AppendStream(analysts_, *stream, caller).Run());
}

grpc::Status IngestServer::RetractEdition(grpc::ServerContext*,
                                          const v1::RetractEditionRequest* request,
                                          v1::RetractEditionResponse* response) {
  auto retracted = loader_.Retract(request->edition_id(), request->reason());
  if (!retracted.ok()) return ToGrpc(retracted.status());
  *response = *std::move(retracted);
  return grpc::Status::OK;
}

grpc::Status IngestServer::ReparseEdition(grpc::ServerContext* context,
                                          const v1::ReparseEditionRequest* request,
                                          v1::ReparseEditionResponse* response) {
  const auto slot = load_slots_.Take([&] { return CheckGone(*context); }, kLoadWaitMax);
  if (!slot.ok()) return ToGrpc(slot.status());
  const LoadWatch watch = [&](const v1::LoadProgress&) { return CheckGone(*context); };
  return ToGrpc(loader_.Reparse(*request, watch, *response->mutable_report()));
}

grpc::Status IngestServer::GetOriginal(grpc::ServerContext*, const v1::GetOriginalRequest* request,
                                       v1::GetOriginalResponse* response) {
  auto original = ReadOriginal(archive_, request->locator(), request->context());
  if (!original.ok()) return ToGrpc(original.status());
  *response = *std::move(original);
  return grpc::Status::OK;
}

}  // namespace dossier
