#include "services/query/named_actors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/process.h"
#include "services/status_details.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NamedActorsTest : public QueryFixture {
 protected:
  // A transfer of one supplier to India, by the name that its source prints.
  static Said SoldBy(const std::string& record, const std::string& id, const std::string& name,
                     int year = 2000) {
    return {record, absl::StrCat("supplier { id: '", id, "' printed_name: '", name,
                                 "' } recipient { id: 'state:IND' printed_name: 'India' } "
                                 "delivery { year: ",
                                 year, " number: 1 } tiv_delivered_thousandths: 10")};
  }
  void LoadTwoOfOneName() {
    Load("one", "2024-03-01", {SoldBy("a", "unresolved:one:Atlantis", "Atlantis")});
    Load("two", "2024-03-01", {SoldBy("b", "unresolved:two:ATLANTIS", "ATLANTIS")});
  }
  std::vector<std::string> Records(const std::string& request) {
    std::vector<std::string> records;
    const auto response = Ask(&Stub::ListTransfers, request);
    for (const auto& one : response.transfer()) records.push_back(one.record());
    return records;
  }
  AsOf Open(int effective_year = 0) {
    v1::ReadAt read_at;
    if (effective_year != 0) {
      *read_at.mutable_cut()->mutable_effective_date() = MakeDate(effective_year);
    }
    auto as_of = AsOf::Open(*views_, read_at, {});
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    return *std::move(as_of);
  }
  std::string In(int year, const std::string& text) {
    AsOf as_of = Open(year);
    const auto actor = ResolveActor(as_of, table_, text, "actor");
    return actor.ok() ? actor->id() : actor.status().ToString();
  }
};

TEST_F(NamedActorsTest, AListUsesAllActorsOfAPrintedName) {
  LoadTwoOfOneName();
  EXPECT_THAT(Records("filter { supplier: 'atlantis' }"), ElementsAre("a", "b"));
  EXPECT_THAT(Records("filter { actor: 'Atlantis' }"), ElementsAre("a", "b"));
  EXPECT_THAT(Records("filter { supplier: 'unresolved:two:ATLANTIS' }"), ElementsAre("b"));
  const auto flows =
      Ask(&Stub::GetFlows, "grouping: FLOW_GROUPING_SUPPLIER source: 'two' supplier: 'Atlantis'");
  ASSERT_EQ(flows.row_size(), 1);
  EXPECT_EQ(flows.row(0).supplier().id(), "unresolved:two:ATLANTIS");
}

TEST_F(NamedActorsTest, ADossierOfAPrintedNameOfSeveralActorsNamesThem) {
  LoadTwoOfOneName();
  for (const grpc::Status& status : {Fails(&Stub::GetDossier, "actor: 'Atlantis'"),
                                     Fails(&Stub::GetActor, "actor: 'Atlantis'")}) {
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(),
                HasSubstr("actor: \"Atlantis\" is printed of 2 actors; expected the id of one: "
                          "unresolved:one:Atlantis, unresolved:two:ATLANTIS"));
  }
  EXPECT_EQ(Ask(&Stub::GetActor, "actor: 'unresolved:one:Atlantis'").actor().id(),
            "unresolved:one:Atlantis");
}

TEST_F(NamedActorsTest, OnlyWhoWasNamedByTheCutBearsAName) {
  LoadTwoOfOneName();
  const uint64_t first = views_->position().sequence - 2;
  EXPECT_EQ(Ask(&Stub::GetActor,
                absl::StrCat("actor: 'atlantis' read_at { cut { sequence: ", first, " } }"))
                .actor()
                .id(),
            "unresolved:one:Atlantis");
}

TEST_F(NamedActorsTest, ANameOrCodeMeansTheActorOfTheTime) {
  for (const char* text : {"Russia", "RUS", "cow:365"}) {
    EXPECT_EQ(In(1980, text), "state:SUN") << text;
    EXPECT_EQ(In(1991, text), "state:RUS") << text;
    EXPECT_EQ(In(0, text), "state:RUS") << text;
  }
  EXPECT_EQ(In(1980, "state:RUS"), "state:RUS");
  EXPECT_EQ(In(1980, " STATE:rus"), "state:RUS");
  EXPECT_EQ(In(1980, "Czechia"), "state:CSK");
}

TEST_F(NamedActorsTest, OfSeveralPredecessorsNoneIsChosen) {
  EXPECT_EQ(In(1980, "Yemen"), "state:YEM");
  EXPECT_EQ(In(1960, "Yemen"), "state:YAR");
  EXPECT_EQ(In(1900, "Russia"), "state:RUS");
  EXPECT_EQ(In(1900, "India"), "state:IND");
}

