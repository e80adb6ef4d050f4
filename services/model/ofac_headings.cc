#include "services/model/ofac_headings.h"

#include <algorithm>
#include <vector>

namespace dossier {
namespace {

using enum OfacMeaning;

constexpr OfacHeading Plain(std::string_view pattern, OfacMeaning meaning) {
  return {pattern, meaning, v1::IDENTIFIER_KIND_UNSPECIFIED, false};
}
constexpr OfacHeading Number(std::string_view pattern, v1::IdentifierKind kind) {
  return {pattern, kIdentifier, kind, true};
}
// Of letters alone too: a tail number, an address.
constexpr OfacHeading Mark(std::string_view pattern, v1::IdentifierKind kind) {
  return {pattern, kIdentifier, kind, false};
}

constexpr auto kPassport = v1::IDENTIFIER_KIND_PASSPORT;
constexpr auto kNationalId = v1::IDENTIFIER_KIND_NATIONAL_ID;
constexpr auto kTax = v1::IDENTIFIER_KIND_TAX;
constexpr auto kRegistration = v1::IDENTIFIER_KIND_REGISTRATION;
constexpr auto kSerial = v1::IDENTIFIER_KIND_SERIAL_NUMBER;
constexpr auto kAnyId = v1::IDENTIFIER_KIND_OTHER;

constexpr OfacHeading kHeadings[] = {
    Plain("a.k.a.", kAlias),
    Plain("f.k.a.", kFormerName),
    Plain("n.k.a.", kNewName),
    Plain("DOB", kBirthDate),
    Plain("Birthdate", kBirthDate),
    Plain("POB", kBirthPlace),
    Plain("Place of Birth", kBirthPlace),
    Plain("nationality", kNationality),
    Plain("Nationality Country", kNationality),
    Plain("citizen", kCitizenship),
    Plain("Citizenship Country", kCitizenship),
    Plain("Gender", kGender),
    Plain("Position:", kPosition),
    Plain("Title", kTitle),
    Plain("Linked To:", kLink),

    Plain("Secondary sanctions risk:", kSecondary),
    Plain("Additional Sanctions Information -", kSecondaryIfSaid),
    Plain("Transactions Prohibited For Persons Owned or Controlled By U.S. Financial "
          "Institutions:",
          kProhibition),
    Plain("Executive Order @ Directive Determination -", kDirective),
    Plain("Executive Order @ Directive Information", kDirective),
    Plain("Executive Order @ Directive Information -", kDirective),
    Plain("Executive Order @ Directive Information:", kDirective),
    Plain("Executive Order @ information:", kMenu),
    Plain("CAATSA Section @ Information:", kMenu),
    Plain("PEESA Information:", kMenu),
    Plain("IFCA Determination -", kOther),
    Plain("Listing Date (*)", kListed),
    Plain("Listing Date (*):", kListed),
    Plain("Effective Date (*)", kInForce),
    Plain("Effective Date (*):", kInForce),
    Plain("Purchase/Sales For Divestment Date (*)", kOther),
    Plain("For more information on directives, please visit the following link:", kOther),
    Plain("for more information on directives, please visit the following link:", kOther),
    Plain("For more information, please reference the following link:", kOther),
    Plain("For more information, please see:", kOther),

    Number("Passport", kPassport),
    Number("Passport Booklet", kPassport),
    Number("Passport Booklet:", kPassport),
    Number("Diplomatic Passport", kPassport),
    Number("Stateless Person Passport", kPassport),
    Number("British National Overseas Passport", kPassport),

    Number("National ID No.", kNationalId),
    Number("National Foreign ID Number", kNationalId),
    Number("Personal ID Card", kNationalId),
    Number("Cedula No.", kNationalId),
    Number("Cedula de Residencia", kNationalId),
    Number("Citizen's Card Number", kNationalId),
    Number("C.U.I.", kNationalId),
    Number("C.U.R.P.", kNationalId),
    Number("C.U.R.P. #", kNationalId),
    Number("D.N.I.", kNationalId),
    Number("LE Number", kNationalId),
    Number("N.I.E.", kNationalId),
    Number("Numero de Identidad", kNationalId),
    Number("CNP (Personal Numerical Code)", kNationalId),
    Number("Bosnian Personal ID No.", kNationalId),
    Number("Kenyan ID No.", kNationalId),
    Number("Moroccan Personal ID No.", kNationalId),
    Number("Tazkira National ID Card", kNationalId),
    Number("Turkish Identification Number", kNationalId),
    Number("Turkish Identificiation Number", kNationalId),
    Number("UAE Identification", kNationalId),

    Number("Tax ID No.", kTax),
    Number("NIT #", kTax),
    Number("RUC #", kTax),
    Number("RIF #", kTax),
    Number("RTN", kTax),
    Number("R.F.C.", kTax),
    Number("R.F.C. #", kTax),
    Number("RFC", kTax),
    Number("C.I.F.", kTax),
    Number("C.U.I.T.", kTax),
    Number("N.I.F.", kTax),
    Number("V.A.T. Number", kTax),
    Number("US FEIN", kTax),
    Number("Fiscal Code", kTax),
    Number("Italian Fiscal Code", kTax),
    Number("Paraguayan tax identification number", kTax),
    Number("Numero Unico de Identificacao Tributaria (NUIT)", kTax),
    Number("Romanian Tax Registration", kTax),

    Number("Registration Number", kRegistration),
    Number("Registration ID", kRegistration),
    Number("Company Number", kRegistration),
    Number("UK Company Number", kRegistration),
    Number("Business Number", kRegistration),
    Number("Business Registration Number", kRegistration),
    Number("Business Registration Document #", kRegistration),
    Number("Branch Unit Number", kRegistration),
    Number("C.R. No.", kRegistration),
    Number("Romanian C.R.", kRegistration),
    Number("Central Registration System Number", kRegistration),
    Number("Certificate of Incorporation Number", kRegistration),
    Number("Chamber of Commerce Number", kRegistration),
    Number("Commercial Registry Number", kRegistration),
    Number("Dubai Chamber of Commerce Membership No.", kRegistration),
    Number("Economic Register Number (CBLS)", kRegistration),
    Number("Enterprise Number", kRegistration),
    Number("File Number", kRegistration),
    Number("Folio Mercantil No.", kRegistration),
    Number("Istanbul Chamber of Comm. No.", kRegistration),
    Number("License", kRegistration),
    Number("MSB Registration Number", kRegistration),
    Number("Matricula Mercantil No", kRegistration),
    Number("Organization Code", kRegistration),
    Number("Public Registration Number", kRegistration),
    Number("RSIN", kRegistration),
    Number("Registered Charity No.", kRegistration),
    Number("Tourism License No.", kRegistration),
    Number("Trade License No.", kRegistration),
    Number("Unified Social Credit Code (USCC)", kRegistration),
    Number("United Social Credit Code Certificate (USCCC)", kRegistration),
    Number("Afghan Money Service Provider License Number", kRegistration),
    Mark("Legal Entity Number", v1::IDENTIFIER_KIND_LEI),
    Mark("SWIFT/BIC", v1::IDENTIFIER_KIND_SWIFT_BIC),

    Number("Vessel Registration Identification", kRegistration),
    Number("International Maritime Organization No.", v1::IDENTIFIER_KIND_IMO),
    Number("MMSI", v1::IDENTIFIER_KIND_MMSI),
    Mark("Vessel Call Sign", v1::IDENTIFIER_KIND_CALL_SIGN),
    Mark("Other Vessel Call Sign", v1::IDENTIFIER_KIND_CALL_SIGN),
    Mark("Aircraft Tail Number", v1::IDENTIFIER_KIND_TAIL_NUMBER),
    Mark("Previous Aircraft Tail Number", v1::IDENTIFIER_KIND_TAIL_NUMBER),
    Mark("Aircraft Construction Number (also called L/N or S/N or F/N)", kSerial),
    Mark("Aircraft Manufacturer's Serial Number (MSN)", kSerial),
    // With the apostrophe of the "enhanced" XML.
    Mark("Aircraft Manufacturer\xe2\x80\x99s Serial Number (MSN)", kSerial),
    Mark("Aircraft Serial Identification", kSerial),
    Mark("Aircraft Mode S Transponder Code", kAnyId),

    Mark("Digital Currency Address - +", v1::IDENTIFIER_KIND_DIGITAL_CURRENCY),
    Mark("Email Address", v1::IDENTIFIER_KIND_EMAIL),
    Mark("Website", v1::IDENTIFIER_KIND_WEBSITE),
    Number("Phone Number", v1::IDENTIFIER_KIND_PHONE),
    Number("Phone No.", v1::IDENTIFIER_KIND_PHONE),
    Number("PHONE", v1::IDENTIFIER_KIND_PHONE),
    Number("Telephone", v1::IDENTIFIER_KIND_PHONE),
    Number("Telephone:", v1::IDENTIFIER_KIND_PHONE),
    Number("Telephone No.", v1::IDENTIFIER_KIND_PHONE),
    Number("Fax", kAnyId),
    Number("Fax:", kAnyId),
    Number("Fax No.", kAnyId),
    Number("FAX", kAnyId),
    Number("TELEX", kAnyId),

    Mark("BIK (RU)", kAnyId),
    Mark("Equity Ticker", kAnyId),
    Mark("ISIN", kAnyId),
    Mark("MICEX Code", kAnyId),
    Mark("UN/LOCODE", kAnyId),
    Number("Birth Certificate Number", kAnyId),
    Number("C.U.I.P.", kAnyId),
    Number("Cartilla de Servicio Militar Nacional", kAnyId),
    Number("Chinese Commercial Code", kAnyId),
    Number("Credencial electoral", kAnyId),
    Number("D-U-N-S Number", kAnyId),
    Number("Driver's License No.", kAnyId),
    Number("Electoral Registry No.", kAnyId),
    Number("Government Gazette Number", kAnyId),
    Number("I.F.E.", kAnyId),
    Number("Identification Number", kAnyId),
    Number("Immigration No.", kAnyId),
    Number("Military Registration Number", kAnyId),
    Number("Permit Number", kAnyId),
    Number("Pilot License Number", kAnyId),
    Number("Public Security and Immigration No.", kAnyId),
    Number("Refugee ID Card", kAnyId),
    Number("Residency Number", kAnyId),
    Number("Romanian Permanent Resident", kAnyId),
    Number("SRE Permit No.", kAnyId),
    Number("SSN", kAnyId),
    Number("Seafarer's Identification Document", kAnyId),
    Number("Serial No.", kAnyId),
    Number("Stateless Person ID Card", kAnyId),
    Number("Tarjeta Profesional", kAnyId),
    Number("Temporary suspension of deportation No.", kAnyId),
    Number("Trademark number", kAnyId),
    Number("Travel Document Number", kAnyId),
    Number("VisaNumberID", kAnyId),

    Plain("VESSEL TYPE", kCraftType),
    Plain("Vessel Type", kCraftType),
    Plain("Vessel Flag", kCraftFlag),
    Plain("Vessel Owner", kCraftOwner),
    Plain("Vessel Tonnage", kCraftTonnage),
    Plain("Vessel Gross Registered Tonnage", kCraftGrossTonnage),
    Plain("Vessel Year of Build", kCraftBuilt),
    Plain("Aircraft Manufacture Date", kCraftBuilt),
    Plain("Aircraft Model", kCraftModel),
    Plain("Aircraft Operator", kOther),
    Plain("Other Vessel Type", kOther),
    Plain("Other Vessel Flag", kOther),
    Plain("Former Vessel Flag", kOther),
    Plain("Organization Established Date", kOther),
    Plain("Organization Type:", kOther),
    Plain("Target Type", kOther),
    Plain("Issuer Name", kOther),
    Plain("Nationality of Registration", kOther),
    Plain("Registration Country", kOther),
    Plain("Location", kOther),
};

std::string_view FirstWord(std::string_view text) { return text.substr(0, text.find(' ')); }

struct IndexedHeading {
  std::string_view first_word;
  const OfacHeading* heading = nullptr;
};

// By first word, and of one first word the longest first: also the one that holds more of a text.
std::vector<IndexedHeading> SortedHeadings() {
  std::vector<IndexedHeading> sorted;
  for (const OfacHeading& heading : kHeadings) {
    sorted.push_back({FirstWord(heading.pattern), &heading});
  }
  std::sort(sorted.begin(), sorted.end(), [](const IndexedHeading& a, const IndexedHeading& b) {
    const int order = a.first_word.compare(b.first_word);
    return order != 0 ? order < 0 : a.heading->pattern.size() > b.heading->pattern.size();
  });
  return sorted;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// How much of the text at `at` a wildcard stands for.
size_t WildLength(char wildcard, std::string_view rest) {
  if (wildcard == '@') {
    return std::find_if_not(rest.begin(), rest.end(), IsDigit) - rest.begin();
  }
  return std::min(rest.find(wildcard == '+' ? ' ' : ')'), rest.size());
}

// The length of what the pattern matches at the text's begin; 0: nothing.
size_t MatchLength(std::string_view pattern, std::string_view text) {
  size_t at = 0;
  for (char c : pattern) {
    if (c == '@' || c == '+' || c == '*') {
      const size_t length = WildLength(c, text.substr(at));
      if (length == 0) return 0;
      at += length;
    } else if (at >= text.size() || text[at++] != c) {
      return 0;
    }
  }
  return at;
}

}  // namespace

std::optional<FoundHeading> FindOfacHeading(std::string_view text) {
  static const auto& headings = *new std::vector<IndexedHeading>(SortedHeadings());
  const std::string_view word = FirstWord(text);
  auto it = std::lower_bound(headings.begin(), headings.end(), word,
                             [](const IndexedHeading& heading, std::string_view first_word) {
                               return heading.first_word < first_word;
                             });
  for (; it != headings.end() && it->first_word == word; ++it) {
    const size_t length = MatchLength(it->heading->pattern, text);
    if (length == 0) continue;
    if (length == text.size() || text[length] == ' ') return FoundHeading{it->heading, length};
  }
  return std::nullopt;
}

}  // namespace dossier
