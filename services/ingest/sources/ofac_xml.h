// OFAC's lists as XML. Adapter "ofac-xml", sources "ofac-sdn-xml" (SDN.XML) and
// "ofac-consolidated-xml" (CONSOLIDATED.XML).
//
// Root <sdnList>, in the namespace of before or since May 2024; then <publshInformation> with the
// date of publication (mm/dd/yyyy: the edition's stamp, STATED) and the count of entries; then an
// <sdnEntry> for each (ofac_xml_entry.h). The list is told by the source asked for, or else by a
// word of the file's name: "sdn", or "cons" or "consolidated".
//
// A record is an entry whole; its key is its uid, "7157", which is the ent_num of the CSV files, so
// that the party is the same actor "ofac:7157".
//
// An entry without a number or name, or with the number of another, is rejected. The edition is
// refused (InvalidArgument) where XmlRecords refuses it, when root, date or count are missing or
// not as above, when the count is not that of its entries, and when no entry can be read; and when
// it has more than 2,000,000 entries (ResourceExhausted).
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& OfacSdnXmlFormat();
const EditionFormat& OfacConsolidatedXmlFormat();

}  // namespace dossier
