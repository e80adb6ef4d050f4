#include "services/ingest/sources/gsdb_csv.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/gsdb_states.h"
#include "services/ingest/sources/numbered_items.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/ingest/sources/xml_records.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr char kSource[] = "gsdb";
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2023;
constexpr uint64_t kCaseMax = 999'999'999;

enum Column : size_t {
  kCase,
  kTarget,
  kSender,
  kBegin,
  kEnd,
  kTrade,
  kTradeDescription,
  kArms,
  kMilitary,
  kFinancial,
  kTravel,
  kOther,
  kSeveralTargets,
  kSeveralSenders,
  kObjective,
  kSuccess,
  kColumns,
};

constexpr std::array<std::string_view, kColumns> kHeader = {"case_id",
                                                            "sanctioned_state",
                                                            "sanctioning_state",
                                                            "begin",
                                                            "end",
                                                            "trade",
                                                            "descr_trade",
                                                            "arms",
                                                            "military",
                                                            "financial",
                                                            "travel",
                                                            "other",
                                                            "target_mult",
                                                            "sender_mult",
                                                            "objective",
                                                            "success"};

constexpr std::pair<Column, v1::MeasureKind> kMeasures[] = {
    {kTrade, v1::MEASURE_KIND_TRADE},       {kArms, v1::MEASURE_KIND_ARMS_EMBARGO},
    {kMilitary, v1::MEASURE_KIND_MILITARY}, {kFinancial, v1::MEASURE_KIND_FINANCIAL},
    {kTravel, v1::MEASURE_KIND_TRAVEL_BAN}, {kOther, v1::MEASURE_KIND_OTHER},
};

using Cells = std::array<std::string_view, kColumns>;

struct Fault {
  Column column = kCase;
  std::string reason;
};

Fault FaultAt(Column column, const Cells& cells, std::string_view expected) {
  return {column, absl::StrCat("expected ", absl::string_view(expected.data(), expected.size()),
                               ", found ", Quoted(cells[column]))};
}

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "case_id,sanctioned_state,sanctioning_state,");
}

template <typename Number>
bool ReadNumber(std::string_view text, Number& number) {
  return absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &number);
}

std::optional<int> ReadYear(std::string_view text) {
  int year = 0;
  if (!ReadNumber(text, year) || year < kFirstYear || year > kLastYear) return std::nullopt;
  return year;
}

// Whether an end in the last year that is covered is no end: nothing says that it came to one.
bool IsOngoing(std::string_view success) {
  const std::vector<std::string_view> outcomes = SeparatedItems(success, ',');
  return std::all_of(outcomes.begin(), outcomes.end(),
                     [](std::string_view outcome) { return outcome == "ongoing"; });
}

void AddYear(v1::SanctionDateKind kind, int year, v1::Sanction& sanction) {
  v1::SanctionDate& date = *sanction.add_date();
  date.set_kind(kind);
  *date.mutable_date() = MakeDate(year);
}

std::optional<Fault> ReadYears(const Cells& cells, v1::Sanction& sanction) {
  const std::string expected = absl::StrCat("a year from ", kFirstYear, " to ", kLastYear);
  const std::optional<int> begin = ReadYear(cells[kBegin]);
  if (!begin) return FaultAt(kBegin, cells, expected);
  const std::optional<int> end = ReadYear(cells[kEnd]);
  if (!end) return FaultAt(kEnd, cells, expected);
  if (*end < *begin) return FaultAt(kEnd, cells, absl::StrCat("a year from ", *begin));
  AddYear(v1::SANCTION_DATE_KIND_IN_FORCE, *begin, sanction);
  const bool is_open = *end == kLastYear && IsOngoing(cells[kSuccess]);
  AddYear(is_open ? v1::SANCTION_DATE_KIND_LAST_OBSERVED : v1::SANCTION_DATE_KIND_EXPIRY, *end,
          sanction);
  return std::nullopt;
}

