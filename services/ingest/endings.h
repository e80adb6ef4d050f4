// Whether an edition would end no more than is usual: a list that comes empty, cut off or of
// another kind must not become delistings.
//
// Usual is one record in ten for each begun month since the edition before it, and never more than
// half; a handful (10) ends without a question, and no more than that where a file lacks the mark
// of its end. Looked at are the edition's own absences, and those that it would bring about in
// later editions that were loaded before it.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "dossier/v1/edition.pb.h"
#include "services/ingest/comparison.h"

namespace dossier {

// `live`: the source's live editions by stamp. FailedPrecondition, with the figure.
absl::Status CheckEndings(const std::vector<v1::Edition>& live, const Comparison& compared,
                          const v1::EditionLoaded& loaded, bool lacks_end_mark);

}  // namespace dossier
