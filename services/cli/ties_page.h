// The ties of a group of actors: each pair, source by source, in counts; at one cut, or at two
// beside each other; and what changed between the two.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "dossier/v1/ties_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

// Each pair with a table of what each source has of it; pairs of which no source says anything
// stand together in one line.
void PrintTiesPage(const Session& session, const v1::GetTiesResponse& response);
// The same at two cuts, column beside column; "=" where the later one is as the earlier.
void PrintTiesPages(const Session& session, const v1::GetTiesResponse& from,
                    const v1::GetTiesResponse& to);

// What changed: when, between whom, from what to what, and the statements that changed it.
void PrintTieChange(const Session& session, const v1::TieChange& change);

// A row for each pair and source: a,b,source, treaties by standing, obligations and figures each
// way.
void PrintTiesCsv(std::ostream& out, const v1::GetTiesResponse& response);
// A row for each statement that a change rests on: date,a,b,source,family,subject,before,after,
// by_knowledge,at,record,published,file,line,sequence. at: the cut that it holds at, before or
// after.
void PrintTieChangesCsvHeading(std::ostream& out);
void PrintTieChangeCsv(std::ostream& out, const v1::TieChange& change);

}  // namespace dossier
