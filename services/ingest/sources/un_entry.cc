#include "services/ingest/sources/un_entry.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/record_gate.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/ingest/sources/un_consolidated_xml.h"
#include "services/ingest/sources/xml_list_reader.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr size_t kReferenceBytesMax = 64;
constexpr int kClaimsMax = 100;    // of one entry; the remarks hold them all
constexpr size_t kDateBytes = 10;  // of "2014-07-30", which a zone may follow

enum class Field {
  kAddress,
  kAlias,
  kBirthDate,
  kBirthPlace,
  kComments,
  kDocument,
  kGender,
  kListType,
  kListedOn,
  kNamePart,
  kNationality,
  kNumbers,
  kOriginalScript,
  kPosition,
  kProgramme,
  kReference,
  kTitle,
  kUpdated,
};

// Frequent ones first: few enough to be looked through.
constexpr std::pair<std::string_view, Field> kFields[] = {
    {"INDIVIDUAL_ALIAS", Field::kAlias},
    {"ENTITY_ALIAS", Field::kAlias},
    {"INDIVIDUAL_DATE_OF_BIRTH", Field::kBirthDate},
    {"INDIVIDUAL_PLACE_OF_BIRTH", Field::kBirthPlace},
    {"INDIVIDUAL_DOCUMENT", Field::kDocument},
    {"INDIVIDUAL_ADDRESS", Field::kAddress},
    {"ENTITY_ADDRESS", Field::kAddress},
    {"DATAID", Field::kNumbers},
    {"VERSIONNUM", Field::kNumbers},
    {"FIRST_NAME", Field::kNamePart},
    {"SECOND_NAME", Field::kNamePart},
    {"THIRD_NAME", Field::kNamePart},
    {"FOURTH_NAME", Field::kNamePart},
    {"REFERENCE_NUMBER", Field::kReference},
    {"UN_LIST_TYPE", Field::kProgramme},
    {"LISTED_ON", Field::kListedOn},
    {"COMMENTS1", Field::kComments},
    {"LIST_TYPE", Field::kListType},
    {"LAST_DAY_UPDATED", Field::kUpdated},
    {"NATIONALITY", Field::kNationality},
    {"NAME_ORIGINAL_SCRIPT", Field::kOriginalScript},
    {"DESIGNATION", Field::kPosition},
    {"TITLE", Field::kTitle},
    {"GENDER", Field::kGender},
};

const Field* FieldOf(const XmlElement& element) {
  const std::string_view sought = element.name;
  for (const auto& [name, field] : kFields) {
    // The last letter tells most names of one length apart, without a call to compare them.
    if (name.size() == sought.size() && name.back() == sought.back() && name == sought) {
      return &field;
    }
  }
  return nullptr;
}

bool IsNamePart(const XmlElement& element) {
  return element.name.ends_with("_NAME") && FieldOf(element) != nullptr &&
         *FieldOf(element) == Field::kNamePart;
}

// The text of an element by itself, and its attributes.
std::string OwnText(const XmlElement& element) {
  std::string text = OneLine(element.text);
  for (const auto& [key, value] : element.attributes) {
    AppendPart(absl::StrCat(key, "=", OneLine(value)), "; ", text);
  }
  return text;
}

// The order of the elements within a name, a birth, a document or an address, where it matters to
// what is made of them: editions differ in it. Others come behind these.
constexpr std::string_view kOrder[] = {
    "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "STREET",           "CITY", "STATE_PROVINCE",
    "DATE_OF_BIRTH",    "CITY_OF_BIRTH",     "COUNTRY_OF_BIRTH", "NOTE", "CITY_OF_ISSUE",
    "COUNTRY_OF_ISSUE"};

size_t RankOf(const XmlElement& element) {
  return std::find(std::begin(kOrder), std::end(kOrder), element.name) - std::begin(kOrder);
}

template <typename Visit>
void VisitText(const XmlElement& element, const Visit& visit) {
  std::string text = XmlFieldText(element);
  if (!text.empty()) visit(std::string_view(element.name), std::move(text));
}

// Calls `visit` with each text that a field holds: its own, and one for each element within, with
// that one's name.
template <typename Visit>
void ForEachText(const XmlElement& field, const Visit& visit) {
  if (std::string own = OwnText(field); !own.empty()) visit(std::string_view(), std::move(own));
  for (const XmlElement& child : field.children) VisitText(child, visit);
}

// The same, elements in the order above.
template <typename Visit>
void ForEachTextInOrder(const XmlElement& field, const Visit& visit) {
  if (std::string own = OwnText(field); !own.empty()) visit(std::string_view(), std::move(own));
  std::vector<std::pair<size_t, const XmlElement*>> ranked;
  ranked.reserve(field.children.size());
  for (const XmlElement& child : field.children) ranked.emplace_back(RankOf(child), &child);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& ranked_child : ranked) VisitText(*ranked_child.second, visit);
}

