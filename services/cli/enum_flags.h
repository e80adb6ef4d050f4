// Options whose values are the words of an enum: "asset-freeze" of MEASURE_KIND_ASSET_FREEZE.
#pragma once

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace CLI {
class Validator;
}

namespace dossier {

// Refuses what is no word of a value but the first, and says which there are. `prefix`:
// "MEASURE_KIND_".
CLI::Validator IsWordOf(const google::protobuf::EnumDescriptor& values, const std::string& prefix);

// The number of the value that a word names; 0: none.
int NumberOfWord(const google::protobuf::EnumDescriptor& values, const std::string& prefix,
                 const std::string& word);

}  // namespace dossier
