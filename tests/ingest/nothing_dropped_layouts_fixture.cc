#include "tests/ingest/nothing_dropped_layouts_fixture.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace dossier {
namespace {

constexpr std::string_view kRtfHeadings[] = {
    "Supplier",           "Recipient",     "No. ordered",         "Weapon designation",
    "Weapon description", "Year of order", "Year(s) of delivery", "No. delivered",
    "Comments"};
constexpr size_t kRtfCells = 8;  // of a row; its supplier stands above

using Paragraph = std::vector<std::string>;  // its cells

// Paragraphs. A control word is letters, digits and a blank; \uN is a sign of Latin-1, with one
// that stands in for it behind it; there are no others beyond ASCII.
std::vector<Paragraph> RtfParagraphsOf(std::string_view text) {
  std::vector<Paragraph> paragraphs(1, Paragraph(1));
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '\\') {
      if (c != '{' && c != '}' && c != '\r' && c != '\n') paragraphs.back().back().push_back(c);
      continue;
    }
    const size_t begin = ++i;
    while (i < text.size() && std::isalpha(static_cast<unsigned char>(text[i])) != 0) ++i;
    const std::string_view word = text.substr(begin, i - begin);
    EXPECT_FALSE(word.empty()) << "an escaped sign at byte " << begin;
    const int number = std::atoi(text.data() + i);
    while (i < text.size() && (text[i] == '-' || std::isdigit(text[i]) != 0)) ++i;
    if (word == "u") {
      EXPECT_TRUE(160 <= number && number < 256) << "sign " << number << " at byte " << begin;
      paragraphs.back().back().append(AsUtf8(std::string(1, static_cast<char>(number))));
      continue;
    }
    if (i < text.size() && text[i] != ' ') --i;
    if (word == "tab") paragraphs.back().emplace_back();
    if (word == "par") paragraphs.emplace_back(1);
  }
  return paragraphs;
}

// A text in quotes, from the one at `at` on, which moves behind the closing one.
std::string JsonText(std::string_view bytes, size_t* at) {
  std::string text;
  for (++*at; *at < bytes.size() && bytes[*at] != '"'; ++*at) {
    EXPECT_NE(bytes[*at], '\\') << "an escaped sign at byte " << *at;
    text.push_back(bytes[*at]);
  }
  ++*at;
  return text;
}

}  // namespace

std::vector<PublishedField> WalkSipriRtf(std::string_view bytes) {
  constexpr std::string_view kLastHeading = "Comments\\par";
  std::vector<PublishedField> fields;
  const size_t head_end = bytes.find(kLastHeading);
  if (head_end == std::string_view::npos) return fields;
  std::string supplier, recipient;
  uint32_t row = 0;
  for (Paragraph& cells : RtfParagraphsOf(bytes.substr(head_end + kLastHeading.size()))) {
    std::string_view first = WithoutEnds(cells[0]);
    if (cells.size() == 1 && !first.empty()) supplier = first;
    if (cells.size() < kRtfCells) continue;
    if (first.starts_with("R:")) first = WithoutEnds(first.substr(2));
    if (!first.empty()) recipient = first;
    if (cells.size() > kRtfCells) {
      EXPECT_EQ(first, "");
      EXPECT_EQ(WithoutEnds(cells[1]), "");
      cells.erase(cells.begin());
    }
    cells[0] = recipient;
    cells.insert(cells.begin(), supplier);
    ++row;
    for (size_t i = 0; i < cells.size(); ++i) {
      const std::string_view value = WithoutEnds(cells[i]);
      const std::string_view heading = i <= kRtfCells ? kRtfHeadings[i] : "more cells";
      if (!value.empty()) fields.push_back({row, std::string(heading), std::string(value)});
    }
  }
  return fields;
}

std::vector<PublishedField> WalkJson(std::string_view bytes, const CellLayout& layout) {
  std::vector<PublishedField> fields;
  uint32_t line = 1;
  std::string key;
  for (size_t at = 0; at < bytes.size();) {
    const char c = bytes[at];
    std::string value;
    if (c == '"') {
      value = JsonText(bytes, &at);
    } else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-') {
      const size_t end = std::min(bytes.find_first_of(",}] \r\n", at), bytes.size());
      value = bytes.substr(at, end - at);
      at = end;
    } else {
      if (c == '\n') ++line;
      ++at;
      continue;
    }
    const size_t next = std::min(bytes.find_first_not_of(" \t", at), bytes.size() - 1);
    if (bytes[next] == ':') {
      key = std::move(value);
      continue;
    }
    const bool is_null =
        std::find(layout.nulls.begin(), layout.nulls.end(), value) != layout.nulls.end();
    if (!value.empty() && !is_null) fields.push_back({line, key, std::move(value)});
  }
  return fields;
}

}  // namespace dossier
