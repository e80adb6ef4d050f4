// The index of the United Nations Treaty Collection: a row for each treaty that is deposited with
// the Secretary-General, as comma-separated values. Adapter "untc-index-csv", source "untc-index".
//
// It is a source beside "untc", whose status tables restate the parties treaty by treaty: what ends
// in the one does not end in the other. Both name treaties by the same ids. A record is a treaty's
// row, and its key the treaty's number, "26-2-a" (untc_numbers.h).
//
//   chapter_no, treaty_no   the treaty's id. What stands under a number of its own within another
//                           one's ("2.a", "2.12b") has that treaty, "2", as its base, where the
//                           index has it: protocols, amendments, annexes, extended versions
//   treaty_name             the title, whole. Where it ends ". Place, D Month YYYY", also the place
//                           and the date; not where it ends with several, or with a year alone
//   chapter_name            subject
//   url, chapter_url        detail
//
// Scope: whole. Stamp: none, the loader gives it. covers_until: the stamp's day. What is refused:
// an index of over 64 MiB, and what csv_edition.h has. Rejected: a row whose number is none, or
// without a title; a second row of a treaty.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& UntcIndexCsvFormat();

}  // namespace dossier
