#include "services/query/name_search.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/query/field_error.h"
#include "services/query/live_editions.h"
#include "services/query/name_bearer.h"
#include "services/query/name_index.h"
#include "services/query/name_join.h"
#include "services/query/name_match.h"
#include "services/query/page_token.h"
#include "services/query/sanction_notice.h"
#include "services/query/sanction_records.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 20;
constexpr size_t kTextBytesMax = 500;
constexpr size_t kRowsMax = 6'000;
constexpr size_t kVerifiedMax = 200;
// Beyond a full page, so many actors are verified to see whether there are more.
constexpr size_t kPeekMax = 20;
constexpr size_t kBatch = 32;
constexpr size_t kLastWordRowsMax = 128;
constexpr size_t kOtherWordsNamesMax = 32;

// What is gone through, one after the other. Their numbers stand in page tokens.
enum class Step : uint8_t {
  kIdentifiers = 1,
  kExact,
  kFolded,
  kIdentifiersBegin,
  kPrefix,
  kWords,          // which of the next three
  kWordsByLast,    // by the rows of words that begin with the last word
  kWordsByOthers,  // by the names that have all other words
  kWordsAllWhole,  // by the names that have all words
  kDone,
};

struct Place {
  Step step = Step::kIdentifiers;
  std::string after;  // within the step: the place of the last row that was looked at
};

v1::MatchKind KindOf(Step step) {
  switch (step) {
    case Step::kIdentifiers:
      return v1::MATCH_KIND_IDENTIFIER;
    case Step::kExact:
      return v1::MATCH_KIND_EXACT;
    case Step::kFolded:
      return v1::MATCH_KIND_FOLDED;
    case Step::kIdentifiersBegin:
    case Step::kPrefix:
      return v1::MATCH_KIND_PREFIX;
    default:
      return v1::MATCH_KIND_WORDS;
  }
}

bool IsOfIdentifiers(Step step) {
  return step == Step::kIdentifiers || step == Step::kIdentifiersBegin;
}

WordsPlan PlanOf(Step step) {
  return step == Step::kWordsAllWhole ? WordsPlan::kAllWhole : WordsPlan::kLastBegins;
}

class SearchWalk {
 public:
  SearchWalk(AsOf& as_of, const ActorTable& table, const v1::SearchRequest& request,
             size_t page_size)
      : as_of_(as_of),
        request_(request),
        text_(request.text()),
        page_size_(page_size),
        bearers_(as_of, table),
        verified_max_(kVerifiedMax + page_size) {
    others_ = text_.words.words;
    std::erase(others_, text_.last_word);
  }

  // Goes on from a place until the page is full, the bounds are reached, or there is no more.
  absl::Status Run(Place place);

  std::vector<v1::SearchHit>& hits() { return hits_; }
  // Where the next page begins; nullopt: there is none.
  const std::optional<Place>& next() const { return next_; }

 private:
  bool IsAsked(v1::MatchKind kind) const {
    return request_.match().empty() || std::find(request_.match().begin(), request_.match().end(),
                                                 kind) != request_.match().end();
  }
  absl::StatusOr<Step> PlanWords();
  absl::Status GoThrough(Step step, std::string after);
  absl::Status GoThroughRows(Step step, const std::string& prefix, std::string after);
  absl::Status GoThroughJoin(Step step, const std::vector<std::string>& words, std::string after);
  // Whether the name of a row has the words beside the last one.
  absl::StatusOr<bool> HasOthers(const IndexedName& row);
  // Adds the actor of a row, if this is the row and the kind under which it stands.
  absl::Status Offer(Step step, const IndexedName& row);
  // Whether a name, or an identifier, of a bearer matches as a step has it.
  bool Matches(Step step, const BorneName& borne) const {
    return IsOfIdentifiers(step) ? IdentifierMatches(text_, KindOf(step), borne)
                                 : NameMatches(text_, KindOf(step), PlanOf(step), borne);
  }
  // Whether a bearer stands at a step before this one.
  bool StandsBefore(Step step, const NameBearer& bearer) const;
  // Whether the source can have given the name of a row by the cut.
  absl::StatusOr<bool> MayBeGiven(const IndexedName& row);
  // The name or identifier under which a bearer stands at a step; null: it does not.
  const BorneName* Best(Step step, const IndexedName& row, const NameBearer& bearer) const;
  absl::Status AddHit(v1::MatchKind kind, const IndexedName& row, const NameBearer& bearer,
                      const BorneName& found);
  // Sets next_ and stops.
  void StopAt(Step step, const std::string& after) { next_ = Place{step, after}; }
  bool IsSpent() const { return rows_read_ >= kRowsMax || bearers_.read() >= verified_max_; }

