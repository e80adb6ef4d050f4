// The published orders as JSON, read whole; and what the adapter's header says of the meaning of
// keys, held against the register.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "services/ingest/sources/sipri_deals_csv.h"
#include "services/ingest/sources/sipri_orders_json.h"
#include "services/ingest/sources/sipri_register_csv.h"
#include "services/model/contents.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string RealFile(const std::string& name) {
  std::ifstream file(absl::StrCat(DOSSIER_SOURCE_DIR, "/../shared/data/transfers/", name),
                     std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string Orders() { return RealFile("sipri_api_orders_supplier_russia_2024.json"); }

// An object's keys and values as the record has kept them.
nlohmann::json Kept(const EditionRecord& record) {
  const v1::Transfer& t = record.present.transfer();
  nlohmann::json kept = {{"tradeId", std::stoll(t.deal_id())},
                         {"buyer", t.recipient().printed_name()},
                         {"seller", t.supplier().printed_name()},
                         {"orderYr", t.order_date().year()},
                         {"orderYrEst", t.order_date_is_estimate()},
                         {"unitsEst", t.number_ordered_is_estimate()},
                         {"deliveryYr", t.delivery_size() > 0 ? t.delivery(0).year(0) : 0},
                         {"status", t.condition() == v1::CONDITION_NEW           ? "N"
                                    : t.condition() == v1::CONDITION_SECOND_HAND ? "S"
                                                                                 : "R"},
                         {"statusEst", false},
                         {"desg", t.designation()},
                         {"desc", t.description()},
                         {"category", t.category()}};
  const std::string& element = record.element;
  kept["id"] = std::stoll(element.substr(element.rfind(' ') + 1));
  if (t.has_number_ordered()) kept["units"] = t.number_ordered();
  for (const std::string& raw : record.raw) {
    const size_t blank = raw.find(' ');
    kept[raw.substr(0, blank)] = nlohmann::json::parse(raw.substr(blank + 1));
  }
  return kept;
}

TEST(SipriOrdersJsonRealFilesTest, EveryOrderIsReadAndNoValueIsLost) {
  const std::string bytes = Orders();
  if (bytes.empty()) GTEST_SKIP() << "the orders are not beside the project";
  const TableReading reading = ReadTable(SipriOrdersJsonFormat(), bytes, 64 << 10);
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.rejections, IsEmpty());
  EXPECT_EQ(PrintScope(reading.facts.scope), "supplier in {state:RUS} & additions only");
  EXPECT_EQ(PrintDate(reading.facts.covers_until), "2023-12-31");
  EXPECT_THAT(
      reading.facts.warnings,
      ElementsAre(
          "the file does not say what it selects; its rows show supplier Russia, any "
          "recipient, orders of 1990 to 2023; what it does not hold is not taken as ended",
          "of 1213 orders, 1169 have a year of delivery, read as that of the last one; whether "
          "units of the others were delivered is not said"));
  nlohmann::json printed = nlohmann::json::parse(bytes);
  ASSERT_EQ(printed.size(), 1213u);
  ASSERT_EQ(reading.records.size(), printed.size());
  for (size_t i = 0; i < printed.size(); ++i) {
    const EditionRecord& record = reading.records[i];
    for (const char* text : {"desg", "desc"}) {
      std::string value = printed[i][text];
      absl::StripAsciiWhitespace(&value);
      printed[i][text] = value;
    }
    ASSERT_EQ(Kept(record), printed[i]) << record.key;
    ASSERT_TRUE(IsWellFormed(record.present)) << record.key;
    EXPECT_FALSE(IsUnresolved(record.present.transfer().recipient().id())) << record.key;
  }
}

