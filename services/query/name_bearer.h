// Who bears a name: what one source calls one actor at the cut, from the records that are about it.
//
// A part of an entry counts while the entry itself does.
//
// Of an actor of the project's table, or one that a source names in transfers alone, a source gives
// the names that it had printed by the cut's sequence, while at least one statement of it that
// names the actor stands at the cut; which of the names that one prints is not looked at. Past 64
// records, or 256 rows of transfers, of which none does, that is not asked any further, and the
// names count.
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
  // Whether the entry that a part belongs to is held at the cut.
  absl::StatusOr<bool> HasEntry(const std::string& source, const std::string& part);
  // Whether a statement of the source that names the actor stands at the cut.
  absl::StatusOr<bool> IsNamed(const std::string& actor, const std::string& source);
  absl::StatusOr<bool> HasTransfers(const std::string& actor, const std::string& source);
  // The same of the pairs that begin with a key's bytes behind its kind.
  absl::StatusOr<bool> HasPlace(const std::string& pairs, size_t* rows_left);

  AsOf& as_of_;
  const ActorTable& table_;
  std::map<std::pair<std::string, std::string>, NameBearer> known_;
};

}  // namespace dossier
