// An analyst's sanctions, links and claims: what is wrong with one. Called by CheckAnalystBody;
// `checks` notes each violation under the field's whole path.
#pragma once

#include "dossier/v1/sanction.pb.h"
#include "services/ingest/body_checks.h"

namespace dossier {

// At least one target; who imposes it, as senders, authority or list.
void CheckBody(const v1::Sanction& sanction, BodyChecks& checks);
// Both sides, and how they are linked.
void CheckBody(const v1::PartyLink& link, BodyChecks& checks);
// Both sides, and what is claimed.
void CheckBody(const v1::IdentityClaim& claim, BodyChecks& checks);

}  // namespace dossier
