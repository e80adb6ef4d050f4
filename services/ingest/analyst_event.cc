#include "services/ingest/analyst_event.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/analyst_body.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kNameBytesMax = 64;
constexpr int kCitationsMax = 50;
constexpr int kRawMax = 100;
constexpr size_t kIdBytes = 16;
constexpr size_t kTieBytes = 8;
// Leaves room for corrections at the same time, each of which takes the next ordinal.
constexpr uint32_t kOrdinalMax = 1'000'000'000;
constexpr absl::Duration kAheadMax = absl::Hours(24);

class Checker {
 public:
  Checker(const ActorTable& table, absl::Time now) : table_(table), now_(now) {}

  FieldViolations Take() { return checks_.Take(); }

  void Request(const v1::AppendEventsRequest& request) {
    const std::string& name = request.analyst();
    const bool fits = std::all_of(name.begin(), name.end(), [](unsigned char c) {
      return c < 0x80 && (std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.');
    });
    checks_.Expect(fits && !name.empty() && name.size() <= kNameBytesMax, "analyst",
                   "expected 1 to 64 letters, digits, \"-\", \"_\" or \".\"");
    const size_t bytes = request.ByteSizeLong();
    checks_.Expect(bytes <= kAnalystEventBytesMax, "", TooLarge(bytes));
    Event(request.event());
  }

 private:
  void Event(const v1::Event& event) {
    checks_.Expect(event.id().size() == kIdBytes, "event.id",
                   absl::StrCat("has ", event.id().size(), " bytes, expected ", kIdBytes));
    checks_.Expect(!event.record().empty() || event.has_void_(), "event.record",
                   "is empty, expected the record's key");
    checks_.Text("event.record", event.record(), kRecordBytesMax);
    FilledInHere(event);
    if (event.has_void_()) {
      Void(event);
    } else if (event.has_stamp()) {
      Stamp(event.stamp());
    }
    checks_.Text("event.author", event.author(), kShortTextBytesMax);
    checks_.Expect(
        event.citations_size() <= kCitationsMax, "event.citations",
        absl::StrCat(event.citations_size(), " given, at most ", kCitationsMax, " are taken"));
    for (int i = 0; i < std::min(event.citations_size(), kCitationsMax); ++i) {
      Citation(absl::StrCat("event.citations[", i, "]"), event.citations(i));
    }
    checks_.Expect(v1::Reliability_IsValid(event.reliability()), "event.reliability",
                   "expected a grade from A to F");
    checks_.Expect(v1::Credibility_IsValid(event.credibility()), "event.credibility",
                   "expected a grade from 1 to 6");
    EffectiveWindow("event.effective.from", event.effective().from());
    EffectiveWindow("event.effective.to", event.effective().to());
    checks_.Expect(event.raw_size() <= kRawMax, "event.raw",
                   absl::StrCat(event.raw_size(), " texts, at most ", kRawMax, " are taken"));
    Statement(event);
  }

  void FilledInHere(const v1::Event& event) {
    constexpr char kUnset[] = "is filled in by the service, expected to be unset";
    checks_.Expect(event.source().empty(), "event.source", kUnset);
    checks_.Expect(event.edition_id().empty(), "event.edition_id", kUnset);
    checks_.Expect(!event.has_locator(), "event.locator", kUnset);
    checks_.Expect(event.cause() == v1::CAUSE_UNSPECIFIED, "event.cause", kUnset);
    checks_.Expect(event.adapter_version() == 0, "event.adapter_version", kUnset);
    checks_.Expect(event.content_digest().empty(), "event.content_digest", kUnset);
  }

  void Void(const v1::Event& event) {
    checks_.Expect(event.void_().event_id().size() == kIdBytes, "event.void.event_id",
                   absl::StrCat("has ", event.void_().event_id().size(), " bytes, expected the ",
                                kIdBytes, " of the statement that is withdrawn"));
    checks_.Expect(!event.has_stamp(), "event.stamp",
                   "is that of the statement that is withdrawn, expected to be unset");
  }

  void Stamp(const v1::PublishStamp& stamp) {
    const absl::Time time = ToTime(stamp.time());
    const bool in_range = stamp.has_time() && time >= StartOf(MakeDate(1)) &&
                          time <= EndOf(MakeDate(9999)) && stamp.time().nanos() >= 0 &&
                          stamp.time().nanos() < 1'000'000'000;
    checks_.Expect(in_range, "event.stamp.time", "expected a time in the years 1 to 9999");
    checks_.Expect(!in_range || time <= now_ + kAheadMax, "event.stamp.time",
                   "is more than a day in the future");
    checks_.Expect(v1::Precision_IsValid(stamp.precision()), "event.stamp.precision",
                   "expected a precision that is known");
    checks_.Expect(v1::Basis_IsValid(stamp.basis()), "event.stamp.basis",
                   "expected a basis that is known");
    checks_.Expect(
        stamp.ordinal() <= kOrdinalMax, "event.stamp.ordinal",
        absl::StrCat(stamp.ordinal(), " is over ", kOrdinalMax, ", the most that is taken"));
    checks_.Expect(
        stamp.tie().empty() || stamp.tie().size() == kTieBytes, "event.stamp.tie",
        absl::StrCat("has ", stamp.tie().size(), " bytes, expected ", kTieBytes, " or none"));
  }

  void Citation(const std::string& field, const v1::Citation& citation) {
    checks_.Expect(
        !citation.url().empty() || !citation.archived_url().empty() || !citation.quote().empty(),
        field, "is empty, expected a URL or a quote");
    checks_.Text(field + ".url", citation.url(), kLongTextBytesMax);
    checks_.Text(field + ".archived_url", citation.archived_url(), kLongTextBytesMax);
    checks_.Text(field + ".quote", citation.quote(), kLongTextBytesMax);
    if (citation.has_publish_date()) checks_.Date(field + ".publish_date", citation.publish_date());
  }

  void EffectiveWindow(const std::string& field, const v1::Bound& bound) {
    const size_t before = checks_.size();
    if (bound.has_earliest_date()) checks_.Date(field + ".earliest_date", bound.earliest_date());
    if (bound.has_latest_date()) checks_.Date(field + ".latest_date", bound.latest_date());
    checks_.Expect(v1::Basis_IsValid(bound.basis()), field + ".basis",
                   "expected a basis that is known");
    if (checks_.size() != before || !bound.has_earliest_date() || !bound.has_latest_date()) {
      return;
    }
    checks_.Expect(!Before(bound.latest_date(), bound.earliest_date()), field + ".latest_date",
                   "is before the earliest date");
  }

  void Statement(const v1::Event& event) {
    checks_.Expect(event.statement_case() != v1::Event::STATEMENT_NOT_SET, "event",
                   "says nothing, expected present, absent or void");
    if (event.has_present()) CheckAnalystBody(event.present(), table_, checks_);
  }

  const ActorTable& table_;
  const absl::Time now_;
  FieldChecks checks_;
};

}  // namespace

