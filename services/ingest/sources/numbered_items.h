// Cells that list: by numbers, "(1) Tiaret (2) Maskara", "1) Saudi Arabia 2) Qatar", "(a) German,
// (b) Moroccan", "(i) 4.1.1960, (ii) 4.1.1961"; or with separators, "Abra; Cadabra".
#pragma once

#include <string_view>
#include <vector>

namespace dossier {

inline constexpr size_t kNumberedItemsMax = 200;
inline constexpr size_t kSeparatedItemsMax = 2'000;

// The items, without their numbers and what parts them. Empty: the cell does not number its items,
// or not safely ("(1)-(2) Algeria", "(1) (2) Egypt"): numbers must follow each other from the first
// on, each with something behind it ("-" and "to" between two are nothing), and nothing before
// them.
std::vector<std::string_view> NumberedItems(std::string_view cell);

// Whether it begins with a number of that kind, safely or not.
bool IsNumbered(std::string_view cell);

// What stands between separators (";"), without blanks at its ends; what is empty is left out. The
// last of kSeparatedItemsMax items is all that is left.
std::vector<std::string_view> SeparatedItems(std::string_view cell, char separator);

// The same, but what is in brackets or double quotes is not parted, and an item in quotes stands
// without them. These are two:
//
//   Abra (born 1973; in Zenda); "Cadabra; Ltd."
//
// Where brackets or quotes do not pair up, all separators part.
std::vector<std::string_view> SeparatedOutsideBrackets(std::string_view cell, char separator);

// Without a pair of double quotes around all of it; with quotes inside, as it is.
std::string_view WithoutQuotes(std::string_view cell);

}  // namespace dossier
