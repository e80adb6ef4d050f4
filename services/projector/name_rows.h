// The rows by which actors are found: 'a', 'f' and 'n' of their names, 'k' of their identifiers,
// 'g', 'y', 'j' and 'b' of the records that are about them, 'p' of pairs that trade.
//
// Each is written once, with the sequence at which it came to be, and says where to look: whether
// the name was borne at a cut is for the record to say. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "dossier/v1/event.pb.h"
#include "services/projector/known_records.h"
#include "storage/views.h"

namespace dossier {

class NameRows {
 public:
  // `is_new`: the record surely had no statement before, live or voided, so that the rows by
  // which it is found need not be looked for.
  void Put(const v1::Event& event, bool is_new, uint64_t sequence, RowBatch& batch);

  // Forgets what it knows of the view, as at a start.
  void Clear();

 private:
  void PutTransfer(const v1::Event& event, uint64_t sequence, RowBatch& batch);
  void PutPartyNames(const v1::Event& event, std::string_view sequence, RowBatch& batch);
  void PutName(std::string_view source, std::string_view actor, std::string_view name,
               std::string_view sequence, RowBatch& batch);
  // False: the row is there, or was put for this event.
  bool PutOnce(std::string key, std::string_view value, RowBatch& batch);

  // Actors of a source: the rows of one that is new need not be looked for.
  KnownRecords known_actors_;
  absl::flat_hash_set<std::string> new_rows_;  // of this event, whose actors are all new
  bool actors_are_new_ = false;
  // Pairs with their names whose rows are known to be there.
  absl::flat_hash_set<std::string> written_;
  std::string names_;  // reused, for speed
};

}  // namespace dossier
