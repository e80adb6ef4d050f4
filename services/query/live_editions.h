// The editions of a source that stand at a cut, and what they cover.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/edition.pb.h"
#include "services/query/as_of.h"

namespace dossier {

// The edition of an 's' row as it stood at the cut: one retracted later is live. Nullopt: it was
// not known then. DataLoss.
absl::StatusOr<std::optional<v1::Edition>> EditionAtCut(const AsOf& as_of, std::string_view value);

// The live editions by stamp, oldest first, as they stood at the cut: one retracted later is live.
absl::StatusOr<std::vector<v1::Edition>> LiveEditions(AsOf& as_of, std::string_view source);

// Their scopes as printed, each once, oldest first.
std::vector<std::string> CoverageOf(const std::vector<v1::Edition>& live);

// The last day that any of them covers for all parties; unset where none says. An edition of some
// suppliers or recipients alone shows nothing of the others.
v1::Date CoversUntil(const std::vector<v1::Edition>& live);

// Sources with events or editions in the view, whether or not they count at the cut, in order.
absl::StatusOr<std::vector<std::string>> SourcesInView(AsOf& as_of);

// NotFound, by the request's `field`, for a source that is none of these.
absl::Status CheckKnownSource(AsOf& as_of, const std::string& source, std::string_view field);

// The last sequence at which anything that editions of the source published by the cut say was
// accepted, live or not: what was first said later cannot have been published by then. Of a source
// without editions, the cut's sequence.
absl::StatusOr<uint64_t> LastPublishedSequence(AsOf& as_of, std::string_view source);

// Whether any statement of the source holds at the cut.
absl::StatusOr<bool> HasStatements(AsOf& as_of, std::string_view source);

}  // namespace dossier
