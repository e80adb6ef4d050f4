// Editions of a tiny list of sanctions, in a format of the tests' own, with every kind of scope
// that a list can have: parts, programmes, additions only. And what they mean.
//
//   list 3 #0 parts=1,2 programmes=A additions      (day of January 2021, ordinal, scope)
//   7/addresses 2 A,B 41                            (record, part, programmes, content)
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

inline constexpr char kToyListSource[] = "toy-list";

struct ToyEntry {
  std::vector<std::string> programmes;
  int content = 0;

  bool operator==(const ToyEntry&) const = default;
};

using ToyList = std::map<std::string, ToyEntry>;  // by record

struct ToyListEdition {
  int day = 1;
  uint32_t ordinal = 0;
  std::vector<int> parts;               // empty: all
  std::vector<std::string> programmes;  // empty: all
  bool additions_only = false;
  ToyList rows;  // all in the scope

  bool Covers(const std::string& record, const ToyEntry& entry) const;
  std::string Text() const;
  v1::LoadOptions Options() const;
};

std::ostream& operator<<(std::ostream& out, const ToyListEdition& edition);

// v1::SanctionPart of a record.
int ToyPartOf(const std::string& record);
std::vector<std::string> ToyListRecords();

// What the list says from each stamp on.
std::map<StampKey, ToyList> MeaningOf(const std::map<StampKey, ToyListEdition>& editions);

// For use in a property.
ToyListEdition AnyToyListEdition();

// The format, for IngestPath::ReadWith.
const std::vector<EditionFormat>& ToyListFormats();

}  // namespace dossier
