// An entry of OFAC's XML list, <sdnEntry>, as a record.
#pragma once

#include <optional>
#include <string_view>

#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {

// Fills the record: key, lines, element, and all but the countries' ids. `implied_rule`
// (sanction_rules.h) is the measure that being on the list means; empty: none.
//
// An id is what its type says (services/model/ofac_headings.h), be that a passport, a date or a
// measure; of a type that is not known it is an identifier. Elements that are not known go into
// `other`, and so do the uids of what has no number of its own in a sanction, as one text, "uid".
//
// Not nullopt: why the record is rejected.
std::optional<v1::Rejection> ReadOfacXmlEntry(const XmlElement& entry,
                                              std::string_view implied_rule, EditionRecord& record);

}  // namespace dossier
