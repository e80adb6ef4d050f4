#include "tests/query/query_fixture.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "storage/embedded_log.h"

namespace dossier {
namespace {

std::string EditionIdOf(const std::string& source, const std::string& publish_date) {
  return Sha256(source + publish_date).substr(0, 16);
}

v1::PublishStamp StampOf(const std::string& publish_date) {
  auto stamp = ParsePublishStamp(publish_date, v1::BASIS_STATED);
  EXPECT_TRUE(stamp.ok()) << stamp.status();
  stamp->set_tie("fixture!");
  return *stamp;
}

template <typename T>
T OrFail(absl::StatusOr<T> value) {
  EXPECT_TRUE(value.ok()) << value.status();
  return *std::move(value);
}

}  // namespace

QueryFixture::QueryFixture() {
  log_ = OrFail(OpenEmbeddedLog(dir_.path() + "/log"));
  WriterOptions options;
  options.now = [this] { return now_; };
  writer_ = OrFail(log_->OpenWriter("fixture", options));
  views_ = OrFail(Views::Open(dir_.path() + "/view", {}));
  projector_ = OrFail(Projector::Open(*log_, *views_));
  Project();
  calls_ = std::make_unique<UnaryCalls>(*views_);
  service_ = std::make_unique<QueryServiceImpl>(*calls_, table_);
  sanctions_service_ = std::make_unique<SanctionsServiceImpl>(*calls_, table_);
  ties_service_ = std::make_unique<TiesServiceImpl>(*calls_, table_);
  revisions_service_ = std::make_unique<RevisionsServiceImpl>(*calls_, table_);
  grpc::ServerBuilder builder;
  builder.RegisterService(service_.get());
  builder.RegisterService(sanctions_service_.get());
  builder.RegisterService(ties_service_.get());
  builder.RegisterService(revisions_service_.get());
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  server_ = builder.BuildAndStart();
  const auto channel =
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials());
  stub_ = v1::QueryService::NewStub(channel);
  sanctions_stub_ = v1::SanctionsService::NewStub(channel);
  ties_stub_ = v1::TiesService::NewStub(channel);
  revisions_stub_ = v1::RevisionsService::NewStub(channel);
}

QueryFixture::~QueryFixture() { server_->Shutdown(); }

void QueryFixture::Project() {
  const absl::Status caught_up = projector_->CatchUp();
  EXPECT_TRUE(caught_up.ok()) << caught_up;
}

uint64_t QueryFixture::Append(const std::vector<v1::LogEntry>& unit, bool project) {
  std::vector<std::string> payloads;
  for (const v1::LogEntry& entry : unit) payloads.push_back(entry.SerializeAsString());
  now_ += absl::Seconds(1);
  const uint64_t end = OrFail(writer_->Append(payloads));
  if (project) Project();
  return end;  // offsets begin at 0, sequences at 1
}

v1::Event QueryFixture::EventOf(const std::string& source, const std::string& publish_date,
                                const Said& said) {
  v1::Event event;
  event.set_id(Sha256(absl::StrCat("event ", ++events_)).substr(0, 16));
  event.set_source(source);
  event.set_record(said.record);
  *event.mutable_stamp() = StampOf(publish_date);
  event.set_cause(v1::CAUSE_SOURCE);
  if (!said.effective.empty()) {
    EXPECT_TRUE(
        google::protobuf::TextFormat::ParseFromString(said.effective, event.mutable_effective()));
  }
  if (said.is_void) {
    event.mutable_void_();
  } else if (said.transfer.empty() && said.present.empty()) {
    event.mutable_absent();
  } else {
    v1::Present& present = *event.mutable_present();
    const bool parsed = said.present.empty()
                            ? google::protobuf::TextFormat::ParseFromString(
                                  said.transfer, present.mutable_transfer())
                            : google::protobuf::TextFormat::ParseFromString(said.present, &present);
    EXPECT_TRUE(parsed) << said.transfer << said.present;
    event.set_content_digest(Sha256(CanonicalEncoding(present)).substr(0, 16));
  }
  return event;
}

