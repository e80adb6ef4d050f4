// The content of an analyst's event: what is wrong with it, and what is filled in.
#pragma once

#include <string>

#include "dossier/v1/event.pb.h"
#include "services/ingest/field_checks.h"
#include "services/model/actors.h"

namespace dossier {

// An actor may be given by id, by a code or name in the id's place, or by its printed name alone.
// What else each body must give: analyst_transfer.h, analyst_sanction.h, analyst_ties.h.
void CheckAnalystBody(const v1::Present& present, const ActorTable& table, FieldChecks& fields);

// Fills in the actors' ids and names, and the part of a sanction that gives none.
void FillAnalystBody(const ActorTable& table, const std::string& source, v1::Present& present);

}  // namespace dossier