TEST_F(NamedActorsTest, APrintedNameMeansTheActorOfTheTimeToo) {
  Load("one", "2024-03-01", {SoldBy("a", "state:RUS", "Rossiya")});
  EXPECT_EQ(In(1980, "rossiya"), "state:SUN");
  EXPECT_EQ(In(2000, "rossiya"), "state:RUS");
}

TEST_F(NamedActorsTest, EveryQueryUsesTheActorOfTheTime) {
  Load("one", "2024-03-01",
       {SoldBy("old", "state:SUN", "Soviet Union", 1975), SoldBy("new", "state:RUS", "Russia")});
  const std::string in_1980 = "read_at { cut { effective_date { year: 1980 } } } ";
  const auto dossier = Ask(&Stub::GetDossier, in_1980 + "actor: 'Russia'").dossier(0);
  EXPECT_EQ(dossier.actor().id(), "state:SUN");
  EXPECT_EQ(dossier.source(0).as_supplier().total().tiv_thousandths(), 10);
  EXPECT_THAT(Records(in_1980 + "filter { supplier: 'Russia' }"), ElementsAre("old"));
  EXPECT_THAT(Records(in_1980 + "filter { supplier: 'state:RUS' }"), IsEmpty());
  const auto flows =
      Ask(&Stub::GetFlows, in_1980 + "grouping: FLOW_GROUPING_SUPPLIER supplier: 'RUS'");
  ASSERT_EQ(flows.row_size(), 1);
  EXPECT_EQ(flows.row(0).supplier().id(), "state:SUN");
}

TEST_F(NamedActorsTest, ManyUnknownNamesCostASeekEach) {
  std::vector<Said> said;
  for (int i = 0; i < 1000; ++i) {
    const std::string name = absl::StrCat("Isle ", i);
    said.push_back(SoldBy(absl::StrCat(i), "unresolved:one:" + name, name));
  }
  Load("one", "2024-03-01", said);
  google::protobuf::RepeatedPtrField<std::string> names;
  for (int i = 0; i < kActorsMax; ++i) *names.Add() = absl::StrCat("isle ", i);
  int checks = 0;
  CallLimits limits;
  limits.now = [&checks] {
    ++checks;
    return absl::Now();
  };
  auto as_of = AsOf::Open(*views_, {}, limits);
  ASSERT_TRUE(as_of.ok()) << as_of.status();
  const auto ids = ResolveActors(*as_of, table_, {{"actor", names}});
  ASSERT_TRUE(ids.ok()) << ids.status();
  EXPECT_EQ(ids->front().size(), static_cast<size_t>(kActorsMax));
  // The limits are looked at every 256 rows: of the 1,000 names only those asked for are read.
  EXPECT_LE(checks, 2);
}

TEST_F(NamedActorsTest, ANamePrintedOfTooManyActorsIsRefusedByField) {
  std::vector<Said> said;
  for (int i = 0; i <= 1000; ++i) {
    said.push_back(SoldBy(absl::StrCat(i), absl::StrCat("unresolved:one:", i), "Atlantis"));
  }
  Load("one", "2024-03-01", said);
  const grpc::Status status = Fails(&Stub::ListTransfers, "filter { supplier: 'atlantis' }");
  EXPECT_THAT(status.error_message(), HasSubstr("printed of more than 1000 actors; expected ids"));
  const auto violations = FieldViolationsOf(FromGrpc(status));
  ASSERT_EQ(violations.field_violations_size(), 1);
  EXPECT_EQ(violations.field_violations(0).field(), "filter.supplier");
}

TEST_F(NamedActorsTest, ARequestNamesABoundedNumberOfActors) {
  const auto many = [](const char* field, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) absl::StrAppend(&text, field, ": 'RUS' ");
    return text;
  };
  const grpc::Status status =
      Fails(&Stub::ListTransfers,
            absl::StrCat("filter { ", many("supplier", 120), many("recipient", 81), "}"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("filter.recipient: with it the request names 201"));
  const auto violations = FieldViolationsOf(FromGrpc(status));
  ASSERT_EQ(violations.field_violations_size(), 1);
  EXPECT_THAT(Records(absl::StrCat("filter { ", many("supplier", 120), many("recipient", 80), "}")),
              IsEmpty());
}

}  // namespace
}  // namespace dossier
