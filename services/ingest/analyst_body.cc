#include "services/ingest/analyst_body.h"

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace dossier {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kDeliveriesMax = 200;
constexpr int kDeliveryYearsMax = 100;
constexpr int kElementsMax = 200;

class BodyChecker {
 public:
  BodyChecker(const ActorTable& table, FieldChecks& checks) : table_(table), checks_(checks) {}

  void Transfer(const v1::Transfer& transfer) {
    const std::string at = "event.present.transfer.";
    Actor(at + "supplier", transfer.supplier());
    Actor(at + "recipient", transfer.recipient());
    checks_.Expect(!transfer.designation().empty() || !transfer.description().empty(),
                   at + "designation",
                   "is empty, as the description is; expected what was transferred");
    checks_.Text(at + "deal_id", transfer.deal_id(), kRecordBytesMax);
    checks_.Text(at + "designation", transfer.designation(), kShortTextBytesMax);
    checks_.Text(at + "description", transfer.description(), kShortTextBytesMax);
    checks_.Text(at + "category", transfer.category(), kShortTextBytesMax);
    checks_.Text(at + "comment", transfer.comment(), kLongTextBytesMax);
    if (transfer.has_order_date()) checks_.Date(at + "order_date", transfer.order_date());
    checks_.NotNegative(at + "number_ordered", transfer.has_number_ordered(),
                        transfer.number_ordered());
    checks_.NotNegative(at + "tiv_new_unit_thousandths", true, transfer.tiv_new_unit_thousandths());
    checks_.NotNegative(at + "tiv_deal_unit_thousandths", true,
                        transfer.tiv_deal_unit_thousandths());
    checks_.NotNegative(at + "tiv_order_thousandths", true, transfer.tiv_order_thousandths());
    checks_.NotNegative(at + "tiv_delivered_thousandths", true,
                        transfer.tiv_delivered_thousandths());
    checks_.Expect(v1::Condition_IsValid(transfer.condition()), at + "condition",
                   "expected a condition that is known");
    checks_.Expect(v1::Disruption_IsValid(transfer.disruption()), at + "disruption",
                   "expected a disruption that is known");
    checks_.Expect(
        transfer.delivery_size() <= kDeliveriesMax, at + "delivery",
        absl::StrCat(transfer.delivery_size(), " given, at most ", kDeliveriesMax, " are taken"));
    for (int i = 0; i < std::min(transfer.delivery_size(), kDeliveriesMax); ++i) {
      Delivery(absl::StrCat(at, "delivery[", i, "]"), transfer.delivery(i));
    }
  }

  void Actor(const std::string& field, const v1::ActorRef& actor) {
    checks_.Text(field + ".id", actor.id(), kRecordBytesMax);
    checks_.Text(field + ".printed_name", actor.printed_name(), kShortTextBytesMax);
    checks_.Expect(!actor.id().empty() || !actor.printed_name().empty(), field,
                   "is empty, expected an actor's id or its name");
    if (actor.id().empty() || IsListed(actor.id()) || table_.Find(actor.id()) != nullptr) return;
    const v1::ActorKind kind = KindOf(actor.id());
    checks_.Expect(
        kind != v1::ACTOR_KIND_UNSPECIFIED && kind != v1::ACTOR_KIND_STATE, field + ".id",
        absl::StrCat("\"", actor.id(),
                     "\" is no actor that is known, expected an id such as \"state:RUS\" or "
                     "\"group:NAME\""));
  }

  void Delivery(const std::string& field, const v1::Delivery& delivery) {
    checks_.NotNegative(field + ".number", delivery.has_number(), delivery.number());
    checks_.Expect(
        delivery.year_size() <= kDeliveryYearsMax, field + ".year",
        absl::StrCat(delivery.year_size(), " years, at most ", kDeliveryYearsMax, " are taken"));
    const auto& years = delivery.year();
    checks_.Expect(
        std::all_of(years.begin(), years.end(), [](int y) { return y >= 1 && y <= 9999; }),
        field + ".year", "expected years from 1 to 9999");
    checks_.Expect(
        std::adjacent_find(years.begin(), years.end(), std::greater_equal<>()) == years.end(),
        field + ".year", "expected the years in ascending order, each once");
  }

  void Sanction(const v1::Sanction& sanction) {
    const std::string at = "event.present.sanction";
    checks_.Expect(sanction.target_size() > 0, at + ".target",
                   "is empty, expected whom it is against");
    checks_.Expect(
        sanction.sender_size() > 0 || !sanction.authority().empty() || !sanction.list().empty(),
        at + ".sender", "is empty, as authority and list are; expected who imposes it");
    ForEach(at + ".target", sanction.target(),
            [&](const auto& field, const auto& target) { Actor(field, target); });
    ForEach(at + ".sender", sanction.sender(),
            [&](const auto& field, const auto& sender) { Actor(field, sender); });
    ForEach(at + ".nationality", sanction.nationality(),
            [&](const auto& field, const auto& of) { Actor(field + ".country", of.country()); });
    ForEach(at + ".link", sanction.link(), [&](const auto& field, const auto& link) {
      if (link.has_party()) Actor(field + ".party", link.party());
      LinkedTo(field, link);
    });
    ForEach(at + ".claim", sanction.claim(), [&](const auto& field, const auto& claim) {
      if (claim.has_subject()) Actor(field + ".subject", claim.subject());
      Claimed(field, claim);
    });
    Everything(at, sanction);
  }

  void Link(const v1::PartyLink& link) {
    const std::string at = "event.present.link";
    Actor(at + ".party", link.party());
    LinkedTo(at, link);
    Everything(at, link);
  }

  void Claim(const v1::IdentityClaim& claim) {
    const std::string at = "event.present.identity_claim";
    Actor(at + ".subject", claim.subject());
    Claimed(at, claim);
    Everything(at, claim);
  }

  void Treaty(const v1::Treaty& treaty) {
    const std::string at = "event.present.treaty";
    TreatyId(at + ".treaty.id", treaty.treaty().id());
    ForEach(at + ".party", treaty.party(), [&](const auto& field, const auto& party) {
      Actor(field + ".party", party.party());
      if (party.has_toward()) Actor(field + ".toward", party.toward());
      ForEach(field + ".act", party.act(), [&](const auto& of, const auto& act) {
        checks_.Expect(act.kind() != v1::ACT_KIND_UNSPECIFIED, of + ".kind",
                       "is not set, expected what the party did");
      });
    });
    checks_.Expect(treaty.describes() || treaty.party_size() > 0, at,
                   "neither describes the treaty nor names a party, expected either");
    Everything(at, treaty);
  }

  void Membership(const v1::Membership& membership) {
    const std::string at = "event.present.membership";
    Actor(at + ".member", membership.member());
    Actor(at + ".organisation", membership.organisation());
    checks_.Expect(membership.status() != v1::MEMBERSHIP_STATUS_UNSPECIFIED, at + ".status",
                   "is not set, expected joined, suspended or left");
    Everything(at, membership);
  }

  void Deployment(const v1::Deployment& deployment) {
    const std::string at = "event.present.deployment";
    Actor(at + ".sender", deployment.sender());
    Actor(at + ".supported", deployment.supported());
    if (deployment.has_location()) Actor(at + ".location", deployment.location());
    checks_.NotNegative(at + ".personnel", deployment.has_personnel(), deployment.personnel());
    checks_.Expect(!deployment.has_personnel_max() ||
                       (deployment.has_personnel() &&
                        deployment.personnel_max() >= deployment.personnel()),
                   at + ".personnel_max", "expected personnel, and no less than it");
    Everything(at, deployment);
  }

  void Indicator(const v1::Indicator& indicator) {
    const std::string at = "event.present.indicator";
    Actor(at + ".actor", indicator.actor());
    Actor(at + ".on", indicator.on());
    checks_.Expect(!indicator.name().empty(), at + ".name", "is empty, expected what is measured");
    checks_.Expect(indicator.has_value_millionths() || !indicator.statement().empty(),
                   at + ".value_millionths", "is not set, as the statement is; expected either");
    checks_.Expect(indicator.has_value_millionths() == !indicator.unit().empty(), at + ".unit",
                   "expected a unit where there is a value, and only there");
    Everything(at, indicator);
  }

  void Dealing(const v1::Dealing& dealing) {
    const std::string at = "event.present.dealing";
    Actor(at + ".actor", dealing.actor());
    Actor(at + ".toward", dealing.toward());
    checks_.Expect(dealing.kind() != v1::DEALING_KIND_UNSPECIFIED, at + ".kind",
                   "is not set, expected what kind of dealing it is");
    checks_.Expect(!dealing.description().empty(), at + ".description",
                   "is empty, expected what passed between them");
    if (dealing.has_treaty()) TreatyId(at + ".treaty.id", dealing.treaty().id());
    Everything(at, dealing);
  }

 private:
  void TreatyId(const std::string& field, const std::string& id) {
    checks_.Text(field, id, kRecordBytesMax);
    const size_t colon = id.find(':');
    checks_.Expect(colon != std::string::npos && colon > 0 && colon + 1 < id.size(), field,
                   "expected a treaty's id such as \"treaty:NAME\" or \"untc:26-3\"");
  }

  template <typename Elements, typename Check>
  static void ForEach(const std::string& field, const Elements& elements, const Check& check) {
    for (int i = 0; i < std::min(elements.size(), kElementsMax); ++i) {
      check(absl::StrCat(field, "[", i, "]"), elements.Get(i));
    }
  }

  void LinkedTo(const std::string& at, const v1::PartyLink& link) {
    Actor(at + ".other", link.other());
    checks_.Expect(link.kind() != v1::LINK_KIND_UNSPECIFIED, at + ".kind",
                   "is not set, expected how they are linked");
    checks_.Expect(link.share_millionths() >= 0 && link.share_millionths() <= 1'000'000,
                   at + ".share_millionths", "expected 0 to 1,000,000");
  }

  void Claimed(const std::string& at, const v1::IdentityClaim& claim) {
    Actor(at + ".object", claim.object());
    checks_.Expect(claim.kind() != v1::CLAIM_KIND_UNSPECIFIED, at + ".kind",
                   "is not set, expected what is claimed");
  }

  // What holds of every field: lengths, dates, values that are known.
  void Everything(const std::string& path, const Message& message) {
    std::vector<const FieldDescriptor*> fields;
    const Reflection& reflection = *message.GetReflection();
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const std::string at = absl::StrCat(path, ".", field->name());
      const bool repeated = field->is_repeated();
      const int size = repeated ? reflection.FieldSize(message, field) : 1;
      checks_.Expect(size <= kElementsMax, at,
                     absl::StrCat(size, " given, at most ", kElementsMax, " are taken"));
      for (int i = 0; i < std::min(size, kElementsMax); ++i) {
        Value(repeated ? absl::StrCat(at, "[", i, "]") : at, message, field, repeated ? i : -1);
      }
    }
  }

  void Value(const std::string& at, const Message& message, const FieldDescriptor* field,
             int index) {
    const Reflection& reflection = *message.GetReflection();
    const bool repeated = index >= 0;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      checks_.Text(at,
                   repeated ? reflection.GetRepeatedString(message, field, index)
                            : reflection.GetString(message, field),
                   kLongTextBytesMax);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      const int value = repeated ? reflection.GetRepeatedEnumValue(message, field, index)
                                 : reflection.GetEnumValue(message, field);
      checks_.Expect(field->enum_type()->FindValueByNumber(value) != nullptr, at,
                     "expected a value that is known");
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const Message& nested = repeated ? reflection.GetRepeatedMessage(message, field, index)
                                       : reflection.GetMessage(message, field);
      if (nested.GetDescriptor() == v1::Date::descriptor()) {
        checks_.Date(at, static_cast<const v1::Date&>(nested));
      } else {
        Everything(at, nested);
      }
    }
  }

  const ActorTable& table_;
  FieldChecks& checks_;
};

