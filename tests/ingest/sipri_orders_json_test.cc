#include "services/ingest/sources/sipri_orders_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_replace.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::string& Slice() {
  static const auto& bytes = *new std::string([] {
    std::ifstream file(DOSSIER_SOURCE_DIR "/tests/testdata/sipri_orders.json", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }());
  return bytes;
}

TableReading ReadOrders(std::string_view bytes, size_t chunk_size = 1 << 20) {
  return ReadTable(SipriOrdersJsonFormat(), bytes, chunk_size);
}

std::string With(const std::string& from, const std::string& to) {
  EXPECT_THAT(Slice(), HasSubstr(from));
  return absl::StrReplaceAll(Slice(), {{from, to}});
}

TEST(SipriOrdersJsonTest, EveryKeyIsKept) {
  const TableReading reading = ReadOrders(Slice());
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.rejections, IsEmpty());
  ASSERT_THAT(reading.Keys(), ElementsAre("501", "502", "503"));
  const auto shown = [&](size_t i) {
    return reading.records[i].present.transfer().ShortDebugString();
  };
  EXPECT_EQ(shown(0),
            "deal_id: \"501\" supplier { id: \"state:FRA\" printed_name: \"France\" } recipient { "
            "id: \"state:MAR\" printed_name: \"Morocco\" } designation: \"Zephyr-2\" description: "
            "\"recce satellite\" category: \"Satellites\" order_date { year: 2013 } "
            "order_date_is_estimate: true number_ordered: 2 delivery { year: 2018 } condition: "
            "CONDITION_NEW");
  EXPECT_EQ(shown(1),
            "deal_id: \"502\" supplier { id: \"state:FRA\" printed_name: \"France\" } recipient { "
            "id: \"state:PER\" printed_name: \"Peru\" } designation: \"Boreas\" description: "
            "\"SAM system\" category: \"Air defence systems\" order_date { year: 1995 } "
            "number_ordered_is_estimate: true condition: CONDITION_SECOND_HAND local_production: "
            "true");
  EXPECT_EQ(shown(2),
            "deal_id: \"503\" supplier { id: \"state:FRA\" printed_name: \"France\" } recipient { "
            "id: \"unresolved:sipri-orders:Anywhere Isles\" printed_name: \"Anywhere Isles\" } "
            "designation: \"S\\303\\266der\" description: \"mortar\" category: \"Artillery\" "
            "delivery { year: 2001 }");
  EXPECT_THAT(reading.records[0].raw, IsEmpty());
  EXPECT_THAT(
      reading.records[1].raw,
      ElementsAre("colour { \"name\": [\"grey\", 7] }", "locInvolvement 126074", "note 126064",
                  "reason1700 126058", "speed 2.5", "statusEst true", "transferType 126067"));
  EXPECT_THAT(reading.records[2].raw, ElementsAre("locInvolvement 126099", "status \"X\""));
}

TEST(SipriOrdersJsonTest, AnOrderIsFoundByItsLinesAndItsNumbers) {
  const TableReading reading = ReadOrders(Slice());
  ASSERT_EQ(reading.records.size(), 3u);
  EXPECT_EQ(reading.records[0].line, 2u);
  EXPECT_EQ(reading.records[0].line_end, 17u);
  EXPECT_EQ(reading.records[0].element, "trade 501, id 900001");
  EXPECT_EQ(reading.records[2].line, 39u);
  EXPECT_EQ(reading.records[2].line_end, 39u);
}

TEST(SipriOrdersJsonTest, TheScopeIsWhatRowsShowAndSilenceEndsNothing) {
  const EditionFacts facts = ReadOrders(Slice()).facts;
  EXPECT_EQ(facts.source, "sipri-orders");
  EXPECT_FALSE(facts.stamp.has_time());
  EXPECT_EQ(PrintScope(facts.scope), "supplier in {state:FRA} & additions only");
  EXPECT_EQ(PrintDate(facts.covers_until), "2018-12-31");
  EXPECT_THAT(
      facts.warnings,
      ElementsAre("the file does not say what it selects; its rows show supplier France, any "
                  "recipient, orders of 1995 to 2013; what it does not hold is not taken as ended",
                  "of 3 orders, 2 have a year of delivery, read as that of the last one; whether "
                  "units of the others were delivered is not said"));
  const EditionFacts of_one_buyer =
      ReadOrders(
          absl::StrReplaceAll(Slice(), {{"Morocco", "Peru"},
                                        {"Anywhere Isles", "Peru"},
                                        {"\"seller\": \"France\"", "\"seller\": \"Italy\""}}))
          .facts;
  EXPECT_EQ(PrintScope(of_one_buyer.scope), "recipient in {state:PER} & additions only");
}

