// The 17-column export of SIPRI's arms-transfer database as comma-separated values: a row for each
// deal and delivery year. Adapter "sipri-deals-csv", source "sipri-deals".
//
// A preamble (sipri_preamble.h), a header of 17 names, and rows (sipri_deal_row.h, which has the
// record's key). Lines end in LF or CRLF; ";" and blanks at a line's end are a spreadsheet's
// padding and mean nothing; empty lines among the rows mean nothing. ASCII, UTF-8, with a byte
// order mark or not, or Windows-1252, line by line.
//
// Stamp: "Data generated", basis GENERATED; none without a preamble. What it covers:
// sipri_coverage.h.
//
// A row that cannot be read, lies outside the scope, or repeats a key is rejected, and reading goes
// on. The edition is refused (InvalidArgument) when its preamble or header does not read, when it
// has no record, when it is no text, when it ends inside a row (what was cut off must not count as
// withdrawn), or when it has more than 4,000,000 rows (ResourceExhausted).
#pragma once

#include <string_view>

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& SipriDealsCsvFormat();

}  // namespace dossier
