// What stands under one of OFAC's headings (ofac_headings.h), put into the fields of a sanction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dossier/v1/sanction.pb.h"
#include "services/model/ofac_headings.h"

namespace dossier {

struct OfacField {
  std::string_view heading;  // as printed, without "alt."
  std::string_view value;
  // Of an identifier, where they are given:
  std::string_view country = {};
  std::optional<v1::Date> issue_date = {};
  std::optional<v1::Date> expiry_date = {};
  // What else is printed with it, and the publisher's number of it. Only of births, nationalities
  // and identifiers.
  std::string_view note = {};
  std::string_view id = {};
};

// Adds the field to the sanction; countries get a printed name and no id. False, and nothing done:
// the value is none of what the heading means (a nationality "possibly ...").
bool AddOfacField(const OfacHeading& heading, const OfacField& field, v1::Sanction& sanction);

// Adds it as an identifier, whatever its heading. A value "IMO 9187629" is the ship's number
// 9187629; the note then has it as printed.
void AddOfacIdentifier(v1::IdentifierKind kind, const OfacField& field, v1::Sanction& sanction);

void AddOfacOther(std::string_view heading, std::string_view value, v1::Sanction& sanction);

// The kind of measure that a word of OFAC's "sanctions type" says: "Block" freezes assets;
// "Executive Order 14024 Directive 2", "13662 Sectoral Directive 4" as the same directive under a
// heading of its own; all else is OTHER.
v1::MeasureKind OfacSanctionsTypeKind(std::string_view type);

// "10 Dec 1948", "Dec 1948", "1948"; months in English, in full or by their first three letters.
// Nullopt: no such date.
std::optional<v1::Date> ParseOfacDate(std::string_view text);

// A date of birth: a date, "circa 1951", "1951 to 1953", "1951-1953". What is none of these, or
// ends before it begins, stands in Birth.printed alone.
v1::Birth ParseOfacBirth(std::string_view text);

}  // namespace dossier