// A text with no place of its own, as a part of a note.
void AppendNote(std::string_view heading, std::string_view text, std::string& note) {
  if (heading.empty() || heading == "NOTE") return AppendPart(text, "; ", note);
  AppendPart(heading, "; ", note);
  note.append(": ").append(text);
}

// Whether a text is "Z", "-04:00" or the like.
bool IsZone(std::string_view text) {
  return text == "Z" || (text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':');
}

// Sets the date that a text is, or that a zone follows. False: the date does not say all of it.
bool SetDate(std::string_view text, v1::Date* date) {
  const bool has_zone = text.size() > kDateBytes && IsZone(text.substr(kDateBytes));
  const auto read = ParseDate(has_zone ? text.substr(0, kDateBytes) : text);
  if (read.ok()) *date = *read;
  return read.ok() && !has_zone;
}

void AddDate(v1::SanctionDateKind kind, std::string text, v1::Sanction& sanction) {
  v1::SanctionDate& added = *sanction.add_date();
  added.set_kind(kind);
  if (!SetDate(text, added.mutable_date())) added.set_printed(std::move(text));
  if (added.date().year() == 0) added.clear_date();
}

// Editions differ in the order of the days on which an entry was amended.
void SortDates(v1::Sanction& sanction) {
  const auto sort_key = [](const v1::SanctionDate& date) {
    return std::tuple(date.kind(), date.date().year(), date.date().month(), date.date().day());
  };
  std::stable_sort(sanction.mutable_date()->pointer_begin(), sanction.mutable_date()->pointer_end(),
                   [&](const v1::SanctionDate* a, const v1::SanctionDate* b) {
                     return sort_key(*a) < sort_key(*b);
                   });
}

void ReadAlias(const XmlElement& field, v1::Sanction& sanction) {
  v1::PartyName* added = nullptr;
  const auto visit = [&](std::string_view heading, std::string text) {
    if (added == nullptr) added = sanction.add_name();
    v1::PartyName& name = *added;
    if (heading == "ALIAS_NAME") {
      name.set_whole(std::move(text));
    } else if (heading == "QUALITY" && text == "Good") {
      name.set_quality(v1::NAME_QUALITY_GOOD);
    } else if (heading == "QUALITY" && text == "Low") {
      name.set_quality(v1::NAME_QUALITY_LOW);
    } else if (heading == "QUALITY" && text == "f.k.a.") {
      name.set_kind(v1::NAME_KIND_FORMER);
    } else if (heading == "QUALITY" && text == "a.k.a.") {
      name.set_kind(v1::NAME_KIND_ALIAS);
    } else if (heading == "NOTE" || heading.empty()) {
      AppendNote(heading, text, *name.mutable_note());
    } else {
      v1::PrintedField& part = *name.add_part();
      part.mutable_heading()->assign(heading);
      part.set_value(std::move(text));
    }
  };
  if (field.children.size() > 2) {
    ForEachTextInOrder(field, visit);
  } else {
    ForEachText(field, visit);
  }
  if (added != nullptr && added->kind() == v1::NAME_KIND_UNSPECIFIED) {
    added->set_kind(v1::NAME_KIND_ALIAS);
  }
}

void ReadDateOfBirth(const XmlElement& field, v1::Sanction& sanction) {
  v1::Birth* added = nullptr;
  ForEachText(field, [&](std::string_view heading, std::string text) {
    if (added == nullptr) added = sanction.add_birth();
    v1::Birth& birth = *added;
    bool is_understood = false;
    if (heading == "TYPE_OF_DATE") {
      birth.set_is_approximate(text == "APPROXIMATELY");
      is_understood = text == "EXACT" || text == "BETWEEN" || text == "APPROXIMATELY";
    } else if (heading == "TO_YEAR") {
      is_understood = SetDate(text, birth.mutable_date_to());
    } else if (heading == "DATE" || heading == "YEAR" || heading == "FROM_YEAR") {
      is_understood = !birth.has_date() && SetDate(text, birth.mutable_date());
    } else {
      AppendNote(heading, text, *birth.mutable_note());
      is_understood = true;
    }
    if (!is_understood) AppendPart(text, "; ", *birth.mutable_printed());
  });
  if (added == nullptr) return;
  if (added->has_date() && added->date().year() == 0) added->clear_date();
  if (added->has_date_to() && added->date_to().year() == 0) added->clear_date_to();
  if (!added->has_date() || !added->has_date_to()) return;
  if (StartOf(added->date()) <= EndOf(added->date_to())) return;
  AppendPart(absl::StrCat(PrintDate(added->date()), " to ", PrintDate(added->date_to())), "; ",
             *added->mutable_printed());
  added->clear_date();
  added->clear_date_to();
}

