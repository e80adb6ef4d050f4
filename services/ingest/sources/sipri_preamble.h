// What stands above the header of an export from SIPRI's arms-transfer database: which parties and
// years it covers, and when it was exported.
//
//   Transfers of major conventional arms from PARTIES to PARTIES. Deals with deliveries made for
//   the year range 'YEAR' to 'YEAR'
//   ...
//   Data generated: 16 Apr 2024 10:05:18 PM
//
// PARTIES is "All countries" or names as the register prints them, between commas or semicolons.
// YEAR can be "Not specified": open. A line may begin with a quote. Quotes around years may be
// missing, typographic or "?", "for the year range" may lack its "the", and "deliveries made" may
// read "deliveries or orders made". The column headings come behind (sipri_head.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "services/model/actors.h"

namespace dossier {

// Whether a line begins as the first line of such an export does. The start of it will do.
bool IsSipriScopeLine(std::string_view line);

// What a first line in UTF-8 claims: parties, resolved as those of `source`, in ascending order and
// once each; years; and deliveries only where it says "deliveries made". InvalidArgument "line 1:
// column 42: ...": it does not read as above, or names a party that the table does not know.
absl::StatusOr<v1::Scope> ReadSipriScope(std::string_view line, std::string_view source,
                                         const ActorTable& table);

// The time after "Data generated:", as a stamp of basis GENERATED in UTC, to the second, or to the
// day where no time of day stands there. nullopt: the line is another one. InvalidArgument: the
// time does not read.
absl::StatusOr<std::optional<v1::PublishStamp>> ReadSipriGenerated(std::string_view line,
                                                                   uint32_t line_number);

}  // namespace dossier
