// Any bytes, fed in two chunkings, give the same records, rejections and end.
#include "services/ingest/sources/atop_alliance_csv.h"
#include "tests/fuzz/edition_transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  dossier::FuzzEdition(dossier::AtopAllianceCsvFormat(), bytes, size);
  return 0;
}
