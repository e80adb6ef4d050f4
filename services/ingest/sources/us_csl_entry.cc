#include "services/ingest/sources/us_csl_entry.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "services/ingest/sources/numbered_items.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/model/ofac_fields.h"
#include "services/model/ofac_headings.h"
#include "services/model/sanction_rules.h"

namespace dossier {
namespace {

using Row = std::span<const std::string_view>;

bool IsCountryCode(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The items of a column in all rows, each once; a cell that was split stands whole in other.
std::vector<std::string_view> ItemsOf(const RowGroup& group, UsCslColumn column,
                                      v1::Sanction& sanction) {
  std::vector<std::string_view> items;
  absl::flat_hash_set<std::string_view> seen;
  for (std::string_view value : group.Values(column)) {
    const std::vector<std::string_view> parts = SeparatedItems(value, ';');
    if (parts.size() > 1) AddOther(kUsCslHeader[column], value, sanction);
    for (std::string_view part : parts) {
      if (seen.insert(part).second) items.push_back(part);
    }
  }
  return items;
}

void ReadKind(const RowGroup& group, v1::Sanction& sanction) {
  for (std::string_view type : group.Values(kCslType)) {
    if (type == "Individual") {
      sanction.set_target_kind(v1::ACTOR_KIND_PERSON);
    } else if (type == "Vessel") {
      sanction.set_target_kind(v1::ACTOR_KIND_VESSEL);
    } else if (type == "Aircraft") {
      sanction.set_target_kind(v1::ACTOR_KIND_AIRCRAFT);
    } else {
      AddOther(kUsCslHeader[kCslType], type, sanction);
    }
  }
}

void ReadMeasures(const RowGroup& group, v1::Sanction& sanction) {
  const std::string_view list = UsCslListName(group.rows.front()[kCslSource]);
  if (list == "SDN") *sanction.add_measure() = ImpliedMeasure("ofac-sdn-blocking");
  if (list == "DPL") *sanction.add_measure() = ImpliedMeasure("bis-dpl-denial");
  for (std::string_view requirement : group.Values(kCslRequirement)) {
    v1::Measure& measure = *sanction.add_measure();
    measure.set_kind(v1::MEASURE_KIND_EXPORT_CONTROL);
    measure.set_basis(v1::MEASURE_BASIS_PUBLISHED);
    measure.mutable_detail()->assign(requirement);
  }
}

void ReadDates(const RowGroup& group, v1::Sanction& sanction) {
  const bool differ = group.Values(kCslStart).size() > 1 || group.Values(kCslEnd).size() > 1;
  for (const Row& row : group.rows) {
    const std::string_view notice = differ ? row[kCslNotice] : std::string_view();
    AddDate(v1::SANCTION_DATE_KIND_IN_FORCE, row[kCslStart], DateOrder::kYearMonthDay, notice,
            sanction);
    AddDate(v1::SANCTION_DATE_KIND_EXPIRY, row[kCslEnd], DateOrder::kYearMonthDay, notice,
            sanction);
  }
}

// What stands before the bracket that closes the text's begin; empty: none does.
std::string_view UpToClosing(std::string_view text) {
  int depth = 1;
  for (size_t at = 0; at < text.size(); ++at) {
    depth += (text[at] == '(') - (text[at] == ')');
    if (depth == 0) return text.substr(0, at);
  }
  return {};
}

// "(Linked To: NAME)", any number of times.
void ReadLinks(std::string_view remarks, v1::Sanction& sanction) {
  constexpr std::string_view kOpening = "(Linked To: ";
  size_t at = remarks.find(kOpening);
  while (at != std::string_view::npos) {
    const size_t begin = at + kOpening.size();
    at = remarks.find(kOpening, begin);
    const std::string_view name = UpToClosing(remarks.substr(begin, at - begin));
    if (name.empty()) continue;
    v1::PartyLink& link = *sanction.add_link();
    link.set_kind(v1::LINK_KIND_LINKED_TO);
    link.set_printed_kind("Linked To");
    link.mutable_other()->mutable_printed_name()->assign(name);
  }
}

void ReadTexts(const RowGroup& group, v1::Sanction& sanction) {
  for (std::string_view notice : group.Values(kCslNotice)) {
    sanction.add_instrument()->assign(notice);
  }
  for (std::string_view title : group.Values(kCslTitle)) sanction.add_title()->assign(title);
  for (std::string_view remarks : group.Values(kCslRemarks)) {
    AppendPart(remarks, "\n", *sanction.mutable_remarks());
    ReadLinks(remarks, sanction);
  }
  for (UsCslColumn column :
       {kCslPolicy, kCslStandardOrder, kCslListUrl, kCslInformationUrl, kCslNumber}) {
    for (std::string_view value : group.Values(column)) {
      AddOther(kUsCslHeader[column], value, sanction);
    }
  }
}

}  // namespace

std::string_view UsCslListName(std::string_view source) {
  const size_t open = source.rfind('(');
  const size_t close = source.find(')', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos || close == open + 1) {
    return source;
  }
  return source.substr(open + 1, close - open - 1);
}

std::string UsCslKey(std::string_view source, std::string_view number, std::string_view name) {
  std::string key = OneLine(UsCslListName(source));
  key.push_back('/');
  return number.empty() ? key + KeyOfName(name) : key.append(number);
}

void UsCslEntryReader::Read(const RowGroup& group, v1::Sanction& sanction) const {
  const Row& first = group.rows.front();
  const std::string_view source = first[kCslSource];
  sanction.set_part(v1::SANCTION_PART_ENTRY);
  sanction.mutable_list()->assign(source);
  const size_t dash = source.rfind(" - ");
  if (dash != std::string_view::npos) sanction.mutable_authority()->assign(source.substr(dash + 3));
  v1::ActorRef& target = *sanction.add_target();
  target.mutable_printed_name()->assign(first[kCslName]);
  const bool is_ofac = source.ends_with("Treasury Department") && !first[kCslNumber].empty();
  target.mutable_id()->assign(is_ofac ? "ofac:" : "csl:");
  target.mutable_id()->append(is_ofac ? first[kCslNumber] : group.key);
  for (std::string_view name : group.Values(kCslName)) {
    AddName(v1::NAME_KIND_PRIMARY, name, sanction);
  }
  for (std::string_view name : ItemsOf(group, kCslAltNames, sanction)) {
    AddName(v1::NAME_KIND_ALIAS, name, sanction);
  }
  ReadKind(group, sanction);
  for (std::string_view programme : ItemsOf(group, kCslPrograms, sanction)) {
    sanction.add_programme()->assign(programme);
  }
  ReadMeasures(group, sanction);
  ReadDates(group, sanction);
  ReadAddresses(group, sanction);
  ReadPerson(group, sanction);
  ReadCraft(group, sanction);
  for (std::string_view value : group.Values(kCslIds)) {
    AddOther(kUsCslHeader[kCslIds], value, sanction);
    for (std::string_view item : SeparatedItems(value, ';')) ReadId(item, sanction);
  }
  ResolveNames(sanction);
  ReadTexts(group, sanction);
  DropRepeats(sanction);
}

void UsCslEntryReader::ReadAddresses(const RowGroup& group, v1::Sanction& sanction) const {
  const bool differ = group.Values(kCslStart).size() > 1;
  for (const Row& row : group.rows) {
    const std::vector<std::string_view> items = SeparatedItems(row[kCslAddresses], ';');
    if (items.size() > 1) AddOther(kUsCslHeader[kCslAddresses], row[kCslAddresses], sanction);
    for (std::string_view item : items) {
      v1::Address& address = *sanction.add_address();
      address.mutable_street()->assign(item);
      if (differ) address.mutable_note()->assign(row[kCslStart]);
      const std::string_view last = SeparatedItems(item, ',').back();
      if (IsCountryCode(last)) countries_.SetCode(last, *address.mutable_country());
    }
  }
}

void UsCslEntryReader::ReadPerson(const RowGroup& group, v1::Sanction& sanction) const {
  for (UsCslColumn column : {kCslNationalities, kCslCitizenships}) {
    for (std::string_view code : ItemsOf(group, column, sanction)) {
      v1::Nationality& nationality = *sanction.add_nationality();
      nationality.set_is_citizenship(column == kCslCitizenships);
      countries_.SetCode(code, *nationality.mutable_country());
    }
  }
  const auto dates = ItemsOf(group, kCslBirthDates, sanction);
  const auto places = ItemsOf(group, kCslBirthPlaces, sanction);
  for (std::string_view date : dates) {
    ReadBirthDate(date, DateOrder::kYearMonthDay, *sanction.add_birth());
  }
  const bool is_one = dates.size() == 1 && places.size() == 1;
  for (std::string_view place : places) {
    v1::Birth& birth = is_one ? *sanction.mutable_birth(0) : *sanction.add_birth();
    birth.mutable_place()->assign(place);
  }
}

void UsCslEntryReader::ReadId(std::string_view item, v1::Sanction& sanction) const {
  const std::vector<std::string_view> parts = SeparatedItems(item, ',');
  if (parts.size() < 2) return;
  const std::string_view heading = parts.back();
  const auto found = FindOfacHeading(heading);
  const bool is_known = found.has_value() && found->length == heading.size();
  const bool is_identifier = !is_known || found->heading->meaning == OfacMeaning::kIdentifier;
  const bool has_country = is_identifier && parts.size() > 2 && IsCountryCode(parts.front());
  const char* const begin = parts[has_country ? 1 : 0].data();
  std::string_view value(begin, static_cast<size_t>(heading.data() - begin));
  value = value.substr(0, value.find_last_not_of(", ") + 1);
  const OfacField field = {.heading = heading, .value = value};
  const int identifiers = sanction.identifier_size();
  if (is_known) {
    AddOfacField(*found->heading, field, sanction);
  } else if (HasDigit(value) && !heading.ends_with('-') && !heading.ends_with(':')) {
    AddOfacIdentifier(v1::IDENTIFIER_KIND_OTHER, field, sanction);
  }
  if (has_country && sanction.identifier_size() > identifiers) {
    countries_.SetCode(parts.front(), *sanction.mutable_identifier(identifiers)->mutable_country());
  }
}

// Of nationalities and the flag that stand among the ids: OFAC's headings give them no id.
void UsCslEntryReader::ResolveNames(v1::Sanction& sanction) const {
  const auto resolve = [this](v1::ActorRef& country) {
    if (!country.id().empty() || country.printed_name().empty()) return;
    const std::string printed = country.printed_name();
    countries_.Set(printed, country);
  };
  for (v1::Nationality& nationality : *sanction.mutable_nationality()) {
    resolve(*nationality.mutable_country());
  }
  if (sanction.craft().has_flag()) resolve(*sanction.mutable_craft()->mutable_flag());
}

void UsCslEntryReader::ReadCraft(const RowGroup& group, v1::Sanction& sanction) const {
  for (std::string_view sign : group.Values(kCslCallSign)) {
    AddIdentifier(v1::IDENTIFIER_KIND_CALL_SIGN, kUsCslHeader[kCslCallSign], sign, sanction);
  }
  const auto text = [&](UsCslColumn column) {
    std::string joined;
    for (std::string_view value : group.Values(column)) AppendPart(value, "; ", joined);
    return joined;
  };
  v1::Craft craft;
  craft.set_type(text(kCslVesselType));
  craft.set_tonnage(text(kCslTonnage));
  craft.set_gross_registered_tonnage(text(kCslRegisteredTonnage));
  craft.set_owner(text(kCslOwner));
  const std::string flag = text(kCslFlag);
  if (!flag.empty()) countries_.Set(flag, *craft.mutable_flag());
  if (craft.ByteSizeLong() > 0) *sanction.mutable_craft() = std::move(craft);
}

}  // namespace dossier
