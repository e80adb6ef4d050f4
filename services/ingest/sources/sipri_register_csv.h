// The 16-column trade register of SIPRI's arms-transfer database as comma-separated values: a row
// for each deal, without numbers. Adapter "sipri-register-csv", source "sipri-register".
//
// A preamble (sipri_preamble.h) or none, the headings, and rows (sipri_register_row.h), some of
// them over several lines (sipri_register_rows.h). Lines end in LF or CRLF. Where the headings end
// in ";", a spreadsheet has filled up every line so, and ";" and blanks at a line's end mean
// nothing. ASCII, UTF-8, with a byte order mark or not, or Windows-1252, line by line.
//
// Keys: sipri_register_keys.h. They depend on all the rows, which are therefore handed on, in the
// order of the file, when the last has come.
//
// Stamp: "Data generated", basis GENERATED; none without a preamble. What it covers:
// sipri_coverage.h.
//
// A row that cannot be read, or lies outside the preamble's scope, is rejected, under its key where
// that can be read, and reading goes on. The edition is refused (InvalidArgument) when its preamble
// or headings do not read, when it has no record, when it is no text, or when it ends inside a row
// (what was cut off must not count as withdrawn); and with ResourceExhausted beyond 1,000,000 rows
// or 256 MiB of them. A last row without a line end is read, but for all that is seen may lack
// digits or further rows: the facts say that the end's mark is lacking, unless the padding is there
// in full.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& SipriRegisterCsvFormat();

}  // namespace dossier
