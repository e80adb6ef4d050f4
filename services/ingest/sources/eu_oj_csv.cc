#include "services/ingest/sources/eu_oj_csv.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/eu_oj_entry.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

// More acts than any edition has.
constexpr size_t kActsMax = 1'000;

constexpr std::pair<EuOjColumn, size_t> kKeyPartBytesMax[] = {{kOjCelex, kOjCelexBytesMax},
                                                              {kOjAnnex, kOjAnnexBytesMax}};

// Of a consolidated act: "celex" for the first column, and no second one.
constexpr std::array<std::string_view, kEuOjColumns - 1> ConsolidatedHeader() {
  std::array<std::string_view, kEuOjColumns - 1> header = {"celex"};
  for (size_t i = 1; i < header.size(); ++i) header[i] = kEuOjHeader[i + 1];
  return header;
}
constexpr auto kConsolidatedHeader = ConsolidatedHeader();

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "celex,recordId,programKey,annex,") ||
         BeginsWith(sniff.first_bytes, "amendedCelex,amendmentCelex,recordId,");
}

class EuOjReader : public CsvEdition {
 public:
  EuOjReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition(',', "header \"celex\" and 44 more, or \"amendedCelex\" and 45 more", sink,
                   CsvRowIs::kPartOfRecord),
        entries_(table) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    is_amending_ = XmlTrimmed(record.cells[0].text) == kEuOjHeader[kOjCelex];
    const auto header = is_amending_ ? std::span<const std::string_view>(kEuOjHeader)
                                     : std::span<const std::string_view>(kConsolidatedHeader);
    if (auto checked = CheckHeader(record, header); !checked.ok()) return checked;
    return header.size();
  }

  absl::Status OnRow(const CsvRecord& row) override {
    EuOjCells cells;
    const size_t skipped = is_amending_ ? 0 : 1;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      cells[i == kOjCelex ? i : i + skipped] = XmlTrimmed(row.cells[i].text);
    }
    for (const auto& [column, bytes_max] : kKeyPartBytesMax) {
      if (cells[column].size() <= bytes_max) continue;
      return Reject(row, column == kOjCelex ? 0 : column - skipped, kEuOjHeader[column],
                    absl::StrCat("too long: expected at most ", bytes_max, " bytes"));
    }
    const bool is_numbered = !cells[kOjRecordId].empty();
    for (EuOjColumn column : {kOjCelex, kOjAnnex, kOjName}) {
      if (!cells[column].empty()) continue;
      const size_t cell = column == kOjCelex ? 0 : column - skipped;
      if (column == kOjName && is_numbered) return LeaveOut(row, cell, cells);
      return Refusal(row, cell, kEuOjHeader[column], "empty: expected text");
    }
    if (acts_.size() >= kActsMax && !acts_.contains(cells[kOjCelex])) {
      return Reject(row, 0, kEuOjHeader[kOjCelex], "too many acts: expected at most 1000");
    }
    acts_.emplace(cells[kOjCelex]);
    return groups_.Add(EuOjKey(cells), cells, row.line, row.line_end);
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    auto passed = groups_.ForEach([this](const RowGroup& group, EditionRecord record) {
      for (std::string_view act : group.Values(kOjAmendmentCelex)) {
        record.element += record.element.empty() ? "amendment " : ", ";
        record.element += act;
      }
      entries_.Read(group, *record.present.mutable_sanction());
      return gate().Pass(std::move(record));
    });
    if (!passed.ok()) return passed;
    EditionFacts facts;
    facts.source = kEuOjSource;
    for (const std::string& act : acts_) facts.scope.add_instrument(act);
    facts.scope.set_additions_only(is_amending_);
    return facts;
  }

 private:
  // A row without a name, whose record its number tells.
  absl::Status LeaveOut(const CsvRecord& row, size_t cell, const EuOjCells& cells) {
    std::string key = EuOjKey(cells);
    if (auto dropped = groups_.Drop(key, row.line); !dropped.ok()) return dropped;
    return Reject(row, cell, kEuOjHeader[kOjName], "empty: expected text", std::move(key));
  }

  RowGroups groups_{kEuOjColumns};
  const EuOjEntryReader entries_;
  std::set<std::string, std::less<>> acts_;  // at most kActsMax
  bool is_amending_ = false;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<EuOjReader>(table, sink);
}

}  // namespace

const EditionFormat& EuOjCsvFormat() {
  static const auto& format = *new EditionFormat{"eu-oj-csv", 1, kEuOjSource, Recognises, Open};
  return format;
}

}  // namespace dossier
