// The published files: how many records each has, by hand (the folder's README counts rows; here an
// entry's rows are one record), and the publish time that it states.
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/ingest/nothing_dropped_rules_fixture.h"

namespace dossier {
namespace {

void AddOfac(std::vector<PublishedFile>& files) {
  const std::pair<const char*, size_t> sdn[] = {
      {"2019-01-15", 7'379},       {"2021-04-25", 8'890},  {"2021-07-07", 8'976},
      {"2021-08-18", 9'083},       {"2022-02-17", 9'056},  {"2022-02-23T0152Z", 9'108},
      {"2022-02-23T1846Z", 9'121}, {"2022-02-24", 9'123},  {"2022-02-25", 9'214},
      {"2022-02-26", 9'218},       {"2022-02-28", 9'222},  {"2022-03-24", 9'793},
      {"2022-04-08", 9'966},       {"2022-04-11", 9'953},  {"2023-06-29", 12'631},
      {"2024-01-08", 13'821},      {"2024-02-20", 13'931}, {"2024-02-23", 14'484}};
  for (const auto& [date, records] : sdn) {
    files.push_back({absl::StrCat("sanctions/us_ofac_sdn_", date, ".csv"), "ofac-sdn", records,
                     RulesName::kOfacPrimary});
  }
  // Entries with an address (all of them), entries with an alias.
  const std::tuple<const char*, size_t, size_t> parts[] = {{"2019-01-15", 7'379, 3'196},
                                                           {"2021-04-25", 8'890, 4'067},
                                                           {"2021-07-07", 8'976, 4'139},
                                                           {"2024-01-08", 13'821, 6'667}};
  for (const auto& [date, addresses, aliases] : parts) {
    files.push_back({absl::StrCat("sanctions/us_ofac_add_", date, ".csv"), "ofac-sdn", addresses,
                     RulesName::kOfacAddresses});
    files.push_back({absl::StrCat("sanctions/us_ofac_alt_", date, ".csv"), "ofac-sdn", aliases,
                     RulesName::kOfacAliases});
  }
  const char* list = "ofac-consolidated";
  for (PublishedFile& file : std::vector<PublishedFile>{
           {"sdn_comments_2019-01-15", "ofac-sdn", 13, RulesName::kOfacComments},
           {"sdn_comments_2021-07-07", "ofac-sdn", 5, RulesName::kOfacComments},
           {"cons_prim_2025-08-18", list, 443, RulesName::kOfacPrimary},
           {"cons_prim_2025-12-19", list, 442, RulesName::kOfacPrimary},
           {"cons_add_2025-12-19", list, 442, RulesName::kOfacAddresses},
           {"cons_alt_2025-12-19", list, 395, RulesName::kOfacAliases},
           {"cons_comments_2025-12-19", list, 10, RulesName::kOfacComments}}) {
    file.name = absl::StrCat("sanctions/us_ofac_", file.name, ".csv");
    files.push_back(std::move(file));
  }
  for (const auto& [date, records] :
       {std::pair{"2018-04-06", 639}, {"2024-05-06", 443}, {"2025-03-28", 443}}) {
    files.push_back({absl::StrCat("sanctions/us_ofac_consolidated_", date, ".xml"),
                     "ofac-consolidated-xml", static_cast<size_t>(records), RulesName::kOfacXml,
                     date});
  }
  files.push_back({"sanctions/us_ofac_enhanced_irgc_2024-08-28.xml", "ofac-enhanced", 293,
                   RulesName::kOfacEnhanced, "2024-08-28"});
}

void AddUn(std::vector<PublishedFile>& files) {
  const std::tuple<const char*, size_t, const char*> editions[] = {
      {"2017-06-20", 1'024, "2017-06-20 23:04:40"}, {"2017-06-30", 1'024, "2017-06-30 23:12:08"},
      {"2017-07-03", 1'021, "2017-07-04 00:27:45"}, {"2018-08-24", 1'098, "2018-08-24 23:40:35"},
      {"2018-10-29", 1'093, "2018-10-29 23:09:49"}, {"2020-03-20", 1'014, "2020-03-20 23:09:21"},
      {"2020-11-23", 1'018, "2020-11-24 00:10:17"}, {"2020-11-24", 1'018, "2020-11-25 01:23:07"},
      {"2020-11-30", 1'018, "2020-12-01 01:31:19"}, {"2025-04-19", 877, "2025-04-19 23:00:04"}};
  for (const auto& [date, records, stamp] : editions) {
    files.push_back({absl::StrCat("sanctions/un_sc_consolidated_", date, ".xml"), "un-consolidated",
                     records, RulesName::kUn, stamp});
  }
}

void AddEu(std::vector<PublishedFile>& files) {
  files.push_back({"sanctions/eu_fsf_v1.0_excerpt_2016-02-11.xml", "eu-fsf", 595,
                   RulesName::kEuFsfXml, "2016-02-11"});
  files.push_back({"sanctions/eu_fsf_v1.0_excerpt_2018-07-04_excel_mangled.csv", "eu-fsf", 93,
                   RulesName::kEuFsfCsv, "2018-07-04"});
  const std::pair<const char*, size_t> acts[] = {
      {"consolidated_32014R0269_2026-08-14", 2'802}, {"consolidated_32014R0833_2026-08-14", 1'746},
      {"consolidated_32012R0267_2026-08-14", 339},   {"consolidated_32002R0881_2026-08-14", 348},
      {"amendment_32026R1843_2026-08-17", 216},      {"amendment_32026R1848_2026-08-15", 157},
      {"amendment_32026R1895_2026-08-15", 10}};
  for (const auto& [name, records] : acts) {
    files.push_back(
        {absl::StrCat("sanctions/eu_oj_", name, ".csv"), "eu-oj", records, RulesName::kEuOj});
  }
}

// Participants of each treaty.
void AddUntc(std::vector<PublishedFile>& files) {
  const std::pair<const char*, size_t> tables[] = {
      {"1-1", 49}, {"18-1", 61}, {"18-10-a", 17}, {"18-10-b", 14}, {"18-10", 153}, {"18-11", 188},
      {"18-12-a", 167}, {"18-12-b", 152}, {"18-12-c", 123}, {"18-12", 185}, {"18-13", 84},
      {"18-14", 178}, {"18-15", 142}, {"18-2", 99}, {"18-3", 36}, {"18-4", 126}, {"18-5", 175},
      {"18-6", 43}, {"18-7", 176}, {"18-8-a", 44}, {"18-8", 97}, {"18-9", 170}, {"23-1", 129},
      {"23-2", 37}, {"23-3", 64}, {"26-1", 92}, {"26-2-a", 102}, {"26-2-b", 100}, {"26-2-c", 79},
      {"26-2-d", 84}, {"26-2", 122}, {"26-3", 192}, {"26-4", 183}, {"26-5", 162}, {"26-6", 113},
      {"26-7", 11}, {"26-8", 118}, {"3-1", 161}, {"3-10", 21}, {"3-11", 41}, {"3-12", 14},
      {"3-13", 33}, {"3-2-1", 124}, {"3-2-11", 115}, {"3-2-12", 50}, {"3-2-12a", 38},
      {"3-2-12b", 17}, {"3-2-13", 79}, {"3-2-14", 68}, {"3-2-15", 44}, {"3-2-16", 34},
      {"3-2-17", 25}, {"3-2-18", 9}, {"3-2-2", 79}, {"3-2-2a", 17}, {"3-2-2b", 65}, {"3-2-3", 114},
      {"3-2-4", 122}, {"3-2-5", 104}, {"3-2-6", 101}, {"3-2-7", 74}, {"3-2-7a", 8}, {"3-2-7b", 22},
      {"3-2-7c", 56}, {"3-2-8", 119}, {"3-2-9", 118}, {"3-2", 126}, {"3-3", 190}, {"3-4", 54},
      {"3-5", 75}, {"3-6", 181}, {"3-7", 50}, {"3-8", 70}, {"3-9", 44}, {"4-1", 147}, {"4-10", 87},
      {"4-11-a", 143}, {"4-11-b", 173}, {"4-11-c", 178}, {"4-11-d", 51}, {"4-11", 196},
      {"4-12", 84}, {"4-13", 66}, {"4-14", 24}, {"4-15-a", 116}, {"4-15", 182}, {"4-16", 99},
      {"4-2-a", 45}, {"4-2", 182}, {"4-3-a", 46}, {"4-3", 169}, {"4-4", 175}, {"4-5", 121},
      {"4-6", 55}, {"4-7", 110}, {"4-8-a", 69}, {"4-8-b", 119}, {"4-8", 190}, {"4-9-a", 30},
      {"4-9-b", 95}, {"4-9", 166}};
  for (const auto& [treaty, participants] : tables) {
    files.push_back({absl::StrCat("treaties/untc_2015/", treaty, ".csv"), "untc", participants,
                     RulesName::kUntc});
  }
  files.push_back({"treaties/untc_index_2015.csv", "untc-index", 401, RulesName::kUntcIndex});
}

void AddSipri(std::vector<PublishedFile>& files) {
  const std::string folder = "transfers/sipri_";
  const std::tuple<const char*, size_t, const char*> registers[] = {
      {"2024-03-18", 29'056, "2024-03-18 18:13:50"},
      {"2025-03-13", 29'515, "2025-03-13 10:02:49"},
      {"2025-10-23", 28'348, "2025-10-23 17:22:49"}};
  for (const auto& [date, deals, stamp] : registers) {
    files.push_back({absl::StrCat(folder, "register_16col_", date, ".csv"), "sipri-register", deals,
                     RulesName::kSipriRegister, stamp});
  }
  files.push_back({folder + "register_16col_mideast_excel_mangled.csv", "sipri-register", 5'946,
                   RulesName::kSipriRegisterPadded});
  for (const auto& [category, deals] :
       {std::pair{"air_defence", 713}, {"missiles", 4'565}, {"satellites", 10}}) {
    files.push_back({absl::StrCat(folder, "register_rtf_", category, "_1950-2022_2024-02-18.rtf"),
                     "sipri-register-rtf", static_cast<size_t>(deals), RulesName::kSipriRtf,
                     "2024-02-18"});
  }
  files.push_back({folder + "api_orders_supplier_russia_2024.json", "sipri-orders", 1'213,
                   RulesName::kSipriOrders});
}

}  // namespace

std::vector<PublishedFile> PublishedFiles() {
  std::vector<PublishedFile> files;
  AddOfac(files);
  AddSipri(files);
  AddUn(files);
  AddEu(files);
  AddUntc(files);
  files.push_back({"sanctions/uk_ofsi_sanctionsconlist_2014-04-02.csv", "uk-ofsi", 2'297,
                   RulesName::kUkCsv, "2014-04-02"});
  files.push_back({"sanctions/uk_ofsi_sanctionsconlist_2018-04-13.csv", "uk-ofsi", 2'106,
                   RulesName::kUkCsv, "2018-04-13"});
  files.push_back({"sanctions/uk_ofsi_conlist_2025-04-10.xlsx", "uk-ofsi", 4'686,
                   RulesName::kUkWorkbook, "2025-04-10"});
  files.push_back({"sanctions/ca_sema_2020-04-15.xml", "ca-sema", 1'369, RulesName::kCaSema});
  files.push_back({"sanctions/ca_sema_2025-05-25.xml", "ca-sema", 4'759, RulesName::kCaSema});
  files.push_back({"sanctions/us_bis_dpl_2019-06-29.txt", "us-bis-dpl", 415, RulesName::kBisDpl});
  files.push_back({"sanctions/us_bis_dpl_2021-07-07.txt", "us-bis-dpl", 459, RulesName::kBisDpl});
  files.push_back({"sanctions/us_csl_excerpt_2019-12-03.csv", "us-csl", 110, RulesName::kUsCsl});
  files.push_back({"treaties/atop_4.01_alliance_level.csv", "atop-alliances", 745,
                   RulesName::kAtopAlliances});
  files.push_back(
      {"treaties/atop_4.01_member_level.csv", "atop", 2'398, RulesName::kAtopMembers});
  files.push_back({"treaties/cow_alliances_4.1_directed_dyads.csv", "cow-alliances", 3'252,
                   RulesName::kCowAlliances});
  files.push_back({"treaties/desta_agreements.csv", "desta", 1'217, RulesName::kDesta});
  files.push_back({"treaties/gsdb_v4_cases.csv", "gsdb", 1'547, RulesName::kGsdb});
  return files;
}

void PrintTo(const PublishedFile& file, std::ostream* out) { *out << file.name; }

}  // namespace dossier
