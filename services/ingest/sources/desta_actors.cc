#include "services/ingest/sources/desta_actors.h"

#include <algorithm>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/desta_row.h"
#include "services/model/actor_table.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr int kKosovo = 900;

}  // namespace

DestaActors::DestaActors(const ActorTable& table) : numbers_(table) {
  // ISO 3166-1 comes first in the rows: what -3 has again is the same state under an older name.
  for (const IsoRow& iso : IsoRows()) {
    int code = 0;
    const absl::string_view numeric(iso.numeric.data(), iso.numeric.size());
    if (!absl::SimpleAtoi(numeric, &code)) continue;
    if (const v1::Actor* actor = table.Find(iso.alpha3)) actor_of_code_.try_emplace(code, actor);
  }
  if (const v1::Actor* actor = table.Find("state:XKX")) actor_of_code_.try_emplace(kKosovo, actor);
}

std::string DestaActors::IdOf(int code, int year) const {
  const auto found = actor_of_code_.find(code);
  if (found == actor_of_code_.end()) return UnresolvedId(kDestaSource, absl::StrCat(code));
  const v1::Actor& actor = *found->second;
  if (year == 0 || !actor.has_from_date() || year >= actor.from_date().year()) return actor.id();
  for (const int number : actor.cow_number()) {
    const std::vector<CowBearer> bearers =
        numbers_.BearersOf(number, MakeDate(year), MakeDate(year));
    if (!bearers.empty()) return bearers.back().actor;
  }
  return actor.id();
}

}  // namespace dossier
