// An analyst's treaties, memberships, deployments, indicators and dealings: what is wrong with one.
// Called by CheckAnalystBody; `checks` notes each violation under the field's whole path.
#pragma once

#include "dossier/v1/treaty.pb.h"
#include "services/ingest/body_checks.h"

namespace dossier {

// It has an id, and describes the treaty or names a party; acts have a kind, spells end after they
// begin, and nobody owes himself.
void CheckBody(const v1::Treaty& treaty, BodyChecks& checks);
// Who joined, left, or was suspended from, which organisation.
void CheckBody(const v1::Membership& membership, BodyChecks& checks);
// Who supports whom; numbers that can be.
void CheckBody(const v1::Deployment& deployment, BodyChecks& checks);
// A value with its unit, or a statement in words, or both.
void CheckBody(const v1::Indicator& indicator, BodyChecks& checks);
// What passed between two, in a sentence.
void CheckBody(const v1::Dealing& dealing, BodyChecks& checks);

}  // namespace dossier
