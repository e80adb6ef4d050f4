#include <string>
#include <vector>

#include "services/cli/csv.h"
#include "services/cli/dossier_page.h"
#include "services/cli/numbers.h"

namespace dossier {
namespace {

// What a row is of, and its figures.
struct Figure {
  std::string of;
  std::string key;
  std::string name;
  int year_from = 0;
  int year_to = 0;
};

class TradeRows {
 public:
  TradeRows(std::ostream& out, std::vector<std::string> head) : out_(out), head_(std::move(head)) {}

  void Print(const v1::TradeSummary& trade) {
    Row({"total", "", "", 0, 0}, trade.total());
    if (trade.last_five_years_to() != 0) {
      Row({"last_five_years", "", "", trade.last_five_years_from(), trade.last_five_years_to()},
          trade.last_five_years());
    }
    for (const v1::PartnerMeasures& partner : trade.partner()) {
      Row({"partner", partner.partner().id(), partner.partner().printed_name(),
           partner.first_year(), partner.last_year()},
          partner.measures());
    }
    for (const v1::CategoryMeasures& category : trade.category()) {
      Row({"category", category.category(), category.category(), 0, 0}, category.measures());
    }
    for (const v1::YearMeasures& year : trade.year()) {
      const int to = year.year_to() == 0 ? year.year() : year.year_to();
      Row({"year", PrintYears(year.year(), to), "", year.year(), to}, year.measures());
    }
  }

 private:
  void Row(const Figure& figure, const v1::Measures& measures) {
    const auto year = [](int value) { return value == 0 ? "" : std::to_string(value); };
    std::vector<std::string> fields = head_;
    fields.insert(
        fields.end(),
        {figure.of, figure.key, figure.name, year(figure.year_from), year(figure.year_to),
         TivForPrograms(measures.tiv_thousandths()),
         TivForPrograms(measures.tiv_estimated_thousandths()), std::to_string(measures.records()),
         std::to_string(measures.deals()), std::to_string(measures.units())});
    PrintCsvRow(out_, fields);
  }

  std::ostream& out_;
  const std::vector<std::string> head_;
};

// How many there are of something, as records.
void PrintCountRow(std::ostream& out, std::vector<std::string> head, const std::string& of,
                   const std::string& key, uint64_t count) {
  if (count == 0) return;
  head.insert(head.end(), {of, key, "", "", "", "", "", std::to_string(count), "", ""});
  PrintCsvRow(out, head);
}

void PrintBondRows(std::ostream& out, const std::vector<std::string>& head,
                   const v1::SourceDossier& source) {
  for (const v1::StandingCount& count : source.treaty()) {
    PrintCountRow(out, head, "treaties", Words(v1::Standing_Name(count.standing()), "STANDING_"),
                  count.count());
  }
  PrintCountRow(out, head, "memberships", "", source.memberships());
  PrintCountRow(out, head, "deployments", "", source.deployments());
  PrintCountRow(out, head, "indicators", "", source.indicators());
  PrintCountRow(out, head, "dealings", "", source.dealings());
}

}  // namespace

void PrintDossierCsv(std::ostream& out, const v1::GetDossierResponse& response) {
  PrintCsvRow(out, {"actor", "source", "side", "of", "key", "name", "year_from", "year_to", "tiv",
                    "tiv_estimated", "records", "deals", "units"});
  for (const v1::Dossier& dossier : response.dossier()) {
    for (const v1::SourceDossier& source : dossier.source()) {
      const std::string& actor = dossier.actor().id();
      PrintCountRow(out, {actor, source.source(), "target"}, "sanctions", "",
                    source.sanctions_on());
      PrintCountRow(out, {actor, source.source(), "sender"}, "sanctions", "",
                    source.sanctions_by());
      PrintBondRows(out, {actor, source.source(), ""}, source);
      if (source.has_as_supplier()) {
        TradeRows(out, {actor, source.source(), "supplier"}).Print(source.as_supplier());
      }
      if (source.has_as_recipient()) {
        TradeRows(out, {actor, source.source(), "recipient"}).Print(source.as_recipient());
      }
    }
  }
}

}  // namespace dossier
