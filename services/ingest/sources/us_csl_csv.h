// The US Consolidated Screening List as comma-separated values: lists of three departments in one
// table of 28 columns, UTF-8. Adapter "us-csl-csv", source "us-csl".
//
// The record is what the rows of one entry say. Its key is "LIST/NUMBER" with the list's short name
// ("SDN", as its name has it in brackets) and the entity number; where the list numbers nothing,
// "LIST/NAME" (KeyOfName): the Entity List and the Denied Persons List have a row for each place of
// a name, sometimes under several dates. The party's id is "ofac:NUMBER" where the list is the
// Treasury's and has a number, else "csl:" and the key.
//
//   source                      list; what follows its last " - " is the authority
//   type                        target_kind; "Entity" stands in other
//   programs                    programmes, parted by ";"
//   name, alt_names             names PRIMARY and ALIAS, parted by ";"
//   title                       title
//   addresses                   addresses, parted by ";": whole as street, and the country where
//                               the last part is a code of ISO 3166-1
//   federal_register_notice     instrument
//   start_date, end_date        dates IN_FORCE and EXPIRY
//   license_requirement         a measure EXPORT_CONTROL, PUBLISHED, with the words as detail
//   call_sign, vessel_*, gross_*   an identifier CALL_SIGN; craft
//   remarks                     remarks; "(Linked To: NAME)" in it also a link
//   citizenships, nationalities nationalities, by codes
//   dates_of_birth, places_of_birth   births; one of each is one birth
//   ids                         "[COUNTRY, ]VALUE, HEADING", parted by ";", with OFAC's headings
//                               (services/model/ofac_headings.h): identifiers, measures, other. Of
//                               a heading not known, what has a digit is an identifier OTHER
//   license_policy, standard_order, the URLs   other
//
// A cell that was split stands whole in other too. Measures implied: of the SDN list
// ofac-sdn-blocking, of the Denied Persons List bis-dpl-denial. Stamp: none, the loader gives it.
// Refused: a row without source, or with neither name nor number, and what csv_edition.h has. Of a
// row with a number but no name the record is left out; one with a list's name or a number of over
// 64 bytes is rejected.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& UsCslCsvFormat();

}  // namespace dossier
