// The formal alliances of the Correlates of War project, version 4.1, as directed dyads in
// comma-separated values. Adapter "cow-alliances-csv", source "cow-alliances". (Gibler:
// International Military Alliances, 1648-2008. CQ Press 2009; the project's codebook has the
// columns.)
//
// One row for each time in which one state owed another the same under one alliance. The record's
// key is "ALLIANCE/STATE/OTHER STATE/FIRST DAY": "234/345/350/1954-08-09", the states by the
// project's numbers, which last longer than names. Some rows end on the day before they begin: what
// they tell was replaced at once, or one of the two had ended when the other began. Several such
// rows of a pair can begin on one day, beside the row that did last; so the key of such a row goes
// on with its last day and its four obligations, 1, 0 or "-": "/1954-08-08/0011". The order of rows
// means nothing.
//
//   version4id                  the treaty, "cow:234"; nothing says what it is called
//   ccode1, state_name1         party: who bore the number, under the name as printed
//   ccode2, state_name2         toward: the same of the other. Where a number passed from one to
//                               another (cow_numbers.h), the row is parted there: "Russia" of 1988
//                               to 1996 is the Soviet Union and then Russia. A number of no actor
//                               of the table is an unresolved actor of the printed name
//   dyad_st_...                 the spell's first day
//   dyad_end_...                its last one; three empty cells: none
//   left_censor, right_censor   from_is_censored, to_is_censored: the project's observation begins
//                               or ends there
//   defense, neutrality, nonaggression, entente    what the party owes; an empty one is not known,
//                               and named in the spell's detail
//
// The published file holds no pair whose alliance was still in force when it was made: NATO's
// members of then, among others, are not in it, its last day is 2012-03-27, and right_censor is 0
// throughout. What is not in it may hold.
//
// covers_until: the end of 2012. Stamp: none, the loader gives it. Scope: whole. What is refused:
// csv_edition.h. Rejected: a row of another version, with a number, name or flag that does not
// read, with a day that does not exist or lies outside of 1816 to 2012; a second row of a key.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& CowAlliancesCsvFormat();

}  // namespace dossier
