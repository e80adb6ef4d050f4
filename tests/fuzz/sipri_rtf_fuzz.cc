// Any bytes, fed in two chunkings, give the same records, rejections and end.
#include "services/ingest/sources/sipri_rtf.h"
#include "tests/fuzz/edition_transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  dossier::FuzzEdition(dossier::SipriRtfFormat(), bytes, size);
  return 0;
}
