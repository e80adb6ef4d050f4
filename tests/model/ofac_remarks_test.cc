#include "services/model/ofac_remarks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/model/dates.h"
#include "services/model/ofac_fields.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Parsed {
  v1::Sanction sanction;
  std::vector<std::string> raw;
};

Parsed Parse(std::string_view remarks, bool cut = false) {
  Parsed parsed;
  ParseRemarks(remarks, cut, parsed.sanction, &parsed.raw);
  return parsed;
}

// KIND HEADING|NUMBER|COUNTRY|ISSUED|EXPIRES|NOTE
std::string Print(const v1::Identifier& id) {
  return v1::IdentifierKind_Name(id.kind()).substr(sizeof("IDENTIFIER_KIND_") - 1) + " " +
         id.printed_kind() + "|" + id.number() + "|" + id.country().printed_name() + "|" +
         PrintDate(id.issue_date()) + "|" + PrintDate(id.expiry_date()) + "|" + id.note();
}

std::string OnlyIdentifier(std::string_view remarks) {
  const Parsed parsed = Parse(remarks);
  if (parsed.sanction.identifier_size() != 1) return "none";
  return Print(parsed.sanction.identifier(0));
}

std::vector<std::string> Identifiers(const Parsed& parsed) {
  std::vector<std::string> printed;
  for (const v1::Identifier& id : parsed.sanction.identifier()) printed.push_back(Print(id));
  return printed;
}

std::string OnlyBirth(std::string_view remarks) {
  const Parsed parsed = Parse(remarks);
  if (parsed.sanction.birth_size() != 1) return "none";
  const v1::Birth& birth = parsed.sanction.birth(0);
  return PrintDate(birth.date()) + ".." + PrintDate(birth.date_to()) +
         (birth.is_approximate() ? " approximate" : "") + "|" + birth.printed() + "|" +
         birth.place();
}

TEST(OfacRemarksTest, TheWholeTextIsKept) {
  const Parsed parsed = Parse("DOB 1960; Gender Male; a person of note.");
  EXPECT_EQ(parsed.sanction.remarks(), "DOB 1960; Gender Male; a person of note.");
  EXPECT_FALSE(parsed.sanction.remarks_cut());
  EXPECT_EQ(parsed.sanction.gender(), "Male");
  EXPECT_THAT(parsed.raw, ElementsAre("a person of note"));
}

TEST(OfacRemarksTest, Births) {
  EXPECT_EQ(OnlyBirth("DOB 10 Dec 1948."), "1948-12-10..||");
  EXPECT_EQ(OnlyBirth("DOB Dec 1948."), "1948-12..||");
  EXPECT_EQ(OnlyBirth("alt. DOB 1948."), "1948..||");
  EXPECT_EQ(OnlyBirth("DOB circa 1951."), "1951.. approximate|circa 1951|");
  EXPECT_EQ(OnlyBirth("DOB 1951 to 1953."), "1951..1953|1951 to 1953|");
  EXPECT_EQ(OnlyBirth("DOB circa 1956-1958."), "1956..1958 approximate|circa 1956-1958|");
  EXPECT_EQ(OnlyBirth("DOB 03 Jan 1962 to 05 Jan 1963."),
            "1962-01-03..1963-01-05|03 Jan 1962 to 05 Jan 1963|");
  EXPECT_EQ(OnlyBirth("DOB 1953 to 1951."), "..|1953 to 1951|");
  EXPECT_EQ(OnlyBirth("DOB 03 May 1951 to 1951."), "1951-05-03..1951|03 May 1951 to 1951|");
  EXPECT_EQ(OnlyBirth("DOB 31 Feb 1951."), "..|31 Feb 1951|");
  EXPECT_EQ(OnlyBirth("POB Old Town, Ruritania."), "..||Old Town, Ruritania");
}

TEST(OfacRemarksTest, NationalityIsNotCitizenship) {
  const Parsed parsed = Parse("nationality Korea, North; alt. citizen Burma.");
  ASSERT_THAT(parsed.sanction.nationality(), SizeIs(2));
  EXPECT_EQ(parsed.sanction.nationality(0).country().printed_name(), "Korea, North");
  EXPECT_FALSE(parsed.sanction.nationality(0).is_citizenship());
  EXPECT_EQ(parsed.sanction.nationality(1).country().printed_name(), "Burma");
  EXPECT_TRUE(parsed.sanction.nationality(1).is_citizenship());
}

TEST(OfacRemarksTest, ANationalityThatIsOnlyPossibleIsNotUnderstood) {
  const Parsed parsed = Parse("nationality possibly Ruritanian;arrested 23 Apr 2002.");
  EXPECT_THAT(parsed.sanction.nationality(), IsEmpty());
  EXPECT_THAT(parsed.raw, ElementsAre("nationality possibly Ruritanian;arrested 23 Apr 2002"));
}

