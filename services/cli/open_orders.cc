#include "services/cli/open_orders.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "services/cli/csv.h"
#include "services/cli/editions.h"
#include "services/cli/numbers.h"
#include "services/cli/open_order.h"
#include "services/cli/standing.h"
#include "services/cli/table.h"
#include "services/cli/text.h"
#include "services/cli/transfer_cells.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "services/model/scope.h"

namespace dossier {
namespace {

constexpr char kOutsideMark[] = "*";

// The live editions of each source that has records listed, oldest first.
using Editions = std::map<std::string, std::vector<v1::Edition>>;

std::string DisruptionWords(const v1::Transfer& transfer) {
  return Words(v1::Disruption_Name(transfer.disruption()), "DISRUPTION_");
}

// "12? of 24".
std::string DeliveredOfOrdered(const OpenOrder& order) {
  const v1::Transfer& transfer = order.record.transfer();
  std::string text = order.delivered.has_value() ? Grouped(*order.delivered) : "";
  if (order.delivered.value_or(0) != 0 && AnyNumberIsEstimate(transfer)) text += "?";
  const std::string ordered = OrderedCell(transfer, true);
  if (!ordered.empty()) text += (text.empty() ? "of " : " of ") + ordered;
  return text;
}

std::string OutstandingCell(const OpenOrder& order) {
  const std::string disruption = DisruptionWords(order.record.transfer());
  if (order.record.transfer().disruption() == v1::DISRUPTION_CANCELLED) return disruption;
  std::string text = order.outstanding.has_value() ? Grouped(*order.outstanding) : "";
  if (!text.empty() && order.IsEstimate()) text += "?";
  if (!disruption.empty()) text += (text.empty() ? "" : ", ") + disruption;
  return text;
}

// The line first, so that it stays where a narrow table cuts the cell.
std::string LineAndFile(const v1::Locator& locator) {
  if (locator.line() == 0) return locator.file_name();
  return std::to_string(locator.line()) + " of " + locator.file_name();
}

Table NewTable() {
  return Table({{"supplier", Table::kShrinks},
                {"recipient", Table::kShrinks},
                {"designation", Table::kShrinks},
                {"order", Table::kText},
                {"delivered", Table::kNumber},
                {"open", Table::kNumber},
                {"last", Table::kText},
                {"reported by", Table::kText},
                {"line", Table::kShrinks},
                {"comment", Table::kShrinks | Table::kOptional}});
}

void AddToTable(const OpenOrder& order, Table* table) {
  const v1::Transfer& transfer = order.record.transfer();
  std::string last = PrintYears(order.last_delivery_year, order.last_delivery_year);
  if (order.last_year_is_estimate) last += "?";
  table->AddRow({transfer.supplier().printed_name(), transfer.recipient().printed_name(),
                 transfer.designation(), OrderDateCell(transfer, true), DeliveredOfOrdered(order),
                 OutstandingCell(order), last,
                 PrintPublishStamp(order.last_reported).substr(0, 10) +
                     (order.outside_newest ? kOutsideMark : ""),
                 LineAndFile(order.record.locator()), transfer.comment()});
}

void PrintCsvHeading(std::ostream& out) {
  PrintCsvRow(out, {"source",
                    "record",
                    "supplier",
                    "supplier_name",
                    "recipient",
                    "recipient_name",
                    "designation",
                    "description",
                    "order_date",
                    "order_year_estimated",
                    "number_ordered",
                    "number_ordered_estimated",
                    "delivered",
                    "delivered_estimated",
                    "outstanding",
                    "last_delivery_year",
                    "last_year_estimated",
                    "stage",
                    "disruption",
                    "published",
                    "edition",
                    "file",
                    "line",
                    "last_reported",
                    "outside_newest_scope",
                    "comment"});
}

void PrintCsv(std::ostream& out, const OpenOrder& order) {
  const v1::TransferRecord& record = order.record;
  const v1::Transfer& transfer = record.transfer();
  const auto number = [](const std::optional<int64_t>& value) {
    return value.has_value() ? std::to_string(*value) : "";
  };
  PrintCsvRow(out, {record.source(),
                    record.record(),
                    transfer.supplier().id(),
                    transfer.supplier().printed_name(),
                    transfer.recipient().id(),
                    transfer.recipient().printed_name(),
                    transfer.designation(),
                    transfer.description(),
                    OrderDateCell(transfer, false),
                    YesOrNo(transfer.order_date_is_estimate()),
                    OrderedCell(transfer, false),
                    YesOrNo(transfer.number_ordered_is_estimate()),
                    number(order.delivered),
                    YesOrNo(AnyNumberIsEstimate(transfer)),
                    number(order.outstanding),
                    PrintYears(order.last_delivery_year, order.last_delivery_year),
                    YesOrNo(order.last_year_is_estimate),
                    StageCell(record.stage()),
                    DisruptionWords(transfer),
                    PrintPublishStamp(record.stamp()),
                    Hex(record.edition_id()),
                    record.locator().file_name(),
                    record.locator().line() == 0 ? "" : std::to_string(record.locator().line()),
                    PrintPublishStamp(order.last_reported),
                    YesOrNo(order.outside_newest),
                    transfer.comment()});
}

class OpenOrdersPage {
 public:
  OpenOrdersPage(const Session& session, const Editions& editions)
      : session_(session), editions_(editions) {}