std::vector<v1::LogEntry> QueryFixture::UnitOf(const std::string& source,
                                               const std::string& publish_date,
                                               const std::vector<Said>& said,
                                               const std::string& scope) {
  std::vector<v1::LogEntry> unit(1);
  v1::EditionLoaded& loaded = *unit[0].mutable_edition_loaded();
  loaded.set_edition_id(EditionIdOf(source, publish_date));
  loaded.set_source(source);
  *loaded.mutable_stamp() = StampOf(publish_date);
  loaded.set_load(1);
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(scope, loaded.mutable_scope()));
  for (const Said& one : said) {
    v1::Event& event = *unit.emplace_back().mutable_event();
    event = EventOf(source, publish_date, one);
    event.set_edition_id(loaded.edition_id());
    event.set_adapter_version(1);
  }
  return unit;
}

uint64_t QueryFixture::Load(const std::string& source, const std::string& publish_date,
                            const std::vector<Said>& said, const std::string& scope,
                            const std::string& covers_until) {
  std::vector<v1::LogEntry> unit = UnitOf(source, publish_date, said, scope);
  if (!covers_until.empty()) {
    *unit[0].mutable_edition_loaded()->mutable_covers_until() = OrFail(ParseDate(covers_until));
  }
  return Append(unit);
}

uint64_t QueryFixture::ReadAnew(const std::string& source, const std::string& publish_date,
                                const std::vector<Said>& said, const std::string& scope) {
  std::vector<v1::LogEntry> unit = UnitOf(source, publish_date, said, scope);
  unit[0].mutable_edition_loaded()->set_load(2);
  unit[0].mutable_edition_loaded()->set_adapter_version(2);
  for (size_t i = 1; i < unit.size(); ++i) {
    unit[i].mutable_event()->set_adapter_version(2);
    unit[i].mutable_event()->set_cause(v1::CAUSE_REPARSED);
  }
  return Append(unit);
}

uint64_t QueryFixture::Retract(const std::string& source, const std::string& publish_date,
                               const std::vector<std::string>& records) {
  std::vector<v1::LogEntry> unit(1);
  v1::EditionRetracted& retracted = *unit[0].mutable_edition_retracted();
  retracted.set_edition_id(EditionIdOf(source, publish_date));
  retracted.set_source(source);
  *retracted.mutable_stamp() = StampOf(publish_date);
  retracted.set_reason("loaded by mistake");
  for (const std::string& record : records) {
    v1::Event& event = *unit.emplace_back().mutable_event();
    event = EventOf(source, publish_date, {record, "", /*is_void=*/true});
    event.set_edition_id(retracted.edition_id());
    event.set_adapter_version(1);
  }
  return Append(unit);
}

uint64_t QueryFixture::Report(const std::string& source, const std::string& publish_date,
                              const std::vector<Said>& said) {
  std::vector<v1::LogEntry> unit;
  for (const Said& one : said) {
    *unit.emplace_back().mutable_event() = EventOf(source, publish_date, one);
  }
  return Append(unit);
}

std::string Delivered(const std::string& deal, const std::string& supplier,
                      const std::string& recipient, int year, int64_t tiv, int units,
                      const std::string& more) {
  const auto name = [](const std::string& id) {
    return std::string(absl::StripPrefix(id, "state:"));
  };
  std::string text = absl::StrCat("deal_id: '", deal, "' supplier { id: '", supplier,
                                  "' printed_name: '", name(supplier), "' } recipient { id: '",
                                  recipient, "' printed_name: '", name(recipient), "' } ");
  if (year != 0) {
    absl::StrAppend(&text, "delivery { year: ", year, " number: ", units,
                    " } tiv_delivered_thousandths: ", tiv, " ");
  }
  return text + more;
}

}  // namespace dossier
