// Any key that comes apart by the grammar of a kind of row is built again, piece by piece, to the
// same bytes; so is the head of an event row.
#include <cstdint>
#include <string>
#include <string_view>

#include "glog/logging.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// The pieces of each kind's key (view_keys.h): s: str, n: u64, t: stamp, v: version.
std::string_view GrammarOf(char kind) {
  switch (kind) {
    case kCountersRow:
      return "s";
    case kEventRow:
    case kUndecodableRow:
      return "n";
    case kStatementRow:
    case kVoidedStatementRow:
      return "ssv";
    case kWinnerRow:
      return "ssn";
    case kPlaceRow:
    case kVoidedPlaceRow:
      return "ssssv";
    case kPairRow:
    case kActorNameRow:
      return "sss";
    case kEditionRow:
      return "stn";
    default:  // kMetaRow, kAnalystIdRow, and what is no kind: a str and the rest
      return "s";
  }
}

// Takes one piece off, and puts it back on `builder`.
bool Copy(char piece, KeyParser& parser, KeyBuilder& builder) {
  std::string_view text;
  uint64_t number = 0;
  StampKey stamp;
  VersionKey version;
  switch (piece) {
    case 's':
      return parser.Text(&text) && (builder.Text(text), true);
    case 'n':
      return parser.Number(&number) && (builder.Number(number), true);
    case 't':
      return parser.Stamp(&stamp) && (builder.Stamp(stamp), true);
    default:
      return parser.Version(&version) && (builder.Version(version), true);
  }
}

void CheckKey(std::string_view key) {
  const auto kind = static_cast<RowKind>(key[0]);
  KeyParser parser(key);
  KeyBuilder builder(kind);
  for (const char piece : GrammarOf(kind)) {
    if (!Copy(piece, parser, builder)) return;
  }
  builder.Raw(parser.rest());
  CHECK(builder.key() == key) << "a key of kind " << key[0] << " is built otherwise than parsed";
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  if (!input.empty()) dossier::CheckKey(input);
  if (const auto version = dossier::DecodeVersion(input)) {
    CHECK(dossier::EncodeVersion(*version) == input);
  }
  const auto head = dossier::DecodeEventRowHead(input);
  CHECK_EQ(head.has_value(), size >= dossier::kEventRowRecord);
  if (head) {
    CHECK(dossier::EncodeEventRow(*head, input.substr(dossier::kEventRowRecord)) == input);
  }
  return 0;
}
