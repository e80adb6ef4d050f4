// Any bytes, fed in two chunkings, give the same records, rejections and end.
#include "services/ingest/sources/untc_index_csv.h"
#include "tests/fuzz/edition_transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  dossier::FuzzEdition(dossier::UntcIndexCsvFormat(), bytes, size);
  return 0;
}
