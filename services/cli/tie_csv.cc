#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/tie_page.h"
#include "services/cli/treaty_words.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

// What a row says beside where it stands.
struct Fact {
  std::string family, from, toward, via, subject, stands, since, until, detail;
};

class TieRows {
 public:
  TieRows(std::ostream& out, const v1::Tie& tie) : out_(out), tie_(tie) {}

  void PrintAll() {
    for (const v1::SourceTie& source : tie_.source()) {
      source_ = source.source();
      for (const v1::TreatyTie& treaty : source.treaty()) Row(treaty);
      if (source.has_a_to_b()) Rows(tie_.a(), tie_.b(), source.a_to_b());
      if (source.has_b_to_a()) Rows(tie_.b(), tie_.a(), source.b_to_a());
      for (const v1::SanctionTie& sanction : source.sanction()) Row(sanction);
      for (const v1::DeploymentTie& deployment : source.deployment()) Row(deployment);
      for (const v1::IndicatorTie& indicator : source.indicator()) Row(indicator);
      for (const v1::DealingTie& dealing : source.dealing()) Row(dealing);
    }
    for (const v1::SharedMembership& shared : tie_.shared()) Row(shared);
  }

 private:
  void Row(const Fact& fact, const v1::Ground& ground) {
    const uint32_t line = ground.locator().line();
    PrintCsvRow(out_,
                {tie_.a().id(), tie_.b().id(), source_, fact.family, fact.from, fact.toward,
                 fact.via, fact.subject, fact.stands, fact.since, fact.until, fact.detail,
                 ground.record(), PrintPublishStamp(ground.stamp()),
                 Words(v1::Basis_Name(ground.stamp().basis()), "BASIS_"),
                 ground.locator().file_name(), line == 0 ? "" : absl::StrCat(line),
                 ground.sequence() == 0 ? "" : absl::StrCat(ground.sequence())});
  }

  // A treaty or membership rests on several statements: the row names the first.
  template <typename Grounds>
  void RowOfSeveral(const Fact& fact, const Grounds& grounds) {
    Row(fact, grounds.empty() ? v1::Ground() : grounds[0]);
  }

  void Row(const v1::TreatyTie& treaty) {
    RowOfSeveral({.family = "treaty",
                  .from = "",
                  .toward = "",
                  .via = "",
                  .subject = TreatyName(treaty.treaty()),
                  .stands = StandingWords(treaty.on()),
                  .since = PrintDate(treaty.on().since_date()),
                  .until = PrintDate(treaty.on().until_date()),
                  .detail = OwesWords(treaty, tie_.a().id(), tie_.b().id())},
                 treaty.ground());
  }

  void Rows(const v1::ActorRef& from, const v1::ActorRef& to, const v1::TransferTie& transfers) {
    const v1::TradeSummary& trade = transfers.summary();
    Fact fact;
    fact.from = from.id();
    fact.toward = to.id();
    fact.family = "transfers";
    fact.subject = "all";
    fact.detail = TotalWords(trade.total());
    Row(fact, {});
    if (trade.last_five_years_to() != 0) {
      fact.subject = "last five years";
      fact.since = absl::StrCat(trade.last_five_years_from());
      fact.until = absl::StrCat(trade.last_five_years_to());
      fact.detail = TotalWords(trade.last_five_years());
      Row(fact, {});
    }
    for (const v1::YearMeasures& year : trade.year()) {
      fact.subject = "year";
      fact.since = year.year() == 0 ? "" : absl::StrCat(year.year());
      fact.until = year.year_to() == 0 ? fact.since : absl::StrCat(year.year_to());
      fact.detail = TotalWords(year.measures());
      Row(fact, {});
    }
    for (const v1::TransferRecord& order : transfers.open_order()) {
      v1::Ground ground;
      ground.set_record(order.record());
      ground.set_sequence(order.sequence());
      *ground.mutable_stamp() = order.stamp();
      *ground.mutable_locator() = order.locator();
      Row({.family = "open order",
           .from = from.id(),
           .toward = to.id(),
           .via = "",
           .subject = order.transfer().designation(),
           .stands = Words(v1::Stage_Name(order.stage()), "STAGE_"),
           .since = PrintDate(order.transfer().order_date()),
           .until = "",
           .detail = Words(v1::Disruption_Name(order.transfer().disruption()), "DISRUPTION_")},
          ground);
    }
  }

  static std::string TotalWords(const v1::Measures& measures) {
    return absl::StrCat("TIV ", TivForPrograms(measures.tiv_thousandths()), ", deals ",
                        measures.deals(), ", units ", measures.units());
  }

  void Row(const v1::SanctionTie& sanction) {
    const v1::SanctionEntry& entry = sanction.entry();
    RowOfSeveral({.family = "sanction",
                  .from = sanction.sender().id(),
                  .toward = sanction.target().id(),
                  .via = sanction.via().id(),
                  .subject = entry.list(),
                  .stands = Words(v1::InForce_Name(entry.in_force()), "IN_FORCE_"),
                  .since = PrintDate(entry.window().from().latest_date()),
                  .until = PrintDate(entry.window().to().latest_date()),
                  .detail = MeasureWords(entry.sanction())},
                 entry.ground());
  }

  void Row(const v1::DeploymentTie& tie) {
    const v1::Deployment& deployment = tie.deployment();
    Row({.family = "deployment",
         .from = deployment.sender().id(),
         .toward = deployment.supported().id(),
         .via = "",
         .subject = deployment.description(),
         .stands = Words(v1::InForce_Name(tie.in_force()), "IN_FORCE_"),
         .since = PrintDate(deployment.from_date()),
         .until = PrintDate(deployment.to_date()),
         .detail = DeploymentWords(deployment)},
        tie.ground());
  }

  void Row(const v1::IndicatorTie& tie) {
    const v1::Indicator& indicator = tie.indicator();
    Row({.family = "indicator",
         .from = indicator.actor().id(),
         .toward = indicator.on().id(),
         .via = "",
         .subject = indicator.name(),
         .stands = Words(v1::InForce_Name(tie.in_force()), "IN_FORCE_"),
         .since = PrintDate(indicator.from_date()),
         .until = PrintDate(indicator.to_date()),
         .detail = IndicatorWords(indicator)},
        tie.ground());
  }

  void Row(const v1::DealingTie& tie) {
    const v1::Dealing& dealing = tie.dealing();
    Row({.family = "dealing",
         .from = dealing.actor().id(),
         .toward = dealing.toward().id(),
         .via = "",
         .subject = DealingKindWords(dealing.kind()),
         .stands = Words(v1::InForce_Name(tie.in_force()), "IN_FORCE_"),
         .since = PrintDate(dealing.from_date()),
         .until = PrintDate(dealing.to_date()),
         .detail = dealing.description()},
        tie.ground());
  }

  void Row(const v1::SharedMembership& shared) {
    source_ = shared.source();
    Fact fact;
    fact.family = "shared membership";
    fact.subject = shared.organisation().id();
    fact.detail = absl::StrCat(MembershipWords(shared.a()), "; ", MembershipWords(shared.b()));
    RowOfSeveral(fact, shared.ground());
  }

  std::ostream& out_;
  const v1::Tie& tie_;
  std::string source_;
};

}  // namespace

void PrintTieCsv(std::ostream& out, const v1::GetTieResponse& response) {
  PrintCsvRow(out, {"a", "b", "source", "family", "from", "toward", "via", "subject", "stands",
                    "since", "until", "detail", "record", "published", "basis", "file", "line",
                    "sequence"});
  TieRows(out, response.tie()).PrintAll();
}

}  // namespace dossier
