#include "services/ingest/analyst.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "storage/timeline.h"
#include "tests/ingest/ingest_fixture.h"

namespace dossier {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

constexpr char kTransfer[] = R"pb(
  record: "bayraktar"
  present {
    transfer {
      supplier { id: "state:TUR" }
      recipient { printed_name: "Ukraine" }
      designation: "Bayraktar TB2"
      delivery { year: 2022 number: 12 }
    }
  }
)pb";

class AnalystTest : public IngestFixture {
 protected:
  v1::AppendEventsRequest Event(char id, const std::string& text = kTransfer) {
    v1::AppendEventsRequest request;
    request.set_analyst("ann");
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, request.mutable_event()));
    request.mutable_event()->set_id(std::string(16, id));
    return request;
  }

  v1::AppendEventsRequest Number(char id, int number) {
    v1::AppendEventsRequest request = Event(id);
    request.mutable_event()->mutable_present()->mutable_transfer()->mutable_delivery(0)->set_number(
        number);
    return request;
  }

  v1::AppendEventsRequest Withdrawal(char id, char withdrawn) {
    v1::AppendEventsRequest request = Event(id, "void {}");
    request.mutable_event()->mutable_void_()->set_event_id(std::string(16, withdrawn));
    return request;
  }

  std::vector<v1::AppendEventsResponse> Append(
      const std::vector<v1::AppendEventsRequest>& requests) {
    auto responses = analysts_->Append(requests);
    EXPECT_TRUE(responses.ok()) << responses.status();
    return responses.value_or(std::vector<v1::AppendEventsResponse>());
  }

  v1::AppendEventsResponse Append(const v1::AppendEventsRequest& request) {
    const auto responses = Append(std::vector<v1::AppendEventsRequest>{request});
    return responses.size() == 1 ? responses.front() : v1::AppendEventsResponse();
  }

  static std::vector<std::string> Fields(const v1::AppendEventsResponse& response) {
    std::vector<std::string> fields;
    for (const v1::FieldViolation& violation : response.violation()) {
      EXPECT_FALSE(violation.reason().empty()) << violation.field();
      fields.push_back(violation.field());
    }
    return fields;
  }

  v1::Event At(uint64_t sequence) {
    auto rows = views_->Read();
    auto event = EventAt(*rows, sequence);
    EXPECT_TRUE(event.ok()) << event.status();
    return event.value_or(v1::Event());
  }

  // The number delivered that holds now, "absent" or "unknown".
  std::string Now(const std::string& record = "bayraktar") {
    auto rows = views_->Read();
    auto statement = LatestAt(*rows, "analyst:ann", record, {});
    EXPECT_TRUE(statement.ok()) << statement.status();
    if (!statement.ok() || !statement->has_value()) return "unknown";
    if (!(*statement)->row.present()) return "absent";
    return absl::StrCat(
        At((*statement)->version.sequence).present().transfer().delivery(0).number());
  }
};

TEST_F(AnalystTest, AnEventIsFilledInAndAcknowledgedWithItsSequence) {
  const v1::AppendEventsResponse response = Append(Event('a'));
  EXPECT_THAT(Fields(response), ElementsAre());
  EXPECT_EQ(response.event_id(), std::string(16, 'a'));
  EXPECT_EQ(response.sequence(), 3u);
  EXPECT_FALSE(response.repeated_id());
  const v1::Event event = At(3);
  EXPECT_EQ(event.source(), "analyst:ann");
  EXPECT_EQ(event.author(), "ann");
  EXPECT_EQ(event.cause(), v1::CAUSE_SOURCE);
  EXPECT_EQ(event.content_digest(), ContentDigest(event));
  EXPECT_EQ(ToTime(event.stamp().time()), now_);
  EXPECT_EQ(event.stamp().precision(), v1::PRECISION_SECOND);
  EXPECT_EQ(event.stamp().basis(), v1::BASIS_ASSUMED);
  EXPECT_EQ(event.stamp().tie(), std::string(8, 'a'));
  EXPECT_EQ(event.present().transfer().recipient().id(), "state:UKR");
}

