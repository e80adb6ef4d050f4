// What a view says of itself, for Prometheus. How far a replica is behind shows as the difference
// of dossier_view_sequence between processes: ingest's own view holds what it has acknowledged.
#pragma once

#include "services/metrics.h"
#include "storage/views.h"

namespace dossier {

// Registers dossier_view_sequence, dossier_view_log_offset, dossier_events_total,
// dossier_live_records, dossier_undecodable_total, dossier_repeats_total. `views` must outlive
// `metrics`.
void AddViewMetrics(Metrics& metrics, const Views& views);

}  // namespace dossier
