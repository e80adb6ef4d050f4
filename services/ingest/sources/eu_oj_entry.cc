#include "services/ingest/sources/eu_oj_entry.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/numbered_items.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/sanction_fields.h"

namespace dossier {
namespace {

using Row = std::span<const std::string_view>;

constexpr std::pair<EuOjColumn, v1::IdentifierKind> kIdentifiers[] = {
    {kOjRegistrationNumber, v1::IDENTIFIER_KIND_REGISTRATION},
    {kOjTaxNumber, v1::IDENTIFIER_KIND_TAX},
    {kOjInnCode, v1::IDENTIFIER_KIND_TAX},
    {kOjOgrnCode, v1::IDENTIFIER_KIND_REGISTRATION},
    {kOjKppCode, v1::IDENTIFIER_KIND_TAX},
    {kOjOkpoCode, v1::IDENTIFIER_KIND_REGISTRATION},
    {kOjLeiCode, v1::IDENTIFIER_KIND_LEI},
    {kOjSwiftBic, v1::IDENTIFIER_KIND_SWIFT_BIC},
    {kOjTicker, v1::IDENTIFIER_KIND_OTHER},
    {kOjImoNumber, v1::IDENTIFIER_KIND_IMO},
    {kOjMmsi, v1::IDENTIFIER_KIND_MMSI},
    {kOjPhone, v1::IDENTIFIER_KIND_PHONE},
    {kOjEmail, v1::IDENTIFIER_KIND_EMAIL},
    {kOjWebsite, v1::IDENTIFIER_KIND_WEBSITE},
};

constexpr EuOjColumn kOthers[] = {kOjJurisdiction, kOjAppearance, kOjEthnicity,
                                  kOjFatherName,   kOjMotherName, kOjIncorporationDate,
                                  kOjLegalForm,    kOjSector};

constexpr std::pair<std::string_view, v1::MeasureKind> kMeasures[] = {
    {"Asset freeze", v1::MEASURE_KIND_ASSET_FREEZE},
    {"Export control", v1::MEASURE_KIND_EXPORT_CONTROL},
    {"Financial restrictions", v1::MEASURE_KIND_FINANCIAL},
    {"Investment ban", v1::MEASURE_KIND_FINANCIAL},
    {"Services ban", v1::MEASURE_KIND_TRADE},
    {"Travel ban", v1::MEASURE_KIND_TRAVEL_BAN},
    {"Arms embargo", v1::MEASURE_KIND_ARMS_EMBARGO},
};

v1::MeasureKind KindOfMeasure(std::string_view measure, std::string_view schema) {
  for (const auto& [printed, kind] : kMeasures) {
    if (printed == measure) return kind;
  }
  if (measure == "Transportation restrictions" && schema == "Vessel") {
    return v1::MEASURE_KIND_VESSEL;
  }
  return v1::MEASURE_KIND_OTHER;
}

// What a cell numbers or parts by ";"; the whole where it does neither.
std::vector<std::string_view> ItemsIn(std::string_view cell) {
  const std::string_view bare = WithoutQuotes(cell);
  std::vector<std::string_view> items = NumberedItems(bare);
  if (items.empty() && !IsNumbered(bare)) items = SeparatedOutsideBrackets(bare, ';');
  if (items.empty()) items.push_back(cell);
  return items;
}

// The items of a column in all rows; a cell that was split stands whole in other.
std::vector<std::string_view> ItemsOf(const RowGroup& group, EuOjColumn column,
                                      v1::Sanction& sanction) {
  std::vector<std::string_view> items;
  absl::flat_hash_set<std::string_view> seen;
  for (std::string_view value : group.Values(column)) {
    const std::vector<std::string_view> parts = ItemsIn(value);
    if (parts[0] != value) AddOther(kEuOjHeader[column], value, sanction);
    for (std::string_view part : parts) {
      if (seen.insert(part).second) items.push_back(part);
    }
  }
  return items;
}

void ReadNames(const RowGroup& group, v1::Sanction& sanction) {
  for (std::string_view name : group.Values(kOjName)) {
    AddName(v1::NAME_KIND_PRIMARY, name, sanction);
  }
  for (std::string_view name : ItemsOf(group, kOjAlias, sanction)) {
    AddName(v1::NAME_KIND_ALIAS, name, sanction);
  }
  for (std::string_view name : ItemsOf(group, kOjWeakAlias, sanction)) {
    AddName(v1::NAME_KIND_ALIAS, name, sanction);
    sanction.mutable_name(sanction.name_size() - 1)->set_quality(v1::NAME_QUALITY_LOW);
  }
  for (std::string_view name : ItemsOf(group, kOjPreviousName, sanction)) {
    AddName(v1::NAME_KIND_FORMER, name, sanction);
  }
}

void ReadAct(const RowGroup& group, v1::Sanction& sanction) {
  const Row& first = group.rows.front();
  sanction.add_instrument()->assign(first[kOjCelex]);
  *sanction.mutable_list() = std::string(first[kOjCelex]);
  sanction.mutable_list()->append(", annex ").append(first[kOjAnnex]);
  for (std::string_view programme : group.Values(kOjProgramKey)) {
    sanction.add_programme()->assign(programme);
  }
  for (std::string_view printed : group.Values(kOjMeasure)) {
    v1::Measure& measure = *sanction.add_measure();
    measure.set_kind(KindOfMeasure(printed, first[kOjSchema]));
    measure.set_basis(v1::MEASURE_BASIS_PUBLISHED);
    measure.mutable_detail()->assign(printed);
  }
  for (std::string_view date : group.Values(kOjStartDate)) {
    AddDate(v1::SANCTION_DATE_KIND_LISTED, date, DateOrder::kDayMonthYear, "", sanction);
  }
}

void ReadKind(const RowGroup& group, v1::Sanction& sanction) {
  for (std::string_view schema : group.Values(kOjSchema)) {
    if (schema == "Person") {
      sanction.set_target_kind(v1::ACTOR_KIND_PERSON);
    } else if (schema == "Company") {
      sanction.set_target_kind(v1::ACTOR_KIND_COMPANY);
    } else if (schema == "Vessel") {
      sanction.set_target_kind(v1::ACTOR_KIND_VESSEL);
    } else {
      AddOther(kEuOjHeader[kOjSchema], schema, sanction);
    }
  }
}

void ReadIdentifiers(const RowGroup& group, v1::Sanction& sanction) {
  for (std::string_view item : ItemsOf(group, kOjPassportNumber, sanction)) {
    AddWordyIdentifier(v1::IDENTIFIER_KIND_PASSPORT, kEuOjHeader[kOjPassportNumber], item,
                       sanction);
  }
  for (std::string_view item : ItemsOf(group, kOjIdNumber, sanction)) {
    AddWordyIdentifier(v1::IDENTIFIER_KIND_NATIONAL_ID, kEuOjHeader[kOjIdNumber], item, sanction);
  }
  for (const auto& [column, kind] : kIdentifiers) {
    const bool is_wordy =
        kind == v1::IDENTIFIER_KIND_REGISTRATION || kind == v1::IDENTIFIER_KIND_TAX;
    for (std::string_view item : ItemsOf(group, column, sanction)) {
      if (is_wordy) {
        AddWordyIdentifier(kind, kEuOjHeader[column], item, sanction);
      } else {
        AddIdentifier(kind, kEuOjHeader[column], item, sanction);
      }
    }
  }
}

void ReadTexts(const RowGroup& group, v1::Sanction& sanction) {
  for (std::string_view reason : group.Values(kOjReason)) {
    AppendPart(reason, "\n", *sanction.mutable_reason());
  }
  for (std::string_view notes : group.Values(kOjNotes)) {
    AppendPart(notes, "\n", *sanction.mutable_remarks());
  }
  for (std::string_view position : group.Values(kOjPosition)) {
    sanction.add_position()->assign(position);
  }
  for (std::string_view gender : group.Values(kOjGender)) {
    AppendPart(gender, "; ", *sanction.mutable_gender());
  }
  for (EuOjColumn column : kOthers) {
    for (std::string_view value : group.Values(column)) {
      AddOther(kEuOjHeader[column], value, sanction);
    }
  }
}

std::vector<std::string_view> PartedBy(std::string_view words, std::string_view cell) {
  std::vector<std::string_view> parts;
  for (size_t at = cell.find(words); at != std::string_view::npos; at = cell.find(words)) {
    parts.push_back(cell.substr(0, at));
    cell.remove_prefix(at + words.size());
  }
  parts.push_back(cell);
  return parts;
}

}  // namespace

std::string EuOjKey(const EuOjCells& cells) {
  const std::string number = KeyOfName(cells[kOjRecordId]);
  std::string key(cells[kOjCelex]);
  key.append("/").append(cells[kOjAnnex]).append("/");
  return key + (number.empty() ? KeyOfName(cells[kOjName]) : number);
}

void EuOjEntryReader::Read(const RowGroup& group, v1::Sanction& sanction) const {
  sanction.set_part(v1::SANCTION_PART_ENTRY);
  v1::ActorRef& target = *sanction.add_target();
  target.mutable_id()->assign("eu-oj:").append(group.key);
  target.mutable_printed_name()->assign(group.rows.front()[kOjName]);
  ReadAct(group, sanction);
  ReadKind(group, sanction);
  ReadNames(group, sanction);
  ReadBirths(group, sanction);
  ReadCountries(group, sanction);
  ReadIdentifiers(group, sanction);
  ReadAddresses(group, sanction);
  ReadTexts(group, sanction);
  DropRepeats(sanction);
}

void EuOjEntryReader::ReadBirths(const RowGroup& group, v1::Sanction& sanction) const {
  std::vector<std::string_view> dates = ItemsOf(group, kOjBirthDate, sanction);
  if (dates.size() == 1) {
    const std::vector<std::string_view> parts = PartedBy(" or ", dates[0]);
    if (parts.size() > 1) {
      AddOther(kEuOjHeader[kOjBirthDate], dates[0], sanction);
      dates = parts;
    }
  }
  for (std::string_view date : dates) {
    ReadBirthDate(date, DateOrder::kDayMonthYear, *sanction.add_birth());
  }
  const auto places = ItemsOf(group, kOjBirthPlace, sanction);
  const bool is_one = dates.size() == 1 && places.size() == 1;
  for (std::string_view place : places) {
    v1::Birth& birth = is_one ? *sanction.mutable_birth(0) : *sanction.add_birth();
    birth.mutable_place()->assign(place);
  }
}

std::vector<std::string_view> EuOjEntryReader::NationalitiesIn(std::string_view cell) const {
  const std::string_view bare = WithoutQuotes(cell);
  std::vector<std::string_view> numbered = NumberedItems(bare);
  if (!numbered.empty()) return numbered;
  for (std::string_view words : {"; ", ", ", " and "}) {
    const std::vector<std::string_view> parts = PartedBy(words, bare);
    const bool are_known = std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
      return !countries_.Find(part).empty();
    });
    if (parts.size() > 1 && are_known) return parts;
  }
  return {cell};
}

