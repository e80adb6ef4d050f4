// Any bytes, fed in two chunkings, give the same records, rejections and end.
#include "services/ingest/sources/ofac_enhanced_xml.h"
#include "tests/fuzz/ofac_transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  return dossier::FuzzEdition(dossier::OfacEnhancedXmlFormat(), bytes, size);
}
