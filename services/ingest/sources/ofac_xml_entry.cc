#include "services/ingest/sources/ofac_xml_entry.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/ofac_csv_entry.h"
#include "services/ingest/sources/ofac_xml_rest.h"
#include "services/model/ofac_fields.h"
#include "services/model/ofac_remarks.h"
#include "services/model/sanction_rules.h"

namespace dossier {
namespace {

std::string Text(const XmlElement& element) { return std::string(XmlTrimmed(element.text)); }

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

// Reads one entry after the other into sanctions.
class EntryReader {
 public:
  EntryReader(v1::Sanction& sanction, std::vector<std::string>* raw)
      : sanction_(sanction), raw_(raw) {}

  void Read(const XmlElement& entry, std::string_view implied_rule);

 private:
  void ReadMain(const XmlElement& entry, std::string_view implied_rule);
  void ReadType(const XmlElement& type);
  bool ReadList(const XmlElement& list);
  void ReadId(const XmlElement& id);
  void ReadOtherId(const OfacHeading& heading, const OfacField& field, std::string_view rest);
  void ReadName(const XmlElement& aka);
  void ReadAddress(const XmlElement& address);
  void ReadBirth(const XmlElement& item, bool is_date);
  void ReadNationality(const XmlElement& item, bool is_citizenship);
  void ReadVessel(const XmlElement& vessel);
  void AddUid(std::string_view uid);
  // What is not known, under its name.
  void AddRest(std::string_view heading, const XmlElement& element);

