#include "services/ingest/sources/ofac_csv.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/line_splitter.h"
#include "services/ingest/sources/ofac_countries.h"
#include "services/ingest/sources/ofac_csv_entry.h"
#include "services/ingest/sources/ofac_csv_groups.h"
#include "services/ingest/sources/ofac_csv_row.h"
#include "services/ingest/sources/ofac_file_name.h"

namespace dossier {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr char kEndMark = '\x1a';
constexpr uint32_t kRowsMax = 2'000'000;
constexpr size_t kRowBytesMax = size_t{256} << 20;

// One of the two lists.
struct List {
  std::string_view source;
  std::string_view implied_rule;
};
constexpr List kSdn = {"ofac-sdn", "ofac-sdn-blocking"};
constexpr List kConsolidated = {"ofac-consolidated", ""};

// The entry's number, as far as a row's first cell has one, quoted or not.
std::optional<uint64_t> EntryOf(std::string_view row) {
  std::string_view cell = Trimmed(row.substr(0, row.find(',')));
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
    cell = cell.substr(1, cell.size() - 2);
  }
  return ParseOfacNumber(Trimmed(cell));
}

const OfacCsvLayout* LayoutOf(std::string_view row, OfacRowSplitter& splitter) {
  if (!EntryOf(row).has_value() || splitter.Split(row).has_value()) return nullptr;
  return FindOfacCsvLayout(splitter.cells().size());
}

bool LooksLikeOfac(const Sniff& sniff) {
  std::string_view line = sniff.first_bytes.substr(0, sniff.first_bytes.find('\n'));
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  OfacRowSplitter splitter;
  return LayoutOf(line, splitter) != nullptr;
}

bool RecognisesSdn(const Sniff& sniff) {
  return (!sniff.source.empty() || OfacListOfFileName(sniff.file_name) == OfacList::kSdn) &&
         LooksLikeOfac(sniff);
}

bool RecognisesConsolidated(const Sniff& sniff) {
  return (!sniff.source.empty() ||
          OfacListOfFileName(sniff.file_name) == OfacList::kConsolidated) &&
         LooksLikeOfac(sniff);
}

