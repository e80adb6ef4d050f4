// Acts under a treaty of which a statement gives no date: what date stands in for theirs.
//
// An analyst's event may say from when what it tells holds, and leave its acts without a date of
// their own. Editions have no dates but those of their content.
#pragma once

#include "dossier/v1/event.pb.h"
#include "dossier/v1/treaty.pb.h"
#include "dossier/v1/view_rows.pb.h"

namespace dossier {

// Whether it is worth reading the event for a date.
bool HasUndatedAct(const v1::StatementRow& row);

// Gives acts without a date that from which the event holds: as much of it as both ends of its
// window have.
void DateActs(const v1::Effective& effective, v1::TreatyParty* party);

}  // namespace dossier
