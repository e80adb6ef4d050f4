#include "services/cli/change_words.h"

#include "CLI/CLI.hpp"
#include "services/cli/enum_flags.h"
#include "services/cli/numbers.h"

namespace dossier {
namespace {

constexpr char kPrefix[] = "CHANGE_CLASS_";

}  // namespace

std::string ClassWords(const google::protobuf::RepeatedField<int>& classes) {
  std::string words;
  for (int value : classes) {
    if (!words.empty()) words += ", ";
    const std::string& name = v1::ChangeClass_Name(static_cast<v1::ChangeClass>(value));
    // A class of a newer server than this program is shown by its number.
    words += name.empty() ? std::to_string(value) : Words(name, kPrefix);
  }
  return words;
}

void AddClassFlag(CLI::App& command, std::vector<std::string>& words, const std::string& what) {
  command.add_option("--class", words, what)
      ->check(IsWordOf(*v1::ChangeClass_descriptor(), kPrefix));
}

google::protobuf::RepeatedField<int> ClassesOfWords(const std::vector<std::string>& words) {
  google::protobuf::RepeatedField<int> classes;
  for (const std::string& word : words) {
    classes.Add(NumberOfWord(*v1::ChangeClass_descriptor(), kPrefix, word));
  }
  return classes;
}

}  // namespace dossier
