#include "services/model/ofac_fields.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
constexpr std::string_view kImo = "IMO ";
constexpr size_t kImoDigits = 7;

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool HasDigit(std::string_view text) { return std::any_of(text.begin(), text.end(), IsDigit); }

// The number that 1 to 4 digits print; -1 for anything else.
int SmallNumber(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return -1;
  int number = 0;
  for (char c : digits) {
    if (!IsDigit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

// 1 to 12; 0: no month.
int MonthOf(std::string_view name) {
  for (int i = 0; i < 12; ++i) {
    if (name == kMonths[i] || name == kMonths[i].substr(0, 3)) return i + 1;
  }
  return 0;
}

// The last word, taken off the text.
std::string_view PopWord(std::string_view& text) {
  const size_t blank = text.rfind(' ');
  const std::string_view word = blank == std::string_view::npos ? text : text.substr(blank + 1);
  text = blank == std::string_view::npos ? std::string_view() : text.substr(0, blank);
  return word;
}

// Both ends of "A to B" or "1951-1953"; nullopt also where B is before A.
std::optional<std::pair<v1::Date, v1::Date>> ParseSpan(std::string_view text) {
  size_t at = text.find(" to ");
  size_t gap = 4;
  if (at == std::string_view::npos) {
    at = text.find('-');
    gap = 1;
  }
  if (at == std::string_view::npos) return std::nullopt;
  const auto from = ParseOfacDate(text.substr(0, at));
  const auto to = ParseOfacDate(text.substr(at + gap));
  if (!from.has_value() || !to.has_value() || StartOf(*from) > EndOf(*to)) return std::nullopt;
  return std::pair(*from, *to);
}

bool IsImo(std::string_view value) {
  return value.size() == kImo.size() + kImoDigits && value.starts_with(kImo) &&
         std::all_of(value.begin() + kImo.size(), value.end(), IsDigit);
}

// A country's name, and no remark about one.
bool LooksLikeCountry(std::string_view value) {
  return !value.empty() && !value.starts_with("possibly") &&
         value.find(';') == std::string_view::npos && !HasDigit(value);
}

void AddMeasure(v1::MeasureKind kind, const OfacField& field, v1::Sanction& sanction) {
  v1::Measure& measure = *sanction.add_measure();
  measure.set_kind(kind);
  measure.set_basis(v1::MEASURE_BASIS_PUBLISHED);
  measure.set_detail(absl::StrCat(ToAbsl(field.heading), " ", ToAbsl(field.value)));
}

// Directive 4 under Executive Order 13662 is on goods and services for oil projects; the others, of
// this and of later orders, are on debt, equity, accounts and transactions.
v1::MeasureKind DirectiveKind(std::string_view order, std::string_view directive) {
  const bool is_of_goods =
      absl::StrContains(ToAbsl(order), "13662") && directive.ends_with("Directive 4");
  return is_of_goods ? v1::MEASURE_KIND_TRADE : v1::MEASURE_KIND_FINANCIAL;
}

// The menus of section 235 of CAATSA, sections 4 and 5 of Executive Order 13846, section 2 of
// Executive Order 14059, and PEESA.
v1::MeasureKind MenuKind(std::string_view value) {
  static constexpr std::pair<std::string_view, v1::MeasureKind> kKinds[] = {
      {"blocking property", v1::MEASURE_KIND_ASSET_FREEZE},
      {"interests in property blocked", v1::MEASURE_KIND_ASSET_FREEZE},
      {"exclusion of corporate officers", v1::MEASURE_KIND_TRAVEL_BAN},
      {"export-import bank", v1::MEASURE_KIND_FINANCIAL},
      {"export sanctions", v1::MEASURE_KIND_EXPORT_CONTROL},
      {"import sanctions", v1::MEASURE_KIND_TRADE},
      {"foreign exchange", v1::MEASURE_KIND_FINANCIAL},
      {"banking transactions", v1::MEASURE_KIND_FINANCIAL},
      {"loans", v1::MEASURE_KIND_FINANCIAL},
      {"investment", v1::MEASURE_KIND_FINANCIAL},
      {"investing", v1::MEASURE_KIND_FINANCIAL},
  };
  const std::string text = absl::AsciiStrToLower(ToAbsl(value));
  for (const auto& [words, kind] : kKinds) {
    if (absl::StrContains(text, ToAbsl(words))) return kind;
  }
  return v1::MEASURE_KIND_OTHER;
}

// The measure that the field publishes; UNSPECIFIED: none.
v1::MeasureKind MeasureOf(OfacMeaning meaning, const OfacField& field) {
  switch (meaning) {
    case OfacMeaning::kSecondary:
      return v1::MEASURE_KIND_SECONDARY;
    case OfacMeaning::kSecondaryIfSaid:
      return field.value.starts_with("Subject to Secondary Sanctions")
                 ? v1::MEASURE_KIND_SECONDARY
                 : v1::MEASURE_KIND_UNSPECIFIED;
    case OfacMeaning::kProhibition:
      return v1::MEASURE_KIND_OTHER;
    case OfacMeaning::kDirective:
      return field.value.starts_with("Subject to Directive ")
                 ? DirectiveKind(field.heading, field.value)
                 : v1::MEASURE_KIND_UNSPECIFIED;
    case OfacMeaning::kMenu:
      return MenuKind(field.value);
    default:
      return v1::MEASURE_KIND_UNSPECIFIED;
  }
}

void AddDate(v1::SanctionDateKind kind, const OfacField& field, v1::Sanction& sanction) {
  v1::SanctionDate& added = *sanction.add_date();
  added.set_kind(kind);
  if (auto date = ParseOfacDate(field.value)) {
    *added.mutable_date() = *std::move(date);
  } else {
    added.set_printed(std::string(field.value));
  }
  const size_t open = field.heading.find('(');
  if (open == std::string_view::npos) return;
  const std::string_view inside = field.heading.substr(open + 1);
  added.set_detail(std::string(inside.substr(0, inside.find(')'))));
}

// A name in single quotes.
bool AddName(v1::NameKind kind, const OfacField& field, v1::Sanction& sanction) {
  const std::string_view value = field.value;
  if (value.size() < 3 || value.front() != '\'' || value.back() != '\'') return false;
  v1::PartyName& name = *sanction.add_name();
  name.set_whole(std::string(value.substr(1, value.size() - 2)));
  name.set_kind(kind);
  name.set_quality(v1::NAME_QUALITY_LOW);
  return true;
}

void AddBirth(v1::Birth birth, const OfacField& field, v1::Sanction& sanction) {
  birth.set_note(std::string(field.note));
  birth.set_id(std::string(field.id));
  *sanction.add_birth() = std::move(birth);
}

bool AddNationality(bool is_citizenship, const OfacField& field, v1::Sanction& sanction) {
  if (!LooksLikeCountry(field.value)) return false;
  v1::Nationality& nationality = *sanction.add_nationality();
  nationality.mutable_country()->set_printed_name(std::string(field.value));
  nationality.set_is_citizenship(is_citizenship);
  nationality.set_note(std::string(field.note));
  return true;
}

// The first value of a field that holds one; further ones stand beside it.
void SetOnce(std::string* text, const OfacField& field, v1::Sanction& sanction) {
  if (text->empty()) {
    *text = field.value;
  } else {
    AddOfacOther(field.heading, field.value, sanction);
  }
}

// What is said of a person. False: the heading means nothing of it.
bool AddPersonal(OfacMeaning meaning, const OfacField& field, v1::Sanction& sanction) {
  switch (meaning) {
    case OfacMeaning::kBirthDate:
      AddBirth(ParseOfacBirth(field.value), field, sanction);
      return true;
    case OfacMeaning::kBirthPlace: {
      v1::Birth birth;
      birth.set_place(std::string(field.value));
      AddBirth(std::move(birth), field, sanction);
      return true;
    }
    case OfacMeaning::kGender:
      SetOnce(sanction.mutable_gender(), field, sanction);
      return true;
    case OfacMeaning::kPosition:
      sanction.add_position(std::string(field.value));
      return true;
    case OfacMeaning::kTitle:
      sanction.add_title(std::string(field.value));
      return true;
    default:
      return false;
  }
}

// The field of a vessel or an aircraft; nullptr: the heading means none.
std::string* CraftField(OfacMeaning meaning, v1::Sanction& sanction) {
  switch (meaning) {
    case OfacMeaning::kCraftType:
      return sanction.mutable_craft()->mutable_type();
    case OfacMeaning::kCraftModel:
      return sanction.mutable_craft()->mutable_model();
    case OfacMeaning::kCraftBuilt:
      return sanction.mutable_craft()->mutable_built();
    case OfacMeaning::kCraftFlag:
      return sanction.mutable_craft()->mutable_flag()->mutable_printed_name();
    case OfacMeaning::kCraftOwner:
      return sanction.mutable_craft()->mutable_owner();
    case OfacMeaning::kCraftTonnage:
      return sanction.mutable_craft()->mutable_tonnage();
    case OfacMeaning::kCraftGrossTonnage:
      return sanction.mutable_craft()->mutable_gross_registered_tonnage();
    default:
      return nullptr;
  }
}

bool AddCraft(OfacMeaning meaning, const OfacField& field, v1::Sanction& sanction) {
  std::string* const text = CraftField(meaning, sanction);
  if (text != nullptr) SetOnce(text, field, sanction);
  return text != nullptr;
}

void AddLink(const OfacField& field, v1::Sanction& sanction) {
  v1::PartyLink& link = *sanction.add_link();
  link.mutable_other()->set_printed_name(std::string(field.value));
  link.set_kind(v1::LINK_KIND_LINKED_TO);
  link.set_printed_kind("Linked To");
}

}  // namespace

std::optional<v1::Date> ParseOfacDate(std::string_view text) {
  v1::Date date;
  const std::string_view year = PopWord(text);
  if (year.size() != 4) return std::nullopt;
  date.set_year(SmallNumber(year));
  if (!text.empty()) {
    date.set_month(MonthOf(PopWord(text)));
    if (date.month() == 0) return std::nullopt;
  }
  if (!text.empty()) {
    if (text.size() > 2 || SmallNumber(text) <= 0) return std::nullopt;
    date.set_day(SmallNumber(text));
  }
  if (!ValidateDate(date).ok()) return std::nullopt;
  return date;
}

v1::Birth ParseOfacBirth(std::string_view text) {
  v1::Birth birth;
  std::string_view rest = text;
  if (rest.starts_with("circa ")) {
    rest.remove_prefix(6);
    birth.set_is_approximate(true);
    birth.set_printed(std::string(text));
  }
  if (auto date = ParseOfacDate(rest)) {
    *birth.mutable_date() = *std::move(date);
  } else if (auto span = ParseSpan(rest)) {
    *birth.mutable_date() = std::move(span->first);
    *birth.mutable_date_to() = std::move(span->second);
    birth.set_printed(std::string(text));
  } else {
    birth.clear_is_approximate();
    birth.set_printed(std::string(text));
  }
  return birth;
}

void AddOfacOther(std::string_view heading, std::string_view value, v1::Sanction& sanction) {
  v1::PrintedField& other = *sanction.add_other();
  other.set_heading(std::string(heading));
  other.set_value(std::string(value));
}

v1::MeasureKind OfacSanctionsTypeKind(std::string_view type) {
  if (type == "Block") return v1::MEASURE_KIND_ASSET_FREEZE;
  if (absl::StrContains(ToAbsl(type), " Directive ")) return DirectiveKind(type, type);
  return v1::MEASURE_KIND_OTHER;
}

void AddOfacIdentifier(v1::IdentifierKind kind, const OfacField& field, v1::Sanction& sanction) {
  v1::Identifier& identifier = *sanction.add_identifier();
  identifier.set_kind(kind);
  identifier.set_printed_kind(std::string(field.heading));
  identifier.set_number(std::string(field.value));
  if (!field.country.empty()) {
    identifier.mutable_country()->set_printed_name(std::string(field.country));
  }
  if (field.issue_date.has_value()) *identifier.mutable_issue_date() = *field.issue_date;
  if (field.expiry_date.has_value()) *identifier.mutable_expiry_date() = *field.expiry_date;
  identifier.set_note(std::string(field.note));
  identifier.set_id(std::string(field.id));
  if (!IsImo(field.value)) return;
  identifier.set_kind(v1::IDENTIFIER_KIND_IMO);
  identifier.set_number(std::string(field.value.substr(kImo.size())));
  identifier.set_note(field.note.empty()
                          ? std::string(field.value)
                          : absl::StrCat(ToAbsl(field.value), "; ", ToAbsl(field.note)));
}

bool AddOfacField(const OfacHeading& heading, const OfacField& field, v1::Sanction& sanction) {
  switch (heading.meaning) {
    case OfacMeaning::kAlias:
      return AddName(v1::NAME_KIND_ALIAS, field, sanction);
    case OfacMeaning::kFormerName:
      return AddName(v1::NAME_KIND_FORMER, field, sanction);
    case OfacMeaning::kNewName:
      return AddName(v1::NAME_KIND_NEW, field, sanction);
    case OfacMeaning::kNationality:
      return AddNationality(false, field, sanction);
    case OfacMeaning::kCitizenship:
      return AddNationality(true, field, sanction);
    case OfacMeaning::kIdentifier:
      if (heading.needs_digit && !HasDigit(field.value)) return false;
      AddOfacIdentifier(heading.identifier, field, sanction);
      return true;
    case OfacMeaning::kLink:
      AddLink(field, sanction);
      return true;
    case OfacMeaning::kListed:
      AddDate(v1::SANCTION_DATE_KIND_LISTED, field, sanction);
      return true;
    case OfacMeaning::kInForce:
      AddDate(v1::SANCTION_DATE_KIND_IN_FORCE, field, sanction);
      return true;
    default:
      break;
  }
  if (const v1::MeasureKind kind = MeasureOf(heading.meaning, field); kind != 0) {
    AddMeasure(kind, field, sanction);
  } else if (!AddPersonal(heading.meaning, field, sanction) &&
             !AddCraft(heading.meaning, field, sanction)) {
    AddOfacOther(field.heading, field.value, sanction);
  }
  return true;
}

}  // namespace dossier
