// The states and organisations in a cell of the Global Sanctions Database, which parts them by
// commas but has commas in names too: "Korea, North, El Salvador", "Saudi Arabia, Egypt, Arab
// Rep.".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/actor.pb.h"
#include "services/model/actors.h"

namespace dossier {

inline constexpr size_t kGsdbStatesMax = 200;

// One thread at a time.
class GsdbStates {
 public:
  // `table` must outlive it.
  GsdbStates(const ActorTable& table, std::string_view source) : table_(table), source_(source) {}

  // Each actor in a cell, with its name as printed. From the left, the longest name that the table
  // knows, of at most four parts; a part that begins none is an unresolved actor of its own. Empty:
  // the cell is, or it has over kGsdbStatesMax parts.
  std::vector<v1::ActorRef> Split(std::string_view cell) const;

 private:
  const ActorTable& table_;
  const std::string source_;
};

}  // namespace dossier
