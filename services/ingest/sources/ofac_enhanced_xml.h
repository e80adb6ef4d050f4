// OFAC's "enhanced" XML, of all its lists or a selection. Adapter "ofac-enhanced-xml", source
// "ofac-enhanced".
//
// Root <sanctionsData>; then <publicationInfo> with dataAsOf (the edition's stamp, STATED; midnight
// means no more than the day) and the filters of the selection; the publisher's vocabulary
// (<referenceValue>, <featureType>), which says nothing that the entities do not say in words; and
// an <entity> for each party (ofac_enhanced_entity.h).
//
// A record is an entity whole; its key is its id, "7157", which is the ent_num of the CSV files, so
// that the party is the same actor "ofac:7157".
//
// The filter of programmes is the edition's scope. A filter of lists that leaves out one of the
// vocabulary's lists is none that a scope can say: such an edition adds only, with a warning.
// Another filter is refused, since its silence would be misread; so is an element beside those
// above. One within publicationInfo is a warning.
//
// An entity without number or primary name, with the number of another, or outside the scope is
// rejected. The edition is refused (InvalidArgument) where XmlRecords refuses it, when root, date
// or filters are not as above, and when no entity can be read; and when it has more than 2,000,000
// entities (ResourceExhausted).
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& OfacEnhancedXmlFormat();

}  // namespace dossier
