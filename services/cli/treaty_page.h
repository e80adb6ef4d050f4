// A treaty as a page: what each source says that it is, and what its parties did and owe.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "dossier/v1/ties_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

void PrintTreatyPage(const Session& session, const v1::GetTreatyResponse& response);

// A row for each act and spell of a party: treaty,title,source,party,name,stands,possible,since,
// until,what,date,to_date,obligations,toward,text,record,published,file,line,sequence. A party with
// neither has a row of its own.
void PrintTreatyCsv(std::ostream& out, const v1::GetTreatyResponse& response);

// A treaty in a list, as a row of CSV, and its headings: treaty,title,source,subject,signed,
// in_force_date,end_date,obligations,stands,possible,since,until, and how many parties stand how:
// in_force,consented,applies,suspended,signed_only,nothing,ended.
std::vector<std::string> TreatyCsvHeadings();
std::vector<std::string> TreatyCsvFields(const v1::TreatyLine& line);

}  // namespace dossier
