// The rows of a view: keys as a byte grammar, values as Protobuf (view_rows.proto) or plain bytes.
//
// One column family; the first byte is the kind of row, so that one iterator is one consistent
// state of everything. Integers in keys are big-endian, so that rows sort by number.
//
//   str     := bytes without 0x00, then 0x00
//   stamp   := i64 microseconds since 1970 with the sign bit flipped, u32 ordinal, 8 bytes tie
//   version := stamp, u32 adapter version, u64 sequence         (order of a record's statements)
//   record  := str source, str record
//   pair    := str source, str supplier, str recipient
//
//   key                                    value
//   'm' "position"                         u64 sequence, u64 offset, 32 bytes digest of the last
//                                          record, u64 format (kViewFormat)
//   'm' "log"                              16 bytes: the id of the log that the view follows
//   'c' str source                         CountersRow; source empty: the whole view
//   'e' u64 sequence                       u8 verb, u8 novelty, u64 before, log record
//                                          (log_record.h); before: the sequence of the statement
//                                          that it revised, repeated, ended or withdrew; 0: none
//   'h' record version                     StatementRow: the live timeline of the record
//   'x' record version                     StatementRow: statements that were voided
//   'w' record u64 sequence                version: who wins over all stamps after this arrival;
//                                          empty: nobody. A row only where the winner changed
//   't' pair str record version            PlaceRow, live
//   'u' pair str record version            PlaceRow, voided
//   'p' str recipient, str source, str supplier   empty: the pair has, or had, rows
//   's' str source, stamp, u64 sequence    Edition: one row each time an edition was loaded
//   'a' str actor, str source, str name    u64 first sequence: the name as printed
//   'f' str folded, str actor, str source  u64 first sequence: a name of the actor, folded
//   'n' str word, words, str actor, str source   u64 first sequence: a name of the actor has the
//                                          word; `words` are 8 bytes that stand for all of its
//                                          words, in whatever order (model/name_words.h)
//   'k' str folded, str actor, str source  u64 first sequence: an identifier of the actor, folded
//   'g' str actor, str source, str record  u64 first sequence: a sanction, link or identity claim
//                                          that has been about the actor
//   'y' str actor, str source, str treaty, str other, str record
//                                          u64 first sequence: a record that says what the actor
//                                          did or owes under the treaty; `other`: to whom it owes
//                                          it, or who owes it to it, if the record says
//   'j' str treaty, str source, u8 part, str record
//                                          u64 first sequence: a record of the treaty; part: 'd'
//                                          describes it, 'p' is only of parties, 'b' is of another
//                                          treaty whose base it is, 'q' is a dealing about it
//   'b' str actor, u8 family, str other, str source, str record
//                                          u64 first sequence: a record between the two, in both
//                                          directions; family: 's' sanction with a sender, 'm'
//                                          membership, 'd' deployment, 'i' indicator, 'q' dealing
//   'l' str source, stamp, u64 sequence    i64: by how many the unit that begins at the sequence
//                                          changed the count of entries (of a list of sanctions)
//                                          from this publish stamp on
//   'i' str source, 16 bytes event id      u64 sequence: analysts' events, each stored once
//   'z' u64 sequence                       empty: undecodable
//
// Rows 'e', 'w', 'p', 'a', 'f', 'n', 'k', 'g', 'y', 'j', 'b', 'l', 'i' and 'z' are never changed
// once written: those of names, identifiers, 'g', 'y', 'j' and 'b' say where to look, and the
// record at the cut says what holds.
// 'h' and 't' move to 'x' and 'u' when voided, so that a seek by publish stamp never walks dead
// rows.
//
// How a record is found at a cut, each in O(log n) of its statements:
//   by publish:  last 'h' row of the record with stamp <= bound
//   by sequence: last 'w' row of the record with sequence <= bound, then its 'h' or 'x' row
//   by both:     'h' and 'x' rows backwards from the bound, stepping over arrivals after the
//                sequence and over 'x' rows voided by it
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dossier/v1/time.pb.h"

