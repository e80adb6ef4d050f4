#include "services/cli/content_summary.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/numbers.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

constexpr int kActorsShown = 4;

std::string NameOf(const v1::ActorRef& actor) {
  if (actor.printed_name().empty()) return actor.id();
  return actor.id().empty() ? actor.printed_name()
                            : absl::StrCat(actor.printed_name(), " (", actor.id(), ")");
}

template <typename Actors>
std::string NamesOf(const Actors& actors) {
  std::string names;
  for (int i = 0; i < actors.size(); ++i) {
    if (i == kActorsShown) return absl::StrCat(names, " and ", actors.size() - i, " more");
    absl::StrAppend(&names, i > 0 ? ", " : "", NameOf(actors.Get(i)));
  }
  return names;
}

// What a part of an entry holds.
std::string PartOf(const v1::Sanction& sanction) {
  switch (sanction.part()) {
    case v1::SANCTION_PART_ADDRESSES:
      return absl::StrCat("addresses: ", sanction.address_size());
    case v1::SANCTION_PART_ALIASES:
      return absl::StrCat(
          "aliases: ", absl::StrJoin(sanction.name(), "; ", [](std::string* out, const auto& name) {
            absl::StrAppend(out, name.whole());
          }));
    case v1::SANCTION_PART_COMMENTS:
      return absl::StrCat("comments: ", sanction.remarks());
    default:
      return "";
  }
}

std::string SummaryOfSanction(const v1::Sanction& sanction) {
  std::string summary = NamesOf(sanction.target());
  if (sanction.sender_size() > 0) absl::StrAppend(&summary, ", by ", NamesOf(sanction.sender()));
  if (const std::string part = PartOf(sanction); !part.empty()) {
    return absl::StrCat(summary, ", ", part);
  }
  if (sanction.programme_size() > 0) {
    absl::StrAppend(&summary, ", under ", absl::StrJoin(sanction.programme(), ", "));
  }
  std::set<std::string> measures;
  for (const v1::Measure& measure : sanction.measure()) {
    measures.insert(Words(v1::MeasureKind_Name(measure.kind()), "MEASURE_KIND_"));
  }
  if (!measures.empty()) absl::StrAppend(&summary, ": ", absl::StrJoin(measures, ", "));
  return summary;
}

// The treaty, and what its parties did, or who they are.
std::string SummaryOfTreaty(const v1::Treaty& treaty) {
  const v1::TreatyRef& ref = treaty.treaty();
  std::string summary =
      ref.title().empty() ? ref.id() : absl::StrCat(ref.title(), " (", ref.id(), ")");
  for (int i = 0; i < treaty.party_size(); ++i) {
    if (i == kActorsShown) return absl::StrCat(summary, " and ", treaty.party_size() - i, " more");
    const v1::TreatyParty& party = treaty.party(i);
    absl::StrAppend(&summary, i > 0 ? "; " : ": ", NameOf(party.party()));
    for (const v1::TreatyAct& act : party.act()) {
      absl::StrAppend(&summary, ", ", Words(v1::ActKind_Name(act.kind()), "ACT_KIND_"));
    }
  }
  return summary;
}

}  // namespace

std::string ContentSummary(const v1::Present& present) {
  switch (present.body_case()) {
    case v1::Present::kTransfer:
      return Summary(present.transfer());
    case v1::Present::kSanction:
      return SummaryOfSanction(present.sanction());
    case v1::Present::kLink:
      return absl::StrCat(NameOf(present.link().party()), " ",
                          Words(v1::LinkKind_Name(present.link().kind()), "LINK_KIND_"), " ",
                          NameOf(present.link().other()));
    case v1::Present::kIdentityClaim:
      return absl::StrCat(NameOf(present.identity_claim().subject()), " ",
                          Words(v1::ClaimKind_Name(present.identity_claim().kind()), "CLAIM_KIND_"),
                          " ", NameOf(present.identity_claim().object()));
    case v1::Present::kTreaty:
      return SummaryOfTreaty(present.treaty());
    case v1::Present::kMembership:
      return absl::StrCat(
          NameOf(present.membership().member()), " ",
          Words(v1::MembershipStatus_Name(present.membership().status()), "MEMBERSHIP_STATUS_"),
          " ", NameOf(present.membership().organisation()));
    case v1::Present::kDeployment:
      return absl::StrCat(NameOf(present.deployment().sender()), " in support of ",
                          NameOf(present.deployment().supported()), ": ",
                          DeploymentWords(present.deployment()));
    case v1::Present::kIndicator:
      return absl::StrCat(NameOf(present.indicator().actor()), " on ",
                          NameOf(present.indicator().on()), ", ", present.indicator().name(), ": ",
                          IndicatorWords(present.indicator()));
    case v1::Present::kDealing:
      return absl::StrCat(NameOf(present.dealing().actor()), ", ",
                          Words(v1::DealingKind_Name(present.dealing().kind()), "DEALING_KIND_"),
                          ", ", NameOf(present.dealing().toward()), ": ",
                          present.dealing().description());
    case v1::Present::BODY_NOT_SET:
      break;
  }
  return "";
}

}  // namespace dossier
