#include "tests/property/toy_register_fixture.h"

#include <rapidcheck.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace dossier {
namespace {

constexpr int kDays = 4;
constexpr int kDealsMax = 8;

// Two names of one party.
const std::vector<std::string> kSuppliers = {"China", "Libya HoR*", "HoR (Libya)*"};
const std::vector<std::string> kRecipients = {"Ukraine", "Poland"};
// Three names of one weapon, and another.
const std::vector<std::string> kDesignations = {"Tank-3", "TANK 3", "Tank-3 Example", "Glider-7"};

const std::vector<std::pair<int, int>> kYearRanges = {
    {0, 0}, {0, 0}, {1950, 2020}, {2000, 2005}, {2005, 2010}};

const char* Mark(bool is_estimate) { return is_estimate ? "?" : ""; }

std::string Given(int number) { return number == 0 ? "" : absl::StrCat(number); }

std::string Year(int year) { return year == 0 ? "Not specified" : absl::StrCat(year); }

ToyDeal AnyDeal(const ToyRegister& edition, bool with_orders) {
  ToyDeal deal;
  deal.supplier = *rc::gen::elementOf(kSuppliers);
  deal.recipient =
      edition.recipient.empty() ? *rc::gen::elementOf(kRecipients) : edition.recipient;
  deal.designation = *rc::gen::elementOf(kDesignations);
  deal.order_year = *rc::gen::element(0, 1999, 1999, 2001, 2004);
  deal.ordered = *rc::gen::inRange(0, 3);
  for (int year : {2000, 2005, 2010}) {
    const bool fits =
        edition.year_from == 0 || (edition.year_from <= year && year <= edition.year_to);
    if (fits && *rc::gen::inRange(0, 3) == 0) deal.years.push_back(year);
  }
  if (deal.years.empty() && !(with_orders && *rc::gen::inRange(0, 2) == 0)) {
    deal.years.push_back(edition.year_from == 2000 ? 2000 : 2005);
  }
  if (!deal.years.empty()) deal.delivered = *rc::gen::inRange(1, 3);
  for (bool& mark : deal.marks) mark = *rc::gen::arbitrary<bool>();
  deal.comment = *rc::gen::element<std::string>("", "", "Aid", "Aid  from stock");
  deal.tiv_per_unit = *rc::gen::inRange(1, 3);
  return deal;
}

}  // namespace

std::string ToyDeal::Line() const {
  return absl::StrCat(recipient, ",", supplier, ",", Given(order_year), ",", Mark(marks[0]), ",",
                      Given(ordered), ",", Mark(marks[1]), ",", designation, ",example,", delivered,
                      ",", Mark(marks[2]), ",", absl::StrJoin(years, "; "), ",New,", comment, ",",
                      tiv_per_unit, ",", ordered * tiv_per_unit, ",", delivered * tiv_per_unit);
}

std::string ToyRegister::Text() const {
  std::string text;
  if (has_preamble) {
    text = absl::StrCat(
        "Transfers of major conventional arms from All countries  to ",
        recipient.empty() ? "All countries" : recipient,
        " . Deals with deliveries or orders made for the year range '", Year(year_from), "' to '",
        Year(year_to), "' \nA '?' in a column indicates uncertain data.\n\nData generated: ", day,
        " Jan 2021\n");
  }
  absl::StrAppend(&text,
                  "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon "
                  "description,Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV "
                  "per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons\n");
  for (const ToyDeal& deal : deals) absl::StrAppend(&text, deal.Line(), "\n");
  return text;
}

v1::LoadOptions ToyRegister::Options() const {
  v1::LoadOptions options;
  options.set_file_name(absl::StrCat("day-", day, ".csv"));
  options.set_ordinal(ordinal);
  options.set_accept_ending(true);  // what is drawn at random may end anything
  if (!has_preamble) options.set_publish_date(absl::StrCat("2021-01-0", day));
  return options;
}

std::ostream& operator<<(std::ostream& out, const ToyRegister& edition) {
  out << "day " << edition.day << " #" << edition.ordinal
      << (edition.has_preamble ? "" : " without preamble") << "\n";
  return out << edition.Text();
}

ToyRegister AnyToyRegister() {
  ToyRegister edition;
  edition.day = *rc::gen::inRange(1, kDays + 1);
  edition.ordinal = *rc::gen::inRange(0, 2);
  edition.has_preamble = *rc::gen::inRange(0, 5) > 0;
  if (edition.has_preamble) {
    edition.recipient = *rc::gen::element<std::string>("", "", "Ukraine", "Poland");
    std::tie(edition.year_from, edition.year_to) = *rc::gen::elementOf(kYearRanges);
  }
  const bool with_orders = *rc::gen::arbitrary<bool>();
  const int deals = *rc::gen::inRange(1, kDealsMax + 1);
  for (int i = 0; i < deals; ++i) edition.deals.push_back(AnyDeal(edition, with_orders));
  return edition;
}

ToyRegister Shuffled(ToyRegister edition) {
  for (size_t i = edition.deals.size(); i > 1; --i) {
    std::swap(edition.deals[i - 1], edition.deals[*rc::gen::inRange<size_t>(0, i)]);
  }
  return edition;
}

std::vector<ToyRegister> ToyRegisters(int editions, int deals) {
  std::vector<ToyRegister> registers;
  for (int number = 0; number < editions; ++number) {
    ToyRegister edition;
    edition.day = (number * 5 + 3) % editions + 1;
    const bool with_orders = number % 2 == 0;
    for (int i = 0; i < deals; ++i) {
      if ((i + number) % 11 == 0) continue;
      ToyDeal deal;
      deal.supplier = i % 3 == 0 ? kSuppliers[1 + number % 2] : kSuppliers[0];
      deal.recipient = kRecipients[i / 3 % 2];
      deal.order_year = 1990 + i % 12;
      deal.ordered = 10 + i % 5;
      deal.designation = absl::StrCat(i % 2 == 0 ? "Tank-" : "TANK ", i / 40);
      if (i % 13 != 0) deal.years = {2000 + i % 9, 2010 + number % 3};
      if (deal.years.empty() && !with_orders) continue;
      if (!deal.years.empty()) deal.delivered = 1 + (i * 7 + number) % 5;
      deal.marks[2] = number % 3 != 1;
      edition.deals.push_back(std::move(deal));
    }
    registers.push_back(std::move(edition));
  }
  return registers;
}

}  // namespace dossier
