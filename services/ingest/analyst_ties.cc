#include "services/ingest/analyst_ties.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

void CheckParty(const std::string& at, const v1::TreatyParty& party, BodyChecks& checks) {
  checks.Actor(at + ".party", party.has_party());
  checks.Differ(at + ".toward", party.toward(), party.party());
  ForEachElement(at + ".act", party.act(), [&](const std::string& field, const auto& act) {
    checks.Expect(act.kind() != v1::ACT_KIND_UNSPECIFIED, field + ".kind",
                  "is not set, expected what the party did");
  });
  ForEachElement(at + ".spell", party.spell(), [&](const std::string& field, const auto& spell) {
    checks.Period(field + ".to_date", spell.from_date(), spell.to_date());
  });
  checks.fields().NotNegative(at + ".side", true, party.side());
}

}  // namespace

void CheckBody(const v1::Treaty& treaty, BodyChecks& checks) {
  const std::string at = "event.present.treaty";
  checks.Everything(at, treaty);
  checks.TreatyId(at + ".treaty.id", treaty.treaty().id());
  if (treaty.has_base()) {
    checks.TreatyId(at + ".base.id", treaty.base().id());
    checks.Expect(treaty.base().id() != treaty.treaty().id(), at + ".base.id",
                  "is the treaty's own, expected that of another one");
  }
  checks.Period(at + ".end_date", treaty.signed_date(), treaty.end_date());
  checks.Period(at + ".end_date", treaty.in_force_date(), treaty.end_date());
  ForEachElement(at + ".party", treaty.party(), [&](const std::string& field, const auto& party) {
    CheckParty(field, party, checks);
  });
  checks.Expect(treaty.describes() || treaty.party_size() > 0, at,
                "neither describes the treaty nor names a party, expected either");
}

void CheckBody(const v1::Membership& membership, BodyChecks& checks) {
  const std::string at = "event.present.membership";
  checks.Everything(at, membership);
  checks.Actor(at + ".member", membership.has_member());
  checks.Actor(at + ".organisation", membership.has_organisation());
  checks.Differ(at + ".organisation", membership.organisation(), membership.member());
  const v1::ActorKind kind = checks.KindOfActor(membership.organisation());
  checks.Expect(kind == v1::ACTOR_KIND_ORGANISATION || kind == v1::ACTOR_KIND_UNSPECIFIED,
                at + ".organisation", "is of another kind, expected an organisation");
  checks.Expect(membership.status() != v1::MEMBERSHIP_STATUS_UNSPECIFIED, at + ".status",
                "is not set, expected joined, suspended or left");
}

void CheckBody(const v1::Deployment& deployment, BodyChecks& checks) {
  const std::string at = "event.present.deployment";
  checks.Everything(at, deployment);
  checks.Actor(at + ".sender", deployment.has_sender());
  checks.Actor(at + ".supported", deployment.has_supported());
  checks.Differ(at + ".supported", deployment.supported(), deployment.sender());
  checks.fields().NotNegative(at + ".personnel", deployment.has_personnel(),
                              deployment.personnel());
  checks.Expect(!deployment.has_personnel_max() ||
                    (deployment.has_personnel() &&
                     deployment.personnel_max() >= deployment.personnel()),
                at + ".personnel_max", "expected personnel beside it, and no less than that");
  checks.Period(at + ".to_date", deployment.from_date(), deployment.to_date());
}

void CheckBody(const v1::Indicator& indicator, BodyChecks& checks) {
  const std::string at = "event.present.indicator";
  checks.Everything(at, indicator);
  checks.Actor(at + ".actor", indicator.has_actor());
  checks.Actor(at + ".on", indicator.has_on());
  checks.Differ(at + ".on", indicator.on(), indicator.actor());
  checks.Expect(!indicator.name().empty(), at + ".name", "is empty, expected what is measured");
  checks.Expect(indicator.has_value_millionths() || !indicator.statement().empty(),
                at + ".value_millionths", "is not set, as the statement is; expected either");
  checks.Expect(indicator.has_value_millionths() == !indicator.unit().empty(), at + ".unit",
                "expected a unit where there is a value, and only there");
  checks.Period(at + ".to_date", indicator.from_date(), indicator.to_date());
}

void CheckBody(const v1::Dealing& dealing, BodyChecks& checks) {
  const std::string at = "event.present.dealing";
  checks.Everything(at, dealing);
  checks.Actor(at + ".actor", dealing.has_actor());
  checks.Actor(at + ".toward", dealing.has_toward());
  checks.Differ(at + ".toward", dealing.toward(), dealing.actor());
  checks.Expect(dealing.kind() != v1::DEALING_KIND_UNSPECIFIED, at + ".kind",
                "is not set, expected what kind of dealing it is");
  checks.Expect(!dealing.description().empty(), at + ".description",
                "is empty, expected what passed between them");
  if (dealing.has_treaty()) checks.TreatyId(at + ".treaty.id", dealing.treaty().id());
  checks.Period(at + ".to_date", dealing.from_date(), dealing.to_date());
}

}  // namespace dossier
