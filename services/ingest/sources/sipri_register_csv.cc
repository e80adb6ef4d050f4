#include "services/ingest/sources/sipri_register_csv.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/line_splitter.h"
#include "services/ingest/sources/sipri_coverage.h"
#include "services/ingest/sources/sipri_head.h"
#include "services/ingest/sources/sipri_register_keys.h"
#include "services/ingest/sources/sipri_register_row.h"
#include "services/ingest/sources/sipri_register_rows.h"

namespace dossier {
namespace {

constexpr char kSource[] = "sipri-register";
constexpr uint32_t kRowsMax = 1'000'000;
constexpr size_t kRowBytesMax = size_t{256} << 20;

bool Recognises(const Sniff& sniff) {
  const std::string_view line = FirstSipriLine(sniff.first_bytes);
  const bool begins = BeginsWithHeading(line, kSipriRegisterHeader[kRegisterRecipient]) ||
                      BeginsWithPreamble(sniff.first_bytes);
  return begins && (HoldsSipriRegisterHeader(sniff.first_bytes) || sniff.source == kSource);
}

size_t Semicolons(std::string_view line) {
  return static_cast<size_t>(std::count(line.begin(), line.end(), ';'));
}

bool EndsInPadding(std::string_view line) {
  const size_t end = line.find_last_not_of(" \t");
  return end != std::string_view::npos && line[end] == ';';
}

SipriRegisterColumn ColumnOf(SipriCoverage::Side side) {
  switch (side) {
    case SipriCoverage::Side::kSupplier:
      return kRegisterSupplier;
    case SipriCoverage::Side::kRecipient:
      return kRegisterRecipient;
    case SipriCoverage::Side::kDeliveryYears:
      break;
  }
  return kRegisterDeliveryYears;
}

// Whether what the key is made of was read, but for the deal's place among its like.
bool HasKey(const EditionRecord& record, const v1::Rejection& fault) {
  if (!record.present.has_transfer()) return false;
  const auto end = kSipriRegisterFields.begin() + kRegisterOrderYear + 1;
  return std::find(kSipriRegisterFields.begin(), end, fault.field()) == end;
}

class SipriRegisterReader : public EditionReader {
 public:
  SipriRegisterReader(const ActorTable& table, RecordSink& sink)
      : sink_(sink), head_(kSipriRegisterHeader, kSource, table, coverage_), row_(table, kSource) {}

  absl::Status Feed(std::string_view bytes) override {
    if (status_.ok()) {
      status_ = lines_.Feed(bytes, [this](const Line& line) { return OnLine(line); });
    }
    return status_;
  }

  absl::StatusOr<EditionFacts> Finish() override {
    if (status_.ok()) status_ = lines_.Finish([this](const Line& line) { return OnLine(line); });
    if (status_.ok() && rows_) status_ = rows_->Finish(visit_);
    if (status_.ok()) status_ = CheckComplete();
    if (status_.ok()) status_ = HandOn();
    if (!status_.ok()) return status_;
    EditionFacts facts;
    facts.source = kSource;
    facts.publisher = "SIPRI";
    coverage_.Fill(facts);
    if (lacks_end_mark_) {
      facts.lacks_end_mark = true;
      facts.warnings.push_back(absl::StrCat("the last row, line ", lines_.last_number(),
                                            ", has no line end: the file may have been cut off "
                                            "there"));
    }
    return facts;
  }

 private:
  absl::Status OnLine(const Line& line) {
    const std::string_view text = text_.Of(line);
    if (rows_) {
      if (!line.terminated) last_line_ = text;
      return rows_->Take(text, line.number, visit_);
    }
    if (absl::Status status = head_.Take(text, line.number); !status.ok()) return status;
    if (!head_.is_done()) return absl::OkStatus();
    padding_ = EndsInPadding(text) ? Semicolons(text) : 0;
    rows_.emplace(/*is_padded=*/padding_ > 0);
    return absl::OkStatus();
  }

