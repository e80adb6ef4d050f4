// The agreements of the Design of Trade Agreements database (DESTA), version 2, as values parted by
// semicolons. Adapter "desta-csv", source "desta". (See desta_row.h.)
//
// One row for each agreement, and for each step after it. The record's key is the row's number:
// "17", "17+1" (an accession to 17), "22_1" (a withdrawal from 22), "44a" (a consolidated text). By
// entry_type:
//
//   base_treaty, protocol or amendment
//                     the treaty "desta:17", what it is, and its parties, each with a SIGNATURE
//                     and, where it is known, an ENTRY_INTO_FORCE, of a year only; all owe TRADE
//   consolidated      a treaty with a base and without parties: it is another text of what is a
//                     record of its own ("44a" of "44"), and no second agreement of the same states
//   negotiation       a treaty whose parties have no acts: nothing was signed
//   accession         no treaty of its own, but of its base: those who accede, each with an
//                     ACCESSION and, where it is known, an ENTRY_INTO_FORCE
//   withdrawal        the same: those who leave, each with a WITHDRAWAL in the year; when it took
//                     effect is not said
//
//   number, base_treaty     treaty.id; base, where it is another
//   name                    title; of a step, printed with the act
//   entry_type, typememb    subject, as printed: "base_treaty (typememb 3)"
//   year, entryforceyear    signed_date, in_force_date, and those of the acts. A year of entry into
//                           force before the year (four rows) is none, and kept raw
//   c1 to c91               parties (desta_actors.h), printed as the number; of a step, those who
//                           take it
//   mc1 to mc91             who is on which side, and who acts (desta_sides.h); also raw
//   all other columns       raw, as "name=value"; so are all members of a step, of a consolidated
//                           text, and of a row that lists one twice
//
// The order of rows means nothing, but what an accession says of sides needs its base: so records
// are held to the file's end, at most 10,000 (more: ResourceExhausted).
//
// covers_until: the end of the last year that is in a row. Stamp: none, the loader gives it. Scope:
// whole. What is refused: csv_edition.h. Rejected: a row with a number, name, year, kind, code or
// flag that does not read, of less than two members, with flags of more than two kinds, without a
// year where it is no negotiation; a step from itself; a step whose flags do not say who takes it;
// a second row of a number.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& DestaCsvFormat();

}  // namespace dossier
