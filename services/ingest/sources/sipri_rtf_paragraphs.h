// Paragraphs of an RTF document out of chunks of bytes, in bounded memory: as much of RTF 1.9 as a
// table that is laid out with tab stops needs.
//
//   RtfParagraphs paragraphs;
//   for (chunk : chunks) paragraphs.Feed(chunk, visit);
//   paragraphs.Finish();
//
// A paragraph ends with \par; \tab parts its cells, \line is a line feed within one. Bold type is
// kept (\b, \b0, \plain), and the text as UTF-8: \'hh and bytes above 7F in Mac Roman where the
// document says \mac, else in Windows-1252; \uN with what stands in for it left out; escaped and
// named signs. Fonts, styles, pictures, headers, footers, and groups that say that they can be
// ignored (\*) are no text. All other control words are passed over. The same for any chunking. One
// thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace dossier {

struct RtfCell {
  std::string text;
  // Where its text begins in the file, or what ends it, if it has none; from 1, in bytes.
  uint32_t line = 0;
  uint32_t column = 0;
};

struct RtfParagraph {
  std::vector<RtfCell> cells;  // at least one; [0].line is the paragraph's first
  uint32_t line_end = 0;
  std::string bold;  // the text in bold, tabs and line feeds left out
};

class RtfParagraphs {
 public:
  using Visit = std::function<absl::Status(const RtfParagraph&)>;

  // Visits each paragraph that ends in these bytes. Not ok: the visit's status, or InvalidArgument
  // with line and column: no RTF, groups that do not pair up or lie over 64 deep, a damaged \'hh,
  // binary data, a NUL, a paragraph of over 64 KiB. It is then of no further use.
  absl::Status Feed(std::string_view bytes, const Visit& visit);
  // After the last byte. InvalidArgument: a group is open, so the file was cut off.
  absl::Status Finish();

 private:
  enum class State { kText, kBackslash, kWord, kNumber, kHex };

  struct Group {
    bool is_bold = false;
    bool is_hidden = false;  // its text is none of the document's
    int stand_ins = 1;       // how many characters stand in for a \uN
  };

  absl::Status OnByte(char c, const Visit& visit);
  absl::Status OnPlain(char c);
  absl::Status OnBackslash(char c, const Visit& visit);
  absl::Status OnHex(char c);
  absl::Status OnWord(const Visit& visit);
  absl::Status OnCodeUnit(int unit);
  absl::Status OpenGroup();
  absl::Status CloseGroup();
  absl::Status EndParagraph(const Visit& visit);
  absl::Status AddByte(char c);  // of the document's charset
  // Unless it only stands in for another.
  absl::Status AddCharacter(std::string_view utf8);
  absl::Status AddText(std::string_view utf8);
  void EndCell();
  absl::Status Error(std::string_view problem) const;  // where the present token began

  State state_ = State::kText;
  std::vector<Group> groups_;
  bool has_ended_ = false;  // the document's group was closed
  bool is_rtf_ = false;
  bool is_mac_ = false;
  int stand_ins_left_ = 0;
  int high_surrogate_ = 0;
  std::string word_;
  std::string number_;  // of a control word; or the digits of \'hh
  uint32_t line_ = 1;
  uint32_t column_ = 1;
  uint32_t token_line_ = 1;
  uint32_t token_column_ = 1;
  RtfParagraph paragraph_;
  RtfCell cell_;
  size_t paragraph_bytes_ = 0;
};

}  // namespace dossier
