// What a status carries beside its message, over a real call.
#include "services/status_details.h"

#include "process_fixture.h"
#include "services/utf8.h"

namespace dossier {
namespace {

using StatusDetailsTest = ProcessTest;

TEST_F(StatusDetailsTest, ViolationsAndReasonComeBackAsTheyWere) {
  Serve();
  audit_.answer = absl::InvalidArgumentError("2 fields are wrong");
  AddFieldViolation(audit_.answer, "read_at.cut.known_by_date", "30 February does not exist");
  AddFieldViolation(audit_.answer, "read_at.cut.sequence", "99 is after the head, 42");
  SetErrorInfo(audit_.answer, "CUT_NOT_VALID", {{"head", "42"}});
  const absl::Status status = CallAudit(Connect());
  EXPECT_EQ(status, audit_.answer);
  const auto violations = FieldViolationsOf(status).field_violations();
  ASSERT_EQ(violations.size(), 2);
  EXPECT_EQ(violations[0].field(), "read_at.cut.known_by_date");
  EXPECT_EQ(violations[1].description(), "99 is after the head, 42");
  EXPECT_EQ(ErrorInfoOf(status).reason(), "CUT_NOT_VALID");
  EXPECT_EQ(ErrorInfoOf(status).domain(), "dossier");
  EXPECT_EQ(ErrorInfoOf(status).metadata().at("head"), "42");
}

TEST_F(StatusDetailsTest, EveryCodeComesBack) {
  Serve();
  const auto channel = Connect();
  for (int code = 1; code <= 16; ++code) {
    audit_.answer = absl::Status(static_cast<absl::StatusCode>(code), "message");
    EXPECT_EQ(CallAudit(channel), audit_.answer);
  }
}

TEST_F(StatusDetailsTest, AThousandViolationsAreCutAndCounted) {
  Serve();
  audit_.answer = absl::InvalidArgumentError(std::string(5000, 'm'));
  for (int i = 0; i < 1000; ++i) {
    AddFieldViolation(audit_.answer, "sdn.csv:" + std::to_string(i), std::string(100, 'x'));
  }
  SetErrorInfo(audit_.answer, "ROWS_REJECTED");
  const absl::Status status = CallAudit(Connect());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(ErrorInfoOf(status).reason(), "ROWS_REJECTED");
  const auto violations = FieldViolationsOf(status).field_violations();
  ASSERT_GT(violations.size(), 10);
  ASSERT_LT(violations.size(), 1000);
  const int kept = violations.size() - 1;
  EXPECT_EQ(violations[kept - 1].field(), "sdn.csv:" + std::to_string(kept - 1));
  EXPECT_EQ(violations[kept].description(),
            "and " + std::to_string(1000 - kept) + " more, left out for length");
}

TEST_F(StatusDetailsTest, HostileBytesDoNotBreakTheCall) {
  Serve();
  audit_.answer =
      absl::InvalidArgumentError(std::string("cell \"\xff\xc0\x80\r\n\0\" is no name", 24));
  AddFieldViolation(audit_.answer, "a\xed\xa0\x80z", "\xf5");
  const absl::Status status = CallAudit(Connect());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(FieldViolationsOf(status).field_violations(0).field(),
            "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
}

TEST(StatusDetailsOfTest, AnOkStatusCarriesNothing) {
  absl::Status status;
  AddFieldViolation(status, "field", "wrong");
  EXPECT_EQ(FieldViolationsOf(status).field_violations_size(), 0);
  EXPECT_TRUE(ToGrpc(status).error_details().empty());
}

TEST(StatusDetailsOfTest, DetailsThatDoNotParseAreLeftOut) {
  const absl::Status status =
      FromGrpc(grpc::Status(grpc::StatusCode::NOT_FOUND, "no such actor", "\xff\xff"));
  EXPECT_EQ(status, absl::NotFoundError("no such actor"));
}

TEST(Utf8Test, WellFormedTextStays) {
  for (const char* text : {"", "Turkiye", "T\xc3\xbcrkiye", "\xe2\x82\xac", "\xf0\x9f\x9a\xa2",
                           "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_EQ(ValidUtf8(text), text);
  }
}

TEST(Utf8Test, EachOffendingByteIsReplaced) {
  const std::string mark = "\xef\xbf\xbd";
  EXPECT_EQ(ValidUtf8("a\x80z"), "a" + mark + "z");                     // a lone continuation
  EXPECT_EQ(ValidUtf8("\xc3"), mark);                                   // cut short
  EXPECT_EQ(ValidUtf8("\xe2\x82"), mark + mark);                        // cut short
  EXPECT_EQ(ValidUtf8("\xc0\xaf"), mark + mark);                        // overlong
  EXPECT_EQ(ValidUtf8("\xe0\x80\xaf"), mark + mark + mark);             // overlong
  EXPECT_EQ(ValidUtf8("\xed\xa0\x80"), mark + mark + mark);             // a surrogate
  EXPECT_EQ(ValidUtf8("\xf4\x90\x80\x80"), mark + mark + mark + mark);  // above U+10FFFF
}

}  // namespace
}  // namespace dossier
