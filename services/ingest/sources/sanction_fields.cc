#include "services/ingest/sources/sanction_fields.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "services/ingest/sources/numbered_items.h"
#include "services/ingest/sources/one_line.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

// Words that stand before the number of a document, folded to letters in lower case.
constexpr std::string_view kNumberWords[] = {
    "passport", "passports", "no",  "nos",  "number", "numbers",    "national", "id", "identity",
    "card",     "ration",    "imo", "mmsi", "",       "diplomatic", "ni",       "nr"};

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

std::string LettersOf(std::string_view word) {
  std::string letters;
  for (char c : word) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(c))) {
      letters.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
  }
  return letters;
}

size_t DigitsIn(std::string_view word) {
  return static_cast<size_t>(
      std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// The number of a document among its words; empty: none is sure.
std::string_view NumberIn(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_of(" (,;", at), text.size());
    std::string_view word = text.substr(at, end - at);
    while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
    if (DigitsIn(word) >= 3) {
      // "no.:0216155930", "number:F50859"
      const size_t begin = word.find_last_of(":#");
      return begin == std::string_view::npos ? word : word.substr(begin + 1);
    }
    const bool is_known = std::find(std::begin(kNumberWords), std::end(kNumberWords),
                                    LettersOf(word)) != std::end(kNumberWords);
    if (!is_known || DigitsIn(word) != 0) return {};
    at = end + 1;
  }
  return {};
}

// 1 to 12; 0: no month. Three letters will do: "Jun.", "Sept", "March"; not two: "March/April".
int MonthOf(std::string_view word) {
  if (word.ends_with('.') || word.ends_with(',')) word.remove_suffix(1);
  const std::string letters = LettersOf(word);
  if (letters.size() < 3 || letters.size() != word.size()) return 0;
  const auto found = std::find_if(kMonths.begin(), kMonths.end(), [&](std::string_view month) {
    return month.starts_with(letters);
  });
  return found == kMonths.end() ? 0 : 1 + static_cast<int>(found - kMonths.begin());
}

// "9 Jun. 1982", "March 1962".
std::optional<v1::Date> ReadWordedDate(std::string_view text) {
  const std::vector<std::string_view> words = SeparatedItems(text, ' ');
  if (words.size() < 2 || words.size() > 3) return std::nullopt;
  const int month = MonthOf(words[words.size() - 2]);
  int year = 0;
  int day = 0;
  if (month == 0 || words.back().size() != 4 || !absl::SimpleAtoi(ToAbsl(words.back()), &year)) {
    return std::nullopt;
  }
  if (words.size() == 3 && !absl::SimpleAtoi(ToAbsl(words[0]), &day)) return std::nullopt;
  if (words.size() == 3 && day == 0) return std::nullopt;
  v1::Date date = MakeDate(year, month, day);
  if (!ValidateDate(date).ok()) return std::nullopt;
  return date;
}

std::optional<v1::Date> ReadDate(std::string_view text, DateOrder order) {
  if (auto date = ReadNumericDate(text, order)) return date;
  return ReadWordedDate(text);
}

// Removes a word at the start, case ignored; whether it was there.
bool TakeWord(std::string_view word, std::string_view& text) {
  if (!absl::StartsWithIgnoreCase(ToAbsl(text), ToAbsl(word))) return false;
  text.remove_prefix(word.size());
  text = text.substr(std::min(text.find_first_not_of(' '), text.size()));
  return true;
}

bool TakeCirca(std::string_view& text) {
  for (std::string_view word : {"approximately ", "approx. ", "circa ", "about "}) {
    if (TakeWord(word, text)) return true;
  }
  return false;
}

