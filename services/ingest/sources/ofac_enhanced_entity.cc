#include "services/ingest/sources/ofac_enhanced_entity.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/ofac_csv_entry.h"
#include "services/ingest/sources/ofac_xml_rest.h"
#include "services/model/dates.h"
#include "services/model/ofac_fields.h"
#include "services/model/ofac_remarks.h"

namespace dossier {
namespace {

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

std::string Text(const XmlElement& element) { return std::string(XmlTrimmed(element.text)); }

bool IsTrue(std::string_view text) { return text == "true"; }

// The date that a window names: a day, a whole month or a whole year. Nullopt: another window.
std::optional<v1::Date> DateOfWindow(const XmlElement& window) {
  const auto first = ParseDate(window.TextOf("fromDateBegin"));
  const auto last = ParseDate(window.TextOf("toDateEnd"));
  if (!first.ok() || !last.ok() || IsTrue(window.TextOf("isApproximate"))) return std::nullopt;
  for (const v1::Date& date :
       {*first, MakeDate(first->year(), first->month()), MakeDate(first->year())}) {
    if (StartOf(date) == StartOf(*first) && EndOf(date) == EndOf(*last)) return date;
  }
  return std::nullopt;
}

v1::NameKind NameKindOf(bool is_primary_name, bool is_primary_translation,
                        std::string_view alias_type) {
  if (!is_primary_translation) return v1::NAME_KIND_VARIATION;
  if (is_primary_name) return v1::NAME_KIND_PRIMARY;
  if (alias_type == "A.K.A.") return v1::NAME_KIND_ALIAS;
  if (alias_type == "F.K.A.") return v1::NAME_KIND_FORMER;
  if (alias_type == "N.K.A.") return v1::NAME_KIND_NEW;
  return v1::NAME_KIND_UNSPECIFIED;
}

v1::LinkKind LinkKindOf(std::string_view type) {
  static constexpr std::pair<std::string_view, v1::LinkKind> kKinds[] = {
      {"Acting for or on behalf of", v1::LINK_KIND_ACTING_FOR},
      {"Associate Of", v1::LINK_KIND_ASSOCIATE},
      {"Family member of", v1::LINK_KIND_FAMILY},
  };
  for (const auto& [words, kind] : kKinds) {
    if (type == words) return kind;
  }
  return v1::LINK_KIND_OTHER;
}

class EntityReader {
 public:
  EntityReader(v1::Sanction& sanction, std::vector<std::string>* raw)
      : sanction_(sanction), raw_(raw) {}

  void Read(const XmlElement& entity);

 private:
  using ReadItem = void (EntityReader::*)(const XmlElement& item);

  void ReadGeneral(const XmlElement& general);
  void ReadItems(const XmlElement& list, std::string_view item, ReadItem read);
  void ReadSanctionsList(const XmlElement& list);
  void ReadProgramme(const XmlElement& programme);
  void ReadSanctionsType(const XmlElement& type);
  void ReadAuthority(const XmlElement& authority);
  void ReadName(const XmlElement& name);
  void ReadTranslation(const XmlElement& translation, v1::PartyName& name);
  void ReadAddress(const XmlElement& address);
  void ReadAddressTranslation(const XmlElement& translation, v1::Address& address);
  void ReadFeature(const XmlElement& feature);
  void ReadDocument(const XmlElement& document);
  void ReadRelationship(const XmlElement& relationship);
  void AddNumber(const XmlElement& element);
  void AddRest(const XmlElement& element, std::string_view type, std::string_view rest);
  // What an element that is not known holds, or a known one beside what is read of it.
  void AddUnknown(std::string_view path, std::string_view rest);
  // The children of an element all of whose children have one name.
  template <typename Visit>
  void ForEachItem(const XmlElement& list, std::string_view path, std::string_view item,
                   const Visit& visit);

