#include "services/model/sanction_rules.h"

#include <glog/logging.h>

#include <string>
#include <utility>

namespace dossier {
namespace {

constexpr std::pair<std::string_view, v1::MeasureKind> kRules[] = {
    {"ofac-sdn-blocking", v1::MEASURE_KIND_ASSET_FREEZE},
    {"eu-fsf-freeze", v1::MEASURE_KIND_ASSET_FREEZE},
    {"uk-ofsi-freeze", v1::MEASURE_KIND_ASSET_FREEZE},
    {"bis-dpl-denial", v1::MEASURE_KIND_EXPORT_CONTROL},
};

}  // namespace

v1::Measure ImpliedMeasure(std::string_view rule) {
  v1::Measure measure;
  for (const auto& [name, kind] : kRules) {
    if (name != rule) continue;
    measure.set_kind(kind);
    measure.set_basis(v1::MEASURE_BASIS_IMPLIED);
    measure.set_rule(std::string(rule));
    return measure;
  }
  LOG(FATAL) << "no rule " << rule;
}

}  // namespace dossier
