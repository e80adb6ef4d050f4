#include "tests/property/toy_editions_fixture.h"

#include <rapidcheck.h>

#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

constexpr int kDeals[] = {1001, 1002};
constexpr int kYears[] = {2000, 2005, 2010};
constexpr int kDays = 4;

const std::vector<std::pair<int, int>> kYearRanges = {
    {1950, 2020}, {1950, 2020}, {2000, 2005}, {2005, 2010}};

std::string PartiesOf(const ToyEdition& edition) {
  return edition.recipient.empty() ? "All countries" : edition.recipient;
}

ToyContent AnyContent(const std::string& recipient) {
  ToyContent content;
  content.number = *rc::gen::inRange(1, 3);
  content.supplier = *rc::gen::element<std::string>("China", "China", "France");
  content.recipient =
      recipient.empty() ? *rc::gen::element<std::string>("Ukraine", "Poland") : recipient;
  return content;
}

}  // namespace

std::string ToyRecord::Key() const { return absl::StrCat(deal, "/", year); }

bool ToyEdition::Covers(const ToyRecord& record, const ToyContent& content) const {
  return year_from <= record.year && record.year <= year_to &&
         (recipient.empty() || recipient == content.recipient);
}

std::string ToyEdition::Text() const {
  std::string text = absl::StrCat(
      "Transfers of major conventional arms from All countries  to ", PartiesOf(*this),
      " . Deals with deliveries made for the year range '", year_from, "' to '", year_to, "' \n",
      "Data generated: ", day, " Jan 2021\n",
      "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order "
      "date,Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery "
      "year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery "
      "values,Local production\n");
  for (const auto& [record, content] : rows) {
    absl::StrAppend(&text, record.deal, ",", content.supplier, ",", content.recipient,
                    ",Trainer-1,trainer aircraft,Aircraft,1999,No,", content.number, ",No,",
                    record.year, ",No,New,0.9,0.9,", content.number, ",No\n");
  }
  return text;
}

v1::LoadOptions ToyEdition::Options() const {
  v1::LoadOptions options;
  options.set_file_name(absl::StrCat("day-", day, ".csv"));
  options.set_ordinal(ordinal);
  options.set_accept_ending(true);  // what is drawn at random may end anything
  return options;
}

std::ostream& operator<<(std::ostream& out, const ToyEdition& edition) {
  out << "day " << edition.day << " #" << edition.ordinal << ", " << PartiesOf(edition) << " "
      << edition.year_from << ".." << edition.year_to << ":";
  for (const auto& [record, content] : edition.rows) {
    out << " " << record.Key() << " = " << content.number << " " << content.supplier << " > "
        << content.recipient << ";";
  }
  return out;
}

std::map<StampKey, ToyKnowledge> MeaningOf(const std::map<StampKey, ToyEdition>& editions) {
  std::map<StampKey, ToyKnowledge> meaning;
  ToyKnowledge known;
  for (const auto& [stamp, edition] : editions) {
    std::erase_if(known, [&edition = edition](const auto& each) {
      return !edition.rows.contains(each.first) && edition.Covers(each.first, each.second);
    });
    for (const auto& [record, content] : edition.rows) known[record] = content;
    meaning[stamp] = known;
  }
  return meaning;
}

std::vector<ToyRecord> ToyRecords() {
  std::vector<ToyRecord> records;
  for (int deal : kDeals) {
    for (int year : kYears) records.push_back({deal, year});
  }
  return records;
}

ToyEdition AnyToyEdition() {
  ToyEdition edition;
  edition.day = *rc::gen::inRange(1, kDays + 1);
  edition.ordinal = *rc::gen::inRange(0, 2);
  std::tie(edition.year_from, edition.year_to) = *rc::gen::elementOf(kYearRanges);
  edition.recipient = *rc::gen::element<std::string>("", "", "Ukraine", "Poland");
  std::vector<ToyRecord> in_years;
  for (const ToyRecord& record : ToyRecords()) {
    if (record.year < edition.year_from || record.year > edition.year_to) continue;
    in_years.push_back(record);
    if (*rc::gen::inRange(0, 3) > 0) edition.rows[record] = AnyContent(edition.recipient);
  }
  if (edition.rows.empty()) edition.rows[in_years.front()] = AnyContent(edition.recipient);
  return edition;
}

}  // namespace dossier
