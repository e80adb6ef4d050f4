#include "services/query/tie_changes.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/query/field_error.h"
#include "services/query/named_actors.h"
#include "services/query/page_token.h"
#include "services/query/pair_reader.h"
#include "services/query/tie_diff.h"
#include "services/query/tie_facts.h"
#include "services/query/tie_notice.h"
#include "services/query/tie_records.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 100;
constexpr size_t kPageBytesMax = 8 << 20;
constexpr int kActorsMin = 2;
constexpr int kGroupMax = 12;

// Where a page goes on. The earlier cut's sequence stays that of the first page.
struct Place {
  uint64_t from_sequence = 0;
  uint64_t told = 0;

  std::string Encode() const {
    return KeyBuilder(kStatementRow).Number(from_sequence).Number(told).key().substr(1);
  }
};

absl::StatusOr<Place> ReadPlace(std::string_view text) {
  KeyParser parser = KeyParser::OfBytes(text);
  Place place;
  if (!parser.Number(&place.from_sequence) || !parser.Number(&place.told) ||
      !parser.rest().empty()) {
    return InvalidField("page_token", "it names no place in this list");
  }
  return place;
}

absl::StatusOr<std::vector<v1::ActorRef>> GroupOf(AsOf& as_of, const ActorTable& table,
                                                  const v1::ListTieChangesRequest& request) {
  if (request.actor_size() < kActorsMin || request.actor_size() > kGroupMax) {
    return InvalidField("actor", absl::StrCat(request.actor_size(), " actors; expected ",
                                              kActorsMin, " to ", kGroupMax));
  }
  std::vector<v1::ActorRef> group;
  for (const std::string& text : request.actor()) {
    auto actor = ResolveActor(as_of, table, text, "actor");
    if (!actor.ok()) return actor.status();
    const bool is_known = std::any_of(group.begin(), group.end(), [&](const v1::ActorRef& known) {
      return known.id() == actor->id();
    });
    if (is_known) {
      return InvalidField("actor", absl::StrCat("\"", text, "\" names ", actor->id(),
                                                ", which is named before; expected each once"));
    }
    v1::ActorRef& ref = group.emplace_back();
    ref.set_id(actor->id());
    ref.set_printed_name(actor->name());
  }
  return group;
}

absl::Status CheckDates(const AsOf& as_of, const v1::Cut& from) {
  if (!as_of.has_effective_date()) return absl::OkStatus();
  const std::string to = PrintDate(as_of.effective_date());
  if (!from.has_effective_date()) {
    return InvalidField("from.effective_date",
                        absl::StrCat("not given: all that was ever reported; expected a date not "
                                     "after that of read_at, ",
                                     to));
  }
  if (LastDay(from.effective_date()) <= LastDay(as_of.effective_date())) return absl::OkStatus();
  return InvalidField("from.effective_date",
                      absl::StrCat(PrintDate(from.effective_date()),
                                   " is after the date of read_at, ", to));
}

// The earlier cut; on later pages at the sequence of the first.
absl::StatusOr<AsOf> EarlierCut(AsOf& as_of, const v1::ListTieChangesRequest& request,
                                bool is_first_page, Place* place) {
  uint64_t sequence = 0;
  auto from = as_of.Resolve(request.from(), "from", &sequence);
  if (!from.ok()) return from.status();
  if (is_first_page) {
    place->from_sequence = sequence;
  } else if (sequence != place->from_sequence) {
    sequence = from->sequence = place->from_sequence;
  }
  return as_of.At(request.from(), *from, sequence);
}

// Works out what changed, pair by pair.
class GroupDiff {
 public:
  GroupDiff(AsOf& then, AsOf& now)
      : then_(then),
        now_(now),
        revised_(RevisedCut(then, now)),
        knowledge_is_same_(then.known().stamp == now.known().stamp &&
                           then.sequence() == now.sequence()),
        read_then_(then_, kWhole),
        read_now_(now_, kWhole),
        read_revised_(revised_, kWhole) {}

  absl::Status AddPair(const v1::ActorRef& a, const v1::ActorRef& b);
  absl::Status AddMemberships(const v1::ActorRef& member);
  std::vector<v1::TieChange> Take() {
    SortTieChanges(&changes_);
    return std::move(changes_);
  }

 private:
  static constexpr PairReader::Options kWhole = {
      .include_ended = true, .include_ended_treaties = true, .in_detail = true};

  static AsOf RevisedCut(const AsOf& then, const AsOf& now) {
    v1::Cut cut = now.answered_at().cut();
    cut.clear_effective_date();
    if (then.has_effective_date()) *cut.mutable_effective_date() = then.effective_date();
    return now.At(cut, now.known(), now.sequence());
  }
  TieSides Sides() const;
  static absl::Status AddTie(PairReader& reader, const v1::ActorRef& a, const v1::ActorRef& b,
                             const std::optional<absl::CivilDay>& day, TieFacts* facts);
  void Diff(const TieSides& sides);

