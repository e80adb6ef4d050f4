// The editions of a source that stand at a cut, and what they cover.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/edition.pb.h"
#include "services/query/as_of.h"

namespace dossier {

// The live editions by stamp, oldest first, as they stood at the cut: one retracted later is live.
absl::StatusOr<std::vector<v1::Edition>> LiveEditions(AsOf& as_of, std::string_view source);

// Their scopes as printed, each once, oldest first.
std::vector<std::string> CoverageOf(const std::vector<v1::Edition>& live);

// The last day that any of them covers; unset where none says.
v1::Date CoversUntil(const std::vector<v1::Edition>& live);

// Sources with events or editions in the view, whether or not they count at the cut, in order.
absl::StatusOr<std::vector<std::string>> SourcesInView(AsOf& as_of);

// Whether any statement of the source holds at the cut.
absl::StatusOr<bool> HasStatements(AsOf& as_of, std::string_view source);

}  // namespace dossier