  AsOf& as_of_;
  const v1::SearchRequest& request_;
  const SearchText text_;
  const size_t page_size_;
  NameBearers bearers_;
  std::vector<std::string> others_;                 // words of the text, less the last one
  std::map<std::string, uint64_t> last_published_;  // by source; see MayBeGiven
  std::vector<v1::SearchHit> hits_;
  std::optional<Place> full_at_;  // where the next page begins, if there is one more hit
  std::optional<Place> next_;
  size_t rows_read_ = 0;
  size_t verified_max_;
};

absl::Status SearchWalk::Run(Place place) {
  while (place.step < Step::kDone && !next_.has_value()) {
    Step following = static_cast<Step>(static_cast<uint8_t>(place.step) + 1);
    if (place.step == Step::kWords) {
      if (!IsAsked(v1::MATCH_KIND_WORDS)) break;
      auto planned = PlanWords();
      if (!planned.ok()) return planned.status();
      place = {*planned, ""};
      continue;
    }
    if (place.step > Step::kWords) following = Step::kDone;
    if (IsAsked(KindOf(place.step))) {
      if (absl::Status s = GoThrough(place.step, std::move(place.after)); !s.ok()) return s;
    }
    place = {following, ""};
  }
  return absl::OkStatus();
}

absl::StatusOr<Step> SearchWalk::PlanWords() {
  if (others_.empty()) return Step::kWordsByLast;
  auto last = ReadIndexRows(as_of_, KeyBuilder(kNameWordRow).Open(text_.last_word).Take(), "",
                            kLastWordRowsMax + 1);
  if (!last.ok()) return last.status();
  rows_read_ += last->size();
  if (last->size() <= kLastWordRowsMax) return Step::kWordsByLast;
  NameJoin join(as_of_, others_, "");
  size_t names = 0;
  while (names <= kOtherWordsNamesMax) {
    auto next = join.Next(kRowsMax / 4);
    if (!next.ok()) return next.status();
    if (!next->has_value()) break;
    ++names;
  }
  rows_read_ += join.rows_read();
  return join.done() ? Step::kWordsByOthers : Step::kWordsAllWhole;
}

absl::Status SearchWalk::GoThrough(Step step, std::string after) {
  KeyBuilder prefix(IsOfIdentifiers(step)   ? kIdentifierRow
                    : step == Step::kPrefix ? kFoldedNameRow
                                            : kNameWordRow);
  switch (step) {
    case Step::kIdentifiers:
      if (text_.identifier.empty()) return absl::OkStatus();
      prefix.Text(text_.identifier);
      break;
    case Step::kIdentifiersBegin:
      if (!text_.may_begin_identifier) return absl::OkStatus();
      prefix.Open(text_.identifier);
      break;
    case Step::kExact:
    case Step::kFolded:
      prefix.Text(text_.words.words.front()).Raw(text_.words.digest);
      break;
    case Step::kPrefix:
      prefix.Open(text_.folded);
      break;
    case Step::kWordsByOthers:
      return GoThroughJoin(step, others_, std::move(after));
    case Step::kWordsAllWhole:
      return GoThroughJoin(step, text_.words.words, std::move(after));
    default:
      prefix.Open(text_.last_word);
  }
  return GoThroughRows(step, prefix.key(), std::move(after));
}

absl::Status SearchWalk::GoThroughRows(Step step, const std::string& prefix, std::string after) {
  for (;;) {
    auto rows = ReadIndexRows(as_of_, prefix, after.empty() ? "" : after + '\0', kBatch);
    if (!rows.ok()) return rows.status();
    for (const IndexedName& row : *rows) {
      absl::StatusOr<bool> has_others = true;
      if (step == Step::kWordsByLast) has_others = HasOthers(row);
      if (!has_others.ok()) return has_others.status();
      if (*has_others) {
        if (absl::Status s = Offer(step, row); !s.ok()) return s;
      }
      if (next_.has_value()) return absl::OkStatus();
      after = row.place;
      if (hits_.size() == page_size_ && !full_at_.has_value()) full_at_ = Place{step, after};
    }
    rows_read_ += rows->size();
    if (rows->size() < kBatch) return absl::OkStatus();
    if (IsSpent()) {
      StopAt(full_at_.has_value() ? full_at_->step : step, full_at_ ? full_at_->after : after);
      return absl::OkStatus();
    }
  }
}

