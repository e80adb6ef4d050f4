// Countries and nationalities as lists print them, in words: "Iran", "RUSSIA", "Tunisian", "Germany
// (in prison since Sept 2007)".
#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "dossier/v1/actor.pb.h"
#include "services/model/actors.h"

namespace dossier {

// One thread at a time.
class PrintedCountries {
 public:
  // `table` must outlive it.
  PrintedCountries(const ActorTable& table, std::string_view source)
      : table_(table), source_(source) {}

  // Sets the country's id and its name as printed, which is not empty. In this order: the name as
  // the table has it; a nationality that only one country has (nationalities.h); the name in
  // capitals; one of these before "citizenship", or before a bracket that says when or how ("(at
  // time of listing)", "(previous address)"). All else gets an unresolved id.
  void Set(std::string_view printed, v1::ActorRef& country) const;

  // The id; "": the table has none.
  std::string Find(std::string_view printed) const;

 private:
  static constexpr size_t kNamesMax = 10'000;

  std::string FindBare(std::string_view name) const;

  const ActorTable& table_;
  const std::string source_;
  mutable absl::flat_hash_map<std::string, std::string> id_of_;  // at most kNamesMax
};

}  // namespace dossier
