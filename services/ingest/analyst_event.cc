#include "services/ingest/analyst_event.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kNameBytesMax = 64;
constexpr size_t kRecordBytesMax = 256;
constexpr size_t kShortTextBytesMax = 1'000;
constexpr size_t kLongTextBytesMax = 10'000;
constexpr int kCitationsMax = 50;
constexpr int kRawMax = 100;
constexpr int kDeliveriesMax = 200;
constexpr int kDeliveryYearsMax = 100;
constexpr size_t kIdBytes = 16;
constexpr size_t kTieBytes = 8;
// Leaves room for corrections at the same time, each of which takes the next ordinal.
constexpr uint32_t kOrdinalMax = 1'000'000'000;
constexpr absl::Duration kAheadMax = absl::Hours(24);

class Checker {
 public:
  Checker(const ActorTable& table, absl::Time now) : table_(table), now_(now) {}

  FieldViolations Take() { return std::move(violations_); }

  void Request(const v1::AppendEventsRequest& request) {
    const std::string& name = request.analyst();
    const bool fits = std::all_of(name.begin(), name.end(), [](unsigned char c) {
      return c < 0x80 && (std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.');
    });
    Expect(fits && !name.empty() && name.size() <= kNameBytesMax, "analyst",
           "expected 1 to 64 letters, digits, \"-\", \"_\" or \".\"");
    const size_t bytes = request.ByteSizeLong();
    Expect(bytes <= kAnalystEventBytesMax, "", TooLarge(bytes));
    Event(request.event());
  }

 private:
  void Expect(bool holds, std::string_view field, std::string_view reason) {
    if (holds) return;
    v1::FieldViolation& violation = violations_.emplace_back();
    violation.set_field(std::string(field));
    violation.set_reason(std::string(reason));
  }

  void Text(std::string_view field, const std::string& text, size_t bytes_max) {
    Expect(text.size() <= bytes_max, field,
           absl::StrCat("has ", text.size(), " bytes, at most ", bytes_max, " are taken"));
    Expect(FitsKey(text), field, "holds a zero byte");
  }

  void NotNegative(std::string_view field, bool set, int64_t number) {
    Expect(!set || number >= 0, field, absl::StrCat(number, " is below 0"));
  }

  void Date(std::string_view field, const v1::Date& date) {
    const absl::Status status = ValidateDate(date);
    Expect(status.ok(), field, std::string(status.message()));
  }

  void Event(const v1::Event& event) {
    Expect(event.id().size() == kIdBytes, "event.id",
           absl::StrCat("has ", event.id().size(), " bytes, expected ", kIdBytes));
    Expect(!event.record().empty() || event.has_void_(), "event.record",
           "is empty, expected the record's key");
    Text("event.record", event.record(), kRecordBytesMax);
    FilledInHere(event);
    if (event.has_void_()) {
      Void(event);
    } else if (event.has_stamp()) {
      Stamp(event.stamp());
    }
    Text("event.author", event.author(), kShortTextBytesMax);
    Expect(event.citations_size() <= kCitationsMax, "event.citations",
           absl::StrCat(event.citations_size(), " given, at most ", kCitationsMax, " are taken"));
    for (int i = 0; i < std::min(event.citations_size(), kCitationsMax); ++i) {
      Citation(absl::StrCat("event.citations[", i, "]"), event.citations(i));
    }
    Expect(v1::Reliability_IsValid(event.reliability()), "event.reliability",
           "expected a grade from A to F");
    Expect(v1::Credibility_IsValid(event.credibility()), "event.credibility",
           "expected a grade from 1 to 6");
    EffectiveWindow("event.effective.from", event.effective().from());
    EffectiveWindow("event.effective.to", event.effective().to());
    Expect(event.raw_size() <= kRawMax, "event.raw",
           absl::StrCat(event.raw_size(), " texts, at most ", kRawMax, " are taken"));
    Statement(event);
  }

  void FilledInHere(const v1::Event& event) {
    constexpr char kUnset[] = "is filled in by the service, expected to be unset";
    Expect(event.source().empty(), "event.source", kUnset);
    Expect(event.edition_id().empty(), "event.edition_id", kUnset);
    Expect(!event.has_locator(), "event.locator", kUnset);
    Expect(event.cause() == v1::CAUSE_UNSPECIFIED, "event.cause", kUnset);
    Expect(event.adapter_version() == 0, "event.adapter_version", kUnset);
    Expect(event.content_digest().empty(), "event.content_digest", kUnset);
  }

  void Void(const v1::Event& event) {
    Expect(event.void_().event_id().size() == kIdBytes, "event.void.event_id",
           absl::StrCat("has ", event.void_().event_id().size(), " bytes, expected the ", kIdBytes,
                        " of the statement that is withdrawn"));
    Expect(!event.has_stamp(), "event.stamp",
           "is that of the statement that is withdrawn, expected to be unset");
  }

  void Stamp(const v1::PublishStamp& stamp) {
    const absl::Time time = ToTime(stamp.time());
    const bool in_range = stamp.has_time() && time >= StartOf(MakeDate(1)) &&
                          time <= EndOf(MakeDate(9999)) && stamp.time().nanos() >= 0 &&
                          stamp.time().nanos() < 1'000'000'000;
    Expect(in_range, "event.stamp.time", "expected a time in the years 1 to 9999");
    Expect(!in_range || time <= now_ + kAheadMax, "event.stamp.time",
           "is more than a day in the future");
    Expect(v1::Precision_IsValid(stamp.precision()), "event.stamp.precision",
           "expected a precision that is known");
    Expect(v1::Basis_IsValid(stamp.basis()), "event.stamp.basis", "expected a basis that is known");
    Expect(stamp.ordinal() <= kOrdinalMax, "event.stamp.ordinal",
           absl::StrCat(stamp.ordinal(), " is over ", kOrdinalMax, ", the most that is taken"));
    Expect(stamp.tie().empty() || stamp.tie().size() == kTieBytes, "event.stamp.tie",
           absl::StrCat("has ", stamp.tie().size(), " bytes, expected ", kTieBytes, " or none"));
  }

  void Citation(const std::string& field, const v1::Citation& citation) {
    Expect(!citation.url().empty() || !citation.archived_url().empty() || !citation.quote().empty(),
           field, "is empty, expected a URL or a quote");
    Text(field + ".url", citation.url(), kLongTextBytesMax);
    Text(field + ".archived_url", citation.archived_url(), kLongTextBytesMax);
    Text(field + ".quote", citation.quote(), kLongTextBytesMax);
    if (citation.has_publish_date()) Date(field + ".publish_date", citation.publish_date());
  }

  void EffectiveWindow(const std::string& field, const v1::Bound& bound) {
    const size_t before = violations_.size();
    if (bound.has_earliest_date()) Date(field + ".earliest_date", bound.earliest_date());
    if (bound.has_latest_date()) Date(field + ".latest_date", bound.latest_date());
    Expect(v1::Basis_IsValid(bound.basis()), field + ".basis", "expected a basis that is known");
    if (violations_.size() != before || !bound.has_earliest_date() || !bound.has_latest_date()) {
      return;
    }
    Expect(!Before(bound.latest_date(), bound.earliest_date()), field + ".latest_date",
           "is before the earliest date");
  }

  void Statement(const v1::Event& event) {
    Expect(event.statement_case() != v1::Event::STATEMENT_NOT_SET, "event",
           "says nothing, expected present, absent or void");
    if (!event.has_present()) return;
    Expect(event.present().has_transfer(), "event.present", "is empty, expected a transfer");
    if (event.present().has_transfer()) Transfer(event.present().transfer());
  }

  void Transfer(const v1::Transfer& transfer) {
    const std::string at = "event.present.transfer.";
    Actor(at + "supplier", transfer.supplier());
    Actor(at + "recipient", transfer.recipient());
    Expect(!transfer.designation().empty() || !transfer.description().empty(), at + "designation",
           "is empty, as the description is; expected what was transferred");
    Text(at + "deal_id", transfer.deal_id(), kRecordBytesMax);
    Text(at + "designation", transfer.designation(), kShortTextBytesMax);
    Text(at + "description", transfer.description(), kShortTextBytesMax);
    Text(at + "category", transfer.category(), kShortTextBytesMax);
    Text(at + "comment", transfer.comment(), kLongTextBytesMax);
    if (transfer.has_order_date()) Date(at + "order_date", transfer.order_date());
    NotNegative(at + "number_ordered", transfer.has_number_ordered(), transfer.number_ordered());
    NotNegative(at + "tiv_new_unit_thousandths", true, transfer.tiv_new_unit_thousandths());
    NotNegative(at + "tiv_deal_unit_thousandths", true, transfer.tiv_deal_unit_thousandths());
    NotNegative(at + "tiv_order_thousandths", true, transfer.tiv_order_thousandths());
    NotNegative(at + "tiv_delivered_thousandths", true, transfer.tiv_delivered_thousandths());
    Expect(v1::Condition_IsValid(transfer.condition()), at + "condition",
           "expected a condition that is known");
    Expect(v1::Disruption_IsValid(transfer.disruption()), at + "disruption",
           "expected a disruption that is known");
    Expect(
        transfer.delivery_size() <= kDeliveriesMax, at + "delivery",
        absl::StrCat(transfer.delivery_size(), " given, at most ", kDeliveriesMax, " are taken"));
    for (int i = 0; i < std::min(transfer.delivery_size(), kDeliveriesMax); ++i) {
      Delivery(absl::StrCat(at, "delivery[", i, "]"), transfer.delivery(i));
    }
  }

  void Actor(const std::string& field, const v1::ActorRef& actor) {
    Text(field + ".id", actor.id(), kRecordBytesMax);
    Text(field + ".printed_name", actor.printed_name(), kShortTextBytesMax);
    Expect(!actor.id().empty() || !actor.printed_name().empty(), field,
           "is empty, expected an actor's id or its name");
    if (actor.id().empty() || table_.Find(actor.id()) != nullptr) return;
    const v1::ActorKind kind = KindOf(actor.id());
    Expect(kind != v1::ACTOR_KIND_UNSPECIFIED && kind != v1::ACTOR_KIND_STATE, field + ".id",
           absl::StrCat("\"", actor.id(),
                        "\" is no actor that is known, expected an id such as \"state:RUS\" or "
                        "\"group:NAME\""));
  }

  void Delivery(const std::string& field, const v1::Delivery& delivery) {
    NotNegative(field + ".number", delivery.has_number(), delivery.number());
    Expect(delivery.year_size() <= kDeliveryYearsMax, field + ".year",
           absl::StrCat(delivery.year_size(), " years, at most ", kDeliveryYearsMax, " are taken"));
    const auto& years = delivery.year();
    Expect(std::all_of(years.begin(), years.end(), [](int y) { return y >= 1 && y <= 9999; }),
           field + ".year", "expected years from 1 to 9999");
    Expect(std::adjacent_find(years.begin(), years.end(), std::greater_equal<>()) == years.end(),
           field + ".year", "expected the years in ascending order, each once");
  }

  const ActorTable& table_;
  const absl::Time now_;
  FieldViolations violations_;
};

void FillActor(const ActorTable& table, const std::string& source, v1::ActorRef& actor) {
  if (actor.id().empty()) {
    actor.set_id(table.Resolve(source, actor.printed_name()));
    return;
  }
  const v1::Actor* known = table.Find(actor.id());
  if (known == nullptr) return;
  if (actor.printed_name().empty()) actor.set_printed_name(known->name());
  actor.set_id(known->id());
}

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
    v1::Transfer& transfer = *event.mutable_present()->mutable_transfer();
    FillActor(table, event.source(), *transfer.mutable_supplier());
    FillActor(table, event.source(), *transfer.mutable_recipient());
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
