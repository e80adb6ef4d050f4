// The actors that a request names: by id, code or name in the table, or by id or printed name among
// the actors that sources had named by the cut.
//
// An id is taken as it is. A code or name means the actor of the cut's effective date: if the one
// that bears it began later, and exactly one of its predecessors existed then, that predecessor.
// A name that no table knows costs a seek in the rows of folded names. Longer names than those hold
// (1,000 bytes, folded) are not found.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// A request names at most so many actors, in all its fields together.
inline constexpr int kActorsMax = 200;

// A field that names actors. `texts` must outlive it.
struct ActorField {
  std::string_view name;
  const google::protobuf::RepeatedPtrField<std::string>& texts;
};

// The ids that each field names, in the order of the fields; each sorted, each id once. A printed
// name of several actors names them all. InvalidArgument: an empty text, too many texts, or too
// many actors that bear them; NotFound: no such actor. Or the call's limits.
absl::StatusOr<std::vector<std::vector<std::string>>> ResolveActors(
    AsOf& as_of, const ActorTable& table, std::initializer_list<ActorField> fields);

// The one actor that a field names. InvalidArgument: an empty text, or a printed name of several
// actors, with their ids; NotFound. Or the call's limits.
absl::StatusOr<v1::Actor> ResolveActor(AsOf& as_of, const ActorTable& table, std::string_view text,
                                       std::string_view field);

// An 'a' row; the views are valid until the cursor moves.
struct PrintedName {
  std::string_view id, source, name;
  uint64_t first_sequence = 0;
};

// The row at the cursor. DataLoss.
absl::StatusOr<PrintedName> ReadPrintedName(const RowCursor& rows);

}  // namespace dossier
