#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/sipri_deals_csv.h"

namespace dossier {

const std::vector<EditionFormat>& EditionFormats() {
  static const auto& formats = *new std::vector<EditionFormat>{SipriDealsCsvFormat()};
  return formats;
}

}  // namespace dossier
