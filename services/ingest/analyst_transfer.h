// An analyst's transfers: what is wrong with one. Called by CheckAnalystBody; `checks` notes each
// violation under the field's whole path.
#pragma once

#include "dossier/v1/transfer.pb.h"
#include "services/ingest/body_checks.h"

namespace dossier {

// Who supplied what to whom; numbers and years that can be.
void CheckBody(const v1::Transfer& transfer, BodyChecks& checks);

}  // namespace dossier
