#include "services/ingest/sources/sipri_rtf_paragraphs.h"

#include <unicode/ucnv.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {
namespace {

constexpr size_t kGroupsMax = 64;
constexpr size_t kWordBytesMax = 32;
constexpr size_t kParagraphBytesMax = 64 << 10;

// For half of a surrogate pair.
constexpr char kReplacement[] = "\ufffd";

constexpr std::string_view kNoText[] = {"fonttbl", "colortbl", "stylesheet", "info",    "pict",
                                        "header",  "headerl",  "headerr",    "headerf", "footer",
                                        "footerl", "footerr",  "footerf",    "fldinst"};

struct Sign {
  std::string_view word;
  std::string_view utf8;
};
constexpr Sign kSigns[] = {{"line", "\n"},          {"lquote", "\u2018"},    {"rquote", "\u2019"},
                           {"ldblquote", "\u201c"}, {"rdblquote", "\u201d"}, {"bullet", "\u2022"},
                           {"endash", "\u2013"},    {"emdash", "\u2014"}};

// The byte, at least 80, as UTF-8.
std::string FromMacRoman(char byte) {
  static const auto& table = *new std::array<std::string, 128>([] {
    std::array<std::string, 128> signs;
    for (size_t i = 0; i < signs.size(); ++i) {
      const char c = static_cast<char>(0x80 + i);
      char utf8[8];
      UErrorCode error = U_ZERO_ERROR;
      const int32_t size = ucnv_convert("UTF-8", "macintosh", utf8, sizeof(utf8), &c, 1, &error);
      signs[i] = U_SUCCESS(error) ? std::string(utf8, size) : "\ufffd";
    }
    return signs;
  }());
  return table[static_cast<uint8_t>(byte) - 0x80];
}

std::string FromCodePoint(int character) {
  char utf8[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(utf8, size, character);
  return std::string(utf8, size);
}

}  // namespace

absl::Status RtfParagraphs::Feed(std::string_view bytes, const Visit& visit) {
  for (char c : bytes) {
    if (absl::Status status = OnByte(c, visit); !status.ok()) return status;
    if (c == '\n') {
      ++line_;
      column_ = 1;
    } else {
      ++column_;
    }
  }
  return absl::OkStatus();
}

absl::Status RtfParagraphs::Finish() {
  if (has_ended_) return absl::OkStatus();
  token_line_ = line_;
  token_column_ = column_;
  return Error(is_rtf_ ? "the file ends within a group: expected } to the last {, was it cut off?"
                       : "the file ends: expected {\\rtf and a document");
}

absl::Status RtfParagraphs::Error(std::string_view problem) const {
  return LineError(token_line_, token_column_, problem);
}

absl::Status RtfParagraphs::OnByte(char c, const Visit& visit) {
  // The byte after a control word can be a token of its own.
  if (state_ == State::kWord && absl::ascii_isalpha(c)) {
    if (word_.size() == kWordBytesMax) return Error("a control word of over 32 letters");
    word_.push_back(c);
    return absl::OkStatus();
  }
  if (state_ == State::kWord && (c == '-' || absl::ascii_isdigit(c))) state_ = State::kNumber;
  if (state_ == State::kNumber && (absl::ascii_isdigit(c) || (c == '-' && number_.empty()))) {
    if (number_.size() == kWordBytesMax) return Error("a number of over 32 digits");
    number_.push_back(c);
    return absl::OkStatus();
  }
  if (state_ == State::kWord || state_ == State::kNumber) {
    state_ = State::kText;
    if (absl::Status status = OnWord(visit); !status.ok() || c == ' ') return status;
  }
  if (state_ == State::kBackslash) return OnBackslash(c, visit);
  if (state_ == State::kHex) return OnHex(c);
  token_line_ = line_;
  token_column_ = column_;
  return OnPlain(c);
}

absl::Status RtfParagraphs::OnPlain(char c) {
  if (c == '\r' || c == '\n') return absl::OkStatus();
  if (c == '\0') return Error("a NUL byte: expected RTF, which is text");
  if (has_ended_) {
    return absl::ascii_isspace(c) ? absl::OkStatus()
                                  : Error("text behind the document's end: expected nothing more");
  }
  if (c == '{') return OpenGroup();
  if (!is_rtf_ && (c != '\\' || groups_.empty())) {
    return Error("no RTF: expected {\\rtf at the beginning");
  }
  if (c == '}') return CloseGroup();
  if (c == '\t') {
    if (!groups_.back().is_hidden) EndCell();
    return absl::OkStatus();
  }
  if (c != '\\') return AddByte(c);
  state_ = State::kBackslash;
  return absl::OkStatus();
}

absl::Status RtfParagraphs::OnBackslash(char c, const Visit& visit) {
  state_ = State::kText;
  word_.clear();
  number_.clear();
  if (absl::ascii_isalpha(c)) {
    word_.push_back(c);
    state_ = State::kWord;
    return absl::OkStatus();
  }
  if (!is_rtf_) return Error("no RTF: expected {\\rtf at the beginning");
  switch (c) {
    case '\'':
      state_ = State::kHex;
      return absl::OkStatus();
    case '*':
      groups_.back().is_hidden = true;
      return absl::OkStatus();
    case '\r':
    case '\n':
      return EndParagraph(visit);
    case '\\':
    case '{':
    case '}':
      return AddByte(c);
    case '~':
      return AddCharacter("\u00a0");
    case '_':
      return AddCharacter("\u2011");
    case '\0':
      return Error("a NUL byte: expected RTF, which is text");
    default:
      return absl::OkStatus();
  }
}

absl::Status RtfParagraphs::OnHex(char c) {
  number_.push_back(c);
  if (!absl::ascii_isxdigit(c)) {
    return Error(absl::StrCat("found ", Quoted("\\'" + ToUtf8(number_)),
                              ": expected two hexadecimal digits after \\'"));
  }
  if (number_.size() < 2) return absl::OkStatus();
  state_ = State::kText;
  int byte = 0;
  const bool is_read = absl::SimpleHexAtoi(number_, &byte) && byte != 0;
  return is_read ? AddByte(static_cast<char>(byte)) : Error("a NUL byte: expected text");
}

absl::Status RtfParagraphs::OnWord(const Visit& visit) {
  if (!is_rtf_) {
    is_rtf_ = word_ == "rtf";
    return is_rtf_ ? absl::OkStatus() : Error("no RTF: expected {\\rtf at the beginning");
  }
  const auto* const sign = std::find_if(std::begin(kSigns), std::end(kSigns),
                                        [&](const Sign& known) { return known.word == word_; });
  if (sign != std::end(kSigns)) return AddCharacter(sign->utf8);
  int number = 0;
  const bool has_number = !number_.empty() && absl::SimpleAtoi(number_, &number);
  Group& group = groups_.back();
  stand_ins_left_ = 0;
  if (word_ == "u" && has_number) return OnCodeUnit(number);
  if (word_ == "uc") {
    if (has_number) group.stand_ins = std::clamp(number, 0, 8);
  } else if (word_ == "mac") {
    is_mac_ = true;
  } else if (word_ == "b") {
    group.is_bold = number_ != "0";
  } else if (word_ == "plain") {
    group.is_bold = false;
  } else if (word_ == "bin") {
    return Error("binary data: expected text alone");
  } else if (std::find(std::begin(kNoText), std::end(kNoText), word_) != std::end(kNoText)) {
    group.is_hidden = true;
  } else if (!group.is_hidden && word_ == "tab") {
    EndCell();
  } else if (!group.is_hidden && (word_ == "par" || word_ == "sect" || word_ == "page")) {
    return EndParagraph(visit);
  }
  return absl::OkStatus();
}

// \uN: a unit of UTF-16, as a signed number of 16 bits or without a sign.
absl::Status RtfParagraphs::OnCodeUnit(int unit) {
  unit = unit < 0 ? unit + 0x10000 : unit;
  if (unit <= 0 || unit > 0xffff) {
    return Error(absl::StrCat("found \\u", number_, ": expected a unit of UTF-16"));
  }
  const int high = std::exchange(high_surrogate_, 0);
  absl::Status added;
  if (U16_IS_LEAD(unit)) {
    if (high != 0) added = AddText(kReplacement);
    high_surrogate_ = unit;
  } else if (!U16_IS_SURROGATE(unit)) {
    if (high != 0) added = AddText(kReplacement);
    if (added.ok()) added = AddText(FromCodePoint(unit));
  } else {
    added = AddText(high != 0 ? FromCodePoint(U16_GET_SUPPLEMENTARY(high, unit)) : kReplacement);
  }
  stand_ins_left_ = groups_.back().stand_ins;
  return added;
}

absl::Status RtfParagraphs::OpenGroup() {
  if (groups_.size() == kGroupsMax) return Error("a group over 64 deep: expected fewer");
  if (!is_rtf_ && !groups_.empty()) return Error("no RTF: expected {\\rtf at the beginning");
  stand_ins_left_ = 0;
  groups_.push_back(groups_.empty() ? Group() : groups_.back());
  return absl::OkStatus();
}

absl::Status RtfParagraphs::CloseGroup() {
  stand_ins_left_ = 0;
  groups_.pop_back();
  has_ended_ = groups_.empty();
  return absl::OkStatus();
}

absl::Status RtfParagraphs::AddByte(char c) {
  if (static_cast<uint8_t>(c) < 0x80) return AddCharacter({&c, 1});
  return AddCharacter(is_mac_ ? FromMacRoman(c) : ToUtf8({&c, 1}));
}

absl::Status RtfParagraphs::AddCharacter(std::string_view utf8) {
  if (stand_ins_left_ == 0) return AddText(utf8);
  --stand_ins_left_;
  return absl::OkStatus();
}

absl::Status RtfParagraphs::AddText(std::string_view utf8) {
  const Group& group = groups_.back();
  if (group.is_hidden) return absl::OkStatus();
  if (std::exchange(high_surrogate_, 0) != 0) {
    if (absl::Status status = AddText(kReplacement); !status.ok()) return status;
  }
  paragraph_bytes_ += utf8.size();
  if (paragraph_bytes_ > kParagraphBytesMax) {
    return Error("a paragraph of over 65536 bytes: expected \\par before");
  }
  if (cell_.line == 0) {
    cell_.line = token_line_;
    cell_.column = token_column_;
  }
  cell_.text.append(utf8);
  if (group.is_bold && utf8 != "\n") paragraph_.bold.append(utf8);
  return absl::OkStatus();
}

void RtfParagraphs::EndCell() {
  ++paragraph_bytes_;
  if (cell_.line == 0) {
    cell_.line = token_line_;
    cell_.column = token_column_;
  }
  if (std::exchange(high_surrogate_, 0) != 0) cell_.text.append(kReplacement);
  paragraph_.cells.push_back(std::exchange(cell_, {}));
}

absl::Status RtfParagraphs::EndParagraph(const Visit& visit) {
  if (groups_.back().is_hidden) return absl::OkStatus();
  EndCell();
  paragraph_.line_end = token_line_;
  paragraph_bytes_ = 0;
  return visit(std::exchange(paragraph_, {}));
}

}  // namespace dossier