namespace dossier {

// Grows with every change of what the rows are, or of how the fold makes them: a view of another
// format is not read, but made again from the log.
inline constexpr uint64_t kViewFormat = 4;

enum RowKind : char {
  kMetaRow = 'm',
  kCountersRow = 'c',
  kEventRow = 'e',
  kStatementRow = 'h',
  kVoidedStatementRow = 'x',
  kWinnerRow = 'w',
  kPlaceRow = 't',
  kVoidedPlaceRow = 'u',
  kPairRow = 'p',
  kEditionRow = 's',
  kActorNameRow = 'a',
  kFoldedNameRow = 'f',
  kNameWordRow = 'n',
  kIdentifierRow = 'k',
  kActorRecordRow = 'g',
  kTreatyPartyRow = 'y',
  kTreatyRow = 'j',
  kBetweenRow = 'b',
  kEntryCountRow = 'l',
  kAnalystIdRow = 'i',
  kUndecodableRow = 'z',
};

// The part of a 'j' row: which records of a treaty to look at first.
enum TreatyRowPart : char {
  kDescribes = 'd',
  kOfParties = 'p',
  kBasedOnIt = 'b',
  kDealingAboutIt = 'q',
};

// The family of a 'b' row.
enum BetweenFamily : char {
  kSanctionBetween = 's',
  kMembershipBetween = 'm',
  kDeploymentBetween = 'd',
  kIndicatorBetween = 'i',
  kDealingBetween = 'q',
};

// A publish stamp as bytes that sort as stamps do.
inline constexpr size_t kStampSize = 8 + 4 + 8;
inline constexpr size_t kVersionSize = kStampSize + 4 + 8;

struct StampKey {
  int64_t micros = 0;
  uint32_t ordinal = 0;
  std::array<uint8_t, 8> tie{};

  auto operator<=>(const StampKey&) const = default;
};

// The last stamp that can be: the bound of "everything published".
inline constexpr StampKey kLastStamp{
    INT64_MAX, UINT32_MAX, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

StampKey StampKeyOf(const v1::PublishStamp& stamp);

// A statement's place in its record's timeline.
struct VersionKey {
  StampKey stamp;
  uint32_t adapter_version = 0;
  uint64_t sequence = 0;

  auto operator<=>(const VersionKey&) const = default;
};

// Builds a key piece by piece:
//   KeyBuilder(kStatementRow).Text(source).Text(record).Version(version).key()
class KeyBuilder {
 public:
  explicit KeyBuilder(RowKind kind) {
    key_.reserve(kUsualKeySize);  // one allocation
    key_.push_back(static_cast<char>(kind));
  }

  KeyBuilder& Text(std::string_view text);  // str; text holds no 0x00
  KeyBuilder& Open(std::string_view text);  // the beginning of a str, to seek a prefix
  KeyBuilder& Number(uint64_t number);      // u64
  KeyBuilder& Stamp(const StampKey& stamp);
  KeyBuilder& Version(const VersionKey& version);
  KeyBuilder& Raw(std::string_view bytes);

  const std::string& key() const { return key_; }
  std::string&& Take() { return std::move(key_); }

 private:
  static constexpr size_t kUsualKeySize = 112;

  std::string key_;
};

// Takes a key apart in the same order. Every call returns false once the key does not fit.
class KeyParser {
 public:
  explicit KeyParser(std::string_view key) : rest_(key.substr(key.empty() ? 0 : 1)) {}
  // Of bytes that follow a kind already taken off.
  static KeyParser OfBytes(std::string_view bytes) {
    KeyParser parser("");
    parser.rest_ = bytes;
    return parser;
  }

  bool Text(std::string_view* text);  // without its 0x00; points into the key
  bool Number(uint64_t* number);
  bool Stamp(StampKey* stamp);
  bool Version(VersionKey* version);
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

std::string EncodeVersion(const VersionKey& version);  // as in a key; for 'w' values
std::optional<VersionKey> DecodeVersion(std::string_view bytes);

// A u64 alone, as a value.
std::string EncodeNumber(uint64_t number);
std::optional<uint64_t> DecodeNumber(std::string_view bytes);

// What an 'e' value begins with; the log record follows at kEventRowRecord. Of a record that is
// no event, or was set aside, all zeros.
struct EventRowHead {
  uint8_t verb = 0;     // v1::Verb
  uint8_t novelty = 0;  // v1::Novelty
  uint64_t before = 0;
};
inline constexpr size_t kEventRowRecord = 1 + 1 + 8;

std::string EncodeEventRow(const EventRowHead& head, std::string_view record);
// Nullopt: too short to be one.
std::optional<EventRowHead> DecodeEventRowHead(std::string_view value);

std::string PositionKey();
std::string LogIdKey();

// Whether a text can stand in a key.
inline bool FitsKey(std::string_view text) { return text.find('\0') == std::string_view::npos; }

}  // namespace dossier
