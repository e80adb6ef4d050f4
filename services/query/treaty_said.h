// Which records of a source have spoken of a treaty, by the rows 'j' (storage/view_keys.h), and
// what they say at a cut.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/query/as_of.h"
#include "services/query/sanction_records.h"
#include "storage/timeline.h"
#include "storage/view_keys.h"

namespace dossier {

// What one source has recorded of one treaty.
struct TreatyRecords {
  struct Record {
    TreatyRowPart part;
    std::string record;
  };

  std::string treaty;
  std::string source;
  std::vector<Record> record;  // one that has described it and been of parties alone stands twice
};

// Where to look for the next of them: rows from a key on, which begin with a prefix.
struct TreatyRange {
  std::string from;
  std::string prefix;
};
TreatyRange AllTreaties();
TreatyRange OfTreaty(std::string_view treaty);
TreatyRange OfTreaty(std::string_view treaty, std::string_view source);
// What comes after a source's records of a treaty.
std::string AfterTreaty(std::string_view treaty, std::string_view source);

// The first in the range that the cut's sequence knows of; the range then begins after it. Nullopt:
// there is none.
absl::StatusOr<std::optional<TreatyRecords>> NextTreaty(AsOf& as_of, TreatyRange* range);

// The records that have told of an actor under its treaties, by the rows 'y': by source and treaty.
absl::StatusOr<std::vector<TreatyRecords>> TreatyRecordsOf(AsOf& as_of, std::string_view actor);

// A statement that holds at the cut and is of the treaty: what it is or of parties.
struct TreatyStatement {
  std::string record;
  Statement statement;
};
absl::StatusOr<std::vector<TreatyStatement>> StatementsOf(AsOf& as_of,
                                                          const TreatyRecords& records);

// What of one part holds at the cut, by record: treaties whose base it is, or dealings about it.
absl::StatusOr<std::vector<HeldEvent>> EventsOf(AsOf& as_of, const TreatyRecords& records,
                                                TreatyRowPart part);

}  // namespace dossier
