// Digests: what makes them equal, and what tells them apart.
#include "services/query/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/query/feed_fixture.h"

namespace dossier {
namespace {

std::string Content(int64_t tiv) { return Delivered("1", "state:RUS", "state:IND", 2000, tiv); }

class AuditTest : public FeedFixture {
 protected:
  // The digests of a view that is projected anew from the log.
  Digests Rebuilt(const ProjectorOptions& options) {
    TempDir dir;
    auto views = Views::Open(dir.path() + "/view", {});
    EXPECT_TRUE(views.ok()) << views.status();
    auto projector = Projector::Open(log(), **views, options);
    EXPECT_TRUE(projector.ok()) << projector.status();
    const absl::Status caught_up = (*projector)->CatchUp();
    EXPECT_TRUE(caught_up.ok()) << caught_up;
    auto as_of = AsOf::Open(**views, {}, {});
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    auto digests = DigestRows(*as_of);
    EXPECT_TRUE(digests.ok()) << digests.status();
    return *digests;
  }
};

// Another log with a view of its own.
class World : public AuditTest {
 public:
  using AuditTest::GetDigests;
  using AuditTest::Load;
  using AuditTest::Report;
  using AuditTest::Retract;
  void TestBody() override {}
};

TEST_F(AuditTest, ARebuiltViewHasTheSameDigestHoweverItWasProjected) {
  Load("toy", "2020-01-01", {{"1", Content(1)}, {"2", Content(2)}});
  Load("toy", "2019-01-01", {{"1", Content(3)}, {"2", ""}});
  Retract("toy", "2020-01-01", {"1", "2"});
  Append({v1::LogEntry()});
  const auto digests = GetDigests();
  EXPECT_EQ(digests.view_digest().size(), 32u);
  EXPECT_EQ(digests.records(), 1u);
  EXPECT_GT(digests.rows(), 10u);
  for (size_t bulk_records_min : {1, 1'000'000}) {
    const Digests rebuilt = Rebuilt({.bulk_records_min = bulk_records_min});
    EXPECT_EQ(rebuilt.view, digests.view_digest());
    EXPECT_EQ(rebuilt.knowledge, digests.knowledge_digest());
    EXPECT_EQ(rebuilt.rows, digests.rows());
  }
}

TEST_F(AuditTest, OneMoreEventChangesBothDigests) {
  Load("toy", "2020-01-01", {{"1", Content(1)}});
  const auto before = GetDigests();
  Load("toy", "2021-01-01", {{"1", Content(2)}});
  const auto after = GetDigests();
  EXPECT_NE(before.view_digest(), after.view_digest());
  EXPECT_NE(before.knowledge_digest(), after.knowledge_digest());
  EXPECT_EQ(before.records(), after.records());
}

TEST_F(AuditTest, TheViewDigestLeavesOutSaltsAndRandomIds) {
  World other;
  Load("toy", "2020-01-01", {{"1", Content(1)}});
  other.Load("toy", "2020-01-01", {{"1", Content(1)}});
  EXPECT_EQ(GetDigests().view_digest(), other.GetDigests().view_digest());
  EXPECT_NE(GetDigests().answered_at().log_id(), other.GetDigests().answered_at().log_id());
}

TEST_F(AuditTest, KnowledgeIsTheSameInAnyOrderOfArrival) {
  World other;
  Load("toy", "2020-01-01", {{"1", Content(1)}, {"2", Content(1)}});
  Load("toy", "2021-01-01", {{"1", Content(2)}});
  Load("toy", "2022-01-01", {{"1", ""}});

  other.Load("toy", "2022-01-01", {{"1", ""}});  // at first says nothing that is known
  other.Load("toy", "2021-01-01", {{"1", Content(2)}});
  other.Load("toy", "2020-01-01", {{"1", Content(1)}, {"2", Content(1)}});
  other.Load("toy", "2023-01-01", {{"2", Content(1)}});  // a repeat
  EXPECT_EQ(GetDigests().knowledge_digest(), other.GetDigests().knowledge_digest());
  EXPECT_NE(GetDigests().view_digest(), other.GetDigests().view_digest());
  EXPECT_EQ(other.GetDigests().records(), 2u);
}

TEST_F(AuditTest, WhatWasVoidedIsNotKnown) {
  World other;
  Load("toy", "2020-01-01", {{"1", Content(1)}});
  other.Load("toy", "2020-01-01", {{"1", Content(1)}});
  other.Load("toy", "2021-01-01", {{"1", Content(2)}, {"2", Content(2)}});
  EXPECT_NE(GetDigests().knowledge_digest(), other.GetDigests().knowledge_digest());
  other.Retract("toy", "2021-01-01", {"1", "2"});
  EXPECT_EQ(GetDigests().knowledge_digest(), other.GetDigests().knowledge_digest());
}

TEST_F(AuditTest, KnowledgeTellsWhenAndWhoApart) {
  World later, elsewhere;
  Load("toy", "2020-01-01", {{"1", Content(1)}});
  later.Load("toy", "2020-01-02", {{"1", Content(1)}});
  elsewhere.Load("toy2", "2020-01-01", {{"1", Content(1)}});
  const std::string digest = GetDigests().knowledge_digest();
  EXPECT_NE(digest, later.GetDigests().knowledge_digest());
  EXPECT_NE(digest, elsewhere.GetDigests().knowledge_digest());
}

TEST_F(AuditTest, ACancelledDigestStops) {
  std::vector<Said> said;
  for (int i = 0; i < 400; ++i) said.push_back({absl::StrCat(i), Content(1)});
  Load("toy", "2020-01-01", said);
  bool cancelled = false;
  CallLimits limits;
  limits.is_cancelled = [&] { return cancelled; };
  auto as_of = AsOf::Open(*views_, {}, limits);
  ASSERT_TRUE(as_of.ok()) << as_of.status();
  cancelled = true;
  EXPECT_TRUE(absl::IsCancelled(DigestRows(*as_of).status()));
}

}  // namespace
}  // namespace dossier
