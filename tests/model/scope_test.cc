// The printed scope against the grammar in proto/dossier/v1/event.proto, and what a scope covers.
#include "services/model/scope.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <optional>
#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace dossier {
namespace {

using google::protobuf::TextFormat;

v1::Scope Scope(const std::string& text) {
  v1::Scope scope;
  EXPECT_TRUE(TextFormat::ParseFromString(text, &scope)) << text;
  return scope;
}

// Each term of the grammar, in its order, as text proto.
constexpr const char* kTerms[] = {
    "supplier: 'state:RUS' supplier: 'state:IRN' supplier: 'state:PRK' supplier: 'state:CHN' ",
    "recipient: 'state:UKR' ",
    "delivery_year_from: 2000 delivery_year_to: 2024 ",
    "deliveries_only: true ",
    "part: SANCTION_PART_ENTRY part: SANCTION_PART_ADDRESSES part: SANCTION_PART_ALIASES "
    "part: SANCTION_PART_COMMENTS ",
    "programme: 'SYRIA' programme: 'IRGC' ",
    "instrument: '269/2014' ",
    "treaty: 'untc:26-3' ",
    "additions_only: true "};
constexpr const char* kPrinted[] = {
    "supplier in {state:RUS, state:IRN, state:PRK, state:CHN}",
    "recipient in {state:UKR}",
    "delivery year 2000..2024",
    "deliveries only",
    "part in {entries, addresses, aliases, comments}",
    "programme in {SYRIA, IRGC}",
    "instrument in {269/2014}",
    "treaty in {untc:26-3}",
    "additions only"};
constexpr size_t kTermCount = std::size(kTerms);

// Reads the grammar, and nothing but it: terms in their order, each at most once.
class ScopeParser {
 public:
  static std::optional<v1::Scope> Parse(std::string_view text) {
    ScopeParser parser(text);
    if (text != "whole" && !(parser.Terms() && parser.rest_.empty())) return std::nullopt;
    return parser.scope_;
  }

 private:
  explicit ScopeParser(std::string_view text) : rest_(text) {}

  bool Take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  int Year() {
    const size_t digits = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    int year = 0;
    EXPECT_EQ(absl::SimpleAtoi(std::string(rest_.substr(0, digits)), &year), digits > 0);
    rest_.remove_prefix(digits);
    return year;
  }

