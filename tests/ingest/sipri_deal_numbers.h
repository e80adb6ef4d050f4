// Which deal of the 17-column layout a row of the 16-column layout is, told by content: a second
// opinion on the keys of sipri_register_keys.h, which never looks at stems or ranks.
//
// Only rows of one pair of parties are compared. Points are given for what two say alike; a row and
// a deal belong together if each is the other's best, alone, with kPointsMin points or more. Deals
// that were revised beyond recognition are not tied, so what is measured by these ties is measured
// of the rest. A row without deliveries has no deal there.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/edition_reader.h"

namespace dossier {

// A deal as either layout gives it: rows of several years made one.
struct NumberedDeal {
  std::string parties;
  std::string name;  // letters and digits of the designation
  std::string description;
  int32_t order_year = 0;
  std::set<int32_t> years;
  int64_t delivered = 0;
  int64_t tiv_thousandths = 0;
  v1::Condition condition = v1::CONDITION_UNSPECIFIED;
};

inline void AddTo(NumberedDeal& deal, const v1::Transfer& transfer) {
  deal.parties = absl::StrCat(transfer.supplier().id(), "/", transfer.recipient().id());
  deal.name = FoldName(transfer.designation());
  std::erase(deal.name, ' ');
  deal.description = transfer.description();
  deal.order_year = transfer.order_date().year();
  deal.condition = transfer.condition();
  deal.tiv_thousandths += transfer.tiv_delivered_thousandths();
  for (const v1::Delivery& delivery : transfer.delivery()) {
    deal.delivered += delivery.number();
    deal.years.insert(delivery.year().begin(), delivery.year().end());
  }
}

using NumberedDeals = std::map<std::string, NumberedDeal>;  // by deal number

inline void AddDeals(const std::vector<EditionRecord>& records, NumberedDeals& deals) {
  for (const EditionRecord& record : records) {
    const v1::Transfer& transfer = record.present.transfer();
    AddTo(deals[transfer.deal_id()], transfer);
  }
}

inline constexpr int kPointsMin = 9;

inline int PointsOf(const NumberedDeal& row, const NumberedDeal& deal) {
  const bool is_one_year_shared = std::any_of(
      row.years.begin(), row.years.end(), [&](int32_t year) { return deal.years.contains(year); });
  if (!is_one_year_shared) return 0;
  int points = 0;
  if (row.name == deal.name) {
    points += 5;
  } else if (absl::StartsWith(row.name, deal.name) || absl::StartsWith(deal.name, row.name)) {
    points += 4;
  } else if (row.name.substr(0, 4) == deal.name.substr(0, 4)) {
    points += 2;
  }
  if (row.order_year == deal.order_year) points += 3;
  if (row.years == deal.years) points += 2;
  if (row.delivered == deal.delivered) points += 2;
  if (row.description == deal.description) ++points;
  if (row.condition == deal.condition) ++points;
  const int64_t slack = std::max<int64_t>(20, row.tiv_thousandths / 50);  // rounded by year
  if (std::abs(row.tiv_thousandths - deal.tiv_thousandths) <= slack) points += 2;
  return points;
}

// The deal number of each record that can be tied to one, by the record's key.
inline std::map<std::string, std::string> DealNumbersOf(const std::vector<EditionRecord>& records,
                                                        const NumberedDeals& deals) {
  absl::flat_hash_map<std::string, std::vector<const NumberedDeals::value_type*>> by_parties;
  for (const auto& deal : deals) by_parties[deal.second.parties].push_back(&deal);
  using Tie = std::tuple<int, std::string, std::string>;  // points, key, deal number
  std::vector<Tie> ties;
  std::map<std::pair<std::string, int>, int> of_key, of_deal;  // how many have so many points
  for (const EditionRecord& record : records) {
    NumberedDeal row;
    AddTo(row, record.present.transfer());
    for (const auto* deal : by_parties[row.parties]) {
      const int points = PointsOf(row, deal->second);
      if (points < kPointsMin) continue;
      ties.emplace_back(points, record.key, deal->first);
      ++of_key[{record.key, points}];
      ++of_deal[{deal->first, points}];
    }
  }
  std::sort(ties.begin(), ties.end(), std::greater<>());
  absl::flat_hash_set<std::string> taken_keys, taken_deals;
  std::map<std::string, std::string> numbers;
  for (const auto& [points, key, deal] : ties) {
    if (taken_keys.contains(key) || taken_deals.contains(deal)) continue;
    taken_keys.insert(key);
    taken_deals.insert(deal);
    if (of_key[{key, points}] == 1 && of_deal[{deal, points}] == 1) numbers.emplace(key, deal);
  }
  return numbers;
}

}  // namespace dossier
