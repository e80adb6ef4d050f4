#include "services/model/transfers.h"

#include <algorithm>
#include <vector>

#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/open_orders.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"
#include "services/cli/table.h"
#include "services/cli/transfer_cells.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

constexpr int kPageMax = 1'000;

struct TransfersFlags {
  ReadFlags read;
  std::string source;
  std::vector<std::string> supplier, recipient, actor, category, stage;
  int from = 0;
  int to = 0;
  std::string text;
  bool open = false;
  int limit = 100;
  bool all = false;
};

v1::TransferFilter FilterOf(const TransfersFlags& flags) {
  v1::TransferFilter filter;
  filter.set_source(flags.source);
  filter.mutable_supplier()->Assign(flags.supplier.begin(), flags.supplier.end());
  filter.mutable_recipient()->Assign(flags.recipient.begin(), flags.recipient.end());
  filter.mutable_actor()->Assign(flags.actor.begin(), flags.actor.end());
  filter.mutable_category()->Assign(flags.category.begin(), flags.category.end());
  filter.set_year_from(flags.from);
  filter.set_year_to(flags.to);
  for (const std::string& stage : flags.stage) {
    filter.add_stage(stage == "ordered"  ? v1::STAGE_ORDERED
                     : stage == "partly" ? v1::STAGE_PARTLY_DELIVERED
                                         : v1::STAGE_DELIVERED);
  }
  if (flags.open) {
    filter.add_stage(v1::STAGE_ORDERED);
    filter.add_stage(v1::STAGE_PARTLY_DELIVERED);
  }
  filter.set_text(flags.text);
  return filter;
}

Table NewTable() {
  return Table({{"supplier", Table::kShrinks},
                {"recipient", Table::kShrinks},
                {"designation", Table::kShrinks},
                {"description", Table::kShrinks | Table::kOptional},
                {"order", Table::kText},
                {"of", Table::kNumber},
                {"units", Table::kNumber},
                {"delivered", Table::kShrinks},
                {"TIV", Table::kNumber},
                {"stage", Table::kOptional},
                {"record", Table::kShrinks | Table::kOptional}});
}

void AddToTable(const v1::TransferRecord& record, Table* table) {
  const v1::Transfer& transfer = record.transfer();
  table->AddRow({transfer.supplier().printed_name(), transfer.recipient().printed_name(),
                 transfer.designation(), transfer.description(),
                 OrderDateCell(transfer, true), OrderedCell(transfer, true),
                 DeliveredCell(transfer, true), DeliveryYearsCell(transfer, true),
                 transfer.has_tiv_delivered_thousandths()
                     ? TivForPrograms(transfer.tiv_delivered_thousandths())
                     : "",
                 StageCell(record.stage()), record.source() + " " + record.record()});
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
                    "category",
                    "order_date",
                    "order_year_estimated",
                    "number_ordered",
                    "number_ordered_estimated",
                    "units",
                    "number_estimated",
                    "delivery_years",
                    "year_estimated",
                    "tiv_delivered",
                    "stage",
                    "published",
                    "basis",
                    "edition",
                    "file",
                    "line",
                    "sequence",
                    "cause",
                    "adapter_version"});
}

void PrintCsv(std::ostream& out, const v1::TransferRecord& record) {
  const v1::Transfer& transfer = record.transfer();
  PrintCsvRow(out, {record.source(),
                    record.record(),
                    transfer.supplier().id(),
                    transfer.supplier().printed_name(),
                    transfer.recipient().id(),
                    transfer.recipient().printed_name(),
                    transfer.designation(),
                    transfer.description(),
                    transfer.category(),
                    OrderDateCell(transfer, false),
                    YesOrNo(transfer.order_date_is_estimate()),
                    OrderedCell(transfer, false),
                    YesOrNo(transfer.number_ordered_is_estimate()),
                    DeliveredCell(transfer, false),
                    YesOrNo(AnyNumberIsEstimate(transfer)),
                    DeliveryYearsCell(transfer, false),
                    YesOrNo(AnyYearIsEstimate(transfer)),
                    transfer.has_tiv_delivered_thousandths()
                        ? PrintTiv(transfer.tiv_delivered_thousandths())
                        : "",
                    StageCell(record.stage()),
                    PrintPublishStamp(record.stamp()),
                    Words(v1::Basis_Name(record.stamp().basis()), "BASIS_"),
                    Hex(record.edition_id()),
                    record.locator().file_name(),
                    record.locator().line() == 0 ? "" : std::to_string(record.locator().line()),
                    std::to_string(record.sequence()),
                    Words(v1::Cause_Name(record.cause()), "CAUSE_"),
                    record.adapter_version() == 0 ? ""
                                                  : std::to_string(record.adapter_version())});
}

