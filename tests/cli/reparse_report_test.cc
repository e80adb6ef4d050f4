// What is reported of an edition that was read anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dossier/v1/ingest_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using testing::HasSubstr;
using testing::Not;

class OneEdition : public v1::QueryService::Service {
 public:
  grpc::Status ListEditions(grpc::ServerContext*, const v1::ListEditionsRequest*,
                            v1::ListEditionsResponse* response) override {
    v1::Edition& edition = *response->add_edition();
    edition.set_state(v1::EDITION_STATE_LIVE);
    edition.mutable_loaded()->set_edition_id("0123456789abcdef");
    edition.mutable_loaded()->set_source("toy");
    edition.mutable_loaded()->set_file_name("a.csv");
    response->add_scope("whole");
    return grpc::Status::OK;
  }
};

class Reading : public v1::IngestService::Service {
 public:
  grpc::Status ReparseEdition(grpc::ServerContext*, const v1::ReparseEditionRequest* request,
                              v1::ReparseEditionResponse* response) override {
    v1::LoadReport& report = *response->mutable_report();
    report.mutable_edition()->set_edition_id(request->edition_id());
    report.mutable_edition()->set_source("toy");
    report.mutable_edition()->set_adapter_version(2);
    report.set_reparses_version(reparses_version);
    return grpc::Status::OK;
  }

  uint32_t reparses_version = 0;
};

class ReparseReportTest : public testing::Test {
 protected:
  std::string Reparse(uint32_t reparses_version, std::vector<std::string> flags = {}) {
    reading_.reparses_version = reparses_version;
    std::vector<std::string> arguments = {"reparse", "--source", "toy"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const Ran ran = RunDossier(
        arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}});
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }

  OneEdition query_;
  Reading reading_;
  Serving serving_{{&query_, &reading_}};
};

TEST_F(ReparseReportTest, SaysThatTheReadingChangesAndNotTheSource) {
  EXPECT_THAT(Reparse(1),
              HasSubstr("  reading     read anew by adapter version 2; was 1: what changes is the "
                        "reading, not the source\n"));
  EXPECT_THAT(Reparse(0), Not(HasSubstr("read anew")));
}

TEST_F(ReparseReportTest, TellsProgramsTheOlderVersion) {
  EXPECT_THAT(Reparse(1, {"--csv"}), HasSubstr("last_sequence,reparses_version\n"));
  EXPECT_THAT(Reparse(1, {"--csv"}), testing::EndsWith(",1\n"));
  EXPECT_THAT(Reparse(0, {"--csv"}), testing::EndsWith(",0\n"));
  EXPECT_THAT(Reparse(1, {"--json"}), HasSubstr("\"reparses_version\":1"));
}

}  // namespace
}  // namespace dossier
