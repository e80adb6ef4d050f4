#include "services/wiring/view_metrics.h"

#include <cmath>
#include <functional>

#include "dossier/v1/view_rows.pb.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// A counter of the whole view; NaN, which Prometheus shows as such, where it cannot be read.
std::function<double()> Counter(const Views& views, uint64_t (v1::CountersRow::*field)() const) {
  return [&views, field]() -> double {
    const auto rows = views.Read();
    const auto value = rows->Find(KeyBuilder(kCountersRow).Text("").key());
    v1::CountersRow counters;
    if (!rows->status().ok()) return std::nan("");
    if (value.has_value() &&
        !counters.ParseFromArray(value->data(), static_cast<int>(value->size()))) {
      return std::nan("");
    }
    return static_cast<double>((counters.*field)());
  };
}

}  // namespace

void AddViewMetrics(Metrics& metrics, const Views& views) {
  metrics.AddGauge("dossier_view_sequence", "Last sequence that the view holds.",
                   [&views] { return static_cast<double>(views.position().sequence); });
  metrics.AddGauge("dossier_view_log_offset", "The log's offset that the view has reached.",
                   [&views] { return static_cast<double>(views.position().offset); });
  metrics.AddCounter("dossier_events_total", "Events in the view.",
                     Counter(views, &v1::CountersRow::events));
  metrics.AddGauge("dossier_live_records", "Records with a live statement.",
                   Counter(views, &v1::CountersRow::live_records));
  metrics.AddCounter("dossier_undecodable_total", "Records of the log that do not decode.",
                     Counter(views, &v1::CountersRow::undecodable));
  metrics.AddCounter("dossier_repeats_total", "Records of the log that repeat one before them.",
                     Counter(views, &v1::CountersRow::repeats));
}

}  // namespace dossier
