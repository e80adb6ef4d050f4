// The sanctions on a party: SanctionsService.GetSanctions.
//
// A party's records are found by the rows 'g' and verified at the cut. What had ended is left out
// unless it is asked for. What the list holds is never left out because it has not begun yet,
// except that what had not begun by an effective date, nor was listed by then, is. Claims are
// followed from the records that hold at the cut, by whichever side made them, nearest first.
//
// Links stand by the id that the list gives: links that a list prints by name alone are not looked
// for. Where a bound cuts the answer short, its `coverage` begins by saying so, or the entry's
// note.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"
#include "services/query/entry_reader.h"

namespace dossier {

inline constexpr int kClaimStepsMax = 3;
inline constexpr size_t kClaimedPartiesMax = 100;
inline constexpr int kImposedMax = 1'000;

// InvalidArgument, NotFound: the actor. A printed name of several parties means them all.
absl::StatusOr<v1::GetSanctionsResponse> GetSanctions(AsOf& as_of, const ActorTable& table,
                                                      const v1::GetSanctionsRequest& request);

// Whether an answer has an entry: what ended only where that is asked for, and what had not begun
// by a date only where the list held it by then.
bool IsAsked(const AsOf& as_of, const ReadEntry& read, bool include_ended);

// How many entries of a source GetSanctions shows on an actor, and by it on others, without those
// that ended; by whose list the source is: all that the list holds. Which of these held on an
// effective date is not looked up: with one, a list has no count (0) by whose it is.
struct SanctionCounts {
  int64_t on = 0;
  int64_t by = 0;
};
absl::StatusOr<SanctionCounts> CountSanctions(AsOf& as_of, EntryReader& reader,
                                              const std::string& source, const std::string& actor);

}  // namespace dossier
