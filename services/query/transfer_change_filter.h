// Which changes of a register a request asks for (v1::TransferChangeFilter).
//
// The parties are those of a statement at either cut; verb and classes are those of the change.
// Classes ask about revisions and what a newer reading made: whatever else changed has none, and
// passes only where the filter's verbs name it.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "dossier/v1/revisions_service.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "services/model/actors.h"
#include "services/query/as_of.h"
#include "services/query/transfer_places.h"

namespace dossier {

// Values of v1::ChangeClass or v1::Verb, a bit each.
using ValueSet = uint32_t;
inline ValueSet SetOf(int value) { return ValueSet{1} << value; }

class TransferChangeFilter {
 public:
  // InvalidArgument, NotFound: by field.
  static absl::StatusOr<TransferChangeFilter> Open(AsOf& as_of, const ActorTable& table,
                                                   const v1::TransferChangeFilter& filter);

  bool PartiesFit(const v1::Facets& facets) const {
    return selection_.Holds(facets.supplier(), facets.recipient());
  }
  bool VerbFits(v1::Verb verb) const { return verbs_ == 0 || (verbs_ & SetOf(verb)) != 0; }
  // Of a change whose verb fits.
  bool ClassesFit(ValueSet classes) const;
  // Whether ClassesFit depends on the classes at all.
  bool asks_for_classes() const { return classes_ != 0; }

 private:
  TransferChangeFilter() = default;

  PlaceSelection selection_;
  ValueSet verbs_ = 0;
  ValueSet classes_ = 0;
  bool no_other_class_ = false;
};

}  // namespace dossier