  v1::Sanction& sanction_;
  std::vector<std::string>* raw_;
  std::string numbers_;
};

void EntityReader::AddNumber(const XmlElement& element) {
  const std::string_view id = element.Attribute("id");
  if (id.empty()) return;
  absl::StrAppend(&numbers_, numbers_.empty() ? "" : "; ", element.name, " ", ToAbsl(id));
}

void EntityReader::AddRest(const XmlElement& element, std::string_view type,
                           std::string_view rest) {
  if (rest.empty()) return;
  AddOfacOther(absl::StrCat(element.name, " ", ToAbsl(element.Attribute("id")), " ", ToAbsl(type)),
               rest, sanction_);
}

void EntityReader::AddUnknown(std::string_view path, std::string_view rest) {
  if (!rest.empty()) AddOfacOther(path, rest, sanction_);
}

template <typename Visit>
void EntityReader::ForEachItem(const XmlElement& list, std::string_view path, std::string_view item,
                               const Visit& visit) {
  AddUnknown(path, PrintBesideChildren(list));
  for (const XmlElement& child : list.children) {
    if (child.name == item) {
      visit(child);
    } else {
      AddUnknown(absl::StrCat(ToAbsl(path), "/", child.name), PrintRest(child));
    }
  }
}

void EntityReader::Read(const XmlElement& entity) {
  static constexpr struct {
    std::string_view list;
    std::string_view item;
    ReadItem read;
  } kLists[] = {
      {"sanctionsLists", "sanctionsList", &EntityReader::ReadSanctionsList},
      {"sanctionsPrograms", "sanctionsProgram", &EntityReader::ReadProgramme},
      {"sanctionsTypes", "sanctionsType", &EntityReader::ReadSanctionsType},
      {"legalAuthorities", "legalAuthority", &EntityReader::ReadAuthority},
      {"names", "name", &EntityReader::ReadName},
      {"addresses", "address", &EntityReader::ReadAddress},
      {"features", "feature", &EntityReader::ReadFeature},
      {"identityDocuments", "identityDocument", &EntityReader::ReadDocument},
      {"relationships", "relationship", &EntityReader::ReadRelationship},
  };
  sanction_.set_part(v1::SANCTION_PART_ENTRY);
  for (const XmlElement& child : entity.children) {
    if (child.name == "generalInfo") {
      ReadGeneral(child);
      continue;
    }
    const auto list = std::find_if(std::begin(kLists), std::end(kLists),
                                   [&](const auto& known) { return known.list == child.name; });
    if (list != std::end(kLists)) {
      ReadItems(child, list->item, list->read);
    } else {
      AddUnknown(child.name, PrintRest(child));
    }
  }
  AddUnknown(entity.name, PrintBesideChildren(entity, {"id"}));
  if (!numbers_.empty()) AddOfacOther("numbers", numbers_, sanction_);
}

void EntityReader::ReadItems(const XmlElement& list, std::string_view item, ReadItem read) {
  ForEachItem(list, list.name, item, [&](const XmlElement& child) { (this->*read)(child); });
}

void EntityReader::ReadGeneral(const XmlElement& general) {
  AddUnknown(general.name, PrintBesideChildren(general));
  for (const XmlElement& child : general.children) {
    const std::string text = Text(child);
    if (child.name == "title") {
      sanction_.add_title(text);
    } else if (child.name == "entityType" && text == "Individual") {
      sanction_.set_target_kind(v1::ACTOR_KIND_PERSON);
    } else if (child.name == "entityType" && text == "Vessel") {
      sanction_.set_target_kind(v1::ACTOR_KIND_VESSEL);
    } else if (child.name == "entityType" && text == "Aircraft") {
      sanction_.set_target_kind(v1::ACTOR_KIND_AIRCRAFT);
    } else if (child.name == "remarks") {
      ParseRemarks(text, false, sanction_, raw_);
    } else {
      AddUnknown(child.name, PrintRest(child));
      continue;
    }
    AddUnknown(absl::StrCat(general.name, "/", child.name), PrintBesideText(child));
  }
}

void EntityReader::ReadSanctionsList(const XmlElement& list) {
  const std::string name = Text(list);
  sanction_.set_list(sanction_.list().empty() ? name : absl::StrCat(sanction_.list(), "; ", name));
  v1::SanctionDate& date = *sanction_.add_date();
  date.set_kind(v1::SANCTION_DATE_KIND_LISTED);
  date.set_detail(name);
  const std::string_view published = list.Attribute("datePublished");
  if (auto parsed = ParseDate(published); parsed.ok()) {
    *date.mutable_date() = *std::move(parsed);
  } else {
    date.set_printed(std::string(published));
  }
  AddNumber(list);
  AddUnknown("sanctionsLists/sanctionsList", PrintBesideText(list, {"id", "datePublished"}));
}

void EntityReader::ReadProgramme(const XmlElement& programme) {
  sanction_.add_programme(Text(programme));
  AddNumber(programme);
  AddUnknown("sanctionsPrograms/sanctionsProgram", PrintBesideText(programme, {"id"}));
}

void EntityReader::ReadSanctionsType(const XmlElement& type) {
  v1::Measure& measure = *sanction_.add_measure();
  measure.set_detail(Text(type));
  measure.set_kind(OfacSanctionsTypeKind(measure.detail()));
  measure.set_basis(v1::MEASURE_BASIS_PUBLISHED);
  AddNumber(type);
  AddUnknown("sanctionsTypes/sanctionsType", PrintBesideText(type, {"id"}));
}

void EntityReader::ReadAuthority(const XmlElement& authority) {
  sanction_.add_instrument(Text(authority));
  AddNumber(authority);
  AddUnknown("legalAuthorities/legalAuthority", PrintBesideText(authority, {"id"}));
}

void EntityReader::ReadName(const XmlElement& name) {
  const bool is_primary = IsTrue(name.TextOf("isPrimary"));
  const std::string_view alias_type = name.TextOf("aliasType");
  for (const XmlElement& child : name.children) {
    if (child.name != "translations") continue;
    ForEachItem(child, "names/name/translations", "translation", [&](const auto& translation) {
      v1::PartyName& added = *sanction_.add_name();
      added.set_id(std::string(name.Attribute("id")));
      added.set_quality(IsTrue(name.TextOf("isLowQuality")) ? v1::NAME_QUALITY_LOW
                                                            : v1::NAME_QUALITY_GOOD);
      const bool is_main = IsTrue(translation.TextOf("isPrimary"));
      added.set_kind(NameKindOf(is_primary, is_main, alias_type));
      // Of a variation: of which kind of name.
      if (!alias_type.empty() && (!is_main || added.kind() == v1::NAME_KIND_UNSPECIFIED)) {
        added.set_note(std::string(alias_type));
      }
      ReadTranslation(translation, added);
    });
  }
  AddRest(name, "",
          PrintRest(name, {"id", "isPrimary", "isLowQuality", "aliasType"}, {"translations"}));
}

void EntityReader::ReadTranslation(const XmlElement& translation, v1::PartyName& name) {
  AddNumber(translation);
  name.set_whole(std::string(translation.TextOf("formattedFullName")));
  name.set_script(std::string(translation.TextOf("script")));
  const auto add_part = [&](std::string_view heading, std::string_view value) {
    v1::PrintedField& part = *name.add_part();
    part.set_heading(std::string(heading));
    part.set_value(std::string(value));
  };
  for (const XmlElement& child : translation.children) {
    if (child.name == "formattedFirstName" || child.name == "formattedLastName") {
      if (XmlTrimmed(child.text) != name.whole()) add_part(child.name, XmlTrimmed(child.text));
    } else if (child.name == "nameParts") {
      const std::string_view path = "names/name/translations/translation/nameParts";
      ForEachItem(child, path, "namePart", [&](const XmlElement& part) {
        AddNumber(part);
        add_part(part.TextOf("type"), part.TextOf("value"));
        AddRest(part, "", PrintRest(part, {"id", "type", "value"}));
      });
    }
  }
  AddRest(translation, "",
          PrintRest(translation,
                    {"id", "isPrimary", "script", "formattedFullName", "formattedFirstName",
                     "formattedLastName"},
                    {"nameParts"}));
}

void EntityReader::ReadAddress(const XmlElement& element) {
  v1::Address base;
  base.set_id(std::string(element.Attribute("id")));
  const std::string_view country = element.TextOf("country");
  if (!country.empty()) base.mutable_country()->set_printed_name(std::string(country));
  bool has_translation = false;
  for (const XmlElement& child : element.children) {
    if (child.name != "translations") continue;
    ForEachItem(child, "addresses/address/translations", "translation", [&](const auto& inner) {
      has_translation = true;
      v1::Address& address = *sanction_.add_address();
      address = base;
      ReadAddressTranslation(inner, address);
    });
  }
  if (!has_translation) *sanction_.add_address() = std::move(base);
  AddRest(element, "", PrintRest(element, {"id", "country"}, {"translations"}));
}

void EntityReader::ReadAddressTranslation(const XmlElement& translation, v1::Address& address) {
  AddNumber(translation);
  const auto append = [](std::string_view gap, std::string_view text, std::string* to) {
    if (!to->empty()) to->append(gap);
    to->append(text);
  };
  if (const std::string_view script = translation.TextOf("script"); script != "Latin") {
    append("; ", script, address.mutable_note());
  }
  for (const XmlElement& child : translation.children) {
    if (child.name != "addressParts") continue;
    const std::string_view path = "addresses/address/translations/translation/addressParts";
    ForEachItem(child, path, "addressPart", [&](const XmlElement& part) {
      AddNumber(part);
      AddRest(part, "", PrintRest(part, {"id", "type", "value"}));
      const std::string_view type = part.TextOf("type");
      const std::string_view value = part.TextOf("value");
      if (type.starts_with("ADDRESS")) {
        append(", ", value, address.mutable_street());
      } else if (type == "CITY") {
        append(", ", value, address.mutable_city());
      } else if (type == "STATE/PROVINCE") {
        append(", ", value, address.mutable_region());
      } else if (type == "POSTAL CODE") {
        append(", ", value, address.mutable_postal_code());
      } else {
        append("; ", absl::StrCat(ToAbsl(type), " ", ToAbsl(value)), address.mutable_note());
      }
    });
  }
  AddRest(translation, "", PrintRest(translation, {"id", "isPrimary", "script"}, {"addressParts"}));
}

void EntityReader::ReadFeature(const XmlElement& feature) {
  OfacField field{feature.TextOf("type"), feature.TextOf("value")};
  field.id = feature.Attribute("id");
  const auto found = FindOfacHeading(field.heading);
  const bool is_known = found.has_value() && found->length == field.heading.size();
  if (field.value.empty()) {
    AddRest(feature, field.heading, PrintRest(feature, {"id", "type"}));
    return;
  }
  if (!is_known || !AddOfacField(*found->heading, field, sanction_)) {
    AddOfacOther(field.heading, field.value, sanction_);
  }
  AddRest(feature, field.heading, PrintRest(feature, {"id", "type", "value"}));
}

void EntityReader::ReadDocument(const XmlElement& document) {
  OfacField field{document.TextOf("type"), document.TextOf("documentNumber"),
                  document.TextOf("issuingCountry")};
  field.id = document.Attribute("id");
  const auto date_of = [&](std::string_view name) {
    const XmlElement* const window = document.Child(name);
    return window == nullptr ? std::nullopt : DateOfWindow(*window);
  };
  field.issue_date = date_of("issueDate");
  field.expiry_date = date_of("expirationDate");
  if (document.TextOf("isValid") == "false") field.note = "isValid false";
  const auto found = FindOfacHeading(field.heading);
  const bool is_known = found.has_value() && found->length == field.heading.size() &&
                        found->heading->meaning == OfacMeaning::kIdentifier;
  AddOfacIdentifier(is_known ? found->heading->identifier : v1::IDENTIFIER_KIND_OTHER, field,
                    sanction_);
  AddRest(document, field.heading,
          PrintRest(document, {"id", "type", "documentNumber", "issuingCountry"}));
}

void EntityReader::ReadRelationship(const XmlElement& relationship) {
  v1::PartyLink& link = *sanction_.add_link();
  const std::string_view type = relationship.TextOf("type");
  link.set_kind(LinkKindOf(type));
  link.set_printed_kind(std::string(type));
  const XmlElement* const other = relationship.Child("relatedEntity");
  for (const XmlElement& child : relationship.children) {
    if (child.name != "relatedEntity") continue;
    const std::string_view path = "relationships/relationship/relatedEntity";
    const std::string_view id = child.Attribute("entityId");
    if (&child != other || !ParseOfacNumber(id).has_value()) {
      AddUnknown(path, PrintRest(child));
    } else {
      link.mutable_other()->set_id(absl::StrCat("ofac:", ToAbsl(id)));
      AddUnknown(path, PrintBesideText(child, {"entityId"}));
    }
  }
  if (other != nullptr) link.mutable_other()->set_printed_name(Text(*other));
  AddNumber(relationship);
  AddRest(relationship, type, PrintRest(relationship, {"id", "type"}, {"relatedEntity"}));
}

v1::Rejection Reject(const XmlElement& entity, std::string_view field, std::string reason) {
  v1::Rejection rejection;
  rejection.set_line(entity.line);
  rejection.set_field(std::string(field));
  rejection.set_reason(std::move(reason));
  return rejection;
}

}  // namespace

std::optional<v1::Rejection> ReadOfacEnhancedEntity(const XmlElement& entity,
                                                    EditionRecord& record) {
  const std::string_view id = entity.Attribute("id");
  if (!ParseOfacNumber(id).has_value()) {
    return Reject(entity, "id", absl::StrCat(Quoted(id), ": expected an entity's number"));
  }
  record.key = std::string(id);
  record.line = entity.line;
  record.line_end = entity.line_end;
  record.element = absl::StrCat(entity.name, " ", record.key);
  v1::Sanction& sanction = *record.present.mutable_sanction();
  EntityReader(sanction, &record.raw).Read(entity);
  const auto primary =
      std::find_if(sanction.name().begin(), sanction.name().end(), [](const v1::PartyName& name) {
        return name.kind() == v1::NAME_KIND_PRIMARY && !name.whole().empty();
      });
  if (primary == sanction.name().end()) {
    return Reject(entity, "names", "no primary name: expected one with a formattedFullName");
  }
  v1::ActorRef& target = *sanction.add_target();
  target.set_id(absl::StrCat("ofac:", record.key));
  target.set_printed_name(primary->whole());
  return std::nullopt;
}

}  // namespace dossier
