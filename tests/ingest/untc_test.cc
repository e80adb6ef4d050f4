// Status tables and the index of the UN Treaty Collection, with invented treaties.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/untc_csv.h"
#include "services/ingest/sources/untc_index_csv.h"
#include "services/ingest/sources/untc_numbers.h"
#include "services/model/dates.h"
#include "services/model/scope.h"
#include "services/model/sources.h"
#include "tests/ingest/table_reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kSixActs[] =
    "Participant,\"Signature, Succession to signature(d)\",\"Ratification, Accession(a), "
    "Acceptance(A), Approval(AA), Formal confirmation(c), Succession(d)\"\n";

TableReading Read(const std::string& table, const std::string& file_name = "90-1.csv",
                  size_t chunk_size = 50) {
  return ReadTable(UntcCsvFormat(), table, chunk_size, file_name);
}

TableReading ReadIndex(const std::string& rows) {
  return ReadTable(UntcIndexCsvFormat(),
                   "chapter_no,treaty_no,treaty_name,url,chapter_url,chapter_name\n" + rows, 50);
}

const v1::Treaty& TreatyOf(const TableReading& reading, std::string_view key) {
  for (const EditionRecord& record : reading.records) {
    if (record.key == key) return record.present.treaty();
  }
  return v1::Treaty::default_instance();
}

// "RATIFICATION 2000-02-02" of each act.
std::vector<std::string> ActsOf(const TableReading& reading, std::string_view key) {
  std::vector<std::string> acts;
  for (const v1::TreatyParty& party : TreatyOf(reading, key).party()) {
    for (const v1::TreatyAct& act : party.act()) {
      const std::string kind = v1::ActKind_Name(act.kind()).substr(sizeof("ACT_KIND_") - 1);
      acts.push_back(absl::StrCat(kind, " ", PrintDate(act.date())));
    }
  }
  return acts;
}

// The one act of a table with one column and one cell; or why there is none.
std::string ActUnder(const std::string& head, const std::string& cell) {
  const TableReading reading =
      Read(absl::StrCat("Participant,\"", head, "\"\nPeru,\"", cell, "\"\nChad,\n"));
  if (!reading.status.ok()) return Message(reading.status);
  if (!reading.rejections.empty()) return reading.rejections.front();
  const std::vector<std::string> acts = ActsOf(reading, "90-1/state:PER");
  return acts.size() == 1 ? acts.front() : absl::StrCat(acts.size(), " acts");
}

TEST(UntcCsvTest, ARowIsAPartysActs) {
  const TableReading reading =
      Read(absl::StrCat(kSixActs, "Peru,22 Oct 1985,3 Nov 1990\n"
                                  "\"Sudmark (Republic of)\",3 Mar 2001 d,\n"));
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.rejections, IsEmpty());
  EXPECT_THAT(reading.Keys(),
              ElementsAre("90-1/state:PER", "90-1/unresolved:untc:Sudmark (Republic of)"));
  const v1::Treaty& treaty = TreatyOf(reading, "90-1/state:PER");
  EXPECT_EQ(treaty.treaty().id(), "untc:90-1");
  EXPECT_FALSE(treaty.describes());
  ASSERT_THAT(treaty.party(), SizeIs(1));
  EXPECT_EQ(treaty.party(0).party().printed_name(), "Peru");
  ASSERT_THAT(treaty.party(0).act(), SizeIs(2));
  const v1::TreatyAct& act = treaty.party(0).act(0);
  EXPECT_EQ(act.kind(), v1::ACT_KIND_SIGNATURE);
  EXPECT_EQ(PrintDate(act.date()), "1985-10-22");
  EXPECT_EQ(act.printed(), "22 Oct 1985");
  EXPECT_EQ(act.column(), "Signature, Succession to signature(d)");
  EXPECT_EQ(reading.records[1].line, 3u);
  EXPECT_EQ(reading.facts.source, "untc");
  EXPECT_EQ(PrintScope(reading.facts.scope), "treaty in {untc:90-1}");
  EXPECT_FALSE(reading.facts.stamp.has_time());
}