void EuOjEntryReader::ReadCountries(const RowGroup& group, v1::Sanction& sanction) const {
  for (std::string_view cell : group.Values(kOjNationality)) {
    const std::vector<std::string_view> parts =
        countries_.Find(cell).empty() ? NationalitiesIn(cell) : std::vector{cell};
    if (parts[0] != cell) AddOther(kEuOjHeader[kOjNationality], cell, sanction);
    for (std::string_view part : parts) {
      countries_.Set(part, *sanction.add_nationality()->mutable_country());
    }
  }
  for (std::string_view country : group.Values(kOjCountry)) {
    countries_.Set(country, *sanction.add_address()->mutable_country());
  }
  for (std::string_view flag : group.Values(kOjFlag)) {
    countries_.Set(flag, *sanction.mutable_craft()->mutable_flag());
  }
}

void EuOjEntryReader::ReadAddresses(const RowGroup& group, v1::Sanction& sanction) const {
  for (std::string_view item : ItemsOf(group, kOjAddress, sanction)) {
    v1::Address& address = *sanction.add_address();
    address.mutable_street()->assign(item);
    const std::vector<std::string_view> parts = SeparatedItems(item, ',');
    if (!parts.empty() && !countries_.Find(parts.back()).empty()) {
      countries_.Set(parts.back(), *address.mutable_country());
    }
  }
}

}  // namespace dossier
