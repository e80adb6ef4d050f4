#include "services/ingest/sources/uk_ofsi_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/numeric_dates.h"
#include "services/ingest/sources/xml_records.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr size_t kGroupIdDigitsMax = 12;

bool IsGroupId(std::string_view text) {
  return !text.empty() && text.size() <= kGroupIdDigitsMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

absl::Status UkOfsiTable::SetLastUpdated(std::string_view printed, uint32_t line) {
  const std::optional<v1::Date> date = ReadNumericDate(printed, DateOrder::kDayMonthYear);
  if (!date || date->day() == 0) {
    return LineError(line, 0,
                     absl::StrCat("expected the date of \"Last Updated\" as DD/MM/YYYY, found ",
                                  Quoted(printed)));
  }
  updated_ = *date;
  return absl::OkStatus();
}

std::optional<UkOfsiTable::Fault> UkOfsiTable::FindFault(const Cells& cells) const {
  if (!IsGroupId(XmlTrimmed(cells[kUkGroupId]))) {
    return Fault{kUkGroupId, absl::StrCat("expected a number of at most ", kGroupIdDigitsMax,
                                          " digits, found ", Quoted(cells[kUkGroupId]))};
  }
  const bool has_name = std::any_of(&cells[kUkName6], &cells[kUkTitle], [](std::string_view name) {
    return !XmlTrimmed(name).empty();
  });
  if (!has_name) return Fault{kUkName6, "no name: expected one in Name 1 to Name 6"};
  return std::nullopt;
}

absl::Status UkOfsiTable::Add(const Cells& cells, uint32_t line, uint32_t line_end) {
  return groups_.Add(XmlTrimmed(cells[kUkGroupId]), cells, line, line_end);
}

absl::Status UkOfsiTable::PassAll(std::string_view element, RecordGate& gate) {
  return groups_.ForEach([&](const RowGroup& group, EditionRecord record) {
    record.element = std::string(element);
    entries_.Read(group, *record.present.mutable_sanction());
    return gate.Pass(std::move(record));
  });
}

EditionFacts UkOfsiTable::Facts() const {
  EditionFacts facts;
  facts.source = kUkOfsiSource;
  facts.stamp = MakePublishStamp(StartOf(updated_), v1::PRECISION_DAY, v1::BASIS_STATED);
  facts.covers_until = updated_;
  return facts;
}

}  // namespace dossier