  v1::Sanction& sanction_;
  std::vector<std::string>* raw_;
  std::string uids_;
};

// "NAME TEXT", behind what stands in the text already.
void AppendRest(const XmlElement& element, std::string* text) {
  const std::string rest = PrintRest(element);
  if (rest.empty()) return;
  absl::StrAppend(text, text->empty() ? "" : "; ", element.name, " ", rest);
}

// A party's name from its parts: "LAST, First", or what there is of it. True: the element is one.
bool ReadNamePart(const XmlElement& element, v1::PartyName& name) {
  if (element.name != "firstName" && element.name != "lastName") return false;
  v1::PrintedField& part = *name.add_part();
  part.set_heading(element.name);
  part.set_value(Text(element));
  return true;
}

void FinishName(v1::PartyName& name) {
  std::string last;
  std::string first;
  for (const v1::PrintedField& part : name.part()) {
    (part.heading() == "lastName" ? last : first) = part.value();
  }
  name.set_whole(last.empty() || first.empty() ? last + first : absl::StrCat(last, ", ", first));
  // The parts of a name in one piece say no more.
  if (first.empty() && name.part_size() == 1) name.clear_part();
}

void EntryReader::AddUid(std::string_view uid) {
  if (!uid.empty()) absl::StrAppend(&uids_, uids_.empty() ? "" : " ", ToAbsl(uid));
}

void EntryReader::AddRest(std::string_view heading, const XmlElement& element) {
  const std::string text = PrintRest(element);
  if (!text.empty()) AddOfacOther(heading, text, sanction_);
}

void EntryReader::Read(const XmlElement& entry, std::string_view implied_rule) {
  sanction_.set_part(v1::SANCTION_PART_ENTRY);
  ReadMain(entry, implied_rule);
  for (const XmlElement& child : entry.children) {
    if (child.name == "vesselInfo") {
      ReadVessel(child);
    } else if (child.name == "remarks") {
      ParseRemarks(XmlTrimmed(child.text), false, sanction_, raw_);
    } else if (child.name != "uid" && child.name != "firstName" && child.name != "lastName" &&
               child.name != "title" && child.name != "sdnType" && child.name != "programList" &&
               !ReadList(child)) {
      AddRest(child.name, child);
    }
  }
  if (!uids_.empty()) AddOfacOther("uid", uids_, sanction_);
}

// First what others refer to: titles stand in remarks again.
void EntryReader::ReadMain(const XmlElement& entry, std::string_view implied_rule) {
  v1::PartyName& name = *sanction_.add_name();
  name.set_kind(v1::NAME_KIND_PRIMARY);
  if (!implied_rule.empty()) *sanction_.add_measure() = ImpliedMeasure(implied_rule);
  for (const XmlElement& child : entry.children) {
    if (ReadNamePart(child, name)) continue;
    if (child.name == "title") {
      sanction_.add_title(Text(child));
    } else if (child.name == "sdnType") {
      ReadType(child);
    } else if (child.name == "programList") {
      for (const XmlElement& programme : child.children) {
        if (programme.name == "program") {
          sanction_.add_programme(Text(programme));
        } else {
          AddRest(absl::StrCat("programList ", programme.name), programme);
        }
      }
    }
  }
  FinishName(name);
}

void EntryReader::ReadType(const XmlElement& type) {
  const std::string text = Text(type);
  if (text == "Individual") {
    sanction_.set_target_kind(v1::ACTOR_KIND_PERSON);
  } else if (text == "Vessel") {
    sanction_.set_target_kind(v1::ACTOR_KIND_VESSEL);
  } else if (text == "Aircraft") {
    sanction_.set_target_kind(v1::ACTOR_KIND_AIRCRAFT);
  } else {
    AddOfacOther(type.name, text, sanction_);
  }
}

bool EntryReader::ReadList(const XmlElement& list) {
  const std::string_view items[] = {
      "id", "aka", "address", "dateOfBirthItem", "placeOfBirthItem", "nationality", "citizenship"};
  const std::string_view lists[] = {"idList",          "akaList",          "addressList",
                                    "dateOfBirthList", "placeOfBirthList", "nationalityList",
                                    "citizenshipList"};
  size_t kind = 0;
  while (kind < std::size(lists) && list.name != lists[kind]) ++kind;
  if (kind == std::size(lists)) return false;
  for (const XmlElement& item : list.children) {
    if (item.name != items[kind]) {
      AddRest(absl::StrCat(list.name, " ", item.name), item);
    } else if (kind == 0) {
      ReadId(item);
    } else if (kind == 1) {
      ReadName(item);
    } else if (kind == 2) {
      ReadAddress(item);
    } else if (kind <= 4) {
      ReadBirth(item, kind == 3);
    } else {
      ReadNationality(item, kind == 6);
    }
  }
  return true;
}

void EntryReader::ReadId(const XmlElement& id) {
  OfacField field;
  std::string rest;  // what an identifier alone has fields for, or what is not known
  const auto keep = [&](const XmlElement& child) { AppendRest(child, &rest); };
  const XmlElement* country = nullptr;
  const XmlElement* issued = nullptr;
  const XmlElement* expires = nullptr;
  for (const XmlElement& child : id.children) {
    if (child.name == "uid") {
      field.id = XmlTrimmed(child.text);
    } else if (child.name == "idType") {
      field.heading = XmlTrimmed(child.text);
    } else if (child.name == "idNumber") {
      field.value = XmlTrimmed(child.text);
    } else if (child.name == "idCountry") {
      country = &child;
    } else if (child.name == "issueDate") {
      issued = &child;
    } else if (child.name == "expirationDate") {
      expires = &child;
    } else {
      keep(child);
    }
  }
  const auto found = FindOfacHeading(field.heading);
  const bool is_known = found.has_value() && found->length == field.heading.size();
  if (is_known && found->heading->meaning != OfacMeaning::kIdentifier) {
    for (const XmlElement* child : {country, issued, expires}) {
      if (child != nullptr) keep(*child);
    }
    return ReadOtherId(*found->heading, field, rest);
  }
  if (country != nullptr) field.country = XmlTrimmed(country->text);
  for (const XmlElement* child : {issued, expires}) {
    if (child == nullptr) continue;
    auto& date = child == issued ? field.issue_date : field.expiry_date;
    date = ParseOfacDate(XmlTrimmed(child->text));
    if (!date.has_value()) keep(*child);
  }
  field.note = rest;
  AddOfacIdentifier(is_known ? found->heading->identifier : v1::IDENTIFIER_KIND_OTHER, field,
                    sanction_);
}

// An id that is none: a date, a measure, a word about the party.
void EntryReader::ReadOtherId(const OfacHeading& heading, const OfacField& field,
                              std::string_view rest) {
  if (!AddOfacField(heading, field, sanction_)) {
    AddOfacOther(field.heading, field.value, sanction_);
  }
  if (heading.meaning != OfacMeaning::kBirthDate && heading.meaning != OfacMeaning::kBirthPlace) {
    AddUid(field.id);
  }
  if (!rest.empty()) AddOfacOther(field.heading, rest, sanction_);
}

void EntryReader::ReadName(const XmlElement& aka) {
  v1::PartyName& name = *sanction_.add_name();
  name.set_id(std::string(aka.TextOf("uid")));
  const std::string_view type = aka.TextOf("type");
  name.set_kind(type == "a.k.a."   ? v1::NAME_KIND_ALIAS
                : type == "f.k.a." ? v1::NAME_KIND_FORMER
                : type == "n.k.a." ? v1::NAME_KIND_NEW
                                   : v1::NAME_KIND_UNSPECIFIED);
  const std::string_view category = aka.TextOf("category");
  name.set_quality(category == "strong" ? v1::NAME_QUALITY_GOOD
                   : category == "weak" ? v1::NAME_QUALITY_LOW
                                        : v1::NAME_QUALITY_UNSPECIFIED);
  std::string note;
  for (const XmlElement& child : aka.children) {
    if (child.name == "uid" || ReadNamePart(child, name)) continue;
    if (child.name == "type" && name.kind() != v1::NAME_KIND_UNSPECIFIED) continue;
    if (child.name == "category" && name.quality() != v1::NAME_QUALITY_UNSPECIFIED) continue;
    AppendRest(child, &note);
  }
  name.set_note(note);
  FinishName(name);
}

void EntryReader::ReadAddress(const XmlElement& element) {
  v1::Address& address = *sanction_.add_address();
  for (const XmlElement& child : element.children) {
    const std::string text = Text(child);
    if (child.name == "uid") {
      address.set_id(text);
    } else if (child.name == "address1" || child.name == "address2" || child.name == "address3") {
      const std::string street = address.street();
      address.set_street(street.empty() ? text : absl::StrCat(street, ", ", text));
    } else if (child.name == "city") {
      address.set_city(text);
    } else if (child.name == "stateOrProvince") {
      address.set_region(text);
    } else if (child.name == "postalCode") {
      address.set_postal_code(text);
    } else if (child.name == "country") {
      if (!text.empty()) address.mutable_country()->set_printed_name(text);
    } else {
      AppendRest(child, address.mutable_note());
    }
  }
}

void EntryReader::ReadBirth(const XmlElement& item, bool is_date) {
  const std::string_view value = item.TextOf(is_date ? "dateOfBirth" : "placeOfBirth");
  v1::Birth birth;
  if (is_date) {
    birth = ParseOfacBirth(value);
  } else {
    birth.set_place(std::string(value));
  }
  birth.set_id(std::string(item.TextOf("uid")));
  birth.set_note(PrintRest(item, {"uid", "dateOfBirth", "placeOfBirth"}));
  *sanction_.add_birth() = std::move(birth);
}

void EntryReader::ReadNationality(const XmlElement& item, bool is_citizenship) {
  v1::Nationality& nationality = *sanction_.add_nationality();
  nationality.mutable_country()->set_printed_name(std::string(item.TextOf("country")));
  nationality.set_is_citizenship(is_citizenship);
  nationality.set_note(PrintRest(item, {"uid", "country"}));
  AddUid(item.TextOf("uid"));
}

void EntryReader::ReadVessel(const XmlElement& vessel) {
  v1::Craft& craft = *sanction_.mutable_craft();
  for (const XmlElement& child : vessel.children) {
    const std::string text = Text(child);
    if (text.empty() && child.children.empty()) continue;
    if (child.name == "callSign") {
      AddOfacIdentifier(v1::IDENTIFIER_KIND_CALL_SIGN, {child.name, text}, sanction_);
    } else if (child.name == "vesselType") {
      craft.set_type(text);
    } else if (child.name == "vesselFlag") {
      craft.mutable_flag()->set_printed_name(text);
    } else if (child.name == "vesselOwner") {
      craft.set_owner(text);
    } else if (child.name == "tonnage") {
      craft.set_tonnage(text);
    } else if (child.name == "grossRegisteredTonnage") {
      craft.set_gross_registered_tonnage(text);
    } else {
      AddRest(child.name, child);
    }
  }
}

v1::Rejection Reject(const XmlElement& entry, std::string_view field, std::string reason) {
  v1::Rejection rejection;
  rejection.set_line(entry.line);
  rejection.set_field(std::string(field));
  rejection.set_reason(std::move(reason));
  return rejection;
}

}  // namespace

std::optional<v1::Rejection> ReadOfacXmlEntry(const XmlElement& entry,
                                              std::string_view implied_rule,
                                              EditionRecord& record) {
  const std::string_view uid = entry.TextOf("uid");
  if (!ParseOfacNumber(uid).has_value()) {
    return Reject(entry, "uid", absl::StrCat(Quoted(uid), ": expected an entry's number"));
  }
  record.key = std::string(uid);
  record.line = entry.line;
  record.line_end = entry.line_end;
  record.element = absl::StrCat(entry.name, " ", record.key);
  v1::Sanction& sanction = *record.present.mutable_sanction();
  EntryReader(sanction, &record.raw).Read(entry, implied_rule);
  if (sanction.name(0).whole().empty()) return Reject(entry, "lastName", "empty: expected a name");
  v1::ActorRef& target = *sanction.add_target();
  target.set_id(absl::StrCat("ofac:", record.key));
  target.set_printed_name(sanction.name(0).whole());
  return std::nullopt;
}

}  // namespace dossier
