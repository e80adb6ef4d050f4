// What is between two actors as a page: source by source, beside each other and never added.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "dossier/v1/ties_service.pb.h"
#include "services/cli/session.h"
#include "services/cli/tie_parts.h"

namespace dossier {

// `silent`: the sources that say nothing of the two, with what they cover, printed.
void PrintTiePage(const Session& session, const TiePageOptions& options,
                  const v1::GetTieResponse& response, const std::vector<std::string>& silent);

// A row a fact: a,b,source,family,from,toward,via,subject,stands,since,until,detail,record,
// published,basis,file,line,sequence. family: treaty, transfers, open order, sanction, deployment,
// indicator, dealing, shared membership. from, toward: who acts, and on whom; empty of what both
// have alike.
void PrintTieCsv(std::ostream& out, const v1::GetTieResponse& response);

// "What held on 2024-11-01, as published by 2025; sequence 1,234, log 3fa2b1c0".
std::string CutWords(const v1::AnsweredAt& answered_at);

}  // namespace dossier
