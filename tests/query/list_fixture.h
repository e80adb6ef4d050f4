// Lists of sanctions for the tests of their queries: invented parties, as text protos.
#pragma once

#include <string>
#include <vector>

#include "tests/query/query_fixture.h"

namespace dossier {

// The content of an entry's own record: its only target, with its primary name.
std::string EntryText(const std::string& id, const std::string& name, const std::string& more = "");
// That of another part of an entry: "ADDRESSES", "ALIASES", "COMMENTS".
std::string PartText(const std::string& part, const std::string& id, const std::string& more);

Said Listed(const std::string& record, const std::string& present);
Said Gone(const std::string& record);

class ListFixture : public QueryFixture {
 protected:
  // Asks SanctionsService.
  v1::GetSanctionsResponse Sanctions(const std::string& request) {
    return Ask(&SanctionsStub::GetSanctions, request);
  }
  v1::ListEntriesResponse Entries(const std::string& request) {
    return Ask(&SanctionsStub::ListEntries, request);
  }
  v1::ListEntryChangesResponse Changes(const std::string& request) {
    return Ask(&SanctionsStub::ListEntryChanges, request);
  }
  v1::SearchResponse Search(const std::string& request) {
    return Ask(&SanctionsStub::Search, request);
  }
  // The records of all pages of a list.
  std::vector<std::string> AllRecords(const std::string& request);
};

// "known by" a day, as part of a request.
std::string KnownBy(const std::string& date);
std::string EffectiveOn(const std::string& date);

}  // namespace dossier
