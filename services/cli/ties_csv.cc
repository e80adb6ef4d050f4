#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/ties_page.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

constexpr v1::Standing kStrongestFirst[] = {
    v1::STANDING_IN_FORCE, v1::STANDING_CONSENTED, v1::STANDING_APPLIES, v1::STANDING_SUSPENDED,
    v1::STANDING_SIGNED,   v1::STANDING_NONE,      v1::STANDING_ENDED};

std::string CountOf(const v1::TieCounts& counts, v1::Standing standing) {
  uint64_t count = 0;
  for (const v1::StandingCount& one : counts.treaty()) {
    if (one.standing() == standing) count += one.count();
  }
  return absl::StrCat(count);
}

void AddArms(const v1::Measures& all, const v1::Measures& recent, int64_t open_orders,
             std::vector<std::string>* fields) {
  fields->insert(fields->end(),
                 {TivForPrograms(all.tiv_thousandths()), absl::StrCat(all.deals()),
                  TivForPrograms(recent.tiv_thousandths()), absl::StrCat(open_orders)});
}

}  // namespace

void PrintTiesCsv(std::ostream& out, const v1::GetTiesResponse& response) {
  PrintCsvRow(out, {"a", "b", "source", "in_force", "consented", "applies", "suspended", "signed",
                    "nothing", "ended", "a_owes", "b_owes", "tiv_a_to_b", "deals_a_to_b",
                    "tiv_a_to_b_last_five_years", "open_orders_a_to_b", "tiv_b_to_a",
                    "deals_b_to_a", "tiv_b_to_a_last_five_years", "open_orders_b_to_a",
                    "sanctions_a_on_b", "sanctions_b_on_a", "sanctions_via", "deployments_a_to_b",
                    "deployments_b_to_a", "indicators", "dealings"});
  for (const v1::PairTie& pair : response.pair()) {
    for (const v1::TieCounts& counts : pair.source()) {
      std::vector<std::string> fields = {pair.a().id(), pair.b().id(), counts.source()};
      for (const v1::Standing standing : kStrongestFirst) {
        fields.push_back(CountOf(counts, standing));
      }
      fields.push_back(ObligationWords(counts.a_owes()));
      fields.push_back(ObligationWords(counts.b_owes()));
      AddArms(counts.a_to_b(), counts.a_to_b_last_five_years(), counts.open_orders_a_to_b(),
              &fields);
      AddArms(counts.b_to_a(), counts.b_to_a_last_five_years(), counts.open_orders_b_to_a(),
              &fields);
      for (const int64_t count :
           {counts.sanctions_a_on_b(), counts.sanctions_b_on_a(), counts.sanctions_via(),
            counts.deployments_a_to_b(), counts.deployments_b_to_a(), counts.indicators(),
            counts.dealings()}) {
        fields.push_back(absl::StrCat(count));
      }
      PrintCsvRow(out, fields);
    }
  }
}

void PrintTieChangesCsvHeading(std::ostream& out) {
  PrintCsvRow(out, {"date", "a", "b", "source", "family", "subject", "before", "after",
                    "by_knowledge", "at", "record", "published", "file", "line", "sequence"});
}

void PrintTieChangeCsv(std::ostream& out, const v1::TieChange& change) {
  const auto row = [&](const std::string& at, const v1::Ground& ground) {
    const uint32_t line = ground.locator().line();
    PrintCsvRow(out, {PrintDate(change.date()), change.a().id(), change.b().id(), change.source(),
                      Words(v1::TieFamily_Name(change.family()), "TIE_FAMILY_"), change.subject(),
                      change.before(), change.after(), change.by_knowledge() ? "yes" : "no", at,
                      ground.record(), PrintPublishStamp(ground.stamp()),
                      ground.locator().file_name(), line == 0 ? "" : absl::StrCat(line),
                      ground.sequence() == 0 ? "" : absl::StrCat(ground.sequence())});
  };
  for (const v1::Ground& ground : change.before_ground()) row("before", ground);
  for (const v1::Ground& ground : change.after_ground()) row("after", ground);
  if (change.before_ground().empty() && change.after_ground().empty()) row("", {});
}

}  // namespace dossier
