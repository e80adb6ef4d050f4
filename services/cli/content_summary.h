// A content in one line: what the feed, a history and a replay show of it.
#pragma once

#include <string>

#include "dossier/v1/event.pb.h"

namespace dossier {

// "" for a content without a body that is known.
std::string ContentSummary(const v1::Present& present);

}  // namespace dossier
