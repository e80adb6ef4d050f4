#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/query/query_fixture.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DossierTest : public QueryFixture {
 protected:
  v1::Dossier Of(const std::string& request) {
    const auto response = Ask(&Stub::GetDossier, request);
    return response.dossier_size() > 0 ? response.dossier(0) : v1::Dossier();
  }
  void LoadUsual() {
    Load("toy", "2024-03-01",
         {{"1/2000", Delivered("1", "state:RUS", "state:IND", 2000, 10, 2,
                               "number_ordered: 5 category: 'Aircraft'")},
          {"1/2001", Delivered("1", "state:RUS", "state:IND", 2001, 15, 3,
                               "number_ordered: 5 category: 'Aircraft'")},
          {"2/2010", Delivered("2", "state:RUS", "state:CHN", 2010, 50, 1,
                               "number_ordered: 4 category: 'Ships'")},
          {"3/2023", Delivered("3", "state:PRK", "state:RUS", 2023, 7, 9)},
          {"4", Delivered("4", "state:RUS", "state:VNM", 0, 0, 0, "order_date { year: 2020 }")}},
         "delivery_year_from: 2000 delivery_year_to: 2023", "2023");
  }
};

TEST_F(DossierTest, BothDirectionsAreSummedUp) {
  LoadUsual();
  const v1::Dossier dossier = Of("actor: 'Russia'");
  EXPECT_EQ(dossier.actor().id(), "state:RUS");
  ASSERT_EQ(dossier.source_size(), 1);
  const v1::TradeSummary& sold = dossier.source(0).as_supplier();
  EXPECT_EQ(sold.total().tiv_thousandths(), 75);
  EXPECT_EQ(sold.total().records(), 4);
  EXPECT_EQ(sold.total().deals(), 3);
  EXPECT_EQ(sold.total().units(), 6);
  EXPECT_EQ(dossier.source(0).as_recipient().total().tiv_thousandths(), 7);
  EXPECT_EQ(dossier.source(0).as_recipient().partner(0).partner().id(), "state:PRK");
}

TEST_F(DossierTest, PartnersCategoriesAndYearsAreListed) {
  LoadUsual();
  const v1::TradeSummary sold = Of("actor: 'Russia'").source(0).as_supplier();
  std::vector<std::string> partners;
  for (const auto& one : sold.partner()) {
    partners.push_back(absl::StrCat(one.partner().printed_name(), " ",
                                    one.measures().tiv_thousandths(), " ", one.first_year(), "-",
                                    one.last_year()));
  }
  EXPECT_THAT(partners, ElementsAre("CHN 50 2010-2010", "IND 25 2000-2001", "VNM 0 0-0"));
  std::vector<std::string> years;
  for (const auto& one : sold.year()) {
    years.push_back(absl::StrCat(one.year(), " ", one.measures().tiv_thousandths()));
  }
  EXPECT_THAT(years, ElementsAre("2000 10", "2001 15", "2010 50"));
  std::vector<std::string> categories;
  for (const auto& one : sold.category()) {
    categories.push_back(absl::StrCat(one.category(), " ", one.measures().records()));
  }
  EXPECT_THAT(categories, ElementsAre("Ships 1", "Aircraft 2", " 1"));
}

TEST_F(DossierTest, ADealIsOpenUntilAllItsRecordsFillTheOrder) {
  LoadUsual();
  // Deal 1 is complete over two years; of deal 2 one of four came; deal 4 is an order.
  EXPECT_EQ(Of("actor: 'RUS'").source(0).as_supplier().open_orders(), 2);
  const auto in_2000 = Of("actor: 'RUS' read_at { cut { effective_date { year: 2000 } } }");
  EXPECT_EQ(in_2000.source(0).as_supplier().open_orders(), 1);
}

TEST_F(DossierTest, ADeliveryWithoutANumberLeavesNoOrderOpen) {
  Load("toy", "2024-03-01",
       {{"1/2000", Delivered("1", "state:RUS", "state:IND", 2000, 10, 2, "number_ordered: 5")},
        {"1/2001", Delivered("1", "state:RUS", "state:IND", 0, 0, 0,
                             "number_ordered: 5 delivery { year: 2001 }")},
        {"2", Delivered("2", "state:RUS", "state:CHN", 2000, 10, 2,
                        "number_ordered: 5 delivery { year: 2001 }")}});
  EXPECT_EQ(Of("actor: 'RUS'").source(0).as_supplier().open_orders(), 0);
  // Before the uncounted delivery, the first deal's order was open.
  const auto in_2000 = Of("actor: 'RUS' read_at { cut { effective_date { year: 2000 } } }");
  EXPECT_EQ(in_2000.source(0).as_supplier().open_orders(), 2);
}

