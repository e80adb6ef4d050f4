// How far a treaty binds the parties of which one source tells, on the day in question.
//
//   auto day = TreatyDayOf(as_of, records, statements, descriptions, editions);
//   PartyStandings standings(*std::move(day));
//   for (...) standings.Add(as_of, statement, "");
//   standings.CountInto(entry.mutable_count());
//
// The day in question is the last one of the cut's effective date, or without one the last that the
// source covers for the treaty; of a source without such a day (an analyst's feed), that of its
// last statement on the treaty. (What standings follow from: services/model/standing.h.)
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "dossier/v1/ties_service.pb.h"
#include "services/query/as_of.h"
#include "services/query/treaty_descriptions.h"
#include "services/query/treaty_said.h"

namespace dossier {

// The live editions of sources, each source's read once a request.
class EditionsBySource {
 public:
  explicit EditionsBySource(AsOf& as_of) : as_of_(as_of) {}

  // As LiveEditions gives them; theirs as long as this is.
  absl::StatusOr<const std::vector<v1::Edition>*> Live(const std::string& source);

  // The last day that they cover for a treaty; unset: the source has no such day.
  absl::StatusOr<v1::Date> CoversUntil(const std::string& source, const std::string& treaty);

 private:
  AsOf& as_of_;
  std::map<std::string, std::vector<v1::Edition>> live_;
};

struct TreatyDay {
  absl::CivilDay day;
  absl::CivilDay last_said;  // of the source's last statement on the treaty
  v1::Date covers_until;  // unset: no such day
  v1::Treaty dates;       // of the treaty itself, as far as they count for the source
};

absl::StatusOr<TreatyDay> TreatyDayOf(AsOf& as_of, const TreatyRecords& records,
                                      const std::vector<TreatyStatement>& statements,
                                      const Descriptions& descriptions,
                                      EditionsBySource& editions);

class PartyStandings {
 public:
  // A party, and whom it owes what is said; "": all others.
  using Key = std::pair<std::string, std::string>;

  explicit PartyStandings(TreatyDay day) : day_(std::move(day)) {}

  // A piece of what is said of a party. Acts without a date take that of the event that says it, if
  // `effective` has one.
  void Add(v1::TreatyParty party, const v1::Effective& effective);
  // The pieces of a statement, as the view keeps them: of one party, or ("") of all. Reads the
  // event only where a date of its own may count.
  absl::Status Add(AsOf& as_of, const TreatyStatement& said, std::string_view party);

  v1::StandingOn On(const Key& key) const;
  // Of all that is said of the party: what it owes to one alone binds it too.
  v1::StandingOn OfParty(const std::string& party) const;
  bool Has(const std::string& party) const { return by_party_.contains(party); }

  // Parties by what is certain, strongest first.
  void CountInto(google::protobuf::RepeatedPtrField<v1::StandingCount>* counts) const;

 private:
  using Pieces = std::vector<const v1::TreatyParty*>;

  v1::StandingOn Judge(const Pieces& pieces) const;

  const TreatyDay day_;
  std::deque<v1::TreatyParty> pieces_;
  std::map<Key, Pieces> by_key_;
  std::map<std::string, Pieces> by_party_;
};

}  // namespace dossier
