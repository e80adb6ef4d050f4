#include "services/ingest/sources/us_csl_csv.h"

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/us_csl_entry.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "source,entity_number,type,programs,name,");
}

std::string TooLong(std::string_view what, size_t bytes_max) {
  return absl::StrCat("too long: expected ", absl::string_view(what.data(), what.size()),
                      " of at most ", bytes_max, " bytes");
}

class UsCslReader : public CsvEdition {
 public:
  UsCslReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition(',', "header \"source\" and 27 more", sink, CsvRowIs::kPartOfRecord),
        entries_(table) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    if (auto header = CheckHeader(record, kUsCslHeader); !header.ok()) return header;
    return kUsCslHeader.size();
  }

  absl::Status OnRow(const CsvRecord& row) override {
    std::array<std::string_view, kUsCslColumns> cells;
    for (size_t i = 0; i < kUsCslColumns; ++i) cells[i] = XmlTrimmed(row.cells[i].text);
    if (UsCslListName(cells[kCslSource]).size() > kCslListBytesMax) {
      return Reject(row, kCslSource, kUsCslHeader[kCslSource],
                    TooLong("a list's name", kCslListBytesMax));
    }
    if (cells[kCslNumber].size() > kCslNumberBytesMax) {
      return Reject(row, kCslNumber, kUsCslHeader[kCslNumber],
                    TooLong("a number", kCslNumberBytesMax));
    }
    for (UsCslColumn column : {kCslSource, kCslName}) {
      if (!cells[column].empty() || (column == kCslName && !cells[kCslNumber].empty())) continue;
      return Refusal(row, column, kUsCslHeader[column], "empty: expected text");
    }
    const std::string key = UsCslKey(cells[kCslSource], cells[kCslNumber], cells[kCslName]);
    if (!cells[kCslName].empty()) return groups_.Add(key, cells, row.line, row.line_end);
    if (auto dropped = groups_.Drop(key, row.line); !dropped.ok()) return dropped;
    return Reject(row, kCslName, kUsCslHeader[kCslName], "empty: expected text", key);
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    auto passed = groups_.ForEach([this](const RowGroup& group, EditionRecord record) {
      entries_.Read(group, *record.present.mutable_sanction());
      return gate().Pass(std::move(record));
    });
    if (!passed.ok()) return passed;
    EditionFacts facts;
    facts.source = kUsCslSource;
    return facts;
  }

 private:
  RowGroups groups_{kUsCslColumns};
  const UsCslEntryReader entries_;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<UsCslReader>(table, sink);
}

}  // namespace

const EditionFormat& UsCslCsvFormat() {
  static const auto& format = *new EditionFormat{"us-csl-csv", 1, kUsCslSource, Recognises, Open};
  return format;
}

}  // namespace dossier