TEST(UntcCsvTest, TheLetterWinsOverTheHeadAndMeansWhatThisHeadSays) {
  const TableReading reading = Read(absl::StrCat(kSixActs,
                                                 "Peru,1 Jan 2001 d,2 Feb 2002 d\n"
                                                 "Chad,,3 Mar 2003 a\n"
                                                 "Fiji,,4 Apr 2004 A\n"
                                                 "Cuba,,5 May 2005 AA\n"
                                                 "European Union,,6 Jun 2006 c\n"));
  EXPECT_THAT(ActsOf(reading, "90-1/state:PER"),
              ElementsAre("SUCCESSION_TO_SIGNATURE 2001-01-01", "SUCCESSION 2002-02-02"));
  EXPECT_THAT(ActsOf(reading, "90-1/state:TCD"), ElementsAre("ACCESSION 2003-03-03"));
  EXPECT_THAT(ActsOf(reading, "90-1/state:FJI"), ElementsAre("ACCEPTANCE 2004-04-04"));
  EXPECT_THAT(ActsOf(reading, "90-1/state:CUB"), ElementsAre("APPROVAL 2005-05-05"));
  EXPECT_THAT(ActsOf(reading, "90-1/org:EU"), ElementsAre("FORMAL_CONFIRMATION 2006-06-06"));
}

TEST(UntcCsvTest, EveryActOfAHead) {
  EXPECT_EQ(ActUnder("Application", "1 Jan 2001"), "APPLICATION 2001-01-01");
  EXPECT_EQ(ActUnder("Provisional application(n)", "1 Jan 2001 n"),
            "PROVISIONAL_APPLICATION 2001-01-01");
  EXPECT_EQ(ActUnder("Provisional application under article 23(n)", "1 Jan 2001 n"),
            "PROVISIONAL_APPLICATION 2001-01-01");
  EXPECT_EQ(ActUnder("Consent to be bound(P), Succession(d)", "1 Jan 2001 P"),
            "CONSENT_TO_BE_BOUND 2001-01-01");
  EXPECT_EQ(ActUnder("Definitive signature(s), Acceptance(A)", "1 Jan 2001 s"),
            "DEFINITIVE_SIGNATURE 2001-01-01");
  EXPECT_EQ(ActUnder("Acceptance(A), Ratification", "1 Jan 2001"), "RATIFICATION 2001-01-01");
  EXPECT_EQ(ActUnder("Denunciation", "1 Jan 2001"), "DENUNCIATION 2001-01-01");
  EXPECT_EQ(ActUnder("Withdrawal", "1 Jan 2001"), "WITHDRAWAL 2001-01-01");
  EXPECT_EQ(ActUnder("Entry into force", "1 Jan 2001"), "ENTRY_INTO_FORCE 2001-01-01");
}

TEST(UntcCsvTest, ActsOfAConventionAsAmended) {
  const std::string either =
      "Definitive signature or participation in the Convention and the Protocol, Participation(P)";
  EXPECT_EQ(ActUnder(either, "1 Jan 2001"), "DEFINITIVE_SIGNATURE 2001-01-01");
  EXPECT_EQ(ActUnder(either, "1 Jan 2001 P"), "CONSENT_TO_BE_BOUND 2001-01-01");
  const std::string amended =
      "Ratification of the Convention as amended, Accession to the Convention as amended(a), "
      "Succession to the Convention as amended(d)";
  EXPECT_EQ(ActUnder(amended, "1 Jan 2001"), "RATIFICATION 2001-01-01");
  EXPECT_EQ(ActUnder(amended, "1 Jan 2001 a"), "ACCESSION 2001-01-01");
  EXPECT_EQ(ActUnder(amended, "1 Jan 2001 d"), "SUCCESSION 2001-01-01");
}

