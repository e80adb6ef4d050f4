#include "services/ingest/sources/eu_fsf_entity.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/numeric_dates.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/ingest/sources/un_reference.h"
#include "services/model/dates.h"
#include "services/model/sanction_rules.h"

namespace dossier {
namespace {

constexpr size_t kIdDigitsMax = 12;
constexpr size_t kPartsMax = 10'000;
constexpr size_t kGenderBytesMax = 100;  // it is searched for each name

// Indices into EuFsfPart::fields.
enum NameField { kLast, kFirst, kMiddle, kWhole, kGender, kTitle, kFunction, kLanguage };
enum AddressField { kNumber, kStreet, kZipCode, kCity, kAddressCountry, kOther };
enum BirthField { kDate, kPlace, kBirthCountry };
enum PassportField { kPassportNumber, kPassportCountry };
enum CitizenField { kCitizenCountry };

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// In one line; the CSV file writes a line break as two characters.
std::string FieldText(std::string_view text) {
  if (text.empty()) return "";
  if (text.find("\\n") == std::string_view::npos) return OneLine(text);
  std::string unescaped;
  unescaped.reserve(text.size());
  size_t begin = 0;
  for (size_t at = text.find("\\n"); at != std::string_view::npos; at = text.find("\\n", begin)) {
    unescaped.append(text.substr(begin, at - begin)).push_back(' ');
    begin = at + 2;
  }
  unescaped.append(text.substr(begin));
  return OneLine(unescaped);
}

void AddOnce(std::string text, google::protobuf::RepeatedPtrField<std::string>* texts) {
  if (text.empty() || std::find(texts->begin(), texts->end(), text) != texts->end()) return;
  texts->Add(std::move(text));
}

// Links of acts that the sanction has already.
using Links = absl::flat_hash_set<std::string>;

// The link of an act, once.
void AddLink(const EuFsfAct& act, Links& links, v1::Sanction& sanction) {
  std::string link = FieldText(act.link);
  if (link.empty()) return;
  std::string heading = FieldText(act.legal_basis);
  if (heading.empty()) heading = "pdf_link";
  if (!links.insert(absl::StrCat(heading, "\n", link)).second) return;
  AddOther(heading, link, sanction);
}

// Sets the date that the text is. False: it is none, and not empty.
template <typename Message>
bool SetActDate(std::string_view text, Message& message) {
  if (text.empty()) return true;
  const auto date = ParseDate(text);
  if (date.ok()) *message.mutable_act_date() = *date;
  return date.ok();
}

// A part's legal act: its date, and what a note says of it.
template <typename Message>
void SetAct(const EuFsfAct& act, std::string_view programme, Message& message) {
  std::string& note = *message.mutable_note();
  AppendPart(FieldText(act.legal_basis), "; ", note);
  if (act.programme != programme) AppendPart(FieldText(act.programme), "; ", note);
  if (const std::string date = FieldText(act.date); !SetActDate(date, message)) {
    AppendPart(absl::StrCat("reg_date: ", date), "; ", note);
  }
}

void AddListing(const EuFsfListing& listing, Links& links, v1::Sanction& sanction) {
  AddOnce(FieldText(listing.act.programme), sanction.mutable_programme());
  std::string legal_basis = FieldText(listing.act.legal_basis);
  AddOnce(legal_basis, sanction.mutable_instrument());
  if (std::string text = FieldText(listing.act.date); !text.empty()) {
    v1::SanctionDate& date = *sanction.add_date();
    date.set_kind(v1::SANCTION_DATE_KIND_ACT_PUBLISHED);
    date.set_detail(std::move(legal_basis));
    if (const auto read = ParseDate(text); read.ok()) {
      *date.mutable_date() = *read;
    } else {
      date.set_printed(std::move(text));
    }
  }
  AddLink(listing.act, links, sanction);
  AppendPart(FieldText(listing.remark), " ", *sanction.mutable_remarks());
}

// What the remarks say in words that are always the same.
void ReadRemarks(v1::Sanction& sanction) {
  constexpr std::string_view kDesignated = "Date of UN designation: ";
  constexpr size_t kDateBytes = 10;
  const std::string& remarks = sanction.remarks();
  for (size_t at = remarks.find(kDesignated); at != std::string::npos;
       at = remarks.find(kDesignated, at + 1)) {
    const auto read =
        ParseDate(std::string_view(remarks).substr(at + kDesignated.size(), kDateBytes));
    if (!read.ok()) continue;
    v1::SanctionDate& date = *sanction.add_date();
    date.set_kind(v1::SANCTION_DATE_KIND_DESIGNATED);
    date.set_detail("Date of UN designation");
    *date.mutable_date() = *read;
  }
  ClaimUnReferences(remarks, sanction);
}

void AddGender(std::string gender, v1::Sanction& sanction) {
  if (sanction.gender().size() > kGenderBytesMax) {
    AddOther("GENDER", gender, sanction);
  } else if (sanction.gender().find(gender) == std::string::npos) {
    AppendPart(gender, ", ", *sanction.mutable_gender());
  }
}

void ReadName(const EuFsfPart& part, v1::Sanction& sanction, v1::PartyName& name) {
  constexpr std::pair<NameField, const char*> kParts[] = {
      {kFirst, "FIRSTNAME"}, {kMiddle, "MIDDLENAME"}, {kLast, "LASTNAME"}};
  std::string joined;
  for (const auto& [field, heading] : kParts) {
    std::string text = FieldText(part.fields[field]);
    if (text.empty()) continue;
    AppendPart(text, " ", joined);
    v1::PrintedField& printed = *name.add_part();
    printed.set_heading(heading);
    printed.set_value(std::move(text));
  }
  name.set_whole(FieldText(part.fields[kWhole]));
  if (name.whole().empty()) name.set_whole(std::move(joined));
  name.set_script(FieldText(part.fields[kLanguage]));
  AddOnce(FieldText(part.fields[kTitle]), sanction.mutable_title());
  AddOnce(FieldText(part.fields[kFunction]), sanction.mutable_position());
  AddGender(FieldText(part.fields[kGender]), sanction);
}

// Sets the birth's date from "1957-05-03", "1957 (approximative)", "1953 - 1958 (approximative)".
// False: the fields do not say all of the text, or it ends before it begins.
bool SetBirthDate(std::string_view text, v1::Birth& birth) {
  constexpr std::string_view kApproximative = " (approximative)";
  constexpr std::string_view kTo = " - ";
  const bool is_approximate = text.ends_with(kApproximative);
  if (is_approximate) text.remove_suffix(kApproximative.size());
  const size_t to = text.find(kTo);
  const auto from_date = ParseDate(text.substr(0, to));
  if (!from_date.ok()) return false;
  if (to != std::string_view::npos) {
    const auto to_date = ParseDate(text.substr(to + kTo.size()));
    if (!to_date.ok() || StartOf(*from_date) > EndOf(*to_date)) return false;
    *birth.mutable_date_to() = *to_date;
  }
  *birth.mutable_date() = *from_date;
  birth.set_is_approximate(is_approximate);
  return true;
}

// Splits "AD001095 (passport-National passport) (REST)" at the bracket that names the kind.
void ReadNumber(std::string_view text, v1::Identifier& identifier) {
  constexpr std::pair<std::string_view, v1::IdentifierKind> kKinds[] = {
      {"passport-", v1::IDENTIFIER_KIND_PASSPORT},
      {"id-", v1::IDENTIFIER_KIND_NATIONAL_ID},
      {"ssn-", v1::IDENTIFIER_KIND_TAX},
      {"fiscalcode-", v1::IDENTIFIER_KIND_TAX},
      {"regnumber-", v1::IDENTIFIER_KIND_REGISTRATION},
      {"swiftbic-", v1::IDENTIFIER_KIND_SWIFT_BIC},
      {"imo-", v1::IDENTIFIER_KIND_IMO},
  };
  identifier.set_kind(v1::IDENTIFIER_KIND_OTHER);
  for (size_t open = text.find('('); open != std::string_view::npos;
       open = text.find('(', open + 1)) {
    const size_t close = text.find(')', open);
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    const size_t dash = inside.find('-');
    const bool names_kind = close != std::string_view::npos && dash != std::string_view::npos &&
                            dash > 0 &&
                            std::all_of(inside.begin(), inside.begin() + dash,
                                        [](unsigned char c) { return absl::ascii_islower(c); });
    if (!names_kind) continue;
    for (const auto& [prefix, kind] : kKinds) {
      if (inside.starts_with(prefix)) identifier.set_kind(kind);
    }
    identifier.set_number(OneLine(text.substr(0, open)));
    identifier.set_printed_kind(std::string(inside));
    identifier.set_note(OneLine(text.substr(close + 1)));
    return;
  }
  identifier.set_number(std::string(text));
}

// By number; what has none, or the same one, keeps its order.
bool IsBefore(const EuFsfPart& a, const EuFsfPart& b) {
  const auto sort_key = [](const EuFsfPart& part) {
    return std::tuple(part.kind, part.id.size(), part.id);
  };
  return sort_key(a) < sort_key(b);
}

bool IsListedBefore(const EuFsfListing& a, const EuFsfListing& b) {
  const auto sort_key = [](const EuFsfListing& listing) {
    const EuFsfAct& act = listing.act;
    return std::tuple(act.date, act.legal_basis, act.programme, listing.remark);
  };
  return sort_key(a) < sort_key(b);
}

}  // namespace

const std::array<EuFsfLayout, kEuFsfKinds>& EuFsfLayouts() {
  static const auto& layouts = *new std::array<EuFsfLayout, kEuFsfKinds>{{
      {EuFsfKind::kName,
       "NAME",
       {"LASTNAME", "FIRSTNAME", "MIDDLENAME", "WHOLENAME", "GENDER", "TITLE", "FUNCTION",
        "LANGUAGE"}},
      {EuFsfKind::kAddress, "ADDRESS", {"NUMBER", "STREET", "ZIPCODE", "CITY", "COUNTRY", "OTHER"}},
      {EuFsfKind::kBirth, "BIRTH", {"DATE", "PLACE", "COUNTRY"}},
      {EuFsfKind::kPassport, "PASSPORT", {"NUMBER", "COUNTRY"}},
      {EuFsfKind::kCitizen, "CITIZEN", {"COUNTRY"}},
  }};
  return layouts;
}

absl::Status EuFsfEntityReader::Read(EuFsfEntity entity, v1::Sanction& sanction) const {
  if (entity.parts.size() > kPartsMax) {
    return absl::InvalidArgumentError(absl::StrCat("the entity has ", entity.parts.size(),
                                                   " parts: expected at most ", kPartsMax));
  }
  std::stable_sort(entity.parts.begin(), entity.parts.end(), IsBefore);
  std::stable_sort(entity.listings.begin(), entity.listings.end(), IsListedBefore);
  sanction.set_part(v1::SANCTION_PART_ENTRY);
  *sanction.add_measure() = ImpliedMeasure("eu-fsf-freeze");
  Links links;
  for (const EuFsfListing& listing : entity.listings) AddListing(listing, links, sanction);
  ReadRemarks(sanction);
  if (const std::string type = FieldText(entity.type); type == "P") {
    sanction.set_target_kind(v1::ACTOR_KIND_PERSON);
  } else if (!type.empty()) {
    AddOther("Type", type, sanction);
  }
  if (std::string reference = FieldText(entity.reference); !reference.empty()) {
    v1::Identifier& identifier = *sanction.add_identifier();
    identifier.set_kind(v1::IDENTIFIER_KIND_REFERENCE);
    identifier.set_printed_kind("EU_ref_num");
    identifier.set_number(std::move(reference));
  }
  const std::string_view programme =
      entity.listings.empty() ? std::string_view() : entity.listings.front().act.programme;
  const EuFsfAct* last_act = nullptr;
  for (const EuFsfPart& part : entity.parts) {
    if (last_act == nullptr || part.act != *last_act) AddLink(part.act, links, sanction);
    last_act = &part.act;
    ReadPart(part, programme, sanction);
  }
  for (v1::PrintedField& other : entity.other) *sanction.add_other() = std::move(other);
  for (v1::PartyName& name : *sanction.mutable_name()) {
    if (name.whole().empty()) continue;
    name.set_kind(v1::NAME_KIND_PRIMARY);
    v1::ActorRef& target = *sanction.add_target();
    target.set_id(absl::StrCat("eu:", EuFsfKey(entity.id)));
    target.set_printed_name(name.whole());
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("the entity has no name: expected at least one");
}

void EuFsfEntityReader::ReadPart(const EuFsfPart& part, std::string_view programme,
                                 v1::Sanction& sanction) const {
  const std::string id = FieldText(part.id);
  switch (part.kind) {
    case EuFsfKind::kName: {
      v1::PartyName& name = *sanction.add_name();
      name.set_kind(v1::NAME_KIND_ALIAS);
      name.set_id(id);
      ReadName(part, sanction, name);
      return SetAct(part.act, programme, name);
    }
    case EuFsfKind::kAddress: {
      v1::Address& address = *sanction.add_address();
      address.set_id(id);
      SetAct(part.act, programme, address);
      return ReadAddress(part, address);
    }
    case EuFsfKind::kBirth: {
      v1::Birth& birth = *sanction.add_birth();
      birth.set_id(id);
      SetAct(part.act, programme, birth);
      return ReadBirth(part, birth);
    }
    case EuFsfKind::kPassport: {
      v1::Identifier& identifier = *sanction.add_identifier();
      identifier.set_id(id);
      ReadNumber(FieldText(part.fields[kPassportNumber]), identifier);
      const std::string country = FieldText(part.fields[kPassportCountry]);
      if (!country.empty()) countries_.SetCode(country, *identifier.mutable_country());
      std::string rest = identifier.note();
      identifier.clear_note();
      SetAct(part.act, programme, identifier);
      return AppendPart(rest, "; ", *identifier.mutable_note());
    }
    case EuFsfKind::kCitizen: {
      v1::Nationality& nationality = *sanction.add_nationality();
      nationality.set_is_citizenship(true);
      const std::string country = FieldText(part.fields[kCitizenCountry]);
      if (!country.empty()) countries_.SetCode(country, *nationality.mutable_country());
      SetAct(part.act, programme, nationality);
      if (!id.empty()) AppendPart(absl::StrCat("Id ", id), "; ", *nationality.mutable_note());
      return;
    }
  }
}

void EuFsfEntityReader::ReadBirth(const EuFsfPart& part, v1::Birth& birth) const {
  const std::string date = FieldText(part.fields[kDate]);
  if (!date.empty() && !SetBirthDate(date, birth)) birth.set_printed(date);
  birth.set_place(FieldText(part.fields[kPlace]));
  const std::string country = FieldText(part.fields[kBirthCountry]);
  if (!country.empty()) countries_.SetCode(country, *birth.mutable_country());
}

void EuFsfEntityReader::ReadAddress(const EuFsfPart& part, v1::Address& address) const {
  AppendPart(FieldText(part.fields[kNumber]), " ", *address.mutable_street());
  AppendPart(FieldText(part.fields[kStreet]), " ", *address.mutable_street());
  address.set_postal_code(FieldText(part.fields[kZipCode]));
  address.set_city(FieldText(part.fields[kCity]));
  const std::string country = FieldText(part.fields[kAddressCountry]);
  if (!country.empty()) countries_.SetCode(country, *address.mutable_country());
  AppendPart(FieldText(part.fields[kOther]), "; ", *address.mutable_note());
}

std::string EuFsfKey(std::string_view id) {
  const std::string text = OneLine(id);
  return IsDigits(text) && text.size() <= kIdDigitsMax && text[0] != '0' ? text : std::string();
}

absl::StatusOr<v1::PublishStamp> ReadEuFsfDate(std::string_view text) {
  // dd/mm/yyyy
  if (text.size() == 10 && text[2] == '/' && text[5] == '/') {
    const auto date = ReadNumericDate(text, DateOrder::kDayMonthYear);
    if (date.has_value() && date->day() != 0) {
      return MakePublishStamp(StartOf(*date), v1::PRECISION_DAY, v1::BASIS_STATED);
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("date ", Quoted(text), ": expected a day as \"31/12/2018\""));
}

}  // namespace dossier
