#include "services/model/transfers.h"

#include <algorithm>
#include <vector>

#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/standing.h"
#include "services/cli/table.h"
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
  filter.set_text(flags.text);
  return filter;
}

// "2001, 2005?; 2007": a delivery's years, then the next delivery's; "?" with `mark`: estimates.
std::string DeliveryYears(const v1::Transfer& transfer, bool mark) {
  std::string years;
  for (const v1::Delivery& delivery : transfer.delivery()) {
    if (delivery.year().empty()) continue;
    if (!years.empty()) years += "; ";
    years += PrintYears(delivery.year());
    if (mark && delivery.year_is_estimate()) years += "?";
  }
  return years;
}

bool AnyEstimate(const v1::Transfer& transfer, bool (v1::Delivery::*is_estimate)() const) {
  return std::any_of(
      transfer.delivery().begin(), transfer.delivery().end(),
      [is_estimate](const v1::Delivery& delivery) { return (delivery.*is_estimate)(); });
}

std::string Delivered(const v1::Transfer& transfer, bool mark) {
  int64_t units = 0;
  if (!UnitsOf(transfer, &units)) return "";
  const bool estimate = AnyEstimate(transfer, &v1::Delivery::number_is_estimate);
  return (mark ? Grouped(units) : std::to_string(units)) + (mark && estimate ? "?" : "");
}

std::string Ordered(const v1::Transfer& transfer, bool mark) {
  if (!transfer.has_number_ordered()) return "";
  const std::string number =
      mark ? Grouped(transfer.number_ordered()) : std::to_string(transfer.number_ordered());
  return number + (mark && transfer.number_ordered_is_estimate() ? "?" : "");
}

std::string StageWords(v1::Stage stage) { return Words(v1::Stage_Name(stage), "STAGE_"); }

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
                 PrintDate(transfer.order_date()) + (transfer.order_date_is_estimate() ? "?" : ""),
                 Ordered(transfer, true), Delivered(transfer, true), DeliveryYears(transfer, true),
                 transfer.has_tiv_delivered_thousandths()
                     ? TivForPrograms(transfer.tiv_delivered_thousandths())
                     : "",
                 StageWords(record.stage()), record.source() + " " + record.record()});
}

// Whether the source marks a cell as an estimate; one that it says nothing of is not marked.
std::string YesOrNo(bool estimated) { return estimated ? "yes" : "no"; }

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
                    "sequence"});
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
                    PrintDate(transfer.order_date()),
                    YesOrNo(transfer.order_date_is_estimate()),
                    Ordered(transfer, false),
                    YesOrNo(transfer.number_ordered_is_estimate()),
                    Delivered(transfer, false),
                    YesOrNo(AnyEstimate(transfer, &v1::Delivery::number_is_estimate)),
                    DeliveryYears(transfer, false),
                    YesOrNo(AnyEstimate(transfer, &v1::Delivery::year_is_estimate)),
                    transfer.has_tiv_delivered_thousandths()
                        ? PrintTiv(transfer.tiv_delivered_thousandths())
                        : "",
                    StageWords(record.stage()),
                    PrintPublishStamp(record.stamp()),
                    Words(v1::Basis_Name(record.stamp().basis()), "BASIS_"),
                    Hex(record.edition_id()),
                    record.locator().file_name(),
                    record.locator().line() == 0 ? "" : std::to_string(record.locator().line()),
                    std::to_string(record.sequence())});
}

// The pages of one answer, one after the other, up to the limit.
class Listing {
 public:
  Listing(const Session& session, const TransfersFlags& flags) : session_(session), flags_(flags) {}

  absl::Status Follow(v1::QueryService::Stub& query) {
    v1::ListTransfersRequest request;
    *request.mutable_read_at() = ReadAtOf(flags_.read);
    *request.mutable_filter() = FilterOf(flags_);
    if (session_.format() == OutputFormat::kCsv) PrintCsvHeading(session_.out());
    do {
      const int left = flags_.all ? kPageMax : std::min(kPageMax, flags_.limit - listed_);
      request.set_page_size(left);
      const auto page = Ask(session_, query, &v1::QueryService::Stub::ListTransfers, request);
      if (!page.ok()) return page.status();
      Take(*page);
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty() && (flags_.all || listed_ < flags_.limit));
    more_ = !request.page_token().empty();
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
      if (session_.format() == OutputFormat::kCsv) {
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
      "  dossier --data ./data transfers --actor RUS --stage ordered --known-by 2023 --all --csv",
      flags, &Transfers);
  command.add_option("--supplier", flags->supplier, "Id, code or name; any of them");
  command.add_option("--recipient", flags->recipient, "Id, code or name; any of them");
  command.add_option("--actor", flags->actor, "On either side");
  command.add_option("--category", flags->category, "As printed, case ignored");
  command.add_option("--from", flags->from, "First delivery year")->check(CLI::Range(1, 9999));
  command.add_option("--to", flags->to, "Last delivery year")->check(CLI::Range(1, 9999));
  command.add_option("--stage", flags->stage, "ordered, partly or delivered")
      ->check(CLI::IsMember({"ordered", "partly", "delivered"}));
  command.add_option("--text", flags->text, "Within the designation or description");
  command.add_option("--source", flags->source, "Only of this source");
  CLI::Option* limit = command.add_option("--limit", flags->limit, "Records at most")
                           ->check(CLI::PositiveNumber)
                           ->capture_default_str();
  command.add_flag("--all", flags->all, "All of them")->excludes(limit);
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
