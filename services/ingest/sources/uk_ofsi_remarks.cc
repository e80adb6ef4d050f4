#include "services/ingest/sources/uk_ofsi_remarks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/ingest/sources/numbered_items.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/sanction_fields.h"
#include "services/ingest/sources/un_reference.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

enum Heading {
  kListRef,
  kUnRef,
  kReasons,
  kGender,
  kPhone,
  kFax,
  kEmail,
  kWebsite,
  kBusinessNumber,
  kEntityType,
  kParent,
  kSubsidiaries,
  kImo,
  kOwners,
  kFlag,
  kPreviousFlags,
  kShipType,
  kTonnage,
  kLength,
  kBuilt,
  kHeadings,
};

constexpr std::array<std::string_view, kHeadings> kHeadingTexts = {"UK Sanctions List Ref",
                                                                   "UN Ref",
                                                                   "UK Statement of Reasons",
                                                                   "Gender",
                                                                   "Phone number",
                                                                   "Fax",
                                                                   "Email address",
                                                                   "Website",
                                                                   "Business Reg No",
                                                                   "Type of entity",
                                                                   "Parent company",
                                                                   "Subsidiaries",
                                                                   "IMO number",
                                                                   "Current owners",
                                                                   "Flag of ship",
                                                                   "Previous flags",
                                                                   "Type of ship",
                                                                   "Tonnage of ship",
                                                                   "Length of ship",
                                                                   "Year built"};

struct Section {
  Heading heading = kHeadings;
  std::string_view text;
};

// "(HEADING):" at `at`, or kHeadings.
Heading HeadingAt(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at + 1);
  for (size_t i = 0; i < kHeadings; ++i) {
    const std::string_view heading = kHeadingTexts[i];
    if (rest.starts_with(heading) && rest.substr(heading.size()).starts_with("):")) {
      return static_cast<Heading>(i);
    }
  }
  return kHeadings;
}

struct MeasureWords {
  std::string_view words;
  v1::MeasureKind kind;
};

// A sentence of a fixed form, and what it may list, each item with a point behind it.
constexpr std::string_view kFinancialSentence =
    "Financial sanctions imposed in addition to an asset freeze:";
constexpr std::string_view kSanctionSentence = "Sanction imposed in addition to an asset freeze:";
constexpr MeasureWords kFinancialMeasures[] = {
    {"Correspondent banking relationships etc", v1::MEASURE_KIND_FINANCIAL},
    {"Dealing with transferable securities or money-market instruments",
     v1::MEASURE_KIND_FINANCIAL},
    {"Loans and credit arrangements", v1::MEASURE_KIND_FINANCIAL},
    {"Trust services", v1::MEASURE_KIND_FINANCIAL},
};
constexpr MeasureWords kOtherMeasures[] = {{"Travel ban", v1::MEASURE_KIND_TRAVEL_BAN}};

// What stands under each heading, to the next one.
std::vector<Section> SectionsOf(std::string_view text) {
  std::vector<Section> sections;
  size_t begin = 0;
  for (size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
    const Heading heading = HeadingAt(text, at);
    if (heading == kHeadings) continue;
    if (!sections.empty()) sections.back().text = XmlTrimmed(text.substr(begin, at - begin));
    sections.push_back({heading, {}});
    begin = at + kHeadingTexts[heading].size() + std::string_view("():").size();
  }
  if (!sections.empty()) sections.back().text = XmlTrimmed(text.substr(begin));
  return sections;
}

std::vector<std::string_view> ItemsOf(std::string_view text) {
  std::vector<std::string_view> items = NumberedItems(text);
  if (items.empty() && !text.empty()) items.push_back(text);
  return items;
}

// The digits behind a word and what parts them: "IMO: 8937675", "(IMO number: 8660313)".
std::string_view NumberBehind(std::string_view text, std::string_view word) {
  const size_t at = text.find(word);
  if (at == std::string_view::npos) return {};
  const size_t begin = text.find_first_of("0123456789", at);
  if (begin == std::string_view::npos || begin > at + word.size() + 10) return {};
  const size_t end = std::min(text.find_first_not_of("0123456789", begin), text.size());
  return text.substr(begin, end - begin);
}

void ReadShipNumbers(std::string_view text, v1::Sanction& sanction) {
  if (!text.starts_with("IMO") && !text.starts_with("(IMO")) return;
  const std::string_view imo = NumberBehind(text, "IMO");
  if (imo.size() == 7) AddIdentifier(v1::IDENTIFIER_KIND_IMO, "IMO", imo, sanction);
  const std::string_view mmsi = NumberBehind(text, "MMSI");
  if (mmsi.size() == 9) AddIdentifier(v1::IDENTIFIER_KIND_MMSI, "MMSI", mmsi, sanction);
}

void AddIdentifiers(v1::IdentifierKind kind, const Section& section, v1::Sanction& sanction) {
  for (std::string_view item : ItemsOf(section.text)) {
    AddIdentifier(kind, kHeadingTexts[section.heading], item, sanction);
  }
}

