// The tables of nothing_dropped_rules_fixture.h, a function for each format.
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "tests/ingest/nothing_dropped_rules_fixture.h"

namespace dossier {
namespace {

CellLayout OfacCells(std::vector<std::string> headings) {
  return {.heading_line = 0, .headings = std::move(headings), .nulls = {"-0-"}};
}

FieldRules OfacPrimary() {
  return {
      .cells = OfacCells({"ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign",
                          "Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner", "Remarks"}),
      .meanings = {{"SDN_Type", "individual", "ACTOR_KIND_PERSON"},
                   {"SDN_Type", "vessel", "ACTOR_KIND_VESSEL"},
                   {"SDN_Type", "aircraft", "ACTOR_KIND_AIRCRAFT"}},
      .pieces = {{"Program", {"] ["}}},
      .counts_each = true,
  };
}

// The copy of 2019 was cut off within its last null.
FieldRules OfacAddresses() {
  FieldRules rules = {
      .cells = OfacCells({"ent_num", "add_num", "Address", "City", "Country", "Add_remarks"})};
  rules.cells.nulls.push_back("-0");
  return rules;
}

FieldRules OfacAliases() {
  return {.cells = OfacCells({"ent_num", "alt_num", "Alt_type", "Alt_name", "Alt_remarks"}),
          .meanings = {{"Alt_type", "aka", "NAME_KIND_ALIAS"},
                       {"Alt_type", "fka", "NAME_KIND_FORMER"},
                       {"Alt_type", "nka", "NAME_KIND_NEW"}}};
}

FieldRules OfacComments() {
  return {.cells = OfacCells({"ent_num", "Remarks"}), .counts_each = true};
}

FieldRules OfacXml() {
  return {
      .is_xml = true,
      .dates = {DateStyle::kDayMonthName},
      .no_content = {{"sdnList@xmlns", "a namespace"},
                     {"sdnList@xmlns:xsi", "a namespace"},
                     {"publshInformation/Publish_Date", "the edition's stamp"},
                     {"publshInformation/Record_Count", "compared with the records read"}},
      .meanings = {{"sdnType", "Individual", "ACTOR_KIND_PERSON"},
                   {"sdnType", "Vessel", "ACTOR_KIND_VESSEL"},
                   {"sdnType", "Aircraft", "ACTOR_KIND_AIRCRAFT"},
                   {"aka/type", "a.k.a.", "NAME_KIND_ALIAS"},
                   {"aka/type", "f.k.a.", "NAME_KIND_FORMER"},
                   {"aka/type", "n.k.a.", "NAME_KIND_NEW"},
                   {"aka/category", "strong", "NAME_QUALITY_GOOD"},
                   {"aka/category", "weak", "NAME_QUALITY_LOW"},
                   {"id/idType", "Gender", "gender"}},
      .wrapped = {{"id/idType", "Listing Date (", "):", "SANCTION_DATE_KIND_LISTED"},
                  {"id/idType", "Listing Date (", ")", "SANCTION_DATE_KIND_LISTED"},
                  {"id/idType", "Effective Date (", "):", "SANCTION_DATE_KIND_IN_FORCE"},
                  {"id/idType", "Effective Date (", ")", "SANCTION_DATE_KIND_IN_FORCE"}},
      .counts_each = true,
  };
}

FieldRules OfacEnhanced() {
  constexpr std::string_view kWord = "the publisher's vocabulary: its words stand in the entities";
  return {
      .is_xml = true,
      .dates = {DateStyle::kDayMonthName},
      .no_content = {{"sanctionsData@xmlns", "a namespace"},
                     {"sanctionsData@xmlns:xsi", "a namespace"},
                     {"sanctionsData@xmlns:xsd", "a namespace"},
                     {"sanctionsData@xsi:schemaLocation", "where the schema is"},
                     {"publicationInfo/dataAsOf", "the edition's stamp"},
                     {"sanctionsLists/sanctionsList", "the edition's filter: its scope", true},
                     {"sanctionsPrograms/sanctionsProgram", "the edition's scope", true},
                     {"@refId", "the number of the word that it stands at"},
                     {"@featureTypeId", "the number of the word that it stands at"},
                     {"referenceValue/type", kWord, true},
                     {"referenceValue/value", kWord, true},
                     {"referenceValue/code", kWord, true},
                     {"referenceValue/isoCode", kWord, true},
                     {"featureType/type", kWord, true},
                     {"featureType/detailType", kWord, true},
                     {"featureType/publishDescription", kWord, true},
                     {"featureType/publishExclude", kWord, true},
                     {"featureType/publishOrder", kWord, true}},
      .meanings = {{"generalInfo/entityType", "Individual", "ACTOR_KIND_PERSON"},
                   {"generalInfo/entityType", "Vessel", "ACTOR_KIND_VESSEL"},
                   {"generalInfo/entityType", "Aircraft", "ACTOR_KIND_AIRCRAFT"},
                   {"name/aliasType", "A.K.A.", "NAME_KIND_ALIAS"},
                   {"name/aliasType", "F.K.A.", "NAME_KIND_FORMER"},
                   {"name/aliasType", "N.K.A.", "NAME_KIND_NEW"},
                   {"name/isPrimary", "true", "NAME_KIND_PRIMARY"},
                   {"name/isPrimary", "false", "NAME_KIND_ALIAS"},
                   {"name/isPrimary", "false", "NAME_KIND_FORMER"},
                   {"name/isPrimary", "false", "NAME_KIND_NEW"},
                   {"name/isLowQuality", "true", "NAME_QUALITY_LOW"},
                   {"name/isLowQuality", "false", "NAME_QUALITY_GOOD"},
                   {"translation/isPrimary", "false", "NAME_KIND_VARIATION"},
                   {"addressPart/type", "ADDRESS1", "street"},
                   {"addressPart/type", "ADDRESS2", "street"},
                   {"addressPart/type", "ADDRESS3", "street"},
                   {"addressPart/type", "CITY", "city"},
                   {"addressPart/type", "STATE/PROVINCE", "region"},
                   {"addressPart/type", "POSTAL CODE", "postal_code"}},
  };
}

FieldRules Un() {
  return {
      .is_xml = true,
      .no_content = {{"CONSOLIDATED_LIST@xmlns:xsi", "a namespace"},
                     {"CONSOLIDATED_LIST@xsi:noNamespaceSchemaLocation", "where the schema is"},
                     {"CONSOLIDATED_LIST@dateGenerated", "the edition's stamp"},
                     {"VERSIONNUM", "1 in every entry"}},
      .meanings = {{"INDIVIDUAL_ALIAS/QUALITY", "Good", "NAME_QUALITY_GOOD"},
                   {"INDIVIDUAL_ALIAS/QUALITY", "Low", "NAME_QUALITY_LOW"},
                   {"ENTITY_ALIAS/QUALITY", "a.k.a.", "NAME_KIND_ALIAS"},
                   {"ENTITY_ALIAS/QUALITY", "f.k.a.", "NAME_KIND_FORMER"},
                   {"TYPE_OF_DATE", "EXACT", "is_approximate=false"},
                   {"TYPE_OF_DATE", "BETWEEN", "date_to"},
                   {"TYPE_OF_DATE", "APPROXIMATELY", "is_approximate=true"}},
      .counts_each = true,
  };
}

// "AD001095 (passport-National passport) (more)": number, kind, and what else there is.
constexpr std::string_view kOpen = "(", kClose = ")";

FieldRules EuFsfXml() {
  return {
      .is_xml = true,
      .no_content = {{"WHOLE@Date", "the edition's stamp"}},
      .meanings = {{"ENTITY@Type", "P", "ACTOR_KIND_PERSON"}},
      .pieces = {{"PASSPORT/NUMBER", {kOpen, kClose}}, {"BIRTH/DATE", {" - "}}},
      .wrapped = {{"BIRTH/DATE", "", " (approximative)", "is_approximate=true"}},
  };
}

FieldRules EuFsfCsv() {
  return {
      .cells = {.separator = ';', .is_wrapped = true},
      .no_content = {{"Date_filexxxx", "the edition's stamp"}},
      .meanings = {{"Subject_type", "P", "ACTOR_KIND_PERSON"}},
      .pieces = {{"Iden_number", {kOpen, kClose}}, {"Birt_date", {" - "}}},
      .wrapped = {{"Birt_date", "", " (approximative)", "is_approximate=true"}},
  };
}

FieldRules EuOj() {
  return {
      .dates = {DateStyle::kDayFirst, DateStyle::kDayMonthName},
      .meanings = {{"schema", "Person", "ACTOR_KIND_PERSON"},
                   {"schema", "Vessel", "ACTOR_KIND_VESSEL"},
                   {"schema", "Company", "ACTOR_KIND_COMPANY"}},
  };
}

// The three columns that have a blank for a heading are named for what stands before them.
FieldRules SipriRegister() {
  return {
      .cells = {.heading_line = 12,
                .headings = {"Recipient", "Supplier", "Year of order", "Year of order ?",
                             "Number ordered", "Number ordered ?", "Weapon designation",
                             "Weapon description", "Number delivered", "Number delivered ?",
                             "Year(s) of delivery", "status", "Comments", "SIPRI TIV per unit",
                             "SIPRI TIV for total order", "SIPRI TIV of delivered weapons"},
                .cells_min = 16},
      .meanings = {{"status", "New", "CONDITION_NEW"},
                   {"status", "Second hand", "CONDITION_SECOND_HAND"},
                   {"status", "Second hand but modernized", "CONDITION_SECOND_HAND_MODERNIZED"},
                   {"Number delivered", "0", "!delivery"}},
      .numbers = {{"Year of order", "order_date", ""},
                  {"Year of order ?", "", "order_date_is_estimate"},
                  {"Number ordered", "number_ordered", ""},
                  {"Number ordered ?", "", "number_ordered_is_estimate"},
                  {"Number delivered", "number", ""},
                  {"Number delivered ?", "", "number_is_estimate"},
                  {"Year(s) of delivery", "year", ""},
                  {"SIPRI TIV per unit", "tiv_deal_unit_thousandths", "", 3},
                  {"SIPRI TIV for total order", "tiv_order_thousandths", "", 3},
                  {"SIPRI TIV of delivered weapons", "tiv_delivered_thousandths", "", 3}},
  };
}

FieldRules SipriRegisterPadded() {
  FieldRules rules = SipriRegister();
  rules.cells.heading_line = 1;
  rules.cells.padding = ";";
  return rules;
}

FieldRules SipriRtf() {
  return {
      .is_sipri_rtf = true,
      .meanings = {{"No. delivered", "0", "!delivery"}},
      .numbers = {{"No. ordered", "number_ordered", "number_ordered_is_estimate"},
                  {"Year of order", "order_date", "order_date_is_estimate"},
                  {"Year(s) of delivery", "year", "year_is_estimate"},
                  {"No. delivered", "number", "number_is_estimate"}},
  };
}

FieldRules SipriOrders() {
  return {
      .is_json = true,
      .cells = {.nulls = {"false"}},
      .meanings = {{"orderYr", "0", "!order_date"},
                   {"orderYrEst", "true", "order_date_is_estimate=true"},
                   {"unitsEst", "true", "number_ordered_is_estimate=true"},
                   {"deliveryYr", "0", "!delivery"},
                   {"status", "N", "CONDITION_NEW"},
                   {"status", "S", "CONDITION_SECOND_HAND"},
                   {"status", "R", "CONDITION_SECOND_HAND_MODERNIZED"}},
      .numbers = {{"orderYr", "order_date", ""},
                  {"units", "number_ordered", ""},
                  {"deliveryYr", "year", ""}},
  };
}

FieldRules UkCsv() {
  return {
      .cells = {.heading_line = 2},
      .dates = {DateStyle::kDayFirst},
      .meanings = {{"Group Type", "Individual", "ACTOR_KIND_PERSON"},
                   {"Group Type", "Ship", "ACTOR_KIND_VESSEL"},
                   {"Alias Type", "Prime Alias", "NAME_KIND_PRIMARY"},
                   {"Alias Type", "AKA", "NAME_KIND_ALIAS"},
                   {"Alias Type", "FKA", "NAME_KIND_FORMER"}},
  };
}

FieldRules UkWorkbook() {
  return {
      .is_workbook = true,
      .cells = {.heading_line = 2},
      .dates = {DateStyle::kDayFirst},
      .meanings = {{"Group Type", "Individual", "ACTOR_KIND_PERSON"},
                   {"Group Type", "Ship", "ACTOR_KIND_VESSEL"},
                   {"Alias Type", "Primary name", "NAME_KIND_PRIMARY"},
                   {"Alias Type", "Primary name variation", "NAME_KIND_VARIATION"},
                   {"Alias Type", "AKA", "NAME_KIND_ALIAS"},
                   {"Alias Type", "FKA", "NAME_KIND_FORMER"},
                   {"Alias Quality", "Good quality", "NAME_QUALITY_GOOD"},
                   {"Alias Quality", "Low quality", "NAME_QUALITY_LOW"}},
  };
}

FieldRules CaSema() {
  return {
      .is_xml = true,
      .no_content = {{"data-set@xmlns:xsi", "a namespace"}},
      .counts_each = true,
  };
}

FieldRules BisDpl() { return {.cells = {.separator = '\t'}, .dates = {DateStyle::kMonthFirst}}; }

// Each cell stands in its act as printed.
FieldRules Untc() { return {.counts_each = true}; }

FieldRules UntcIndex() { return {.pieces = {{"treaty_no", {"."}}}}; }

FieldRules UsCsl() {
  return {
      .meanings = {{"type", "Individual", "ACTOR_KIND_PERSON"},
                   {"type", "Vessel", "ACTOR_KIND_VESSEL"},
                   {"type", "Aircraft", "ACTOR_KIND_AIRCRAFT"}},
  };
}

FieldRules Gsdb() {
  FieldRules rules = {
      .meanings = {{"target_mult", "0", "!target_mult"}, {"sender_mult", "0", "!sender_mult"}},
      .counts_each = true,
  };
  for (const auto& [heading, kind, none] :
       {std::tuple{"trade", "MEASURE_KIND_TRADE", "!MEASURE_KIND_TRADE"},
        {"arms", "MEASURE_KIND_ARMS_EMBARGO", "!MEASURE_KIND_ARMS_EMBARGO"},
        {"military", "MEASURE_KIND_MILITARY", "!MEASURE_KIND_MILITARY"},
        {"financial", "MEASURE_KIND_FINANCIAL", "!MEASURE_KIND_FINANCIAL"},
        {"travel", "MEASURE_KIND_TRAVEL_BAN", "!MEASURE_KIND_TRAVEL_BAN"},
        {"other", "MEASURE_KIND_OTHER", "!MEASURE_KIND_OTHER"}}) {
    rules.meanings.push_back({heading, "1", kind});
    rules.meanings.push_back({heading, "0", none});
  }
  return rules;
}

// Each table of ATOP's: what it adds to them, by heading.
FieldRules Atop(std::vector<std::string_view> dates, std::vector<std::string_view> unnamed) {
  FieldRules rules = {.no_content = {{"ineffect", "compared with whether there is an end"}},
                      .is_named = true,
                      .unnamed = std::move(unnamed)};
  for (const std::string_view heading : dates) {
    rules.no_content.push_back({heading, "a part of a date: see atop_test.cc"});
  }
  for (const auto& [heading, obligation, none] :
       {std::tuple{"defense", "OBLIGATION_DEFENSE", "!OBLIGATION_DEFENSE"},
        {"offense", "OBLIGATION_OFFENSE", "!OBLIGATION_OFFENSE"},
        {"neutral", "OBLIGATION_NEUTRALITY", "!OBLIGATION_NEUTRALITY"},
        {"nonagg", "OBLIGATION_NONAGGRESSION", "!OBLIGATION_NONAGGRESSION"},
        {"consul", "OBLIGATION_CONSULTATION", "!OBLIGATION_CONSULTATION"}}) {
    rules.meanings.push_back({heading, "1", obligation});
    rules.meanings.push_back({heading, "0", none});
  }
  return rules;
}

FieldRules CowAlliances() {
  FieldRules rules = {
      .no_content = {{"version", "4.1 in every row, or it is rejected"}},
      .meanings = {{"left_censor", "1", "from_is_censored=true"},
                   {"left_censor", "0", "from_is_censored=false"},
                   {"right_censor", "1", "to_is_censored=true"},
                   {"right_censor", "0", "to_is_censored=false"},
                   {"defense", "1", "OBLIGATION_DEFENSE"},
                   {"defense", "0", "!OBLIGATION_DEFENSE"},
                   {"neutrality", "1", "OBLIGATION_NEUTRALITY"},
                   {"neutrality", "0", "!OBLIGATION_NEUTRALITY"},
                   {"nonaggression", "1", "OBLIGATION_NONAGGRESSION"},
                   {"nonaggression", "0", "!OBLIGATION_NONAGGRESSION"},
                   {"entente", "1", "OBLIGATION_ENTENTE"},
                   {"entente", "0", "!OBLIGATION_ENTENTE"}},
      .is_named = true,
      .unnamed = {"version4id", "ccode1", "state_name1", "ccode2", "state_name2"}};
  for (const std::string_view heading : {"dyad_st_day", "dyad_st_month", "dyad_st_year",
                                         "dyad_end_day", "dyad_end_month", "dyad_end_year"}) {
    rules.no_content.push_back({heading, "a part of a date: see cow_alliances_test.cc"});
  }
  return rules;
}

FieldRules Desta() {
  return {.cells = {.separator = ';', .nulls = {"NA"}}, .counts_each = true};
}

std::vector<FieldRules> AllRules() {
  std::vector<FieldRules> rules(static_cast<size_t>(RulesName::kUsCsl) + 1);
  const auto set = [&rules](RulesName name, FieldRules of) {
    rules[static_cast<size_t>(name)] = std::move(of);
  };
  set(RulesName::kAtopAlliances,
      Atop({"begyr", "begmo", "begday", "endyr", "endmo", "endday"}, {"atopid"}));
  set(RulesName::kAtopMembers, Atop({"yrent", "moent", "dayent", "yrexit", "moexit", "dayexit"},
                                    {"atopid", "member", "phase"}));
  set(RulesName::kBisDpl, BisDpl());
  set(RulesName::kCaSema, CaSema());
  set(RulesName::kCowAlliances, CowAlliances());
  set(RulesName::kDesta, Desta());
  set(RulesName::kEuFsfCsv, EuFsfCsv());
  set(RulesName::kEuFsfXml, EuFsfXml());
  set(RulesName::kEuOj, EuOj());
  set(RulesName::kGsdb, Gsdb());
  set(RulesName::kOfacAddresses, OfacAddresses());
  set(RulesName::kOfacAliases, OfacAliases());
  set(RulesName::kOfacComments, OfacComments());
  set(RulesName::kOfacEnhanced, OfacEnhanced());
  set(RulesName::kOfacPrimary, OfacPrimary());
  set(RulesName::kOfacXml, OfacXml());
  set(RulesName::kSipriOrders, SipriOrders());
  set(RulesName::kSipriRegister, SipriRegister());
  set(RulesName::kSipriRegisterPadded, SipriRegisterPadded());
  set(RulesName::kSipriRtf, SipriRtf());
  set(RulesName::kUkCsv, UkCsv());
  set(RulesName::kUkWorkbook, UkWorkbook());
  set(RulesName::kUn, Un());
  set(RulesName::kUntc, Untc());
  set(RulesName::kUntcIndex, UntcIndex());
  set(RulesName::kUsCsl, UsCsl());
  return rules;
}

}  // namespace

const FieldRules& RulesOf(RulesName name) {
  static const auto& all = *new std::vector<FieldRules>(AllRules());
  return all[static_cast<size_t>(name)];
}

}  // namespace dossier
