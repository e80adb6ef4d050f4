// The headings under which OFAC prints what it knows of a party ("DOB", "Tax ID No.", "Listing Date
// (CMIC)"), and what each means. One table for the remarks of the CSV files, the ids of the XML and
// the features and documents of the "enhanced" XML, which print the same words.
//
// Source: the headings that the published lists of 2018 to 2025 hold, and OFAC's own words for
// them ("Specially Designated Nationals List: Data Formats", ofac.treasury.gov).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "dossier/v1/sanction.pb.h"

namespace dossier {

enum class OfacMeaning {
  kAlias,       // a.k.a. 'X': too weak to screen by alone
  kFormerName,  // f.k.a. 'X'
  kNewName,     // n.k.a. 'X'
  kBirthDate,
  kBirthPlace,
  kNationality,
  kCitizenship,
  kGender,
  kPosition,
  kTitle,
  kIdentifier,       // of OfacHeading::identifier
  kLink,             // "Linked To:"
  kSecondary,        // a risk of secondary sanctions
  kSecondaryIfSaid,  // one, if the text begins with "Subject to Secondary Sanctions"
  kProhibition,      // of transactions, by others than US persons
  kDirective,        // a directive under an executive order, if the text names one
  kMenu,             // one of the sanctions that a law lists for choosing
  kListed,           // a date; the parentheses of the heading say of what
  kInForce,
  kCraftType,
  kCraftModel,
  kCraftBuilt,
  kCraftFlag,
  kCraftOwner,
  kCraftTonnage,
  kCraftGrossTonnage,
  kOther,  // v1::Sanction.other
};

struct OfacHeading {
  // The words, in which "@" stands for digits, "+" for all up to a blank, and "*" for all up to a
  // closing parenthesis.
  std::string_view pattern;
  OfacMeaning meaning = OfacMeaning::kOther;
  v1::IdentifierKind identifier = v1::IDENTIFIER_KIND_UNSPECIFIED;
  // A text without a digit is then none: "License issued by ...".
  bool needs_digit = false;
};

struct FoundHeading {
  const OfacHeading* heading = nullptr;
  size_t length = 0;  // of it in the text
};

// The longest heading that the text begins with, and that a blank, a colon of its own or the text's
// end closes. Nullopt: none.
std::optional<FoundHeading> FindOfacHeading(std::string_view text);

}  // namespace dossier
