// The published files: how many records each has, by hand (the folder's README counts rows; here an
// entry's rows are one record), and the publish time that it states.
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

}  // namespace

std::vector<PublishedFile> PublishedFiles() {
  std::vector<PublishedFile> files;
  AddOfac(files);
  AddUn(files);
  AddEu(files);
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
  files.push_back({"treaties/gsdb_v4_cases.csv", "gsdb", 1'547, RulesName::kGsdb});
  return files;
}

void PrintTo(const PublishedFile& file, std::ostream* out) { *out << file.name; }

}  // namespace dossier
