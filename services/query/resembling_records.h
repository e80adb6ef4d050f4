// Records that may be one deal under two keys: of a register's record that came or went between two
// cuts, those of the same parties that went or came, with the same delivery years and numbers,
// where any number is given, and the same order year or designation. A resemblance, not a claim.
//
//   ResemblingRecords resembling(cuts, "sipri-register");
//   auto records = resembling.Of(change, transfer);
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/transfer.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/query/transfer_change_scan.h"

namespace dossier {

class ResemblingRecords {
 public:
  // The cuts' points must outlive it; moves their cursor.
  ResemblingRecords(const CutPair& cuts, std::string source)
      : cuts_(cuts), source_(std::move(source)) {}

  // Of a change that is a report or a withdrawal, and what it said: at most 3 keys, ascending. Of
  // any other: none. Each pair of parties is read once, at both cuts.
  absl::StatusOr<std::vector<std::string>> Of(const FoundChange& change,
                                              const v1::Transfer& transfer);

 private:
  struct Placed {
    uint64_t sequence = 0;
    v1::TransferRow row;
  };
  using ByRecord = std::map<std::string, Placed>;
  // What only one of the cuts holds between two parties.
  struct Pair {
    ByRecord went;
    ByRecord came;
  };

  absl::StatusOr<const Pair*> PairOf(const std::string& supplier, const std::string& recipient);
  absl::StatusOr<ByRecord> PlacedAt(AsOf& as_of, const std::string& supplier,
                                    const std::string& recipient);
  absl::StatusOr<bool> Resembles(const std::string& record, const Placed& placed,
                                 const v1::Transfer& transfer, AsOf& other_cut);

  const CutPair cuts_;
  const std::string source_;
  std::map<std::pair<std::string, std::string>, Pair> pairs_;
};

}  // namespace dossier
