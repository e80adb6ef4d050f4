// The EU's consolidated list of financial sanctions as CSV, version 1.0. Adapter "eu-fsf-csv",
// source "eu-fsf".
//
// A header of 59 columns and a row for each part of an entity (name, address, birth, identity
// document, citizenship) under each legal act that lists the entity; cells are parted by ";".
// Entity_logical_id occurs once for the entity and once in each part. UTF-8, with a byte order mark
// or not, or Windows-1252, line by line; LF or CRLF. A line break in a cell is printed as a
// backslash and an "n".
//
// Also as a spreadsheet leaves it, which took the commas in the text for separators: each line in
// one pair of quotes, quotes within doubled, every comma a tab, and tabs behind the last cell. The
// tabs within are read as the commas that they were; letters that Windows-1252 has not are lost in
// such a file ("?"), and stay so.
//
// Rows of one entity are gathered wherever they stand, in at most 128 MiB of text, and handed on at
// the end in the order of their first lines. What an entity says: eu_fsf_entity.h, which has the
// record's key. Stamp: the first column (dd/mm/yyyy), basis STATED; the same in all rows. Scope:
// whole.
//
// An entity is rejected if one of its rows cannot be read, says another day, or contradicts another
// row, and if it has more than 10,000 rows. The edition is refused (InvalidArgument) when its
// header does not read, when a row does not tell whose it is, when it has no record, when it is no
// text or ends inside a row.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& EuFsfCsvFormat();

}  // namespace dossier
