// The alliances of ATOP, release 4.01, as comma-separated values. Adapter "atop-alliance-csv",
// source "atop-alliances": it says what the treaties are whose parties are in source "atop". (See
// atop_row.h.)
//
// One row, and record, for each alliance. The record's key is its number.
//
//   atopid                      the treaty, "atop:1005"
//   mem1 to mem59               raw, as what the members did stands in the members' table; and its
//                               title, as ATOP prints none: who bore the members' numbers, in the
//                               table's usual names, and the year in which it began: "Alliance of
//                               France and Russia, 1891". Of more than four, three names and how
//                               many others
//   begyr, begmo, begday        signed_date: ATOP counts an alliance from its signature; a day that
//                               is empty is not known
//   endyr, endmo, endday        end_date; 0, 0, 0: it was still there when the release ended
//   defense, offense, neutral, nonagg, consul    obligations of any member, in any phase
//   term                        end_reason, in ATOP's codes
//   all other columns           raw, as "name=value"; empty cells are not known and left out. Of
//                               these, bilat also makes the subject ("bilateral",
//                               "multilateral"), and defcon, offcon, neucon, concon, asymm,
//                               pubsecr, wartime and maxphase the detail, in words
//
// covers_until: the end of 2016. Stamp: none, the loader gives it. Scope: whole. What is refused:
// csv_edition.h. Rejected: a row of another release, with a number or date that does not read, of
// years outside of 1815 to 2016, without a first member, with an end before its beginning, or an
// `ineffect` that denies it; a second row of an alliance.
#pragma once

#include "services/ingest/edition_reader.h"

namespace dossier {

const EditionFormat& AtopAllianceCsvFormat();

}  // namespace dossier
