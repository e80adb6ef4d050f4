#include "tests/property/register_history_fixture.h"

#include <rapidcheck.h>

#include <algorithm>
#include <climits>
#include <filesystem>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/sipri_register_csv.h"
#include "services/model/dates.h"
#include "services/model/designation.h"
#include "services/query/transfer_changes.h"
#include "services/query/transfers_query.h"
#include "storage/embedded_log.h"
#include "storage/timeline.h"

namespace dossier {
namespace {

using Fault = FaultyLog::Fault;
using Contents = std::map<std::string, v1::Transfer>;  // by record

int FirstYear(const v1::Transfer& transfer) {
  return transfer.delivery_size() > 0 ? transfer.delivery(0).year(0) : INT_MAX;
}

// What the register says from each stamp on, by the latest edition that covers it.
std::map<StampKey, Contents> MeaningOf(const std::map<StampKey, ToyRegister>& editions) {
  std::map<StampKey, Contents> meaning;
  Contents known;
  for (const auto& [stamp, edition] : editions) {
    const ReadRegister read(edition);
    std::erase_if(known, [&](const auto& each) {
      return !read.held.contains(each.first) && read.Covers(each.second);
    });
    for (const auto& [record, transfer] : read.held) known[record] = transfer;
    meaning[stamp] = known;
  }
  return meaning;
}

v1::Cut KnownByDay(int day) {
  v1::Cut cut;
  *cut.mutable_known_by_date() = day == 0 ? MakeDate(2020, 12, 31) : MakeDate(2021, 1, day);
  return cut;
}

// Which edition of several that say the same is the one that was written depends on the order; what
// was said does not.
std::string TextOf(v1::ListTransfersResponse response) {
  response.clear_answered_at();
  for (v1::TransferRecord& record : *response.mutable_transfer()) {
    record.clear_event_id();
    record.clear_sequence();
    record.clear_stamp();
    record.clear_edition_id();
    record.clear_locator();
    record.clear_cause();
  }
  return response.DebugString();
}

std::string TextOf(v1::ListTransferChangesResponse response) {
  response.clear_answered_at();
  response.clear_from();
  for (v1::TransferChange& change : *response.mutable_change()) {
    change.clear_before();
    change.clear_after();
  }
  return response.DebugString();
}

}  // namespace

ReadRegister::ReadRegister(const ToyRegister& edition) {
  const auto reader = SipriRegisterCsvFormat().open(Actors(), *this, "");
  RC_ASSERT(reader->Feed(edition.Text()).ok());
  const auto facts = reader->Finish();
  RC_ASSERT(facts.ok());
  scope = facts->scope;
  RC_ASSERT(held.size() == edition.deals.size());
  if (edition.has_preamble) {
    RC_ASSERT(scope.deliveries_only() ==
              std::none_of(edition.deals.begin(), edition.deals.end(),
                           [](const ToyDeal& deal) { return deal.years.empty(); }));
  }
  for (const auto& [record, transfer] : held) ExpectKey(record, transfer);
}

absl::Status ReadRegister::OnRecord(EditionRecord record) {
  RC_ASSERT(held.emplace(record.key, record.present.transfer()).second);
  return absl::OkStatus();
}

absl::Status ReadRegister::OnRejection(v1::Rejection rejection, std::optional<std::string>) {
  RC_FAIL(rejection.reason());
  return absl::OkStatus();
}

bool ReadRegister::Covers(const v1::Transfer& transfer) const {
  const auto any_of = [](const auto& ids, const std::string& id) {
    return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
  };
  const bool has_delivery = transfer.delivery_size() > 0;
  std::vector<int> years(1, transfer.order_date().year());
  if (has_delivery) {
    years.assign(transfer.delivery(0).year().begin(), transfer.delivery(0).year().end());
  }
  const bool in_years = std::all_of(years.begin(), years.end(), [this](int year) {
    return scope.delivery_year_to() == 0 ||
           (scope.delivery_year_from() <= year && year <= scope.delivery_year_to());
  });
  return !scope.additions_only() && any_of(scope.supplier(), transfer.supplier().id()) &&
         any_of(scope.recipient(), transfer.recipient().id()) && in_years &&
         (has_delivery || !scope.deliveries_only());
}

// By the rule in sipri_register_keys.h: parties, weapon, order year, and a number, counted from
// 1 in the order of the first deliveries.
void ReadRegister::ExpectKey(const std::string& record, const v1::Transfer& transfer) const {
  RC_LOG() << record << "\n";
  const size_t end = record.rfind('/');
  RC_ASSERT(end != std::string::npos);
  const std::string deal = record.substr(0, end);
  const std::string year =
      transfer.has_order_date() ? absl::StrCat(transfer.order_date().year()) : "-";
  RC_ASSERT(deal == absl::StrCat(transfer.supplier().id(), "/", transfer.recipient().id(), "/",
                                 DesignationStem(transfer.designation()), "/", year));
  int number = 0;
  RC_ASSERT(absl::SimpleAtoi(record.substr(end + 1), &number));
  if (number == 1) return;
  const auto before = held.find(absl::StrCat(deal, "/", number - 1));
  RC_ASSERT(before != held.end());
  RC_ASSERT(FirstYear(before->second) <= FirstYear(transfer));
}

void RegisterHistory::Load(const ToyRegister& edition) {
  RC_LOG() << "load " << edition;
  const auto report = path_->Load(edition.Text(), edition.Options());
  RC_LOG() << report.status() << "\n";
  RC_ASSERT(report.ok());
  const v1::LoadCounts& counts = report->edition().counts();
  RC_ASSERT(counts.read() == edition.deals.size());
  RC_ASSERT(counts.read() == counts.published() + counts.unchanged());
  const StampKey stamp = StampKeyOf(report->edition().stamp());
  RC_ASSERT(report->already_loaded() == live_.contains(stamp));
  live_[stamp] = edition;
  loaded_[stamp] = report->edition();
}

void RegisterHistory::Retract(size_t index) {
  const auto at = std::next(live_.begin(), static_cast<int64_t>(index));
  RC_LOG() << "retract " << at->second;
  RC_ASSERT(path_->Retract(loaded_.at(at->first)).ok());
  live_.erase(at);
}

void RegisterHistory::Retract(const ToyRegister& edition) {
  size_t index = 0;
  for (const auto& [stamp, live] : live_) {
    if (live.ordinal == edition.ordinal && live.Text() == edition.Text()) break;
    ++index;
  }
  Retract(index);
}

void RegisterHistory::CrashWhileLoading(const ToyRegister& edition) {
  const auto fault = *rc::gen::element(Fault::kBeforeCommit, Fault::kAfterCommit);
  RC_LOG() << "crash, load " << edition;
  log_->Fail(fault, *rc::gen::inRange(1, 4));
  const auto report = path_->Load(edition.Text(), edition.Options());
  RC_ASSERT(report.ok() || absl::IsUnavailable(report.status()));
  log_->Fail(Fault::kNone, 0);
  path_.reset();
  if (*rc::gen::arbitrary<bool>()) std::filesystem::remove_all(dir_.path() + "/view");
  Open();
  const auto again = path_->Load(edition.Text(), edition.Options());
  RC_ASSERT(again.ok());
  const StampKey stamp = StampKeyOf(again->edition().stamp());
  live_[stamp] = edition;
  loaded_[stamp] = again->edition();
}

void RegisterHistory::ExpectMeaning() {
  auto rows = path_->views().Read();
  for (const auto& [stamp, expected] : MeaningOf(live_)) {
    std::map<std::string, uint64_t> known;  // by record: the sequence that says it
    const absl::Status status = ForEachRecord(
        *rows, kToyRegisterSource, "", stamp,
        [&](std::string_view record, const Statement& statement) -> absl::Status {
          if (statement.row.present()) {
            known[std::string(record)] = statement.version.sequence;
          }
          return absl::OkStatus();
        });
    RC_ASSERT(status.ok());
    RC_LOG() << "at " << stamp.micros << " #" << stamp.ordinal << "\n";
    RC_ASSERT(known.size() == expected.size());
    for (const auto& [record, transfer] : expected) {
      RC_LOG() << record << "\n";
      RC_ASSERT(known.contains(record));
      const auto event = EventAt(*rows, known.at(record));
      RC_ASSERT(event.ok());
      RC_ASSERT(event->present().transfer().SerializeAsString() == transfer.SerializeAsString());
    }
  }
}

void RegisterHistory::ExpectRebuilt() {
  const Digests digests = path_->TakeDigests();
  for (size_t bulk_records_min : {size_t{0}, SIZE_MAX}) {
    ProjectorOptions options;
    options.bulk_records_min = bulk_records_min;
    const Digests rebuilt = path_->RebuiltDigests(options);
    RC_ASSERT(rebuilt.view == digests.view);
    RC_ASSERT(rebuilt.knowledge == digests.knowledge);
  }
}

std::vector<std::string> RegisterHistory::Answers() {
  std::vector<std::string> answers;
  for (int day = 1; day <= kLastToyDay; ++day) {
    v1::ListTransfersRequest request;
    *request.mutable_read_at()->mutable_cut() = KnownByDay(day);
    request.set_page_size(1'000);
    auto as_of = AsOf::Open(path_->views(), request.read_at(), {});
    RC_ASSERT(as_of.ok());
    const auto held = ListTransfers(*as_of, Actors(), request, "");
    RC_ASSERT(held.ok());
    answers.push_back(TextOf(*held));
    answers.push_back(ChangesBetween(day - 1, day));
  }
  answers.push_back(ChangesBetween(0, kLastToyDay));
  return answers;
}

std::vector<std::string> RegisterHistory::Events() {
  std::vector<std::string> events;
  auto rows = path_->views().Read();
  for (uint64_t sequence = 1; sequence <= path_->head(); ++sequence) {
    const auto logged = LoggedRecordAt(*rows, sequence);
    RC_ASSERT(logged.ok());
    if (!logged->entry().has_event()) continue;
    v1::Event event = logged->entry().event();
    event.mutable_stamp()->clear_tie();  // of the bytes, which differ
    event.clear_edition_id();
    event.clear_id();
    event.clear_locator();
    events.push_back(event.DebugString());
  }
  return events;
}

void RegisterHistory::Open() {
  if (embedded_ == nullptr) {
    auto log = OpenEmbeddedLog(dir_.path() + "/log");
    RC_ASSERT(log.ok());
    embedded_ = *std::move(log);
    log_ = std::make_unique<FaultyLog>(*embedded_);
  }
  path_ = std::make_unique<IngestPath>(
      IngestPath::Options{.log = log_.get(), .folder = dir_.path()});
}

std::string RegisterHistory::ChangesBetween(int from_day, int to_day) {
  v1::ListTransferChangesRequest request;
  *request.mutable_read_at()->mutable_cut() = KnownByDay(to_day);
  *request.mutable_from() = KnownByDay(from_day);
  request.set_source(kToyRegisterSource);
  request.set_page_size(1'000);
  auto as_of = AsOf::Open(path_->views(), request.read_at(), {});
  RC_ASSERT(as_of.ok());
  const auto changes = ListTransferChanges(*as_of, Actors(), request, "");
  RC_LOG() << changes.status() << "\n";
  RC_ASSERT(changes.ok());
  return TextOf(*changes);
}

}  // namespace dossier