// "1951 to 1953", "1951-1953", "Between 1971 and 1973".
bool ReadWindow(std::string_view text, DateOrder order, v1::Birth& birth) {
  const bool between = TakeWord("between ", text);
  const auto parting =
      between ? std::vector<std::string_view>{" and "} : std::vector<std::string_view>{" to ", "-"};
  for (std::string_view words : parting) {
    const size_t at = text.find(words);
    if (at == std::string_view::npos) continue;
    const auto from = ReadDate(text.substr(0, at), order);
    const auto to = ReadDate(text.substr(at + words.size()), order);
    if (!from || !to || !Before(*from, *to)) continue;
    *birth.mutable_date() = *from;
    *birth.mutable_date_to() = *to;
    return true;
  }
  return false;
}

template <typename Message>
void KeepFirstOfEach(google::protobuf::RepeatedPtrField<Message>& messages) {
  if (messages.size() < 2) return;
  absl::flat_hash_set<std::string> seen;
  int kept = 0;
  for (int i = 0; i < messages.size(); ++i) {
    if (seen.insert(messages[i].SerializeAsString()).second) messages.SwapElements(kept++, i);
  }
  messages.DeleteSubrange(kept, messages.size() - kept);
}

}  // namespace

void AddOther(std::string_view heading, std::string_view value, v1::Sanction& sanction) {
  if (value.empty()) return;
  v1::PrintedField& other = *sanction.add_other();
  other.mutable_heading()->assign(heading);
  other.mutable_value()->assign(value);
}

void DropRepeats(v1::Sanction& sanction) {
  KeepFirstOfEach(*sanction.mutable_other());
  KeepFirstOfEach(*sanction.mutable_date());
}

void AddName(v1::NameKind kind, std::string_view whole, v1::Sanction& sanction) {
  if (whole.empty()) return;
  v1::PartyName& name = *sanction.add_name();
  name.set_kind(kind);
  name.mutable_whole()->assign(whole);
}

std::string KeyOfName(std::string_view name) {
  constexpr size_t kBytesMax = 160;
  constexpr size_t kDigits = 16;
  std::string key = OneLine(name);
  if (key.size() <= kBytesMax) return key;
  const std::string digest = Hex(Sha256(key)).substr(0, kDigits);
  size_t end = kBytesMax - kDigits - 1;
  while (end > 0 && (key[end] & 0xc0) == 0x80) --end;  // not within a character
  key.resize(end);
  return key + "~" + digest;
}

void AddDate(v1::SanctionDateKind kind, std::string_view printed, DateOrder order,
             std::string_view detail, v1::Sanction& sanction) {
  if (printed.empty()) return;
  v1::SanctionDate& date = *sanction.add_date();
  date.set_kind(kind);
  date.mutable_detail()->assign(detail);
  if (auto read = ReadDate(printed, order)) *date.mutable_date() = *read;
  if (date.date().day() == 0) date.mutable_printed()->assign(printed);
}

v1::Identifier* AddIdentifier(v1::IdentifierKind kind, std::string_view printed_kind,
                              std::string_view number, v1::Sanction& sanction) {
  if (number.empty()) return nullptr;
  v1::Identifier* const identifier = sanction.add_identifier();
  identifier->set_kind(kind);
  identifier->mutable_printed_kind()->assign(printed_kind);
  identifier->mutable_number()->assign(number);
  return identifier;
}

v1::Identifier* AddWordyIdentifier(v1::IdentifierKind kind, std::string_view printed_kind,
                                   std::string_view text, v1::Sanction& sanction) {
  const std::string_view number = NumberIn(text);
  v1::Identifier* const identifier =
      AddIdentifier(kind, printed_kind, number.empty() ? text : number, sanction);
  if (identifier != nullptr && !number.empty() && number != text) {
    identifier->mutable_note()->assign(text);
  }
  return identifier;
}

void ReadBirthDate(std::string_view printed, DateOrder order, v1::Birth& birth) {
  std::string_view text = printed;
  birth.set_is_approximate(TakeCirca(text));
  if (auto date = ReadDate(text, order)) {
    *birth.mutable_date() = *date;
    if (text.starts_with("00") || birth.is_approximate()) birth.mutable_printed()->assign(printed);
    return;
  }
  ReadWindow(text, order, birth);
  birth.mutable_printed()->assign(printed);
}

}  // namespace dossier