absl::Status SearchWalk::GoThroughJoin(Step step, const std::vector<std::string>& words,
                                       std::string after) {
  NameJoin join(as_of_, words, std::move(after));
  const size_t rows_before = rows_read_;
  for (;;) {
    const size_t rows_left = kRowsMax - std::min(kRowsMax, rows_before);
    auto row = join.Next(rows_left);
    if (!row.ok()) return row.status();
    rows_read_ = rows_before + join.rows_read();
    if (row->has_value()) {
      if (absl::Status s = Offer(step, **row); !s.ok()) return s;
      if (next_.has_value()) return absl::OkStatus();
      if (hits_.size() == page_size_ && !full_at_.has_value()) full_at_ = {step, join.place()};
    } else if (join.done()) {
      return absl::OkStatus();
    }
    if (!row->has_value() || IsSpent()) {
      if (full_at_.has_value()) {
        next_ = full_at_;
      } else {
        StopAt(step, join.place());
      }
      return absl::OkStatus();
    }
  }
}

absl::StatusOr<bool> SearchWalk::HasOthers(const IndexedName& row) {
  for (const std::string& word : others_) {
    KeyBuilder key(kNameWordRow);
    key.Text(word).Raw(row.words).Text(row.actor).Text(row.source);
    if (!as_of_.rows().Find(key.key()).has_value()) {
      if (!as_of_.rows().status().ok()) return as_of_.rows().status();
      return false;
    }
  }
  return true;
}

absl::StatusOr<bool> SearchWalk::MayBeGiven(const IndexedName& row) {
  if (row.first_sequence > as_of_.sequence()) return false;
  const auto known = last_published_.find(row.source);
  if (known != last_published_.end()) return row.first_sequence <= known->second;
  auto last = LastPublishedSequence(as_of_, row.source);
  if (!last.ok()) return last.status();
  last_published_.emplace(row.source, *last);
  return row.first_sequence <= *last;
}

bool SearchWalk::StandsBefore(Step step, const NameBearer& bearer) const {
  for (Step earlier :
       {Step::kIdentifiers, Step::kExact, Step::kFolded, Step::kIdentifiersBegin, Step::kPrefix}) {
    if (earlier >= step) break;
    if (!IsAsked(KindOf(earlier))) continue;
    const auto& borne = IsOfIdentifiers(earlier) ? bearer.identifiers : bearer.names;
    for (const BorneName& name : borne) {
      if (Matches(earlier, name)) return true;
    }
  }
  return false;
}

const BorneName* SearchWalk::Best(Step step, const IndexedName& row,
                                  const NameBearer& bearer) const {
  if (StandsBefore(step, bearer)) return nullptr;
  // Of several names that match, the actor stands under the one that comes first in this step.
  using Order = std::pair<std::string, std::string>;
  std::optional<Order> first;
  const BorneName* best = nullptr;
  const auto& borne = IsOfIdentifiers(step) ? bearer.identifiers : bearer.names;
  for (const BorneName& name : borne) {
    if (!Matches(step, name)) continue;
    Order order;
    if (IsOfIdentifiers(step) || step == Step::kPrefix) order.first = name.folded;
    if (step > Step::kWords) {
      const NameWords words = WordsOf(name.folded);
      order.second = words.digest;
      if (step == Step::kWordsByLast) {
        // The first of its words that begins like this; they are sorted.
        const auto word = std::lower_bound(words.words.begin(), words.words.end(), text_.last_word);
        if (word == words.words.end()) continue;  // left out of the index: too many words
        order.first = *word;
      }
    }
    if (first.has_value() && *first <= order) continue;
    first = std::move(order);
    best = &name;
  }
  if (best == nullptr) return nullptr;
  const Order of_row{first->first.empty() ? "" : row.text, first->second.empty() ? "" : row.words};
  return *first == of_row ? best : nullptr;
}

