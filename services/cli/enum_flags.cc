#include "services/cli/enum_flags.h"

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace dossier {
namespace {

// "ASSET_FREEZE" of "asset-freeze".
std::string EnumName(const std::string& prefix, const std::string& word) {
  return absl::StrCat(prefix,
                      absl::AsciiStrToUpper(absl::StrReplaceAll(word, {{"-", "_"}, {" ", "_"}})));
}

// The words of an enum's values but the first: "asset-freeze", "travel-ban" ...
std::vector<std::string> WordsOf(const google::protobuf::EnumDescriptor& values,
                                 const std::string& prefix) {
  std::vector<std::string> words;
  for (int i = 1; i < values.value_count(); ++i) {
    const std::string name = values.value(i)->name().substr(prefix.size());
    words.push_back(absl::AsciiStrToLower(absl::StrReplaceAll(name, {{"_", "-"}})));
  }
  return words;
}

}  // namespace

CLI::Validator IsWordOf(const google::protobuf::EnumDescriptor& values, const std::string& prefix) {
  return CLI::Validator(
      [&values, prefix](std::string& word) {
        if (NumberOfWord(values, prefix, word) != 0) return std::string();
        return absl::StrCat("\"", word, "\": expected one of ",
                            absl::StrJoin(WordsOf(values, prefix), ", "));
      },
      "");
}

int NumberOfWord(const google::protobuf::EnumDescriptor& values, const std::string& prefix,
                 const std::string& word) {
  const auto* value = values.FindValueByName(EnumName(prefix, word));
  return value == nullptr ? 0 : value->number();
}

}  // namespace dossier
