#include "services/ingest/sources/eu_fsf_csv.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/ingest/sources/eu_fsf_csv_row.h"
#include "services/ingest/sources/eu_fsf_entity.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/line_splitter.h"
#include "services/ingest/sources/record_gate.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kHeaderBegin = "Date_file";
constexpr size_t kTextBytesMax = 128 << 20;
constexpr size_t kMoreLinesMax = 1'000;

std::string_view WithoutMark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

// The key of the entity that a row is of, if it can be found without reading the row.
std::string KeyAmong(std::string_view row) {
  if (row.starts_with('"')) row.remove_prefix(1);
  const size_t begin = row.find(';');
  if (begin == std::string_view::npos) return "";
  const std::string_view rest = row.substr(begin + 1);
  const size_t end = rest.find(';');
  return end == std::string_view::npos ? "" : EuFsfKey(rest.substr(0, end));
}

// The lines of an entity's rows: those that follow the first without a gap, then all others.
void SetLines(const std::vector<uint32_t>& lines, EditionRecord& record) {
  size_t run = 1;
  while (run < lines.size() && lines[run] == lines[run - 1] + 1) ++run;
  record.line = lines.front();
  record.line_end = lines[run - 1];
  const size_t end = std::min(lines.size(), run + kMoreLinesMax);
  record.more_lines.assign(lines.begin() + run, lines.begin() + end);
}

class EuFsfCsvReader : public EditionReader {
 public:
  EuFsfCsvReader(const ActorTable& table, RecordSink& sink) : entities_(table), gate_(sink) {}

  absl::Status Feed(std::string_view bytes) override {
    if (status_.ok()) {
      status_ = lines_.Feed(bytes, [this](const Line& line) { return OnLine(line); });
    }
    return status_;
  }

  absl::StatusOr<EditionFacts> Finish() override {
    if (status_.ok()) status_ = lines_.Finish([this](const Line& line) { return OnLine(line); });
    if (status_.ok() && lines_.last_number() == 0) {
      status_ = LineError(1, 1, "the file is empty: expected header \"Date_file\"");
    }
    for (size_t i = 0; i < rows_.size() && status_.ok(); ++i) status_ = HandOn(*rows_[i]);
    if (status_.ok()) status_ = gate_.CheckAny("at least one row after the header");
    if (!status_.ok()) return status_;
    EditionFacts facts;
    facts.source = kEuFsfSource;
    facts.publisher = kEuFsfPublisher;
    facts.stamp = stamp_;
    facts.covers_until = DateOf(ToTime(stamp_.time()));
    return facts;
  }

