#include "services/ingest/sources/ca_sema_entry.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/record_gate.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/ingest/sources/xml_list_reader.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr size_t kCountriesMax = 1'000;
// Of what makes a key, which has at most 256 bytes.
constexpr size_t kItemBytesMax = 40;
constexpr size_t kPartBytesMax = 50;
constexpr size_t kCountryBytesMax = 160;
constexpr size_t kPrintedCountryBytesMax = 400;

// The texts of an entry, whichever its tags.
struct Fields {
  std::string country;
  std::string entity;
  std::string last_name;
  std::string given_name;
  std::string title;
  std::string born_or_built;
  std::string aliases;
  std::string imo_number;
  std::string listed;
  std::string schedule;
  std::string item;
};

constexpr std::pair<std::string_view, std::string Fields::*> kTags[] = {
    {"Country", &Fields::country},
    {"LastName", &Fields::last_name},
    {"GivenName", &Fields::given_name},
    {"Schedule", &Fields::schedule},
    {"Item", &Fields::item},
    {"DateOfListing", &Fields::listed},
    {"Aliases", &Fields::aliases},
    {"Entity", &Fields::entity},
    {"EntityOrShip", &Fields::entity},
    {"DateOfBirth", &Fields::born_or_built},
    {"DateOfBirthOrShipBuildDate", &Fields::born_or_built},
    {"Title", &Fields::title},
    {"TitleOrShip", &Fields::title},
    {"ShipIMONumber", &Fields::imo_number},
};

std::string Fields::*FieldOf(std::string_view tag) {
  for (const auto& [name, field] : kTags) {
    // The last letter tells most tags of one length apart, without a call to compare them.
    if (name.size() == tag.size() && name.back() == tag.back() && name == tag) return field;
  }
  return nullptr;
}

Fields ReadFields(const XmlElement& entry, v1::Sanction& sanction) {
  Fields fields;
  for (const XmlElement& element : entry.children) {
    std::string text = XmlFieldText(element);
    const auto field = FieldOf(element.name);
    if (field != nullptr && (fields.*field).empty()) {
      fields.*field = std::move(text);
    } else {
      AddOther(element.name, text, sanction);
    }
  }
  if (!entry.text.empty()) AddOther(entry.name, OneLine(entry.text), sanction);
  for (const auto& [key, value] : entry.attributes) AddOther(key, OneLine(value), sanction);
  return fields;
}

v1::Rejection TooLong(uint32_t line, std::string_view field, size_t size, size_t most) {
  return RejectionAt(line, field,
                     absl::StrCat(size, " bytes that identify the entry: expected at most ", most));
}

std::string_view EnglishName(std::string_view printed) {
  return printed.substr(0, printed.find(" / "));
}

// PART of the key.
std::string PartKey(std::string_view country_key, std::string_view schedule) {
  constexpr std::string_view kPart = "Part ";
  std::string text = OneLine(schedule);
  if (text.empty() || text == "N/A") return "1";
  const size_t part = text.find(kPart);
  if (part != std::string::npos) {
    const std::string number = text.substr(part + kPart.size());
    const std::string before = text.substr(0, text.find_first_of(", "));
    return part == 0 || before == "1" ? number : absl::StrCat("S", before, ".", number);
  }
  const bool became_parts = country_key == "IRN" || country_key == "MMR" || country_key == "SYR";
  return text == "1" || became_parts ? text : absl::StrCat("S", text);
}

// The person's, the entity's or the ship's name, as the sanction's first. Empty: there is none.
std::string AddPrimaryName(Fields& fields, v1::Sanction& sanction) {
  v1::PartyName& name = *sanction.add_name();
  name.set_kind(v1::NAME_KIND_PRIMARY);
  const bool has_parts = !fields.given_name.empty() || !fields.last_name.empty();
  std::string& whole = *name.mutable_whole();
  AppendPart(fields.given_name, " ", whole);
  AppendPart(fields.last_name, " ", whole);
  AppendPart(fields.entity, ", ", whole);
  if (!has_parts) return whole;
  for (const auto& [heading, text] :
       {std::pair("GivenName", &fields.given_name), std::pair("LastName", &fields.last_name)}) {
    if (text->empty()) continue;
    v1::PrintedField& part = *name.add_part();
    part.set_heading(heading);
    part.set_value(std::move(*text));
  }
  return whole;
}

void AddBirth(std::string text, v1::Sanction& sanction) {
  v1::Birth& birth = *sanction.add_birth();
  if (const auto date = ParseDate(text); date.ok()) {
    *birth.mutable_date() = *date;
  } else {
    birth.set_printed(std::move(text));
  }
}

