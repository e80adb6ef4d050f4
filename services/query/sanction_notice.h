// What every answer about sanctions says of itself.
#pragma once

namespace dossier {

inline constexpr char kSanctionsNotice[] =
    "Licences, exemptions and ownership are not considered; absence from a list is no clearance.";

}  // namespace dossier