  absl::Status OnRow(const SipriRegisterRow& row) {
    row_bytes_ += row.text.size();
    if (++row_count_ > kRowsMax || row_bytes_ > kRowBytesMax) {
      return absl::ResourceExhaustedError(absl::StrCat("line ", row.line,
                                                       ": too many rows: expected at most ",
                                                       kRowsMax, " of ", kRowBytesMax, " bytes"));
    }
    EditionRecord record;
    std::optional<v1::Rejection> fault = ReadRow(row, record);
    if (row.is_cut_off || (last_line_ && EndsInside(row, fault))) {
      const v1::Rejection end = RejectSipriRow(row.text, row.text.size(), "", "");
      return LineError(row.line + end.line() - 1, end.column(),
                       absl::StrCat("the file ends inside this row: expected ",
                                    size_t{kSipriRegisterColumns}, " cells and a line end"));
    }
    lacks_end_mark_ = last_line_ && (padding_ == 0 || Semicolons(*last_line_) < padding_);
    if (!fault) {
      coverage_.Count(record.present.transfer());
    } else {
      fault->set_line(row.line + fault->line() - 1);
      if (rejected_count_++ == 0) first_fault_ = *fault;
      if (!HasKey(record, *fault)) {
        return sink_.OnRejection(*std::move(fault), std::nullopt);
      }
      faults_.emplace(records_.size(), *std::move(fault));
    }
    record.line = row.line;
    record.line_end = row.line_end;
    records_.push_back(std::move(record));
    return absl::OkStatus();
  }

  // Fills the record, or says why it is rejected, with the line within the row.
  std::optional<v1::Rejection> ReadRow(const SipriRegisterRow& row, EditionRecord& record) {
    if (row.fault) return RejectSipriRow(row.text, row.fault->offset, "", row.fault->reason);
    if (const size_t at = FindSipriControl(row.text); at != std::string_view::npos) {
      return RejectSipriControl(row.text, at);
    }
    if (auto fault = row_.Read(row.text, row.cells, record)) return fault;
    auto outside = coverage_.FindOutside(record.present.transfer());
    if (!outside) return std::nullopt;
    const SipriRegisterColumn column = ColumnOf(outside->side);
    return RejectSipriRow(row.text, row.cells[column].offset, kSipriRegisterFields[column],
                          absl::StrCat(Quoted(row.cells[column].text),
                                       " is outside the edition's scope: expected ",
                                       outside->expected));
  }

  // Whether a last line without a line end is one that was cut off: cells are missing, or the last
  // one, which the publisher always fills, is empty or a part of a number, or has no padding where
  // all others have it.
  bool EndsInside(const SipriRegisterRow& row, const std::optional<v1::Rejection>& fault) const {
    if (row.line_end != lines_.last_number()) return false;
    if (row.fault || row.cells.size() < kSipriRegisterColumns) return true;
    return row.cells.back().text.empty() ||
           (fault && fault->field() == kSipriRegisterFields[kRegisterTivDelivered]) ||
           (padding_ > 0 && !EndsInPadding(*last_line_));
  }

  absl::Status CheckComplete() const {
    const uint32_t last = lines_.last_number();
    if (absl::Status head = head_.CheckDone(last); !head.ok()) return head;
    if (row_count_ == 0) {
      return LineError(last + 1, 1, "no records: expected at least one row after the header");
    }
    if (row_count_ > rejected_count_) return absl::OkStatus();
    return LineError(first_fault_.line(), first_fault_.column(),
                     absl::StrCat("none of the ", row_count_, " rows could be read; the first: ",
                                  first_fault_.field(), first_fault_.field().empty() ? "" : ": ",
                                  first_fault_.reason()));
  }

  // A rejected deal keeps its place among its like, so that the others keep theirs.
  absl::Status HandOn() {
    SetSipriRegisterKeys(records_);
    for (size_t i = 0; i < records_.size(); ++i) {
      const auto fault = faults_.find(i);
      absl::Status status =
          fault == faults_.end()
              ? sink_.OnRecord(std::move(records_[i]))
              : sink_.OnRejection(std::move(fault->second), std::move(records_[i].key));
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  RecordSink& sink_;
  LineSplitter lines_;
  SipriLineText text_;
  SipriCoverage coverage_{SipriRowIs::kDeal};
  SipriHead head_;
  std::optional<SipriRegisterRows> rows_;  // once the headings have come
  const SipriRegisterRows::Visit visit_ = [this](const SipriRegisterRow& row) {
    return OnRow(row);
  };
  SipriRegisterRowReader row_;
  absl::Status status_;
  size_t padding_ = 0;  // semicolons on the line of the headings; 0: no padding
  std::optional<std::string> last_line_;  // if it has no line end
  bool lacks_end_mark_ = false;
  uint32_t row_count_ = 0;  // at most kRowsMax
  size_t row_bytes_ = 0;
  uint32_t rejected_count_ = 0;
  v1::Rejection first_fault_;
  std::vector<EditionRecord> records_;
  absl::flat_hash_map<size_t, v1::Rejection> faults_;  // of some of these
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<SipriRegisterReader>(table, sink);
}

}  // namespace

const EditionFormat& SipriRegisterCsvFormat() {
  static const auto& format =
      *new EditionFormat{"sipri-register-csv", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
