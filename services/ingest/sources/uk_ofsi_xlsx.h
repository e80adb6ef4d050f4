// OFSI's consolidated list of financial sanctions targets in the UK as a workbook, in the layout of
// 2022. Adapter "uk-ofsi-xlsx", source "uk-ofsi".
//
// Of the first sheet: row 1 holds "Last Updated" and the day (the stamp, STATED, and covers_until),
// row 2 the header of 36 columns, then a row for each name. Records and keys are those of the
// layout before (uk_ofsi_csv.h), so that an entry goes on from one to the other. A record's lines
// are the sheet's rows; its element is "sheet 1".
//
// The list closed on 28 January 2026; its last edition ends nothing.
//
// A row without any name, or with a cell beyond the header, is rejected, and the record of its
// group left out. Refused as a whole: a file that is no workbook, is damaged or over a limit
// (xlsx_rows.h), another layout, a row without a Group ID of digits, and no row.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& UkOfsiXlsxFormat();

}  // namespace dossier
