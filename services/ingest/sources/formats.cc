#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/ca_sema_xml.h"
#include "services/ingest/sources/eu_fsf_csv.h"
#include "services/ingest/sources/eu_fsf_xml.h"
#include "services/ingest/sources/ofac_csv.h"
#include "services/ingest/sources/ofac_enhanced_xml.h"
#include "services/ingest/sources/ofac_xml.h"
#include "services/ingest/sources/sipri_deals_csv.h"
#include "services/ingest/sources/un_consolidated_xml.h"

namespace dossier {

const std::vector<EditionFormat>& EditionFormats() {
  static const auto& formats = *new std::vector<EditionFormat>{
      CaSemaXmlFormat(),           EuFsfCsvFormat(),   EuFsfXmlFormat(),
      OfacConsolidatedCsvFormat(), OfacSdnCsvFormat(), OfacEnhancedXmlFormat(),
      OfacConsolidatedXmlFormat(), OfacSdnXmlFormat(), SipriDealsCsvFormat(),
      UnConsolidatedXmlFormat(),
  };
  return formats;
}

}  // namespace dossier