void AddLinks(const Section& section, v1::Sanction& sanction) {
  for (std::string_view item : ItemsOf(section.text)) {
    v1::PartyLink& link = *sanction.add_link();
    link.set_kind(v1::LINK_KIND_OTHER);
    link.mutable_printed_kind()->assign(kHeadingTexts[section.heading]);
    link.mutable_other()->mutable_printed_name()->assign(item);
  }
}

// The measures of a text's rows are alike: each is put once.
void AddMeasure(const MeasureWords& measure, v1::Sanction& sanction) {
  for (const v1::Measure& known : sanction.measure()) {
    if (known.detail() == measure.words) return;
  }
  v1::Measure& added = *sanction.add_measure();
  added.set_kind(measure.kind);
  added.set_basis(v1::MEASURE_BASIS_PUBLISHED);
  added.mutable_detail()->assign(measure.words);
}

// The items behind a sentence, up to the first that is none of these.
void ReadMeasures(std::string_view text, std::string_view sentence,
                  std::span<const MeasureWords> measures, v1::Sanction& sanction) {
  const size_t at = text.find(sentence);
  if (at == std::string_view::npos) return;
  text = text.substr(at + sentence.size());
  for (auto found = measures.begin(); found != measures.end();) {
    text = XmlTrimmed(text);
    found = std::find_if(measures.begin(), measures.end(), [&](const MeasureWords& measure) {
      return text.starts_with(measure.words) && text.substr(measure.words.size()).starts_with('.');
    });
    if (found == measures.end()) return;
    AddMeasure(*found, sanction);
    text.remove_prefix(found->words.size() + 1);
  }
}

void ReadUnSection(const Section& section, v1::Sanction& sanction) {
  const std::optional<UnReference> own = FindUnReference(section.text);
  if (!own || own->offset != 0) return;
  AddUnClaim(own->number, std::string("(UN Ref):").append(own->printed), sanction);
}

void ReadShip(const Section& section, const PrintedCountries& countries, v1::Sanction& sanction) {
  if (section.text.empty()) return;
  v1::Craft& craft = *sanction.mutable_craft();
  switch (section.heading) {
    case kOwners:
      return AppendPart(section.text, "; ", *craft.mutable_owner());
    case kShipType:
      return AppendPart(section.text, "; ", *craft.mutable_type());
    case kTonnage:
      return AppendPart(section.text, "; ", *craft.mutable_tonnage());
    case kLength:
      return AppendPart(section.text, "; ", *craft.mutable_length());
    case kBuilt:
      return AppendPart(section.text, "; ", *craft.mutable_built());
    case kFlag:
      return countries.Set(section.text, *craft.mutable_flag());
    default:
      return;
  }
}

void ReadSection(const Section& section, const PrintedCountries& countries,
                 v1::Sanction& sanction) {
  switch (section.heading) {
    case kListRef: {
      // What follows the number are remarks of no heading: "RUS2102. Financial sanctions ...".
      const size_t end = std::min(section.text.find_first_of(". "), section.text.size());
      AddIdentifier(v1::IDENTIFIER_KIND_REFERENCE, kHeadingTexts[kListRef],
                    section.text.substr(0, end), sanction);
      ReadMeasures(section.text, kFinancialSentence, kFinancialMeasures, sanction);
      ReadMeasures(section.text, kSanctionSentence, kOtherMeasures, sanction);
      return;
    }
    case kUnRef:
      return ReadUnSection(section, sanction);
    case kReasons:
      return AppendPart(section.text, "\n", *sanction.mutable_reason());
    case kGender: {
      const size_t end = std::min(section.text.find_first_of(". "), section.text.size());
      return AppendPart(section.text.substr(0, end), "; ", *sanction.mutable_gender());
    }
    case kPhone:
    case kFax:
      return AddIdentifiers(v1::IDENTIFIER_KIND_PHONE, section, sanction);
    case kEmail:
      return AddIdentifiers(v1::IDENTIFIER_KIND_EMAIL, section, sanction);
    case kWebsite:
      return AddIdentifiers(v1::IDENTIFIER_KIND_WEBSITE, section, sanction);
    case kBusinessNumber:
      for (std::string_view item : ItemsOf(section.text)) {
        AddWordyIdentifier(v1::IDENTIFIER_KIND_REGISTRATION, kHeadingTexts[kBusinessNumber], item,
                           sanction);
      }
      return;
    case kParent:
    case kSubsidiaries:
      return AddLinks(section, sanction);
    case kImo:
      return AddIdentifiers(v1::IDENTIFIER_KIND_IMO, section, sanction);
    case kEntityType:
    case kPreviousFlags:
      return AddOther(kHeadingTexts[section.heading], section.text, sanction);
    default:
      return ReadShip(section, countries, sanction);
  }
}

}  // namespace

void ReadUkOfsiRemarks(std::string_view text, const PrintedCountries& countries,
                       v1::Sanction& sanction) {
  const std::vector<Section> sections = SectionsOf(text);
  for (const Section& section : sections) ReadSection(section, countries, sanction);
  if (!sections.empty()) return;
  ClaimUnReferences(text, sanction);
  ReadShipNumbers(text, sanction);
}

}  // namespace dossier
