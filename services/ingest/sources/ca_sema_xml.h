// The Consolidated Canadian Autonomous Sanctions List as XML. Adapter "ca-sema-xml", source
// "ca-sema".
//
//   <data-set> <record> <Country>..</Country> <LastName>..</LastName> ... </record> ... </data-set>
//
// What an entry says, and its key: ca_sema_entry.h. Stamp: none, the file has no date. Scope:
// whole. An entry without a country, an item or a name is rejected, as is a second one of a key;
// when the edition is refused: xml_list_reader.h.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& CaSemaXmlFormat();

}  // namespace dossier