void FillActor(const ActorTable& table, const std::string& source, v1::ActorRef& actor) {
  if (actor.id().empty()) {
    if (!actor.printed_name().empty()) actor.set_id(table.Resolve(source, actor.printed_name()));
    return;
  }
  const v1::Actor* known = table.Find(actor.id());
  if (known == nullptr) return;
  if (actor.printed_name().empty()) actor.set_printed_name(known->name());
  actor.set_id(known->id());
}

void FillSanction(const ActorTable& table, const std::string& source, v1::Sanction& sanction) {
  if (sanction.part() == v1::SANCTION_PART_UNSPECIFIED) {
    sanction.set_part(v1::SANCTION_PART_ENTRY);
  }
  const auto fill = [&](v1::ActorRef* actor) { FillActor(table, source, *actor); };
  for (v1::ActorRef& target : *sanction.mutable_target()) fill(&target);
  for (v1::ActorRef& sender : *sanction.mutable_sender()) fill(&sender);
  for (v1::Birth& birth : *sanction.mutable_birth()) {
    if (birth.has_country()) fill(birth.mutable_country());
  }
  for (v1::Nationality& of : *sanction.mutable_nationality()) fill(of.mutable_country());
  for (v1::Identifier& identifier : *sanction.mutable_identifier()) {
    if (identifier.has_country()) fill(identifier.mutable_country());
  }
  for (v1::Address& address : *sanction.mutable_address()) {
    if (address.has_country()) fill(address.mutable_country());
  }
  if (sanction.craft().has_flag()) fill(sanction.mutable_craft()->mutable_flag());
  for (v1::PartyLink& link : *sanction.mutable_link()) {
    if (link.has_party()) fill(link.mutable_party());
    fill(link.mutable_other());
  }
  for (v1::IdentityClaim& claim : *sanction.mutable_claim()) {
    if (claim.has_subject()) fill(claim.mutable_subject());
    fill(claim.mutable_object());
  }
}

}  // namespace

