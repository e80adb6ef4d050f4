// Ingest on a real embedded log and real views in a temporary folder, with a projector following;
// editions are written by hand in SIPRI's 17-column format. A log in between fails on request.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "services/ingest/analyst.h"
#include "services/ingest/archive.h"
#include "services/ingest/ledger.h"
#include "services/ingest/loader.h"
#include "services/model/actors.h"
#include "storage/event_log.h"
#include "storage/views.h"
#include "tests/ingest/faulty_log_fixture.h"
#include "tests/storage/temp_dir.h"

namespace dossier {

// A deal's delivery year; the record is "DEAL/YEAR".
struct Row {
  std::string deal = "1001";
  int year = 2001;
  std::string number = "9";
  std::string supplier = "China";
  std::string recipient = "Algeria";
  std::string designation = "C-802";
  std::string number_is_estimate = "Yes";
};

// The text of an edition. `generated` as SIPRI prints it: "1 Jan 2020". The first row stands on
// line 5.
std::string SipriEdition(const std::string& generated, const std::vector<Row>& rows,
                         const std::string& years = "'1950' to '2024'",
                         const std::string& recipients = "All countries");

// The outcome of a load.
struct Loaded {
  absl::Status status;
  v1::LoadReport report;

  // "read 3 = published 2 + unchanged 1 + rejected 0; absent 0, restated 0, voided 0".
  std::string Counts() const;
};

class IngestFixture : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  // Another process's worth of ingest on the same log, archive and views.
  void RestartIngest(const std::vector<EditionFormat>& formats = EditionFormats());

  Loaded Load(const std::string& bytes, const v1::LoadOptions& options = {});
  Loaded LoadAs(const std::string& bytes, const std::string& publish_date);

  // What was known of a sipri-deals record at the end of a date: the number delivered, "absent" or
  // "unknown".
  std::string Known(const std::string& record, const std::string& date);
  // The event that says it.
  v1::Event EventKnown(const std::string& record, const std::string& date);
  // The entries of the sequences from first to last, printed: "loaded", "present 1001/2001 9" ...
  std::vector<std::string> Entries(uint64_t first, uint64_t last);
  uint64_t Head() const { return views_->position().sequence; }

  TempDir dir_;
  ActorTable table_;
  std::unique_ptr<EventLog> embedded_;
  std::unique_ptr<FaultyLog> log_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Loader> loader_;
  std::unique_ptr<Analysts> analysts_;
  std::jthread projector_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
};

}  // namespace dossier
