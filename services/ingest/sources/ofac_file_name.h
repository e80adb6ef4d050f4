// Which of OFAC's two lists a file holds, as its name tells.
#pragma once

#include <string_view>

namespace dossier {

enum class OfacList { kUnknown, kSdn, kConsolidated };

// By the words of the file's name, case ignored, without its folders: "cons" or "consolidated"; or
// else "sdn", "add" or "alt". "us_ofac_cons_add_2025-12-19.csv" is of the consolidated list.
OfacList OfacListOfFileName(std::string_view file_name);

}  // namespace dossier
