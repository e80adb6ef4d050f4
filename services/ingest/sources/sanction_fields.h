// How adapters fill in a v1::Sanction: what is empty is left out. Other fields and dates may come
// several times, from several rows of a table; DropRepeats leaves each once.
#pragma once

#include <string>
#include <string_view>

#include "dossier/v1/sanction.pb.h"
#include "services/ingest/sources/numeric_dates.h"

namespace dossier {

// A field without one of its own, unless the value is empty.
void AddOther(std::string_view heading, std::string_view value, v1::Sanction& sanction);

// Leaves the first of other fields, and of dates, that say the same.
void DropRepeats(v1::Sanction& sanction);

// A name, unless it is empty.
void AddName(v1::NameKind kind, std::string_view whole, v1::Sanction& sanction);

// A name as (part of) a key, where a list gives its entries no number: in one line; over 160 bytes
// cut to that, with 16 digits of the whole one's SHA-256 at its end.
std::string KeyOfName(std::string_view name);

// A date as printed. What does not read as a date of this order, or not all of it ("00/00/1980"),
// is kept as printed.
void AddDate(v1::SanctionDateKind kind, std::string_view printed, DateOrder order,
             std::string_view detail, v1::Sanction& sanction);

// An identifier, unless the number is empty.
v1::Identifier* AddIdentifier(v1::IdentifierKind kind, std::string_view printed_kind,
                              std::string_view number, v1::Sanction& sanction);

// The same with the number picked out of words around it, where the first word with three digits
// in it stands behind nothing but words such as "passport no."; the whole is then its note.
v1::Identifier* AddWordyIdentifier(v1::IdentifierKind kind, std::string_view printed_kind,
                                   std::string_view text, v1::Sanction& sanction);

// What a text calls a birth's date: a date, a window ("1951 to 1953", "Between 1971 and 1973"), a
// month ("March 1962", "9 Jun. 1982"), with "approximately", "circa" and the like before it. All
// else is kept as printed.
void ReadBirthDate(std::string_view printed, DateOrder order, v1::Birth& birth);

}  // namespace dossier
