// Who is on which side of a trade agreement, by DESTA's flags mc1 to mc91. A free-trade area that
// concludes an agreement with a state outside it stands against that state: France and Germany are
// not tied to each other by "Algeria EC", but each is to Algeria.
//
// The flags, as the published file has them (the codebook does not say), beside the `typememb` of
// the row:
//
//   1, 2   between states: all flags are 0. No sides.
//   3      a region and a state: 0 for the state, 1 for the region's members
//   4      two regions: 2 and 3 (once 0 and 1)
//   5, 6   an accession: 1 and 2, or 2 and 3. The lower flag is of those that accede; the others
//          are all members, or those of the other side alone
//   7      a withdrawal: 1 for who leaves, 2 for the others
//
// The rule. A row of two flags has two sides, 1 for the lower flag and 2 for the higher; one whose
// `typememb` is 2 has none all the same (PACER Plus flags Australia 0 and all others 1), but a
// negotiation has (TTIP). A member without a flag is with most others. One that is listed on both
// sides is on neither.
//
// Who accedes to an agreement that has sides joins the one that the others of its row are not on.
// If they are on both, 6 says that it does so by joining a region, and it is on the side where most
// of them are (Poland in the European Economic Area); and 5 that it comes by itself, and it is on
// the side of the few (Ecuador beside Colombia and Peru). If the agreement knows none of them,
// which is so where the source names a wrong one: under 6 it is on the larger side, under 5 on
// neither. Thirteen accessions of the published file are decided so; desta_sides_test.cc has them.
//
// Who leaves is on the side on which it was.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/ingest/sources/desta_row.h"

namespace dossier {

class DestaSides {
 public:
  // Of all rows of a file, in any order.
  explicit DestaSides(const std::vector<DestaRow>& rows);

  // The side of each member of a row that is a treaty of its own, in their order; 0: no sides, or
  // neither.
  static std::vector<int> Within(const DestaRow& row);

  // Of a row that is a step: the side on which its member with a code is under the base treaty.
  int UnderBase(const DestaRow& step, int code) const;

 private:
  struct Treaty {
    absl::flat_hash_map<int, int> side_of_code;
    absl::flat_hash_map<int, int> side_of_acceded;
    int count[3] = {};  // of its own members, by side
  };

  const Treaty* Find(const DestaRow& step) const;
  static int JoinedSide(const Treaty& treaty, const DestaRow& accession);

  absl::flat_hash_map<std::string, Treaty> treaties_;  // by number
};

}  // namespace dossier