TEST(OfacRemarksTest, IdentifiersWithCountryAndDates) {
  EXPECT_EQ(OnlyIdentifier("Passport D366 871 (Jordan)."), "PASSPORT Passport|D366 871|Jordan|||");
  EXPECT_EQ(OnlyIdentifier("alt. Passport C53 (Saudi Arabia) issued 05 May 2001 expires Mar 2006."),
            "PASSPORT Passport|C53|Saudi Arabia|2001-05-05|2006-03|");
  EXPECT_EQ(OnlyIdentifier("Passport X1 issued 1999."), "PASSPORT Passport|X1||1999||");
  EXPECT_EQ(OnlyIdentifier("Passport X1 (Iran) issued by the harbour office expires never."),
            "PASSPORT Passport|X1|Iran|||issued by the harbour office expires never");
  EXPECT_EQ(OnlyIdentifier("Registration Number HRA 73 (Stuttgart) (Germany)."),
            "REGISTRATION Registration Number|HRA 73 (Stuttgart)|Germany|||");
  EXPECT_EQ(OnlyIdentifier("Tax ID No. 77 (Congo, Democratic Republic of the)."),
            "TAX Tax ID No.|77|Congo, Democratic Republic of the|||");
  EXPECT_EQ(OnlyIdentifier("NIT # 80-7 (Colombia)."), "TAX NIT #|80-7|Colombia|||");
  EXPECT_EQ(OnlyIdentifier("Telephone (98)(21)(66)."), "PHONE Telephone|(98)(21)(66)||||");
}

TEST(OfacRemarksTest, ShipsAircraftAndAddressesOfCoins) {
  EXPECT_THAT(
      Identifiers(Parse("Vessel Registration Identification IMO 9187629; MMSI 572469210; "
                        "Company Number IMO 5055293; Aircraft Tail Number EP-MNE; Aircraft "
                        "Manufacturer's Serial Number (MSN) 23480; alt. Digital Currency Address - "
                        "XBT 1Abc9; SWIFT/BIC ABCDEFGH; Website www.example.com.")),
      ElementsAre("IMO Vessel Registration Identification|9187629||||IMO 9187629",
                  "MMSI MMSI|572469210||||", "IMO Company Number|5055293||||IMO 5055293",
                  "TAIL_NUMBER Aircraft Tail Number|EP-MNE||||",
                  "SERIAL_NUMBER Aircraft Manufacturer's Serial Number (MSN)|23480||||",
                  "DIGITAL_CURRENCY Digital Currency Address - XBT|1Abc9||||",
                  "SWIFT_BIC SWIFT/BIC|ABCDEFGH||||", "WEBSITE Website|www.example.com||||"));
}

TEST(OfacRemarksTest, AWordThatIsAHeadingBeforeNoNumberIsText) {
  const Parsed parsed = Parse("License issued by the Old Town; Passporting is done by her.");
  EXPECT_THAT(parsed.sanction.identifier(), IsEmpty());
  EXPECT_THAT(parsed.raw,
              ElementsAre("License issued by the Old Town", "Passporting is done by her"));
}

TEST(OfacRemarksTest, NamesInQuotesAreWeak) {
  const Parsed parsed = Parse("a.k.a. 'ABU AL-QA'ID'; f.k.a. 'SEA'; a.k.a. no quotes.");
  ASSERT_THAT(parsed.sanction.name(), SizeIs(2));
  EXPECT_EQ(parsed.sanction.name(0).whole(), "ABU AL-QA'ID");
  EXPECT_EQ(parsed.sanction.name(0).kind(), v1::NAME_KIND_ALIAS);
  EXPECT_EQ(parsed.sanction.name(0).quality(), v1::NAME_QUALITY_LOW);
  EXPECT_EQ(parsed.sanction.name(1).kind(), v1::NAME_KIND_FORMER);
  EXPECT_THAT(parsed.raw, ElementsAre("a.k.a. no quotes"));
}

TEST(OfacRemarksTest, LinksAreLinkedToAndNoMore) {
  const Parsed parsed = Parse("(Linked To: OLD BANK (OB)); Linked To: NEW HOLDING, S.A.");
  ASSERT_THAT(parsed.sanction.link(), SizeIs(2));
  EXPECT_EQ(parsed.sanction.link(0).other().printed_name(), "OLD BANK (OB)");
  EXPECT_EQ(parsed.sanction.link(0).kind(), v1::LINK_KIND_LINKED_TO);
  EXPECT_EQ(parsed.sanction.link(0).other().id(), "");
  EXPECT_EQ(parsed.sanction.link(1).other().printed_name(), "NEW HOLDING, S.A.");
}

