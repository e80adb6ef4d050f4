// How the scopes of editions are shown: readable in a table, whole for programs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dossier/v1/query_service.grpc.pb.h"
#include "services/model/scope.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using testing::HasSubstr;
using testing::Not;

class FakeQuery : public v1::QueryService::Service {
 public:
  FakeQuery() {
    v1::EditionLoaded& loaded = *edition.mutable_loaded();
    loaded.set_source("sipri-register");
    loaded.set_edition_id("aaaaaa");
    v1::Scope& scope = *loaded.mutable_scope();
    for (int i = 0; i < 190; ++i) scope.add_supplier("state:" + std::to_string(i));
    scope.set_deliveries_only(true);
  }

  grpc::Status ListSources(grpc::ServerContext*, const v1::ListSourcesRequest*,
                           v1::ListSourcesResponse* response) override {
    Fill(response->mutable_source());
    return grpc::Status::OK;
  }
  grpc::Status GetStatus(grpc::ServerContext*, const v1::GetStatusRequest*,
                         v1::GetStatusResponse* response) override {
    Fill(response->mutable_source());
    return grpc::Status::OK;
  }
  grpc::Status ListEditions(grpc::ServerContext*, const v1::ListEditionsRequest*,
                            v1::ListEditionsResponse* response) override {
    *response->add_edition() = edition;
    response->add_scope(PrintScope(edition.loaded().scope()));
    for (const v1::Edition& one : more) {
      *response->add_edition() = one;
      response->add_scope(PrintScope(one.loaded().scope()));
    }
    return grpc::Status::OK;
  }

  v1::Edition edition;
  std::vector<v1::Edition> more;

 private:
  void Fill(google::protobuf::RepeatedPtrField<v1::Source>* sources) const {
    sources->Add()->set_id("analyst:x");
    v1::Source& source = *sources->Add();
    source.set_id("sipri-register");
    *source.mutable_newest_edition() = edition;
  }
};

class Scopes : public testing::Test {
 protected:
  std::string Out(const std::vector<std::string>& arguments) {
    return RunDossier(arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}})
        .out;
  }

  FakeQuery query_;
  Serving serving_{{&query_}};
};

TEST_F(Scopes, PeopleGetTheCountOfALongList) {
  for (const char* command : {"sources", "status"}) {
    const std::string out = Out({command});
    EXPECT_THAT(out, HasSubstr("\nWhat the newest edition covers:\n"
                               "  supplier in {190 actors} & deliveries only: sipri-register\n"))
        << command;
    EXPECT_THAT(out, Not(HasSubstr("state:7,"))) << command;
  }
  EXPECT_THAT(Out({"editions"}),
              HasSubstr("\nWhat they cover:\n"
                        "  supplier in {190 actors} & deliveries only: 616161616161\n"));
}

TEST_F(Scopes, EditionsOfOneScopeStandTogether) {
  for (int i = 0; i < 14; ++i) {
    v1::EditionLoaded& loaded = *query_.more.emplace_back().mutable_loaded();
    loaded.set_edition_id(std::string(6, static_cast<char>('b' + i)));
  }
  EXPECT_THAT(Out({"editions"}), HasSubstr("  whole: 626262626262, 636363636363, "));
  EXPECT_THAT(Out({"editions"}), HasSubstr(" and 2 more\n"));
}

TEST_F(Scopes, ProgramsGetThemWhole) {
  const std::string whole = PrintScope(query_.edition.loaded().scope());
  for (const char* command : {"sources", "status", "editions"}) {
    EXPECT_THAT(Out({command, "--csv"}), HasSubstr("\"" + whole + "\"")) << command;
    EXPECT_THAT(Out({command, "--json"}), HasSubstr("\"state:189\"")) << command;
  }
  EXPECT_THAT(Out({"sources", "--csv"}), HasSubstr(",covers_until,newest_scope\n"));
  EXPECT_THAT(Out({"status", "--csv"}), HasSubstr("\nnewest_scope analyst:x,\n"
                                                  "newest_scope sipri-register,\"supplier in {"));
}

TEST_F(Scopes, ANarrowTerminalWrapsThem) {
  const Ran ran =
      RunDossier({"sources"}, {.channel = serving_.channel(), .in = "", .width = 40, .stop = {}});
  EXPECT_THAT(ran.out, HasSubstr("  supplier in {190 actors} & deliveries\n"
                                 "  only: sipri-register\n"));
}

}  // namespace
}  // namespace dossier
