#include "services/query/pair_rows.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace dossier {
namespace {

// A treaty of an actor's, with the records that are of all its parties or of the other one.
absl::StatusOr<std::vector<SharedTreaty>> TreatiesOf(AsOf& as_of, const std::string& actor,
                                                     const std::string& other_party) {
  std::vector<SharedTreaty> treaties;
  const std::string prefix = KeyBuilder(kTreatyPartyRow).Text(actor).Take();
  RowCursor& rows = as_of.rows();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    std::string_view source, treaty, other, record;
    KeyParser parser = KeyParser::OfBytes(rows.key().substr(prefix.size()));
    const auto first_sequence = DecodeNumber(rows.value());
    if (!parser.Text(&source) || !parser.Text(&treaty) || !parser.Text(&other) ||
        !parser.Text(&record) || !first_sequence.has_value()) {
      return absl::DataLossError("view: a row of an actor's treaties does not decode");
    }
    if (*first_sequence > as_of.sequence() || (!other.empty() && other != other_party)) continue;
    const bool is_next = treaties.empty() || treaties.back().treaty != treaty ||
                         treaties.back().source != source;
    if (is_next) treaties.push_back({std::string(source), std::string(treaty), {}});
    treaties.back().record.emplace_back(record);
  }
  if (!rows.status().ok()) return rows.status();
  return treaties;
}

}  // namespace

absl::StatusOr<std::vector<SharedTreaty>> SharedTreaties(AsOf& as_of, const std::string& a,
                                                         const std::string& b) {
  auto of_a = TreatiesOf(as_of, a, b);
  if (!of_a.ok()) return of_a.status();
  auto of_b = TreatiesOf(as_of, b, a);
  if (!of_b.ok()) return of_b.status();
  std::vector<SharedTreaty> shared;
  auto at = of_b->begin();
  for (SharedTreaty& treaty : *of_a) {
    const auto key = std::tie(treaty.source, treaty.treaty);
    while (at != of_b->end() && std::tie(at->source, at->treaty) < key) ++at;
    if (at == of_b->end()) break;
    if (std::tie(at->source, at->treaty) != key) continue;
    std::move(at->record.begin(), at->record.end(), std::back_inserter(treaty.record));
    std::sort(treaty.record.begin(), treaty.record.end());
    treaty.record.erase(std::unique(treaty.record.begin(), treaty.record.end()),
                        treaty.record.end());
    shared.push_back(std::move(treaty));
  }
  return shared;
}

absl::StatusOr<std::vector<BetweenRecord>> RecordsBetween(AsOf& as_of, std::string_view actor,
                                                          BetweenFamily family,
                                                          std::string_view other) {
  std::vector<BetweenRecord> records;
  KeyBuilder prefix(kBetweenRow);
  prefix.Text(actor).Raw(std::string(1, family));
  const size_t other_at = prefix.key().size();
  if (!other.empty()) prefix.Text(other);
  RowCursor& rows = as_of.rows();
  for (rows.Seek(prefix.key()); rows.Valid() && rows.key().starts_with(prefix.key());
       rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    std::string_view other_in_key, source, record;
    KeyParser parser = KeyParser::OfBytes(rows.key().substr(other_at));
    const auto first_sequence = DecodeNumber(rows.value());
    if (!parser.Text(&other_in_key) || !parser.Text(&source) || !parser.Text(&record) ||
        !first_sequence.has_value()) {
      return absl::DataLossError("view: a row of what is between two actors does not decode");
    }
    if (*first_sequence > as_of.sequence()) continue;
    records.push_back({std::string(other_in_key), {std::string(source), std::string(record)}});
  }
  if (!rows.status().ok()) return rows.status();
  return records;
}

}  // namespace dossier
