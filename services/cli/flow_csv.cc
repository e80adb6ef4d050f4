#include "services/cli/flow_csv.h"

#include <string>
#include <vector>

#include "services/cli/csv.h"
#include "services/cli/numbers.h"

namespace dossier {
namespace {

std::string Share(const v1::FlowRow& row) {
  if (!row.has_share_millionths()) return "";
  const int64_t share = row.share_millionths();
  std::string digits = std::to_string(share);
  if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
  return digits.insert(digits.size() - 6, ".");
}

void AddActor(const v1::ActorRef& actor, std::vector<std::string>* fields) {
  fields->push_back(actor.id());
  fields->push_back(actor.printed_name());
}

}  // namespace

void PrintFlowsCsv(std::ostream& out, v1::FlowGrouping grouping, bool full,
                   const v1::GetFlowsResponse& flows) {
  const bool by_supplier = grouping != v1::FLOW_GROUPING_RECIPIENT;
  const bool by_recipient = grouping != v1::FLOW_GROUPING_SUPPLIER;
  std::vector<std::string> fields;
  if (by_supplier) fields.insert(fields.end(), {"supplier", "supplier_name"});
  if (by_recipient) fields.insert(fields.end(), {"recipient", "recipient_name"});
  fields.insert(fields.end(), {"year", "tiv"});
  if (full) fields.insert(fields.end(), {"share", "units", "deals", "records", "tiv_estimated"});
  PrintCsvRow(out, fields);
  for (const v1::FlowRow& row : flows.row()) {
    const v1::Measures& measures = row.measures();
    fields.clear();
    if (by_supplier) AddActor(row.supplier(), &fields);
    if (by_recipient) AddActor(row.recipient(), &fields);
    fields.push_back(PrintYears(row.year_from(), row.year_to()));
    fields.push_back(TivForPrograms(measures.tiv_thousandths()));
    if (full) {
      fields.insert(fields.end(),
                    {Share(row), std::to_string(measures.units()), std::to_string(measures.deals()),
                     std::to_string(measures.records()),
                     TivForPrograms(measures.tiv_estimated_thousandths())});
    }
    PrintCsvRow(out, fields);
  }
}

}  // namespace dossier
