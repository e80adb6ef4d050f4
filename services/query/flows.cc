#include "services/query/flows.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/query/category_filter.h"
#include "services/query/field_error.h"
#include "services/query/flow_table.h"
#include "services/query/live_editions.h"
#include "services/query/measures.h"
#include "services/query/named_actors.h"
#include "services/query/place_scan.h"
#include "services/query/transfer_places.h"

namespace dossier {
namespace {

constexpr int kCategoriesMax = 100;
constexpr int kYearMax = 9999;

absl::Status CheckYear(std::string_view field, int year) {
  if (year >= 0 && year <= kYearMax) return absl::OkStatus();
  return InvalidField(field, absl::StrCat(year, "; expected a year of 1 to 9999, or 0"));
}

absl::Status CheckRequest(const v1::GetFlowsRequest& request) {
  if (absl::Status s = CheckYear("year_from", request.year_from()); !s.ok()) return s;
  if (absl::Status s = CheckYear("year_to", request.year_to()); !s.ok()) return s;
  if (request.year_to() != 0 && request.year_from() > request.year_to()) {
    return InvalidField(
        "year_from", absl::StrCat(request.year_from(), " is after year_to, ", request.year_to()));
  }
  const int width = request.window_years();
  if (width < 0 || width > kYearMax) {
    return InvalidField("window_years", absl::StrCat(width, "; expected 0 to ", kYearMax));
  }
  if (width > 1 && request.year_from() == 0) {
    return InvalidField("window_years", "windows begin at year_from, which is not set");
  }
  if (!v1::FlowGrouping_IsValid(request.grouping())) {
    return InvalidField("grouping", absl::StrCat("no grouping has the number ",
                                                 static_cast<int>(request.grouping())));
  }
  if (request.category_size() > kCategoriesMax) {
    return InvalidField("category", absl::StrCat(request.category_size(),
                                                 " values; expected at most ", kCategoriesMax));
  }
  return absl::OkStatus();
}

// The source asked for, or the only one that there is.
absl::StatusOr<std::string> SourceOf(AsOf& as_of, const std::string& asked) {
  if (!asked.empty()) {
    if (absl::Status s = CheckKnownSource(as_of, asked, "source"); !s.ok()) return s;
    return asked;
  }
  auto sources = SourcesWithPlaces(as_of);
  if (!sources.ok()) return sources.status();
  if (sources->size() == 1) return sources->front();
  if (sources->size() > 1) {
    return InvalidField("source", absl::StrCat("several sources hold transfers, and are never "
                                               "added; expected one of ",
                                               absl::StrJoin(*sources, ", ")));
  }
  return FieldError(absl::StatusCode::kNotFound, "source", "no source holds transfers");
}

bool YearsMatch(const v1::GetFlowsRequest& request, const v1::TransferRow& row) {
  return row.first_year() >= request.year_from() &&
         (request.year_to() == 0 ||
          (row.first_year() != 0 && row.last_year() <= request.year_to()));
}

}  // namespace

absl::StatusOr<v1::GetFlowsResponse> GetFlows(AsOf& as_of, const ActorTable& table,
                                              const v1::GetFlowsRequest& request) {
  if (absl::Status s = CheckRequest(request); !s.ok()) return s;
  auto actors = ResolveActors(
      as_of, table, {{"supplier", request.supplier()}, {"recipient", request.recipient()}});
  if (!actors.ok()) return actors.status();
  auto source = SourceOf(as_of, request.source());
  if (!source.ok()) return source.status();

  const PlaceSelection selection{(*actors)[0], (*actors)[1], {}};
  auto ranges = RangesOf(as_of, *source, selection);
  if (!ranges.ok()) return ranges.status();
  FlowTable flows(request);
  for (const PlaceRange& range : *ranges) {
    absl::Status scanned = ScanPlaces(as_of, range, "", [&](const PlacedTransfer& placed) {
      if (selection.Holds(placed.supplier, placed.recipient) &&
          CountsAsDelivered(placed.row, as_of.effective_year()) &&
          YearsMatch(request, placed.row) &&
          CategoryMatches(request.category(), placed.row.category())) {
        flows.Add(placed);
      }
      return true;
    });
    if (!scanned.ok()) return scanned;
  }

  v1::GetFlowsResponse response;
  *response.mutable_answered_at() = as_of.answered_at();
  response.set_source(*source);
  flows.Fill(&response);
  auto live = LiveEditions(as_of, *source);
  if (!live.ok()) return live.status();
  for (std::string& scope : CoverageOf(*live)) response.add_coverage(std::move(scope));
  return response;
}

}  // namespace dossier