TEST(SipriOrdersJsonRealFilesTest, TheRegisterHasAsManyDealsSince1990) {
  const TableReading table =
      ReadTable(SipriRegisterCsvFormat(), RealFile("sipri_register_16col_2024-03-18.csv"));
  if (table.records.empty()) GTEST_SKIP() << "the register is not beside the project";
  size_t deals = 0, without_delivery = 0;
  for (const EditionRecord& record : table.records) {
    const v1::Transfer& deal = record.present.transfer();
    if (deal.supplier().id() != "state:RUS" || deal.order_date().year() < 1990) continue;
    ++deals;
    without_delivery += deal.delivery_size() == 0;
  }
  EXPECT_EQ(deals, 1213u);
  // 16 open ones, and the 3 that the JSON gives a year of delivery.
  EXPECT_EQ(without_delivery, 19u);
}

// A deal of the register, from its rows of single years.
struct Deal {
  v1::Transfer transfer;
  int last_year = 0;
  int64_t units = 0;
};

std::map<std::string, Deal> Register() {
  std::map<std::string, Deal> deals;
  for (const char* name : {"sipri_register_17col_id_1950-1989_2024-04-16.csv",
                           "sipri_register_17col_id_1990-2023_2024-04-13.csv"}) {
    for (const EditionRecord& record : ReadTable(SipriDealsCsvFormat(), RealFile(name)).records) {
      const v1::Transfer& transfer = record.present.transfer();
      Deal& deal = deals[transfer.deal_id()];
      deal.transfer = transfer;
      deal.last_year = std::max<int>(deal.last_year, transfer.delivery(0).year(0));
      deal.units += transfer.delivery(0).number();
    }
  }
  return deals;
}

TEST(SipriOrdersJsonRealFilesTest, KeysMeanWhatTheRegisterSays) {
  const std::map<std::string, Deal> deals = Register();
  const TableReading reading = ReadTable(SipriOrdersJsonFormat(), Orders());
  if (deals.empty() || reading.records.empty()) {
    GTEST_SKIP() << "the register and the orders are not beside the project";
  }
  size_t not_found_with_year = 0, found = 0, finished = 0, in_full = 0, open = 0, local = 0;
  for (const EditionRecord& record : reading.records) {
    const v1::Transfer& order = record.present.transfer();
    const auto known = deals.find(record.key);
    if (known == deals.end()) {
      not_found_with_year += order.delivery_size() > 0;
      continue;
    }
    const auto& [deal, last_year, units] = known->second;
    ++found;
    EXPECT_EQ(order.supplier().id(), deal.supplier().id()) << record.key;
    EXPECT_EQ(order.recipient().id(), deal.recipient().id()) << record.key;
    EXPECT_EQ(order.designation(), deal.designation()) << record.key;
    EXPECT_EQ(order.category(), deal.category()) << record.key;
    EXPECT_EQ(order.order_date().year(), deal.order_date().year()) << record.key;
    EXPECT_EQ(order.order_date_is_estimate(), deal.order_date_is_estimate()) << record.key;
    EXPECT_EQ(order.condition(), deal.condition()) << record.key;
    EXPECT_EQ(order.local_production(), deal.local_production()) << record.key;
    local += order.local_production();
    if (order.delivery_size() == 0) {
      ++open;
      continue;
    }
    ++finished;
    EXPECT_EQ(order.delivery(0).year(0), last_year) << record.key;
    in_full += order.number_ordered() == units;
  }
  EXPECT_EQ(found, 1194u);
  EXPECT_EQ(not_found_with_year, 3u);
  EXPECT_EQ(finished, 1166u);
  EXPECT_EQ(in_full, 1165u);
  EXPECT_EQ(open, 28u);
  EXPECT_EQ(local, 62u);
  std::set<std::string> keys;
  for (const EditionRecord& record : reading.records) keys.insert(record.key);
  size_t not_held = 0;
  for (const auto& [id, deal] : deals) {
    if (deal.transfer.supplier().id() != "state:RUS" || keys.contains(id)) continue;
    ++not_held;
    EXPECT_LT(deal.transfer.order_date().year(), 1990) << id;
  }
  EXPECT_EQ(not_held, 35u);
}

}  // namespace
}  // namespace dossier