std::string OnlyMeasure(std::string_view remarks) {
  const Parsed parsed = Parse(remarks);
  if (parsed.sanction.measure_size() != 1) return "none";
  const v1::Measure& measure = parsed.sanction.measure(0);
  EXPECT_EQ(measure.basis(), v1::MEASURE_BASIS_PUBLISHED);
  return v1::MeasureKind_Name(measure.kind()).substr(sizeof("MEASURE_KIND_") - 1) + " " +
         measure.detail();
}

TEST(OfacRemarksTest, Measures) {
  EXPECT_EQ(OnlyMeasure("Additional Sanctions Information - Subject to Secondary Sanctions."),
            "SECONDARY Additional Sanctions Information - Subject to Secondary Sanctions");
  EXPECT_EQ(OnlyMeasure("Additional Sanctions Information - Not Subject to Secondary Sanctions."),
            "none");
  EXPECT_EQ(OnlyMeasure("alt. Secondary sanctions risk: See Section 11 of Executive Order 14024."),
            "SECONDARY Secondary sanctions risk: See Section 11 of Executive Order 14024");
  EXPECT_EQ(OnlyMeasure("Executive Order 13662 Directive Determination - Subject to Directive 1."),
            "FINANCIAL Executive Order 13662 Directive Determination - Subject to Directive 1");
  EXPECT_EQ(OnlyMeasure("Executive Order 13662 Directive Determination - Subject to Directive 4."),
            "TRADE Executive Order 13662 Directive Determination - Subject to Directive 4");
  EXPECT_EQ(OnlyMeasure("Executive Order 14024 Directive Information - For more information on "
                        "directives, please visit https://example.com."),
            "none");
  EXPECT_EQ(OnlyMeasure("CAATSA Section 235 Information: EXCLUSION OF CORPORATE OFFICERS. Sec. 1."),
            "TRAVEL_BAN CAATSA Section 235 Information: EXCLUSION OF CORPORATE OFFICERS. Sec. 1");
}

TEST(OfacRemarksTest, DatesOfDirectivesStandUnderTheirNames) {
  const Parsed parsed = Parse(
      "Listing Date (EO 14024 Directive 2): 24 Feb 2022; Effective Date (CMIC) 02 Aug 2021; "
      "Effective Date (CMIC) soon; Purchase/Sales For Divestment Date (CMIC) 03 Jun 2022.");
  ASSERT_THAT(parsed.sanction.date(), SizeIs(3));
  EXPECT_EQ(parsed.sanction.date(0).kind(), v1::SANCTION_DATE_KIND_LISTED);
  EXPECT_EQ(PrintDate(parsed.sanction.date(0).date()), "2022-02-24");
  EXPECT_EQ(parsed.sanction.date(0).detail(), "EO 14024 Directive 2");
  EXPECT_EQ(parsed.sanction.date(1).kind(), v1::SANCTION_DATE_KIND_IN_FORCE);
  EXPECT_EQ(parsed.sanction.date(1).detail(), "CMIC");
  EXPECT_FALSE(parsed.sanction.date(2).has_date());
  EXPECT_EQ(parsed.sanction.date(2).printed(), "soon");
  ASSERT_THAT(parsed.sanction.other(), SizeIs(1));
  EXPECT_EQ(parsed.sanction.other(0).heading(), "Purchase/Sales For Divestment Date (CMIC)");
  EXPECT_EQ(parsed.sanction.other(0).value(), "03 Jun 2022");
}

TEST(OfacRemarksTest, CraftAndWhatHasNoField) {
  const Parsed parsed = Parse(
      "Aircraft Model A300; alt. Aircraft Model A310; Aircraft Manufacture Date 1992; Aircraft "
      "Operator OLD AIR; Organization Type: Holding.");
  EXPECT_EQ(parsed.sanction.craft().model(), "A300");
  EXPECT_EQ(parsed.sanction.craft().built(), "1992");
  ASSERT_THAT(parsed.sanction.other(), SizeIs(3));
  EXPECT_EQ(parsed.sanction.other(0).value(), "A310");
  EXPECT_EQ(parsed.sanction.other(1).heading(), "Aircraft Operator");
  EXPECT_EQ(parsed.sanction.other(2).heading(), "Organization Type:");
  EXPECT_THAT(parsed.raw, IsEmpty());
}

TEST(OfacRemarksTest, ATitleRepeatedIsAPosition) {
  Parsed parsed;
  parsed.sanction.add_title("Keeper of the Seal");
  ParseRemarks("DOB 1960; Keeper of the Seal; Colonel.", false, parsed.sanction, &parsed.raw);
  EXPECT_THAT(parsed.sanction.position(), ElementsAre("Keeper of the Seal"));
  EXPECT_THAT(parsed.raw, ElementsAre("Colonel"));
}

