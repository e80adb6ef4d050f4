// Reads an archived edition again, for the records of which a statement has to be written down
// that the edition had left unsaid: content is never carried forward from another event.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "services/ingest/archive.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/intake.h"

namespace dossier {

// The records among `wanted` (key to content digest) which the edition's bytes hold with just that
// content, by key. Those that its adapter, as it is now, reads otherwise are left out. NotFound,
// DataLoss: the archive does not have the bytes. NotFound: no such adapter any more. `proceed` is
// asked now and then; where it is not OK, reading ends with its status.
absl::StatusOr<std::map<std::string, HeldRecord>> ReadAgain(
    const v1::EditionLoaded& edition, const std::map<std::string, std::string>& wanted,
    const Archive& archive, const std::vector<EditionFormat>& formats, const ActorTable& table,
    const std::function<absl::Status()>& proceed);

}  // namespace dossier