v1::IdentifierKind KindOfDocument(std::string_view printed) {
  for (std::string_view word : {"Passport", "passeport", "pasaporte"}) {
    if (printed.find(word) != std::string_view::npos) return v1::IDENTIFIER_KIND_PASSPORT;
  }
  return printed.starts_with("National Identification") ? v1::IDENTIFIER_KIND_NATIONAL_ID
                                                        : v1::IDENTIFIER_KIND_OTHER;
}

// "[Old Reference # E.29.I.1]", which entries of Iran's list had.
void ClaimOldReferences(v1::Sanction& sanction) {
  constexpr std::string_view kOpen = "[Old Reference #";
  const std::string_view remarks = sanction.remarks();
  int claims = 0;
  for (size_t at = remarks.find(kOpen); at != std::string_view::npos && claims < kClaimsMax;
       at = remarks.find(kOpen, at + 1)) {
    std::string_view words = remarks.substr(at, kOpen.size() + 2 * kReferenceBytesMax);
    words = words.substr(0, words.find(']'));
    std::string reference(words.substr(kOpen.size()));
    std::erase(reference, ' ');
    if (reference.empty() || reference.size() > kReferenceBytesMax) continue;
    v1::IdentityClaim& claim = *sanction.add_claim();
    ++claims;
    claim.set_kind(v1::CLAIM_KIND_SUPERSEDED_ID);
    claim.mutable_printed()->assign(words.substr(1));
    claim.mutable_object()->set_id(absl::StrCat("un:", reference));
    claim.mutable_object()->set_printed_name(std::move(reference));
  }
}

// The name in its four fields, as the sanction's first. Empty: there is none.
std::string ReadPrimaryName(const XmlElement& entry, v1::Sanction& sanction) {
  v1::PartyName& name = *sanction.add_name();
  name.set_kind(v1::NAME_KIND_PRIMARY);
  for (const XmlElement& field : entry.children) {
    if (!IsNamePart(field)) continue;
    std::string text = XmlFieldText(field);
    AppendPart(text, " ", *name.mutable_whole());
    if (text.empty() || entry.name != kUnIndividual) continue;
    v1::PrintedField& part = *name.add_part();
    part.set_heading(field.name);
    part.set_value(std::move(text));
  }
  return name.whole();
}

std::string ReferenceOf(const XmlElement& entry) {
  const XmlElement* const field = entry.Child("REFERENCE_NUMBER");
  if (field == nullptr) return "";
  std::string reference = XmlFieldText(*field);
  std::erase(reference, ' ');
  return reference;
}

}  // namespace

UnEntryReader::UnEntryReader(const ActorTable& table) : countries_(table, kUnSource) {}

std::optional<v1::Rejection> UnEntryReader::Read(const XmlElement& entry,
                                                 EditionRecord& record) const {
  std::string reference = ReferenceOf(entry);
  if (reference.empty() || reference.size() > kReferenceBytesMax) {
    return RejectionAt(entry.line, "REFERENCE_NUMBER",
                       absl::StrCat("a reference number of ", reference.size(),
                                    " bytes: expected one as \"QDi.430\""));
  }
  const std::string row = OneLine(entry.TextOf("DATAID"));
  record.element = absl::StrCat(entry.name, " ", reference, row.empty() ? "" : " (DATAID ", row,
                                row.empty() ? "" : ")");
  v1::Sanction& sanction = *record.present.mutable_sanction();
  sanction.set_part(v1::SANCTION_PART_ENTRY);
  sanction.set_is_blank_insensitive(true);
  if (entry.name == kUnIndividual) sanction.set_target_kind(v1::ACTOR_KIND_PERSON);
  std::string name = ReadPrimaryName(entry, sanction);
  record.key = reference;
  if (name.empty()) {
    return RejectionAt(entry.line, "FIRST_NAME", "the entry has no name: expected at least one");
  }
  v1::ActorRef& target = *sanction.add_target();
  target.set_id(absl::StrCat("un:", reference));
  target.set_printed_name(std::move(name));
  v1::Identifier& identifier = *sanction.add_identifier();
  identifier.set_kind(v1::IDENTIFIER_KIND_REFERENCE);
  identifier.set_number(std::move(reference));
  for (const XmlElement& field : entry.children) ReadField(field, sanction);
  ClaimOldReferences(sanction);
  SortDates(sanction);
  AddOther(entry.name, OwnText(entry), sanction);
  return std::nullopt;
}

