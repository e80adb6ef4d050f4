// The table's sources: ISO 3166-1 and -3 from Debian's iso-codes (iso_3166.cmake), and the
// project's own rows (actor_table_*.cc).
#include "services/model/actors.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/model/actor_join.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

// How good a claim to a name or code is, better ones larger.
enum Standing {
  kOnlyAsPrinted,  // a publisher's spelling
  kFormerly,       // borne before by an actor that has another one now
  kToTheEnd,       // borne to its end by an actor that ended
  kToday,
};

struct Claim {
  size_t actor = 0;
  Standing standing = kToday;
  absl::Time since = absl::InfinitePast();

  bool operator<(const Claim& other) const {
    return std::pair(standing, since) < std::pair(other.standing, other.since);
  }
};

using Claims = absl::flat_hash_map<std::string, Claim>;

void Add(Claims& claims, std::string key, const Claim& claim) {
  const auto [it, is_new] = claims.try_emplace(std::move(key), claim);
  if (!is_new && it->second < claim) it->second = claim;
}

const Claim* FindClaim(const Claims& claims, std::string_view key) {
  const auto it = claims.find(ToAbsl(key));
  return it == claims.end() ? nullptr : &it->second;
}

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

bool HasBlanksToMend(std::string_view name) {
  char before = ' ';
  for (char c : name) {
    if (IsBlank(c) && (c != ' ' || before == ' ')) return true;
    before = c;
  }
  return !name.empty() && before == ' ';
}

std::string WithBlanksMended(std::string_view name) {
  std::string mended(name);
  absl::RemoveExtraAsciiWhitespace(&mended);
  std::replace_if(mended.begin(), mended.end(), IsBlank, ' ');
  return mended;
}

Standing StandingOf(const v1::Actor& actor, const v1::ActorName& name) {
  if (!name.has_to_date()) return actor.has_to_date() ? kToTheEnd : kToday;
  const bool to_the_end = actor.has_to_date() && !Before(name.to_date(), actor.to_date());
  return to_the_end ? kToTheEnd : kFormerly;
}

}  // namespace

struct ActorTable::Index {
  Claims ids;     // in lower case
  Claims codes;   // in upper case: alpha-3, alpha-2, "COW:365"
  Claims names;   // as printed
  Claims sipri;   // as SIPRI prints them
  Claims folded;  // by FoldName

  void AddActor(size_t position, const JoinedActor& joined);
  void AddCodes(const Claim& own, const JoinedActor& joined);
  void AddNames(const Claim& own, const JoinedActor& joined);
};

void ActorTable::Index::AddActor(size_t position, const JoinedActor& joined) {
  const v1::Actor& actor = joined.actor;
  Claim own{position, actor.has_to_date() ? kToTheEnd : kToday, absl::InfinitePast()};
  if (actor.has_from_date()) own.since = StartOf(actor.from_date());
  Add(ids, absl::AsciiStrToLower(actor.id()), own);
  AddCodes(own, joined);
  AddNames(own, joined);
}

void ActorTable::Index::AddCodes(const Claim& own, const JoinedActor& joined) {
  const v1::Actor& actor = joined.actor;
  if (actor.kind() == v1::ACTOR_KIND_STATE) {
    Add(codes, absl::AsciiStrToUpper(actor.id().substr(actor.id().find(':') + 1)), own);
  }
  if (!actor.iso_alpha3().empty()) Add(codes, actor.iso_alpha3(), own);
  if (!actor.iso_alpha2().empty()) Add(codes, actor.iso_alpha2(), own);
  for (int32_t number : actor.cow_number()) Add(codes, absl::StrCat("COW:", number), own);
  for (std::string_view code : joined.former_codes) {
    Add(codes, std::string(code), Claim{own.actor, kFormerly, own.since});
  }
}

void ActorTable::Index::AddNames(const Claim& own, const JoinedActor& joined) {
  for (const v1::ActorName& name : joined.actor.names()) {
    Claim claim{own.actor, StandingOf(joined.actor, name), own.since};
    if (name.name() != joined.actor.name() &&
        std::find(joined.sipri_names.begin(), joined.sipri_names.end(), name.name()) !=
            joined.sipri_names.end()) {
      claim.standing = kOnlyAsPrinted;
    }
    Add(names, name.name(), claim);
    Add(folded, FoldName(name.name()), claim);
  }
  for (std::string_view name : joined.sipri_names) Add(sipri, std::string(name), own);
  const std::string& id = joined.actor.id();
  Add(folded, FoldName(id.substr(id.find(':') + 1)), Claim{own.actor, kOnlyAsPrinted, own.since});
}

ActorTable::ActorTable() {
  auto index = std::make_shared<Index>();
  std::vector<JoinedActor> joined = JoinActorRows();
  actors_.reserve(joined.size());
  for (JoinedActor& one : joined) {
    index->AddActor(actors_.size(), one);
    actors_.push_back(std::move(one.actor));
  }
  index_ = std::move(index);
}

std::string ActorTable::Resolve(std::string_view source, std::string_view printed_name) const {
  if (HasBlanksToMend(printed_name)) return Resolve(source, WithBlanksMended(printed_name));
  const Claim* claim = nullptr;
  if (source.starts_with("sipri")) claim = FindClaim(index_->sipri, printed_name);
  if (claim == nullptr) claim = FindClaim(index_->names, printed_name);
  return claim != nullptr ? actors_[claim->actor].id() : UnresolvedId(source, printed_name);
}

const v1::Actor* ActorTable::Find(std::string_view id_code_or_name) const {
  const std::string text = WithBlanksMended(id_code_or_name);
  const Claim* claim = FindClaim(index_->ids, absl::AsciiStrToLower(text));
  if (claim == nullptr) claim = FindClaim(index_->codes, absl::AsciiStrToUpper(text));
  if (claim == nullptr) claim = FindClaim(index_->folded, FoldName(text));
  return claim != nullptr ? &actors_[claim->actor] : nullptr;
}

}  // namespace dossier
