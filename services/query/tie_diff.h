// What differs between the facts of two cuts, and what happened between their days. Pure.
//
//   DiffTies({.before = &then, .revised = &then_as_known_now, .after = &now, .between = days})
//
// A fact changes in at most two steps:
//   - by knowledge: from what was known at the earlier cut to what the later cut knows of the
//     earlier day; undated, since nothing happened;
//   - by the world: each thing that happened between the days, as the later cut knows it, whether
//     the ends of it look alike or not; and what else differs between the days (a day past what a
//     source covers), undated.
// A partial date that may lie between the days, or before them, is told as the world's, marked
// "(known by the year only)": whether it lies between is not known, and neither is by what it
// changed.
#pragma once

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "dossier/v1/ties_service.pb.h"
#include "services/query/tie_facts.h"

namespace dossier {

// The days after `from` until `until`. No `from`: none; no `until`: all that are to come.
struct DaysBetween {
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> until;

  // Whether it may lie in these days.
  bool Overlap(const TieHappening& happening) const;
};

struct TieDiff {
  // None may be null.
  const TieFacts* before = nullptr;
  // At the earlier day, by what the later cut knows.
  const TieFacts* revised = nullptr;
  const TieFacts* after = nullptr;
  DaysBetween between;
};

// In no order.
std::vector<v1::TieChange> DiffTies(const TieDiff& diff);

// By date (partial dates by their start, undated ones last), then a, b, source, family, record, and
// what changed.
void SortTieChanges(std::vector<v1::TieChange>* changes);

}  // namespace dossier