TEST_F(AnalystTest, AnActorCanBeGivenByCodeOrByAnUnknownName) {
  v1::AppendEventsRequest request = Event('a');
  v1::Transfer& transfer = *request.mutable_event()->mutable_present()->mutable_transfer();
  transfer.mutable_supplier()->set_id("TUR");
  transfer.mutable_recipient()->set_printed_name("Atlantis");
  const v1::AppendEventsResponse response = Append(request);
  ASSERT_THAT(Fields(response), ElementsAre());
  const v1::Transfer stored = At(response.sequence()).present().transfer();
  EXPECT_EQ(stored.supplier().id(), "state:TUR");
  EXPECT_TRUE(IsUnresolved(stored.recipient().id())) << stored.recipient().id();
}

TEST_F(AnalystTest, ALaterEventCorrectsEvenWithinASecond) {
  Append(Number('z', 12));
  const v1::AppendEventsResponse second = Append(Number('a', 13));
  EXPECT_EQ(At(second.sequence()).cause(), v1::CAUSE_CORRECTION);
  EXPECT_EQ(Now(), "13");
  const auto both = Append({Number('y', 14), Number('b', 15)});
  EXPECT_THAT(Fields(both[1]), ElementsAre());
  EXPECT_EQ(Now(), "15");
}

TEST_F(AnalystTest, ABatchIsOneUnitInOrder) {
  auto other = Event('b');
  other.mutable_event()->set_record("other");
  const auto responses = Append({Number('a', 1), other, Number('c', 2)});
  ASSERT_EQ(responses.size(), 3u);
  EXPECT_EQ(responses[0].sequence(), 3u);
  EXPECT_EQ(responses[1].sequence(), 4u);
  EXPECT_EQ(responses[2].sequence(), 5u);
  EXPECT_EQ(At(3).cause(), v1::CAUSE_SOURCE);
  EXPECT_EQ(At(5).cause(), v1::CAUSE_CORRECTION);
}

TEST_F(AnalystTest, ARepeatedIdIsStoredOnce) {
  EXPECT_EQ(Append(Event('a')).sequence(), 3u);
  now_ += absl::Hours(1);
  const v1::AppendEventsResponse again = Append(Event('a'));
  EXPECT_TRUE(again.repeated_id());
  EXPECT_EQ(again.sequence(), 3u);
  EXPECT_EQ(Head(), 3u);
}

TEST_F(AnalystTest, AnIdRepeatedWithinABatchIsStoredOnce) {
  const auto responses = Append({Event('a'), Event('a'), Number('a', 13)});
  EXPECT_EQ(responses[0].sequence(), 3u);
  EXPECT_TRUE(responses[1].repeated_id());
  EXPECT_EQ(responses[1].sequence(), 3u);
  EXPECT_THAT(Fields(responses[2]), ElementsAre("event.id"));
  EXPECT_EQ(responses[2].sequence(), 0u);
}

TEST_F(AnalystTest, AnIdOfAnotherContentIsRefused) {
  Append(Event('a'));
  EXPECT_THAT(Fields(Append(Number('a', 13))), ElementsAre("event.id"));
  v1::AppendEventsRequest graded = Event('a');
  graded.mutable_event()->set_credibility(v1::CREDIBILITY_CONFIRMED);
  EXPECT_THAT(Fields(Append(graded)), ElementsAre("event.id"));
  EXPECT_EQ(Head(), 3u);
}

TEST_F(AnalystTest, TwoAnalystsIdsAreApart) {
  Append(Event('a'));
  v1::AppendEventsRequest other = Event('a');
  other.set_analyst("bob");
  EXPECT_EQ(Append(other).sequence(), 4u);
}

