#include "services/ingest/sources/desta_sides.h"

#include <algorithm>

namespace dossier {
namespace {

constexpr int kPlurilateral = 2;
constexpr int kAccessionByRegion = 6;

// Of two counts by side: where there are more, or fewer; 0: as many.
int LargerSide(const int (&count)[3]) {
  return count[1] == count[2] ? 0 : count[1] > count[2] ? 1 : 2;
}
int OtherSide(int side) { return side == 0 ? 0 : 3 - side; }

}  // namespace

std::vector<int> DestaSides::Within(const DestaRow& row) {
  std::vector<int> sides(row.members.size());
  const bool is_flat = row.kind == kPlurilateral && row.entry != DestaEntry::kNegotiation;
  if (row.LowestFlag() == row.HighestFlag() || is_flat) return sides;
  int count[3] = {};
  for (size_t i = 0; i < sides.size(); ++i) {
    const auto flag = row.members[i].flag;
    if (flag) ++count[sides[i] = flag == row.LowestFlag() ? 1 : 2];
  }
  absl::flat_hash_map<int, int> side_of_code;
  for (size_t i = 0; i < sides.size(); ++i) {
    if (!row.members[i].flag) sides[i] = LargerSide(count);
    const auto [known, is_new] = side_of_code.try_emplace(row.members[i].code, sides[i]);
    if (!is_new && known->second != sides[i]) known->second = 0;
  }
  for (size_t i = 0; i < sides.size(); ++i) sides[i] = side_of_code[row.members[i].code];
  return sides;
}

DestaSides::DestaSides(const std::vector<DestaRow>& rows) {
  for (const DestaRow& row : rows) {
    if (row.IsStep()) continue;
    const auto [treaty, is_new] = treaties_.try_emplace(row.number);
    if (!is_new) continue;
    const std::vector<int> sides = Within(row);
    for (size_t i = 0; i < sides.size(); ++i) {
      treaty->second.side_of_code.try_emplace(row.members[i].code, sides[i]);
      ++treaty->second.count[sides[i]];
    }
  }
  for (const DestaRow& row : rows) {
    const auto treaty = treaties_.find(row.base);
    if (row.entry != DestaEntry::kAccession || treaty == treaties_.end()) continue;
    const int side = JoinedSide(treaty->second, row);
    for (const DestaMember& member : row.members) {
      if (row.Acts(member)) treaty->second.side_of_acceded.try_emplace(member.code, side);
    }
  }
}

int DestaSides::JoinedSide(const Treaty& treaty, const DestaRow& accession) {
  if (treaty.count[1] == 0 || treaty.count[2] == 0) return 0;
  int others[3] = {};
  for (const DestaMember& member : accession.members) {
    const auto known = treaty.side_of_code.find(member.code);
    if (accession.Acts(member) || known == treaty.side_of_code.end()) continue;
    ++others[known->second];
  }
  const bool by_region = accession.kind == kAccessionByRegion;
  if (others[1] == 0 && others[2] == 0) return by_region ? LargerSide(treaty.count) : 0;
  if (others[1] != 0 && others[2] != 0 && by_region) return LargerSide(others);
  return OtherSide(LargerSide(others));
}

const DestaSides::Treaty* DestaSides::Find(const DestaRow& step) const {
  const auto treaty = treaties_.find(step.base);
  return treaty == treaties_.end() ? nullptr : &treaty->second;
}

int DestaSides::UnderBase(const DestaRow& step, int code) const {
  const Treaty* treaty = Find(step);
  if (treaty == nullptr) return 0;
  if (step.entry == DestaEntry::kAccession) return JoinedSide(*treaty, step);
  for (const auto* sides : {&treaty->side_of_code, &treaty->side_of_acceded}) {
    const auto known = sides->find(code);
    if (known != sides->end()) return known->second;
  }
  return 0;
}

}  // namespace dossier
