// Which records have been about an actor: the rows 'g' (storage/view_keys.h). They say where to
// look; whether a record is about the actor at the cut is for its statement to say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/event.pb.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "services/query/as_of.h"
#include "storage/timeline.h"

namespace dossier {

struct AboutRecord {
  std::string source;
  std::string record;
};

// By source and record; of one source, or (empty) of all. At most `records_max` of them.
absl::StatusOr<std::vector<AboutRecord>> RecordsAbout(AsOf& as_of, std::string_view actor,
                                                      std::string_view source,
                                                      size_t records_max = SIZE_MAX);

// A record's statement that holds at the cut and has content, with its event.
struct HeldEvent {
  Statement statement;
  v1::Event event;
};

// Nullopt: the record holds nothing at the cut.
absl::StatusOr<std::optional<HeldEvent>> HeldAt(AsOf& as_of, const AboutRecord& record);

// Where an event stands, for whoever wants to look at it.
v1::Ground GroundOf(const v1::Event& event, uint64_t sequence);

// Whether an actor is among these.
bool IsAmong(const google::protobuf::RepeatedPtrField<v1::ActorRef>& actors, std::string_view id);

}  // namespace dossier
