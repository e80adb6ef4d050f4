#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/model/sources.h"
#include "services/query/entry_source.h"
#include "services/query/field_error.h"
#include "services/query/live_editions.h"
#include "services/query/named_actors.h"
#include "services/query/page_token.h"
#include "services/query/tie_notice.h"
#include "services/query/treaties_query.h"
#include "services/query/treaty_descriptions.h"
#include "services/query/treaty_said.h"
#include "services/query/treaty_standing.h"

namespace dossier {
namespace {

constexpr size_t kUsualPageSize = 50;
constexpr size_t kTextBytesMax = 1'000;
// A page of large treaties is closed early.
constexpr size_t kPageBytesMax = 8 << 20;

// A treaty in a source: what a page goes on after.
struct Place {
  std::string treaty;
  std::string source;

  auto operator<=>(const Place&) const = default;
  std::string Encode() const {
    return KeyBuilder(kTreatyRow).Text(treaty).Text(source).key().substr(1);
  }
};

absl::StatusOr<Place> ReadPlace(std::string_view text) {
  KeyParser parser = KeyParser::OfBytes(text);
  std::string_view treaty, source;
  if (!parser.Text(&treaty) || !parser.Text(&source) || !parser.rest().empty()) {
    return InvalidField("page_token", "it names no place in this list");
  }
  return Place{std::string(treaty), std::string(source)};
}

bool Holds(const google::protobuf::RepeatedField<int>& asked, int value) {
  return std::find(asked.begin(), asked.end(), value) != asked.end();
}

class TreatyList {
 public:
  TreatyList(AsOf& as_of, const v1::ListTreatiesRequest& request, std::string party)
      : as_of_(as_of),
        request_(request),
        party_(std::move(party)),
        text_(absl::AsciiStrToLower(request.text())),
        editions_(as_of) {}

  // At most `wanted` lines, from the one after `after` on.
  absl::StatusOr<std::vector<v1::TreatyLine>> Find(const Place& after, size_t wanted);

 private:
  absl::Status FindOfParty(const Place& after, size_t wanted);
  absl::Status FindOfAll(const Place& after, size_t wanted);
  absl::Status Consider(const TreatyRecords& records);
  absl::StatusOr<const Descriptions*> DescriptionsFor(const std::string& treaty);
  absl::Status Describe(const TreatyRecords& records, const std::vector<TreatyStatement>& said,
                        const Descriptions& descriptions, v1::Treaty* treaty);
  bool FitsSource(const std::string& source) const;
  bool FitsText(const std::string& title, const std::string& id) const;
  bool FitsObligations(const v1::Treaty& treaty) const;

