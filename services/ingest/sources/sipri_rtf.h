// Adapter "sipri-register-rtf" of the source "sipri-register-rtf": SIPRI's arms-transfer register
// as its web site exports it for a category of weapons, an RTF document.
//
//   Transfers of major weapons: Deals with deliveries or orders made for 1950 to 2022
//   ... Information generated: 18 February 2024
//   (header, three lines)
//   Freedonia                                     a supplier, alone and in bold
//   R: Sylvania  (12)  Zephyr-2  SAM system  (1973)  1974-1977  (10)  Second-hand; ...
//                 ...                             no recipient: the one above
//
// A row has 8 cells between tabs: recipient, number ordered, designation, description, year of
// order, year(s) of delivery, number delivered, comments; a row without a recipient has one more,
// blank, after the first. Brackets mark what is uncertain: the flag is set, and left unset without
// them, as with the "?" of the register's tables; "()" is a flag without a value. "1974-1977" is a
// span: one delivery with both years, years_are_span, and all that was delivered. ". ." is no
// number, as an empty cell, and kept in the raw text: tables of the same edition have 0 there. No
// years and no number delivered (or 0): no delivery. TIV, condition and category are not in it.
//
// Its key: sipri_register_keys.h. Its place: line of the file, where many rows share one; so also
// the element "row 17", of the document's rows.
//
// A row that cannot be read is rejected. So is text among the rows that is neither a row nor a
// supplier; and, lest a deal go to another party, the rows under an "R:" that has no supplier of
// its own above it, and those without a recipient until one is named again. The edition is refused
// (InvalidArgument) when it is no RTF to its last brace, lacks title or header, or has no row that
// reads; ResourceExhausted beyond 1,000,000 rows.
//
// Stamp: the day of "Information generated", GENERATED. Scope: the years of the title, additions
// only, since which weapons were selected the file does not say; so its silence ends nothing. Deals
// stand in it with all their deliveries, also those outside these years. covers_until: the end of
// the last delivery year.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& SipriRtfFormat();

}  // namespace dossier
