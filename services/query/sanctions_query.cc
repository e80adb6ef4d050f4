#include "services/query/sanctions_query.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/sources.h"
#include "services/query/list_entries.h"
#include "services/query/list_party.h"
#include "services/query/live_editions.h"
#include "services/query/named_actors.h"
#include "services/query/sanction_notice.h"
#include "services/query/sanction_records.h"

namespace dossier {
namespace {

constexpr int kLinkedMax = 1'000;
constexpr char kNotAll[] = ": not all are shown";

// What a record is to an actor.
struct Role {
  bool is_entry = false;  // an entry's own record
  bool is_target = false;
  bool is_sender = false;
};

Role RoleIn(const v1::Sanction& sanction, std::string_view actor) {
  return {sanction.part() == v1::SANCTION_PART_ENTRY, IsAmong(sanction.target(), actor),
          IsAmong(sanction.sender(), actor)};
}

// A party to look at, and the claim that brought it in.
struct Reached {
  std::string id;
  int steps = 0;
  std::optional<v1::ClaimStep> by;
};

// Goes from party to party, and gathers what is said of each.
class SanctionWalk {
 public:
  SanctionWalk(AsOf& as_of, const ActorTable& table, const v1::GetSanctionsRequest& request)
      : as_of_(as_of), table_(table), request_(request), reader_(as_of) {}

  absl::Status Run(const std::vector<std::string>& ids, v1::GetSanctionsResponse* response) {
    for (const std::string& id : ids) reached_.push_back({id, 0, std::nullopt});
    for (size_t i = 0; i < reached_.size(); ++i) {  // grows as claims are followed
      if (absl::Status s = AddParty(i, response->add_party()); !s.ok()) return s;
    }
    return AddCoverage(response);
  }

 private:
  absl::Status AddParty(size_t at, v1::PartySanctions* party);
  absl::Status AddRecord(size_t at, const AboutRecord& record, v1::PartySanctions* party);
  absl::Status AddEntry(const AboutRecord& record, const std::string& actor,
                        v1::PartySanctions* party);
  absl::Status AddCoverage(v1::GetSanctionsResponse* response);
  void AddLink(const v1::PartyLink& link, const v1::ActorRef* owner, const std::string& actor,
               v1::PartySanctions* party);
  // Notes the party at the other side of a claim that `actor` is in.
  absl::Status Follow(size_t at, v1::IdentityClaim claim, const v1::ActorRef* owner,
                      const HeldEvent& held);

