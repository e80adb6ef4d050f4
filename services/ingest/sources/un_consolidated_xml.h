// The UN Security Council's Consolidated List as XML. Adapter "un-consolidated-xml", source
// "un-consolidated".
//
//   <CONSOLIDATED_LIST dateGenerated="2020-11-23T19:10:17.6-05:00">
//     <INDIVIDUALS> <INDIVIDUAL>...</INDIVIDUAL> ... </INDIVIDUALS>
//     <ENTITIES> <ENTITY>...</ENTITY> ... </ENTITIES>
//   </CONSOLIDATED_LIST>
//
// What an entry says, and its key: un_entry.h. Editions differ in white space, and in the order of
// the elements within a name, a birth or a document, neither of which is a difference in content.
//
// Stamp: dateGenerated, basis GENERATED, to the second with its fraction. Scope: whole. An entry
// without a reference number or a name is rejected, as is a second one of a number; when the
// edition is refused: xml_list_reader.h, or dateGenerated does not read.
#pragma once

#include <string_view>

#include "services/ingest/edition_reader.h"

namespace dossier {

inline constexpr char kUnSource[] = "un-consolidated";
inline constexpr std::string_view kUnIndividual = "INDIVIDUAL";

const EditionFormat& UnConsolidatedXmlFormat();

}  // namespace dossier
