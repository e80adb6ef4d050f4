// The members of the alliances of ATOP, release 4.01, as comma-separated values. Adapter
// "atop-member-csv", source "atop". (See atop_row.h.)
//
// One row for each time in which a state was a member of an alliance, or of a phase of it, with
// what it promised then. The record's key is "ALLIANCE/MEMBER/PHASE/YEAR OF ENTRY", by their
// numbers: "3740/345/2/2000"; a state that left and came back has two. The member stands in it as
// the file numbers it, as one row can be of two actors.
//
//   atopid                      the treaty, "atop:1005"; what it is says source "atop-alliances"
//   member                      parties: who bore the number, each in its part of the time
//                               (cow_numbers.h), so that a member of 1961 to 1996 numbered 365 is
//                               the Soviet Union and then Russia; a number of no actor of the table
//                               is an unresolved actor ("300", Austria-Hungary)
//   yrent, moent, dayent        from when, included; a day that is empty is not known
//   yrexit, moexit, dayexit     to when, included; 0, 0, 0: still a member when the release ended,
//                               so that the spell has no end
//   defense, offense, neutral, nonagg, consul    what it owes the others in this time
//   term, termmode, termcaus    of a time that ended: end_reason of its last part, in ATOP's codes
//   all other columns           raw, as "name=value"; empty cells are not known and left out. Of
//                               these, maxphase (with phase), defcon, offcon, neucon and concon
//                               also make the spell's detail, in words
//
// covers_until: the end of 2016. Stamp: none, the loader gives it. Scope: whole. What is refused:
// csv_edition.h. Rejected: a row of another release, with a number or date that does not read, of
// years outside of 1815 to 2016, with an exit before its entry, or an `ineffect` that denies it; a
// second row of a key.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& AtopMemberCsvFormat();

}  // namespace dossier
