#include "tests/ingest/ingest_fixture.h"

#include <stop_token>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/projector/projector.h"
#include "storage/embedded_log.h"
#include "storage/timeline.h"

namespace dossier {
namespace {

constexpr char kSource[] = "sipri-deals";

std::string Print(const v1::LogEntry& entry) {
  if (entry.has_genesis()) return "genesis";
  if (entry.has_writer_opened()) return "opened";
  if (entry.has_edition_loaded()) return "loaded";
  if (entry.has_edition_retracted()) return "retracted";
  const v1::Event& event = entry.event();
  const std::string at =
      absl::StrCat(event.record(), " at ", PrintDate(DateOf(ToTime(event.stamp().time()))));
  if (event.has_absent()) return absl::StrCat("absent ", at);
  if (event.has_void_()) return absl::StrCat("void ", at);
  return absl::StrCat("present ", at, ": ", event.present().transfer().delivery(0).number());
}

}  // namespace

std::string SipriEdition(const std::string& generated, const std::vector<Row>& rows,
                         const std::string& years, const std::string& recipients) {
  std::string text = absl::StrCat(
      "Transfers of major conventional arms from All countries  to ", recipients,
      " . Deals with deliveries made for the year range ", years, " \n",
      "Source: SIPRI Arms Transfers Database (c) SIPRI.\n", "Data generated: ", generated, "\n",
      "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order "
      "date,Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery "
      "year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery "
      "values,Local production\n");
  for (const Row& row : rows) {
    absl::StrAppend(&text, row.deal, ",", row.supplier, ",", row.recipient, ",", row.designation,
                    ",anti-ship missile,Missiles,1999,Yes,", row.number, ",",
                    row.number_is_estimate, ",", row.year, ",Yes,New,0.9,0.9,8.1,No\n");
  }
  return text;
}

std::string Loaded::Counts() const {
  const v1::LoadCounts& counts = report.edition().counts();
  return absl::StrCat("read ", counts.read(), " = published ", counts.published(), " + unchanged ",
                      counts.unchanged(), " + rejected ", counts.rejected(), "; absent ",
                      counts.absent(), ", restated ", counts.restated(), ", voided ",
                      counts.voided());
}

void IngestFixture::SetUp() {
  auto log = OpenEmbeddedLog(dir_.path() + "/log");
  ASSERT_TRUE(log.ok()) << log.status();
  embedded_ = *std::move(log);
  log_ = std::make_unique<FaultyLog>(*embedded_);
  auto views = Views::Open(dir_.path() + "/views", {});
  ASSERT_TRUE(views.ok()) << views.status();
  views_ = *std::move(views);
  auto projector = Projector::Open(*embedded_, *views_);
  ASSERT_TRUE(projector.ok()) << projector.status();
  projector_ = std::jthread([projector = *std::move(projector)](std::stop_token stop) {
    const absl::Status status = projector->Run(stop);
    EXPECT_TRUE(status.ok()) << status;
  });
  RestartIngest();
}

void IngestFixture::TearDown() {
  analysts_.reset();
  loader_.reset();
  ledger_.reset();
  projector_ = std::jthread();  // stops and joins
}

void IngestFixture::RestartIngest(const std::vector<EditionFormat>& formats) {
  auto archive = Archive::Open(dir_.path() + "/archive");
  ASSERT_TRUE(archive.ok()) << archive.status();
  archive_ = std::make_unique<Archive>(*std::move(archive));
  LedgerOptions options;
  options.catch_up_max = absl::Seconds(20);
  options.writer.now = [this] { return now_; };
  ledger_ = std::make_unique<Ledger>(*log_, *views_, std::move(options));
  loader_ = std::make_unique<Loader>(*ledger_, *archive_, formats, table_);
  analysts_ = std::make_unique<Analysts>(*ledger_, table_);
}

Loaded IngestFixture::Load(const std::string& bytes, const v1::LoadOptions& given) {
  v1::LoadOptions options = given;
  if (options.file_name().empty()) options.set_file_name("register.csv");
  Loaded loaded;
  auto intake = loader_->Begin(options);
  loaded.status = intake.status();
  if (!loaded.status.ok()) return loaded;
  loaded.status = (*intake)->Write(bytes);
  if (!loaded.status.ok()) return loaded;
  loaded.status = loader_->Load(
      options, **intake, [](const v1::LoadProgress&) { return absl::OkStatus(); }, loaded.report);
  return loaded;
}

Loaded IngestFixture::LoadAs(const std::string& bytes, const std::string& publish_date) {
  v1::LoadOptions options;
  options.set_publish_date(publish_date);
  return Load(bytes, options);
}

v1::Event IngestFixture::EventKnown(const std::string& record, const std::string& date) {
  KnowledgeCut cut;
  cut.stamp = kLastStamp;
  cut.stamp.micros = absl::ToUnixMicros(EndOf(*ParseDate(date)));
  auto rows = views_->Read();
  auto statement = LatestAt(*rows, kSource, record, cut);
  EXPECT_TRUE(statement.ok()) << statement.status();
  if (!statement.ok() || !statement->has_value()) return {};
  auto event = EventAt(*rows, (*statement)->version.sequence);
  EXPECT_TRUE(event.ok()) << event.status();
  return event.ok() ? *std::move(event) : v1::Event();
}

std::string IngestFixture::Known(const std::string& record, const std::string& date) {
  const v1::Event event = EventKnown(record, date);
  if (event.has_absent()) return "absent";
  if (!event.has_present()) return "unknown";
  return absl::StrCat(event.present().transfer().delivery(0).number());
}

std::vector<std::string> IngestFixture::Entries(uint64_t first, uint64_t last) {
  std::vector<std::string> entries;
  auto rows = views_->Read();
  for (uint64_t sequence = first; sequence <= last; ++sequence) {
    auto logged = LoggedRecordAt(*rows, sequence);
    EXPECT_TRUE(logged.ok()) << logged.status();
    if (!logged.ok()) break;
    entries.push_back(Print(logged->entry()));
  }
  return entries;
}

}  // namespace dossier
