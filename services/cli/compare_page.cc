#include "services/cli/compare_page.h"

#include <string>

#include "absl/strings/str_join.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/table.h"
#include "services/cli/text.h"
#include "services/model/transfers.h"

namespace dossier {
namespace {

const std::string& NameOf(const v1::ActorRef& actor) {
  return actor.printed_name().empty() ? actor.id() : actor.printed_name();
}

bool SamePair(const v1::ComparedDeal& a, const v1::ComparedDeal& b) {
  return a.supplier().id() == b.supplier().id() && a.recipient().id() == b.recipient().id();
}

std::string StageWords(const v1::SourceDeal& deal) {
  return Words(v1::Stage_Name(deal.stage()), "STAGE_");
}

Table NewTable() {
  return Table({{"order", Table::kText},
                {"designation", Table::kShrinks},
                {"source", Table::kText},
                {"units", Table::kNumber},
                {"ordered", Table::kNumber},
                {"TIV", Table::kNumber},
                {"years", Table::kText},
                {"records", Table::kNumber},
                {"stage", Table::kOptional}});
}

std::string YearOrNone(int year) { return year == 0 ? "" : std::to_string(year); }

// The order year stands on the first line only, and a designation where it is printed otherwise
// than on the line above.
void AddToTable(const v1::ComparedDeal& deal, Table* table) {
  const std::string* above = nullptr;
  for (const v1::SourceDeal& source : deal.source()) {
    const std::string& designation = source.designation();
    table->AddRow(
        {above == nullptr ? YearOrNone(deal.order_year()) : "",
         above == nullptr || *above != designation ? designation : "", source.source(),
         source.has_units_delivered() ? Grouped(source.units_delivered()) : "",
         source.has_number_ordered() ? Grouped(source.number_ordered()) : "",
         source.has_tiv_delivered_thousandths() ? TivForPrograms(source.tiv_delivered_thousandths())
                                                : "",
         PrintYears(source.first_year(), source.last_year()),
         Grouped(static_cast<int64_t>(source.records())), StageWords(source)});
    above = &designation;
  }
}

}  // namespace

void PrintComparedDeals(const Session& session, std::span<const v1::ComparedDeal> deals) {
  for (size_t first = 0; first < deals.size();) {
    Table table = NewTable();
    size_t end = first;
    for (; end < deals.size() && SamePair(deals[first], deals[end]); ++end) {
      AddToTable(deals[end], &table);
    }
    if (first > 0) session.out() << '\n';
    session.out() << Printable(NameOf(deals[first].supplier())) << " to "
                  << Printable(NameOf(deals[first].recipient())) << '\n';
    table.Print(session.out(), session.width());
    first = end;
  }
}

void PrintComparedCsvHeading(std::ostream& out) {
  PrintCsvRow(out, {"supplier", "supplier_name", "recipient", "recipient_name", "order_year",
                    "source", "designation", "units_delivered", "number_ordered", "tiv_delivered",
                    "first_year", "last_year", "stage", "records", "record"});
}

void PrintComparedCsv(std::ostream& out, const v1::ComparedDeal& deal) {
  for (const v1::SourceDeal& source : deal.source()) {
    PrintCsvRow(
        out,
        {deal.supplier().id(), deal.supplier().printed_name(), deal.recipient().id(),
         deal.recipient().printed_name(), YearOrNone(deal.order_year()), source.source(),
         source.designation(),
         source.has_units_delivered() ? std::to_string(source.units_delivered()) : "",
         source.has_number_ordered() ? std::to_string(source.number_ordered()) : "",
         source.has_tiv_delivered_thousandths() ? PrintTiv(source.tiv_delivered_thousandths()) : "",
         YearOrNone(source.first_year()), YearOrNone(source.last_year()), StageWords(source),
         std::to_string(source.records()), absl::StrJoin(source.record(), "; ")});
  }
}

}  // namespace dossier