std::string TooLarge(size_t bytes) {
  return absl::StrCat("the event has ", bytes, " bytes, at most ", kAnalystEventBytesMax,
                      " are taken");
}

std::string AnalystSource(std::string_view analyst) {
  return absl::StrCat("analyst:", std::string(analyst));
}

FieldViolations CheckAnalystEvent(const v1::AppendEventsRequest& request, const ActorTable& table,
                                  absl::Time now) {
  Checker checker(table, now);
  checker.Request(request);
  return checker.Take();
}

v1::Event FillAnalystEvent(const v1::AppendEventsRequest& request, const ActorTable& table) {
  v1::Event event = request.event();
  event.set_source(AnalystSource(request.analyst()));
  if (event.author().empty()) event.set_author(request.analyst());
  if (event.has_present()) {
    FillAnalystBody(table, event.source(), *event.mutable_present());
    event.set_content_digest(ContentDigest(event));
  }
  if (event.has_stamp()) {
    v1::PublishStamp& stamp = *event.mutable_stamp();
    if (stamp.precision() == v1::PRECISION_UNSPECIFIED) stamp.set_precision(v1::PRECISION_SECOND);
    if (stamp.basis() == v1::BASIS_UNSPECIFIED) stamp.set_basis(v1::BASIS_ASSUMED);
  }
  return event;
}

}  // namespace dossier
