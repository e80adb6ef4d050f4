#include "services/ingest/sources/csv_edition.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {
namespace {

std::string FoundCell(const CsvRecord& record, size_t index) {
  return index < record.cells.size() ? Quoted(Trimmed(record.cells[index].text))
                                     : "the end of the line";
}

}  // namespace

absl::Status CsvEdition::Feed(std::string_view bytes) {
  if (status_.ok()) {
    status_ = records_.Feed(bytes, [this](const CsvRecord& record) { return OnRecord(record); });
  }
  return status_;
}

absl::StatusOr<EditionFacts> CsvEdition::Finish() {
  if (status_.ok()) {
    status_ = records_.Finish([this](const CsvRecord& record) { return OnRecord(record); });
  }
  if (!status_.ok()) return status_;
  const uint32_t last = records_.last_line();
  if (last == 0) {
    return status_ = LineError(1, 1, absl::StrCat("the file is empty: expected ", expected_));
  }
  if (columns_ == 0) {
    return status_ = LineError(
               last + 1, 1, absl::StrCat("the file ends before the table: expected ", expected_));
  }
  absl::StatusOr<EditionFacts> facts = OnEnd();
  if (facts.ok()) {
    if (auto any = gate_.CheckAny("at least one row after the header"); !any.ok()) facts = any;
  }
  status_ = facts.status();
  if (facts.ok() && ends_open_) {
    facts->lacks_end_mark = true;
    facts->warnings.push_back(absl::StrCat(
        "the last row, line ", last, ", has no line end: the file may have been cut off there"));
  }
  return facts;
}

absl::Status CsvEdition::OnRecord(const CsvRecord& record) {
  if (columns_ != 0) return OnTableRow(record);
  if (record.IsBlank()) return absl::OkStatus();
  if (record.fault || ++head_records_ > kHeadRecordsMax) {
    const CsvPlace place = record.PlaceAt(record.fault ? record.fault->offset : 0);
    return LineError(
        place.line, place.column,
        absl::StrCat(record.fault ? record.fault->reason + ": " : "", "expected ", expected_));
  }
  absl::StatusOr<size_t> columns = OnHead(record);
  if (!columns.ok()) return columns.status();
  columns_ = *columns;
  return absl::OkStatus();
}

absl::Status CsvEdition::OnTableRow(const CsvRecord& row) {
  if (row.IsBlank()) return absl::OkStatus();
  if (++rows_ > kRowsMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", row.line, ": too many rows: expected at most ", kRowsMax));
  }
  ends_open_ = !row.terminated;
  if (!row.terminated && row.cells.size() < columns_) {
    const CsvPlace place = row.PlaceAt(row.text.size());
    return LineError(place.line, place.column,
                     absl::StrCat("the file ends inside this row: expected ", columns_,
                                  " cells, found ", row.cells.size()));
  }
  if (row.fault) return OnFault(row.PlaceAt(row.fault->offset), row.fault->reason);
  if (row.cells.size() != columns_) {
    return OnFault(row.PlaceOfCell(std::min(columns_, row.cells.size())),
                   absl::StrCat("expected ", columns_, " cells, found ", row.cells.size()));
  }
  return OnRow(row);
}

absl::Status CsvEdition::OnFault(CsvPlace place, std::string reason) {
  if (row_is_ == CsvRowIs::kPartOfRecord) return LineError(place.line, place.column, reason);
  v1::Rejection rejection = RejectionAt(place.line, "", std::move(reason));
  rejection.set_column(place.column);
  return gate_.Reject(std::move(rejection), std::nullopt);
}

absl::Status CsvEdition::Refusal(const CsvRecord& row, size_t cell, std::string_view heading,
                                 std::string_view reason) {
  const CsvPlace place = row.PlaceOfCell(cell);
  return LineError(place.line, place.column,
                   absl::StrCat(absl::string_view(heading.data(), heading.size()), ": ",
                                absl::string_view(reason.data(), reason.size())));
}

absl::Status CsvEdition::Reject(const CsvRecord& row, size_t cell, std::string_view heading,
                                std::string reason, std::optional<std::string> key) {
  const CsvPlace place = row.PlaceOfCell(cell);
  v1::Rejection rejection = RejectionAt(place.line, heading, std::move(reason));
  rejection.set_column(place.column);
  return gate_.Reject(std::move(rejection), std::move(key));
}

absl::Status CheckHeader(const CsvRecord& record, std::span<const std::string_view> headings) {
  for (size_t i = 0; i < headings.size(); ++i) {
    if (i < record.cells.size() && Trimmed(record.cells[i].text) == headings[i]) continue;
    const CsvPlace place = record.PlaceOfCell(i);
    return LineError(
        place.line, place.column,
        absl::StrCat("expected header ", Quoted(headings[i]), ", found ", FoundCell(record, i)));
  }
  if (record.cells.size() == headings.size()) return absl::OkStatus();
  const CsvPlace place = record.PlaceOfCell(headings.size());
  return LineError(
      place.line, place.column,
      absl::StrCat("expected the end of the line after header ", Quoted(headings.back()),
                   ", found ", FoundCell(record, headings.size())));
}

bool IsHeader(const CsvRecord& record, std::span<const std::string_view> headings) {
  return CheckHeader(record, headings).ok();
}

bool BeginsWith(std::string_view first_bytes, std::string_view text) {
  if (first_bytes.starts_with("\xef\xbb\xbf")) first_bytes.remove_prefix(3);
  return first_bytes.starts_with(text);
}

}  // namespace dossier
