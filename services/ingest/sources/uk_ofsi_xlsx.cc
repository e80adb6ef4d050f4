#include "services/ingest/sources/uk_ofsi_xlsx.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/uk_ofsi_table.h"
#include "services/ingest/sources/xlsx_rows.h"

namespace dossier {
namespace {

constexpr char kElement[] = "sheet 1";

// The cells of a workbook are packed: whose it is, its name or whoever loads it must say.
bool Recognises(const Sniff& sniff) {
  return IsXlsx(sniff.first_bytes) && (sniff.source == kUkOfsiSource ||
                                       sniff.file_name.find("conlist") != std::string_view::npos ||
                                       sniff.file_name.find("ConList") != std::string_view::npos);
}

std::string_view CellAt(const XlsxRow& row, size_t index) {
  return index < row.trimmed.size() ? row.trimmed[index] : std::string_view();
}

absl::Status CellError(const XlsxRow& row, size_t column, std::string_view expected) {
  return LineError(row.number, static_cast<uint32_t>(column + 1),
                   absl::StrCat("expected ", absl::string_view(expected.data(), expected.size()),
                                ", found ", Quoted(CellAt(row, column))));
}

class UkOfsiXlsxReader : public EditionReader {
 public:
  UkOfsiXlsxReader(const ActorTable& table, RecordSink& sink) : gate_(sink), table_(table) {}

  absl::Status Feed(std::string_view bytes) override {
    if (status_.ok() && bytes_.size() + bytes.size() > kXlsxBytesMax) {
      status_ = absl::ResourceExhaustedError(
          absl::StrCat("workbook: too large: expected at most ", kXlsxBytesMax, " bytes"));
    }
    if (status_.ok()) bytes_.append(bytes);
    return status_;
  }

  absl::StatusOr<EditionFacts> Finish() override {
    if (status_.ok()) status_ = ReadAll();
    if (!status_.ok()) return status_;
    return table_.Facts();
  }

 private:
  absl::Status ReadAll() {
    if (bytes_.empty()) return LineError(1, 1, "the file is empty: expected a workbook");
    auto read = ReadXlsxRows(bytes_, [this](const XlsxRow& row) { return OnRow(row); });
    if (!read.ok()) return read;
    if (expecting_ != Expecting::kRow) {
      return absl::InvalidArgumentError(
          "workbook: the sheet ends before the table: expected \"Last Updated\" and a header");
    }
    if (auto passed = table_.PassAll(kElement, gate_); !passed.ok()) return passed;
    return gate_.CheckAny("at least one row after the header");
  }

  absl::Status OnRow(const XlsxRow& row) {
    const bool is_blank = std::all_of(row.trimmed.begin(), row.trimmed.end(),
                                      [](std::string_view cell) { return cell.empty(); });
    if (is_blank) return absl::OkStatus();
    switch (expecting_) {
      case Expecting::kDate:
        if (CellAt(row, 0) != "Last Updated") return CellError(row, 0, "\"Last Updated\"");
        expecting_ = Expecting::kHeader;
        return table_.SetLastUpdated(CellAt(row, 1), row.number);
      case Expecting::kHeader:
        expecting_ = Expecting::kRow;
        return CheckHeadings(row);
      case Expecting::kRow:
        return OnTableRow(row);
    }
    return absl::OkStatus();
  }

  static absl::Status CheckHeadings(const XlsxRow& row) {
    const size_t columns = std::max<size_t>(row.cells.size(), kUkOfsiColumns);
    for (size_t i = 0; i < columns; ++i) {
      const std::string_view expected = i < kUkOfsiColumns ? kUkOfsiHeader2022[i] : "";
      if (CellAt(row, i) != expected) return CellError(row, i, "header " + Quoted(expected));
    }
    return absl::OkStatus();
  }

  absl::Status OnTableRow(const XlsxRow& row) {
    UkOfsiTable::Cells cells;
    for (size_t i = 0; i < kUkOfsiColumns; ++i) cells[i] = CellAt(row, i);
    const auto fault = table_.FindFault(cells);
    if (fault && fault->column == kUkGroupId) {
      return LineError(row.number, kUkGroupId + 1, absl::StrCat("Group ID: ", fault->reason));
    }
    for (size_t i = kUkOfsiColumns; i < row.cells.size(); ++i) {
      if (!CellAt(row, i).empty()) return LeaveOut(row, i, "", "a cell beyond the header");
    }
    if (fault) {
      return LeaveOut(row, fault->column, kUkOfsiHeader2022[fault->column], fault->reason);
    }
    return table_.Add(cells, row.number, row.number);
  }

  absl::Status LeaveOut(const XlsxRow& row, size_t column, std::string_view heading,
                        std::string reason) {
    const std::string_view group_id = CellAt(row, kUkGroupId);
    if (auto dropped = table_.Drop(group_id, row.number); !dropped.ok()) return dropped;
    v1::Rejection rejection = RejectionAt(row.number, heading, std::move(reason));
    rejection.set_column(static_cast<uint32_t>(column + 1));
    return gate_.Reject(std::move(rejection), std::string(group_id));
  }

  enum class Expecting { kDate, kHeader, kRow };

  RecordGate gate_;
  UkOfsiTable table_;
  std::string bytes_;  // at most kXlsxBytesMax
  absl::Status status_;
  Expecting expecting_ = Expecting::kDate;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<UkOfsiXlsxReader>(table, sink);
}

}  // namespace

const EditionFormat& UkOfsiXlsxFormat() {
  static const auto& format =
      *new EditionFormat{"uk-ofsi-xlsx", 1, kUkOfsiSource, Recognises, Open};
  return format;
}

}  // namespace dossier
