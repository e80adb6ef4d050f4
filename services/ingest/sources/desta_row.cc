#include "services/ingest/sources/desta_row.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;
constexpr int kCodeMax = 999;
constexpr int kFlagMax = 3;
constexpr int kKindMax = 7;
constexpr size_t kNumberDigitsMax = 6;
constexpr std::string_view kMissing = "NA";

enum Column : size_t {
  kNumber,
  kBase,
  kName,
  kEntryType,
  kConsolidated,
  kYear,
  kInForceYear,
  kLanguage,
  kKind,
  kRegion,
  kIsListed,
  kListedName,
  kCodes,
  kFlags = kCodes + kDestaMembersMax,
  kColumns = kFlags + kDestaMembersMax,
};

constexpr std::string_view kFirstHeadings[] = {
    "number",   "base_treaty", "name",       "entry_type", "consolidated", "year", "entryforceyear",
    "language", "typememb",    "regioncon",  "wto_listed", "wto_name"};
static_assert(std::size(kFirstHeadings) == kCodes);

constexpr std::pair<std::string_view, DestaEntry> kEntries[] = {
    {"base_treaty", DestaEntry::kAgreement},
    {"protocol or amendment", DestaEntry::kProtocol},
    {"consolidated", DestaEntry::kConsolidated},
    {"negotiation", DestaEntry::kNegotiation},
    {"accession", DestaEntry::kAccession},
    {"withdrawal", DestaEntry::kWithdrawal},
};

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

bool AreDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isdigit(c) != 0;
  });
}

// "17", "17+1", "22_1", "44a".
bool IsNumber(std::string_view text) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > kNumberDigitsMax) return false;
  const std::string_view rest = text.substr(digits);
  if (rest.empty()) return true;
  if (rest.size() == 1) return rest[0] >= 'a' && rest[0] <= 'z';
  return (rest[0] == '+' || rest[0] == '_') && rest.size() <= kNumberDigitsMax &&
         AreDigits(rest.substr(1));
}

// Takes the cells of a row; what is returned after the first fault is of no use.
class Cells {
 public:
  explicit Cells(const CsvRecord& record) : record_(record) {}

  std::string_view At(size_t column) const { return XmlTrimmed(record_.cells[column].text); }

  std::string Text(size_t column, std::string_view expected) {
    const std::string_view text = At(column);
    if (text.empty() || text == kMissing) Fail(column, expected);
    return OneLine(text);
  }
  std::string Number(size_t column) {
    const std::string_view text = At(column);
    if (!IsNumber(text)) Fail(column, "a number such as 17, 17+1, 22_1 or 44a");
    return std::string(text);
  }
  int Integer(size_t column, int min, int max, std::string_view what) {
    int number = 0;
    if (absl::SimpleAtoi(ToAbsl(At(column)), &number) && number >= min && number <= max) {
      return number;
    }
    Fail(column, absl::StrCat(ToAbsl(what), " from ", min, " to ", max));
    return min;
  }
  int YearOrMissing(size_t column) {
    return At(column) == kMissing ? 0 : Integer(column, kFirstYear, kLastYear, "NA or a year");
  }

  void CheckSizes() {
    for (size_t column = 0; column < kColumns; ++column) {
      if (record_.cells[column].text.size() <= kDestaTextBytesMax) continue;
      return Fail(column, absl::StrCat("at most ", kDestaTextBytesMax, " bytes"));
    }
  }
  void Fail(size_t column, std::string_view expected) {
    if (fault_) return;
    fault_ = {column, absl::StrCat("expected ", ToAbsl(expected), ", found ", Quoted(At(column)))};
  }
  std::optional<DestaFault>& fault() { return fault_; }

 private:
  const CsvRecord& record_;
  std::optional<DestaFault> fault_;
};

void ReadEntry(Cells& cells, DestaRow& row) {
  row.entry_type = std::string(cells.At(kEntryType));
  const auto entry = std::find_if(std::begin(kEntries), std::end(kEntries),
                                  [&](const auto& one) { return one.first == row.entry_type; });
  if (entry == std::end(kEntries)) return cells.Fail(kEntryType, "an entry type");
  row.entry = entry->second;
  if (row.IsStep() && row.base == row.number) cells.Fail(kBase, "another treaty than its own");
  if (row.year == 0 && row.entry != DestaEntry::kNegotiation) cells.Fail(kYear, "a year");
}