TEST(SipriOrdersJsonTest, AnyChunkingAndLayoutReadsTheSame) {
  const TableReading whole = ReadOrders(Slice());
  ASSERT_EQ(whole.records.size(), 3u);
  for (size_t chunk_size : {1, 7, 64}) {
    EXPECT_EQ(ReadOrders(Slice(), chunk_size).Digests(), whole.Digests()) << chunk_size;
  }
  EXPECT_EQ(ReadOrders("\xef\xbb\xbf" + Slice()).Digests(), whole.Digests());
  EXPECT_EQ(ReadOrders(With("\n", "\r\n")).Digests(), whole.Digests());
  const TableReading small = ReadOrders(With("\n", ""));
  EXPECT_EQ(small.Digests(), whole.Digests());
  EXPECT_EQ(small.records[1].line_end, 1u);
}

TEST(SipriOrdersJsonTest, AnOrderThatCannotBeReadIsRejectedAndSaysWhere) {
  const auto rejected = [](const std::string& from, const std::string& to) {
    const TableReading reading = ReadOrders(With(from, to));
    EXPECT_TRUE(reading.status.ok()) << reading.status;
    EXPECT_EQ(reading.records.size(), 2u);
    EXPECT_EQ(reading.rejected_keys.size(), 1u);
    return reading.rejections.at(0) + " [" + reading.rejected_keys.at(0) + "]";
  };
  EXPECT_EQ(rejected("\"tradeId\": 502", "\"tradeId\": \"502\""),
            "20:20: tradeId: found \"\"502\"\": expected a whole number of 0 to 1000000000 [none]");
  EXPECT_EQ(rejected("        \"buyer\": \"Peru\",\n", ""),
            "18:5: buyer: the key is missing: expected a text without a NUL [502]");
  EXPECT_EQ(rejected("\"Peru\"", "null"),
            "18:5: buyer: found null: expected a text without a NUL "
            "[502]");
  EXPECT_EQ(rejected("\"Peru\"", "\" \""),
            "21:18: buyer: found \"\" \"\": expected the name of a party [502]");
  EXPECT_EQ(rejected("\"Boreas\"", "\"a\\u0000b\""),
            "33:17: desg: found \"\"a\\u0000b\"\": expected a text without a NUL [502]");
  EXPECT_EQ(rejected("\"unitsEst\": true", "\"unitsEst\": 1"),
            "25:21: unitsEst: found \"1\": expected true or false [502]");
  EXPECT_EQ(rejected("\"units\": 2,", "\"units\": 2.5,"),
            "9:18: units: found \"2.5\": expected a whole number of 0 to 1000000000 [501]");
  EXPECT_EQ(rejected("\"units\": 2,", "\"units\": -2,"),
            "9:18: units: found \"-2\": expected a whole number of 0 to 1000000000 [501]");
  EXPECT_EQ(rejected("\"units\": 2,", "\"units\": [2],"),
            "9:18: units: found \"[2]\": expected a whole number of 0 to 1000000000 [501]");
  EXPECT_EQ(rejected("\"units\": 2,", "\"units\": 99999999999999999999,"),
            "9:18: units: found \"99999999999999999999\": expected a whole number of 0 to "
            "1000000000 [501]");
  EXPECT_EQ(rejected("\"orderYr\": 1995", "\"orderYr\": 95"),
            "23:20: orderYr: found \"95\": expected a year of 1900 to 2100, or 0 for none [502]");
  EXPECT_EQ(rejected("\"deliveryYr\":2001", "\"deliveryYr\":2101"),
            "39:149: deliveryYr: found \"2101\": expected a year of 1900 to 2100, or 0 for none "
            "[503]");
  EXPECT_EQ(rejected("\"note\": 126064", "\"buyer\": \"Peru\""),
            "32:18: buyer: the key stands there twice: expected once [502]");
  EXPECT_EQ(rejected("\"tradeId\":503", "\"tradeId\":502"),
            "39:0: : record 502 stands in line 18 already: expected one of each [502]");
  EXPECT_EQ(rejected("\"mortar\"", "\"" + std::string(66'000, 'x') + "\""),
            "39:5: : the order has 66253 bytes: expected at most 65536 [503]");
}

TEST(SipriOrdersJsonTest, WhatIsNoOrderIsRejected) {
  const auto rejected = [](const std::string& element) {
    const TableReading reading =
        ReadOrders(With("    {\"id\":900008", element + ", {\"id\":900008"));
    EXPECT_EQ(reading.records.size(), 3u);
    return reading.rejections.at(0);
  };
  EXPECT_EQ(rejected("17"), "39:1: : found \"17\": expected an order, { \"id\": ... }");
  EXPECT_EQ(rejected(" \"x\""), "39:2: : found \"\"x\"\": expected an order, { \"id\": ... }");
  EXPECT_EQ(rejected("[{\"id\": 1}, 2]"),
            "39:1: : found \"[{\"id\": 1}, 2]\": expected an order, { \"id\": ... }");
}

TEST(SipriOrdersJsonTest, AFileThatIsNoArrayOfOrdersIsRefused) {
  const auto refused = [](const std::string& bytes) { return Message(ReadOrders(bytes).status); };
  EXPECT_EQ(refused("{\"error\": 5}"),
            "line 1: column 1: found \"{\"error\": 5}\": expected an array of orders, [ { \"id\": "
            "... } ... ]");
  EXPECT_THAT(refused("{\"err\xe9\": 5}"),
              StartsWith("line 1: column 1: found \"{\"err\ufffd\": 5}\": expected an array"));
  EXPECT_EQ(refused(" 12"),
            "line 1: column 2: found \"12\": expected an array of orders, [ { \"id\": ... } ... ]");
  EXPECT_EQ(refused("[]"), "line 1: no records: expected an order, { \"id\": ... }");
  EXPECT_EQ(refused("[1]"),
            "line 1: column 2: none of the 1 records could be read; the first: "
            "found \"1\": expected an order, { \"id\": ... }");
  EXPECT_EQ(refused(Slice().substr(0, Slice().find("\"reason1700\""))),
            "line 31: column 9: this is no JSON: while parsing object key - unexpected end of "
            "input; expected string literal");
  EXPECT_EQ(refused(Slice() + "x"),
            "line 41: column 1: this is no JSON: while parsing value - invalid literal; last read: "
            "'\"Artillery\"}<U+000A>]<U+000A>x'; expected end of input");
  EXPECT_EQ(
      refused(With("\"buyer\": \"Peru\",", "\"buyer\": \"Peru\"")),
      "line 22: column 16: this is no JSON: while parsing object - unexpected string literal; "
      "expected '}'");
  EXPECT_EQ(refused(With("Peru", "P\xe9ru")),
            "line 21: column 21: this is no JSON: while parsing value - invalid string: ill-formed "
            "UTF-8 byte; last read: '\"P\u00e9r'");
  EXPECT_EQ(refused(With("2.5", "2e999")),
            "line 37: column 22: this is no JSON: number overflow parsing '2e999'");
}

TEST(SipriOrdersJsonTest, TheFormatIsKnownByItsKeysOrAskedFor) {
  const auto recognised = [](std::string_view bytes, std::string_view source = "") {
    return SipriOrdersJsonFormat().recognises({bytes, "", source});
  };
  EXPECT_TRUE(recognised(Slice()));
  EXPECT_TRUE(recognised("\xef\xbb\xbf\n [{\"tradeId\""));
  EXPECT_TRUE(recognised("[]", "sipri-orders"));
  EXPECT_FALSE(recognised("[]"));
  EXPECT_FALSE(recognised("{\"tradeId\": 1}"));
}

}  // namespace
}  // namespace dossier
