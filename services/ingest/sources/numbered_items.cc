#include "services/ingest/sources/numbered_items.h"

#include <array>
#include <string>

#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

enum class Numbering { kDigits, kLetters, kRoman };

constexpr std::array<std::string_view, 10> kRoman = {"i",  "ii",  "iii",  "iv", "v",
                                                     "vi", "vii", "viii", "ix", "x"};

// What the item of an index, from 0, is numbered by; empty: beyond what the kind can number.
std::string NumberOf(Numbering numbering, size_t index) {
  switch (numbering) {
    case Numbering::kDigits:
      return std::to_string(index + 1);
    case Numbering::kLetters:
      return index < 26 ? std::string(1, static_cast<char>('a' + index)) : std::string();
    case Numbering::kRoman:
      return index < kRoman.size() ? std::string(kRoman[index]) : std::string();
  }
  return "";
}

std::string_view WithoutPartingMarks(std::string_view item) {
  constexpr std::string_view kNoBreakSpace = "\xc2\xa0";
  for (;;) {
    item = XmlTrimmed(item);
    if (item.ends_with(kNoBreakSpace)) {
      item.remove_suffix(kNoBreakSpace.size());
    } else if (item.ends_with(',') || item.ends_with(';')) {
      item.remove_suffix(1);
    } else {
      return item;
    }
  }
}

// "(1)-(2) Algeria", "(1) to (6) Algeria", "(1) (2) Egypt": several numbers share an item.
bool SharesNumbers(std::string_view item) {
  return item.empty() || item == "-" || item == "to" || item.starts_with("-(") ||
         item.starts_with("- (") || item.starts_with("to (");
}

// Where a number stands from `from` on, behind a blank or a parting mark, or npos; `opened` numbers
// have both brackets: "(1)", others the closing one: "1)".
size_t FindNumber(std::string_view cell, std::string_view number, bool opened, size_t from) {
  const std::string mark = (opened ? "(" : "") + std::string(number) + ")";
  for (size_t at = cell.find(mark, from); at != std::string_view::npos;
       at = cell.find(mark, at + 1)) {
    if (at == 0 || opened || cell[at - 1] == ' ' || cell[at - 1] == ',' || cell[at - 1] == ';') {
      return at;
    }
  }
  return std::string_view::npos;
}

std::vector<std::string_view> ItemsOf(std::string_view cell, Numbering numbering, bool opened) {
  std::vector<std::string_view> items;
  const size_t brackets = opened ? 2 : 1;
  size_t at = 0;
  for (size_t index = 0; at != std::string_view::npos && index < kNumberedItemsMax; ++index) {
    const size_t begin = at + NumberOf(numbering, index).size() + brackets;
    const std::string next = NumberOf(numbering, index + 1);
    at = next.empty() ? std::string_view::npos : FindNumber(cell, next, opened, begin);
    const std::string_view item = WithoutPartingMarks(cell.substr(begin, at - begin));
    const bool is_last = at == std::string_view::npos;
    if (SharesNumbers(item) && !(is_last && item == "-")) return {};
    items.push_back(item);
  }
  if (at != std::string_view::npos) return {};
  return items;
}

// `find` says where the next separator stands.
template <typename Find>
std::vector<std::string_view> ItemsBetween(std::string_view cell, const Find& find) {
  std::vector<std::string_view> items;
  while (!cell.empty()) {
    const bool is_last = items.size() + 1 == kSeparatedItemsMax;
    const size_t end = is_last ? std::string_view::npos : find(cell);
    const std::string_view item = XmlTrimmed(cell.substr(0, end));
    if (!item.empty()) items.push_back(item);
    if (end == std::string_view::npos) break;
    cell.remove_prefix(end + 1);
  }
  return items;
}

// How deep in brackets, and whether in quotes, a place in a cell is.
struct Enclosure {
  int depth = 0;
  bool is_quoted = false;

  void Pass(char c) {
    if (c == '"') is_quoted = !is_quoted;
    depth += (c == '(') - (c == ')');
  }
  bool is_outside() const { return depth == 0 && !is_quoted; }
};

bool PairsUp(std::string_view cell) {
  Enclosure enclosure;
  for (char c : cell) {
    enclosure.Pass(c);
    if (enclosure.depth < 0) return false;
  }
  return enclosure.is_outside();
}

size_t FindOutside(std::string_view cell, char separator) {
  Enclosure enclosure;
  for (size_t at = 0; at < cell.size(); ++at) {
    if (cell[at] == separator && enclosure.is_outside()) return at;
    enclosure.Pass(cell[at]);
  }
  return std::string_view::npos;
}

bool StartsWithNumber(std::string_view cell, Numbering numbering, bool opened) {
  return FindNumber(cell.substr(0, 4), NumberOf(numbering, 0), opened, 0) == 0;
}

}  // namespace

std::vector<std::string_view> NumberedItems(std::string_view cell) {
  cell = XmlTrimmed(cell);
  for (bool opened : {true, false}) {
    for (Numbering numbering : {Numbering::kDigits, Numbering::kLetters, Numbering::kRoman}) {
      if (StartsWithNumber(cell, numbering, opened)) return ItemsOf(cell, numbering, opened);
    }
  }
  return {};
}

bool IsNumbered(std::string_view cell) {
  cell = XmlTrimmed(cell);
  for (bool opened : {true, false}) {
    for (Numbering numbering : {Numbering::kDigits, Numbering::kLetters, Numbering::kRoman}) {
      if (StartsWithNumber(cell, numbering, opened)) return true;
    }
  }
  return cell.starts_with("(1-");
}

std::vector<std::string_view> SeparatedItems(std::string_view cell, char separator) {
  return ItemsBetween(cell, [&](std::string_view rest) { return rest.find(separator); });
}

std::vector<std::string_view> SeparatedOutsideBrackets(std::string_view cell, char separator) {
  const bool pairs_up = PairsUp(cell);
  std::vector<std::string_view> items = ItemsBetween(cell, [&](std::string_view rest) {
    return pairs_up ? FindOutside(rest, separator) : rest.find(separator);
  });
  for (std::string_view& item : items) item = WithoutQuotes(item);
  return items;
}

std::string_view WithoutQuotes(std::string_view cell) {
  if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"') return cell;
  const std::string_view bare = cell.substr(1, cell.size() - 2);
  return bare.find('"') == std::string_view::npos ? bare : cell;
}

}  // namespace dossier