TEST(UntcCsvTest, CellsThatAreNoActAreRejectedWithTheirPlace) {
  EXPECT_EQ(ActUnder("Ratification, Accession(a)", "1 Jan 2001 d"),
            "2:6: Ratification, Accession(a): expected after the date none (Ratification), a "
            "(Accession), found \"d\" in \"1 Jan 2001 d\"");
  EXPECT_EQ(ActUnder("Accession(a)", "1 Jan 2001"),
            "2:6: Accession(a): expected after the date a (Accession), found none in \"1 Jan "
            "2001\"");
  // Acceptance is no accession.
  EXPECT_THAT(ActUnder("Accession(a)", "1 Jan 2001 A"), HasSubstr("found \"A\""));
  for (const char* cell : {"31 Feb 2001", "Jan 2001", "2001", "a", "1 Foo 2001 a", "1 Jan 01 a",
                           "1/2/2001", "1 Jan 2001 2 Feb 2002 a", "1 Jan 2001a"}) {
    EXPECT_THAT(ActUnder("Accession(a)", cell),
                HasSubstr(absl::StrCat("2:6: Accession(a): expected a date such as \"22 Oct "
                                       "1985\", and a letter or none, found \"",
                                       cell, "\"")));
  }
}

TEST(UntcCsvTest, RowsThatCannotBeReadAreRejectedAndTheOthersStay) {
  const TableReading reading = Read(absl::StrCat(kSixActs,
                                                 "Peru,1 Jan 2001,2 Feb 2002\n"
                                                 ",1 Jan 2001,\n"
                                                 "Chad,1 Jan 2001\n"
                                                 "Fiji,x,y\n"
                                                 "Cape Verde,1 Jan 2001,\n"
                                                 "Cabo Verde,1 Jan 2001,2 Feb 2002\n"));
  EXPECT_THAT(reading.Keys(), ElementsAre("90-1/state:PER", "90-1/state:CPV"));
  EXPECT_THAT(
      reading.rejections,
      ElementsAre("3:1: Participant: no participant: expected a name",
                  "4:16: : expected 3 cells, found 2",
                  HasSubstr("5:6: Signature, Succession to signature(d): expected a date"),
                  "7:0: : record 90-1/state:CPV stands in line 6 already: expected one of each"));
  EXPECT_THAT(reading.rejected_keys,
              ElementsAre("none", "none", "90-1/state:FJI", "90-1/state:CPV"));
}

TEST(UntcCsvTest, HeadsThatCannotBeReadRefuseTheTable) {
  EXPECT_EQ(ActUnder("Signature, Notification(x)", "1 Jan 2001"),
            "line 1: column 13: expected acts such as \"Ratification, Accession(a)\", found "
            "\"Notification(x)\"");
  EXPECT_THAT(ActUnder("Ratification, Accession(a), Acceptance(a)", "1 Jan 2001"),
              HasSubstr("expected a letter of its own for each act, found two for \"a\""));
  EXPECT_THAT(ActUnder("Signature, Ratification", "1 Jan 2001"), HasSubstr("found two for none"));
  EXPECT_THAT(ActUnder("", "1 Jan 2001"), HasSubstr("found \"\""));
  EXPECT_THAT(Message(Read("Party,Signature\nPeru,1 Jan 2001\n").status),
              HasSubstr("line 1: column 1: expected header \"Participant\", found \"Party\""));
  EXPECT_THAT(Message(Read("Participant\nPeru\n").status),
              HasSubstr("line 1: column 12: expected a column for acts"));
  EXPECT_THAT(Message(Read("").status), HasSubstr("the file is empty"));
  EXPECT_THAT(Message(Read(kSixActs).status), HasSubstr("expected at least one row"));
}

TEST(UntcCsvTest, TheFilesNameSaysWhichTreatyItIsOf) {
  const std::string table = "Participant,Signature\nPeru,1 Jan 2001\n";
  EXPECT_EQ(Read(table, "downloads/26-2-a-2015-03-14.csv").records[0].key, "26-2-a/state:PER");
  for (const char* name : {"", "table.csv", "26.csv", "26-3.txt", "2015-03-14.csv", "26-3"}) {
    EXPECT_THAT(Message(Read(table, name).status),
                HasSubstr(absl::StrCat("file name \"", name,
                                       "\": expected <chapter>-<treaty>.csv, such as 26-3.csv")));
  }
}

