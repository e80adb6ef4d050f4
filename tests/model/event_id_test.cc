#include "services/model/event_id.h"

#include <gtest/gtest.h>

namespace dossier {
namespace {

v1::Present Deal() {
  v1::Present present;
  v1::Transfer& transfer = *present.mutable_transfer();
  transfer.set_deal_id("32502");
  transfer.mutable_supplier()->set_id("state:CHN");
  transfer.mutable_supplier()->set_printed_name("China");
  transfer.mutable_recipient()->set_id("state:DZA");
  transfer.mutable_recipient()->set_printed_name("Algeria");
  transfer.set_designation("C-802");
  transfer.set_description("anti-ship missile");
  transfer.set_category("Missiles");
  transfer.mutable_order_date()->set_year(1999);
  transfer.set_order_date_is_estimate(true);
  v1::Delivery& delivery = *transfer.add_delivery();
  delivery.add_year(2001);
  delivery.set_number(9);
  delivery.set_number_is_estimate(true);
  delivery.set_year_is_estimate(true);
  transfer.set_condition(v1::CONDITION_NEW);
  transfer.set_local_production(false);
  transfer.set_tiv_new_unit_thousandths(900);
  transfer.set_tiv_deal_unit_thousandths(900);
  transfer.set_tiv_delivered_thousandths(8100);
  return present;
}

v1::Event DealEvent() {
  v1::Event event;
  event.set_record("32502/2001");
  event.mutable_stamp()->mutable_time()->set_seconds(1713304800);
  event.set_edition_id("edition");
  event.set_cause(v1::CAUSE_SOURCE);
  event.set_adapter_version(1);
  *event.mutable_present() = Deal();
  event.set_content_digest(ContentDigest(event));
  return event;
}

TEST(EventIdTest, TheEncodingIsTheDocumentedOne) {
  v1::Delivery delivery;
  delivery.add_year(2001);
  delivery.add_year(2002);
  delivery.set_number_is_estimate(false);
  EXPECT_EQ(Hex(CanonicalEncoding(delivery)),
            "01000000"
            "01"
            "08000000"
            "d107000000000000"
            "01000000"
            "01"
            "08000000"
            "d207000000000000"
            "03000000"
            "01"
            "08000000"
            "0000000000000000");

  v1::Transfer transfer;
  transfer.mutable_supplier()->set_id("ab");
  transfer.mutable_order_date();
  transfer.set_tiv_delivered_thousandths(-1);
  EXPECT_EQ(Hex(CanonicalEncoding(transfer)),
            "02000000"
            "03"
            "0b000000"
            "01000000"
            "02"
            "02000000"
            "6162"
            "07000000"
            "03"
            "00000000"
            "12000000"
            "01"
            "08000000"
            "ffffffffffffffff");
  EXPECT_EQ(CanonicalEncoding(v1::Transfer()), "");
}

// Digests are stored in logs: a change here would make every loaded edition look new.
TEST(EventIdTest, DigestsNeverChange) {
  const v1::Event event = DealEvent();
  EXPECT_EQ(Hex(event.content_digest()), "ded990c89cf6aa4516fecfeb049833dc");
  EXPECT_EQ(Hex(EditionEventId("0123456789abcdef", 1, event)), "b579e9fd69be5a11543b5c44e61409df");
  v1::Scope scope;
  scope.set_delivery_year_from(2000);
  scope.set_delivery_year_to(2001);
  EXPECT_EQ(Hex(EditionId("sipri-deals", event.stamp(), scope, Sha256("bytes"))),
            "86dd396978051b4644ae1798b978d061");
}

TEST(EventIdTest, EmptyAndUnsetDiffer) {
  v1::Event other = DealEvent();
  other.mutable_present()->mutable_transfer()->clear_local_production();
  EXPECT_NE(ContentDigest(other), ContentDigest(DealEvent()));
  EXPECT_EQ(ContentDigest(other).size(), 16u);
}

TEST(EventIdTest, ContentIsWhatIsSaidNotWhoSaysItOrWhen) {
  const std::string digest = ContentDigest(DealEvent());
  v1::Event other = DealEvent();
  other.set_id("an id");
  other.set_source("analyst:me");
  other.set_edition_id("another edition");
  other.set_author("me");
  other.mutable_locator()->set_line(7);
  other.mutable_stamp()->set_ordinal(3);
  other.set_adapter_version(2);
  EXPECT_EQ(ContentDigest(other), digest);

  other.add_raw("not understood");
  EXPECT_NE(ContentDigest(other), digest);
  other = DealEvent();
  other.set_reliability(v1::RELIABILITY_UNRELIABLE);
  EXPECT_NE(ContentDigest(other), digest);
  other = DealEvent();
  other.set_credibility(v1::CREDIBILITY_DOUBTFUL);
  EXPECT_NE(ContentDigest(other), digest);
  other = DealEvent();
  other.add_citations()->set_url("https://example.org/");
  EXPECT_NE(ContentDigest(other), digest);
  other = DealEvent();
  other.mutable_effective()->mutable_from()->set_basis(v1::BASIS_STATED);
  EXPECT_NE(ContentDigest(other), digest);
}

TEST(EventIdTest, AnIdDependsOnEachOfItsParts) {
  const v1::Event event = DealEvent();
  const std::string id = EditionEventId("edition", 1, event);
  EXPECT_EQ(id.size(), 16u);
  EXPECT_NE(EditionEventId("edition2", 1, event), id);
  EXPECT_NE(EditionEventId("edition", 2, event), id);
  v1::Event other = event;
  other.set_record("32502/2002");
  EXPECT_NE(EditionEventId("edition", 1, other), id);
  other = event;
  other.mutable_stamp()->set_ordinal(1);
  EXPECT_NE(EditionEventId("edition", 1, other), id);
  other = event;
  other.set_edition_id("restated");
  EXPECT_NE(EditionEventId("edition", 1, other), id);
  other = event;
  other.set_cause(v1::CAUSE_RETRACTION);
  EXPECT_NE(EditionEventId("edition", 1, other), id);
  other = event;
  other.set_adapter_version(2);
  EXPECT_NE(EditionEventId("edition", 1, other), id);
  other = event;
  other.mutable_absent();
  const std::string absent = EditionEventId("edition", 1, other);
  EXPECT_NE(absent, id);
  other.mutable_void_();
  EXPECT_NE(EditionEventId("edition", 1, other), absent);
}

TEST(EventIdTest, Sha256IsSha256) {
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(EventIdTest, HexReadsBack) {
  EXPECT_EQ(FromHex("00ffA1"), std::string("\x00\xff\xa1", 3));
  EXPECT_EQ(Hex(FromHex("00ffa1")), "00ffa1");
  EXPECT_EQ(FromHex("0"), "");
  EXPECT_EQ(FromHex("0g"), "");
}

}  // namespace
}  // namespace dossier