// The offset of a control character in a line; npos: there is none. Tabs count as blanks.
size_t FindControl(std::string_view line) {
  const auto found = std::find_if(line.begin(), line.end(), [](char c) {
    return (static_cast<uint8_t>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
  return found == line.end() ? std::string_view::npos : static_cast<size_t>(found - line.begin());
}

// Of a row that ends in the first bytes of a null, without them: an empty cell is null too.
std::string_view WithoutCutNull(std::string_view row) {
  for (std::string_view cut : {",-0", ",-"}) {
    if (row.ends_with(cut)) return row.substr(0, row.size() - cut.size() + 1);
  }
  return row;
}

bool IsAscii(std::string_view line) {
  char seen = 0;
  for (char c : line) seen |= c;
  return (seen & 0x80) == 0;
}

class OfacCsvReader : public EditionReader {
 public:
  OfacCsvReader(const List& list, const ActorTable& table, RecordSink& sink)
      : list_(list), sink_(sink), countries_(table, list.source) {}

  absl::Status Feed(std::string_view bytes) override {
    if (status_.ok()) {
      status_ = lines_.Feed(bytes, [this](const Line& line) { return OnLine(line); });
    }
    return status_;
  }

  absl::StatusOr<EditionFacts> Finish() override {
    if (status_.ok()) status_ = lines_.Finish([this](const Line& line) { return OnLine(line); });
    if (status_.ok()) status_ = EmitGroups();
    if (status_.ok()) status_ = CheckComplete();
    if (!status_.ok()) return status_;
    EditionFacts facts;
    facts.source = std::string(list_.source);
    facts.scope.add_part(layout_->part);
    facts.lacks_end_mark = !has_end_mark_;
    return facts;
  }

 private:
  // Why a row is rejected, and where.
  struct Fault {
    size_t offset = 0;
    std::string_view field;
    std::string reason;
  };

  absl::Status OnLine(const Line& line) {
    std::string_view text = line.text;
    if (line.number == 1 && text.starts_with(kByteOrderMark)) {
      text.remove_prefix(kByteOrderMark.size());
    }
    if (has_end_mark_) {
      return LineError(line.number, 1, "text after the mark 0x1A: expected the end of the file");
    }
    if (text.ends_with(kEndMark)) {
      has_end_mark_ = true;
      text.remove_suffix(1);
    }
    if (Trimmed(text).empty()) return absl::OkStatus();
    std::string converted;
    if (!IsAscii(text)) {
      converted = ToUtf8(text);
      text = converted;
    }
    bytes_ += text.size();
    if (++row_count_ > kRowsMax || bytes_ > kRowBytesMax) {
      return absl::ResourceExhaustedError(
          absl::StrCat("line ", line.number, ": too many rows: expected at most ", kRowsMax,
                       ", and ", kRowBytesMax, " bytes of them"));
    }
    return OnRow(text, line.number, !line.terminated && !has_end_mark_);
  }

  // `may_be_cut`: the file ends with this row, without a line end.
  absl::Status OnRow(std::string_view text, uint32_t line, bool may_be_cut) {
    if (layout_ == nullptr) {
      layout_ = LayoutOf(text, splitter_);
      if (layout_ == nullptr) {
        return LineError(line, 1,
                         absl::StrCat("expected an entry's number and 12, 6, 5 or 2 cells, found ",
                                      Quoted(text)));
      }
    }
    const bool ends_open = may_be_cut && text.ends_with(',');
    if (may_be_cut) text = WithoutCutNull(text);
    std::optional<Fault> fault = Split(text);
    if (ends_open || (may_be_cut && fault.has_value())) {
      return LineError(line, ColumnAt(text, text.size()),
                       absl::StrCat("the file ends inside this row: expected ",
                                    layout_->headings.size(), " cells"));
    }
    const std::optional<uint64_t> entry = EntryOf(text);
    if (!fault.has_value()) fault = CheckCells(text, entry);
    if (fault.has_value()) return Reject(text, line, *std::move(fault), entry);
    return layout_->has_own_number ? Gather(text, line, *entry) : EmitRow(text, line, *entry);
  }

  std::optional<Fault> Split(std::string_view text) {
    if (auto fault = splitter_.Split(text)) {
      return Fault{fault->offset, "", std::move(fault->reason)};
    }
    const std::span<const OfacCell> cells = splitter_.cells();
    if (cells.size() == layout_->headings.size()) return std::nullopt;
    const bool is_short = cells.size() < layout_->headings.size();
    return Fault{is_short ? text.size() : cells[layout_->headings.size()].offset, "",
                 absl::StrCat(cells.size(), " cells: expected ", layout_->headings.size(),
                              ", as in the first row")};
  }

  std::optional<Fault> CheckCells(std::string_view text, std::optional<uint64_t> entry) const {
    const std::span<const OfacCell> cells = splitter_.cells();
    if (const size_t at = FindControl(text); at != std::string_view::npos) {
      return Fault{at, "",
                   absl::StrCat("a control character, 0x",
                                absl::Hex(static_cast<uint8_t>(text[at]), absl::kZeroPad2),
                                ": expected text")};
    }
    if (!entry.has_value()) {
      return Fault{cells[0].offset, layout_->headings[0],
                   absl::StrCat(Quoted(cells[0].text), ": expected an entry's number")};
    }
    if (layout_->has_own_number && !ParseOfacNumber(Trimmed(cells[1].text)).has_value()) {
      return Fault{cells[1].offset, layout_->headings[1],
                   absl::StrCat(Quoted(cells[1].text), ": expected a number")};
    }
    const OfacCell& filled = cells[layout_->filled_column];
    if (!Trimmed(filled.text).empty()) return std::nullopt;
    return Fault{filled.offset, layout_->headings[layout_->filled_column], "empty: expected text"};
  }

  std::string KeyOf(uint64_t entry) const {
    return absl::StrCat(entry,
                        absl::string_view(layout_->key_suffix.data(), layout_->key_suffix.size()));
  }

  // Rejects the entry's record, once.
  absl::Status Reject(std::string_view text, uint32_t line, Fault fault,
                      std::optional<uint64_t> entry) {
    if (entry.has_value() && layout_->has_own_number) {
      OfacCsvGroups::Group& group = groups_.GroupOf(*entry);
      if (std::exchange(group.is_rejected, true)) return absl::OkStatus();
      group.rows = {};
    }
    v1::Rejection rejection;
    rejection.set_line(line);
    rejection.set_column(ColumnAt(text, fault.offset));
    rejection.set_field(std::string(fault.field));
    rejection.set_reason(std::move(fault.reason));
    if (first_fault_.line() == 0) first_fault_ = rejection;
    return sink_.OnRejection(std::move(rejection),
                             entry.has_value() ? std::optional(KeyOf(*entry)) : std::nullopt);
  }

  absl::Status Gather(std::string_view text, uint32_t line, uint64_t entry) {
    OfacCsvGroups::Group& group = groups_.GroupOf(entry);
    if (group.is_rejected) return absl::OkStatus();
    if (group.rows.size() >= OfacCsvGroups::kRowsMax) {
      return Reject(text, line,
                    {0, layout_->headings[0],
                     absl::StrCat("one more row of entry ", entry, ": expected at most ",
                                  OfacCsvGroups::kRowsMax)},
                    entry);
    }
    const std::span<const OfacCell> cells = splitter_.cells();
    group.rows.push_back(PackedRow(*ParseOfacNumber(Trimmed(cells[1].text)), line, cells));
    return absl::OkStatus();
  }

  absl::Status EmitRow(std::string_view text, uint32_t line, uint64_t entry) {
    const auto [seen, is_new] = line_of_entry_.emplace(entry, line);
    if (!is_new) {
      return Reject(text, line,
                    {0, layout_->headings[0],
                     absl::StrCat("entry ", entry, " stands in line ", seen->second,
                                  " already: expected one row for an entry")},
                    entry);
    }
    EditionRecord record;
    record.line = record.line_end = line;
    AddOfacRow(*layout_, splitter_.cells(), list_.implied_rule, *record.present.mutable_sanction(),
               &record.raw);
    return Emit(entry, std::move(record));
  }

  absl::Status EmitGroups() {
    for (OfacCsvGroups::Group& group : groups_.groups()) {
      if (group.is_rejected) continue;
      if (const auto [first, again] = RepeatedRows(group); again != nullptr) {
        const Fault fault{0, layout_->headings[1],
                          absl::StrCat(first->number, " stands in line ", first->line,
                                       " already: expected one row of a number in an entry")};
        if (auto status = Reject("", again->line, fault, group.entry); !status.ok()) return status;
        continue;
      }
      if (auto status = Emit(group.entry, RecordOf(*layout_, group)); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::Status Emit(uint64_t entry, EditionRecord record) {
    v1::Sanction& sanction = *record.present.mutable_sanction();
    v1::ActorRef& target = *sanction.add_target();
    target.set_id(absl::StrCat("ofac:", entry));
    if (layout_->part == v1::SANCTION_PART_ENTRY) {
      target.set_printed_name(sanction.name(0).whole());
    }
    ResolveCountries(countries_, sanction);
    record.key = KeyOf(entry);
    ++emitted_count_;
    return sink_.OnRecord(std::move(record));
  }

  absl::Status CheckComplete() const {
    if (row_count_ == 0) {
      return LineError(1, 1, "the file has no rows: expected an entry's number and its cells");
    }
    if (emitted_count_ > 0) return absl::OkStatus();
    return LineError(first_fault_.line(), first_fault_.column(),
                     absl::StrCat("none of the ", row_count_,
                                  " rows could be read; the first: ", first_fault_.field(),
                                  first_fault_.field().empty() ? "" : ": ", first_fault_.reason()));
  }

  const List& list_;
  RecordSink& sink_;
  LineSplitter lines_;
  OfacRowSplitter splitter_;
  CountryNames countries_;
  OfacCsvGroups groups_;
  absl::flat_hash_map<uint64_t, uint32_t> line_of_entry_;  // at most kRowsMax
  absl::Status status_;
  const OfacCsvLayout* layout_ = nullptr;  // of the first row
  bool has_end_mark_ = false;
  uint32_t row_count_ = 0;
  size_t bytes_ = 0;
  uint64_t emitted_count_ = 0;
  v1::Rejection first_fault_;
};

template <const List& list>
std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<OfacCsvReader>(list, table, sink);
}

}  // namespace

const EditionFormat& OfacSdnCsvFormat() {
  static const auto& format =
      *new EditionFormat{"ofac-csv", 1, std::string(kSdn.source), RecognisesSdn, Open<kSdn>};
  return format;
}

const EditionFormat& OfacConsolidatedCsvFormat() {
  static const auto& format = *new EditionFormat{"ofac-csv", 1, std::string(kConsolidated.source),
                                                 RecognisesConsolidated, Open<kConsolidated>};
  return format;
}

}  // namespace dossier