TEST(UntcNumbersTest, OfFileNames) {
  EXPECT_EQ(UntcNumberOfFileName("26-3.csv"), "26-3");
  EXPECT_EQ(UntcNumberOfFileName("a-1/b\\3-2-12b.CSV"), "3-2-12b");
  EXPECT_EQ(UntcNumberOfFileName("11-B-16.csv"), "11-B-16");
  EXPECT_EQ(UntcNumberOfFileName("26-3-2015-03-14.csv"), "26-3");
  EXPECT_EQ(UntcNumberOfFileName("26-3_2015-03-14T0152Z.csv"), "26-3");
  for (const char* name : {"26.3.csv", "-3.csv", "26-.csv", "26--3.csv", "126-3.csv", "x-3.csv",
                           "26-3 (1).csv", "1-2-3-4-5-6.csv", ".csv", "csv", "26-abcde.csv"}) {
    EXPECT_EQ(UntcNumberOfFileName(name), std::nullopt) << name;
  }
}

TEST(UntcNumbersTest, OfTheIndexAreThoseOfTheFiles) {
  EXPECT_EQ(UntcNumber("3", "2.12b"), "3-2-12b");
  EXPECT_EQ(UntcNumber("26", "2.a"), "26-2-a");
  EXPECT_EQ(UntcNumber("11.B", "16"), "11-B-16");
  EXPECT_EQ(UntcNumber("", "1"), std::nullopt);
  EXPECT_EQ(UntcNumber("26", ""), std::nullopt);
  EXPECT_EQ(UntcNumber("26", "2/a"), std::nullopt);
}

