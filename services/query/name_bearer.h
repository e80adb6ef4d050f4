// Who bears a name: what one source calls one actor at the cut, from the records that are about it.
//
// Of an actor of the project's table, or one that a source names in transfers alone, the names that
// it had printed by the cut's sequence stand for themselves.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"
#include "services/query/name_match.h"

namespace dossier {

struct NameBearer {
  v1::ActorRef actor;  // with its primary name
  v1::ActorKind kind = v1::ACTOR_KIND_UNSPECIFIED;
  std::vector<std::string> programmes;
  std::vector<BorneName> names;
  std::vector<BorneName> identifiers;
  // The events that give them, and their sequences.
  std::vector<v1::Event> events;
  std::vector<uint64_t> sequences;
};

// Reads bearers, each once. One thread; `as_of` and `table` must outlive it.
class NameBearers {
 public:
  NameBearers(AsOf& as_of, const ActorTable& table) : as_of_(as_of), table_(table) {}

  // Valid as long as the reader. Without names: the source says nothing of the actor at the cut.
  absl::StatusOr<const NameBearer*> At(const std::string& actor, const std::string& source);

  // How many were read.
  size_t read() const { return known_.size(); }

 private:
  absl::StatusOr<NameBearer> Read(const std::string& actor, const std::string& source);
  absl::Status AddRecord(const std::string& source, const std::string& record, NameBearer* bearer);
  absl::Status AddPrinted(const std::string& source, NameBearer* bearer);
  absl::StatusOr<bool> HasTransfers(const std::string& actor, const std::string& source);

  AsOf& as_of_;
  const ActorTable& table_;
  std::map<std::pair<std::string, std::string>, NameBearer> known_;
};

}  // namespace dossier
