// What an actor's id says by itself.
#include <unicode/unistr.h>

#include <string>
#include <string_view>
#include <utility>

#include "services/model/actors.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

constexpr std::string_view kUnresolved = "unresolved:";
constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD
constexpr size_t kNameBytesMax = 200;
constexpr size_t kDigestDigits = 16;

constexpr std::pair<std::string_view, v1::ActorKind> kKinds[] = {
    {"state:", v1::ACTOR_KIND_STATE},       {"org:", v1::ACTOR_KIND_ORGANISATION},
    {"group:", v1::ACTOR_KIND_ARMED_GROUP}, {"company:", v1::ACTOR_KIND_COMPANY},
    {"person:", v1::ACTOR_KIND_PERSON},     {"vessel:", v1::ACTOR_KIND_VESSEL},
    {"aircraft:", v1::ACTOR_KIND_AIRCRAFT}, {kUnresolved, v1::ACTOR_KIND_UNRESOLVED},
    {"unknown:", v1::ACTOR_KIND_UNKNOWN},
};

// Of parties on sanctions lists: whose number it is. What kind they are, their entries say.
constexpr std::string_view kLists[] = {
    "ofac:", "un:", "uk:", "eu:", "eu-oj:", "ca:", "bis:", "csl:"};

// Valid UTF-8 without NUL: ids stand in Protobuf strings, and in keys that end at a NUL.
std::string Printable(std::string_view text) {
  std::string valid;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
      .toUTF8String(valid);
  std::string printable;
  printable.reserve(valid.size());
  for (char c : valid) {
    if (c == '\0') {
      printable.append(kReplacement);
    } else {
      printable.push_back(c);
    }
  }
  return printable;
}

// Long names keep their beginning, and stay apart by a digest of the whole.
std::string Shorten(std::string name) {
  if (name.size() <= kNameBytesMax) return name;
  const std::string digest = Hex(Sha256(name)).substr(0, kDigestDigits);
  size_t end = kNameBytesMax - kDigestDigits - 1;
  while (end > 0 && (name[end] & 0xc0) == 0x80) --end;  // not within a character
  name.resize(end);
  return name + "~" + digest;
}

}  // namespace

std::string UnresolvedId(std::string_view source, std::string_view name) {
  return std::string(kUnresolved) + Printable(source) + ":" + Shorten(Printable(name));
}

bool IsUnresolved(std::string_view actor_id) { return actor_id.starts_with(kUnresolved); }

v1::ActorKind KindOf(std::string_view actor_id) {
  for (const auto& [prefix, kind] : kKinds) {
    if (actor_id.starts_with(prefix) && actor_id.size() > prefix.size()) return kind;
  }
  return v1::ACTOR_KIND_UNSPECIFIED;
}

bool IsListed(std::string_view actor_id) {
  for (std::string_view list : kLists) {
    if (actor_id.starts_with(list) && actor_id.size() > list.size()) return true;
  }
  return false;
}

v1::Actor ActorFromId(std::string_view actor_id) {
  v1::Actor actor;
  actor.set_id(std::string(actor_id));
  actor.set_kind(KindOf(actor_id));
  std::string_view name = actor_id.substr(actor_id.find(':') + 1);
  if (IsUnresolved(actor_id)) {
    if (name.starts_with("analyst:")) name.remove_prefix(std::string_view("analyst:").size());
    name.remove_prefix(name.find(':') + 1);
  }
  actor.set_name(std::string(name));
  return actor;
}

}  // namespace dossier