std::string TestdataTable() {
  std::ifstream file(DOSSIER_SOURCE_DIR "/tests/testdata/untc_table.csv", std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

TEST(UntcCsvTest, LineEndsByteOrderMarksBlankLinesAndChunksDoNotCount) {
  const std::string plain = TestdataTable();
  ASSERT_FALSE(plain.empty());
  std::string other = "\xef\xbb\xbf\n";
  for (char c : plain) other.append(c == '\n' ? "\r\n,,,\r\n \r\n" : std::string(1, c));
  const TableReading reading = Read(plain, "90-1.csv", 1 << 20);
  EXPECT_THAT(reading.records, SizeIs(6));
  EXPECT_THAT(reading.rejections, IsEmpty());
  for (size_t chunk_size : {1, 2, 7, 64}) {
    EXPECT_EQ(Read(plain, "90-1.csv", chunk_size).Digests(), reading.Digests()) << chunk_size;
    EXPECT_EQ(Read(other, "90-1.csv", chunk_size).Digests(), reading.Digests()) << chunk_size;
  }
}

TEST(UntcIndexCsvTest, ARowNamesATreaty) {
  const TableReading reading = ReadIndex(
      "90,1.a,\"Protocol on Weights, with \"\"annexes\"\". Zenda, Norland, 26 June 1945\","
      "http://a.example,http://b.example,Invented Matters\n"
      "90,1,Convention on Weights,http://c.example,,Invented Matters\n");
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.Keys(), ElementsAre("90-1-a", "90-1"));
  const v1::Treaty& treaty = TreatyOf(reading, "90-1-a");
  EXPECT_TRUE(treaty.describes());
  EXPECT_EQ(treaty.treaty().id(), "untc:90-1-a");
  EXPECT_EQ(treaty.treaty().title(),
            "Protocol on Weights, with \"annexes\". Zenda, Norland, 26 June 1945");
  EXPECT_EQ(treaty.base().id(), "untc:90-1");
  EXPECT_EQ(treaty.subject(), "Invented Matters");
  EXPECT_EQ(treaty.detail(), "http://a.example http://b.example");
  EXPECT_EQ(treaty.place(), "Zenda, Norland");
  EXPECT_EQ(PrintDate(treaty.signed_date()), "1945-06-26");
  EXPECT_THAT(treaty.party(), IsEmpty());
  EXPECT_FALSE(TreatyOf(reading, "90-1").has_base());
  EXPECT_EQ(TreatyOf(reading, "90-1").detail(), "http://c.example");
  EXPECT_EQ(reading.facts.source, "untc-index");
  EXPECT_EQ(PrintScope(reading.facts.scope), "whole");
}

TEST(UntcIndexCsvTest, PlaceAndDateOnlyWhereTheTitleEndsWithOneOfEach) {
  for (const char* title :
       {"Agreement. Geneva, 11 February 1925 and Zenda, 11 December 1946",
        "Agreement, 1994. London", "Declarations. 15 October 1946", "Zenda, 1 May 1999",
        "Agreement. Zenda, October 1946", "Agreement. , 1 May 1999",
        "Agreement. Zenda, 31 February 1999", "Agreement. "}) {
    const TableReading reading = ReadIndex(absl::StrCat("90,1,\"", title, "\",,,\n"));
    ASSERT_THAT(reading.records, SizeIs(1)) << title;
    EXPECT_EQ(TreatyOf(reading, "90-1").place(), "") << title;
    EXPECT_FALSE(TreatyOf(reading, "90-1").has_signed_date()) << title;
  }
}

TEST(UntcIndexCsvTest, TheBaseIsTheNearestNumberAboveThatTheIndexHas) {
  const TableReading reading = ReadIndex(
      "90,2,Convention,,,\n90,2.12b,Annex,,,\n90,2.a.i,Amendment,,,\n90,5.a,Amendment,,,\n"
      "91,2.a,Protocol,,,\n");
  EXPECT_EQ(TreatyOf(reading, "90-2-12b").base().id(), "untc:90-2");
  EXPECT_EQ(TreatyOf(reading, "90-2-a-i").base().id(), "untc:90-2");
  EXPECT_FALSE(TreatyOf(reading, "90-5-a").has_base());
  EXPECT_FALSE(TreatyOf(reading, "91-2-a").has_base());
}

TEST(UntcIndexCsvTest, RowsThatCannotBeReadAreRejectedWithTheirPlace) {
  const TableReading reading = ReadIndex(
      "x,1,Convention,,,\n90,,Convention,,,\n90,1,,,,\n90,2,Convention,,\n"
      "90,3,Convention,,,\n90,3,Convention,,,\n");
  EXPECT_THAT(reading.Keys(), ElementsAre("90-3"));
  EXPECT_THAT(reading.rejections,
              ElementsAre("2:3: treaty_no: expected a chapter's and a treaty's number such as 26 "
                          "and 2.a, found \"x\" and \"1\"",
                          HasSubstr("3:4: treaty_no: expected a chapter's"),
                          "4:6: treaty_name: no title: expected one",
                          HasSubstr("5:18: : expected 6 cells, found 5"),
                          HasSubstr("record 90-3 stands in line 6 already")));
  EXPECT_THAT(Message(ReadTable(UntcIndexCsvFormat(), "chapter_no,treaty\n").status),
              HasSubstr("line 1: column 12: expected header \"treaty_no\""));
}

TEST(UntcSourcesTest, ReadersAreToldWhatATableDoesNotShow) {
  ASSERT_NE(FindTreatySource("untc"), nullptr);
  EXPECT_THAT(FindTreatySource("untc")->note, HasSubstr("latest acts only"));
  EXPECT_NE(FindTreatySource("untc-index"), nullptr);
  EXPECT_EQ(FindTreatySource("ofac-sdn"), nullptr);
  // No answer about sanctions says that it was looked for there.
  EXPECT_EQ(FindSource("untc"), nullptr);
}

}  // namespace
}  // namespace dossier
