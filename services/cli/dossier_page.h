// One actor's dossier as a page: who it is, then what each source says of it, beside each other and
// never added.
#pragma once

#include <ostream>

#include "dossier/v1/query_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

// `rows_max`: partners and categories listed of each direction.
void PrintDossierPage(const Session& session, int rows_max, const v1::Dossier& dossier);

// A row a figure: actor,source,side,of,key,name,year_from,year_to,tiv,tiv_estimated,records,deals,
// units. side: supplier or recipient. of: total, last_five_years, partner, category, year. Of
// sanctions a row each: side target or sender, of: sanctions, with their number as records. Of
// treaties a row for each standing (key), of memberships, deployments, indicators and dealings one,
// likewise.
void PrintDossierCsv(std::ostream& out, const v1::GetDossierResponse& response);

}  // namespace dossier
