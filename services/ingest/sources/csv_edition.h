// An edition that is one table of separated values: what the adapters of such files share.
//
// Lines above the header, the header, and rows, each with as many cells as the header. Empty lines
// among the rows mean nothing. The edition is refused (InvalidArgument) when what stands above the
// rows does not read, when it has no row that reads, when it is no text, or when it ends inside a
// row; and with ResourceExhausted beyond 1,000,000 rows. A row that cannot be read is rejected, and
// reading goes on; but where records are made up of several rows, the others of its record must not
// stand for all of it: the record is left out, and where the row does not tell which one it is of,
// the edition is refused.
//
// A last row without a line end is read, and the facts say that the end's mark is lacking.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/csv_records.h"
#include "services/ingest/sources/record_gate.h"

namespace dossier {

// What a row of the table is to a record.
enum class CsvRowIs { kRecord, kPartOfRecord };

class CsvEdition : public EditionReader {
 public:
  absl::Status Feed(std::string_view bytes) final;
  absl::StatusOr<EditionFacts> Finish() final;

 protected:
  // `expected`: what a file begins with, for messages ("header \"Name\""). `sink` must outlive it.
  CsvEdition(char separator, std::string_view expected, RecordSink& sink,
             CsvRowIs row_is = CsvRowIs::kRecord)
      : records_(separator), expected_(expected), row_is_(row_is), gate_(sink) {}

  // A record above the rows: how many columns the table has where this was its header, or 0. Not
  // OK: the edition is refused. Asked for at most kHeadRecordsMax records.
  virtual absl::StatusOr<size_t> OnHead(const CsvRecord& record) = 0;
  // A row with the right number of cells.
  virtual absl::Status OnRow(const CsvRecord& row) = 0;
  // After the last row; hands on what was gathered. Records that passed the gate are checked after.
  virtual absl::StatusOr<EditionFacts> OnEnd() = 0;

  // Rejects a row for one of its cells.
  absl::Status Reject(const CsvRecord& row, size_t cell, std::string_view heading,
                      std::string reason, std::optional<std::string> key = std::nullopt);
  // The status that refuses the edition for a cell of a row: it is not known which record it is of.
  static absl::Status Refusal(const CsvRecord& row, size_t cell, std::string_view heading,
                              std::string_view reason);
  RecordGate& gate() { return gate_; }

 private:
  static constexpr uint32_t kHeadRecordsMax = 16;
  static constexpr uint32_t kRowsMax = 1'000'000;

  absl::Status OnRecord(const CsvRecord& record);
  absl::Status OnTableRow(const CsvRecord& row);
  absl::Status OnFault(CsvPlace place, std::string reason);

  CsvRecords records_;
  const std::string expected_;
  const CsvRowIs row_is_;
  RecordGate gate_;
  absl::Status status_;
  uint32_t head_records_ = 0;
  size_t columns_ = 0;  // 0: the header has not come yet
  uint32_t rows_ = 0;
  bool ends_open_ = false;
};

// OK if the record's cells are these headings and no others. InvalidArgument names the first that
// differs. Blanks around a heading do not count.
absl::Status CheckHeader(const CsvRecord& record, std::span<const std::string_view> headings);
bool IsHeader(const CsvRecord& record, std::span<const std::string_view> headings);

// Whether a file's first bytes begin with a header: its first cells, joined.
bool BeginsWith(std::string_view first_bytes, std::string_view text);

}  // namespace dossier
