// What a revision is about: a case for each class, what accounts for what, and that no difference
// goes without a class.
#include "services/model/change_class.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "services/model/contents.h"

namespace dossier {
namespace {

using google::protobuf::TextFormat;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::Event Saying(const std::string& transfer) {
  v1::Event event;
  event.set_adapter_version(1);
  EXPECT_TRUE(
      TextFormat::ParseFromString(transfer, event.mutable_present()->mutable_transfer()))
      << transfer;
  return event;
}

std::vector<std::string> Names(const std::vector<v1::ChangeClass>& classes) {
  std::vector<std::string> names;
  for (v1::ChangeClass one : classes) {
    names.push_back(v1::ChangeClass_Name(one).substr(sizeof("CHANGE_CLASS_") - 1));
  }
  return names;
}

std::vector<std::string> Between(const v1::Event& before, const v1::Event& after) {
  return Names(ClassesOf(before, after));
}

std::vector<std::string> Between(const std::string& before, const std::string& after) {
  return Between(Saying(before), Saying(after));
}

TEST(ChangeClassTest, NothingChangedIsNoClass) {
  EXPECT_THAT(Between("number_ordered: 5 delivery { year: 2001 number: 2 }",
                      "number_ordered: 5 delivery { year: 2001 number: 2 }"),
              IsEmpty());
}

TEST(ChangeClassTest, MoreUnitsOrALaterYearAreNewDeliveries) {
  const auto new_deliveries = ElementsAre("NEW_DELIVERIES");
  EXPECT_THAT(Between("", "delivery { year: 2001 number: 2 number_is_estimate: true }"),
              new_deliveries);
  EXPECT_THAT(Between("", "delivery { year: 2001 }"), new_deliveries);
  EXPECT_THAT(Between("delivery { year: 2001 number: 2 }", "delivery { year: 2001 number: 3 }"),
              new_deliveries);
  EXPECT_THAT(Between("delivery { year: 2001 number: 2 }",
                      "delivery { year: 2001 year: 2002 number: 3 }"),
              new_deliveries);
  EXPECT_THAT(Between("delivery { year: 2001 number: 2 }",
                      "delivery { year: 2001 year: 2002 number: 2 }"),
              new_deliveries);
  EXPECT_THAT(Between("delivery { year: 2001 year: 2004 number: 2 }",
                      "delivery { year: 2001 year: 2003 year: 2004 number: 5 }"),
              new_deliveries);
  EXPECT_THAT(Between("delivery { year: 2001 number: 2 }",
                      "delivery { year: 2001 number: 2 } delivery { year: 2002 number: 4 }"),
              new_deliveries);
  EXPECT_THAT(Between("delivery { year: 2001 number: 2 }",
                      "delivery { year: 2001 number: 2 } delivery { year: 2002 }"),
              new_deliveries);
  EXPECT_THAT(Between("delivery { year: 2001 number: 0 }", "delivery { year: 2001 number: 2 }"),
              new_deliveries);
}

TEST(ChangeClassTest, ASpanThatGrowsIsNewDeliveries) {
  EXPECT_THAT(Between("delivery { year: 1973 year: 1977 years_are_span: true number: 5 }",
                      "delivery { year: 1973 year: 1978 years_are_span: true number: 6 }"),
              ElementsAre("NEW_DELIVERIES"));
  EXPECT_THAT(Between("delivery { year: 1973 year: 1977 years_are_span: true number: 5 }",
                      "delivery { year: 1973 year: 1977 number: 5 }"),
              ElementsAre("REVISED_DATE"));
  EXPECT_THAT(Between("delivery { year: 1973 year: 1974 years_are_span: true number: 5 }",
                      "delivery { year: 1973 year: 1974 number: 5 }"),
              ElementsAre("REVISED_DATE"));
}

TEST(ChangeClassTest, ANumberThatNewDeliveriesDoNotAccountForIsRevised) {
  const auto revised = ElementsAre("REVISED_COUNT");
  EXPECT_THAT(Between("number_ordered: 5", "number_ordered: 6"), revised);
  EXPECT_THAT(Between("number_ordered: 5 number_ordered_is_estimate: true", ""), revised);
  EXPECT_THAT(Between("delivery { year: 2001 number: 3 }", "delivery { year: 2001 number: 2 }"),
              revised);
  EXPECT_THAT(Between("delivery { year: 2001 number: 3 number_is_estimate: false }",
                      "delivery { year: 2001 }"),
              revised);
  EXPECT_THAT(Between("delivery { year: 2001 }", "delivery { year: 2001 number: 3 }"), revised);
  EXPECT_THAT(Between("delivery { year: 2001 number: 0 }", "delivery { year: 2001 }"),
              ElementsAre("NEW_DELIVERIES"))
      << "a delivery of which the number is not given is one";
  // Fewer in one year and more in another: as many in all.
  EXPECT_THAT(Between("delivery { year: 2001 number: 3 } delivery { year: 2002 number: 3 }",
                      "delivery { year: 2001 number: 1 } delivery { year: 2002 number: 5 }"),
              revised);
}

TEST(ChangeClassTest, NewDeliveriesAndARevisedCountCanComeTogether) {
  const auto both = ElementsAre("NEW_DELIVERIES", "REVISED_COUNT");
  EXPECT_THAT(Between("number_ordered: 5 delivery { year: 2001 number: 2 }",
                      "number_ordered: 9 delivery { year: 2001 year: 2002 number: 7 }"),
              both);
  EXPECT_THAT(Between("delivery { year: 2001 number: 9 }",
                      "delivery { year: 2001 year: 2002 number: 7 }"),
              both);
  EXPECT_THAT(Between("delivery { year: 2001 number: 3 }",
                      "delivery { year: 2001 number: 2 } delivery { year: 2002 number: 5 }"),
              both);
  EXPECT_THAT(Between("delivery { year: 2001 }", "delivery { year: 2001 year: 2002 number: 7 }"),
              both);
}

TEST(ChangeClassTest, OtherDatesAreRevisedDates) {
  const auto revised = ElementsAre("REVISED_DATE");
  EXPECT_THAT(Between("order_date { year: 2001 }", "order_date { year: 2002 }"), revised);
  EXPECT_THAT(Between("order_date { year: 2001 } order_date_is_estimate: true", ""), revised);
  EXPECT_THAT(Between("delivery { year: 2001 year: 2003 number: 2 }",
                      "delivery { year: 2002 year: 2003 number: 2 }"),
              revised);
  EXPECT_THAT(Between("delivery { number: 2 }", "delivery { year: 2001 number: 2 }"), revised);
  EXPECT_THAT(Between("delivery { year: 2001 number: 2 } delivery { year: 2002 number: 3 }",
                      "delivery { year: 2001 year: 2002 number: 5 }"),
              revised);
  // A year that went is not accounted for by one that came.
  EXPECT_THAT(Between("delivery { year: 2001 number: 2 }", "delivery { year: 2002 number: 3 }"),
              ElementsAre("NEW_DELIVERIES", "REVISED_DATE"));
  EXPECT_THAT(Between("delivery { year: 2001 year: 2002 number: 4 }",
                      "delivery { year: 2001 number: 3 }"),
              ElementsAre("REVISED_COUNT", "REVISED_DATE"));
}

TEST(ChangeClassTest, PartiesDesignationsAndTermsHaveTheirOwn) {
  EXPECT_THAT(Between("supplier { id: 'state:RUS' printed_name: 'Russia' }",
                      "supplier { id: 'state:SUN' printed_name: 'Soviet Union' }"),
              ElementsAre("PARTY"));
  EXPECT_THAT(Between("recipient { id: 'group:hor' printed_name: 'Libya HoR*' }",
                      "recipient { id: 'group:hor' printed_name: 'HoR (Libya)*' }"),
              ElementsAre("PARTY"));
  for (const char* field : {"designation", "description", "category", "deal_id"}) {
    EXPECT_THAT(Between(std::string(field) + ": 'one'", std::string(field) + ": 'other'"),
                ElementsAre("DESIGNATION"));
  }
  EXPECT_THAT(Between("condition: CONDITION_NEW", "condition: CONDITION_SECOND_HAND"),
              ElementsAre("TERMS"));
  EXPECT_THAT(Between("", "local_production: false"), ElementsAre("TERMS"));
  EXPECT_THAT(Between("", "disruption: DISRUPTION_POSTPONED"), ElementsAre("TERMS"));
}

TEST(ChangeClassTest, ATivThatOnlyFollowsItsNumberIsNoRevaluation) {
  const std::string unit = "tiv_deal_unit_thousandths: 200 ";
  EXPECT_THAT(Between(unit + "number_ordered: 5 tiv_order_thousandths: 1000",
                      unit + "number_ordered: 6 tiv_order_thousandths: 1200"),
              ElementsAre("REVISED_COUNT"));
  EXPECT_THAT(
      Between(unit + "delivery { year: 2001 number: 1 } tiv_delivered_thousandths: 200",
              unit + "delivery { year: 2001 number: 3 } tiv_delivered_thousandths: 600"),
      ElementsAre("NEW_DELIVERIES"));
  // Each follows its own number alone.
  EXPECT_THAT(Between(unit + "number_ordered: 5 tiv_delivered_thousandths: 200",
                      unit + "number_ordered: 6 tiv_delivered_thousandths: 400"),
              ElementsAre("REVISED_COUNT", "REVALUATION"));
  EXPECT_THAT(Between(unit + "tiv_order_thousandths: 1000", unit + "tiv_order_thousandths: 1200"),
              ElementsAre("REVALUATION"));
  // Where the unit's TIV is not given it cannot be told to have stayed.
  EXPECT_THAT(Between("number_ordered: 5 tiv_order_thousandths: 1000",
                      "number_ordered: 6 tiv_order_thousandths: 1200"),
              ElementsAre("REVISED_COUNT", "REVALUATION"));
}

TEST(ChangeClassTest, AnotherTivOfAUnitIsARevaluation) {
  EXPECT_THAT(Between("tiv_new_unit_thousandths: 1", "tiv_new_unit_thousandths: 2"),
              ElementsAre("REVALUATION"));
  EXPECT_THAT(Between("tiv_deal_unit_thousandths: 1", ""), ElementsAre("REVALUATION"));
  EXPECT_THAT(
      Between("number_ordered: 6000 delivery { year: 2022 number: 1200 } "
              "tiv_deal_unit_thousandths: 200 tiv_delivered_thousandths: 240000",
              "number_ordered: 6000 delivery { year: 2022 year: 2023 number: 4600 } "
              "tiv_deal_unit_thousandths: 100 tiv_delivered_thousandths: 460000"),
      ElementsAre("NEW_DELIVERIES", "REVALUATION"));
}

TEST(ChangeClassTest, WordsAndWhiteSpaceAreToldApart) {
  EXPECT_THAT(Between("comment: 'Order for 3'", "comment: 'Order for 4'"),
              ElementsAre("REWORDING"));
  const auto white_space = ElementsAre("WHITE_SPACE");
  EXPECT_THAT(Between("comment: 'Order  for 3'", "comment: ' Order for\\n3'"), white_space);
  EXPECT_THAT(Between("comment: 'Order for 3'", "comment: 'Order\u00a0for\u20093\ufeff'"),
              white_space);
  EXPECT_THAT(Between("designation: 'Su-35'", "designation: 'Su- 35'"), white_space);
  EXPECT_THAT(Between("supplier { id: 'a' printed_name: 'North Korea' }",
                      "supplier { id: 'a' printed_name: 'North  Korea' }"),
              white_space);
  EXPECT_THAT(Between("comment: 'a b' designation: 'c'", "comment: 'ab' designation: 'd'"),
              ElementsAre("DESIGNATION", "WHITE_SPACE"));
  // Letters that share bytes with blanks are letters.
  EXPECT_THAT(Between("comment: 'Â'", "comment: ''"), ElementsAre("REWORDING"));
  EXPECT_THAT(Between("comment: '–'", "comment: ''"), ElementsAre("REWORDING"));
}

TEST(ChangeClassTest, MarksOfEstimatesAreFlags) {
  const auto flag = ElementsAre("FLAG");
  EXPECT_THAT(Between("order_date { year: 2001 }",
                      "order_date { year: 2001 } order_date_is_estimate: true"),
              flag);
  EXPECT_THAT(Between("number_ordered: 1 number_ordered_is_estimate: true",
                      "number_ordered: 1 number_ordered_is_estimate: false"),
              flag);
  EXPECT_THAT(Between("delivery { year: 2001 number: 3 number_is_estimate: true }",
                      "delivery { year: 2001 number: 3 }"),
              flag);
  EXPECT_THAT(Between("delivery { year: 2001 number: 3 year_is_estimate: true }",
                      "delivery { year: 2001 number: 3 year_is_estimate: false }"),
              flag);
  EXPECT_THAT(Between("delivery { year: 2001 number: 3 }",
                      "delivery { year: 2001 year: 2002 number: 4 number_is_estimate: true }"),
              ElementsAre("NEW_DELIVERIES", "FLAG"));
  // What comes with a mark is not marked otherwise.
  EXPECT_THAT(Between("delivery { year: 2001 number: 3 }",
                      "delivery { year: 2001 number: 3 } "
                      "delivery { year: 2002 number: 1 number_is_estimate: true }"),
              ElementsAre("NEW_DELIVERIES"));
}

TEST(ChangeClassTest, WhatStandsBesideTheContentIsEvidence) {
  const v1::Event before = Saying("number_ordered: 1");
  v1::Event after = before;
  after.set_credibility(v1::CREDIBILITY_DOUBTFUL);
  EXPECT_THAT(Between(before, after), ElementsAre("EVIDENCE"));
  after = before;
  after.add_raw("SII");
  after.mutable_present()->mutable_transfer()->set_number_ordered(2);
  EXPECT_THAT(Between(before, after), ElementsAre("REVISED_COUNT", "EVIDENCE"));
}

TEST(ChangeClassTest, OneStampReadTwiceIsAReparseAlone) {
  v1::Event before = Saying("number_ordered: 1");
  v1::Event after = Saying("number_ordered: 2 comment: 'x'");
  after.set_adapter_version(2);
  EXPECT_THAT(Between(before, after), ElementsAre("REPARSED"));
  after.mutable_stamp()->set_ordinal(1);
  EXPECT_THAT(Between(before, after), ElementsAre("REVISED_COUNT", "REWORDING", "OTHER_ADAPTER"));
  before.mutable_stamp()->set_ordinal(1);
  EXPECT_THAT(Between(before, after), ElementsAre("REPARSED"));
  *after.mutable_present() = before.present();
  EXPECT_THAT(Between(before, after), IsEmpty()) << "it reads the same";
}

TEST(ChangeClassTest, AReparseIsToldOfAnyFamilyAndOfWhatComesOrGoes) {
  v1::Event before;
  before.mutable_present()->mutable_membership()->mutable_member()->set_id("state:IRN");
  v1::Event after = before;
  after.mutable_present()->mutable_membership()->mutable_member()->set_id("state:IRQ");
  EXPECT_THAT(Between(before, after), IsEmpty());
  after.set_adapter_version(2);
  EXPECT_THAT(Between(before, after), ElementsAre("REPARSED"));
  v1::Event absent;
  absent.mutable_absent();
  EXPECT_THAT(Between(absent, after), ElementsAre("REPARSED"));
  EXPECT_THAT(Between(after, absent), ElementsAre("REPARSED"));
  EXPECT_THAT(Between(absent, before), IsEmpty());
  v1::Event still_absent = absent;
  still_absent.set_adapter_version(2);
  EXPECT_THAT(Between(absent, still_absent), IsEmpty());
}

// A field that nobody gave a class would be taken for evidence.
TEST(ChangeClassTest, EveryFieldOfATransferHasAClass) {
  const auto* transfer = v1::Transfer::descriptor();
  for (int i = 0; i < transfer->field_count(); ++i) {
    const auto* field = transfer->field(i);
    std::string value = "1";
    if (field->name() == "delivery") value = "{ year: 2001 }";
    if (field->name() == "supplier" || field->name() == "recipient") value = "{ id: 'a' }";
    if (field->name() == "order_date") value = "{ year: 2001 }";
    if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING) value = "'a'";
    if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_BOOL) value = "true";
    const auto classes = Between("", field->name() + ": " + value);
    ASSERT_EQ(classes.size(), 1u) << field->name();
    EXPECT_NE(classes.front(), "EVIDENCE") << field->name();
  }
}