absl::Status SearchWalk::Offer(Step step, const IndexedName& row) {
  auto may_be_given = MayBeGiven(row);
  if (!may_be_given.ok()) return may_be_given.status();
  if (!*may_be_given) return absl::OkStatus();
  const auto& sources = request_.source();
  if (!sources.empty() && std::find(sources.begin(), sources.end(), row.source) == sources.end()) {
    return absl::OkStatus();
  }
  auto bearer = bearers_.At(row.actor, row.source);
  if (!bearer.ok()) return bearer.status();
  const BorneName* found = Best(step, row, **bearer);
  if (found == nullptr) return absl::OkStatus();
  if (hits_.size() == page_size_) {
    next_ = full_at_;
    return absl::OkStatus();
  }
  if (absl::Status s = AddHit(KindOf(step), row, **bearer, *found); !s.ok()) return s;
  if (hits_.size() == page_size_) {
    verified_max_ = std::min(verified_max_, bearers_.read() + kPeekMax);
  }
  return absl::OkStatus();
}

absl::Status SearchWalk::AddHit(v1::MatchKind kind, const IndexedName& row,
                                const NameBearer& bearer, const BorneName& found) {
  v1::SearchHit& hit = hits_.emplace_back();
  *hit.mutable_actor() = bearer.actor;
  if (bearer.actor.printed_name().empty()) hit.mutable_actor()->set_printed_name(found.printed);
  hit.set_kind(bearer.kind);
  hit.set_source(row.source);
  hit.set_match(kind);
  hit.set_found(found.printed_kind.empty() ? found.printed
                                           : absl::StrCat(found.printed_kind, " ", found.printed));
  hit.mutable_programme()->Assign(bearer.programmes.begin(), bearer.programmes.end());
  hit.set_quality(found.quality);
  if (!found.event.has_value()) return absl::OkStatus();
  *hit.mutable_ground() = GroundOf(bearer.events[*found.event], bearer.sequences[*found.event]);
  return absl::OkStatus();
}

std::string EncodePlace(const Place& place) {
  return std::string(1, static_cast<char>(place.step)) + place.after;
}

absl::StatusOr<Place> ReadPlace(std::string_view text) {
  Place place;
  if (text.empty()) return place;
  place.step = static_cast<Step>(text[0]);
  place.after = text.substr(1);
  if (place.step < Step::kIdentifiers || place.step >= Step::kDone) {
    return InvalidField("page_token", "it names no place in this list");
  }
  return place;
}

absl::Status CheckRequest(AsOf& as_of, const v1::SearchRequest& request) {
  if (request.text().size() > kTextBytesMax) {
    return InvalidField("text", absl::StrCat("longer than ", kTextBytesMax, " bytes"));
  }
  if (SearchText(request.text()).folded.empty()) {
    return InvalidField("text", "no letters or digits in it; expected a name or an identifier");
  }
  for (const std::string& source : request.source()) {
    if (absl::Status s = CheckKnownSource(as_of, source, "source"); !s.ok()) return s;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::SearchResponse> Search(AsOf& as_of, const ActorTable& table,
                                          const v1::SearchRequest& request,
                                          std::string_view after) {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (absl::Status s = CheckRequest(as_of, request); !s.ok()) return s;
  auto place = ReadPlace(after);
  if (!place.ok()) return place.status();
  SearchWalk walk(as_of, table, request, *page_size);
  if (absl::Status s = walk.Run(*std::move(place)); !s.ok()) return s;

  v1::SearchResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  for (v1::SearchHit& hit : walk.hits()) *response.add_hit() = std::move(hit);
  if (walk.next().has_value()) {
    response.set_next_page_token(
        WritePageToken(request, as_of.resolved(), EncodePlace(*walk.next())));
  }
  auto sources = SourcesInView(as_of);
  if (!sources.ok()) return sources.status();
  for (std::string& source : *sources) {
    const auto& asked = request.source();
    const bool is_searched =
        asked.empty() || std::find(asked.begin(), asked.end(), source) != asked.end();
    if (is_searched) response.add_searched(std::move(source));
  }
  response.set_notice(kSanctionsNotice);
  return response;
}

}  // namespace dossier
