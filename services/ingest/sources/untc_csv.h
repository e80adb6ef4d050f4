// A status table of the United Nations Treaty Collection: the acts of each participant in one
// treaty that is deposited with the Secretary-General, as comma-separated values. Adapter
// "untc-csv", source "untc". (UN Treaty Collection, Status of Treaties, and its glossary.)
//
// Which treaty, only the file's name says (untc_numbers.h): "26-3.csv", "26-3-2015-03-14.csv". A
// record is a participant's row. Its key is the treaty's number and the actor that the participant
// resolves to, "26-3/state:CPV", so that a renamed state keeps its record; "26-3/unresolved:..."
// has the printed name. Two rows of one actor are one too many: the second is rejected.
//
//   Participant       the party
//   each other cell   an act: what its column's head and the cell's letter make it
//                     (untc_columns.h), its date, both as printed; an empty one is no act
//
// A table shows each participant's latest acts only: those that were replaced, denunciations,
// footnotes and declarations are not in it. Nor is when the treaty entered into force for it.
//
// Scope: the treaty. Stamp: none, the loader gives it; tables of two treaties that are alike byte
// for byte need two ordinals on one day. covers_until: the stamp's day. What is refused: a file
// name that is none of a table's; a head that names an act that is not known; what csv_edition.h
// has. Rejected: a row without a participant, a cell that is no date with a day, a letter that the
// head does not have.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& UntcCsvFormat();

}  // namespace dossier
