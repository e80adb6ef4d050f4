// A transfer as an answer shows it: its content, how far it has come, and where it stands.
#pragma once

#include <cstdint>
#include <optional>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/query_service.pb.h"
#include "dossier/v1/view_rows.pb.h"

namespace dossier {

// How far a row had come by the end of a year; nullopt: it had not been ordered yet.
std::optional<v1::Stage> StageAt(const v1::TransferRow& row, int effective_year);

// Of the event of a sequence, which is a transfer.
v1::TransferRecord TransferRecordOf(v1::Event event, v1::Stage stage, uint64_t sequence);

}  // namespace dossier
