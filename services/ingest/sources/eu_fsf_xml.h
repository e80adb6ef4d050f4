// The EU's consolidated list of financial sanctions as XML, version 1.0. Adapter "eu-fsf-xml",
// source "eu-fsf".
//
//   <WHOLE Date="11/02/2016">
//     <ENTITY Id="1" Type="P" legal_basis=".." reg_date=".." pdf_link=".." programme=".."
//     remark="..">
//       <NAME Id="1" Entity_id="1" legal_basis=".." reg_date=".." pdf_link=".." programme="..">
//         <LASTNAME>..</LASTNAME> <FIRSTNAME/> ... </NAME>
//       <ADDRESS>, <BIRTH>, <PASSPORT>, <CITIZEN> alike
//
// What an entity says: eu_fsf_entity.h, which has the record's key. Stamp: Date of the root
// (dd/mm/yyyy), basis STATED. Scope: whole. An entity without a number or a name is rejected; when
// the edition is refused: xml_list_reader.h, or Date does not read.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& EuFsfXmlFormat();

}  // namespace dossier
