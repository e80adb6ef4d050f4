// Editions of a tiny collection of treaties, in a format of the tests' own: each is whole, or of
// some treaties alone, or only adds. And what they mean.
//
//   treaties 3 #0 toy:1,toy:2 additions      (day of January 2021, ordinal, scope)
//   CHN/1 toy:1 2                            (record, treaty, content)
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/edition_reader.h"
#include "storage/view_keys.h"

namespace dossier {

inline constexpr char kToyTreatySource[] = "toy-treaties";

// Of a party's record: what it did and owes (ToyTreatyOf). A record's treaty can change.
struct ToyPart {
  std::string treaty;
  int content = 0;

  bool operator==(const ToyPart&) const = default;
};

using ToyTreaties = std::map<std::string, ToyPart>;  // by record

struct ToyTreatyEdition {
  int day = 1;
  uint32_t ordinal = 0;
  std::vector<std::string> treaties;  // empty: all
  bool additions_only = false;
  ToyTreaties rows;  // all in the scope

  bool Covers(const ToyPart& part) const;
  std::string Text() const;
  v1::LoadOptions Options() const;
};

std::ostream& operator<<(std::ostream& out, const ToyTreatyEdition& edition);

std::vector<std::string> ToyTreatyIds();
std::vector<std::string> ToyTreatyRecords();  // of parties, and what describes a treaty
std::vector<std::string> ToyTreatyParties();  // their ids

// What a record says.
v1::Treaty ToyTreatyOf(const std::string& record, const ToyPart& part);

// What the collection says from each stamp on.
std::map<StampKey, ToyTreaties> MeaningOf(const std::map<StampKey, ToyTreatyEdition>& editions);

// For use in a property.
ToyTreatyEdition AnyToyTreatyEdition();

// The format, for IngestPath::ReadWith.
const std::vector<EditionFormat>& ToyTreatyFormats();

}  // namespace dossier
