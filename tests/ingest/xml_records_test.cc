#include "services/ingest/sources/xml_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// An element on one line: name{namespace}[attribute=value]"text"(children)@line-line.
std::string Print(const XmlElement& element) {
  std::string printed = element.name;
  if (!element.namespace_uri.empty()) absl::StrAppend(&printed, "{", element.namespace_uri, "}");
  for (const auto& [key, value] : element.attributes) {
    absl::StrAppend(&printed, "[", key, "=", value, "]");
  }
  absl::StrAppend(&printed, "\"", element.text, "\"");
  for (const XmlElement& child : element.children) {
    absl::StrAppend(&printed, "(", Print(child), ")");
  }
  return absl::StrCat(printed, "@", element.line, "-", element.line_end);
}

struct Reading {
  std::vector<std::string> records;
  std::vector<std::string> others;
  std::vector<std::string> opened;
  absl::Status status;

  std::string message() const { return std::string(status.message()); }
};

Reading Read(std::string_view bytes, size_t chunk_size = 1 << 20) {
  Reading reading;
  const auto keep = [](std::vector<std::string>& kept) {
    return [&kept](const XmlElement& element) {
      kept.push_back(Print(element));
      return absl::OkStatus();
    };
  };
  XmlRecords xml({"R", "S"}, keep(reading.records), keep(reading.others), keep(reading.opened));
  for (size_t at = 0; at < bytes.size() && reading.status.ok(); at += chunk_size) {
    reading.status = xml.Feed(bytes.substr(at, chunk_size));
  }
  if (reading.status.ok()) reading.status = xml.Finish();
  return reading;
}