void UnEntryReader::ReadField(const XmlElement& field, v1::Sanction& sanction) const {
  const Field* const known = FieldOf(field);
  if (known == nullptr) {
    AddOther(field.name, XmlFieldText(field), sanction);
    return;
  }
  const auto for_each = [&field](const auto& visit) {
    ForEachText(field, [&visit](std::string_view, std::string text) { visit(std::move(text)); });
  };
  switch (*known) {
    case Field::kAddress:
      return ReadAddress(field, sanction);
    case Field::kAlias:
      return ReadAlias(field, sanction);
    case Field::kBirthDate:
      return ReadDateOfBirth(field, sanction);
    case Field::kBirthPlace:
      return ReadPlaceOfBirth(field, sanction);
    case Field::kComments:
      return AppendPart(XmlFieldText(field), " ", *sanction.mutable_remarks());
    case Field::kDocument:
      return ReadDocument(field, sanction);
    case Field::kGender:
      return AppendPart(XmlFieldText(field), ", ", *sanction.mutable_gender());
    case Field::kListType:
      return for_each([&](std::string text) { AppendPart(text, ", ", *sanction.mutable_list()); });
    case Field::kListedOn:
      return for_each([&](std::string text) {
        AddDate(v1::SANCTION_DATE_KIND_LISTED, std::move(text), sanction);
      });
    case Field::kNationality:
      return for_each([&](std::string text) {
        countries_.Set(text, *sanction.add_nationality()->mutable_country());
      });
    case Field::kNamePart:
    case Field::kNumbers:
    case Field::kReference:
      return;  // read before
    case Field::kOriginalScript:
      return for_each([&](std::string text) {
        v1::PartyName& name = *sanction.add_name();
        name.set_whole(std::move(text));
        name.set_kind(v1::NAME_KIND_VARIATION);
      });
    case Field::kPosition:
      return for_each([&](std::string text) { sanction.add_position(std::move(text)); });
    case Field::kProgramme:
      return for_each([&](std::string text) { sanction.add_programme(std::move(text)); });
    case Field::kTitle:
      return for_each([&](std::string text) { sanction.add_title(std::move(text)); });
    case Field::kUpdated:
      return for_each([&](std::string text) {
        AddDate(v1::SANCTION_DATE_KIND_AMENDED, std::move(text), sanction);
      });
  }
}

void UnEntryReader::ReadPlaceOfBirth(const XmlElement& field, v1::Sanction& sanction) const {
  v1::Birth* added = nullptr;
  ForEachTextInOrder(field, [&](std::string_view heading, const std::string& text) {
    if (added == nullptr) added = sanction.add_birth();
    v1::Birth& birth = *added;
    if (heading == "COUNTRY") {
      countries_.Set(text, *birth.mutable_country());
    } else if (heading == "STREET" || heading == "CITY" || heading == "STATE_PROVINCE") {
      AppendPart(text, ", ", *birth.mutable_place());
    } else {
      AppendNote(heading, text, *birth.mutable_note());
    }
  });
}

void UnEntryReader::ReadDocument(const XmlElement& field, v1::Sanction& sanction) const {
  v1::Identifier* added = nullptr;
  const bool has_issuer = !field.TextOf("ISSUING_COUNTRY").empty();
  ForEachTextInOrder(field, [&](std::string_view heading, const std::string& text) {
    if (added == nullptr) added = sanction.add_identifier();
    v1::Identifier& document = *added;
    if (heading == "TYPE_OF_DOCUMENT" || heading == "TYPE_OF_DOCUMENT2") {
      AppendPart(text, ", ", *document.mutable_printed_kind());
    } else if (heading == "NUMBER" && document.number().empty()) {
      document.set_number(text);
    } else if (heading == (has_issuer ? "ISSUING_COUNTRY" : "COUNTRY_OF_ISSUE")) {
      countries_.Set(text, *document.mutable_country());
    } else if (heading != "DATE_OF_ISSUE" || !SetDate(text, document.mutable_issue_date())) {
      AppendNote(heading, text, *document.mutable_note());
    }
  });
  if (added == nullptr) return;
  if (added->has_issue_date() && added->issue_date().year() == 0) added->clear_issue_date();
  added->set_kind(KindOfDocument(added->printed_kind()));
}

void UnEntryReader::ReadAddress(const XmlElement& field, v1::Sanction& sanction) const {
  v1::Address* added = nullptr;
  ForEachText(field, [&](std::string_view heading, const std::string& text) {
    if (added == nullptr) added = sanction.add_address();
    v1::Address& address = *added;
    if (heading == "STREET") {
      AppendPart(text, ", ", *address.mutable_street());
    } else if (heading == "CITY") {
      AppendPart(text, ", ", *address.mutable_city());
    } else if (heading == "STATE_PROVINCE") {
      AppendPart(text, ", ", *address.mutable_region());
    } else if (heading == "ZIP_CODE") {
      AppendPart(text, ", ", *address.mutable_postal_code());
    } else if (heading == "COUNTRY" && !address.has_country()) {
      countries_.Set(text, *address.mutable_country());
    } else {
      AppendNote(heading, text, *address.mutable_note());
    }
  });
}

}  // namespace dossier