void CheckAnalystBody(const v1::Present& present, const ActorTable& table, FieldChecks& checks) {
  BodyChecker checker(table, checks);
  switch (present.body_case()) {
    case v1::Present::kTransfer:
      return checker.Transfer(present.transfer());
    case v1::Present::kSanction:
      return checker.Sanction(present.sanction());
    case v1::Present::kLink:
      return checker.Link(present.link());
    case v1::Present::kIdentityClaim:
      return checker.Claim(present.identity_claim());
    case v1::Present::kTreaty:
      return checker.Treaty(present.treaty());
    case v1::Present::kMembership:
      return checker.Membership(present.membership());
    case v1::Present::kDeployment:
      return checker.Deployment(present.deployment());
    case v1::Present::kIndicator:
      return checker.Indicator(present.indicator());
    case v1::Present::kDealing:
      return checker.Dealing(present.dealing());
    case v1::Present::BODY_NOT_SET:
      checks.Expect(false, "event.present",
                    "is empty, expected a transfer, sanction, link, identity claim, treaty, "
                    "membership, deployment, indicator or dealing");
  }
}

void FillAnalystBody(const ActorTable& table, const std::string& source, v1::Present& present) {
  const auto fill = [&](v1::ActorRef* actor) { FillActor(table, source, *actor); };
  switch (present.body_case()) {
    case v1::Present::kTransfer:
      fill(present.mutable_transfer()->mutable_supplier());
      fill(present.mutable_transfer()->mutable_recipient());
      break;
    case v1::Present::kSanction:
      FillSanction(table, source, *present.mutable_sanction());
      break;
    case v1::Present::kLink:
      fill(present.mutable_link()->mutable_party());
      fill(present.mutable_link()->mutable_other());
      break;
    case v1::Present::kIdentityClaim:
      fill(present.mutable_identity_claim()->mutable_subject());
      fill(present.mutable_identity_claim()->mutable_object());
      break;
    case v1::Present::kTreaty:
      for (v1::TreatyParty& party : *present.mutable_treaty()->mutable_party()) {
        fill(party.mutable_party());
        if (party.has_toward()) fill(party.mutable_toward());
      }
      break;
    case v1::Present::kMembership:
      fill(present.mutable_membership()->mutable_member());
      fill(present.mutable_membership()->mutable_organisation());
      break;
    case v1::Present::kDeployment:
      fill(present.mutable_deployment()->mutable_sender());
      fill(present.mutable_deployment()->mutable_supported());
      if (present.deployment().has_location()) {
        fill(present.mutable_deployment()->mutable_location());
      }
      break;
    case v1::Present::kIndicator:
      fill(present.mutable_indicator()->mutable_actor());
      fill(present.mutable_indicator()->mutable_on());
      break;
    case v1::Present::kDealing:
      fill(present.mutable_dealing()->mutable_actor());
      fill(present.mutable_dealing()->mutable_toward());
      break;
    case v1::Present::BODY_NOT_SET:
      break;
  }
}

}  // namespace dossier
