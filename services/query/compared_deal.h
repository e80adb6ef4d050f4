// What several sources say of one deal, each added up for itself.
//
//   DealAcross deal(effective_year);
//   deal.Add(held, event);                 // each record of the deal, of whatever source
//   if (deal.Differs()) deal.Write(sources, &compared);
//
// Sums of a source are over its own records: units, TIV and years of the deliveries that count at
// the effective date (measures.h). Records with one deal number repeat what was ordered, so that
// of these the largest counts. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/revisions_service.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/query/deal_units.h"
#include "services/query/measures.h"
#include "storage/view_keys.h"

namespace dossier {

// A record that holds at the cut, before its event is read.
struct HeldTransfer {
  size_t source = 0;  // its place among the sources compared
  std::string record;
  VersionKey version;  // its sequence is the event's
  v1::TransferRow row;
};

// One source's records of a deal.
class SourceSum {
 public:
  explicit SourceSum(int effective_year) : effective_year_(effective_year) {}

  void Add(const HeldTransfer& held, const v1::Transfer& transfer);
  // Of all its records together: each deal number, and each record without one, is judged by
  // itself, and they are of one stage only where all are.
  v1::Stage Stage() const;
  // 0 where nothing was delivered; nullopt: deliveries of which no record gives the number.
  std::optional<int64_t> Units() const;
  void Write(v1::SourceDeal* deal) const;

 private:
  friend class DealAcross;

  const int effective_year_;
  v1::SourceDeal sum_;
  StampKey newest_;  // whose words stand for all
  v1::ActorRef supplier_, recipient_;
  DealSet numbers_;
  std::vector<DealUnits> deals_;  // by the deal's number
};

class DealAcross {
 public:
  explicit DealAcross(int effective_year) : effective_year_(effective_year) {}

  // Of one source in the order of record keys.
  void Add(const HeldTransfer& held, const v1::Transfer& transfer);
  // Whether sources that report it give different numbers of units delivered. One that gives none
  // differs only from one that says that nothing was delivered.
  bool Differs() const;
  // `sources`: their ids, ascending.
  void Write(const std::vector<std::string>& sources, v1::ComparedDeal* deal) const;

 private:
  const int effective_year_;
  std::map<size_t, SourceSum> sums_;  // by the source's place
};

}  // namespace dossier