  std::vector<std::string> List(std::string_view what) {
    if (!Take(absl::StrCat(std::string(what), " in {"))) return {};
    const size_t end = rest_.find('}');
    if (end == std::string_view::npos) return {};
    const std::string list(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return absl::StrSplit(list, ", ");
  }

  void Parts() {
    for (const std::string& part : List("part")) {
      scope_.add_part(part == "entries"     ? v1::SANCTION_PART_ENTRY
                      : part == "addresses" ? v1::SANCTION_PART_ADDRESSES
                      : part == "aliases"   ? v1::SANCTION_PART_ALIASES
                      : part == "comments"  ? v1::SANCTION_PART_COMMENTS
                                            : v1::SANCTION_PART_UNSPECIFIED);
    }
  }

  void Years() {
    if (!Take("delivery year ")) return;
    scope_.set_delivery_year_from(Year());
    EXPECT_TRUE(Take(".."));
    scope_.set_delivery_year_to(Year());
  }

  // False where the text goes on with something else.
  bool Terms() {
    const auto add = [this](const char* what, auto* field) {
      for (const std::string& value : List(what)) field->Add(std::string(value));
    };
    for (size_t term = 0; term < kTermCount && !rest_.empty(); ++term) {
      const size_t before = rest_.size();
      if (term == 0) add("supplier", scope_.mutable_supplier());
      if (term == 1) add("recipient", scope_.mutable_recipient());
      if (term == 2) Years();
      if (term == 3) scope_.set_deliveries_only(Take("deliveries only"));
      if (term == 4) Parts();
      if (term == 5) add("programme", scope_.mutable_programme());
      if (term == 6) add("instrument", scope_.mutable_instrument());
      if (term == 7) add("treaty", scope_.mutable_treaty());
      if (term == 8) scope_.set_additions_only(Take("additions only"));
      if (rest_.size() != before && !rest_.empty() && !Take(" & ")) return false;
    }
    return true;
  }

  std::string_view rest_;
  v1::Scope scope_;
};

TEST(PrintScope, EveryTermAndTheirOrder) {
  EXPECT_EQ(PrintScope(v1::Scope()), "whole");
  for (unsigned chosen = 1; chosen < 1u << kTermCount; ++chosen) {
    std::string text, printed;
    for (size_t term = 0; term < kTermCount; ++term) {
      if ((chosen & 1u << term) == 0) continue;
      absl::StrAppend(&text, kTerms[term]);
      absl::StrAppend(&printed, printed.empty() ? "" : " & ", kPrinted[term]);
    }
    ASSERT_EQ(PrintScope(Scope(text)), printed);
  }
}

TEST(PrintScope, ReadsBackAsTheSameScope) {
  for (unsigned chosen = 0; chosen < 1u << kTermCount; ++chosen) {
    std::string text;
    for (size_t term = 0; term < kTermCount; ++term) {
      if ((chosen & 1u << term) != 0) absl::StrAppend(&text, kTerms[term]);
    }
    const v1::Scope scope = Scope(text);
    const auto read = ScopeParser::Parse(PrintScope(scope));
    ASSERT_TRUE(read.has_value()) << PrintScope(scope);
    ASSERT_EQ(read->SerializeAsString(), scope.SerializeAsString()) << PrintScope(scope);
  }
  EXPECT_FALSE(ScopeParser::Parse("additions only & deliveries only").has_value());
}

TEST(PrintScope, YearsMayBeOpen) {
  EXPECT_EQ(PrintScope(Scope("delivery_year_from: 2000")), "delivery year 2000..");
  EXPECT_EQ(PrintScope(Scope("delivery_year_to: 2024")), "delivery year ..2024");
}

TEST(PrintScopeBriefly, CountsLongListsAndKeepsAllElse) {
  std::string all;
  for (const char* term : kTerms) all += term;
  EXPECT_EQ(PrintScopeBriefly(Scope(all)),
            "supplier in {4 actors} & recipient in {state:UKR} & delivery year 2000..2024 & "
            "deliveries only & part in {entries, addresses, aliases, comments} & programme in "
            "{SYRIA, IRGC} & instrument in {269/2014} & treaty in {untc:26-3} & additions only");
  EXPECT_EQ(PrintScopeBriefly(Scope("recipient: 'a' recipient: 'b' recipient: 'c'")),
            "recipient in {a, b, c}");
  EXPECT_EQ(PrintScopeBriefly(
                Scope("treaty: 'a' treaty: 'b' treaty: 'c' treaty: 'd' programme: 'a' "
                      "programme: 'b' programme: 'c' programme: 'd' instrument: 'a' "
                      "instrument: 'b' instrument: 'c' instrument: 'd'")),
            "programme in {4 programmes} & instrument in {4 instruments} & treaty in {4 treaties}");
  EXPECT_EQ(PrintScopeBriefly(v1::Scope()), "whole");
}

v1::Facets FacetsOfTransfer(const std::string& transfer) {
  v1::Present present;
  EXPECT_TRUE(TextFormat::ParseFromString(transfer, present.mutable_transfer())) << transfer;
  return FacetsOf(present);
}

TEST(Covers, AnOrderWithoutDeliveriesIsOutsideDeliveriesOnly) {
  const v1::Facets order =
      FacetsOfTransfer("supplier { id: 'state:RUS' } recipient { id: 'state:IRN' } "
                       "order_date { year: 2023 } number_ordered: 24");
  EXPECT_TRUE(Covers(v1::Scope(), order));
  EXPECT_FALSE(Covers(Scope("deliveries_only: true"), order));
  EXPECT_FALSE(SilenceEnds(Scope("deliveries_only: true"), order));
  EXPECT_TRUE(SilenceEnds(v1::Scope(), order));
  EXPECT_FALSE(SilenceEnds(Scope("additions_only: true"), order));
}

TEST(Covers, EveryTermMustHold) {
  const v1::Facets facets =
      FacetsOfTransfer("supplier { id: 'state:RUS' } recipient { id: 'state:IRN' } "
                       "delivery { year: 2001 year: 2004 number: 2 }");
  const std::string holds =
      "supplier: 'state:RUS' recipient: 'state:IRN' recipient: 'state:CHN' deliveries_only: true "
      "delivery_year_from: 2001 delivery_year_to: 2004";
  EXPECT_TRUE(Covers(Scope(holds), facets));
  EXPECT_FALSE(Covers(Scope("supplier: 'state:IRN'"), facets));
  EXPECT_FALSE(Covers(Scope("recipient: 'state:RUS'"), facets));
  EXPECT_FALSE(Covers(Scope("delivery_year_from: 2002"), facets));
  EXPECT_FALSE(Covers(Scope("delivery_year_to: 2003"), facets));
}

}  // namespace
}  // namespace dossier
