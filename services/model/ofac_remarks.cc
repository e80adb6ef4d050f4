#include "services/model/ofac_remarks.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/model/ofac_fields.h"

namespace dossier {
namespace {

constexpr std::string_view kGap = "; ";
constexpr std::string_view kLinkInParentheses = "(Linked To:";

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

std::string_view Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// Without the full stop that closes the remarks.
std::string_view WithoutFullStop(std::string_view text) {
  if (!text.ends_with('.')) return text;
  const size_t size = text.size();
  const bool closes_abbreviation =
      size >= 3 && text[size - 3] == '.' && text[size - 2] >= 'A' && text[size - 2] <= 'Z';
  return closes_abbreviation ? text : text.substr(0, size - 1);
}

// Takes the first piece off the text. One that opens a parenthesis reaches to where that closes, if
// it does.
std::string_view PopPiece(std::string_view& text) {
  size_t end = text.find(kGap);
  if (text.starts_with('(')) {
    const size_t close = text.find(')');
    if (close != std::string_view::npos && end < close) end = text.find(kGap, close);
  }
  const std::string_view piece = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + kGap.size());
  return piece;
}

// Takes "WORD DATE" off the value's end. Where no date follows, it is put before the note.
std::optional<v1::Date> PopDate(std::string_view word, std::string_view& value, std::string* note) {
  const size_t at = value.rfind(word);
  if (at == std::string_view::npos) return std::nullopt;
  auto date = ParseOfacDate(Trimmed(value.substr(at + word.size())));
  if (!date.has_value()) {
    const std::string_view text = Trimmed(value.substr(at));
    *note = note->empty() ? std::string(text) : absl::StrCat(ToAbsl(text), " ", *note);
  }
  value = Trimmed(value.substr(0, at));
  return date;
}

// Takes "(Iran)" off the value's end; "": there is none.
std::string_view PopCountry(std::string_view& value) {
  const size_t open = value.rfind(" (");
  if (!value.ends_with(')') || open == std::string_view::npos || open == 0) return "";
  const std::string_view inside = value.substr(open + 2, value.size() - open - 3);
  const bool is_name = !inside.empty() && std::none_of(inside.begin(), inside.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == ')';
  });
  if (!is_name) return "";
  value = Trimmed(value.substr(0, open));
  return inside;
}

bool AddPiece(std::string_view text, v1::Sanction& sanction) {
  const auto found = FindOfacHeading(text);
  if (!found.has_value()) return false;
  OfacField field{text.substr(0, found->length), Trimmed(text.substr(found->length))};
  std::string note;
  if (found->heading->meaning == OfacMeaning::kIdentifier) {
    field.expiry_date = PopDate(" expires ", field.value, &note);
    field.issue_date = PopDate(" issued ", field.value, &note);
    field.country = PopCountry(field.value);
    field.note = note;
  }
  return !field.value.empty() && AddOfacField(*found->heading, field, sanction);
}

void ParsePiece(std::string_view piece, v1::Sanction& sanction, std::vector<std::string>* raw) {
  const std::string_view whole = Trimmed(piece);
  if (whole.empty()) return;
  std::string_view text = whole;
  if (text.starts_with(kLinkInParentheses) && text.ends_with(')')) {
    text = text.substr(1, text.size() - 2);
  }
  if (text.starts_with("alt. ") || text.starts_with("Alt. ")) text.remove_prefix(5);
  if (AddPiece(text, sanction)) return;
  const auto& titles = sanction.title();
  if (std::find(titles.begin(), titles.end(), text) != titles.end()) {
    sanction.add_position(std::string(text));
  } else {
    raw->emplace_back(whole);
  }
}

// `is_end`: the text ends where the remarks do.
void ParsePieces(std::string_view text, bool is_end, v1::Sanction& sanction,
                 std::vector<std::string>* raw) {
  while (!text.empty()) {
    const std::string_view piece = PopPiece(text);
    const bool is_last = text.empty() && is_end;
    ParsePiece(is_last ? WithoutFullStop(Trimmed(piece)) : piece, sanction, raw);
  }
}

}  // namespace

std::string_view CutPiece(std::string_view remarks) {
  const size_t gap = remarks.rfind(kGap);
  return gap == std::string_view::npos ? remarks : remarks.substr(gap + kGap.size());
}

void ParseRemarks(std::string_view remarks, bool cut, v1::Sanction& sanction,
                  std::vector<std::string>* raw) {
  sanction.set_remarks(std::string(remarks));
  sanction.set_remarks_cut(cut);
  if (!cut) return ParsePieces(remarks, true, sanction, raw);
  const std::string_view last = CutPiece(remarks);
  ParsePieces(remarks.substr(0, remarks.size() - last.size()), false, sanction, raw);
  if (!last.empty()) raw->emplace_back(last);
}

void ParseComments(std::string_view comments, v1::Sanction& sanction,
                   std::vector<std::string>* raw) {
  sanction.set_remarks(std::string(comments));
  std::string_view rest = comments;
  const std::string_view first = PopPiece(rest);
  if (!first.empty()) raw->emplace_back(first);
  ParsePieces(rest, true, sanction, raw);
}

void ParseRemarksRest(std::string_view cut_piece, std::string_view comments, v1::Sanction& sanction,
                      std::vector<std::string>* raw) {
  std::string_view rest = comments;
  const std::string_view first = PopPiece(rest);
  ParsePieces(absl::StrCat(ToAbsl(cut_piece), ToAbsl(first)), rest.empty(), sanction, raw);
}

}  // namespace dossier