  AsOf& as_of_;
  const ActorTable& table_;
  const v1::GetSanctionsRequest& request_;
  EntryReader reader_;
  std::vector<Reached> reached_;
  std::set<std::string> cut_short_;  // where the answer has not all
};

absl::Status SanctionWalk::AddParty(size_t at, v1::PartySanctions* party) {
  const std::string id = reached_[at].id;
  auto actor = ActorAt(as_of_, table_, id);
  if (!actor.ok()) return actor.status();
  *party->mutable_actor() = *std::move(actor);
  if (reached_[at].by.has_value()) *party->mutable_by() = *reached_[at].by;
  auto records = RecordsAbout(as_of_, id, "");
  if (!records.ok()) return records.status();
  for (const AboutRecord& record : *records) {
    if (absl::Status s = AddRecord(at, record, party); !s.ok()) return s;
  }
  return absl::OkStatus();
}

absl::Status SanctionWalk::AddRecord(size_t at, const AboutRecord& record,
                                     v1::PartySanctions* party) {
  const std::string actor = reached_[at].id;
  auto held = HeldAt(as_of_, record);
  if (!held.ok()) return held.status();
  if (!held->has_value()) {
    // Held no more: of interest where ended ones are asked for, or it may have held on the date.
    const bool may_be_asked = request_.include_ended() || as_of_.has_effective_date();
    return may_be_asked ? AddEntry(record, actor, party) : absl::OkStatus();
  }
  const v1::Present& present = (*held)->event.present();
  if (present.has_link()) AddLink(present.link(), nullptr, actor, party);
  if (present.has_identity_claim()) return Follow(at, present.identity_claim(), nullptr, **held);
  if (!present.has_sanction()) return absl::OkStatus();
  const v1::Sanction& sanction = present.sanction();
  const v1::ActorRef* owner = sanction.target_size() == 1 ? &sanction.target(0) : nullptr;
  for (const v1::PartyLink& link : sanction.link()) AddLink(link, owner, actor, party);
  for (const v1::IdentityClaim& claim : sanction.claim()) {
    if (absl::Status s = Follow(at, claim, owner, **held); !s.ok()) return s;
  }
  const Role role = RoleIn(sanction, actor);
  const bool is_asked = role.is_target || (role.is_sender && request_.include_imposed());
  return role.is_entry && is_asked ? AddEntry(record, actor, party) : absl::OkStatus();
}

absl::Status SanctionWalk::AddEntry(const AboutRecord& record, const std::string& actor,
                                    v1::PartySanctions* party) {
  auto read = reader_.Read(record.source, record.record);
  if (!read.ok()) return read.status();
  if (!read->has_value() || !IsAsked(as_of_, **read, request_.include_ended()))
    return absl::OkStatus();
  if (absl::Status s = reader_.AddEndReason(&**read); !s.ok()) return s;
  v1::SanctionEntry& entry = (*read)->entry;
  if (request_.include_ended()) {
    for (std::string& run : (*read)->other_runs) entry.add_note(std::move(run));
  }
  const Role role = RoleIn(entry.sanction(), actor);
  if (role.is_target) {
    v1::SanctionEntry& added = *party->add_entry();
    added = entry;
    for (const v1::ActorRef& target : entry.sanction().target()) {
      if (target.id() == actor) *added.mutable_party() = target;
    }
  }
  if (!role.is_sender || !request_.include_imposed()) return absl::OkStatus();
  if (party->imposed_size() < kImposedMax) {
    *party->add_imposed() = entry;
  } else {
    cut_short_.insert(absl::StrCat("imposed by ", actor, ": more than ", kImposedMax, kNotAll));
  }
  return absl::OkStatus();
}

void SanctionWalk::AddLink(const v1::PartyLink& link, const v1::ActorRef* owner,
                           const std::string& actor, v1::PartySanctions* party) {
  const bool by_list = owner != nullptr && !link.has_party();
  const bool of_other = link.other().id() == actor;
  // What a party's own entry links to stands in that entry.
  if (by_list ? !of_other : (!of_other && link.party().id() != actor)) return;
  if (party->linked_size() >= kLinkedMax) {
    cut_short_.insert(absl::StrCat("links to ", actor, ": more than ", kLinkedMax, kNotAll));
    return;
  }
  v1::PartyLink& added = *party->add_linked();
  added = link;
  if (by_list) *added.mutable_party() = *owner;
}

absl::Status SanctionWalk::Follow(size_t at, v1::IdentityClaim claim, const v1::ActorRef* owner,
                                  const HeldEvent& held) {
  if (!request_.follow_claims()) return absl::OkStatus();
  if (owner != nullptr && !claim.has_subject()) *claim.mutable_subject() = *owner;
  const Reached& from = reached_[at];
  const bool is_subject = claim.subject().id() == from.id;
  if (!is_subject && claim.object().id() != from.id) return absl::OkStatus();
  const std::string other = is_subject ? claim.object().id() : claim.subject().id();
  const bool known = std::any_of(reached_.begin(), reached_.end(),
                                 [&](const Reached& reached) { return reached.id == other; });
  if (other.empty() || known) return absl::OkStatus();
  if (from.steps == kClaimStepsMax) {
    cut_short_.insert(absl::StrCat("claims lead more than ", kClaimStepsMax, " steps on", kNotAll));
    return absl::OkStatus();
  }
  if (reached_.size() >= kClaimedPartiesMax) {
    cut_short_.insert(
        absl::StrCat("claims lead to more than ", kClaimedPartiesMax, " parties", kNotAll));
    return absl::OkStatus();
  }
  Reached next{other, from.steps + 1, v1::ClaimStep()};
  *next.by->mutable_claim() = std::move(claim);
  *next.by->mutable_ground() = GroundOf(held.event, held.statement.version.sequence);
  reached_.push_back(std::move(next));
  return absl::OkStatus();
}

absl::Status SanctionWalk::AddCoverage(v1::GetSanctionsResponse* response) {
  for (const std::string& what : cut_short_) response->add_coverage(what);
  auto sources = SourcesInView(as_of_);
  if (!sources.ok()) return sources.status();
  for (const std::string& id : *sources) {
    auto has_entries = HasEntries(as_of_, id);
    if (!has_entries.ok()) return has_entries.status();
    if (!*has_entries && FindSource(id) == nullptr) continue;
    auto source = reader_.Source(id);
    if (!source.ok()) return source.status();
    const bool spoke = *has_entries || !(*source)->live().empty();
    if (spoke) response->add_coverage((*source)->Coverage());
  }
  return absl::OkStatus();
}

}  // namespace

bool IsAsked(const AsOf& as_of, const ReadEntry& read, bool include_ended) {
  if (read.ended) return include_ended;
  return !read.not_begun || read.listed || !as_of.has_effective_date();
}

absl::StatusOr<v1::GetSanctionsResponse> GetSanctions(AsOf& as_of, const ActorTable& table,
                                                      const v1::GetSanctionsRequest& request) {
  google::protobuf::RepeatedPtrField<std::string> texts;
  *texts.Add() = request.actor();
  auto ids = ResolveActors(as_of, table, {{"actor", texts}});
  if (!ids.ok()) return ids.status();
  v1::GetSanctionsResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  response.set_notice(kSanctionsNotice);
  SanctionWalk walk(as_of, table, request);
  if (absl::Status s = walk.Run(ids->front(), &response); !s.ok()) return s;
  return response;
}

absl::StatusOr<SanctionCounts> CountSanctions(AsOf& as_of, EntryReader& reader,
                                              const std::string& source, const std::string& actor) {
  SanctionCounts counts;
  const SourceFacts* facts = FindSource(source);
  if (facts != nullptr && facts->sender == actor && !as_of.has_effective_date()) {
    auto entries = CountEntries(as_of, source);
    if (!entries.ok()) return entries.status();
    counts.by = *entries;
  }
  auto records = RecordsAbout(as_of, actor, source);
  if (!records.ok()) return records.status();
  for (const AboutRecord& record : *records) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    auto statement = LatestAt(as_of.rows(), source, record.record, as_of.known());
    if (!statement.ok()) return statement.status();
    if (!statement->has_value()) continue;
    const v1::StatementRow& row = (*statement)->row;
    // One that is held no more may have been in force on the date.
    const bool may_hold =
        row.present() ? row.facets().part() == v1::SANCTION_PART_ENTRY : as_of.has_effective_date();
    if (!may_hold) continue;
    auto read = reader.Read(source, record.record);
    if (!read.ok()) return read.status();
    if (!read->has_value() || !IsAsked(as_of, **read, /*include_ended=*/false)) continue;
    const Role role = RoleIn((*read)->entry.sanction(), actor);
    counts.on += role.is_target ? 1 : 0;
    counts.by += role.is_sender ? 1 : 0;
  }
  return counts;
}

}  // namespace dossier
