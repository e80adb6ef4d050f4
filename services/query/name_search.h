// Actors by name, alias or identifier: SanctionsService.Search.
//
// Kinds of matches, best first, each by its rows of the index (storage/view_keys.h):
//
//   IDENTIFIER  'k': letters and digits alike
//   EXACT       'n': a name as printed
//   FOLDED      'n': the same words, folded, in whatever order
//   PREFIX      'k': an identifier that begins with the text's letters and digits, of which there
//               are 4 and more, with a digit among them; then 'f': a name that begins with the
//               text, folded
//   WORDS       'n': a name with all words of the text. The last word may be a beginning where it
//               is the only one, where it begins few words (at most 128 rows), or where the names
//               with all others are few (at most 32); else it is taken whole like the others
//
// Each actor found is verified by the records of its source that hold at the cut, and stands once
// for each source, under the best kind that was asked for; rows of names that no edition of their
// source can have given by the cut are passed over. What follows is the index: names of more
// than 1,000 bytes, folded, are not in it, and of one with more than 24 words not all words.
//
// Bounded: a page reads at most 6,000 rows of the index, give or take a batch, and verifies at most
// 200 actors more than it holds; past that it ends early, even empty, with a token to go on.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"

namespace dossier {

// `after`: the place of the request's page token; "": the first page. InvalidArgument and NotFound
// name the field.
absl::StatusOr<v1::SearchResponse> Search(AsOf& as_of, const ActorTable& table,
                                          const v1::SearchRequest& request, std::string_view after);

}  // namespace dossier
