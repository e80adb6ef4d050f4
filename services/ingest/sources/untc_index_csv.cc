#include "services/ingest/sources/untc_index_csv.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/untc_numbers.h"
#include "services/model/ofac_fields.h"

namespace dossier {
namespace {

constexpr char kSource[] = "untc-index";
constexpr size_t kIndexBytesMax = size_t{64} << 20;

enum Column : size_t { kChapter, kNumber, kName, kUrl, kChapterUrl, kChapterName, kColumns };

constexpr std::array<std::string_view, kColumns> kHeader = {
    "chapter_no", "treaty_no", "treaty_name", "url", "chapter_url", "chapter_name"};

// A row, until it is known which treaties the index has.
struct HeldRow {
  EditionRecord record;
  std::string chapter;
  std::string number;
};

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "chapter_no,treaty_no,treaty_name,");
}

// Place and date of a title that ends with one of each: "Charter ... . San Francisco, 26 June
// 1945".
void ReadPlaceAndDate(std::string_view title, v1::Treaty& treaty) {
  const size_t end = title.rfind(". ");
  if (end == std::string_view::npos) return;
  const std::string_view tail = title.substr(end + 2);
  const size_t comma = tail.rfind(", ");
  if (comma == std::string_view::npos) return;
  const std::string_view place = Trimmed(tail.substr(0, comma));
  // A digit is of another date: "Geneva, 11 February 1925 and Lake Success, New York".
  const bool has_digit = std::any_of(place.begin(), place.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  const std::optional<v1::Date> date = ParseOfacDate(tail.substr(comma + 2));
  if (place.empty() || has_digit || !date.has_value() || date->day() == 0) return;
  treaty.mutable_place()->assign(place);
  *treaty.mutable_signed_date() = *date;
}

class UntcIndexReader : public CsvEdition {
 public:
  explicit UntcIndexReader(RecordSink& sink)
      : CsvEdition(',', "header \"chapter_no\" and 5 more", sink) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    if (auto header = CheckHeader(record, kHeader); !header.ok()) return header;
    return kHeader.size();
  }

  absl::Status OnRow(const CsvRecord& row) override {
    if (bytes_ += row.text.size(); bytes_ > kIndexBytesMax) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "line ", row.line, ": the index is over ", kIndexBytesMax, " bytes, the most taken"));
    }
    std::array<std::string, kColumns> cells;
    for (size_t i = 0; i < kColumns; ++i) cells[i] = OneLine(row.cells[i].text);
    const std::optional<std::string> number = UntcNumber(cells[kChapter], cells[kNumber]);
    if (!number.has_value()) {
      return Reject(row, kNumber, kHeader[kNumber],
                    absl::StrCat("expected a chapter's and a treaty's number such as 26 and 2.a, "
                                 "found ",
                                 Quoted(cells[kChapter]), " and ", Quoted(cells[kNumber])));
    }
    if (cells[kName].empty()) {
      return Reject(row, kName, kHeader[kName], "no title: expected one", *number);
    }
    HeldRow& held = rows_.emplace_back();
    held.record.key = *number;
    held.record.line = row.line;
    held.record.line_end = row.line_end;
    ReadTreaty(cells, *held.record.present.mutable_treaty());
    held.record.present.mutable_treaty()->mutable_treaty()->set_id(UntcTreatyId(*number));
    held.chapter = std::move(cells[kChapter]);
    held.number = std::move(cells[kNumber]);
    numbers_.insert(*number);
    return absl::OkStatus();
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    for (HeldRow& held : rows_) {
      SetBase(held);
      if (auto passed = gate().Pass(std::move(held.record)); !passed.ok()) return passed;
    }
    EditionFacts facts;
    facts.source = kSource;
    return facts;
  }

 private:
  static void ReadTreaty(const std::array<std::string, kColumns>& cells, v1::Treaty& treaty) {
    treaty.set_describes(true);
    treaty.mutable_treaty()->set_title(cells[kName]);
    treaty.set_subject(cells[kChapterName]);
    AppendPart(cells[kUrl], " ", *treaty.mutable_detail());
    AppendPart(cells[kChapterUrl], " ", *treaty.mutable_detail());
    ReadPlaceAndDate(cells[kName], treaty);
  }

  // The nearest number above it that the index has.
  void SetBase(HeldRow& held) const {
    std::string_view above = held.number;
    for (size_t dot = above.rfind('.'); dot != std::string_view::npos; dot = above.rfind('.')) {
      above = above.substr(0, dot);
      const std::optional<std::string> number = UntcNumber(held.chapter, above);
      if (!number.has_value() || !numbers_.contains(*number)) continue;
      held.record.present.mutable_treaty()->mutable_base()->set_id(UntcTreatyId(*number));
      return;
    }
  }

  size_t bytes_ = 0;  // of rows
  std::vector<HeldRow> rows_;
  absl::flat_hash_set<std::string> numbers_;
};

std::unique_ptr<EditionReader> Open(const ActorTable&, RecordSink& sink, std::string_view) {
  return std::make_unique<UntcIndexReader>(sink);
}

}  // namespace

const EditionFormat& UntcIndexCsvFormat() {
  static const auto& format = *new EditionFormat{"untc-index-csv", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
