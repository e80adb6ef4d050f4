// Ingest over gRPC: v1::IngestService (proto/dossier/v1/ingest_service.proto) on the parts of this
// folder.
//
// A load that is refused because records were rejected still writes its report, which lists them,
// before the status. A client that goes away before the end of a load leaves the log untouched.
//
// Memory is bounded: at most kLoadsMax loads at a time (others wait for their turn, and are refused
// with RESOURCE_EXHAUSTED where it does not come), and a bounded queue for each stream of events.
#pragma once

#include <vector>

#include "dossier/v1/ingest_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/guard.h"
#include "services/ingest/analyst.h"
#include "services/ingest/archive.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/ledger.h"
#include "services/ingest/load_slots.h"
#include "services/ingest/loader.h"
#include "services/model/actors.h"

namespace dossier {

inline constexpr int kLoadsMax = 2;

class IngestServer final : public CallerAwareIngest {
 public:
  // All must outlive the server.
  IngestServer(Ledger& ledger, const Archive& archive, const ActorTable& table,
               const std::vector<EditionFormat>& formats = EditionFormats());

  grpc::Status LoadEdition(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::LoadEditionResponse, v1::LoadEditionRequest>* stream) override;
  // When the log fails, what is unacknowledged is answered with a violation of no field, and the
  // stream ends with the log's status at the client's next message or close.
  grpc::Status AppendEvents(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>* stream) override;
  grpc::Status AppendEventsOf(
      const Caller& caller, grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::AppendEventsResponse, v1::AppendEventsRequest>* stream) override;
  grpc::Status RetractEdition(grpc::ServerContext* context,
                              const v1::RetractEditionRequest* request,
                              v1::RetractEditionResponse* response) override;
  grpc::Status ReparseEdition(grpc::ServerContext* context,
                              const v1::ReparseEditionRequest* request,
                              v1::ReparseEditionResponse* response) override;
  grpc::Status GetOriginal(grpc::ServerContext* context, const v1::GetOriginalRequest* request,
                           v1::GetOriginalResponse* response) override;

 private:
  const Archive& archive_;
  Loader loader_;
  Analysts analysts_;
  LoadSlots load_slots_{kLoadsMax};
};

}  // namespace dossier