 private:
  absl::Status OnLine(const Line& line) {
    const std::string text = ToUtf8(line.number == 1 ? WithoutMark(line.text) : line.text);
    if (line.number == 1) return OnHeader(text);
    if (text.empty()) return absl::OkStatus();
    if (text_bytes_ > kTextBytesMax) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "line ", line.number, ": too much text: expected at most ", kTextBytesMax, " bytes"));
    }
    size_t column = 0;
    std::string reason = OnRow(text, line.number, column);
    if (reason.empty()) return absl::OkStatus();
    if (!line.terminated) {
      return LineError(line.number, ColumnAt(text, text.size()),
                       absl::StrCat("the file ends inside this row: ", reason));
    }
    return OnFaultyRow(text, line.number, column, std::move(reason));
  }

  absl::Status OnHeader(const std::string& line) {
    is_wrapped_ = line.starts_with('"') && WithoutMark(line).substr(1).starts_with(kHeaderBegin) &&
                  line.ends_with('"');
    const std::string text = is_wrapped_ ? UnwrapEuFsfLine(line).value_or("") : line;
    if (auto fault = splitter_.Split(text)) {
      return LineError(1, ColumnAt(text, fault->offset), fault->reason);
    }
    const std::vector<Cell>& cells = splitter_.cells();
    for (size_t i = 0; i < std::max(kEuFsfColumns, cells.size()); ++i) {
      const std::string_view found = i < cells.size() ? cells[i].text : "the end of the line";
      const std::string_view expected = i < kEuFsfColumns ? kEuFsfHeader[i] : "the end of the line";
      // The publisher's first heading has a few letters more.
      if (i < kEuFsfColumns && (i == 0 ? found.starts_with(expected) : found == expected)) continue;
      return LineError(
          1, ColumnAt(text, i < cells.size() ? cells[i].offset : text.size()),
          absl::StrCat("heading ", i + 1, ": ", Quoted(found), ": expected ", Quoted(expected)));
    }
    return absl::OkStatus();
  }

  // Reads a row into its entity. Why it cannot be read, and the column that tells; empty: it was.
  std::string OnRow(const std::string& line, uint32_t number, size_t& column) {
    const std::optional<std::string> unwrapped =
        is_wrapped_ ? UnwrapEuFsfLine(line) : std::optional(line);
    if (!unwrapped) {
      return "the line is not in one pair of quotes: expected it as the header is";
    }
    if (auto fault = splitter_.Split(*unwrapped)) {
      column = ColumnAt(*unwrapped, fault->offset);
      return fault->reason;
    }
    const std::vector<Cell>& cells = splitter_.cells();
    if (cells.size() != kEuFsfColumns) {
      return absl::StrCat("the row has ", cells.size(), " cells: expected ", kEuFsfColumns);
    }
    std::string key = EuFsfKey(cells[kEuFsfEntityId].text);
    if (key.empty()) {
      column = ColumnAt(*unwrapped, cells[kEuFsfEntityId].offset);
      return absl::StrCat("entity id ", Quoted(cells[kEuFsfEntityId].text),
                          ": expected a whole number of at most 12 digits");
    }
    if (std::string reason = CheckDate(cells[kEuFsfDate].text, number); !reason.empty()) {
      column = 1;
      return reason;
    }
    EuFsfRows& rows = RowsOf(std::move(key));
    if (rows.lines.size() >= kEuFsfRowsMax) {
      return absl::StrCat("one more row of the entity: expected at most ", kEuFsfRowsMax);
    }
    const std::optional<EuFsfConflict> conflict = AddEuFsfRow(cells, rows, text_bytes_);
    rows.lines.push_back(number);
    if (!conflict) return "";
    column = ColumnAt(*unwrapped, cells[conflict->column].offset);
    return absl::StrCat(std::string(kEuFsfHeader[conflict->column]), ": ", conflict->reason);
  }

  // Empty: the row is of the day that the file is of.
  std::string CheckDate(std::string_view date, uint32_t number) {
    if (date_line_ == 0) {
      auto stamp = ReadEuFsfDate(date);
      if (!stamp.ok()) return std::string(stamp.status().message());
      stamp_ = *std::move(stamp);
      date_ = date;
      date_line_ = number;
    }
    if (date == date_) return "";
    return absl::StrCat("date ", Quoted(date), ": expected ", Quoted(date_), " as in line ",
                        date_line_);
  }

  // What of an entity was read is not all of it any more: all of it is rejected.
  absl::Status OnFaultyRow(const std::string& line, uint32_t number, size_t column,
                           std::string reason) {
    v1::Rejection rejection = RejectionAt(number, "", std::move(reason));
    rejection.set_column(static_cast<uint32_t>(column));
    std::string key = KeyAmong(line);
    // Nor can it be said which entity is short of this row.
    if (key.empty()) return LineError(number, rejection.column(), rejection.reason());
    EuFsfRows& rows = RowsOf(std::move(key));
    if (!rows.fault) rows.fault = std::move(rejection);
    return absl::OkStatus();
  }

  EuFsfRows& RowsOf(std::string key) {
    const auto [place, is_new] = place_of_key_.emplace(std::move(key), rows_.size());
    if (is_new) {
      text_bytes_ += sizeof(EuFsfRows);
      rows_.push_back(std::make_unique<EuFsfRows>());
      keys_.push_back(place->first);
    }
    return *rows_[place->second];
  }

  absl::Status HandOn(EuFsfRows& rows) {
    EditionRecord record;
    record.key = keys_[handed_on_++];
    if (rows.fault) return gate_.Reject(*std::move(rows.fault), std::move(record.key));
    SetLines(rows.lines, record);
    const absl::Status status =
        entities_.Read(std::move(rows.entity), *record.present.mutable_sanction());
    if (status.ok()) return gate_.Pass(std::move(record));
    return gate_.Reject(RejectionAt(record.line, "Naal_wholename", std::string(status.message())),
                        std::move(record.key));
  }

  const EuFsfEntityReader entities_;
  RecordGate gate_;
  LineSplitter lines_;
  CellSplitter splitter_{';'};
  absl::Status status_;
  bool is_wrapped_ = false;
  v1::PublishStamp stamp_;
  std::string date_;
  uint32_t date_line_ = 0;
  size_t text_bytes_ = 0;
  std::vector<std::unique_ptr<EuFsfRows>> rows_;  // by the first row
  std::vector<std::string> keys_;                 // of rows_
  size_t handed_on_ = 0;
  absl::flat_hash_map<std::string, size_t> place_of_key_;
};

bool Recognises(const Sniff& sniff) {
  std::string_view line = WithoutMark(sniff.first_bytes);
  line = line.substr(0, line.find('\n'));
  if (line.starts_with('"')) line.remove_prefix(1);
  return line.starts_with(kHeaderBegin) &&
         line.find(";Entity_logical_id;") != std::string_view::npos;
}

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<EuFsfCsvReader>(table, sink);
}

}  // namespace

const EditionFormat& EuFsfCsvFormat() {
  static const auto& format = *new EditionFormat{"eu-fsf-csv", 1, kEuFsfSource, Recognises, Open};
  return format;
}

}  // namespace dossier
