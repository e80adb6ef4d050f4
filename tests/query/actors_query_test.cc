#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ActorsQueryTest : public QueryFixture {
 protected:
  std::vector<std::string> Find(const std::string& request) {
    std::vector<std::string> ids;
    const auto response = Ask(&Stub::FindActors, request);
    for (const v1::Actor& actor : response.actor()) ids.push_back(actor.id());
    return ids;
  }
  std::string Get(const std::string& text) {
    return Ask(&Stub::GetActor, absl::StrCat("actor: '", text, "'")).actor().id();
  }
};

TEST_F(ActorsQueryTest, AnActorIsFoundByIdCodeOrName) {
  for (const char* text : {"state:RUS", "RUS", "RU", "cow:365", "Russia", "russia"}) {
    EXPECT_EQ(Get(text), "state:RUS") << text;
  }
}

TEST_F(ActorsQueryTest, ItsNamesSayWhoPrintsThemSinceTheyDid) {
  const uint64_t before = views_->position().sequence;
  Load("toy", "2024-03-01",
       {{"1",
         "supplier { id: 'state:RUS' printed_name: 'Rossiya' } recipient { id: 'state:IND' "
         "printed_name: 'Bharat' }"}});
  const auto printed = [&](const std::string& request) {
    std::vector<std::string> names;
    const auto response = Ask(&Stub::GetActor, request);
    for (const v1::ActorName& name : response.actor().names()) {
      if (!name.source().empty()) names.push_back(absl::StrCat(name.source(), ":", name.name()));
    }
    return names;
  };
  EXPECT_THAT(printed("actor: 'RUS'"), ElementsAre("toy:Rossiya"));
  EXPECT_THAT(printed(absl::StrCat("actor: 'RUS' read_at { cut { sequence: ", before, " } }")),
              ElementsAre());
  EXPECT_EQ(Get("rossiya"), "state:RUS");
  EXPECT_THAT(Find("text: 'bhar'"), ElementsAre("state:IND"));
}

TEST_F(ActorsQueryTest, ActorsThatOnlySourcesNameAreFound) {
  const uint64_t before = views_->position().sequence;
  Load("toy", "2024-03-01",
       {{"1",
         "supplier { id: 'unresolved:toy:Atlantis' printed_name: 'Atlantis' } "
         "recipient { id: 'company:acme' printed_name: 'Acme & Sons' }"}});
  EXPECT_EQ(Ask(&Stub::GetActor, "actor: 'atlantis'").actor().kind(), v1::ACTOR_KIND_UNRESOLVED);
  EXPECT_EQ(Get("company:acme"), "company:acme");
  EXPECT_THAT(Find("text: 'atl'"), Contains("unresolved:toy:Atlantis"));
  EXPECT_THAT(Find("text: 'sons'"), Contains("company:acme"));
  EXPECT_EQ(Fails(&Stub::GetActor,
                  absl::StrCat("actor: 'atlantis' read_at { cut { sequence: ", before, " } }"))
                .error_code(),
            grpc::StatusCode::NOT_FOUND);
}

TEST_F(ActorsQueryTest, ATextMatchesBeginningsOfWordsAndCodes) {
  EXPECT_THAT(Find("text: 'RUSS'"), Contains("state:RUS"));
  EXPECT_THAT(Find("text: 'cow:365'"), Contains("state:RUS"));
  EXPECT_THAT(Find("text: 'korea' page_size: 100"), Contains("state:PRK"));
  EXPECT_THAT(Find("text: 'orea' page_size: 100"), Not(Contains("state:PRK")));
}

TEST_F(ActorsQueryTest, PagesHoldEveryActorOnce) {
  Load("toy", "2024-03-01",
       {{"1",
         "supplier { id: 'unresolved:toy:Atlantis' printed_name: 'Atlantis' } "
         "recipient { id: 'state:IND' printed_name: 'India' }"}});
  std::vector<std::string> ids;
  std::string token;
  for (int pages = 0; pages < 100; ++pages) {
    const auto page =
        Ask(&Stub::FindActors, absl::StrCat("page_size: 37 page_token: '", token, "'"));
    for (const v1::Actor& actor : page.actor()) ids.push_back(actor.id());
    token = page.next_page_token();
    if (token.empty()) break;
  }
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  EXPECT_EQ(ids.size(), table_.actors().size() + 1);
}

TEST_F(ActorsQueryTest, PagesOfATextHoldEveryMatchOnce) {
  std::vector<Said> said;
  for (int i = 0; i < 25; ++i) {
    said.push_back(
        {absl::StrCat(i), absl::StrCat("supplier { id: 'toy:", i, "' printed_name: 'A", i,
                                       "' } recipient { id: 'firm:", i, "' printed_name: '",
                                       i % 2 == 0 ? "Toy " : "Doll ", i, "' }")});
  }
  Load("toy", "2024-03-01", said);
  std::vector<std::string> ids;
  std::string token;
  for (int pages = 0; pages < 100; ++pages) {
    const auto page =
        Ask(&Stub::FindActors, absl::StrCat("text: 'toy' page_size: 4 page_token: '", token, "'"));
    for (const v1::Actor& actor : page.actor()) ids.push_back(actor.id());
    token = page.next_page_token();
    if (token.empty()) break;
  }
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  EXPECT_EQ(ids.size(), 25u + 13u);
  EXPECT_EQ(Find("text: 'toy' page_size: 100"), ids);
}

TEST_F(ActorsQueryTest, WhatCannotBeAskedIsRefusedByField) {
  EXPECT_THAT(Fails(&Stub::GetActor, "").error_message(), HasSubstr("actor: empty"));
  EXPECT_THAT(Fails(&Stub::FindActors, "text: '---'").error_message(), HasSubstr("text"));
  EXPECT_THAT(Fails(&Stub::FindActors, "page_size: 5000").error_message(), HasSubstr("page_size"));
}

}  // namespace
}  // namespace dossier