template <typename T>
T OneOf(std::vector<T> values) {
  return *rc::gen::elementOf(std::move(values));
}
bool Coin() { return *rc::gen::arbitrary<bool>(); }

v1::Delivery AnyDelivery() {
  v1::Delivery delivery;
  std::vector<int> years = *rc::gen::container<std::vector<int>>(rc::gen::inRange(2000, 2004));
  std::sort(years.begin(), years.end());
  years.erase(std::unique(years.begin(), years.end()), years.end());
  for (int year : years) delivery.add_year(year);
  if (Coin()) delivery.set_number(*rc::gen::inRange(0, 4));
  if (Coin()) delivery.set_number_is_estimate(Coin());
  if (Coin()) delivery.set_year_is_estimate(Coin());
  if (years.size() == 2) delivery.set_years_are_span(Coin());
  return delivery;
}

// Gives one field, or one delivery, another value, or the same.
void Touch(v1::Transfer& transfer) {
  switch (*rc::gen::inRange(0, 12)) {
    case 0:
      transfer.set_comment(OneOf<std::string>({"", "a b", "ab", "c"}));
      break;
    case 1:
      transfer.mutable_supplier()->set_printed_name(OneOf<std::string>({"", "X", "X ", "Y"}));
      break;
    case 2:
      Coin() ? transfer.clear_number_ordered() : transfer.set_number_ordered(OneOf<int>({1, 2, 0}));
      break;
    case 3:
      Coin() ? transfer.clear_number_ordered_is_estimate()
             : transfer.set_number_ordered_is_estimate(Coin());
      break;
    case 4:
      Coin() ? transfer.clear_order_date()
             : transfer.mutable_order_date()->set_year(OneOf<int>({2001, 2002}));
      break;
    case 5:
      Coin() ? transfer.clear_order_date_is_estimate()
             : transfer.set_order_date_is_estimate(Coin());
      break;
    case 6:
      Coin() ? transfer.clear_tiv_deal_unit_thousandths()
             : transfer.set_tiv_deal_unit_thousandths(OneOf<int>({1, 2}));
      break;
    case 7:
      transfer.set_tiv_order_thousandths(OneOf<int>({1, 2}));
      break;
    case 8:
      transfer.set_tiv_delivered_thousandths(OneOf<int>({1, 2}));
      break;
    case 9:
      if (transfer.delivery_size() > 0) transfer.mutable_delivery()->RemoveLast();
      break;
    case 10:
      if (transfer.delivery_size() > 0) *transfer.mutable_delivery(0) = AnyDelivery();
      break;
    default:
      *transfer.add_delivery() = AnyDelivery();
  }
}

