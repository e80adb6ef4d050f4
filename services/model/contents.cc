#include "services/model/contents.h"

#include <algorithm>

#include "services/model/actors.h"
#include "services/model/message_diff.h"
#include "services/model/transfers.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// Calls `visit` with each actor that the content names beside its text.
template <typename Visit>
void ForEachActor(const v1::Present& present, const Visit& visit) {
  switch (present.body_case()) {
    case v1::Present::kTransfer:
      visit(present.transfer().supplier());
      visit(present.transfer().recipient());
      break;
    case v1::Present::kSanction: {
      const v1::Sanction& sanction = present.sanction();
      for (const v1::ActorRef& target : sanction.target()) visit(target);
      for (const v1::ActorRef& sender : sanction.sender()) visit(sender);
      for (const v1::PartyLink& link : sanction.link()) visit(link.other());
      for (const v1::IdentityClaim& claim : sanction.claim()) visit(claim.object());
      break;
    }
    case v1::Present::kLink:
      visit(present.link().party());
      visit(present.link().other());
      break;
    case v1::Present::kIdentityClaim:
      visit(present.identity_claim().subject());
      visit(present.identity_claim().object());
      break;
    case v1::Present::kTreaty:
      for (const v1::TreatyParty& party : present.treaty().party()) {
        visit(party.party());
        if (party.has_toward()) visit(party.toward());
      }
      break;
    case v1::Present::kMembership:
      visit(present.membership().member());
      visit(present.membership().organisation());
      break;
    case v1::Present::kDeployment:
      visit(present.deployment().sender());
      visit(present.deployment().supported());
      break;
    case v1::Present::kIndicator:
      visit(present.indicator().actor());
      visit(present.indicator().on());
      break;
    case v1::Present::kDealing:
      visit(present.dealing().actor());
      visit(present.dealing().toward());
      break;
    case v1::Present::BODY_NOT_SET:
      break;
  }
}

bool FitKeys(const v1::Treaty& treaty) {
  return !treaty.treaty().id().empty() && FitsKey(treaty.treaty().id()) &&
         FitsKey(treaty.base().id());
}

void AddBetween(BetweenFamily family, const v1::ActorRef& a, const v1::ActorRef& b,
                std::vector<Between>& betweens) {
  betweens.push_back({family, a.id(), b.id()});
  if (a.id() != b.id()) betweens.push_back({family, b.id(), a.id()});
}

// Without what only a reader of the event asks for.
void KeepTreatyParty(const v1::TreatyParty& party, v1::TreatyParty& kept) {
  kept.mutable_party()->set_id(party.party().id());
  if (party.has_toward()) kept.mutable_toward()->set_id(party.toward().id());
  for (const v1::TreatyAct& act : party.act()) {
    v1::TreatyAct& kept_act = *kept.add_act();
    kept_act.set_kind(act.kind());
    if (act.has_date()) *kept_act.mutable_date() = act.date();
  }
  for (const v1::TreatySpell& spell : party.spell()) {
    v1::TreatySpell& kept_spell = *kept.add_spell();
    kept_spell = spell;
    kept_spell.clear_end_reason();
    kept_spell.clear_detail();
  }
  kept.set_side(party.side());
}

}  // namespace

std::string_view FamilyOf(const v1::Present& present) {
  switch (present.body_case()) {
    case v1::Present::kTransfer:
      return "transfer";
    case v1::Present::kSanction:
      return "sanction";
    case v1::Present::kLink:
      return "link";
    case v1::Present::kIdentityClaim:
      return "identity-claim";
    case v1::Present::kTreaty:
      return "treaty";
    case v1::Present::kMembership:
      return "membership";
    case v1::Present::kDeployment:
      return "deployment";
    case v1::Present::kIndicator:
      return "indicator";
    case v1::Present::kDealing:
      return "dealing";
    case v1::Present::BODY_NOT_SET:
      break;
  }
  return "";
}

