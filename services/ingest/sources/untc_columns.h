// The columns of a status table of the United Nations Treaty Collection: a column's head names the
// acts that stand in it, and the letter of each, in any order; a cell is a date and a letter.
//
//   Ratification, Accession(a), Succession(d)     22 Oct 1985      ratification
//                                                 22 Oct 1985 a    accession
//   Signature, Succession to signature(d)         22 Oct 1985 d    succession to the signature
//
// The letter wins over the head, but only the head says what it means: "d" is another act under
// another head. So is a cell without a letter, which is the act that the head has none for.
//
// Heads are read word for word; behind the act may stand "under article 23", "of" or "to the
// Convention as amended". Two of the collection's words have no act of their own:
// "Definitive signature or participation in the Convention and the Protocol" (treaty 18-2), beside
// "Participation(P)", is a definitive signature; a participation, which is being party to both, is
// a consent to be bound.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/treaty.pb.h"

namespace dossier {

// What a letter means; "": a cell without one.
struct UntcLetter {
  std::string letter;
  v1::ActKind kind = v1::ACT_KIND_UNSPECIFIED;
  std::string words;  // as the head has them
};

struct UntcColumn {
  std::string head;  // as printed
  std::vector<UntcLetter> letters;
};

// Reads a head into `column`. The reason where it cannot be read: an act that is not known, or a
// letter that stands for two.
std::optional<std::string> ReadUntcHead(std::string_view head, UntcColumn& column);

// Reads a cell that is not empty: kind, date, and both as printed. The reason where it cannot be
// read: no date with a day, or a letter that the head does not have.
std::optional<std::string> ReadUntcCell(std::string_view cell, const UntcColumn& column,
                                        v1::TreatyAct& act);

}  // namespace dossier
