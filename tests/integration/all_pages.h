// A list over all its pages, as a client would ask for them.
//
//   auto pages = AllPages(path, request, &ListTransferChanges);
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "services/query/as_of.h"
#include "services/query/page_token.h"
#include "tests/property/ingest_path_fixture.h"

namespace dossier {

// The request's page size is kept. A failure is a test failure, and ends the list.
template <typename Request, typename Response>
std::vector<Response> AllPages(IngestPath& path, Request request,
                               absl::StatusOr<Response> (*answer)(AsOf&, const ActorTable&,
                                                                  const Request&,
                                                                  std::string_view)) {
  std::vector<Response> pages;
  do {
    const auto place = ReadPageToken(request);
    EXPECT_TRUE(place.ok()) << place.status();
    if (!place.ok()) break;
    auto as_of = AsOf::Open(path.views(), request.read_at(), {},
                            place->has_value() ? &(*place)->cut : nullptr);
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    if (!as_of.ok()) break;
    auto page = answer(*as_of, Actors(), request, place->has_value() ? (*place)->place : "");
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) break;
    request.set_page_token(page->next_page_token());
    pages.push_back(*std::move(page));
  } while (!request.page_token().empty());
  return pages;
}

}  // namespace dossier
