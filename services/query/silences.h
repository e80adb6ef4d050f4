// What the live editions of a source mean that do not state a record which the source held when
// they were published: v1::EditionSilence. Editions of other treaties, or of other parts of a list,
// are left out: the record is not looked for there.
//
//   auto silences = Silences::Of(as_of, source);
//   silences->Tell("1001/2010", *response.mutable_silence());
//
// One thread; moves the cursor of `as_of`, which must outlive it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/edition.pb.h"
#include "dossier/v1/query_service.pb.h"
#include "services/query/as_of.h"
#include "storage/timeline.h"

namespace dossier {

class Silences {
 public:
  using Told = google::protobuf::RepeatedPtrField<v1::EditionSilence>;

  // Reads the source's live editions at the cut. DataLoss.
  static absl::StatusOr<Silences> Of(AsOf& as_of, std::string_view source);

  // Adds those of a record, by stamp. Costs at most two seeks an edition, however many versions the
  // record has, and for few versions some seeks a version, however many editions there are.
  absl::Status Tell(std::string_view record, Told& told);

 private:
  using Known = std::optional<Statement>;
  struct Edition {
    v1::Edition edition;
    StampKey stamp;
    std::string scope;  // printed
  };

  Silences(AsOf& as_of, std::string_view source) : as_of_(&as_of), source_(source) {}
  // What was known of the record once the edition at `index` was published, with what it states.
  absl::StatusOr<Known> KnownAt(std::string_view record, size_t index);
  // Of the editions after `first` up to `last`; what was known at these two is known already.
  absl::Status TellBetween(std::string_view record, size_t first, const Known& at_first,
                           size_t last, const Known& at_last, Told& told);
  static void TellOne(std::string_view record, const Edition& edition, const Known& known,
                      Told& told);

  AsOf* as_of_;
  std::string source_;
  std::vector<Edition> editions_;  // by stamp
};

}  // namespace dossier
