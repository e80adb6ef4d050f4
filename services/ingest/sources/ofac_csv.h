// OFAC's lists as comma-separated values, a file for each part of the entries. Adapter "ofac-csv",
// sources "ofac-sdn" (SDN.CSV, ADD.CSV, ALT.CSV, SDN_COMMENTS.CSV) and "ofac-consolidated"
// (CONS_PRIM.CSV and its own three).
//
//   part        columns  a record                                   its key
//   entries        12    the row                                    7157
//   addresses       6    all rows of an entry, by their numbers     7157/addresses
//   aliases         5    all rows of an entry, by their numbers     7157/aliases
//   comments        2    the row                                    7157/comments
//
// 7157 is ent_num, which OFAC never gives to another entry; the party is the actor "ofac:7157". A
// file says nothing of the other parts: its scope is its own part. The columns tell the part; the
// list is told by the source asked for, or else by a word of the file's name: "cons", or "sdn",
// "add" or "alt". When it was published the file does not say.
//
// No header. Lines end in LF or CRLF; "-0-" without quotes is null; 0x1A ends the file (its lack is
// noted: the file may have been cut off at a line). ASCII, or UTF-8, or Windows-1252, line by line.
// Remarks: services/model/ofac_remarks.h; at 1,000 characters they count as cut off.
//
// A row that cannot be read is rejected with the record that it belongs to, and reading goes on; so
// is a record of more than 10,000 rows.
// The edition is refused (InvalidArgument) when it has no record that can be read, when it ends
// inside a row (a null may lack its end), or goes on after 0x1A; and when it has more than
// 2,000,000 rows or 256 MiB of rows (ResourceExhausted).
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& OfacSdnCsvFormat();
const EditionFormat& OfacConsolidatedCsvFormat();

}  // namespace dossier