  // A source's records, from `first` to `end`.
  void PrintSource(const v1::TransferRecord* first, const v1::TransferRecord* end) {
    const std::string& source = first->source();
    const std::vector<v1::Edition>& live = editions_.at(source);
    Table table = NewTable();
    int outside = 0;
    for (const v1::TransferRecord* record = first; record != end; ++record) {
      const OpenOrder order(*record, live);
      outside += order.outside_newest ? 1 : 0;
      AddToTable(order, &table);
    }
    session_.out() << Printable(source) << ": " << Counted(end - first, "open order", "open orders")
                   << '\n';
    table.Print(session_.out(), session_.width());
    if (outside > 0) PrintOutside(live.back().loaded(), outside);
    session_.out() << '\n';
  }

  // Of every source of transfers that there is, what an open order in it can be.
  void PrintWhatTheyCanSay(const std::vector<v1::Source>& sources) {
    for (const v1::Source& source : sources) {
      const OrderFacts* facts = OrderFactsOf(source.id());
      if (facts == nullptr && !editions_.contains(source.id())) continue;
      std::string text = source.id() + ": ";
      text += facts != nullptr ? facts->words : "as it was reported";
      if (source.has_newest_edition()) {
        text += ". Scope of its newest edition: " +
                PrintScopeBriefly(source.newest_edition().loaded().scope());
      }
      PrintText(text + ".");
    }
  }

  void PrintText(const std::string& text) {
    for (const std::string& line :
         Wrap(Printable(text), session_.width() > 0 ? session_.width() : 100)) {
      session_.out() << line << '\n';
    }
  }

 private:
  void PrintOutside(const v1::EditionLoaded& newest, int outside) {
    PrintText(std::string(kOutsideMark) + " " + Counted(outside, "order is", "orders are") +
              " outside the scope of the newest edition, " + PrintStamp(newest.stamp()) + " (" +
              PrintScopeBriefly(newest.scope()) +
              "), and not withdrawn: last reported by the edition of the day shown.");
  }

  const Session& session_;
  const Editions& editions_;
};

absl::StatusOr<Editions> EditionsOf(const Session& session, v1::QueryService::Stub& query,
                                    const std::vector<v1::TransferRecord>& records,
                                    const v1::AnsweredAt& answered_at) {
  Editions editions;
  for (const v1::TransferRecord& record : records) {
    if (editions.contains(record.source())) continue;
    auto live = LiveEditionsAt(session, query, answered_at, record.source());
    if (!live.ok()) return live.status();
    editions[record.source()] = *std::move(live);
  }
  return editions;
}

}  // namespace

absl::Status PrintOpenOrders(const Session& session, v1::QueryService::Stub& query,
                             const std::vector<v1::TransferRecord>& records,
                             const v1::AnsweredAt& answered_at, bool more) {
  const auto editions = EditionsOf(session, query, records, answered_at);
  if (!editions.ok()) return editions.status();
  if (session.format() == OutputFormat::kCsv) {
    PrintCsvHeading(session.out());
    for (const v1::TransferRecord& record : records) {
      PrintCsv(session.out(), OpenOrder(record, editions->at(record.source())));
    }
    return absl::OkStatus();
  }
  OpenOrdersPage page(session, *editions);
  if (records.empty()) session.out() << "No open order in what was loaded fits.\n\n";
  for (auto first = records.begin(); first != records.end();) {
    const auto end = std::find_if(first, records.end(), [&](const v1::TransferRecord& record) {
      return record.source() != first->source();
    });
    page.PrintSource(&*first, &*first + (end - first));
    first = end;
  }
  if (more) page.PrintText("There are more: --limit N or --all.");
  page.PrintText(
      "\"?\": an estimate. Delivered and open only where the source gives the numbers. Nothing is "
      "added across sources.");
  auto sources = SourcesAt(session, query, answered_at);
  if (!sources.ok()) return sources.status();
  page.PrintWhatTheyCanSay(*sources);
  PrintStanding(session, answered_at);
  return absl::OkStatus();
}

}  // namespace dossier
