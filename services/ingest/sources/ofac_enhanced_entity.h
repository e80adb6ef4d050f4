// An entity of OFAC's "enhanced" XML as a record.
#pragma once

#include <optional>

#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {

// Fills the record: key, lines, element, and all but the countries' ids.
//
//   sanctionsList        a date LISTED, with the list's name; and Sanction.list
//   sanctionsType        a measure PUBLISHED: "Block" freezes assets, directives are of their kind
//   legalAuthority       an instrument
//   name / translation   a name each; one that is not the primary translation is a variation
//   feature, identityDocument    what their type says (services/model/ofac_headings.h)
//   relationship         a link; "Owned or Controlled By" is neither the one nor the other
//
// What else these elements hold (numbers, validity, windows of dates) goes into `other`, one text
// for each ("feature 31450 Birthdate"), and the numbers of what has none in a sanction into one,
// "numbers"; elements and attributes that are not known, each under its path ("names/MOON"). Not
// nullopt: why the record is rejected.
std::optional<v1::Rejection> ReadOfacEnhancedEntity(const XmlElement& entity,
                                                    EditionRecord& record);

}  // namespace dossier
