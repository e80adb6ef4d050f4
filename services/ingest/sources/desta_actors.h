// The states that DESTA names by number: ISO 3166-1 numeric codes, those of ISO 3166-3 that no
// state of today has ("530", the Netherlands Antilles), and "900", which is Kosovo.
//
// DESTA gives a state the number of today for all years. Where another actor of the table bore the
// same number of the Correlates of War then, it is meant: "688" of 1967 is Yugoslavia, "643" of
// 1960 the Soviet Union. A state that was not independent yet stays who it is.
#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "services/ingest/sources/cow_numbers.h"
#include "services/model/actors.h"

namespace dossier {

// Immutable, so safe for use by several threads.
class DestaActors {
 public:
  // `table` must outlive it.
  explicit DestaActors(const ActorTable& table);

  // The actor's id in a year; 0: today. A number of nobody is an unresolved actor ("997").
  std::string IdOf(int code, int year) const;

 private:
  absl::flat_hash_map<int, const v1::Actor*> actor_of_code_;
  const CowNumbers numbers_;
};

}  // namespace dossier
