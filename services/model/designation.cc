#include "services/model/designation.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "services/model/actors.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

constexpr size_t kStemBytesMax = 64;
constexpr size_t kDigestDigits = 16;

struct Renamed {
  std::string_view printed;  // its letters and digits, folded
  std::string_view stem;
};

// A weapon's names in editions (2024-03-18 and later) and layouts (with deal numbers or without)
// of SIPRI's register, where no rule leads from one to the other. By `printed`.
constexpr auto kRenamed = std::to_array<Renamed>({
    {"3k37", "shtil"},
    {"4k40rubezh", "4k51"},
    {"ac47dragonship", "ac47d"},
    {"albatrostype143", "type143"},
    {"amestype15", "type15"},
    {"as365as565panther", "z9"},
    {"asv150", "m1117"},
    {"asv150m1117", "m1117"},
    {"aws93d", "aws9"},
    {"bell205uh1d", "bell205a"},
    {"bell205uh1h", "bell205a1"},
    {"bell206d", "oh58d"},
    {"bell206oh58di", "oh58d"},
    {"boxertype22", "type22batch2"},
    {"broadswordtype22", "type22batch1"},
    {"css8tel", "m7tel"},
    {"dolphinbatch1", "dolphin"},
    {"dolphinbatch2", "dolphin"},
    {"drpt5rasit", "drpt5"},
    {"emb145aewc", "emb145aew"},
    {"f6", "j6"},
    {"fti", "fdi"},
    {"haizhui", "type0621"},
    {"hhicorvette", "hdc3200"},
    {"hhq10", "fl3000n"},
    {"houxin", "type0371g"},
    {"iguanevaran", "iguane"},
    {"javelinatm", "fgm148"},
    {"kltv181", "kltv"},
    {"ktssm", "ctm290ktssm"},
    {"lunafrog", "2p16"},
    {"lushun", "type0621g"},
    {"m113arisgator", "arisgator"},
    {"m142himars", "himars"},
    {"mig15bis", "mig15"},
    {"mmspq701", "spq701"},
    {"navajoatf", "navajo"},
    {"otomaterato", "otomatcds"},
    {"piranha1", "piranha"},
    {"piranha14x4", "piranha"},
    {"piranha2", "piranha"},
    {"piranha3", "lav3"},
    {"piranhalav25", "piranha"},
    {"piranhalav6", "lav6"},
    {"porject133parchim2", "parchim"},
    {"project133parchim", "parchim"},
    {"protectorhmg", "protector"},
    {"rapidtype15", "type15"},
    {"raybolt", "at1k"},
    {"rayboltatm", "at1k"},
    {"rubezhssc3", "4k51"},
    {"s38sboot", "sboot"},
    {"s51h5f", "h5"},
    {"s70bsh60bseahawk", "sh60b"},
    {"sabra3", "m60t"},
    {"seakillermarte1", "marte1"},
    {"seaspray", "seasspray7000"},
    {"sh15155mm", "plc181155mm"},
    {"sotoyomoata", "sotoyomo"},
    {"sps10", "torped45"},
    {"svetlyak", "project10412"},
    {"t33atbird", "t33a"},
    {"t6texan2", "pc9"},
    {"t72z", "type72z"},
    {"trs22152230", "trs2215"},
    {"type021huangfen", "huangfen"},
    {"type025huchuan", "huchuan"},
    {"type69g", "type692g"},
    {"type69iig", "type692g"},
    {"uh1b", "bell204b"},
    {"uh1d", "bell205a"},
    {"uh1h", "bell205a1"},
    {"vap", "pvp"},
    {"ys11a", "ys11"},
    {"zelzal2", "zelzal"},
    {"zubovtype850", "type850"},
});

