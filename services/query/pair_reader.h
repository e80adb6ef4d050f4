// Reads ties pair by pair; what is the same for all pairs of a request is read once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/ties_service.pb.h"
#include "services/query/as_of.h"
#include "services/query/pair_facts.h"
#include "services/query/pair_treaties.h"
#include "services/query/place_scan.h"
#include "services/query/trade_summary.h"
#include "services/query/treaty_standing.h"

namespace dossier {

class PairReader {
 public:
  struct Options {
    // Also what has ended, or has not begun, by the cut's date; the same of treaties.
    bool include_ended = false;
    bool include_ended_treaties = false;
    // Where each treaty's statements stand, and orders one by one: what counts need not have.
    bool in_detail = true;
  };

  PairReader(AsOf& as_of, Options options)
      : as_of_(as_of),
        options_(options),
        editions_(as_of),
        treaties_(as_of, editions_),
        facts_(as_of, options.include_ended) {}
  PairReader(const PairReader&) = delete;

  // `ended_treaties`: how many treaties were left out since they ended, or had not been signed.
  absl::Status Read(const v1::ActorRef& a, const v1::ActorRef& b, v1::Tie* tie,
                    uint64_t* ended_treaties);

  // What a source is, for whoever reads an answer from it: edition, coverage, notes.
  absl::StatusOr<const v1::SourceTie*> HeadOf(const std::string& source);

 private:
  using Parts = PairFacts::Parts;

  absl::Status AddTreaties(const v1::ActorRef& a, const v1::ActorRef& b, Parts* parts,
                           uint64_t* ended_treaties);
  absl::Status AddTransfers(const v1::ActorRef& a, const v1::ActorRef& b, Parts* parts);
  absl::StatusOr<bool> AddDirection(const std::string& source, const std::string& supplier,
                                    const std::string& recipient, v1::TransferTie* transfers);
  absl::Status AddOpenOrders(const PlaceRange& range, TradeSum* sum, v1::TransferTie* transfers);

  AsOf& as_of_;
  const Options options_;
  EditionsBySource editions_;
  PairTreaties treaties_;
  PairFacts facts_;
  std::map<std::string, v1::SourceTie> heads_;
  std::optional<std::vector<std::string>> transfer_sources_;
};

}  // namespace dossier