std::optional<Fault> ReadMeasures(const Cells& cells, v1::Sanction& sanction) {
  for (const auto& [column, kind] : kMeasures) {
    if (cells[column] != "0" && cells[column] != "1") return FaultAt(column, cells, "0 or 1");
    if (cells[column] == "0") continue;
    v1::Measure& measure = *sanction.add_measure();
    measure.set_kind(kind);
    measure.set_basis(v1::MEASURE_BASIS_PUBLISHED);
    if (column == kTrade) measure.mutable_detail()->assign(cells[kTradeDescription]);
  }
  if (cells[kTrade] == "0") {
    AddOther(kHeader[kTradeDescription], cells[kTradeDescription], sanction);
  }
  for (Column column : {kSeveralTargets, kSeveralSenders}) {
    if (cells[column] != "0") AddOther(kHeader[column], cells[column], sanction);
  }
  return std::nullopt;
}

// The kind that all targets are of.
v1::ActorKind KindOfAll(const v1::Sanction& sanction) {
  const v1::ActorKind kind = KindOf(sanction.target(0).id());
  for (const v1::ActorRef& target : sanction.target()) {
    if (KindOf(target.id()) != kind) return v1::ACTOR_KIND_UNSPECIFIED;
  }
  return kind == v1::ACTOR_KIND_UNRESOLVED ? v1::ACTOR_KIND_UNSPECIFIED : kind;
}

class GsdbReader : public CsvEdition {
 public:
  GsdbReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition(',', "header \"case_id\" and 15 more", sink), states_(table, kSource) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    if (auto header = CheckHeader(record, kHeader); !header.ok()) return header;
    return kHeader.size();
  }

  absl::Status OnRow(const CsvRecord& row) override {
    Cells cells;
    for (size_t i = 0; i < kColumns; ++i) cells[i] = XmlTrimmed(row.cells[i].text);
    uint64_t number = 0;
    if (!ReadNumber(cells[kCase], number) || number > kCaseMax) {
      return Reject(row, kCase, kHeader[kCase], FaultAt(kCase, cells, "a case's number").reason);
    }
    EditionRecord record;
    record.key = absl::StrCat(number);
    if (auto fault = ReadCase(cells, *record.present.mutable_sanction())) {
      return Reject(row, fault->column, kHeader[fault->column], std::move(fault->reason),
                    record.key);
    }
    record.line = row.line;
    record.line_end = row.line_end;
    return gate().Pass(std::move(record));
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    EditionFacts facts;
    facts.source = kSource;
    facts.covers_until = MakeDate(kLastYear, 12, 31);
    return facts;
  }

 private:
  std::optional<Fault> ReadCase(const Cells& cells, v1::Sanction& sanction) const {
    sanction.set_part(v1::SANCTION_PART_ENTRY);
    sanction.set_list("Global Sanctions Database v4");
    sanction.set_authority("coded by researchers");
    for (v1::ActorRef& target : states_.Split(cells[kTarget])) {
      *sanction.add_target() = std::move(target);
    }
    if (sanction.target().empty()) return FaultAt(kTarget, cells, "states parted by commas");
    for (v1::ActorRef& sender : states_.Split(cells[kSender])) {
      *sanction.add_sender() = std::move(sender);
    }
    if (sanction.sender().empty()) return FaultAt(kSender, cells, "states parted by commas");
    sanction.set_target_kind(KindOfAll(sanction));
    if (sanction.target_size() > 1) AddOther(kHeader[kTarget], cells[kTarget], sanction);
    if (sanction.sender_size() > 1) AddOther(kHeader[kSender], cells[kSender], sanction);
    if (auto fault = ReadYears(cells, sanction)) return fault;
    if (auto fault = ReadMeasures(cells, sanction)) return fault;
    AddOther(kHeader[kObjective], cells[kObjective], sanction);
    AddOther(kHeader[kSuccess], cells[kSuccess], sanction);
    return std::nullopt;
  }

  const GsdbStates states_;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<GsdbReader>(table, sink);
}

}  // namespace

const EditionFormat& GsdbCsvFormat() {
  static const auto& format = *new EditionFormat{"gsdb-csv", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
