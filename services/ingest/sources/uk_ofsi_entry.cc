#include "services/ingest/sources/uk_ofsi_entry.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/numbered_items.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/ingest/sources/uk_ofsi_remarks.h"
#include "services/model/sanction_rules.h"

namespace dossier {
namespace {

using Row = std::span<const std::string_view>;

constexpr UkOfsiColumn kNameOrder[] = {kUkName1, kUkName2, kUkName3, kUkName4, kUkName5, kUkName6};
constexpr UkOfsiColumn kAddressLines[] = {kUkAddress1, kUkAddress2, kUkAddress3,
                                          kUkAddress4, kUkAddress5, kUkAddress6};

std::string_view Heading(UkOfsiColumn column) { return kUkOfsiHeader2022[column]; }

v1::NameKind KindOfAlias(std::string_view alias_type) {
  if (alias_type == "Prime Alias" || alias_type == "Primary name") return v1::NAME_KIND_PRIMARY;
  if (alias_type == "Primary name variation") return v1::NAME_KIND_VARIATION;
  if (alias_type == "FKA") return v1::NAME_KIND_FORMER;
  return v1::NAME_KIND_ALIAS;
}

v1::NameQuality QualityOf(std::string_view alias_quality) {
  if (alias_quality == "Good quality") return v1::NAME_QUALITY_GOOD;
  if (alias_quality == "Low quality") return v1::NAME_QUALITY_LOW;
  return v1::NAME_QUALITY_UNSPECIFIED;
}

bool IsKnownAlias(std::string_view alias_type) {
  return KindOfAlias(alias_type) != v1::NAME_KIND_ALIAS || alias_type == "AKA";
}

// What of a row names the party: a name is put once, however many rows it has.
auto NameOf(const Row& row) {
  return std::make_tuple(KindOfAlias(row[kUkAliasType]) != v1::NAME_KIND_PRIMARY, row[kUkName6],
                         row[kUkName1], row[kUkName2], row[kUkName3], row[kUkName4], row[kUkName5],
                         row[kUkAliasType], row[kUkAliasQuality]);
}

void AddName(const Row& row, v1::Sanction& sanction) {
  v1::PartyName& name = *sanction.add_name();
  for (UkOfsiColumn column : kNameOrder) AppendPart(row[column], " ", *name.mutable_whole());
  name.set_kind(KindOfAlias(row[kUkAliasType]));
  name.set_quality(QualityOf(row[kUkAliasQuality]));
  for (UkOfsiColumn column : kNameOrder) {
    if (row[column].empty()) continue;
    v1::PrintedField& part = *name.add_part();
    part.mutable_heading()->assign(Heading(column));
    part.mutable_value()->assign(row[column]);
  }
  if (!IsKnownAlias(row[kUkAliasType])) name.mutable_note()->assign(row[kUkAliasType]);
  if (name.quality() == v1::NAME_QUALITY_UNSPECIFIED) {
    AppendPart(row[kUkAliasQuality], "; ", *name.mutable_note());
  }
}

void AddNonLatinName(const Row& row, v1::Sanction& sanction) {
  const std::string_view type = row[kUkNonLatinScript];
  const std::string_view language = row[kUkNonLatinLanguage];
  if (row[kUkNonLatinName].empty()) {
    AddOther(Heading(kUkNonLatinScript), type, sanction);
    AddOther(Heading(kUkNonLatinLanguage), language, sanction);
    return;
  }
  v1::PartyName& name = *sanction.add_name();
  name.mutable_whole()->assign(row[kUkNonLatinName]);
  name.set_kind(v1::NAME_KIND_VARIATION);
  name.mutable_script()->assign(type.empty() ? language : type);
  if (!type.empty()) name.mutable_note()->assign(language);
}

// The rows that differ in what `of` makes of them, in the order of that.
template <typename Of>
std::vector<Row> RowsBy(const RowGroup& group, const Of& of) {
  std::vector<Row> rows(group.rows.begin(), group.rows.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Row& a, const Row& b) { return of(a) < of(b); });
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [&](const Row& a, const Row& b) { return of(a) == of(b); }),
             rows.end());
  return rows;
}

