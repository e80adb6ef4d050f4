// The Denied Persons List of the US Bureau of Industry and Security, as the agency's file of cells
// between tabs. Adapter "bis-dpl-tsv", source "us-bis-dpl".
//
// A header of 12 columns and rows, every cell in quotes. The file has no number for its entries:
// one row for each address of a person denied, and where an order was renewed, its newest dates.
//
// The record is what the rows of one name say, and its key the name, in one line (KeyOfName). Of
// what the rows hold the name alone survives amendments: of the 415 names in the file of
// 2019-06-29, 311 are in that of 2021-07-07 (25 of them under renewed orders, with new effective
// and expiry dates), 103 had left, and one was respelt. Keys of name and effective date would have
// kept 288 of 417, of name, date and address 355 of 543, and shown the renewals as endings. Three
// and two rows are repeated word for word; two names stand under two orders each. The party's id is
// "bis:" and the key.
//
//   Name                                  the name, PRIMARY
//   Street_Address, City, State, Country, Postal_Code   an address: street, city, region, country
//                                         (ISO 3166-1 alpha-2, or as it is), postal code
//   Effective_Date, Expiration_Date       dates IN_FORCE and EXPIRY; empty: without end
//   Last_Update                           date AMENDED
//   FR_Citation                           instrument
//   Standard_Order, Action                other
//
// Where the rows differ in them, the citation is the detail of the dates and the note of the
// address. Measure: implied by bis-dpl-denial. Stamp: none, the loader gives it. What is refused:
// a row without a name, and what csv_edition.h has.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& BisDplTsvFormat();

}  // namespace dossier
