// Composes the parts of a list's entry to one content.
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/sanction.pb.h"

namespace dossier {

// `primary`: the event of the entry's own record; `parts`: those of its addresses, aliases and
// comments. Where `comments_go_on`, the comments are the rest of the primary's remarks, which were
// cut off (OFAC's: services/model/ofac_remarks.h), and are joined with them; else they stand in
// `raw`. All are present and hold sanctions. `raw`: text of all of them that was
// not understood.
v1::Sanction MergeParts(const v1::Event& primary, const std::vector<v1::Event>& parts,
                        bool comments_go_on, std::vector<std::string>* raw);

}  // namespace dossier