void ReadNames(const RowGroup& group, v1::Sanction& sanction) {
  for (const Row& row : RowsBy(group, NameOf)) AddName(row, sanction);
  const auto non_latin = [](const Row& row) {
    return std::tie(row[kUkNonLatinName], row[kUkNonLatinScript], row[kUkNonLatinLanguage]);
  };
  for (const Row& row : RowsBy(group, non_latin)) AddNonLatinName(row, sanction);
  v1::ActorRef& target = *sanction.add_target();
  target.set_id(absl::StrCat("uk:", absl::string_view(group.key.data(), group.key.size())));
  target.set_printed_name(sanction.name(0).whole());
}

// Items of a cell; what was split stands whole in other too.
std::vector<std::string_view> ItemsIn(std::string_view cell, UkOfsiColumn column,
                                      v1::Sanction& sanction) {
  if (cell.empty()) return {};
  std::vector<std::string_view> items = NumberedItems(cell);
  if (items.empty()) return {cell};
  AddOther(Heading(column), cell, sanction);
  return items;
}

// Items of a column that all rows of a group share, or of each that differs.
std::vector<std::string_view> ItemsOf(const RowGroup& group, UkOfsiColumn column,
                                      v1::Sanction& sanction) {
  std::vector<std::string_view> items;
  for (std::string_view value : group.Values(column)) {
    const std::vector<std::string_view> more = ItemsIn(value, column, sanction);
    items.insert(items.end(), more.begin(), more.end());
  }
  return items;
}

// An item of one column and what another has beside it in the same row; either may be empty.
using Pair = std::pair<std::string_view, std::string_view>;

// Items of two cells of a row, which number them alike, or stand alone.
void AddPairs(const std::vector<std::string_view>& one, const std::vector<std::string_view>& other,
              std::vector<Pair>& pairs) {
  const bool are_beside = one.size() == other.size() || one.empty() || other.empty();
  for (size_t i = 0; i < one.size(); ++i) {
    pairs.emplace_back(one[i], are_beside && i < other.size() ? other[i] : std::string_view());
  }
  for (size_t i = are_beside ? one.size() : 0; i < other.size(); ++i) {
    pairs.emplace_back(std::string_view(), other[i]);
  }
}

// What two columns say row by row, each pair once, and none that another one says more than.
std::vector<Pair> PairsOf(const RowGroup& group, UkOfsiColumn one, UkOfsiColumn other,
                          v1::Sanction& sanction) {
  const auto cells = [&](const Row& row) { return std::tie(row[one], row[other]); };
  std::vector<Pair> all;
  for (const Row& row : RowsBy(group, cells)) {
    AddPairs(ItemsIn(row[one], one, sanction), ItemsIn(row[other], other, sanction), all);
  }
  absl::flat_hash_set<Pair> said;
  for (const auto& [first, second] : all) {
    if (first.empty() || second.empty()) continue;
    said.insert({first, {}});
    said.insert({{}, second});
  }
  std::vector<Pair> pairs;
  for (const Pair& pair : all) {
    if (said.insert(pair).second) pairs.push_back(pair);
  }
  return pairs;
}

// Identifiers of a number and a details column. Details beside no number are identifiers only
// where the party has none with a number.
void ReadIdentifiers(const RowGroup& group, v1::IdentifierKind kind, UkOfsiColumn number_column,
                     UkOfsiColumn details_column, v1::Sanction& sanction) {
  const std::vector<Pair> pairs = PairsOf(group, number_column, details_column, sanction);
  const bool has_numbers =
      std::any_of(pairs.begin(), pairs.end(), [](const Pair& pair) { return !pair.first.empty(); });
  for (const auto& [number, details] : pairs) {
    if (!number.empty()) {
      v1::Identifier* const identifier =
          AddWordyIdentifier(kind, Heading(number_column), number, sanction);
      AppendPart(details, "; ", *identifier->mutable_note());
    } else if (has_numbers) {
      AddOther(Heading(details_column), details, sanction);
    } else {
      AddWordyIdentifier(kind, Heading(details_column), details, sanction);
    }
  }
}

void ReadKind(const RowGroup& group, v1::Sanction& sanction) {
  for (std::string_view type : group.Values(kUkGroupType)) {
    if (type == "Individual") {
      sanction.set_target_kind(v1::ACTOR_KIND_PERSON);
    } else if (type == "Ship") {
      sanction.set_target_kind(v1::ACTOR_KIND_VESSEL);
    } else {
      AddOther(Heading(kUkGroupType), type, sanction);
    }
  }
}

