// How the United Nations Treaty Collection numbers its treaties, and the ids that follow from it:
// chapter 26, number "2.a" is "untc:26-2-a". The index of the collection has the number in two
// cells; of a status table, the file's name alone says which treaty it is of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier {

// "26-2-a" for chapter "26" and number "2.a", "3-2-12b" for "3" and "2.12b", "11-B-16" for "11.B"
// and "16". Nullopt: a chapter does not begin with one or two digits, or a part between dots or
// hyphens is not one to four ASCII letters or digits.
std::optional<std::string> UntcNumber(std::string_view chapter, std::string_view number);

// The same out of a status table's file name: "untc_2015/26-2-a.csv". Folders do not count, nor
// does the date of a download behind the number: "26-2-a-2015-03-14.csv", "26-3_2015-03-14.csv".
// Nullopt: the name is none of this kind.
std::optional<std::string> UntcNumberOfFileName(std::string_view file_name);

// "untc:26-2-a".
std::string UntcTreatyId(std::string_view number);

}  // namespace dossier