std::string Repeated(std::string_view text, size_t times) {
  std::string repeated;
  for (size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

TEST(XmlRecordsTest, ARecordIsATreeOfItsElements) {
  const Reading reading = Read(
      "<?xml version=\"1.0\"?>\n<list>\n<R id='7' note=\"a &amp; b &#38;#38; &lt;\"> x <b>1</b>\n"
      " y<c/></R>\n<S/></list>");
  ASSERT_TRUE(reading.status.ok()) << reading.status;
  EXPECT_THAT(reading.records,
              ElementsAre("R[id=7][note=a & b &#38; <]\" x \n y\"(b\"1\"@3-3)(c\"\"@4-4)@3-4",
                          "S\"\"@5-5"));
}

TEST(XmlRecordsTest, MemoryThatIsUsedAgainKeepsNothingOfTheRecordBefore) {
  const Reading reading = Read(
      "<l><R a='1'>t<b c='2'>u<d/><d/></b><b/></R><R><b>v</b></R><R a='3'><b><d/></b></R></l>");
  EXPECT_THAT(reading.records, ElementsAre(HasSubstr("(b[c=2]\"u\""), "R\"\"(b\"v\"@1-1)@1-1",
                                           "R[a=3]\"\"(b\"\"(d\"\"@1-1)@1-1)@1-1"));
}

TEST(XmlRecordsTest, ARecordWithinARecordBelongsToIt) {
  EXPECT_THAT(Read("<l><R><S>x</S></R></l>").records, ElementsAre("R\"\"(S\"x\"@1-1)@1-1"));
}

TEST(XmlRecordsTest, ElementsOutsideOfRecordsAreToldApart) {
  const Reading reading =
      Read("<list day='1'><head>h<made>2025</made></head><part><R><b/></R></part></list>");
  EXPECT_THAT(reading.opened,
              ElementsAre("list[day=1]\"\"@1-0", "head\"\"@1-0", "made\"\"@1-0", "part\"\"@1-0"));
  EXPECT_THAT(reading.others, ElementsAre("made\"2025\"@1-1", "head\"h\"@1-1"));
}

TEST(XmlRecordsTest, NamesLoseTheirPrefixAndKeepTheirNamespace) {
  EXPECT_THAT(Read("<p:l xmlns:p='urn:p' xmlns='urn:q'><R p:a='1'/><p:R/></p:l>").records,
              ElementsAre("R{urn:q}[a=1]\"\"@1-1", "R{urn:p}\"\"@1-1"));
}

TEST(XmlRecordsTest, EntitiesOfXmlAndCharactersByNumberAreResolved) {
  EXPECT_THAT(Read("<l><R>&amp;&lt;&gt;&quot;&apos;&#xE9;&#233;<![CDATA[<&>]]></R></l>").records,
              ElementsAre("R\"&<>\"'\xc3\xa9\xc3\xa9<&>\"@1-1"));
}

TEST(XmlRecordsTest, DeclaredEncodingsAreRead) {
  EXPECT_THAT(Read("<?xml version='1.0' encoding='ISO-8859-1'?><l><R>\xe9</R></l>").records,
              ElementsAre("R\"\xc3\xa9\"@1-1"));
  std::string wide = "\xff\xfe";
  for (char c : std::string("<l><R>x</R></l>")) wide += {c, '\0'};
  EXPECT_THAT(Read(wide).records, ElementsAre("R\"x\"@1-1"));
  EXPECT_THAT(Read("\xef\xbb\xbf<l><R>x</R></l>").records, ElementsAre("R\"x\"@1-1"));
}

TEST(XmlRecordsTest, ChunksOfAnySizeGiveTheSame) {
  const std::string document =
      "<l>" + Repeated("<R a='\xc3\xa9'>\xd8\xb9\xf0\x9d\x84\x9e &amp;<b>x\r\n</b></R>\r\n", 9) +
      "</l>";
  const Reading whole = Read(document);
  ASSERT_TRUE(whole.status.ok()) << whole.status;
  ASSERT_EQ(whole.records.size(), 9u);
  for (size_t chunk_size : {1, 2, 3, 7, 64}) {
    EXPECT_EQ(Read(document, chunk_size).records, whole.records) << chunk_size;
  }
}

TEST(XmlRecordsTest, ACharacterMayLieAcrossBlocks) {
  for (size_t before = 65'530; before < 65'540; ++before) {
    const std::string text =
        Repeated("y", before) + "\xf0\x9d\x84\x9e&amp;\xd8\xb9" + Repeated("z", 400);
    const Reading reading = Read(absl::StrCat("<l><R>", text, "</R></l>"));
    ASSERT_TRUE(reading.status.ok()) << before << reading.status;
    EXPECT_THAT(
        reading.records,
        ElementsAre(absl::StrCat("R\"", absl::StrReplaceAll(text, {{"&amp;", "&"}}), "\"@1-1")));
  }
}

TEST(XmlRecordsTest, ALookAtChildrenFindsTheFirst) {
  XmlRecords xml({"R"}, [](const XmlElement& record) {
    EXPECT_EQ(record.TextOf("b"), "x y");
    EXPECT_EQ(record.TextOf("none"), "");
    EXPECT_EQ(record.Child("none"), nullptr);
    EXPECT_EQ(record.Attribute("a"), "1");
    EXPECT_EQ(record.Attribute("z"), "");
    return absl::OkStatus();
  });
  EXPECT_TRUE(xml.Feed("<R a='1'><b>\n x y\t</b><b>z</b></R>").ok());
  EXPECT_TRUE(xml.Finish().ok());
}

TEST(XmlRecordsTest, AVisitsStatusStopsReading) {
  int visits = 0;
  XmlRecords xml({"R"}, [&visits](const XmlElement&) {
    ++visits;
    return absl::FailedPreconditionError("enough");
  });
  EXPECT_TRUE(xml.Feed("<l><R/><R/>").ok());  // a block is not full yet
  EXPECT_EQ(xml.Finish().message(), "enough");
  EXPECT_EQ(xml.Feed("<R/>").message(), "enough");
  EXPECT_EQ(visits, 1);
}

TEST(XmlRecordsTest, ADocumentTypeIsRefusedBeforeItIsRead) {
  const std::string laughs =
      "<?xml version='1.0'?>\n<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
      "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>\n<l><R>&c;</R></l>";
  EXPECT_THAT(Read(laughs).message(),
              testing::AllOf(StartsWith("line 2: column "),
                             HasSubstr("a document type declaration: expected")));
  const std::string external =
      "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l><R>&x;</R></l>";
  EXPECT_THAT(Read(external).message(), HasSubstr("a document type declaration"));
  EXPECT_THAT(Read(external).records, IsEmpty());
  EXPECT_THAT(Read("<!DOCTYPE l SYSTEM 'http://127.0.0.1:9/l.dtd'><l><R/></l>").message(),
              HasSubstr("a document type declaration"));
}

TEST(XmlRecordsTest, AnEntityThatIsNotXmlsOwnIsRefused) {
  EXPECT_THAT(Read("<l>\n<R>&nbsp;</R></l>").message(),
              StartsWith("line 2: column 10: Entity 'nbsp' not defined: expected well-formed"));
  EXPECT_THAT(Read("<l><R a='&nbsp;'/></l>").message(), HasSubstr("Entity 'nbsp' not defined"));
}

TEST(XmlRecordsTest, MoreThan32LevelsAreRefused) {
  EXPECT_TRUE(Read("<R>" + Repeated("<b>", 31) + Repeated("</b>", 31) + "</R>").status.ok());
  EXPECT_THAT(Read("<l><R>" + Repeated("<b>", 31)).message(),
              StartsWith("line 1: column 99: too many levels: expected at most 32"));
  EXPECT_THAT(Read(Repeated("<l>", 100'000)).message(), HasSubstr("too many levels"));
}

TEST(XmlRecordsTest, TextHasALimit) {
  const std::string much = Repeated("x", 1 << 20);
  EXPECT_TRUE(Read("<l><R>" + much + "</R></l>").status.ok());
  EXPECT_THAT(Read("<l><R>" + much + "x</R></l>").message(),
              HasSubstr("too much text in an element: expected at most 1048576 bytes"));
  EXPECT_THAT(Read("<l>" + much + "x<R/></l>").message(), HasSubstr("too much text"));
  EXPECT_THAT(Read("<l><R a='" + much + "'/></l>").message(),
              HasSubstr("expected at most 1048576"));
  // What stands between records is white space, in a file of any length.
  EXPECT_TRUE(Read("<l><R/>" + Repeated(" ", 2 << 20) + "<R/></l>").status.ok());
}

TEST(XmlRecordsTest, ARecordHasALimit) {
  EXPECT_THAT(Read("<l><R>" + Repeated("<b/>", 100'000) + "</R></l>").message(),
              HasSubstr("the record <R> of line 1 is too large: expected at most 8388608 bytes"));
  EXPECT_EQ(Read("<l>" + Repeated("<R><b/><b/><b/></R>", 50'000) + "</l>").records.size(), 50'000u);
}

TEST(XmlRecordsTest, AStartTagThatDoesNotEndIsRefusedInBoundedMemory) {
  EXPECT_FALSE(Read("<l><R a='" + Repeated("x", 24 << 20)).status.ok());
}

TEST(XmlRecordsTest, AFaultSaysWhere) {
  EXPECT_THAT(Read("<l>\n<R>\n</S></R></l>").message(),
              StartsWith("line 3: column 5: Opening and ending tag mismatch: R line 2 and S"));
  EXPECT_THAT(Read("<l>\n<R>a\x06</R></l>").message(),
              StartsWith("line 2: column 5: PCDATA invalid Char value 6: expected well-formed"));
  EXPECT_THAT(Read("<l><R a='1' a='2'/></l>").message(), HasSubstr("Attribute a redefined"));
  EXPECT_THAT(Read("<l><p:R/></l>").message(), HasSubstr("prefix p on R is not defined"));
  EXPECT_THAT(Read("<l/><l/>").message(), StartsWith("line 1: column 5: Extra content"));
  EXPECT_THAT(Read("no markup").message(), StartsWith("line 1: column 1: Document is empty"));
}

TEST(XmlRecordsTest, BytesThatAreNotOfTheDeclaredEncodingAreRefusedWithTheirPlace) {
  EXPECT_THAT(
      Read("<?xml version='1.0' encoding='UTF-8'?>\n<l>\n<R>caf\xe9 au lait</R></l>").message(),
      StartsWith("line 3: column 7: Input is not proper UTF-8"));
  EXPECT_THAT(Read("<l><R>over\xc1\x81long</R></l>").message(), HasSubstr("line 1: column "));
  EXPECT_THAT(Read("<l><R>\xed\xa0\x80 surrogate</R></l>").message(), HasSubstr("line 1: "));
  EXPECT_THAT(Read("<?xml version='1.0' encoding='klingon'?><l/>").message(), HasSubstr("klingon"));
}

TEST(XmlRecordsTest, ANulByteIsRefusedWithItsPlace) {
  using namespace std::string_literals;
  EXPECT_THAT(Read("<l>\n<R>ab\0c</R></l>"s).message(),
              StartsWith("line 2: column 6: a NUL byte: expected a text file"));
  EXPECT_THAT(Read("<l>\n<R/>\n</l>\n\0\0"s).message(), StartsWith("line 4: column 1: a NUL"));
  EXPECT_THAT(Read("<l>" + Repeated("<R/>\n", 30'000) + "\0"s).message(),
              StartsWith("line 30001: column 1: a NUL byte"));
  EXPECT_FALSE(Read("\0\0\0\0"s).status.ok());
}

TEST(XmlRecordsTest, ADocumentThatEndsEarlyIsRefused) {
  EXPECT_EQ(Read("").message(), "line 1: column 1: the document is empty: expected an element");
  EXPECT_THAT(Read(" \n ").message(), StartsWith("line "));
  EXPECT_THAT(Read("<?xml version='1.0'?>\n").message(), StartsWith("line "));
  EXPECT_EQ(Read("<l>\n<R>x</R>\n").message(),
            "line 3: column 1: the document ends inside <l> of line 1: expected </l>");
  EXPECT_EQ(Read("<l>\n<R>x").message(),
            "line 2: column 5: the document ends inside <R> of line 2: expected </R>");
  const std::string document = "<l><R a='1'>x<b>\xc3\xa9</b></R><!-- c --></l>";
  for (size_t size = 0; size < document.size(); ++size) {
    const Reading reading = Read(document.substr(0, size));
    EXPECT_EQ(reading.status.code(), absl::StatusCode::kInvalidArgument) << size;
    EXPECT_THAT(reading.message(), StartsWith("line 1: column ")) << size;
  }
}

TEST(XmlRecordsTest, NothingIsPrinted) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  Read("<l><R>\xe9</R></l>");
  Read("<?xml version='1.0' encoding='UTF-16'?><l/>");
  Read("<?xml version='1.0' encoding='EUC-JP'?><l>\xff\xff\xff</l>");
  Read("<!DOCTYPE l SYSTEM 'file:///none'><l/>");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(XmlRecordsTest, TheRootIsFoundAmongTheFirstBytes) {
  EXPECT_EQ(XmlRootName("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <no> -->\n<WHOLE Date='x'>"),
            "WHOLE");
  EXPECT_EQ(XmlRootName("<p:list>"), "list");
  EXPECT_EQ(XmlRootName("<list/>"), "list");
  EXPECT_EQ(XmlRootName("<!DOCTYPE list [<!ENTITY a 'b'>]><list>"), "list");
  EXPECT_EQ(XmlRootName("<!-- without an end"), "");
  EXPECT_EQ(XmlRootName("a,b,c"), "");
  EXPECT_EQ(XmlRootName(""), "");
}

}  // namespace
}  // namespace dossier
