// The published sanctions lists, where they are at hand: their bytes, what they hold by a plain
// reading that shares nothing with the adapters, and what the queries say of them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/feed_service.pb.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "gtest/gtest.h"
#include "tests/property/ingest_path_fixture.h"

namespace dossier {

// A list by the actor ids of its parties: what its file says of each, white space left out.
using PlainList = std::map<std::string, std::string>;

// OFAC's primary records: a line each, its number first. "ofac:NUMBER".
PlainList PlainOfac(std::string_view bytes);
// The UN's entries: their elements' texts in order. "un:REFERENCE". DATAID is not content
// (services/ingest/sources/un_entry.h).
PlainList PlainUn(std::string_view bytes);
// The same with the elements' texts sorted.
PlainList PlainUnSorted(std::string_view bytes);
// OFSI's groups: their rows, sorted, each once. The group's number alone.
PlainList PlainUk(std::string_view bytes);

// Which entries came, went, and changed, by their ids.
struct ListDifference {
  std::set<std::string> added;
  std::set<std::string> removed;
  std::set<std::string> amended;

  bool operator==(const ListDifference&) const = default;
};
ListDifference DifferenceOf(const PlainList& before, const PlainList& after);
// For messages: the counts, and the first ids of each kind.
std::ostream& operator<<(std::ostream& out, const ListDifference& difference);

// Skips a test where the published lists are missing.
class ListsTest : public testing::Test {
 protected:
  void SetUp() override;

  // Where a file in the folder of lists is, and its bytes.
  static std::string PathOf(const std::string& name);
  static std::string Bytes(const std::string& name);
  static absl::StatusOr<v1::LoadReport> TryLoad(IngestPath& path, const std::string& name,
                                                v1::LoadOptions options = {});
  // Loads a file; the report, empty where it failed. Checks that what was read adds up.
  static v1::LoadReport Load(IngestPath& path, const std::string& name,
                             const v1::LoadOptions& options = {});

  // The changes of entries between two editions, as SanctionsService.ListEntryChanges tells them,
  // over all its pages. Each must name its lines and fields; parts other than entries must
  // not have changed.
  static ListDifference Changes(IngestPath& path, const v1::EditionLoaded& before,
                                const v1::EditionLoaded& after);
  // The counts of all parts between two editions.
  static std::map<v1::SanctionPart, v1::ChangeCounts> PartChanges(IngestPath& path,
                                                                  const v1::EditionLoaded& before,
                                                                  const v1::EditionLoaded& after);
  // How many entries a list had, by what was known by an edition's publish time, or by a day.
  static uint64_t CountOf(IngestPath& path, const v1::EditionLoaded& edition);
  static uint64_t CountOn(IngestPath& path, const std::string& source, const v1::Date& date);

  // What a watch for news only is sent, of what was accepted after a sequence.
  static std::vector<v1::FeedItem> NewsAfter(IngestPath& path, uint64_t sequence);
};

}  // namespace dossier