// Whose nickname or second name tells it from another weapon that one edition prints beside it:
// letters and digits, folded. Sorted.
constexpr auto kToldApart = std::to_array<std::string_view>({
    "agm114hellfire2",
    "aim9lisidewinder",
    "bn2trislander",
    "boeing737surveiller",
    "dhc6twinotter",
    "f27enforcer",
    "f28fellowship",
    "f9fcougar",
    "fokker50enforcer2",
    "m20rb08a",
    "m26pershing",
    "m48chaparral",
    "m48patton",
    "p35saturn",
    "pc6turboporter",
    "r550magic2",
    "rm70vampire122mm",
    "s200angara",
    "t35buckaroo",
    "type89zsd89",
});

static_assert(std::ranges::is_sorted(kRenamed, {}, &Renamed::printed));
static_assert(std::ranges::is_sorted(kToldApart));

bool IsDigit(unsigned char c) { return absl::ascii_isdigit(c); }
bool IsLetter(unsigned char c) { return absl::ascii_isalpha(c); }
bool HasDigit(std::string_view text) { return std::ranges::any_of(text, IsDigit); }
bool HasLetter(std::string_view text) { return std::ranges::any_of(text, IsLetter); }

std::string LettersAndDigits(std::string_view text) {
  std::string kept = FoldName(text);
  std::erase_if(kept, [](unsigned char c) { return !absl::ascii_isalnum(c); });
  return kept;
}

// Not FoldName: what is a nickname shows in its capital.
std::string WithoutAccents(std::string_view printed) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);  // ICU owns it
  if (U_FAILURE(status)) return std::string(printed);
  const icu::UnicodeString text =
      decompose->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(
                               printed.data(), static_cast<int32_t>(printed.size()))),
                           status);
  if (U_FAILURE(status)) return std::string(printed);
  icu::UnicodeString plain;
  for (int32_t i = 0; i < text.length(); ++i) {
    if (text[i] < 0x0300 || text[i] > 0x036f) plain.append(text[i]);
  }
  std::string utf8;
  plain.toUTF8String(utf8);
  return utf8;
}

// Capitals that each have small letters behind them: "Hawkeye", "SuperCobra".
bool IsCapitalised(std::string_view text) {
  bool is_small_due = true;
  if (text.empty() || !absl::ascii_isupper(static_cast<unsigned char>(text.front()))) return false;
  for (unsigned char c : text.substr(1)) {
    const bool is_small = absl::ascii_islower(c) || c == '\'';
    if (!is_small && (is_small_due || !absl::ascii_isupper(c))) return false;
    is_small_due = !is_small;
  }
  return !is_small_due;
}

// "Hawkeye", "Patton-2"; but not "Block-2", nor "Hawkeye-2000".
bool IsNickname(std::string_view part) {
  constexpr auto kVariants = std::to_array<std::string_view>(
      {"Batch", "Block", "Classic", "Configuration", "Maritime", "Mk", "Mod", "Modernized", "Plus",
       "Special", "Training", "Turret", "Type", "Update"});
  if (part.size() > 2 && part[part.size() - 2] == '-' && IsDigit(part.back())) {
    part.remove_suffix(2);
  }
  return IsCapitalised(part) && !std::ranges::binary_search(kVariants, part);
}

// What is measured or counted, and names no model: "76mm", "4x4", "82ft", "Mk-2", "Block-1A".
bool IsMeasureOrMark(std::string_view part) {
  constexpr auto kMarks = std::to_array<std::string_view>(
      {"batch", "block", "configuration", "fram", "mk", "mod", "update"});
  std::string text(part);
  absl::AsciiStrToLower(&text);
  const size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view unit = std::string_view(text).substr(digits);
  if (digits > 0 && (unit == "mm" || unit == "m" || unit == "ft")) return true;
  if (digits > 0 && unit.size() > 1 && unit.front() == 'x') {
    return std::ranges::all_of(unit.substr(1), IsDigit);
  }
  const size_t letters = std::ranges::find_if_not(text, IsLetter) - text.begin();
  return HasDigit(text) && std::ranges::binary_search(kMarks, text.substr(0, letters));
}

