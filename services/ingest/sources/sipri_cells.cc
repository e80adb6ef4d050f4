#include "services/ingest/sources/sipri_cells.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {
namespace {

constexpr int64_t kNumberMax = 1'000'000'000;
constexpr size_t kTivDigitsMax = 12;
constexpr size_t kNamesMax = 65'536;

}  // namespace

std::optional<int64_t> SipriDigits(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  int64_t value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<int> SipriYear(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  const std::optional<int64_t> year = SipriDigits(text);
  if (!year || *year < kSipriYearMin || *year > kSipriYearMax) return std::nullopt;
  return static_cast<int>(*year);
}

v1::Rejection RejectSipriRow(std::string_view row, size_t offset, std::string_view heading,
                             std::string reason) {
  const std::string_view before = row.substr(0, offset);
  const size_t begin = before.rfind('\n') + 1;  // 0 where there is none
  v1::Rejection rejection;
  rejection.set_line(1 + static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n')));
  const std::string_view line = row.substr(begin);
  rejection.set_column(ColumnAt(line.substr(0, line.find('\n')), offset - begin));
  rejection.set_field(std::string(heading));
  rejection.set_reason(std::move(reason));
  return rejection;
}

v1::Rejection RejectSipriWidth(std::string_view row, const std::vector<Cell>& cells,
                               std::span<const std::string_view> headings) {
  if (cells.size() > headings.size()) {
    return RejectSipriRow(row, cells[headings.size()].offset, "",
                          absl::StrCat("the row has ", cells.size(), " cells: expected ",
                                       headings.size(),
                                       ", and quotes around a text with a comma in it"));
  }
  return RejectSipriRow(
      row, row.size(), headings[cells.size()],
      absl::StrCat("the row ends after ", cells.size(), " cells: expected ", headings.size()));
}

std::string_view SipriCells::Text(size_t column) const {
  const std::string_view text = cells_[column].text;
  const size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

std::string_view SipriCells::Required(size_t column) {
  if (Text(column).empty()) Fail(column, "the cell is empty: expected a name");
  return Text(column);
}

std::optional<int> SipriCells::Year(size_t column, bool required) {
  const std::string_view text = Text(column);
  if (text.empty() && !required) return std::nullopt;
  const std::optional<int> year = SipriYear(text);
  if (!year) {
    Fail(column, absl::StrCat("year ", Quoted(text), ": expected ", kSipriYearMin, " to ",
                              kSipriYearMax, required ? "" : " or an empty cell"));
  }
  return year;
}

std::optional<int64_t> SipriCells::Number(size_t column) {
  const std::string_view text = Text(column);
  if (text.empty()) return std::nullopt;
  const std::optional<int64_t> number = SipriDigits(text);
  if (!number || *number > kNumberMax) {
    Fail(column,
         absl::StrCat("number ", Quoted(text), text.starts_with('-') ? " is negative" : "",
                      ": expected a whole number of 0 to ", kNumberMax, " or an empty cell"));
    return std::nullopt;
  }
  return number;
}

std::optional<int64_t> SipriCells::Tiv(size_t column) {
  const std::string_view text = Text(column);
  if (text.empty()) return std::nullopt;
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::optional<int64_t> units = SipriDigits(whole);
  std::optional<int64_t> thousandths = 0;
  if (point != std::string_view::npos) {
    const std::string_view decimals = text.substr(point + 1);
    thousandths = decimals.size() > 3 ? std::nullopt : SipriDigits(decimals);
    for (size_t i = decimals.size(); thousandths && i < 3; ++i) *thousandths *= 10;
  }
  if (!units || !thousandths || whole.size() > kTivDigitsMax) {
    Fail(column, absl::StrCat("TIV ", Quoted(text), text.starts_with('-') ? " is negative" : "",
                              ": expected a number of at most ", kTivDigitsMax,
                              " digits, with a point and 1 to 3 decimals or without, or an empty "
                              "cell"));
    return std::nullopt;
  }
  return *units * 1000 + *thousandths;
}

v1::Condition SipriCells::Condition(size_t column) {
  const std::string_view text = Text(column);
  if (text.empty()) return v1::CONDITION_UNSPECIFIED;
  if (text == "New") return v1::CONDITION_NEW;
  if (text == "Second hand") return v1::CONDITION_SECOND_HAND;
  if (text == "Second hand but modernized") return v1::CONDITION_SECOND_HAND_MODERNIZED;
  Fail(column, absl::StrCat("status ", Quoted(text),
                            ": expected New, Second hand, Second hand but modernized or an "
                            "empty cell"));
  return v1::CONDITION_UNSPECIFIED;
}

void SipriCells::Fail(size_t column, std::string reason) {
  if (fault_) return;
  fault_ = RejectSipriRow(row_, cells_[column].offset, headings_[column], std::move(reason));
}

void SipriParties::Set(std::string_view name, v1::ActorRef& actor) {
  const absl::string_view key(name.data(), name.size());
  auto known = id_of_name_.find(key);
  if (known == id_of_name_.end()) {
    if (id_of_name_.size() >= kNamesMax) id_of_name_.clear();
    known = id_of_name_.emplace(key, table_.Resolve(source_, name)).first;
  }
  actor.set_id(known->second);
  actor.mutable_printed_name()->assign(name);
}

}  // namespace dossier