bool IsWellFormed(const v1::Present& present) {
  bool fits = true;
  bool has_ids = true;
  ForEachActor(present, [&](const v1::ActorRef& actor) {
    fits = fits && FitsKey(actor.id()) && FitsKey(actor.printed_name());
    has_ids = has_ids && !actor.id().empty();
  });
  if (present.has_treaty()) fits = fits && FitKeys(present.treaty());
  if (present.has_dealing()) fits = fits && FitsKey(present.dealing().treaty().id());
  if (!present.has_sanction()) return fits && has_ids && present.body_case() != 0;
  // What a list links to or claims may have a printed name alone; whom it targets has an id.
  const v1::Sanction& sanction = present.sanction();
  const auto has_id = [](const v1::ActorRef& actor) { return !actor.id().empty(); };
  for (const v1::PartyName& name : sanction.name()) fits = fits && FitsKey(name.whole());
  for (const v1::Identifier& identifier : sanction.identifier()) {
    fits = fits && FitsKey(identifier.number());
  }
  return fits && sanction.part() != v1::SANCTION_PART_UNSPECIFIED && sanction.target_size() > 0 &&
         std::all_of(sanction.target().begin(), sanction.target().end(), has_id) &&
         std::all_of(sanction.sender().begin(), sanction.sender().end(), has_id);
}

std::vector<std::string_view> ActorsOf(const v1::Present& present) {
  std::vector<std::string_view> actors;
  ForEachActor(present, [&](const v1::ActorRef& actor) {
    const bool known = std::find(actors.begin(), actors.end(), actor.id()) != actors.end();
    if (!known && !actor.id().empty()) actors.push_back(actor.id());
  });
  return actors;
}

std::vector<Between> BetweensOf(const v1::Present& present) {
  std::vector<Between> betweens;
  switch (present.body_case()) {
    case v1::Present::kSanction:
      for (const v1::ActorRef& sender : present.sanction().sender()) {
        for (const v1::ActorRef& target : present.sanction().target()) {
          AddBetween(kSanctionBetween, sender, target, betweens);
        }
      }
      break;
    case v1::Present::kMembership:
      AddBetween(kMembershipBetween, present.membership().member(),
                 present.membership().organisation(), betweens);
      break;
    case v1::Present::kDeployment:
      AddBetween(kDeploymentBetween, present.deployment().sender(),
                 present.deployment().supported(), betweens);
      break;
    case v1::Present::kIndicator:
      AddBetween(kIndicatorBetween, present.indicator().actor(), present.indicator().on(),
                 betweens);
      break;
    case v1::Present::kDealing:
      AddBetween(kDealingBetween, present.dealing().actor(), present.dealing().toward(), betweens);
      break;
    default:
      break;
  }
  return betweens;
}

std::vector<TreatyRole> TreatyRolesOf(const v1::Treaty& treaty) {
  std::vector<TreatyRole> roles;
  for (const v1::TreatyParty& party : treaty.party()) {
    roles.push_back({party.party().id(), party.toward().id()});
    if (party.has_toward()) roles.push_back({party.toward().id(), party.party().id()});
  }
  return roles;
}

void KeepTreatyParties(const v1::Treaty& treaty, v1::StatementRow& row) {
  for (const v1::TreatyParty& party : treaty.party()) {
    KeepTreatyParty(party, *row.add_treaty_party());
  }
}

std::vector<const v1::ActorRef*> RefsOf(const v1::Present& present) {
  std::vector<const v1::ActorRef*> refs;
  ForEachActor(present, [&](const v1::ActorRef& actor) { refs.push_back(&actor); });
  const v1::Sanction& sanction = present.sanction();
  for (const v1::Birth& birth : sanction.birth()) refs.push_back(&birth.country());
  for (const v1::Nationality& nationality : sanction.nationality()) {
    refs.push_back(&nationality.country());
  }
  for (const v1::Identifier& identifier : sanction.identifier()) {
    refs.push_back(&identifier.country());
  }
  for (const v1::Address& address : sanction.address()) refs.push_back(&address.country());
  refs.push_back(&sanction.craft().flag());
  if (present.deployment().has_location()) refs.push_back(&present.deployment().location());
  return refs;
}

