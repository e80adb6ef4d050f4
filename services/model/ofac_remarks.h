// OFAC's remarks: pieces of text between "; ", closed by a full stop, most of which begin with a
// heading (ofac_headings.h).
//
//   DOB 10 Dec 1951; alt. DOB circa 1953; POB Giza, Egypt; Passport A1084 (Egypt) issued 03 Mar
//   2001; a.k.a. 'ABU X'; Linked To: SOME GROUP.
//
// "alt." says no more than that there is another one. Weak aliases stand in single quotes here, and
// nowhere else. The final full stop is the publisher's, unless it closes an abbreviation ("S.A.").
// The CSV files cut remarks at 1,000 characters, in mid-word; what was cut off stands in a file of
// comments, if at all.
//
// Pure, and never fails: a piece that is not understood goes into `raw`, whole. Countries get a
// printed name and no id.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/sanction.pb.h"

namespace dossier {

inline constexpr size_t kOfacRemarksCutAt = 1000;

// Adds the remarks to the sanction, whole and piece by piece. A piece that repeats a title, already
// in the sanction, is a position. `cut`: they were cut off, so the last piece goes into `raw`.
void ParseRemarks(std::string_view remarks, bool cut, v1::Sanction& sanction,
                  std::vector<std::string>* raw);

// The last piece of remarks that were cut off; it may be empty.
std::string_view CutPiece(std::string_view remarks);

// Adds what a file of comments says: the rest of remarks that were cut off. Its first piece, which
// begins where the remarks end, goes into `raw`.
void ParseComments(std::string_view comments, v1::Sanction& sanction,
                   std::vector<std::string>* raw);

// Adds what neither of the two above could understand alone: the last piece of cut remarks, and the
// first of the comments that go on with them. Both as printed, every blank at their ends kept.
void ParseRemarksRest(std::string_view cut_piece, std::string_view comments, v1::Sanction& sanction,
                      std::vector<std::string>* raw);

}  // namespace dossier
