#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/ofac_csv.h"
#include "services/ingest/sources/ofac_enhanced_xml.h"
#include "services/ingest/sources/ofac_xml.h"
#include "services/ingest/sources/sipri_deals_csv.h"

namespace dossier {

const std::vector<EditionFormat>& EditionFormats() {
  static const auto& formats = *new std::vector<EditionFormat>{
      OfacConsolidatedCsvFormat(), OfacSdnCsvFormat(), OfacEnhancedXmlFormat(),
      OfacConsolidatedXmlFormat(), OfacSdnXmlFormat(), SipriDealsCsvFormat()};
  return formats;
}

}  // namespace dossier
