#include "services/ingest/sources/uk_ofsi_csv.h"

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/uk_ofsi_table.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

constexpr char kExpected[] = "\"Last Updated,DD/MM/YYYY\" and a header \"Name 6,Name 1\"";

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "Last Updated,") &&
         sniff.first_bytes.find("\nName 6,Name 1,") != std::string_view::npos;
}

class UkOfsiCsvReader : public CsvEdition {
 public:
  UkOfsiCsvReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition(',', kExpected, sink, CsvRowIs::kPartOfRecord), table_(table) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    if (!dated_) {
      if (Trimmed(record.cells[0].text) != "Last Updated" || record.cells.size() < 2) {
        return LineError(record.line, 1, absl::StrCat("expected ", kExpected));
      }
      dated_ = true;
      if (auto set = table_.SetLastUpdated(Trimmed(record.cells[1].text), record.line); !set.ok()) {
        return set;
      }
      return 0;
    }
    if (auto header = CheckHeader(record, kUkOfsiHeader2014); !header.ok()) return header;
    return kUkOfsiHeader2014.size();
  }

  absl::Status OnRow(const CsvRecord& row) override {
    UkOfsiTable::Cells cells;
    for (size_t i = 0; i < kUkOfsiColumnsOf2014.size(); ++i) {
      cells[kUkOfsiColumnsOf2014[i]] = row.cells[i].text;
    }
    const auto fault = table_.FindFault(cells);
    if (fault && fault->column == kUkGroupId) {
      return Refusal(row, kGroupIdCell, kUkOfsiHeader2014[kGroupIdCell], fault->reason);
    }
    const std::string_view group_id = XmlTrimmed(cells[kUkGroupId]);
    if (!row.terminated && !table_.Has(group_id)) {
      return Refusal(row, kGroupIdCell, kUkOfsiHeader2014[kGroupIdCell],
                     absl::StrCat("the file ends here, and no other row has ", Quoted(group_id),
                                  ": expected a line end after a number that may be cut off"));
    }
    return fault ? LeaveOut(row, *fault, group_id) : table_.Add(cells, row.line, row.line_end);
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    if (auto passed = table_.PassAll("", gate()); !passed.ok()) return passed;
    return table_.Facts();
  }

 private:
  static constexpr size_t kGroupIdCell = kUkOfsiHeader2014.size() - 1;

  absl::Status LeaveOut(const CsvRecord& row, const UkOfsiTable::Fault& fault,
                        std::string_view group_id) {
    const auto column =
        std::find(kUkOfsiColumnsOf2014.begin(), kUkOfsiColumnsOf2014.end(), fault.column);
    const size_t index = static_cast<size_t>(column - kUkOfsiColumnsOf2014.begin());
    if (auto dropped = table_.Drop(group_id, row.line); !dropped.ok()) return dropped;
    return Reject(row, index, kUkOfsiHeader2014[index], fault.reason, std::string(group_id));
  }

  UkOfsiTable table_;
  bool dated_ = false;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<UkOfsiCsvReader>(table, sink);
}

}  // namespace

const EditionFormat& UkOfsiCsvFormat() {
  static const auto& format = *new EditionFormat{"uk-ofsi-csv", 1, kUkOfsiSource, Recognises, Open};
  return format;
}

}  // namespace dossier
