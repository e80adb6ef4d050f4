#include "services/ingest/sources/un_reference.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace dossier {
namespace {

constexpr size_t kWordsBytesMax = 40;  // between "UN" and the number
constexpr size_t kNumberBytesMax = 32;

bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }
bool IsUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
char Lower(char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); }

size_t DigitsAt(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsDigit(text[end])) ++end;
  return end - at;
}

// Length of "QDi.430" at `at`; 0: none.
size_t NewForm(std::string_view text, size_t at) {
  if (at + 7 > text.size() || !IsUpper(text[at]) || !IsUpper(text[at + 1])) return 0;
  const char kind = Lower(text[at + 2]);
  if ((kind != 'i' && kind != 'e') || text[at + 3] != '.') return 0;
  size_t digits = at + 4;
  if (text[digits] == ' ') ++digits;
  return DigitsAt(text, digits) == 3 ? digits + 3 - at : 0;
}

// Length of "QI.A.18.01" at `at`; 0: none.
size_t OldForm(std::string_view text, size_t at) {
  if (at + 9 > text.size() || (text[at] != 'Q' && text[at] != 'T') ||
      (text[at + 1] != 'I' && text[at + 1] != 'E') || text[at + 2] != '.' ||
      !IsUpper(text[at + 3]) || text[at + 4] != '.') {
    return 0;
  }
  const size_t number = DigitsAt(text, at + 5);
  const size_t point = at + 5 + number;
  if (number < 1 || number > 3 || point >= text.size() || text[point] != '.') return 0;
  return DigitsAt(text, point + 1) == 2 ? point + 3 - at : 0;
}

// Length of "E.29.I.11", "I.AC.50.20.12.12.(1)" at `at`, as far as it ends in a number; 0: none.
size_t FreeForm(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at, kNumberBytesMax);
  if (rest.empty() || !IsUpper(rest[0])) return 0;
  size_t size = 0;
  bool is_open = false;  // a bracket
  for (size_t end = 1; end < rest.size(); ++end) {
    const char c = rest[end];
    const bool closes = c == ')' && is_open && IsDigit(rest[end - 1]);
    if (closes || (IsDigit(c) && !is_open)) size = end + 1;
    if (!closes && !IsDigit(c) && c != '.' && c != '(' && !IsUpper(c)) break;
    is_open = c == '(' || (is_open && !closes);
  }
  return rest.substr(0, size).find('.') == std::string_view::npos ? 0 : size;
}

UnReference ReferenceAt(std::string_view text, size_t at, size_t size, bool is_new_form) {
  UnReference reference;
  reference.offset = at;
  reference.printed = text.substr(at, size);
  reference.number = reference.printed;
  std::erase(reference.number, ' ');
  if (is_new_form) reference.number[2] = Lower(reference.number[2]);
  return reference;
}

// "UN", "UNSC"; in small letters only as a word of its own.
bool IsUnAt(std::string_view text, size_t at) {
  if (Lower(text[at]) != 'u' || Lower(text[at + 1]) != 'n') return false;
  if (at > 0 && (IsLetter(text[at - 1]) || IsDigit(text[at - 1]))) return false;
  return (IsUpper(text[at]) && IsUpper(text[at + 1])) || !IsLetter(text[at + 2]);
}

// In brackets behind a word, "Brother of X (UN Ref QDi.001)", it is that of whom the words name.
bool IsOfAnother(std::string_view text, size_t at) {
  if (at == 0 || text[at - 1] != '(') return false;
  const std::string_view before = text.substr(0, at - 1);
  const size_t last = before.find_last_not_of(" \t\r\n");
  return last != std::string_view::npos &&
         std::string_view(".:;,()").find(before[last]) == std::string_view::npos;
}

// What "UN" at `at` names: behind "ref", "reference number" or the like, any form; else one of the
// two forms that nothing else has, unless the words between begin another thought.
std::optional<UnReference> NamedAt(std::string_view text, size_t at) {
  const std::string_view near = text.substr(0, at + kWordsBytesMax + kNumberBytesMax);
  const std::string lower =
      absl::AsciiStrToLower(absl::string_view(text.data() + at, near.size() - at));
  const size_t ref = std::string_view(lower).substr(0, kWordsBytesMax).find("ref");
  if (ref == std::string_view::npos ||
      std::string_view(lower).substr(0, ref).find_first_of(".;,)]") != std::string_view::npos) {
    return std::nullopt;
  }
  size_t number = ref + std::string_view("ref").size();
  for (std::string_view word : {"erence", " number", " no"}) {
    if (std::string_view(lower).substr(number).starts_with(word)) number += word.size();
  }
  number = at + std::min(lower.find_first_not_of(" .:", number), lower.size());
  std::optional<UnReference> found = FindUnReference(near, number);
  const size_t free_size = found && found->offset == number ? 0 : FreeForm(near, number);
  if (free_size != 0) {
    found = ReferenceAt(near, number, free_size, false);
  } else if (!found || found->offset > at + kWordsBytesMax ||
             near.substr(number, found->offset - number).find_first_of(";,)]") !=
                 std::string_view::npos) {
    return std::nullopt;
  }
  found->printed = text.substr(at, found->offset + found->printed.size() - at);
  found->offset = at;
  return found;
}

}  // namespace

std::optional<UnReference> FindUnReference(std::string_view text, size_t from) {
  for (size_t at = from; at + 7 <= text.size(); ++at) {
    if (!IsUpper(text[at]) || (at > 0 && (IsLetter(text[at - 1]) || IsDigit(text[at - 1])))) {
      continue;
    }
    size_t length = NewForm(text, at);
    const bool is_new_form = length != 0;
    if (!is_new_form) length = OldForm(text, at);
    if (length != 0) return ReferenceAt(text, at, length, is_new_form);
  }
  return std::nullopt;
}

std::vector<UnReference> NamedUnReferences(std::string_view text) {
  std::vector<UnReference> named;
  for (size_t at = 0; at + 2 < text.size() && named.size() < kUnReferencesMax;) {
    std::optional<UnReference> found;
    if (IsUnAt(text, at) && !IsOfAnother(text, at)) found = NamedAt(text, at);
    at = found ? at + found->printed.size() : at + 1;
    if (found) named.push_back(*std::move(found));
  }
  return named;
}

void ClaimUnReferences(std::string_view text, v1::Sanction& sanction) {
  for (const UnReference& named : NamedUnReferences(text)) {
    if (std::any_of(sanction.claim().begin(), sanction.claim().end(),
                    [&](const v1::IdentityClaim& claim) {
                      return claim.object().printed_name() == named.number;
                    })) {
      continue;
    }
    AddUnClaim(named.number, named.printed, sanction);
  }
}

void AddUnClaim(std::string_view number, std::string_view printed, v1::Sanction& sanction) {
  v1::IdentityClaim& claim = *sanction.add_claim();
  claim.set_kind(v1::CLAIM_KIND_TRANSPOSES);
  claim.mutable_printed()->assign(printed);
  claim.mutable_object()->mutable_id()->assign("un:").append(number);
  claim.mutable_object()->mutable_printed_name()->assign(number);
}

}  // namespace dossier
