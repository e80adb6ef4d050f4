// Annexes of EU regulations as comma-separated values, as OpenSanctions transcribes them from the
// Official Journal. Adapter "eu-oj-csv", source "eu-oj". Two layouts, UTF-8:
//
//   consolidated acts   45 columns, "celex" first: all that the annexes of these acts hold. Scope:
//                       "instrument in {celex, ...}"
//   amending acts       46 columns, "amendedCelex" and "amendmentCelex" first: what an act added or
//                       changed, never what it removed. Scope: the same of the amended acts, and
//                       additions only
//
// The record is an entry of an annex. Its key is "CELEX/ANNEX/NUMBER" with the celex of the amended
// act, so that an amending act's row is the same record as the row of the consolidated act that
// follows; where the annex numbers nothing, "CELEX/ANNEX/NAME" (KeyOfName). Over the seven files of
// August 2026 (5,620 rows) numbers are unique in their annex; of the 545 rows without, two persons
// of 32002R0881 are transcribed twice, alike but for punctuation, which is one record each. An act
// can apply one measure by several annexes; each is a record. The party's id is "eu-oj:" and the
// key.
//
//   celex, amendedCelex         instrument; with annex: list, "32014R0269, annex I.PERSONS"
//   amendmentCelex              the locator's element, "amendment 32026R1843", and not content:
//                               what the act added says the same in the consolidated one
//   programKey                  programme
//   measure                     a measure, PUBLISHED, as printed: "Asset freeze" ASSET_FREEZE,
//                               "Export control" EXPORT_CONTROL, "Financial restrictions" and
//                               "Investment ban" FINANCIAL, "Services ban" TRADE, "Travel ban"
//                               TRAVEL_BAN, "Transportation restrictions" of a vessel VESSEL
//   startDate                   date LISTED
//   reason, notes               reason, remarks
//   schema                      Person, Company, Vessel: target_kind; others in other
//   name, alias, weakAlias, previousName   names PRIMARY, ALIAS, ALIAS of LOW quality, FORMER
//   country, nationality        an address of the country alone; nationalities, parted where each
//                               part is a country that is known
//   birthDate, birthPlace       births; one of each is one birth
//   position, gender            the same
//   passportNumber, idNumber, registrationNumber, taxNumber, innCode, ogrnCode, kppCode, okpoCode,
//   leiCode, swiftBic, ticker, imoNumber, mmsi, phone, email, website   identifiers
//   flag                        craft
//   address                     addresses, parted by ";": whole as street, and the country where
//                               what follows the last comma is one
//   all else                    other
//
// Cells list their items by ";" (outside of brackets and quotes) or number them; a cell that was
// split stands whole in other too. Stamp: none, the loader gives it. Refused: a row without celex
// or annex, or with neither name nor number, and what csv_edition.h has. Of a row with a number but
// no name the record is left out; one with a celex of over 32 or an annex of over 48 bytes is
// rejected.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& EuOjCsvFormat();

}  // namespace dossier
