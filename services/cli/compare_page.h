// What several sources say of the same deals, as `compare` prints it.
#pragma once

#include <ostream>
#include <span>

#include "dossier/v1/revisions_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

// A table a pair of supplier and recipient: of each deal a line a source, one below the other.
// `deals` come in the order of the answer.
void PrintComparedDeals(const Session& session, std::span<const v1::ComparedDeal> deals);

// A row for each source of each deal.
void PrintComparedCsvHeading(std::ostream& out);
void PrintComparedCsv(std::ostream& out, const v1::ComparedDeal& deal);

}  // namespace dossier
