#include "services/ingest/sources/desta_csv.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/desta_actors.h"
#include "services/ingest/sources/desta_row.h"
#include "services/ingest/sources/desta_sides.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr size_t kRecordsMax = 10'000;

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "\"number\";\"base_treaty\";\"name\";\"entry_type\";") ||
         BeginsWith(sniff.first_bytes, "number;base_treaty;name;entry_type;");
}

std::string TreatyId(std::string_view number) {
  return absl::StrCat("desta:", absl::string_view(number.data(), number.size()));
}

// Null: the year is not known, or nothing of the kind happened.
v1::TreatyAct* AddAct(v1::ActKind kind, int year, v1::TreatyParty& party) {
  if (year == 0) return nullptr;
  v1::TreatyAct& act = *party.add_act();
  act.set_kind(kind);
  *act.mutable_date() = MakeDate(year);
  return &act;
}

class DestaReader : public CsvEdition {
 public:
  DestaReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition(';', "header \"number\" and 193 more", sink), actors_(table) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    if (auto header = CheckHeader(record, DestaHeadings()); !header.ok()) return header;
    return DestaHeadings().size();
  }

  absl::Status OnRow(const CsvRecord& printed) override {
    DestaRow row;
    if (const auto fault = ReadDestaRow(printed, row)) {
      const auto key = fault->column == 0 ? std::nullopt : std::optional(row.number);
      return Reject(printed, fault->column, DestaHeadings()[fault->column], fault->reason, key);
    }
    if (rows_.size() == kRecordsMax) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "line ", printed.line, ": too many records: expected at most ", kRecordsMax));
    }
    last_year_ = std::max({last_year_, row.year, row.in_force_year});
    rows_.push_back(std::move(row));
    return absl::OkStatus();
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    const DestaSides sides(rows_);
    for (DestaRow& row : rows_) {
      if (auto passed = gate().Pass(RecordOf(sides, row)); !passed.ok()) return passed;
    }
    EditionFacts facts;
    facts.source = kDestaSource;
    if (last_year_ != 0) facts.covers_until = MakeDate(last_year_, 12, 31);
    return facts;
  }

 private:
  EditionRecord RecordOf(const DestaSides& sides, DestaRow& row) const {
    EditionRecord record;
    record.key = row.number;
    record.line = row.line;
    record.line_end = row.line_end;
    v1::Treaty& treaty = *record.present.mutable_treaty();
    if (row.IsStep()) {
      treaty.mutable_treaty()->set_id(TreatyId(row.base));
      AddStep(sides, row, treaty);
    } else {
      treaty.mutable_treaty()->set_id(TreatyId(row.number));
      Describe(row, treaty);
      if (row.entry != DestaEntry::kConsolidated) AddParties(row, treaty);
    }
    record.raw = std::move(row.rest);
    return record;
  }

  static void Describe(const DestaRow& row, v1::Treaty& treaty) {
    treaty.mutable_treaty()->set_title(row.name);
    treaty.set_describes(true);
    if (row.base != row.number) treaty.mutable_base()->set_id(TreatyId(row.base));
    treaty.set_subject(absl::StrCat(row.entry_type, " (typememb ", row.kind, ")"));
    if (row.entry == DestaEntry::kNegotiation) return;
    *treaty.mutable_signed_date() = MakeDate(row.year);
    if (row.in_force_year != 0) *treaty.mutable_in_force_date() = MakeDate(row.in_force_year);
    treaty.add_obligation(v1::OBLIGATION_TRADE);
  }

  v1::TreatyParty& AddParty(const DestaMember& member, int year, int side,
                            v1::Treaty& treaty) const {
    v1::TreatyParty& party = *treaty.add_party();
    party.mutable_party()->set_id(actors_.IdOf(member.code, year));
    party.mutable_party()->set_printed_name(member.printed);
    party.set_side(side);
    return party;
  }

  // Each once, in the order of the file.
  void AddParties(const DestaRow& row, v1::Treaty& treaty) const {
    const std::vector<int> sides = DestaSides::Within(row);
    absl::flat_hash_set<int> known;
    for (size_t i = 0; i < sides.size(); ++i) {
      if (!known.insert(row.members[i].code).second) continue;
      v1::TreatyParty& party = AddParty(row.members[i], row.year, sides[i], treaty);
      if (row.entry == DestaEntry::kNegotiation) continue;
      AddAct(v1::ACT_KIND_SIGNATURE, row.year, party);
      AddAct(v1::ACT_KIND_ENTRY_INTO_FORCE, row.in_force_year, party);
    }
  }

  void AddStep(const DestaSides& sides, const DestaRow& row, v1::Treaty& treaty) const {
    const v1::ActKind kind = row.entry == DestaEntry::kAccession ? v1::ACT_KIND_ACCESSION
                                                                 : v1::ACT_KIND_WITHDRAWAL;
    absl::flat_hash_set<int> known;
    for (const DestaMember& member : row.members) {
      if (!row.Acts(member) || !known.insert(member.code).second) continue;
      v1::TreatyParty& party =
          AddParty(member, row.year, sides.UnderBase(row, member.code), treaty);
      v1::TreatyAct& act = *AddAct(kind, row.year, party);
      act.set_printed(row.name);
      act.set_column(row.entry_type);
      AddAct(v1::ACT_KIND_ENTRY_INTO_FORCE, row.in_force_year, party);
    }
  }

  const DestaActors actors_;
  std::vector<DestaRow> rows_;  // at most kRecordsMax
  int last_year_ = 0;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<DestaReader>(table, sink);
}

}  // namespace

const EditionFormat& DestaCsvFormat() {
  static const auto& format = *new EditionFormat{"desta-csv", 1, kDestaSource, Recognises, Open};
  return format;
}

}  // namespace dossier