void AddListed(std::string text, v1::Sanction& sanction) {
  v1::SanctionDate& listed = *sanction.add_date();
  listed.set_kind(v1::SANCTION_DATE_KIND_LISTED);
  if (const auto date = ParseDate(text); date.ok()) {
    *listed.mutable_date() = *date;
  } else {
    listed.set_printed(std::move(text));
  }
}

// What of an entry is said otherwise of a ship than of a person.
void AddKind(bool is_person, Fields& fields, v1::Sanction& sanction) {
  if (is_person) sanction.set_target_kind(v1::ACTOR_KIND_PERSON);
  if (fields.imo_number.empty()) {
    if (!fields.title.empty()) sanction.add_title(std::move(fields.title));
    if (!fields.born_or_built.empty()) AddBirth(std::move(fields.born_or_built), sanction);
    return;
  }
  if (!is_person) sanction.set_target_kind(v1::ACTOR_KIND_VESSEL);
  v1::Identifier& identifier = *sanction.add_identifier();
  identifier.set_kind(v1::IDENTIFIER_KIND_IMO);
  identifier.set_printed_kind("ShipIMONumber");
  identifier.set_number(std::move(fields.imo_number));
  if (!fields.title.empty()) sanction.mutable_craft()->set_type(std::move(fields.title));
  if (!fields.born_or_built.empty()) {
    sanction.mutable_craft()->set_built(std::move(fields.born_or_built));
  }
}

}  // namespace

const std::string& CaSemaEntryReader::CountryKey(const std::string& printed) {
  const auto known = key_of_country_.find(printed);
  if (known != key_of_country_.end()) return known->second;
  if (key_of_country_.size() >= kCountriesMax) key_of_country_.clear();
  const std::string id = table_.Resolve(kCaSemaSource, OneLine(EnglishName(printed)));
  std::string key;
  if (IsUnresolved(id)) {
    key = FoldName(EnglishName(printed));
    std::replace(key.begin(), key.end(), ' ', '-');
  } else {
    key = id.substr(id.find(':') + 1);
  }
  return key_of_country_.emplace(printed, std::move(key)).first->second;
}

std::optional<v1::Rejection> CaSemaEntryReader::Read(const XmlElement& entry,
                                                     EditionRecord& record) {
  v1::Sanction& sanction = *record.present.mutable_sanction();
  Fields fields = ReadFields(entry, sanction);
  if (fields.country.empty()) {
    return RejectionAt(entry.line, "Country", "the entry has no country: expected one");
  }
  if (fields.item.empty() || fields.item.size() > kItemBytesMax) {
    return RejectionAt(entry.line, "Item",
                       absl::StrCat("item ", Quoted(fields.item), ": expected a number"));
  }
  if (fields.country.size() > kPrintedCountryBytesMax) {
    return TooLong(entry.line, "Country", fields.country.size(), kPrintedCountryBytesMax);
  }
  const std::string& country_key = CountryKey(fields.country);
  if (country_key.size() > kCountryBytesMax) {
    return TooLong(entry.line, "Country", country_key.size(), kCountryBytesMax);
  }
  const std::string part = PartKey(country_key, fields.schedule);
  if (part.size() > kPartBytesMax) {
    return TooLong(entry.line, "Schedule", part.size(), kPartBytesMax);
  }
  record.key = absl::StrCat(country_key, "/", part, "/", fields.item);
  record.element = absl::StrCat("record ", record.key);
  sanction.set_part(v1::SANCTION_PART_ENTRY);
  const bool is_person = !fields.given_name.empty() || !fields.last_name.empty();
  std::string name = AddPrimaryName(fields, sanction);
  if (name.empty()) {
    return RejectionAt(entry.line, "EntityOrShip", "the entry has no name: expected one");
  }
  v1::ActorRef& target = *sanction.add_target();
  target.set_id(absl::StrCat("ca:", record.key));
  target.set_printed_name(std::move(name));
  sanction.add_programme(std::move(fields.country));
  AddKind(is_person, fields, sanction);
  if (!fields.aliases.empty()) {
    v1::PartyName& alias = *sanction.add_name();
    alias.set_kind(v1::NAME_KIND_ALIAS);
    alias.set_whole(std::move(fields.aliases));
  }
  if (!fields.listed.empty()) AddListed(std::move(fields.listed), sanction);
  AddOther("Schedule", fields.schedule, sanction);
  AddOther("Item", fields.item, sanction);
  return std::nullopt;
}

}  // namespace dossier
