#include "services/ingest/sources/untc_csv.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/untc_columns.h"
#include "services/ingest/sources/untc_numbers.h"

namespace dossier {
namespace {

constexpr char kSource[] = "untc";
constexpr char kParticipant[] = "Participant";

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "Participant,") ||
         BeginsWith(sniff.first_bytes, "\"Participant\",");
}

class UntcReader : public CsvEdition {
 public:
  UntcReader(const ActorTable& table, RecordSink& sink, std::string_view file_name)
      : CsvEdition(',', "header \"Participant\" and a column for acts", sink),
        table_(table),
        file_name_(file_name) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    const std::optional<std::string> number = UntcNumberOfFileName(file_name_);
    if (!number.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("file name ", Quoted(file_name_),
                       ": expected <chapter>-<treaty>.csv, such as 26-3.csv: nothing in a table "
                       "says which treaty it is of"));
    }
    number_ = *number;
    const std::string_view first = Trimmed(record.cells.front().text);
    if (first != kParticipant) {
      return HeadError(record, 0,
                       absl::StrCat("expected header \"", kParticipant, "\", found ",
                                    Quoted(first)));
    }
    if (record.cells.size() < 2) return HeadError(record, 1, "expected a column for acts");
    columns_.resize(record.cells.size() - 1);
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (auto reason = ReadUntcHead(record.cells[i + 1].text, columns_[i])) {
        return HeadError(record, i + 1, *reason);
      }
    }
    return record.cells.size();
  }

  absl::Status OnRow(const CsvRecord& row) override {
    const std::string participant = OneLine(row.cells.front().text);
    if (participant.empty()) {
      return Reject(row, 0, kParticipant, "no participant: expected a name");
    }
    EditionRecord record;
    v1::Treaty& treaty = *record.present.mutable_treaty();
    treaty.mutable_treaty()->set_id(UntcTreatyId(number_));
    v1::TreatyParty& party = *treaty.add_party();
    party.mutable_party()->set_id(table_.Resolve(kSource, participant));
    party.mutable_party()->set_printed_name(participant);
    record.key = absl::StrCat(number_, "/", party.party().id());
    for (size_t i = 0; i < columns_.size(); ++i) {
      const std::string_view cell = row.cells[i + 1].text;
      if (Trimmed(cell).empty()) continue;
      if (auto reason = ReadUntcCell(cell, columns_[i], *party.add_act())) {
        return Reject(row, i + 1, columns_[i].head, *std::move(reason), record.key);
      }
    }
    record.line = row.line;
    record.line_end = row.line_end;
    return gate().Pass(std::move(record));
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    EditionFacts facts;
    facts.source = kSource;
    facts.scope.add_treaty(UntcTreatyId(number_));
    return facts;
  }

 private:
  static absl::Status HeadError(const CsvRecord& record, size_t cell, std::string_view problem) {
    const CsvPlace place = record.PlaceOfCell(cell);
    return LineError(place.line, place.column, problem);
  }

  const ActorTable& table_;
  const std::string file_name_;
  std::string number_;                // of the treaty
  std::vector<UntcColumn> columns_;  // behind the participant's
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink,
                                    std::string_view file_name) {
  return std::make_unique<UntcReader>(table, sink, file_name);
}

}  // namespace

const EditionFormat& UntcCsvFormat() {
  static const auto& format = *new EditionFormat{"untc-csv", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
