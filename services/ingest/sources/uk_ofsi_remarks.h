// What the "Other Information" of OFSI's consolidated list says in a form that can be read. The
// text itself is kept whole beside it.
//
// The layout of 2022 has headings in it: "(UK Sanctions List Ref):RUS0001. (UN Ref):QDi.028.
// (Gender): Male (Phone number):(1) +7 ... (2) +7 ...". What stands under them becomes:
//
//   UK Sanctions List Ref        an identifier REFERENCE; and the measures, PUBLISHED, of the
//                                sentences behind it "Financial sanctions imposed in addition to
//                                an asset freeze: Trust services." (or the other three kinds that
//                                OFSI has: FINANCIAL) and "Sanction imposed in addition to an asset
//                                freeze: Travel ban." (TRAVEL_BAN)
//   UN Ref                       a claim: the entry TRANSPOSES "un:QDi.028"
//   UK Statement of Reasons      reason
//   Gender                       gender
//   Phone number, Fax, Email address, Website, Business Reg No   identifiers, one for each number
//   Parent company, Subsidiaries   links OTHER to what is printed; a parent is not said to be an
//                                owner
//   IMO number                   an identifier IMO
//   Current owners, Type of ship, Tonnage of ship, Length of ship, Year built, Flag of ship: craft
//   Type of entity, Previous flags   other
//
// The layouts before have words: "UN Ref QDe.004", "UN REF:QE.A.146.14", "UN Ref.KPI.067", "UN Ref
// E.29.I.11", "IMO: 8937675. MMSI: 445539000". UN references: un_reference.h. Ships'
// numbers are the entry's only where the text begins with one: others are of ships that it owns.
#pragma once

#include <string_view>

#include "dossier/v1/sanction.pb.h"
#include "services/ingest/sources/printed_countries.h"

namespace dossier {

// Adds what a text says to the sanction, remarks aside.
void ReadUkOfsiRemarks(std::string_view text, const PrintedCountries& countries,
                       v1::Sanction& sanction);

}  // namespace dossier