void ReadRegimes(const RowGroup& group, v1::Sanction& sanction) {
  const auto regimes = group.Values(kUkRegime);
  for (std::string_view regime : regimes) sanction.add_programme()->assign(regime);
  const auto add = [&](UkOfsiColumn column, v1::SanctionDateKind kind) {
    for (const Row& row : group.rows) {
      const std::string_view detail = regimes.size() > 1 ? row[kUkRegime] : std::string_view();
      AddDate(kind, row[column], DateOrder::kDayMonthYear, detail, sanction);
    }
  };
  add(kUkDesignated, v1::SANCTION_DATE_KIND_DESIGNATED);
  add(kUkListedOn, v1::SANCTION_DATE_KIND_LISTED);
  for (std::string_view updated : group.Values(kUkLastUpdated)) {
    AddDate(v1::SANCTION_DATE_KIND_AMENDED, updated, DateOrder::kDayMonthYear, "", sanction);
  }
}

}  // namespace

void UkOfsiEntryReader::Read(const RowGroup& group, v1::Sanction& sanction) const {
  sanction.set_part(v1::SANCTION_PART_ENTRY);
  ReadNames(group, sanction);
  ReadKind(group, sanction);
  ReadRegimes(group, sanction);
  *sanction.add_measure() = ImpliedMeasure("uk-ofsi-freeze");
  for (std::string_view title : group.Values(kUkTitle)) sanction.add_title()->assign(title);
  ReadBirths(group, sanction);
  ReadNationalities(group, sanction);
  ReadIdentifiers(group, v1::IDENTIFIER_KIND_PASSPORT, kUkPassportNumber, kUkPassportDetails,
                  sanction);
  ReadIdentifiers(group, v1::IDENTIFIER_KIND_NATIONAL_ID, kUkNationalNumber, kUkNationalDetails,
                  sanction);
  for (std::string_view position : ItemsOf(group, kUkPosition, sanction)) {
    sanction.add_position()->assign(position);
  }
  ReadAddresses(group, sanction);
  for (std::string_view remarks : group.Values(kUkOtherInformation)) {
    AppendPart(remarks, "\n", *sanction.mutable_remarks());
    ReadUkOfsiRemarks(remarks, countries_, sanction);
  }
  DropRepeats(sanction);
}

void UkOfsiEntryReader::ReadBirths(const RowGroup& group, v1::Sanction& sanction) const {
  const auto dates = group.Values(kUkBirthDate);
  const std::vector<Pair> places = PairsOf(group, kUkBirthTown, kUkBirthCountry, sanction);
  const auto set_country = [&](std::string_view country, v1::Birth& birth) {
    if (IsNumbered(country)) {
      birth.mutable_note()->assign(country);
    } else {
      countries_.Set(country, *birth.mutable_country());
    }
  };
  const bool is_one = dates.size() == 1 && places.size() == 1;
  for (std::string_view date : dates) {
    ReadBirthDate(date, DateOrder::kDayMonthYear, *sanction.add_birth());
  }
  for (const auto& [town, country] : places) {
    v1::Birth& birth = is_one ? *sanction.mutable_birth(0) : *sanction.add_birth();
    birth.mutable_place()->assign(town);
    if (!country.empty()) set_country(country, birth);
  }
}

void UkOfsiEntryReader::ReadNationalities(const RowGroup& group, v1::Sanction& sanction) const {
  for (std::string_view item : ItemsOf(group, kUkNationality, sanction)) {
    countries_.Set(item, *sanction.add_nationality()->mutable_country());
  }
}

void UkOfsiEntryReader::ReadAddresses(const RowGroup& group, v1::Sanction& sanction) const {
  const auto address_of = [](const Row& row) {
    return std::tie(row[kUkAddress1], row[kUkAddress2], row[kUkAddress3], row[kUkAddress4],
                    row[kUkAddress5], row[kUkAddress6], row[kUkPostCode], row[kUkCountry]);
  };
  for (const Row& row : RowsBy(group, address_of)) {
    v1::Address address;
    for (UkOfsiColumn column : kAddressLines) {
      AppendPart(row[column], ", ", *address.mutable_street());
    }
    address.mutable_postal_code()->assign(row[kUkPostCode]);
    if (!row[kUkCountry].empty()) countries_.Set(row[kUkCountry], *address.mutable_country());
    if (address.ByteSizeLong() > 0) *sanction.add_address() = std::move(address);
  }
}

}  // namespace dossier