TEST_F(AnalystTest, ACorrectionAtTheSameGivenTimeWinsWhateverItsId) {
  const auto at_noon = [&](char id, int number) {
    v1::AppendEventsRequest request = Number(id, number);
    request.mutable_event()->mutable_stamp()->mutable_time()->set_seconds(1'700'000'000);
    return request;
  };
  EXPECT_EQ(At(Append(at_noon('m', 12)).sequence()).stamp().ordinal(), 0u);
  EXPECT_EQ(At(Append(at_noon('z', 13)).sequence()).stamp().ordinal(), 1u);
  EXPECT_EQ(Now(), "13");
  const v1::AppendEventsResponse third = Append(at_noon('a', 14));
  EXPECT_EQ(At(third.sequence()).stamp().ordinal(), 2u);
  EXPECT_EQ(Now(), "14");
  const auto batch = Append({at_noon('y', 15), at_noon('b', 16)});
  EXPECT_THAT(Fields(batch[1]), ElementsAre());
  EXPECT_EQ(Now(), "16");
  const v1::AppendEventsResponse again = Append(at_noon('a', 14));
  EXPECT_TRUE(again.repeated_id());
  EXPECT_EQ(again.sequence(), third.sequence());
  EXPECT_EQ(Now(), "16");
}

TEST_F(AnalystTest, AnOrdinalOrATieThatIsGivenIsKept) {
  Append(Number('a', 12));
  v1::AppendEventsRequest placed = Number('b', 13);
  *placed.mutable_event()->mutable_stamp() = At(3).stamp();
  placed.mutable_event()->mutable_stamp()->set_ordinal(7);
  placed.mutable_event()->mutable_stamp()->clear_tie();
  v1::Event stored = At(Append(placed).sequence());
  EXPECT_EQ(stored.stamp().ordinal(), 7u);
  EXPECT_EQ(stored.stamp().tie(), std::string(8, 'b'));
  EXPECT_TRUE(Append(placed).repeated_id());

  placed = Number('c', 14);
  *placed.mutable_event()->mutable_stamp() = At(3).stamp();
  placed.mutable_event()->mutable_stamp()->set_tie("\x01too low");
  placed.mutable_event()->mutable_stamp()->mutable_tie()->resize(8);
  stored = At(Append(placed).sequence());
  EXPECT_EQ(stored.stamp().ordinal(), 0u);
  EXPECT_EQ(Now(), "13");
  placed.mutable_event()->mutable_stamp()->set_ordinal(4'000'000'000);
  EXPECT_THAT(Fields(Append(placed)), ElementsAre("event.stamp.ordinal"));
}

TEST_F(AnalystTest, AVoidWithdrawsAStatementByItsId) {
  Append(Number('a', 12));
  now_ += absl::Seconds(10);
  const v1::Event second = At(Append(Number('b', 13)).sequence());
  const v1::AppendEventsResponse done = Append(Withdrawal('c', 'b'));
  EXPECT_THAT(Fields(done), ElementsAre());
  const v1::Event stored = At(done.sequence());
  EXPECT_EQ(stored.cause(), v1::CAUSE_CORRECTION);
  EXPECT_EQ(stored.record(), "bayraktar");
  EXPECT_EQ(stored.stamp().SerializeAsString(), second.stamp().SerializeAsString());
  EXPECT_EQ(stored.void_().event_id(), std::string(16, 'b'));
  EXPECT_EQ(Now(), "12");

  v1::AppendEventsRequest of_record = Withdrawal('d', 'a');
  of_record.mutable_event()->set_record("bayraktar");
  EXPECT_THAT(Fields(Append(of_record)), ElementsAre());
  EXPECT_EQ(Now(), "unknown");
  EXPECT_TRUE(Append(of_record).repeated_id());
  EXPECT_TRUE(Append(Withdrawal('c', 'b')).repeated_id());
  EXPECT_THAT(Fields(Append(Withdrawal('c', 'a'))), ElementsAre("event.id"));
}

TEST_F(AnalystTest, AVoidOfNothingThatStandsIsRefused) {
  const v1::Event first = At(Append(Event('a')).sequence());
  const auto expect_refused = [&](v1::AppendEventsRequest request, const std::string& field,
                                  const std::string& reason) {
    const v1::AppendEventsResponse response = Append(request);
    EXPECT_THAT(Fields(response), ElementsAre(field));
    EXPECT_THAT(response.violation(0).reason(), HasSubstr(reason));
  };
  const std::string field = "event.void.event_id";
  expect_refused(Withdrawal('v', 'x'), field, "no event of analyst:ann");
  v1::AppendEventsRequest request = Withdrawal('v', 'a');
  request.set_analyst("bob");
  expect_refused(request, field, "no event of analyst:bob");
  request = Withdrawal('v', 'a');
  request.mutable_event()->set_record("other");
  expect_refused(request, field, "is of record bayraktar, expected one of other");
  request = Withdrawal('v', 'a');
  *request.mutable_event()->mutable_stamp() = first.stamp();
  expect_refused(request, "event.stamp", "expected to be unset");
  request = Withdrawal('v', 'a');
  request.mutable_event()->mutable_void_()->clear_event_id();
  expect_refused(request, field, "expected the 16");

  EXPECT_THAT(Fields(Append(Withdrawal('v', 'a'))), ElementsAre());
  expect_refused(Withdrawal('w', 'a'), field, "was withdrawn before");
  expect_refused(Withdrawal('w', 'v'), field, "is the id of a withdrawal");
}

TEST_F(AnalystTest, ABatchKnowsWhatItHasWithdrawn) {
  Append(Number('a', 1));
  const auto responses = Append({Withdrawal('v', 'a'), Withdrawal('w', 'a'), Number('b', 2),
                                 Withdrawal('x', 'b'), Withdrawal('y', 'b'), Number('c', 3)});
  EXPECT_THAT(Fields(responses[0]), ElementsAre());
  EXPECT_THAT(Fields(responses[1]), ElementsAre("event.void.event_id"));
  EXPECT_THAT(Fields(responses[2]), ElementsAre());
  EXPECT_THAT(Fields(responses[3]), ElementsAre());
  EXPECT_THAT(Fields(responses[4]), ElementsAre("event.void.event_id"));
  EXPECT_THAT(Fields(responses[5]), ElementsAre());
  EXPECT_EQ(Now(), "3");
}

TEST_F(AnalystTest, AnAbsenceEndsWhatIsKnown) {
  const std::string absent = R"pb(record: "bayraktar"
                                  absent {})pb";
  EXPECT_THAT(Fields(Append(Event('a', absent))), ElementsAre("event.absent"));
  Append(Event('b'));
  EXPECT_THAT(Fields(Append(Event('c', absent))), ElementsAre());
  EXPECT_EQ(Now(), "absent");
}

TEST_F(AnalystTest, WhatABatchWithdrewIsNotKnownToItsRest) {
  Append(Event('a'));
  const auto responses = Append({Withdrawal('b', 'a'), Event('c', R"pb(record: "bayraktar"
                                                                       absent {})pb"),
                                 Number('d', 5)});
  EXPECT_THAT(Fields(responses[0]), ElementsAre());
  EXPECT_THAT(Fields(responses[1]), ElementsAre("event.absent"));
  EXPECT_THAT(Fields(responses[2]), ElementsAre());
  EXPECT_EQ(At(responses[2].sequence()).cause(), v1::CAUSE_SOURCE);
  EXPECT_EQ(Now(), "5");
}

TEST_F(AnalystTest, AllThatIsWrongIsNamedAtOnce) {
  v1::AppendEventsRequest request = Event('a', R"pb(
    source: "sipri-deals"
    edition_id: "x"
    locator { line: 1 }
    cause: CAUSE_SOURCE
    adapter_version: 1
    content_digest: "x"
    stamp {
      time { seconds: 1900000000 }
      tie: "short"
    }
    citations {}
    citations {
      url: "https://example.org"
      publish_date { year: 2024 month: 13 }
    }
    effective {
      from {
        earliest_date { year: 2024 }
        latest_date { year: 2023 }
      }
    }
    present {
      transfer {
        supplier { id: "state:NOWHERE" }
        order_date { year: 2023 month: 2 day: 30 }
        number_ordered: -1
        tiv_order_thousandths: -5
        delivery { year: 2022 year: 2021 number: -3 }
        delivery { year: 0 }
        delivery { year: 2020 years_are_span: true }
      }
    }
  )pb");
  request.mutable_event()->set_id("short");
  request.mutable_event()->set_reliability(static_cast<v1::Reliability>(99));
  request.set_analyst("no blanks");
  EXPECT_THAT(
      Fields(Append(request)),
      UnorderedElementsAre(
          "analyst", "event.id", "event.record", "event.source", "event.edition_id",
          "event.locator", "event.cause", "event.adapter_version", "event.content_digest",
          "event.stamp.time", "event.stamp.tie", "event.citations[0]",
          "event.citations[1].publish_date", "event.reliability",
          "event.effective.from.latest_date", "event.present.transfer.supplier.id",
          "event.present.transfer.recipient", "event.present.transfer.designation",
          "event.present.transfer.order_date", "event.present.transfer.number_ordered",
          "event.present.transfer.tiv_order_thousandths",
          "event.present.transfer.delivery[0].number", "event.present.transfer.delivery[0].year",
          "event.present.transfer.delivery[1].year", "event.present.transfer.delivery[2].year"));
  EXPECT_EQ(Head(), 0u);
}

TEST_F(AnalystTest, LimitsAndEmptyStatementsAreNamed) {
  EXPECT_THAT(Fields(Append(Event('a', R"pb(record: "r")pb"))), ElementsAre("event"));
  EXPECT_THAT(Fields(Append(Event('a', R"pb(record: "r"
                                            present {})pb"))),
              ElementsAre("event.present"));
  v1::AppendEventsRequest large = Event('a');
  large.mutable_event()->set_record(std::string(257, 'r'));
  for (int i = 0; i < 51; ++i) large.mutable_event()->add_citations()->set_url("https://e.org");
  large.mutable_event()->mutable_present()->mutable_transfer()->set_comment(
      std::string(300'000, 'c'));
  EXPECT_THAT(Fields(Append(large)), UnorderedElementsAre("", "event.record", "event.citations",
                                                          "event.present.transfer.comment"));
  v1::AppendEventsRequest zero = Event('a');
  zero.mutable_event()->set_record(std::string("r\0x", 3));
  EXPECT_THAT(Fields(Append(zero)), ElementsAre("event.record"));
}

TEST_F(AnalystTest, ARefusedEventDoesNotHoldItsBatchBack) {
  v1::AppendEventsRequest wrong = Event('b');
  wrong.mutable_event()->clear_record();
  const auto responses = Append({Event('a'), wrong, Number('c', 13)});
  EXPECT_EQ(responses[0].sequence(), 3u);
  EXPECT_EQ(responses[1].sequence(), 0u);
  EXPECT_THAT(Fields(responses[1]), ElementsAre("event.record"));
  EXPECT_EQ(responses[2].sequence(), 4u);
}

TEST_F(AnalystTest, ABatchGoesInOnceThroughAFailureOfTheLog) {
  log_->Fail(FaultyLog::Fault::kAfterCommit, 1);
  EXPECT_EQ(Append(Event('a')).sequence(), 3u);
  log_->Fail(FaultyLog::Fault::kBeforeCommit, 1);
  EXPECT_EQ(Append(Number('b', 13)).sequence(), 6u);  // after the two openings
  EXPECT_EQ(Now(), "13");
}

}  // namespace
}  // namespace dossier