  AsOf& then_;
  AsOf& now_;
  AsOf revised_;  // the earlier day, by what the later cut knows
  const bool knowledge_is_same_;
  PairReader read_then_, read_now_, read_revised_;
  std::vector<v1::TieChange> changes_;
};

TieSides GroupDiff::Sides() const {
  TieSides sides{then_, now_, {}, {}, {}, {}};
  sides.between = {sides.EarlierDay(), sides.LaterDay()};
  return sides;
}

absl::Status GroupDiff::AddTie(PairReader& reader, const v1::ActorRef& a, const v1::ActorRef& b,
                               const std::optional<absl::CivilDay>& day, TieFacts* facts) {
  v1::Tie tie;
  uint64_t ended_treaties = 0;  // none is left out
  if (absl::Status s = reader.Read(a, b, &tie, &ended_treaties); !s.ok()) return s;
  AddFacts(tie, day, facts);
  return absl::OkStatus();
}

absl::Status GroupDiff::AddPair(const v1::ActorRef& a, const v1::ActorRef& b) {
  TieSides sides = Sides();
  const auto earlier = sides.EarlierDay();
  const auto later = sides.LaterDay();
  if (absl::Status s = AddTie(read_then_, a, b, earlier, &sides.before); !s.ok()) return s;
  if (absl::Status s = AddTie(read_now_, a, b, later, &sides.after); !s.ok()) return s;
  if (knowledge_is_same_) {
    sides.revised = sides.before;
  } else if (absl::Status s = AddTie(read_revised_, a, b, earlier, &sides.revised); !s.ok()) {
    return s;
  }
  if (absl::Status s = AddTreatyActs(a, b, &sides); !s.ok()) return s;
  if (absl::Status s = AddTransferFacts(a.id(), b.id(), &sides); !s.ok()) return s;
  if (absl::Status s = AddTransferFacts(b.id(), a.id(), &sides); !s.ok()) return s;
  Diff(sides);
  return absl::OkStatus();
}

absl::Status GroupDiff::AddMemberships(const v1::ActorRef& member) {
  TieSides sides = Sides();
  if (absl::Status s = AddMembershipFacts(member.id(), &sides); !s.ok()) return s;
  Diff(sides);
  return absl::OkStatus();
}

void GroupDiff::Diff(const TieSides& sides) {
  std::vector<v1::TieChange> changes =
      DiffTies({&sides.before, &sides.revised, &sides.after, sides.between});
  std::move(changes.begin(), changes.end(), std::back_inserter(changes_));
}

absl::StatusOr<std::vector<v1::TieChange>> ChangesOf(AsOf& then, AsOf& now,
                                                     const std::vector<v1::ActorRef>& group) {
  GroupDiff diff(then, now);
  for (size_t i = 0; i < group.size(); ++i) {
    if (absl::Status s = diff.AddMemberships(group[i]); !s.ok()) return s;
    for (size_t j = i + 1; j < group.size(); ++j) {
      if (absl::Status s = diff.AddPair(group[i], group[j]); !s.ok()) return s;
    }
  }
  return diff.Take();
}

}  // namespace

absl::StatusOr<v1::ListTieChangesResponse> ListTieChanges(AsOf& as_of, const ActorTable& table,
                                                          const v1::ListTieChangesRequest& request,
                                                          std::string_view after) {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (!request.has_from()) return InvalidField("from", "not given; expected the earlier cut");
  auto group = GroupOf(as_of, table, request);
  if (!group.ok()) return group.status();
  Place place;
  if (!after.empty()) {
    auto read = ReadPlace(after);
    if (!read.ok()) return read.status();
    place = *read;
  }
  auto then = EarlierCut(as_of, request, after.empty(), &place);
  if (!then.ok()) return then.status();
  if (absl::Status s = CheckDates(as_of, request.from()); !s.ok()) return s;
  auto changes = ChangesOf(*then, as_of, *group);
  if (!changes.ok()) return changes.status();
  if (place.told > changes->size()) {
    return InvalidField("page_token", "it names no place in this list");
  }

  v1::ListTieChangesResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  *response.mutable_from() = then->answered_at();
  response.set_notice(kTiesNotice);
  size_t bytes = 0;
  while (place.told < changes->size()) {
    if (response.change_size() == static_cast<int>(*page_size) || bytes >= kPageBytesMax) {
      response.set_next_page_token(WritePageToken(request, as_of.resolved(), place.Encode()));
      break;
    }
    v1::TieChange& change = (*changes)[place.told++];
    bytes += change.ByteSizeLong();
    *response.add_change() = std::move(change);
  }
  return response;
}

}  // namespace dossier
