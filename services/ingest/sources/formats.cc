#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/atop_alliance_csv.h"
#include "services/ingest/sources/atop_member_csv.h"
#include "services/ingest/sources/bis_dpl_tsv.h"
#include "services/ingest/sources/ca_sema_xml.h"
#include "services/ingest/sources/cow_alliances_csv.h"
#include "services/ingest/sources/desta_csv.h"
#include "services/ingest/sources/eu_fsf_csv.h"
#include "services/ingest/sources/eu_fsf_xml.h"
#include "services/ingest/sources/eu_oj_csv.h"
#include "services/ingest/sources/gsdb_csv.h"
#include "services/ingest/sources/ofac_csv.h"
#include "services/ingest/sources/ofac_enhanced_xml.h"
#include "services/ingest/sources/ofac_xml.h"
#include "services/ingest/sources/sipri_deals_csv.h"
#include "services/ingest/sources/sipri_orders_json.h"
#include "services/ingest/sources/sipri_register_csv.h"
#include "services/ingest/sources/sipri_rtf.h"
#include "services/ingest/sources/uk_ofsi_csv.h"
#include "services/ingest/sources/uk_ofsi_xlsx.h"
#include "services/ingest/sources/un_consolidated_xml.h"
#include "services/ingest/sources/untc_csv.h"
#include "services/ingest/sources/untc_index_csv.h"
#include "services/ingest/sources/us_csl_csv.h"

namespace dossier {

const std::vector<EditionFormat>& EditionFormats() {
  static const auto& formats = *new std::vector<EditionFormat>{
      AtopAllianceCsvFormat(),
      AtopMemberCsvFormat(),
      BisDplTsvFormat(),
      CaSemaXmlFormat(),
      CowAlliancesCsvFormat(),
      DestaCsvFormat(),
      EuFsfCsvFormat(),
      EuFsfXmlFormat(),
      EuOjCsvFormat(),
      GsdbCsvFormat(),
      OfacConsolidatedCsvFormat(),
      OfacSdnCsvFormat(),
      OfacEnhancedXmlFormat(),
      OfacConsolidatedXmlFormat(),
      OfacSdnXmlFormat(),
      SipriDealsCsvFormat(),
      SipriOrdersJsonFormat(),
      SipriRegisterCsvFormat(),
      SipriRtfFormat(),
      UkOfsiCsvFormat(),
      UkOfsiXlsxFormat(),
      UnConsolidatedXmlFormat(),
      UntcCsvFormat(),
      UntcIndexCsvFormat(),
      UsCslCsvFormat(),
  };
  return formats;
}

}  // namespace dossier
