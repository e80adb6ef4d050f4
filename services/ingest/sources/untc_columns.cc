#include "services/ingest/sources/untc_columns.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"
#include "services/model/ofac_fields.h"

namespace dossier {
namespace {

constexpr size_t kLetterBytesMax = 2;

constexpr std::pair<std::string_view, v1::ActKind> kActs[] = {
    {"Signature", v1::ACT_KIND_SIGNATURE},
    {"Definitive signature", v1::ACT_KIND_DEFINITIVE_SIGNATURE},
    {"Definitive signature or participation in the Convention and the Protocol",
     v1::ACT_KIND_DEFINITIVE_SIGNATURE},
    {"Ratification", v1::ACT_KIND_RATIFICATION},
    {"Accession", v1::ACT_KIND_ACCESSION},
    {"Acceptance", v1::ACT_KIND_ACCEPTANCE},
    {"Approval", v1::ACT_KIND_APPROVAL},
    {"Formal confirmation", v1::ACT_KIND_FORMAL_CONFIRMATION},
    {"Consent to be bound", v1::ACT_KIND_CONSENT_TO_BE_BOUND},
    {"Participation", v1::ACT_KIND_CONSENT_TO_BE_BOUND},
    {"Application", v1::ACT_KIND_APPLICATION},
    {"Provisional application", v1::ACT_KIND_PROVISIONAL_APPLICATION},
    {"Succession", v1::ACT_KIND_SUCCESSION},
    {"Succession to signature", v1::ACT_KIND_SUCCESSION_TO_SIGNATURE},
    {"Entry into force", v1::ACT_KIND_ENTRY_INTO_FORCE},
    {"Denunciation", v1::ACT_KIND_DENUNCIATION},
    {"Withdrawal", v1::ACT_KIND_WITHDRAWAL},
};

bool IsLetter(std::string_view text) {
  return !text.empty() && text.size() <= kLetterBytesMax &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); });
}

// Without what may stand behind the act.
std::string_view WithoutTail(std::string_view words) {
  for (std::string_view tail : {" of the Convention as amended", " to the Convention as amended"}) {
    if (words.ends_with(tail)) return words.substr(0, words.size() - tail.size());
  }
  const size_t article = words.find(" under article ");
  return words.substr(0, article);
}

v1::ActKind KindOfWords(std::string_view words) {
  for (std::string_view read : {words, WithoutTail(words)}) {
    for (const auto& [act, kind] : kActs) {
      if (act == read) return kind;
    }
  }
  return v1::ACT_KIND_UNSPECIFIED;
}

// "Accession(a)" in words and letter.
UntcLetter LetterOf(std::string_view item) {
  UntcLetter read;
  std::string_view words = item;
  const size_t open = words.rfind('(');
  if (words.ends_with(')') && open != std::string_view::npos) {
    const std::string_view letter = words.substr(open + 1, words.size() - open - 2);
    if (IsLetter(letter)) {
      read.letter = letter;
      words = Trimmed(words.substr(0, open));
    }
  }
  read.words = words;
  read.kind = KindOfWords(words);
  return read;
}

const UntcLetter* FindLetter(const UntcColumn& column, std::string_view letter) {
  const auto found =
      std::find_if(column.letters.begin(), column.letters.end(),
                   [&](const UntcLetter& known) { return known.letter == letter; });
  return found == column.letters.end() ? nullptr : &*found;
}

// "a (Accession), none (Ratification)", for messages.
std::string PrintLetters(const UntcColumn& column) {
  std::string printed;
  for (const UntcLetter& known : column.letters) {
    absl::StrAppend(&printed, printed.empty() ? "" : ", ",
                    known.letter.empty() ? "none" : known.letter, " (", known.words, ")");
  }
  return printed;
}

}  // namespace

std::optional<std::string> ReadUntcHead(std::string_view head, UntcColumn& column) {
  column.head = OneLine(head);
  column.letters.clear();
  std::string_view rest = column.head;
  while (true) {
    const size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view item = Trimmed(rest.substr(0, comma));
    UntcLetter read = LetterOf(item);
    if (read.kind == v1::ACT_KIND_UNSPECIFIED) {
      return absl::StrCat("expected acts such as \"Ratification, Accession(a)\", found ",
                          Quoted(item));
    }
    if (FindLetter(column, read.letter) != nullptr) {
      return absl::StrCat("expected a letter of its own for each act, found two for ",
                          read.letter.empty() ? "none" : Quoted(read.letter));
    }
    column.letters.push_back(std::move(read));
    if (comma == rest.size()) return std::nullopt;
    rest.remove_prefix(comma + 1);
  }
}

std::optional<std::string> ReadUntcCell(std::string_view cell, const UntcColumn& column,
                                        v1::TreatyAct& act) {
  std::string printed = OneLine(cell);
  std::string_view date = printed;
  std::string_view letter;
  const size_t blank = date.rfind(' ');
  if (blank != std::string_view::npos && !absl::ascii_isdigit(date[blank + 1])) {
    letter = date.substr(blank + 1);
    date = date.substr(0, blank);
  }
  const std::optional<v1::Date> day = ParseOfacDate(date);
  if (!day.has_value() || day->day() == 0) {
    return absl::StrCat("expected a date such as \"22 Oct 1985\", and a letter or none, found ",
                        Quoted(printed));
  }
  const UntcLetter* known = FindLetter(column, letter);
  if (known == nullptr) {
    return absl::StrCat("expected after the date ", PrintLetters(column), ", found ",
                        letter.empty() ? "none" : Quoted(letter), " in ", Quoted(printed));
  }
  act.set_kind(known->kind);
  *act.mutable_date() = *day;
  act.set_printed(std::move(printed));
  act.set_column(column.head);
  return std::nullopt;
}

}  // namespace dossier