std::vector<GivenName> NamesOf(const v1::Present& present) {
  std::vector<GivenName> names;
  const auto add = [&](std::string_view actor, std::string_view name) {
    if (!actor.empty() && !name.empty()) names.push_back({actor, name});
  };
  if (!present.has_sanction()) {
    ForEachActor(present,
                 [&](const v1::ActorRef& actor) { add(actor.id(), actor.printed_name()); });
    return names;
  }
  // What a list calls those that it links to, or claims, is no name of theirs.
  const v1::Sanction& sanction = present.sanction();
  for (const v1::ActorRef& target : sanction.target()) add(target.id(), target.printed_name());
  for (const v1::ActorRef& sender : sanction.sender()) add(sender.id(), sender.printed_name());
  if (sanction.target_size() == 1) {
    for (const v1::PartyName& name : sanction.name()) add(sanction.target(0).id(), name.whole());
  }
  return names;
}

std::vector<GivenName> IdentifiersOf(const v1::Present& present) {
  std::vector<GivenName> identifiers;
  const v1::Sanction& sanction = present.sanction();
  if (sanction.target_size() != 1) return identifiers;
  for (const v1::Identifier& identifier : sanction.identifier()) {
    identifiers.push_back({sanction.target(0).id(), identifier.number()});
  }
  return identifiers;
}

std::vector<v1::FieldChange> DiffContents(const v1::Present* before, const v1::Present* after) {
  const v1::Present& either = before != nullptr ? *before : *after;
  const bool of_one_family =
      before == nullptr || after == nullptr || before->body_case() == after->body_case();
  if (either.has_transfer() && of_one_family) {
    return DiffTransfers(before != nullptr ? &before->transfer() : nullptr,
                         after != nullptr ? &after->transfer() : nullptr);
  }
  const auto body = [](const v1::Present* present) -> const google::protobuf::Message* {
    if (present == nullptr) return nullptr;
    if (present->has_sanction()) return &present->sanction();
    if (present->has_link()) return &present->link();
    if (present->has_identity_claim()) return &present->identity_claim();
    if (present->has_treaty()) return &present->treaty();
    if (present->has_membership()) return &present->membership();
    if (present->has_deployment()) return &present->deployment();
    if (present->has_indicator()) return &present->indicator();
    if (present->has_dealing()) return &present->dealing();
    return nullptr;
  };
  if (!of_one_family) return DiffMessages(before, after);
  return DiffMessages(body(before), body(after), either.sanction().is_blank_insensitive());
}

std::vector<v1::FieldChange> DiffEvents(const v1::Event& before, const v1::Event& after) {
  std::vector<v1::FieldChange> changes;
  if (before.has_present() || after.has_present()) {
    changes = DiffContents(before.has_present() ? &before.present() : nullptr,
                           after.has_present() ? &after.present() : nullptr);
  }
  const auto evidence = [](const v1::Event& event) {
    v1::Event kept;
    *kept.mutable_citations() = event.citations();
    kept.set_reliability(event.reliability());
    kept.set_credibility(event.credibility());
    if (event.has_effective()) *kept.mutable_effective() = event.effective();
    *kept.mutable_raw() = event.raw();
    return kept;
  };
  const v1::Event old_evidence = evidence(before);
  const v1::Event new_evidence = evidence(after);
  for (v1::FieldChange& change : DiffMessages(&old_evidence, &new_evidence)) {
    changes.push_back(std::move(change));
  }
  return changes;
}

std::string FoldIdentifier(std::string_view number) {
  std::string folded = FoldName(number);
  std::erase(folded, ' ');
  for (const std::string_view kind : {"imo", "mmsi"}) {
    if (!folded.starts_with(kind) || folded.size() == kind.size()) continue;
    if (std::all_of(folded.begin() + kind.size(), folded.end(),
                    [](char c) { return c >= '0' && c <= '9'; })) {
      return folded.substr(kind.size());
    }
  }
  return folded;
}

}  // namespace dossier
