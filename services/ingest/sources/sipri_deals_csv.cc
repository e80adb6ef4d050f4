#include "services/ingest/sources/sipri_deals_csv.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/line_splitter.h"
#include "services/ingest/sources/sipri_coverage.h"
#include "services/ingest/sources/sipri_deal_row.h"
#include "services/ingest/sources/sipri_preamble.h"

namespace dossier {
namespace {

constexpr char kSource[] = "sipri-deals";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr uint32_t kPreambleLinesMax = 64;
constexpr uint32_t kRowsMax = 4'000'000;
// No line of prose in a preamble has as many commas; a damaged header still has.
constexpr int kHeaderCommasMin = 10;

std::string_view WithoutPadding(std::string_view line) {
  return line.substr(0, line.find_last_not_of("; \t") + 1);
}

// A preamble line without the commas with which a spreadsheet fills it up, and a closing quote.
std::string_view PreambleText(std::string_view line) {
  return line.substr(0, line.find_last_not_of(",;\" \t") + 1);
}

std::string_view FirstLine(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return bytes.substr(0, bytes.find('\n'));
}

bool BeginsHeader(std::string_view line) {
  if (line.starts_with('"')) line.remove_prefix(1);
  return line.starts_with(kSipriDealHeader[kDealId]);
}

bool Recognises(const Sniff& sniff) {
  const std::string_view line = FirstLine(sniff.first_bytes);
  if (BeginsHeader(line)) return true;
  // Other exports of the same database share the first line, and differ in the header.
  return IsSipriScopeLine(PreambleText(line)) &&
         sniff.first_bytes.find("\nRecipient,Supplier,") == std::string_view::npos;
}

std::string FoundCell(const std::vector<Cell>& cells, size_t column) {
  return column < cells.size() ? Quoted(cells[column].text) : "the end of the line";
}

// The offset of a control character in a line of UTF-8, or npos. Tabs count as blanks.
size_t FindControl(std::string_view line) {
  const auto found = std::find_if(line.begin(), line.end(), [](char c) {
    return (static_cast<uint8_t>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
  return found == line.end() ? std::string_view::npos : static_cast<size_t>(found - line.begin());
}

bool IsAscii(std::string_view line) {
  char seen = 0;
  for (char c : line) seen |= c;
  return (seen & 0x80) == 0;
}

class SipriDealsReader : public EditionReader {
 public:
  SipriDealsReader(const ActorTable& table, RecordSink& sink)
      : table_(table), sink_(sink), rows_(table, kSource) {}

  absl::Status Feed(std::string_view bytes) override {
    if (status_.ok()) {
      status_ = lines_.Feed(bytes, [this](const Line& line) { return OnLine(line); });
    }
    return status_;
  }

  absl::StatusOr<EditionFacts> Finish() override {
    if (status_.ok()) status_ = lines_.Finish([this](const Line& line) { return OnLine(line); });
    if (status_.ok()) status_ = CheckComplete();
    if (!status_.ok()) return status_;
    EditionFacts facts;
    facts.source = kSource;
    facts.publisher = "SIPRI";
    coverage_.Fill(facts);
    return facts;
  }

 private:
  enum class Expecting { kFirstLine, kPreamble, kHeader, kRow };

  absl::Status OnLine(const Line& line) {
    std::string_view text = line.text;
    if (line.number == 1 && text.starts_with(kByteOrderMark)) {
      text.remove_prefix(kByteOrderMark.size());
    }
    std::string converted;
    if (!IsAscii(text)) {
      converted = ToUtf8(text);
      text = converted;
    }
    switch (expecting_) {
      case Expecting::kFirstLine:
        return OnFirstLine(text);
      case Expecting::kPreamble:
      case Expecting::kHeader:
        return OnPreambleLine(text, line.number);
      case Expecting::kRow:
        return OnRow(WithoutPadding(text), line);
    }
    return absl::OkStatus();
  }

  absl::Status OnFirstLine(std::string_view text) {
    if (BeginsHeader(text)) return OnHeader(WithoutPadding(text), 1);
    const std::string_view title = PreambleText(text);
    if (!IsSipriScopeLine(title)) {
      return LineError(1, 1,
                       absl::StrCat("expected \"Transfers of major conventional arms\" or header ",
                                    Quoted(kSipriDealHeader[kDealId]), ", found ", Quoted(title)));
    }
    auto scope = ReadSipriScope(title, kSource, table_);
    if (!scope.ok()) return scope.status();
    coverage_.SetScope(*std::move(scope));
    expecting_ = Expecting::kPreamble;
    return absl::OkStatus();
  }

  absl::Status OnPreambleLine(std::string_view text, uint32_t number) {
    const std::string_view prose = PreambleText(text);
    if (prose.empty()) return absl::OkStatus();
    if (expecting_ == Expecting::kHeader || BeginsHeader(text) || number > kPreambleLinesMax ||
        std::count(prose.begin(), prose.end(), ',') >= kHeaderCommasMin) {
      return OnHeader(WithoutPadding(text), number);
    }
    auto stamp = ReadSipriGenerated(prose, number);
    if (!stamp.ok()) return stamp.status();
    if (stamp->has_value()) {
      coverage_.SetStamp(**stamp);
      expecting_ = Expecting::kHeader;
    }
    return absl::OkStatus();
  }

  absl::Status OnHeader(std::string_view text, uint32_t number) {
    if (auto fault = splitter_.Split(text)) {
      return LineError(number, ColumnAt(text, fault->offset), fault->reason);
    }
    const std::vector<Cell>& cells = splitter_.cells();
    for (size_t i = 0; i < kSipriDealColumns; ++i) {
      if (i < cells.size() && cells[i].text == kSipriDealHeader[i]) continue;
      return LineError(number, ColumnAt(text, i < cells.size() ? cells[i].offset : text.size()),
                       absl::StrCat("expected header ", Quoted(kSipriDealHeader[i]), ", found ",
                                    FoundCell(cells, i)));
    }
    if (cells.size() > kSipriDealColumns) {
      return LineError(number, ColumnAt(text, cells[kSipriDealColumns].offset),
                       absl::StrCat("expected the end of the line after header ",
                                    Quoted(kSipriDealHeader[kLocalProduction]), ", found ",
                                    FoundCell(cells, kSipriDealColumns)));
    }
    expecting_ = Expecting::kRow;
    return absl::OkStatus();
  }

  absl::Status OnRow(std::string_view text, const Line& line) {
    if (text.empty()) return absl::OkStatus();
    if (++row_count_ > kRowsMax) {
      return absl::ResourceExhaustedError(
          absl::StrCat("line ", line.number, ": too many records: expected at most ", kRowsMax));
    }
    EditionRecord record;
    std::optional<SipriDealKey> key;
    std::optional<v1::Rejection> fault = ReadRow(text, line.number, key, record);
    if (!line.terminated && EndsInside(fault)) {
      return LineError(line.number, ColumnAt(text, text.size()),
                       absl::StrCat("the file ends inside this row: expected ",
                                    size_t{kSipriDealColumns}, " cells and a line end"));
    }
    if (fault) {
      fault->set_line(line.number);
      if (rejected_count_++ == 0) first_fault_ = *fault;
      return sink_.OnRejection(*std::move(fault), key ? std::optional(key->Text()) : std::nullopt);
    }
    coverage_.Count(key->year);
    return sink_.OnRecord(std::move(record));
  }

  // Fills the record, or says why it is rejected; and its key, where that can be read.
  std::optional<v1::Rejection> ReadRow(std::string_view text, uint32_t line,
                                       std::optional<SipriDealKey>& key, EditionRecord& record) {
    if (auto fault = splitter_.Split(text)) return RejectLine(text, fault->offset, fault->reason);
    if (const size_t at = FindControl(text); at != std::string_view::npos) {
      return RejectLine(text, at,
                        absl::StrCat("a control character, 0x",
                                     absl::Hex(static_cast<uint8_t>(text[at]), absl::kZeroPad2),
                                     ": expected text"));
    }
    const std::vector<Cell>& cells = splitter_.cells();
    key = SipriDealKeyOf(cells);
    v1::Transfer& transfer = *record.present.mutable_transfer();
    std::optional<v1::Rejection> fault = rows_.Read(text, cells, transfer);
    if (key) {
      const auto [seen, is_new] = line_of_key_.emplace(key->Packed(), line);
      if (!is_new && !fault) {
        fault = RejectCell(text, cells[kDealId], kDealId,
                           absl::StrCat("record ", key->Text(), " stands in line ", seen->second,
                                        " already: expected one row for a deal and delivery year"));
      }
    }
    if (fault) return fault;
    if (auto outside = coverage_.FindOutside(transfer)) {
      const Cell& cell = cells[outside->column];
      return RejectCell(
          text, cell, outside->column,
          absl::StrCat(Quoted(cell.text), " is outside the edition's scope: expected ",
                       outside->expected));
    }
    record.key = key->Text();
    record.line = record.line_end = line;
    return std::nullopt;
  }

  static v1::Rejection RejectLine(std::string_view text, size_t offset, std::string reason) {
    v1::Rejection rejection;
    rejection.set_column(ColumnAt(text, offset));
    rejection.set_reason(std::move(reason));
    return rejection;
  }

  // Whether a last line without a line end is one that was cut off: cells are missing, or the last
  // one, which the publisher always fills, is empty or a part of a word.
  bool EndsInside(const std::optional<v1::Rejection>& fault) const {
    const std::vector<Cell>& cells = splitter_.cells();
    if (cells.size() < kSipriDealColumns) return true;
    return cells.back().text.empty() ||
           (fault && fault->field() == kSipriDealHeader[kLocalProduction]);
  }

  absl::Status CheckComplete() const {
    const uint32_t last = lines_.last_number();
    if (last == 0) {
      return LineError(1, 1,
                       "the file is empty: expected \"Transfers of major conventional arms\" or "
                       "header \"SIPRI AT Database ID\"");
    }
    if (expecting_ != Expecting::kRow) {
      return LineError(last + 1, 1,
                       "the file ends before the table: expected header \"SIPRI AT Database ID\"");
    }
    if (row_count_ == 0) {
      return LineError(last + 1, 1, "no records: expected at least one row after the header");
    }
    if (row_count_ == rejected_count_) {
      return LineError(first_fault_.line(), first_fault_.column(),
                       absl::StrCat("none of the ", row_count_, " rows could be read; the first: ",
                                    first_fault_.field(), first_fault_.field().empty() ? "" : ": ",
                                    first_fault_.reason()));
    }
    return absl::OkStatus();
  }

  const ActorTable& table_;
  RecordSink& sink_;
  LineSplitter lines_;
  CellSplitter splitter_;
  SipriDealRowReader rows_;
  absl::Status status_;
  Expecting expecting_ = Expecting::kFirstLine;
  SipriCoverage coverage_;
  uint32_t row_count_ = 0;
  uint32_t rejected_count_ = 0;
  v1::Rejection first_fault_;
  absl::flat_hash_map<uint64_t, uint32_t> line_of_key_;  // at most kRowsMax
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<SipriDealsReader>(table, sink);
}

}  // namespace

const EditionFormat& SipriDealsCsvFormat() {
  static const auto& format = *new EditionFormat{"sipri-deals-csv", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