// The pages of one answer, one after the other, up to the limit.
class Listing {
 public:
  Listing(const Session& session, const TransfersFlags& flags) : session_(session), flags_(flags) {}

  absl::Status Follow(v1::QueryService::Stub& query) {
    v1::ListTransfersRequest request;
    *request.mutable_read_at() = ReadAtOf(flags_.read);
    *request.mutable_filter() = FilterOf(flags_);
    if (session_.format() == OutputFormat::kCsv && !flags_.open) PrintCsvHeading(session_.out());
    do {
      const int left = flags_.all ? kPageMax : std::min(kPageMax, flags_.limit - listed_);
      request.set_page_size(left);
      const auto page = Ask(session_, query, &v1::QueryService::Stub::ListTransfers, request);
      if (!page.ok()) return page.status();
      Take(*page);
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty() && (flags_.all || listed_ < flags_.limit));
    more_ = !request.page_token().empty();
    if (flags_.open && session_.format() != OutputFormat::kJson) {
      return PrintOpenOrders(session_, query, open_, answered_at_, more_);
    }
    if (session_.format() == OutputFormat::kTable) PrintTable(query);
    return absl::OkStatus();
  }

 private:
  void Take(const v1::ListTransfersResponse& page) {
    answered_at_ = page.answered_at();
    listed_ += page.transfer_size();
    if (session_.format() == OutputFormat::kJson) {
      session_.PrintJson(page);
      return;
    }
    for (const v1::TransferRecord& record : page.transfer()) {
      if (flags_.open) {
        open_.push_back(record);
      } else if (session_.format() == OutputFormat::kCsv) {
        PrintCsv(session_.out(), record);
      } else {
        AddToTable(record, &table_);
      }
    }
  }

  void PrintTable(v1::QueryService::Stub& query) const {
    std::ostream& out = session_.out();
    if (table_.empty()) {
      out << "No transfer in what was loaded fits.\n";
    } else {
      table_.Print(out, session_.width());
      out << '\n' << Counted(listed_, "record", "records");
      if (more_) out << "; there are more: --limit N or --all";
      out << ". \"?\": an estimate. TIV in millions.\n";
    }
    PrintStandingWithSources(session_, query, answered_at_, flags_.source);
  }

  const Session& session_;
  const TransfersFlags& flags_;
  Table table_ = NewTable();
  std::vector<v1::TransferRecord> open_;  // kept, since their editions are asked for at the end
  v1::AnsweredAt answered_at_;
  int listed_ = 0;
  bool more_ = false;
};

int Transfers(Session& session, const TransfersFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  const absl::Status status = Listing(session, flags).Follow(*query);
  return status.ok() ? kDone : session.Fail("transfers", status);
}

}  // namespace

void AddTransfers(Program& program) {
  auto flags = std::make_shared<TransfersFlags>();
  CLI::App& command = AddCommand(
      program, "transfers", "List transfers, record by record",
      "  dossier --data ./data transfers --supplier France --recipient Egypt\n"
      "  dossier --data ./data transfers --actor RUS --stage ordered --known-by 2023 --all --csv\n"
      "  dossier --data ./data transfers --open --supplier Russia --source sipri-register",
      flags, &Transfers);
  command.add_option("--supplier", flags->supplier, "Id, code or name; any of them");
  command.add_option("--recipient", flags->recipient, "Id, code or name; any of them");
  command.add_option("--actor", flags->actor, "On either side");
  command.add_option("--category", flags->category, "As printed, case ignored");
  command.add_option("--from", flags->from, "First delivery year")->check(CLI::Range(1, 9999));
  command.add_option("--to", flags->to, "Last delivery year")->check(CLI::Range(1, 9999));
  CLI::Option* stage = command.add_option("--stage", flags->stage, "ordered, partly or delivered")
                           ->check(CLI::IsMember({"ordered", "partly", "delivered"}));
  command
      .add_flag("--open", flags->open,
                "Open orders as reported: what is outstanding, and who was last to report it")
      ->excludes(stage);
  command.add_option("--text", flags->text, "Within the designation or description");
  command.add_option("--source", flags->source, "Only of this source");
  CLI::Option* limit = command.add_option("--limit", flags->limit, "Records at most")
                           ->check(CLI::PositiveNumber)
                           ->capture_default_str();
  command.add_flag("--all", flags->all, "All of them")->excludes(limit);
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