TEST_F(DossierTest, TheLastFiveYearsEndWithTheDateOrTheCoverage) {
  LoadUsual();
  const auto summary = [&](const std::string& request) {
    const v1::TradeSummary sold = Of(request).source(0).as_supplier();
    return absl::StrCat(sold.last_five_years_from(), "-", sold.last_five_years_to(), " ",
                        sold.last_five_years().tiv_thousandths(), " ",
                        sold.last_five_years().deals());
  };
  EXPECT_EQ(summary("actor: 'RUS'"), "2019-2023 0 0");
  EXPECT_EQ(summary("actor: 'RUS' read_at { cut { effective_date { year: 2004 } } }"),
            "2000-2004 25 1");
  EXPECT_EQ(summary("actor: 'RUS' read_at { cut { effective_date { year: 2010 } } }"),
            "2006-2010 50 1");
}

TEST_F(DossierTest, ASourceStandsInItEvenIfSilentOfTheActor) {
  LoadUsual();
  Report("analyst:ann", "2024-05-01", {{"a", Delivered("", "state:RUS", "state:PRK", 2024, 100)}});
  const v1::Dossier dossier = Of("actor: 'BRA'");
  ASSERT_EQ(dossier.source_size(), 2);
  EXPECT_EQ(dossier.source(0).source(), "analyst:ann");
  EXPECT_FALSE(dossier.source(0).has_edition());
  const v1::SourceDossier& toy = dossier.source(1);
  EXPECT_FALSE(toy.has_as_supplier());
  EXPECT_THAT(toy.coverage(), ElementsAre("delivery year 2000..2023"));
  EXPECT_EQ(toy.covers_until().year(), 2023);
  EXPECT_EQ(toy.edition().loaded().source(), "toy");
  EXPECT_EQ(toy.edition().state(), v1::EDITION_STATE_LIVE);
}

TEST_F(DossierTest, BeforeItsFirstWordASourceIsNotThere) {
  LoadUsual();
  Report("analyst:ann", "2024-05-01", {{"a", Delivered("", "state:RUS", "state:PRK", 2024, 100)}});
  const auto sources = [&](const std::string& cut) {
    std::vector<std::string> ids;
    const v1::Dossier dossier = Of(absl::StrCat("actor: 'RUS' read_at { cut { ", cut, " } }"));
    for (const auto& source : dossier.source()) ids.push_back(source.source());
    return ids;
  };
  EXPECT_THAT(sources("known_by_date { year: 2024 month: 4 }"), ElementsAre("toy"));
  EXPECT_THAT(sources("known_by_date { year: 2023 }"), ElementsAre());
  EXPECT_THAT(sources("sequence: 2"), ElementsAre());
}

TEST_F(DossierTest, ARetractedEditionIsLiveAtTheCutBeforeIt) {
  LoadUsual();
  const uint64_t loaded = views_->position().sequence;
  Retract("toy", "2024-03-01", {"1/2000", "1/2001", "2/2010", "3/2023", "4"});
  EXPECT_EQ(Of("actor: 'RUS'").source_size(), 0);
  const v1::Dossier then =
      Of(absl::StrCat("actor: 'RUS' read_at { cut { sequence: ", loaded, " } }"));
  ASSERT_EQ(then.source_size(), 1);
  EXPECT_EQ(then.source(0).edition().state(), v1::EDITION_STATE_LIVE);
  EXPECT_EQ(then.source(0).edition().retraction_reason(), "");
  EXPECT_EQ(then.source(0).as_supplier().total().tiv_thousandths(), 75);
}

TEST_F(DossierTest, PredecessorsHaveDossiersOfTheirOwn) {
  Load("toy", "2024-03-01",
       {{"1", Delivered("1", "state:SUN", "state:IND", 1980, 10)},
        {"2", Delivered("2", "state:RUS", "state:IND", 2000, 20)}});
  const auto response = Ask(&Stub::GetDossier, "actor: 'RUS' include_predecessors: true");
  ASSERT_GE(response.dossier_size(), 2);
  EXPECT_EQ(response.dossier(0).source(0).as_supplier().total().tiv_thousandths(), 20);
  EXPECT_EQ(response.dossier(1).actor().id(), "state:SUN");
  EXPECT_EQ(response.dossier(1).source(0).as_supplier().total().tiv_thousandths(), 10);
  EXPECT_EQ(Ask(&Stub::GetDossier, "actor: 'RUS'").dossier_size(), 1);
}

TEST_F(DossierTest, AnUnknownActorIsNotFound) {
  const grpc::Status status = Fails(&Stub::GetDossier, "actor: 'Atlantis'");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(status.error_message(), HasSubstr("actor: \"Atlantis\""));
  EXPECT_EQ(Fails(&Stub::GetDossier, "").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace dossier
