#include "services/ingest/analyst_sanction.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

constexpr int64_t kWholeShare = 1'000'000;

void CheckLink(const std::string& at, const v1::PartyLink& link, BodyChecks& checks) {
  checks.Actor(at + ".other", link.has_other());
  checks.Expect(link.kind() != v1::LINK_KIND_UNSPECIFIED, at + ".kind",
                "is not set, expected how they are linked");
  checks.Expect(link.share_millionths() >= 0 && link.share_millionths() <= kWholeShare,
                at + ".share_millionths", "expected 0 to 1,000,000");
}

void CheckClaim(const std::string& at, const v1::IdentityClaim& claim, BodyChecks& checks) {
  checks.Actor(at + ".object", claim.has_object());
  checks.Expect(claim.kind() != v1::CLAIM_KIND_UNSPECIFIED, at + ".kind",
                "is not set, expected what is claimed");
}

}  // namespace

void CheckBody(const v1::Sanction& sanction, BodyChecks& checks) {
  const std::string at = "event.present.sanction";
  checks.Everything(at, sanction);
  checks.Expect(sanction.target_size() > 0, at + ".target",
                "is empty, expected whom it is against");
  checks.Expect(
      sanction.sender_size() > 0 || !sanction.authority().empty() || !sanction.list().empty(),
      at + ".sender", "is empty, as authority and list are; expected who imposes it");
  ForEachElement(at + ".nationality", sanction.nationality(),
                 [&](const std::string& field, const auto& of) {
                   checks.Actor(field + ".country", of.has_country());
                 });
  ForEachElement(at + ".link", sanction.link(), [&](const std::string& field, const auto& link) {
    CheckLink(field, link, checks);
  });
  ForEachElement(at + ".claim", sanction.claim(), [&](const std::string& field, const auto& claim) {
    CheckClaim(field, claim, checks);
  });
}

void CheckBody(const v1::PartyLink& link, BodyChecks& checks) {
  const std::string at = "event.present.link";
  checks.Everything(at, link);
  checks.Actor(at + ".party", link.has_party());
  CheckLink(at, link, checks);
}

void CheckBody(const v1::IdentityClaim& claim, BodyChecks& checks) {
  const std::string at = "event.present.identity_claim";
  checks.Everything(at, claim);
  checks.Actor(at + ".subject", claim.has_subject());
  CheckClaim(at, claim, checks);
}

}  // namespace dossier
