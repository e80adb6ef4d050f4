// Keys of the deals in a layout of SIPRI's register that gives them no number.
//
//   SUPPLIER/RECIPIENT/STEM/ORDER YEAR/N        state:RUS/state:IRN/su35s/2023/1
//   SUPPLIER/RECIPIENT/STEM/ORDER YEAR/mN       state:IRN/state:RUS/shahed136/2022/m1
//
// "m" where the description is that of a munition (designation.h): a missile and its system bear
// one designation, and editions that select by category hold only one of the two.
//
// Supplier and recipient are actors' ids, so that a party that is printed otherwise stays the same
// (of an id over 80 bytes, as of a long name that no table knows: a digest).
// STEM is DesignationStem (services/model/designation.h). ORDER YEAR is "-" where none is given.
// N counts, from 1, the deals of one edition that have all that in common, in an order
// of what an edition seldom revises: first delivery year, number ordered, last delivery year (which
// grows while an order is being delivered), number delivered, TIV of a unit, what is not given
// last; comment, description; then, so that the order of rows never counts, of all else that the
// deal says. Marks of estimates come last of all, since editions turn them on and off by the
// thousand.
//
// How well this matches deals between the editions of 2024-03-18, 2025-03-13 and 2025-10-23, as
// tests/ingest/sipri_register_matching_test.cc measures it:
//
// - By deal numbers. 11,977, 12,480 and 11,982 deals of the three pairs of editions can be tied, by
//   content, to one number of the 17-column layout in both. They have the same key: 99.5 %, 99.98 %
//   and 99.5 %. Of rows that share a key and are tied, another deal's: 15 of 11,929 (0.13 %), none,
//   15 of 11,933. (Numbers are known of all deals of the first edition, and of deliveries since
//   1995 of the other two.)
// - By hand. 212 rows that printed parties, designation and order year do not match one to one,
//   drawn with a fixed seed and judged by reading (tests/testdata/sipri_register_labels.csv). 144
//   were given a partner, 138 of them rightly: precision 95.8 %. 158 have one, of which 138 are
//   found: recall 87.3 % (by printed letters and digits alone: 39 %). 51 of those without a
//   partner stay rightly alone. Missed are order years that were revised (11 of 20), a weapon that
//   was corrected, a party merged into another, and ranks moved by deals that share a key but for
//   N.
// - An edition not yet seen has no renamings from it in the table of designations: without that
//   table 97.9 %, 99.92 % and 97.9 % by deal numbers; of hard rows recall 61 %, precision 93.3 %.
// - Rows without a partner. March 2024 to March 2025: 227 with deliveries went, a third of them
//   missed (53 of the 155 that have a number), the rest truly gone; 439 came, 15 % missed (54 of
//   360; 167 were first delivered in 2024 or later). Without deliveries 178 went and 425 came, of
//   which about half and a fifth are one deal, mostly with another order year. March to October
//   2025: 1,166 without deliveries went out of scope, none truly; of 9 that went with deliveries
//   and 8 that came, 8 pairs are missed and one is truly gone.
//
// A deal that is missed is told as one withdrawn and another reported, between the same parties.
#pragma once

#include <vector>

#include "services/ingest/edition_reader.h"

namespace dossier {

// Fills in the key of each record, all of which are transfers, and all that one edition holds. Keys
// are unique, and depend on the contents of the records alone, not on their order.
void SetSipriRegisterKeys(std::vector<EditionRecord>& records);

}  // namespace dossier
