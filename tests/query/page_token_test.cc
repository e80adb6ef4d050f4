#include "services/query/page_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dossier/v1/query_service.pb.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

v1::ListTransfersRequest Request(const std::string& text) {
  v1::ListTransfersRequest request;
  request.mutable_filter()->set_text(text);
  return request;
}

ResolvedCut Cut() {
  ResolvedCut cut;
  cut.log_id = std::string("0123456789abcde\0", 16);
  cut.sequence = 42;
  cut.stamp = {-5, 2, {1, 2, 3}};
  return cut;
}

TEST(PageTokenTest, GivesBackTheCutAndThePlace) {
  auto request = Request("tank");
  const std::string place("a\0b", 3);
  request.set_page_token(WritePageToken(request, Cut(), place));
  request.set_page_size(7);
  const auto from = ReadPageToken(request);
  ASSERT_TRUE(from.ok()) << from.status();
  ASSERT_TRUE(from->has_value());
  EXPECT_EQ((*from)->place, place);
  EXPECT_EQ((*from)->cut.sequence, 42u);
  EXPECT_EQ((*from)->cut.stamp, Cut().stamp);
  EXPECT_EQ((*from)->cut.log_id, Cut().log_id);
}

TEST(PageTokenTest, ALogWithoutIdIsNoCaseApart) {
  auto request = Request("tank");
  request.set_page_token(WritePageToken(request, {}, ""));
  const auto from = ReadPageToken(request);
  ASSERT_TRUE(from.ok()) << from.status();
  EXPECT_EQ((*from)->cut.log_id, "");
  EXPECT_EQ((*from)->cut.stamp, kLastStamp);
}

TEST(PageTokenTest, AnEmptyTokenIsTheFirstPage) {
  const auto from = ReadPageToken(Request("tank"));
  ASSERT_TRUE(from.ok());
  EXPECT_FALSE(from->has_value());
}

TEST(PageTokenTest, ATokenOfAnotherRequestIsRefused) {
  auto other = Request("ship");
  other.set_page_token(WritePageToken(Request("tank"), Cut(), "x"));
  EXPECT_THAT(std::string(ReadPageToken(other).status().message()),
              HasSubstr("page_token: it belongs to another request"));

  v1::FindActorsRequest of_another_list;
  of_another_list.set_page_token(WritePageToken(v1::ListTransfersRequest(), Cut(), "x"));
  EXPECT_EQ(ReadPageToken(of_another_list).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(PageTokenTest, EveryDamageIsSeen) {
  auto request = Request("tank");
  const std::string token = WritePageToken(request, Cut(), "place");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string damaged = token;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    request.set_page_token(damaged);
    const auto from = ReadPageToken(request);
    EXPECT_EQ(from.status().code(), absl::StatusCode::kInvalidArgument) << i;
    EXPECT_THAT(std::string(from.status().message()), HasSubstr("page_token")) << i;
  }
  for (size_t size = 1; size < token.size(); ++size) {
    request.set_page_token(token.substr(0, size));
    EXPECT_FALSE(ReadPageToken(request).ok()) << size;
  }
  request.set_page_token("not base64!");
  EXPECT_FALSE(ReadPageToken(request).ok());
}

}  // namespace
}  // namespace dossier
