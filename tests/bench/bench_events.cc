#include "tests/bench/bench_events.h"

#include <glog/logging.h>

#include <array>
#include <filesystem>
#include <random>

#include "services/model/event_id.h"

namespace dossier {
namespace {

constexpr int64_t kPublished = 1'713'304'800;  // 2024-04-16
constexpr std::array kStates = {"USA", "RUS", "CHN", "FRA", "DEU", "GBR", "ITA", "ISR",
                                "IND", "PAK", "SAU", "EGY", "IRN", "PRK", "KOR", "JPN",
                                "TUR", "UKR", "POL", "DZA", "BRA", "AUS", "VNM", "IDN"};
constexpr std::array kCategories = {"Aircraft", "Missiles", "Armoured vehicles", "Ships"};

v1::Event MakeTransferEvent(size_t number, std::mt19937& random) {
  const auto below = [&](uint32_t bound) { return static_cast<uint32_t>(random() % bound); };
  v1::Event event;
  const int year = 1950 + static_cast<int>(below(74));
  const std::string deal = std::to_string(10'000 + number);
  event.set_source("sipri-deals");
  event.set_record(deal + "/" + std::to_string(year));
  event.set_edition_id("0123456789abcdef");
  event.mutable_stamp()->mutable_time()->set_seconds(kPublished);
  event.mutable_stamp()->set_precision(v1::PRECISION_SECOND);
  event.mutable_stamp()->set_tie("12345678");
  event.mutable_locator()->set_file_name("register.csv");
  event.mutable_locator()->set_line(static_cast<uint32_t>(number));
  event.set_cause(v1::CAUSE_SOURCE);
  event.set_adapter_version(1);
  v1::Transfer& transfer = *event.mutable_present()->mutable_transfer();
  transfer.set_deal_id(deal);
  // Skewed, as real trade is: the first states take most of it.
  const auto state = [&] {
    return kStates[std::min(below(kStates.size()), below(kStates.size()))];
  };
  for (v1::ActorRef* actor : {transfer.mutable_supplier(), transfer.mutable_recipient()}) {
    const std::string code = state();
    actor->set_id("state:" + code);
    actor->set_printed_name("State of " + code);
  }
  transfer.set_designation("Model-" + std::to_string(below(500)));
  transfer.set_description("fighter/ground attack aircraft");
  transfer.set_category(kCategories[below(kCategories.size())]);
  transfer.mutable_order_date()->set_year(year - 1);
  v1::Delivery& delivery = *transfer.add_delivery();
  delivery.add_year(year);
  delivery.set_number(1 + below(200));
  delivery.set_number_is_estimate(below(2) == 0);
  transfer.set_condition(v1::CONDITION_NEW);
  transfer.set_tiv_new_unit_thousandths(1 + below(50'000));
  transfer.set_tiv_deal_unit_thousandths(transfer.tiv_new_unit_thousandths());
  transfer.set_tiv_delivered_thousandths(transfer.tiv_deal_unit_thousandths() * delivery.number());
  event.set_content_digest(ContentDigest(event));
  event.set_id(EditionEventId(event.edition_id(), 1, event));
  return event;
}

}  // namespace

std::vector<v1::Event> MakeTransferEvents(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<v1::Event> events;
  events.reserve(count);
  for (size_t i = 0; i < count; ++i) events.push_back(MakeTransferEvent(i, random));
  return events;
}

v1::Event SoldBy(const v1::Event& event, const std::string& state) {
  v1::Event sold = event;
  v1::ActorRef& supplier = *sold.mutable_present()->mutable_transfer()->mutable_supplier();
  supplier.set_id("state:" + state);
  supplier.set_printed_name("State of " + state);
  sold.set_content_digest(ContentDigest(sold));
  sold.set_id(EditionEventId(sold.edition_id(), 1, sold));
  return sold;
}

v1::Event Revise(const v1::Event& event, int days, int64_t number) {
  v1::Event revised = event;
  v1::Transfer& transfer = *revised.mutable_present()->mutable_transfer();
  transfer.mutable_delivery(0)->set_number(number);
  transfer.set_tiv_delivered_thousandths(transfer.tiv_deal_unit_thousandths() * number);
  revised.mutable_stamp()->mutable_time()->set_seconds(kPublished + int64_t{days} * 86'400);
  revised.set_content_digest(ContentDigest(revised));
  revised.set_id(EditionEventId(revised.edition_id(), 1, revised));
  return revised;
}

std::string EventPayload(const v1::Event& event) {
  v1::LogEntry entry;
  *entry.mutable_event() = event;
  return entry.SerializeAsString();
}

std::string EditionPayload(int days) {
  v1::LogEntry entry;
  v1::EditionLoaded& loaded = *entry.mutable_edition_loaded();
  loaded.set_edition_id("0123456789abcdef");
  loaded.set_source("sipri-deals");
  loaded.mutable_stamp()->mutable_time()->set_seconds(kPublished + int64_t{days} * 86'400);
  loaded.mutable_stamp()->set_precision(v1::PRECISION_SECOND);
  loaded.mutable_stamp()->set_tie("12345678");
  loaded.mutable_scope()->set_delivery_year_from(1950);
  loaded.mutable_scope()->set_delivery_year_to(2023);
  loaded.set_file_name("register.csv");
  loaded.mutable_covers_until()->set_year(2023);
  loaded.set_load(1);
  return entry.SerializeAsString();
}

BenchDir::BenchDir() {
  path_ = (std::filesystem::temp_directory_path() / "dossier-bench-XXXXXX").string();
  CHECK(mkdtemp(path_.data()) != nullptr) << path_;
}

BenchDir::~BenchDir() { std::filesystem::remove_all(path_); }

}  // namespace dossier
