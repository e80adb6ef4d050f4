#include "tests/query/list_fixture.h"

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

std::string Cut(const std::string& field, const std::string& date) {
  return absl::StrCat("read_at { cut { ", field, " { ", ParseDate(date)->ShortDebugString(),
                      " } } } ");
}

}  // namespace

std::string EntryText(const std::string& id, const std::string& name, const std::string& more) {
  return absl::StrCat("sanction { part: SANCTION_PART_ENTRY target { id: '", id,
                      "' printed_name: '", name, "' } name { whole: '", name,
                      "' kind: NAME_KIND_PRIMARY } ", more, " }");
}

std::string PartText(const std::string& part, const std::string& id, const std::string& more) {
  return absl::StrCat("sanction { part: SANCTION_PART_", part, " target { id: '", id, "' } ", more,
                      " }");
}

Said Listed(const std::string& record, const std::string& present) {
  return {.record = record, .transfer = "", .is_void = false, .present = present};
}

Said Gone(const std::string& record) { return {.record = record, .transfer = ""}; }

std::vector<std::string> ListFixture::AllRecords(const std::string& request) {
  std::vector<std::string> records;
  std::string token;
  for (int pages = 0; pages < 1'000; ++pages) {
    const auto page = Entries(absl::StrCat(request, " page_token: '", token, "'"));
    for (const v1::SanctionEntry& entry : page.entry()) records.push_back(entry.record());
    token = page.next_page_token();
    if (token.empty()) break;
  }
  return records;
}

std::string KnownBy(const std::string& date) { return Cut("known_by_date", date); }
std::string EffectiveOn(const std::string& date) { return Cut("effective_date", date); }

}  // namespace dossier