bool IsModel(std::string_view part) {
  return HasLetter(part) && HasDigit(part) && !IsMeasureOrMark(part) && !IsNickname(part);
}

// The power of an engine, which layouts without deal numbers leave out: "(1250)", "4001-6000".
bool IsPower(std::string_view word, std::string_view before) {
  const bool is_bracketed = word.front() == '(' && word.back() == ')';
  if (!is_bracketed && before != "engine") return false;
  return HasDigit(word) && word.find_first_not_of("()-0123456789") == std::string_view::npos;
}

std::vector<std::string_view> Split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (size_t at = text.find_first_not_of(separators); at < text.size();
       at = text.find_first_not_of(separators, at)) {
    const size_t end = std::min(text.find_first_of(separators, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end;
  }
  return parts;
}

// A word less nicknames and second names. Once a model was named, in this word or one before, all
// that is a nickname can go; a second name goes also behind a name: "Frankenthal/Type-332".
std::string ShortenedWord(std::string_view word, bool& has_model) {
  const std::vector<std::string_view> parts = Split(word, "/");
  const bool has_name = !parts.empty() && parts[0].size() > 2 && IsNickname(parts[0]);
  std::string kept;
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
    const bool is_initial = part.size() == 1 && HasLetter(part);
    const bool is_name = IsNickname(part) || IsModel(part) || is_initial;
    if (has_model && IsNickname(part)) continue;
    if (i > 0 && (has_model || has_name) && is_name) continue;
    if (i == 0 && parts.size() > 1 && part == "EL") continue;  // Elta prints its radars both ways
    has_model = has_model || IsModel(part);
    kept += part;
  }
  return kept;
}

// What this cannot tell for a nickname or second name, it keeps.
std::string Shortened(std::string_view printed) {
  std::string kept;
  std::string_view before;
  bool has_model = false;
  for (std::string_view word : Split(printed, " ,\t\n")) {
    if (!IsPower(word, before)) kept += ShortenedWord(word, has_model);
    before = word;
  }
  return LettersAndDigits(kept);
}

std::string Digest(std::string_view text) { return Hex(Sha256(text)).substr(0, kDigestDigits); }

}  // namespace

std::string DesignationStem(std::string_view printed) {
  const std::string whole = LettersAndDigits(printed);
  if (whole.empty()) {
    const std::string folded = FoldName(printed);  // of another script
    return folded.empty() ? "-" : Digest(folded);
  }
  const auto renamed = std::ranges::lower_bound(kRenamed, whole, {}, &Renamed::printed);
  if (renamed != kRenamed.end() && renamed->printed == whole) return std::string(renamed->stem);
  std::string stem = std::ranges::binary_search(kToldApart, whole)
                         ? whole
                         : Shortened(WithoutAccents(printed));
  if (stem.empty()) stem = whole;
  if (stem.size() <= kStemBytesMax) return stem;
  return stem.substr(0, kStemBytesMax - kDigestDigits) + Digest(stem);
}

bool IsMunition(std::string_view description) {
  constexpr auto kMunitions = std::to_array<std::string_view>(
      {"abm", "asm", "bomb", "bvraam", "drone", "missile", "munition", "rocket", "sam", "slbm",
       "sraam", "ssm", "torpedo"});
  constexpr auto kBearers = std::to_array<std::string_view>(
      {"aircraft", "boat", "destroyer", "launcher", "radar", "system", "tel", "turret", "vehicle"});
  static_assert(std::ranges::is_sorted(kMunitions) && std::ranges::is_sorted(kBearers));
  const std::string folded = FoldName(description);
  bool is_munition = false;
  for (std::string_view word : Split(folded, " -/(),;")) {
    if (std::ranges::binary_search(kBearers, word)) return false;
    is_munition = is_munition || std::ranges::binary_search(kMunitions, word);
  }
  return is_munition;
}

}  // namespace dossier
