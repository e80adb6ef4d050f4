// Measures that follow from being on a list, by a named rule. Where no rule is sure (the lists of
// the UN and of Canada stand for different measures by regime), none is implied.
//
//   ofac-sdn-blocking   on the SDN list: all property blocked (31 CFR chapter V). The non-SDN lists
//                       do not mean blocking.
//   eu-fsf-freeze       in the EU's financial sanctions file: funds and economic resources frozen
//   uk-ofsi-freeze      on OFSI's consolidated list, which is of asset freeze targets
//   bis-dpl-denial      on the Denied Persons List: export privileges denied (15 CFR 764)
#pragma once

#include <string_view>

#include "dossier/v1/sanction.pb.h"

namespace dossier {

// The measure that a rule implies. An unknown rule is a bug of ours.
v1::Measure ImpliedMeasure(std::string_view rule);

}  // namespace dossier