RC_GTEST_PROP(ChangeClassProperty, ThereAreClassesIfAndOnlyIfThereIsADifference, ()) {
  v1::Event before;
  v1::Transfer& transfer = *before.mutable_present()->mutable_transfer();
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) Touch(transfer);
  v1::Event after = before;
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    Touch(*after.mutable_present()->mutable_transfer());
  }
  if (*rc::gen::inRange(0, 4) == 0) after.set_reliability(v1::RELIABILITY_UNRELIABLE);
  if (Coin()) after.set_adapter_version(2);
  if (Coin()) after.mutable_stamp()->set_ordinal(1);
  RC_LOG() << before.ShortDebugString() << "\n" << after.ShortDebugString() << "\n";

  const auto classes = ClassesOf(before, after);
  RC_ASSERT(classes.empty() == DiffEvents(before, after).empty());
  RC_ASSERT(std::is_sorted(classes.begin(), classes.end()));
  RC_ASSERT(std::adjacent_find(classes.begin(), classes.end()) == classes.end());
  const auto has = [&](v1::ChangeClass one) {
    return std::find(classes.begin(), classes.end(), one) != classes.end();
  };
  RC_ASSERT(!has(v1::CHANGE_CLASS_UNSPECIFIED));
  RC_ASSERT(!has(v1::CHANGE_CLASS_REPARSED) || classes.size() == 1);
  RC_ASSERT(!has(v1::CHANGE_CLASS_OTHER_ADAPTER) || classes.size() > 1);
}

}  // namespace
}  // namespace dossier
