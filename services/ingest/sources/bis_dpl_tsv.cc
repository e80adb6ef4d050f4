#include "services/ingest/sources/bis_dpl_tsv.h"

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/ingest/sources/country_names.h"
#include "services/ingest/sources/csv_edition.h"
#include "services/ingest/sources/row_groups.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/model/sanction_rules.h"

namespace dossier {
namespace {

constexpr char kSource[] = "us-bis-dpl";

enum Column : size_t {
  kName,
  kStreet,
  kCity,
  kState,
  kCountry,
  kPostalCode,
  kEffective,
  kExpiration,
  kStandardOrder,
  kLastUpdate,
  kAction,
  kCitation,
  kColumns,
};

constexpr std::array<std::string_view, kColumns> kHeader = {
    "Name",           "Street_Address",  "City",           "State",       "Country", "Postal_Code",
    "Effective_Date", "Expiration_Date", "Standard_Order", "Last_Update", "Action",  "FR_Citation"};

using Row = std::span<const std::string_view>;

bool Recognises(const Sniff& sniff) {
  return BeginsWith(sniff.first_bytes, "\"Name\"\t\"Street_Address\"\t") ||
         BeginsWith(sniff.first_bytes, "Name\tStreet_Address\t");
}

void ReadAddress(const Row& row, const CountryNames& countries, v1::Sanction& sanction) {
  v1::Address address;
  address.mutable_street()->assign(row[kStreet]);
  address.mutable_city()->assign(row[kCity]);
  address.mutable_region()->assign(row[kState]);
  address.mutable_postal_code()->assign(row[kPostalCode]);
  if (!row[kCountry].empty()) countries.SetCode(row[kCountry], *address.mutable_country());
  if (address.ByteSizeLong() > 0) *sanction.add_address() = std::move(address);
}

void ReadDates(const RowGroup& group, v1::Sanction& sanction) {
  const bool differ = group.Values(kEffective).size() > 1 || group.Values(kExpiration).size() > 1;
  for (const Row& row : group.rows) {
    const std::string_view order = differ ? row[kCitation] : std::string_view();
    AddDate(v1::SANCTION_DATE_KIND_IN_FORCE, row[kEffective], DateOrder::kMonthDayYear, order,
            sanction);
    AddDate(v1::SANCTION_DATE_KIND_EXPIRY, row[kExpiration], DateOrder::kMonthDayYear, order,
            sanction);
  }
  for (std::string_view update : group.Values(kLastUpdate)) {
    AddDate(v1::SANCTION_DATE_KIND_AMENDED, update, DateOrder::kYearMonthDay, "", sanction);
  }
}

void ReadEntry(const RowGroup& group, const CountryNames& countries, v1::Sanction& sanction) {
  sanction.set_part(v1::SANCTION_PART_ENTRY);
  AddName(v1::NAME_KIND_PRIMARY, group.rows.front()[kName], sanction);
  v1::ActorRef& target = *sanction.add_target();
  target.mutable_id()->assign("bis:").append(group.key);
  target.set_printed_name(sanction.name(0).whole());
  *sanction.add_measure() = ImpliedMeasure("bis-dpl-denial");
  const std::vector<std::string_view> citations = group.Values(kCitation);
  for (std::string_view citation : citations) sanction.add_instrument()->assign(citation);
  ReadDates(group, sanction);
  for (const Row& row : group.rows) {
    const int addresses = sanction.address_size();
    ReadAddress(row, countries, sanction);
    if (citations.size() > 1 && sanction.address_size() > addresses) {
      sanction.mutable_address(addresses)->mutable_note()->assign(row[kCitation]);
    }
  }
  for (Column column : {kStandardOrder, kAction}) {
    for (std::string_view value : group.Values(column)) AddOther(kHeader[column], value, sanction);
  }
  DropRepeats(sanction);
}

class BisDplReader : public CsvEdition {
 public:
  BisDplReader(const ActorTable& table, RecordSink& sink)
      : CsvEdition('\t', "header \"Name\" and 11 more between tabs", sink, CsvRowIs::kPartOfRecord),
        countries_(table, kSource) {}

 protected:
  absl::StatusOr<size_t> OnHead(const CsvRecord& record) override {
    if (auto header = CheckHeader(record, kHeader); !header.ok()) return header;
    return kHeader.size();
  }

  absl::Status OnRow(const CsvRecord& row) override {
    const std::string key = KeyOfName(row.cells[kName].text);
    if (key.empty()) return Refusal(row, kName, kHeader[kName], "no name: expected one");
    std::array<std::string_view, kColumns> cells;
    for (size_t i = 0; i < kColumns; ++i) cells[i] = row.cells[i].text;
    return groups_.Add(key, cells, row.line, row.line_end);
  }

  absl::StatusOr<EditionFacts> OnEnd() override {
    auto passed = groups_.ForEach([this](const RowGroup& group, EditionRecord record) {
      ReadEntry(group, countries_, *record.present.mutable_sanction());
      return gate().Pass(std::move(record));
    });
    if (!passed.ok()) return passed;
    EditionFacts facts;
    facts.source = kSource;
    return facts;
  }

 private:
  const CountryNames countries_;
  RowGroups groups_{kColumns};
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<BisDplReader>(table, sink);
}

}  // namespace

const EditionFormat& BisDplTsvFormat() {
  static const auto& format = *new EditionFormat{"bis-dpl-tsv", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
