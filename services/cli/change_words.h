// The classes of change in words, as they are printed and as a flag takes them: "new deliveries",
// "flag".
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/transfer.pb.h"
#include "google/protobuf/repeated_field.h"

namespace CLI {
class App;
}

namespace dossier {

// "new deliveries, revaluation"; "" for none. Of any message's `change_class`.
std::string ClassWords(const google::protobuf::RepeatedField<int>& classes);

// --class NAME, any number of times, blanks or hyphens between words. Words that name no class are
// refused while the command line is read.
void AddClassFlag(CLI::App& command, std::vector<std::string>& words, const std::string& what);
// For any message's `change_class`.
google::protobuf::RepeatedField<int> ClassesOfWords(const std::vector<std::string>& words);

}  // namespace dossier
