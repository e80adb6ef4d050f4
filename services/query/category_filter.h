// Which categories a request asks for: as printed, case ignored, any of them; none: all.
#pragma once

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace dossier {

inline bool CategoryMatches(const google::protobuf::RepeatedPtrField<std::string>& asked,
                            const std::string& category) {
  return asked.empty() || std::any_of(asked.begin(), asked.end(), [&](const std::string& one) {
           return absl::EqualsIgnoreCase(one, category);
         });
}

}  // namespace dossier
