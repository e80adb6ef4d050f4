// Composes the parts of a list's entry to one content.
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/sanction.pb.h"

namespace dossier {

// `primary`: the event of the entry's own record; `parts`: those of its addresses, aliases and
// comments. Remarks that were cut off (OFAC's: services/model/ofac_remarks.h) go on with the
// comments. All are present and hold sanctions. `raw`: text of all of them that was
// not understood.
v1::Sanction MergeParts(const v1::Event& primary, const std::vector<v1::Event>& parts,
                        std::vector<std::string>* raw);

}  // namespace dossier
