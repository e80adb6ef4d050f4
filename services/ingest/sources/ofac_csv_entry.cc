#include "services/ingest/sources/ofac_csv_entry.h"

#include <algorithm>

#include "services/ingest/sources/foreign_text.h"
#include "services/model/ofac_fields.h"
#include "services/model/ofac_remarks.h"
#include "services/model/sanction_rules.h"

namespace dossier {
namespace {

constexpr size_t kNumberDigitsMax = 10;
constexpr std::string_view kProgrammeGap = "] [";

enum Primary {
  kEntry,
  kName,
  kType,
  kProgramme,
  kTitle,
  kCallSign,
  kVesselType,
  kTonnage,
  kGrossTonnage,
  kFlag,
  kOwner,
  kRemarks
};
constexpr std::string_view kPrimaryHeadings[] = {"ent_num", "SDN_Name",  "SDN_Type",   "Program",
                                                 "Title",   "Call_Sign", "Vess_type",  "Tonnage",
                                                 "GRT",     "Vess_flag", "Vess_owner", "Remarks"};
constexpr std::string_view kAddressHeadings[] = {
    "Ent_num", "Add_num", "Address", "City/State/Province/Postal Code", "Country", "Add_remarks"};
constexpr std::string_view kAliasHeadings[] = {"ent_num", "alt_num", "alt_type", "alt_name",
                                               "alt_remarks"};
constexpr std::string_view kCommentHeadings[] = {"ent_num", "Remarks"};

constexpr OfacCsvLayout kLayouts[] = {
    {v1::SANCTION_PART_ENTRY, "", kPrimaryHeadings, kName, false},
    {v1::SANCTION_PART_ADDRESSES, "/addresses", kAddressHeadings, 1, true},
    {v1::SANCTION_PART_ALIASES, "/aliases", kAliasHeadings, 3, true},
    {v1::SANCTION_PART_COMMENTS, "/comments", kCommentHeadings, 1, false},
};

std::string Text(const OfacCell& cell) { return std::string(Trimmed(cell.text)); }

void AddKind(const OfacCell& type, v1::Sanction& sanction) {
  if (type.text == "individual") {
    sanction.set_target_kind(v1::ACTOR_KIND_PERSON);
  } else if (type.text == "vessel") {
    sanction.set_target_kind(v1::ACTOR_KIND_VESSEL);
  } else if (type.text == "aircraft") {
    sanction.set_target_kind(v1::ACTOR_KIND_AIRCRAFT);
  } else if (!type.is_null) {
    AddOfacOther(kPrimaryHeadings[kType], type.text, sanction);
  }
}

void AddCraft(std::span<const OfacCell> cells, v1::Sanction& sanction) {
  const auto is_null = [](const OfacCell& cell) { return cell.is_null; };
  if (!cells[kCallSign].is_null) {
    v1::Identifier& sign = *sanction.add_identifier();
    sign.set_kind(v1::IDENTIFIER_KIND_CALL_SIGN);
    sign.set_printed_kind(std::string(kPrimaryHeadings[kCallSign]));
    sign.set_number(Text(cells[kCallSign]));
  }
  const auto craft_cells = cells.subspan(kVesselType, kOwner - kVesselType + 1);
  if (std::all_of(craft_cells.begin(), craft_cells.end(), is_null)) return;
  v1::Craft& craft = *sanction.mutable_craft();
  craft.set_type(Text(cells[kVesselType]));
  craft.set_tonnage(Text(cells[kTonnage]));
  craft.set_gross_registered_tonnage(Text(cells[kGrossTonnage]));
  if (!cells[kFlag].is_null) craft.mutable_flag()->set_printed_name(Text(cells[kFlag]));
  craft.set_owner(Text(cells[kOwner]));
}

void AddPrimary(std::span<const OfacCell> cells, std::string_view implied_rule,
                v1::Sanction& sanction, std::vector<std::string>* raw) {
  v1::PartyName& name = *sanction.add_name();
  name.set_whole(Text(cells[kName]));
  name.set_kind(v1::NAME_KIND_PRIMARY);
  AddKind(cells[kType], sanction);
  for (std::string& programme : SplitOfacProgrammes(cells[kProgramme].text)) {
    sanction.add_programme(std::move(programme));
  }
  if (!implied_rule.empty()) *sanction.add_measure() = ImpliedMeasure(implied_rule);
  if (!cells[kTitle].is_null) sanction.add_title(Text(cells[kTitle]));
  AddCraft(cells, sanction);
  const std::string_view remarks = cells[kRemarks].text;
  if (!remarks.empty()) ParseRemarks(remarks, remarks.size() >= kOfacRemarksCutAt, sanction, raw);
}

void AddAddress(std::span<const OfacCell> cells, v1::Sanction& sanction) {
  v1::Address& address = *sanction.add_address();
  address.set_id(Text(cells[1]));
  address.set_street(Text(cells[2]));
  address.set_city(Text(cells[3]));
  if (!cells[4].is_null) address.mutable_country()->set_printed_name(Text(cells[4]));
  address.set_note(Text(cells[5]));
}

void AddAlias(std::span<const OfacCell> cells, v1::Sanction& sanction) {
  v1::PartyName& name = *sanction.add_name();
  name.set_id(Text(cells[1]));
  name.set_whole(Text(cells[3]));
  name.set_note(Text(cells[4]));
  const std::string_view type = cells[2].text;
  name.set_kind(type == "aka"   ? v1::NAME_KIND_ALIAS
                : type == "fka" ? v1::NAME_KIND_FORMER
                : type == "nka" ? v1::NAME_KIND_NEW
                                : v1::NAME_KIND_UNSPECIFIED);
  if (name.kind() == v1::NAME_KIND_UNSPECIFIED && !type.empty()) {
    v1::PrintedField& part = *name.add_part();
    part.set_heading(std::string(kAliasHeadings[2]));
    part.set_value(std::string(type));
  }
}

}  // namespace

const OfacCsvLayout* FindOfacCsvLayout(size_t columns) {
  const auto found =
      std::find_if(std::begin(kLayouts), std::end(kLayouts),
                   [&](const OfacCsvLayout& layout) { return layout.headings.size() == columns; });
  return found == std::end(kLayouts) ? nullptr : &*found;
}

std::optional<uint64_t> ParseOfacNumber(std::string_view text) {
  if (text.empty() || text.size() > kNumberDigitsMax || text.front() == '0') return std::nullopt;
  uint64_t number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<uint64_t>(c - '0');
  }
  return number;
}

std::vector<std::string> SplitOfacProgrammes(std::string_view field) {
  std::vector<std::string> programmes;
  while (!field.empty()) {
    const size_t end = field.find(kProgrammeGap);
    const std::string_view programme = Trimmed(field.substr(0, end));
    if (!programme.empty()) programmes.emplace_back(programme);
    field = end == std::string_view::npos ? std::string_view()
                                          : field.substr(end + kProgrammeGap.size());
  }
  return programmes;
}

void AddOfacRow(const OfacCsvLayout& layout, std::span<const OfacCell> cells,
                std::string_view implied_rule, v1::Sanction& sanction,
                std::vector<std::string>* raw) {
  sanction.set_part(layout.part);
  switch (layout.part) {
    case v1::SANCTION_PART_ADDRESSES:
      return AddAddress(cells, sanction);
    case v1::SANCTION_PART_ALIASES:
      return AddAlias(cells, sanction);
    case v1::SANCTION_PART_COMMENTS:
      return ParseComments(cells[1].text, sanction, raw);
    default:
      return AddPrimary(cells, implied_rule, sanction, raw);
  }
}

}  // namespace dossier