  AsOf& as_of_;
  const v1::ListTreatiesRequest& request_;
  const std::string party_;
  const std::string text_;
  EditionsBySource editions_;
  // Of one treaty: its sources follow each other.
  std::string described_;
  Descriptions descriptions_;
  std::vector<v1::TreatyLine> lines_;
};

absl::StatusOr<std::vector<v1::TreatyLine>> TreatyList::Find(const Place& after, size_t wanted) {
  absl::Status found = party_.empty() ? FindOfAll(after, wanted) : FindOfParty(after, wanted);
  if (!found.ok()) return found;
  return std::move(lines_);
}

absl::Status TreatyList::FindOfParty(const Place& after, size_t wanted) {
  auto treaties = TreatyRecordsOf(as_of_, party_);
  if (!treaties.ok()) return treaties.status();
  std::set<Place> places;
  for (TreatyRecords& of : *treaties) {
    if (FitsSource(of.source)) places.insert({std::move(of.treaty), std::move(of.source)});
  }
  for (auto at = places.upper_bound(after); at != places.end() && lines_.size() < wanted; ++at) {
    TreatyRange range = OfTreaty(at->treaty, at->source);
    auto records = NextTreaty(as_of_, &range);
    if (!records.ok()) return records.status();
    if (!records->has_value()) continue;
    if (absl::Status s = Consider(**records); !s.ok()) return s;
  }
  return absl::OkStatus();
}

absl::Status TreatyList::FindOfAll(const Place& after, size_t wanted) {
  TreatyRange range = AllTreaties();
  if (!after.treaty.empty()) range.from = AfterTreaty(after.treaty, after.source);
  while (lines_.size() < wanted) {
    auto records = NextTreaty(as_of_, &range);
    if (!records.ok()) return records.status();
    if (!records->has_value()) return absl::OkStatus();
    if (!FitsSource((*records)->source)) continue;
    if (absl::Status s = Consider(**records); !s.ok()) return s;
  }
  return absl::OkStatus();
}

absl::StatusOr<const Descriptions*> TreatyList::DescriptionsFor(const std::string& treaty) {
  if (described_ != treaty) {
    auto descriptions = DescriptionsOf(as_of_, treaty);
    if (!descriptions.ok()) return descriptions.status();
    descriptions_ = *std::move(descriptions);
    described_ = treaty;
  }
  return &descriptions_;
}

// What the source says the treaty is, with all that parties owe by it.
absl::Status TreatyList::Describe(const TreatyRecords& records,
                                  const std::vector<TreatyStatement>& said,
                                  const Descriptions& descriptions, v1::Treaty* treaty) {
  if (const auto own = descriptions.find(records.source); own != descriptions.end()) {
    *treaty = own->second.treaty;
  }
  treaty->mutable_treaty()->set_id(records.treaty);
  treaty->mutable_treaty()->set_title(TitleFor(descriptions, records.source));
  for (const TreatyStatement& one : said) {
    for (const v1::TreatyParty& party : one.statement.row.treaty_party()) {
      for (const v1::TreatySpell& spell : party.spell()) {
        AddObligations(spell.obligation(), treaty->mutable_obligation());
      }
    }
  }
  if (!treaty->treaty().title().empty()) return absl::OkStatus();
  // Where no source describes it, a record of parties may name it.
  auto event = EventAt(as_of_.rows(), said.front().statement.version.sequence);
  if (!event.ok()) return event.status();
  treaty->mutable_treaty()->set_title(event->present().treaty().treaty().title());
  return absl::OkStatus();
}

bool TreatyList::FitsSource(const std::string& source) const {
  const auto& asked = request_.source();
  return asked.empty() || std::find(asked.begin(), asked.end(), source) != asked.end();
}

bool TreatyList::FitsText(const std::string& title, const std::string& id) const {
  const auto has_text = [&](const std::string& in) {
    return absl::AsciiStrToLower(in).find(text_) != std::string::npos;
  };
  return has_text(title) || has_text(id);
}

bool TreatyList::FitsObligations(const v1::Treaty& treaty) const {
  return request_.obligation().empty() ||
         std::any_of(treaty.obligation().begin(), treaty.obligation().end(),
                     [&](int obligation) { return Holds(request_.obligation(), obligation); });
}

absl::Status TreatyList::Consider(const TreatyRecords& records) {
  auto descriptions = DescriptionsFor(records.treaty);
  if (!descriptions.ok()) return descriptions.status();
  // Most that do not fit a text are told by their title, without a look at their parties.
  const std::string title = TitleFor(**descriptions, records.source);
  if (!title.empty() && !FitsText(title, records.treaty)) return absl::OkStatus();
  auto said = StatementsOf(as_of_, records);
  if (!said.ok()) return said.status();
  if (said->empty()) return absl::OkStatus();
  v1::TreatyLine line;
  line.set_source(records.source);
  absl::Status described = Describe(records, *said, **descriptions, line.mutable_treaty());
  if (!described.ok()) return described;
  const v1::TreatyRef& ref = line.treaty().treaty();
  if (!FitsText(ref.title(), ref.id()) || !FitsObligations(line.treaty())) return absl::OkStatus();

  auto day = TreatyDayOf(as_of_, records, *said, **descriptions, editions_);
  if (!day.ok()) return day.status();
  PartyStandings standings(*std::move(day));
  for (const TreatyStatement& one : *said) {
    if (absl::Status s = standings.Add(as_of_, one, ""); !s.ok()) return s;
  }
  standings.CountInto(line.mutable_count());
  if (!party_.empty()) {
    if (!standings.Has(party_)) return absl::OkStatus();
    *line.mutable_on() = standings.OfParty(party_);
    const bool fits =
        request_.standing().empty() || Holds(request_.standing(), line.on().standing());
    if (!fits) return absl::OkStatus();
  } else if (!request_.standing().empty()) {
    const auto& counts = line.count();
    const bool fits = std::any_of(counts.begin(), counts.end(), [&](const auto& count) {
      return Holds(request_.standing(), count.standing());
    });
    if (!fits) return absl::OkStatus();
  }
  lines_.push_back(std::move(line));
  return absl::OkStatus();
}

absl::Status CheckFilter(AsOf& as_of, const v1::ListTreatiesRequest& request) {
  for (const std::string& source : request.source()) {
    if (source.empty()) return InvalidField("source", "empty; expected a source's id");
    if (absl::Status s = CheckKnownSource(as_of, source, "source"); !s.ok()) return s;
  }
  if (request.text().size() > kTextBytesMax) {
    return InvalidField("text", absl::StrCat("longer than ", kTextBytesMax, " bytes"));
  }
  return absl::OkStatus();
}

// What was looked at: the sources asked for, or all that are known to be of treaties, or are here.
absl::Status AddCoverage(AsOf& as_of, const v1::ListTreatiesRequest& request,
                         v1::ListTreatiesResponse* response) {
  std::set<std::string> looked_at(request.source().begin(), request.source().end());
  if (looked_at.empty()) {
    auto sources = SourcesInView(as_of);
    if (!sources.ok()) return sources.status();
    for (const std::string& source : *sources) {
      if (FindTreatySource(source) != nullptr) looked_at.insert(source);
    }
    for (const v1::TreatyLine& line : response->line()) looked_at.insert(line.source());
  }
  for (const std::string& id : looked_at) {
    auto source = EntrySource::Open(as_of, id);
    if (!source.ok()) return source.status();
    response->add_coverage(source->Coverage());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ListTreatiesResponse> ListTreaties(AsOf& as_of, const ActorTable& table,
                                                      const v1::ListTreatiesRequest& request,
                                                      std::string_view after) {
  auto page_size = CheckPageSize(request.page_size(), kUsualPageSize);
  if (!page_size.ok()) return page_size.status();
  if (absl::Status s = CheckFilter(as_of, request); !s.ok()) return s;
  std::string party;
  if (!request.party().empty()) {
    auto actor = ResolveActor(as_of, table, request.party(), "party");
    if (!actor.ok()) return actor.status();
    party = actor->id();
  }
  Place place;
  if (!after.empty()) {
    auto read = ReadPlace(after);
    if (!read.ok()) return read.status();
    place = *std::move(read);
  }
  // One more than the page: whether there are more.
  auto lines = TreatyList(as_of, request, std::move(party)).Find(place, *page_size + 1);
  if (!lines.ok()) return lines.status();
  v1::ListTreatiesResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  response.set_notice(kTiesNotice);
  size_t bytes = 0;
  for (v1::TreatyLine& line : *lines) {
    if (response.line_size() == static_cast<int>(*page_size) || bytes >= kPageBytesMax) {
      response.set_next_page_token(WritePageToken(request, as_of.resolved(), place.Encode()));
      break;
    }
    place = {line.treaty().treaty().id(), line.source()};
    bytes += line.ByteSizeLong();
    *response.add_line() = std::move(line);
  }
  if (absl::Status s = AddCoverage(as_of, request, &response); !s.ok()) return s;
  return response;
}

}  // namespace dossier
