// An analyst's event as it comes in: what is wrong with it, field by field, and what is filled in.
// No view and no log: what depends on what is known is checked in analyst.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/field_checks.h"
#include "services/model/actors.h"

namespace dossier {

inline constexpr size_t kAnalystEventBytesMax = size_t{256} << 10;

// Why a request of so many bytes is not taken.
std::string TooLarge(size_t bytes);

// "analyst:NAME".
std::string AnalystSource(std::string_view analyst);

// All that is wrong with the event in itself; `now` bounds its stamp. An actor may be given by id,
// by a code or name in the id's place, or by its printed name alone.
FieldViolations CheckAnalystEvent(const v1::AppendEventsRequest& request, const ActorTable& table,
                                  absl::Time now);

// An event without violations, with its source, actors' ids, author and content digest filled in,
// and the precision and basis of a stamp that was given. The rest of a stamp stays as it was given,
// and so does the record of a void: they depend on what is known.
v1::Event FillAnalystEvent(const v1::AppendEventsRequest& request, const ActorTable& table);

}  // namespace dossier
