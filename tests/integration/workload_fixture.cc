#include "tests/integration/workload_fixture.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

// Days of January, so that later loads are older and younger than those before.
constexpr int kDays[] = {9, 3, 14, 6, 20, 1, 25, 11};
constexpr int kEventsBetween = 3;
constexpr size_t kRetractAfter = 3;  // this load the one before it is retracted

ToyEdition EditionOf(int number, int rows) {
  ToyEdition edition;
  edition.day = kDays[number % std::size(kDays)];
  edition.ordinal = number / std::size(kDays);
  if (number % 3 == 2) edition.recipient = "Ukraine";
  for (int i = 0; i < rows; ++i) {
    const ToyRecord record{1001 + i, 2000 + i % 12};
    const ToyContent content{(i * 7 + number) % 5 + 1, i % 3 == 0 ? "France" : "China",
                             (i + number) % 4 == 0 ? "Ukraine" : "Poland"};
    if ((i + number) % 11 == 0 || !edition.Covers(record, content)) continue;
    edition.rows.emplace(record, content);
  }
  return edition;
}

v1::AppendEventsRequest EventOf(size_t number) {
  v1::AppendEventsRequest request;
  request.set_analyst("ann");
  v1::Event& event = *request.mutable_event();
  event.set_id(Sha256(absl::StrCat("event ", number)).substr(0, 16));
  event.set_record(absl::StrCat("report-", number % 4));
  *event.mutable_stamp() = MakePublishStamp(
      absl::FromCivil(absl::CivilDay(2021, 2, 1), absl::UTCTimeZone()) + absl::Minutes(number),
      v1::PRECISION_SECOND, v1::BASIS_STATED);
  event.add_citations()->set_url("https://example.org/report");
  v1::Transfer& transfer = *event.mutable_present()->mutable_transfer();
  transfer.mutable_supplier()->set_id("state:TUR");
  transfer.mutable_recipient()->set_id("state:UKR");
  transfer.set_designation("Trainer-2");
  transfer.add_delivery()->add_year(2020);
  transfer.mutable_delivery(0)->set_number(static_cast<int64_t>(number) + 1);
  return request;
}

}  // namespace

std::vector<WorkStep> NewWorkload(size_t loads, int rows) {
  std::vector<WorkStep> steps;
  size_t events = 0;
  size_t step_of_last_load = 0;
  for (size_t load = 0; load < loads; ++load) {
    const size_t step_of_load = steps.size();
    steps.push_back({.edition = EditionOf(static_cast<int>(load), rows)});
    for (int i = 0; i < kEventsBetween; ++i) steps.push_back({.append = EventOf(events++)});
    if (load == kRetractAfter) steps.push_back({.retracted_step = step_of_last_load});
    step_of_last_load = step_of_load;
  }
  return steps;
}

void RunStep(IngestPath& path, const WorkStep& step, std::vector<Acknowledgement>& done) {
  Acknowledgement acknowledged;
  if (step.edition.has_value()) {
    const auto report = path.Load(step.edition->Text(), step.edition->Options());
    ASSERT_TRUE(report.ok()) << report.status();
    acknowledged = {report->first_sequence(), report->edition().edition_id(),
                    report->edition().bytes_digest(), ""};
  } else if (step.append.has_value()) {
    const auto responses = path.Append({*step.append});
    ASSERT_TRUE(responses.ok()) << responses.status();
    ASSERT_EQ(responses->front().violation_size(), 0) << responses->front().ShortDebugString();
    acknowledged = {responses->front().sequence(), "", "", step.append->event().id()};
  } else {
    v1::EditionLoaded edition;
    edition.set_edition_id(done.at(step.retracted_step).edition_id);
    const auto retracted = path.Retract(edition);
    ASSERT_TRUE(retracted.ok()) << retracted.status();
    acknowledged.sequence = retracted->first_sequence();
  }
  done.push_back(acknowledged);
}

}  // namespace dossier