void ReadMembers(Cells& cells, DestaRow& row) {
  for (size_t i = 0; i < kDestaMembersMax; ++i) {
    if (cells.At(kCodes + i) == kMissing) continue;
    DestaMember& member = row.members.emplace_back();
    member.code = cells.Integer(kCodes + i, 1, kCodeMax, "NA or a state's number");
    member.printed = std::string(cells.At(kCodes + i));
    if (cells.At(kFlags + i) == kMissing) continue;
    member.flag = cells.Integer(kFlags + i, 0, kFlagMax, "NA or a flag");
  }
  if (row.members.size() < 2) cells.Fail(kCodes, "two members or more");
}

void CheckFlags(Cells& cells, const DestaRow& row) {
  const int lowest = row.LowestFlag().value_or(0);
  const int highest = row.HighestFlag().value_or(0);
  for (const DestaMember& member : row.members) {
    const int flag = member.flag.value_or(lowest);
    if (flag != lowest && flag != highest) cells.Fail(kFlags, "flags of at most two kinds");
  }
  if (row.IsStep() && (lowest == 0 || highest != lowest + 1)) {
    cells.Fail(kFlags, "members flagged 1 and others 2, or 2 and others 3");
  }
}

// The cells of columns that follow each other, up to the last that is not missing:
// "c1-c3=12,818,288".
std::string Joined(const Cells& cells, size_t first) {
  size_t count = kDestaMembersMax;
  while (count > 1 && cells.At(first + count - 1) == kMissing) --count;
  const auto headings = DestaHeadings();
  std::string joined =
      absl::StrCat(ToAbsl(headings[first]), "-", ToAbsl(headings[first + count - 1]), "=");
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) joined.push_back(',');
    joined.append(cells.At(first + i));
  }
  return joined;
}

bool ListsOneTwice(const DestaRow& row) {
  absl::flat_hash_set<int> codes;
  return !std::all_of(row.members.begin(), row.members.end(), [&](const DestaMember& member) {
    return codes.insert(member.code).second;
  });
}

void ReadRest(const Cells& cells, DestaRow& row) {
  const auto keep = [&](size_t column) {
    const std::string_view text = cells.At(column);
    if (text == kMissing || text.empty()) return;
    row.rest.push_back(absl::StrCat(ToAbsl(kFirstHeadings[column]), "=", OneLine(text)));
  };
  for (const Column column : {kConsolidated, kLanguage, kRegion, kIsListed, kListedName}) {
    keep(column);
  }
  if (row.IsStep()) keep(kKind);
  if (row.entry == DestaEntry::kNegotiation) keep(kYear);
  const bool is_act = row.entry != DestaEntry::kNegotiation && row.entry != DestaEntry::kWithdrawal;
  if (!is_act || row.in_force_year < row.year) {
    keep(kInForceYear);
    row.in_force_year = 0;
  }
  if (row.IsStep() || row.entry == DestaEntry::kConsolidated || ListsOneTwice(row)) {
    row.rest.push_back(Joined(cells, kCodes));
  }
  row.rest.push_back(Joined(cells, kFlags));
}

}  // namespace

std::optional<int> DestaRow::LowestFlag() const {
  std::optional<int> lowest;
  for (const DestaMember& member : members) {
    if (member.flag && (!lowest || *member.flag < *lowest)) lowest = member.flag;
  }
  return lowest;
}

std::optional<int> DestaRow::HighestFlag() const {
  std::optional<int> highest;
  for (const DestaMember& member : members) {
    if (member.flag && (!highest || *member.flag > *highest)) highest = member.flag;
  }
  return highest;
}

bool DestaRow::Acts(const DestaMember& member) const {
  return IsStep() && member.flag && member.flag == LowestFlag();
}

std::span<const std::string_view> DestaHeadings() {
  static const auto& texts = *[] {
    auto* all = new std::vector<std::string>(std::begin(kFirstHeadings), std::end(kFirstHeadings));
    for (const char* prefix : {"c", "mc"}) {
      for (size_t i = 1; i <= kDestaMembersMax; ++i) all->push_back(absl::StrCat(prefix, i));
    }
    return all;
  }();
  static const auto& headings = *new std::vector<std::string_view>(texts.begin(), texts.end());
  return headings;
}

std::optional<DestaFault> ReadDestaRow(const CsvRecord& printed, DestaRow& row) {
  Cells cells(printed);
  row.number = cells.Number(kNumber);
  cells.CheckSizes();
  row.base = cells.Number(kBase);
  row.name = cells.Text(kName, "a name");
  row.year = cells.YearOrMissing(kYear);
  row.in_force_year = cells.YearOrMissing(kInForceYear);
  row.kind = cells.Integer(kKind, 1, kKindMax, "a kind");
  ReadEntry(cells, row);
  ReadMembers(cells, row);
  CheckFlags(cells, row);
  ReadRest(cells, row);
  row.line = printed.line;
  row.line_end = printed.line_end;
  return std::move(cells.fault());
}

}  // namespace dossier