TEST(OfacRemarksTest, AParenthesisHoldsItsPiecesTogether) {
  EXPECT_THAT(Parse("(derived from a paper: DOB 10 October 1969; Passport 3); Colonel.").raw,
              ElementsAre("(derived from a paper: DOB 10 October 1969; Passport 3)", "Colonel"));
}

TEST(OfacRemarksTest, TheLastPieceOfCutRemarksIsNotRead) {
  const Parsed parsed = Parse("DOB 1960; a.k.a. 'WHOLE'; Registration Numbe", true);
  EXPECT_TRUE(parsed.sanction.remarks_cut());
  EXPECT_THAT(parsed.sanction.name(), SizeIs(1));
  EXPECT_THAT(parsed.sanction.birth(), SizeIs(1));
  EXPECT_THAT(parsed.raw, ElementsAre("Registration Numbe"));
  EXPECT_EQ(CutPiece("no gap"), "no gap");
}

// Cut anywhere, the record of the remarks, that of the comments, and the two pieces joined say
// together what the remarks say uncut.
TEST(OfacRemarksTest, CutRemarksAndTheirCommentsSayAllTogether) {
  const std::string whole =
      "DOB 10 Dec 1948; Passport A10 (Egypt) issued 05 May 2001; Registration Number 10 (Russia); "
      "a.k.a. 'WHOLE'; a colonel; Linked To: OLD BANK, S.A.";
  const Parsed uncut = Parse(whole);
  for (size_t at = 1; at < whole.size(); ++at) {
    Parsed parsed;
    const std::string_view remarks = std::string_view(whole).substr(0, at);
    const std::string_view comments = std::string_view(whole).substr(at);
    ParseRemarks(remarks, true, parsed.sanction, &parsed.raw);
    const std::string_view cut_piece = CutPiece(remarks);
    if (!cut_piece.empty()) {
      ASSERT_EQ(parsed.raw.back(), cut_piece);
      parsed.raw.pop_back();
    }
    ParseRemarksRest(cut_piece, comments, parsed.sanction, &parsed.raw);
    Parsed rest;
    ParseComments(comments, rest.sanction, &rest.raw);
    EXPECT_EQ(rest.sanction.remarks(), comments);
    if (!comments.starts_with("; ")) {
      ASSERT_TRUE(comments.starts_with(rest.raw.front())) << "cut after " << at;
      rest.raw.erase(rest.raw.begin());
    }
    parsed.raw.insert(parsed.raw.end(), rest.raw.begin(), rest.raw.end());
    parsed.sanction.MergeFrom(rest.sanction);
    parsed.sanction.set_remarks(whole);
    parsed.sanction.clear_remarks_cut();
    EXPECT_EQ(parsed.sanction.SerializeAsString(), uncut.sanction.SerializeAsString())
        << "cut after " << at << ":\n"
        << parsed.sanction.DebugString();
    EXPECT_EQ(parsed.raw, uncut.raw) << "cut after " << at;
  }
}

TEST(OfacFieldsTest, Dates) {
  EXPECT_EQ(PrintDate(*ParseOfacDate("10 October 1969")), "1969-10-10");
  EXPECT_EQ(PrintDate(*ParseOfacDate("1 May 1969")), "1969-05-01");
  for (const char* text : {"", "69", "Oct", "10 Oct", "10 Okt 1969", "32 Oct 1969", "00 Oct 1969",
                           "x10 Oct 1969", "10 Oct 19690", "0000"}) {
    EXPECT_FALSE(ParseOfacDate(text).has_value()) << text;
  }
}

TEST(OfacFieldsTest, AWordOfSanctionsSaysTheMeasureThatAHeadingOfItsOwnWould) {
  EXPECT_EQ(OfacSanctionsTypeKind("Block"), v1::MEASURE_KIND_ASSET_FREEZE);
  EXPECT_EQ(OfacSanctionsTypeKind("Executive Order 14024 Directive 2"), v1::MEASURE_KIND_FINANCIAL);
  EXPECT_EQ(OfacSanctionsTypeKind("Executive Order 14024 Directive 4"), v1::MEASURE_KIND_FINANCIAL);
  EXPECT_EQ(OfacSanctionsTypeKind("13662 Sectoral Directive 1"), v1::MEASURE_KIND_FINANCIAL);
  EXPECT_EQ(OfacSanctionsTypeKind("13662 Sectoral Directive 4"), v1::MEASURE_KIND_TRADE);
  EXPECT_EQ(OfacSanctionsTypeKind("561 Full Restrictions"), v1::MEASURE_KIND_OTHER);
  EXPECT_EQ(OfacSanctionsTypeKind("Reject"), v1::MEASURE_KIND_OTHER);
}

}  // namespace
}  // namespace dossier
