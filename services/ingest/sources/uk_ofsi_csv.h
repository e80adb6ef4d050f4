// OFSI's consolidated list of financial sanctions targets in the UK as comma-separated values, in
// the layout that it had until 2022. Adapter "uk-ofsi-csv", source "uk-ofsi".
//
// The first line is "Last Updated,DD/MM/YYYY": the stamp, STATED, a day, and covers_until. The
// second one is the header of 29 columns. Then a row for each name; Windows-1252. The record is
// what the rows of one Group ID say (uk_ofsi_entry.h), and its key the Group ID. Rows of a group
// stand anywhere in the file; records come in the order of their first lines, after the last row.
//
// A row without any name is rejected, and the record of its group left out. Refused: a row without
// a Group ID of digits, and what csv_edition.h has. The Group ID is the last cell: one in a last
// row without a line end may have been cut off ("125" of "12531"), and the edition is refused
// unless another row has it too. OFSI's own file of 2014 ends so, and rightly.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& UkOfsiCsvFormat();

}  // namespace dossier
