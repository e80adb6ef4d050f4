// Who is who: QueryService.GetActor and FindActors.
//
// Beside the table's own names, an actor's answer has the names that sources had printed by the
// cut, each with its source. Actors that only sources name (unresolved ones, an analyst's own) are
// found like those of the table.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// InvalidArgument: empty. NotFound: no such actor.
absl::StatusOr<v1::GetActorResponse> GetActor(AsOf& as_of, const ActorTable& table,
                                              const v1::GetActorRequest& request);

// Finds actors by the beginnings of names, words in them, and codes. Built once at start: it keeps
// the table's names folded. Safe for use by several threads; `table` must outlive it.
class ActorSearch {
 public:
  explicit ActorSearch(const ActorTable& table);

  // In the order of ids. `after`: the place of the request's page token.
  absl::StatusOr<v1::FindActorsResponse> Find(AsOf& as_of, const v1::FindActorsRequest& request,
                                              std::string_view after) const;

 private:
  // Ids of the actors that match, in order, after `after`: at least the first `wanted` of them. A
  // page costs those of its own that their ids bring in, and all rows of names that match.
  absl::StatusOr<std::set<std::string, std::less<>>> FindIds(AsOf& as_of, const std::string& text,
                                                             const std::string& after,
                                                             size_t wanted) const;

  struct Entry {
    const v1::Actor* actor;
    std::vector<std::string> keys;  // folded names and codes
  };
  std::vector<Entry> entries_;  // by id
  const ActorTable& table_;
};

}  // namespace dossier
