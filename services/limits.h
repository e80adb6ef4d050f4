// Limits that server and clients share.
#pragma once

namespace dossier {

// What clients send: chunks of 1 MiB and single events.
inline constexpr int kRequestBytesMax = 4 << 20;
// What servers answer: a table of flows, a batch of a replay.
inline constexpr int kResponseBytesMax = 64 << 20;

}  // namespace dossier
