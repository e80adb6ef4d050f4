#include "services/ingest/sources/sipri_deals_csv.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/line_splitter.h"
#include "services/ingest/sources/sipri_coverage.h"
#include "services/ingest/sources/sipri_deal_row.h"
#include "services/ingest/sources/sipri_head.h"

namespace dossier {
namespace {

constexpr char kSource[] = "sipri-deals";
constexpr uint32_t kRowsMax = 4'000'000;

bool Recognises(const Sniff& sniff) {
  if (BeginsWithHeading(FirstSipriLine(sniff.first_bytes), kSipriDealHeader[kDealId])) return true;
  // The register's other layout shares the first line, and differs in the header.
  return BeginsWithPreamble(sniff.first_bytes) && !HoldsSipriRegisterHeader(sniff.first_bytes);
}

class SipriDealsReader : public EditionReader {
 public:
  SipriDealsReader(const ActorTable& table, RecordSink& sink)
      : sink_(sink), head_(kSipriDealHeader, kSource, table, coverage_), rows_(table, kSource) {}

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
  absl::Status OnLine(const Line& line) {
    const std::string_view text = text_.Of(line);
    return head_.is_done() ? OnRow(WithoutSipriPadding(text), line) : head_.Take(text, line.number);
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
    coverage_.Count(record.present.transfer());
    return sink_.OnRecord(std::move(record));
  }

  // Fills the record, or says why it is rejected; and its key, where that can be read.
  std::optional<v1::Rejection> ReadRow(std::string_view text, uint32_t line,
                                       std::optional<SipriDealKey>& key, EditionRecord& record) {
    if (auto fault = splitter_.Split(text)) {
      return RejectSipriRow(text, fault->offset, "", fault->reason);
    }
    if (const size_t at = FindSipriControl(text); at != std::string_view::npos) {
      return RejectSipriControl(text, at);
    }
    const std::vector<Cell>& cells = splitter_.cells();
    key = SipriDealKeyOf(cells);
    v1::Transfer& transfer = *record.present.mutable_transfer();
    std::optional<v1::Rejection> fault = rows_.Read(text, cells, transfer);
    if (key) {
      const auto [seen, is_new] = line_of_key_.emplace(key->Packed(), line);
      if (!is_new && !fault) {
        fault = RejectSipriRow(
            text, cells[kDealId].offset, kSipriDealHeader[kDealId],
            absl::StrCat("record ", key->Text(), " stands in line ", seen->second,
                         " already: expected one row for a deal and delivery year"));
      }
    }
    if (fault) return fault;
    if (auto outside = coverage_.FindOutside(transfer)) {
      const size_t column = ColumnOf(outside->side);
      return RejectSipriRow(
          text, cells[column].offset, kSipriDealHeader[column],
          absl::StrCat(Quoted(cells[column].text), " is outside the edition's scope: expected ",
                       outside->expected));
    }
    record.key = key->Text();
    record.line = record.line_end = line;
    return std::nullopt;
  }

  static size_t ColumnOf(SipriCoverage::Side side) {
    switch (side) {
      case SipriCoverage::Side::kSupplier:
        return kSupplier;
      case SipriCoverage::Side::kRecipient:
        return kRecipient;
      case SipriCoverage::Side::kDeliveryYears:
        break;
    }
    return kDeliveryYear;
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
    if (absl::Status head = head_.CheckDone(last); !head.ok()) return head;
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

  RecordSink& sink_;
  LineSplitter lines_;
  SipriLineText text_;
  SipriCoverage coverage_{SipriRowIs::kDeliveriesOfAYear};
  SipriHead head_;
  CellSplitter splitter_;
  SipriDealRowReader rows_;
  absl::Status status_;
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
