// What makes two contents equal, and what names an event and an edition.
//
// The canonical encoding of a message is defined here, not by Protobuf's serialiser, so that it
// never changes under us. For each set field in ascending field number:
//
//   field  := number type length bytes            (all integers u32 little-endian but value)
//   type   := u8: 1 integer, bool or enum (bytes: i64 little-endian), 2 string or bytes,
//             3 message (bytes: its canonical encoding)
//
// A repeated field is a field for each element. An `optional` or message field counts as set when
// it is present; any other field when it is not zero or empty. Floating point and maps are not
// allowed in what is digested. Fields added later leave the digests of older contents as they were.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "dossier/v1/event.pb.h"
#include "google/protobuf/message.h"

namespace dossier {

std::string CanonicalEncoding(const google::protobuf::Message& message);

std::string Sha256(std::string_view bytes);  // 32 bytes
std::string Hex(std::string_view bytes);
// The bytes of a hexadecimal text; empty for anything else.
std::string FromHex(std::string_view text);

// What an event says, less who says it and when: SHA-256, cut to 16, of the canonical encoding of
// an Event that holds only citations, reliability, credibility, effective, raw and present. So a
// change in the evidence, in a grading or in text that was not understood is a change. Where a
// sanction is_blank_insensitive, texts are digested without white space (ASCII's, and U+00A0).
std::string ContentDigest(const v1::Event& event);
// The same of an event that has only raw text and a content, which is serialised already.
std::string ContentDigest(std::span<const std::string> raw, std::string_view present,
                          bool is_blank_insensitive);

// 16 bytes over source, stamp, scope and the digest of the bytes: SHA-256, cut to 16, of
//
//   str "edition", str source, str canonical(stamp), str canonical(scope), str bytes_digest
//   str := length (u32 little-endian) bytes
std::string EditionId(std::string_view source, const v1::PublishStamp& stamp,
                      const v1::Scope& scope, std::string_view bytes_digest);

// 16 bytes that name an event of the unit which loads, reads anew or retracts an edition (`unit`:
// that edition's id, and which load of it). SHA-256, cut to 16, of
//
//   str "event", str unit, u32 load, str edition_id, u32 cause, u32 adapter_version, str record,
//   str canonical(stamp), statement
//   statement := u8 1, str content_digest | u8 2 (absent) | u8 3 (void)
//
// All but the first two are the event's own fields, which must be filled in.
std::string EditionEventId(std::string_view unit, uint32_t load, const v1::Event& event);

}  // namespace dossier
