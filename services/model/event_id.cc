#include "services/model/event_id.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "glog/logging.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "services/model/wire_field.h"

namespace dossier {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

enum WireType : uint8_t { kInteger = 1, kText = 2, kMessage = 3 };
constexpr size_t kHeaderSize = 4 + 1 + 4;

char* PutU32(uint32_t value, char* out) {
  for (int i = 0; i < 4; ++i) *out++ = static_cast<char>(value >> 8 * i);
  return out;
}

void AppendU32(uint32_t value, std::string& out) {
  char bytes[4];
  PutU32(value, bytes);
  out.append(bytes, sizeof(bytes));
}

char* PutHeader(uint32_t number, WireType type, size_t length, char* out) {
  out = PutU32(number, out);
  *out++ = static_cast<char>(type);
  return PutU32(static_cast<uint32_t>(length), out);
}

// A text without its white space: ASCII's and the no-break space.
void AppendWithoutBlanks(std::string_view text, std::string& out) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    if (c == '\xc2' && i + 1 < text.size() && text[i + 1] == '\xa0') {
      ++i;
      continue;
    }
    out.push_back(c);
  }
}

// What of a field decides how it is encoded.
struct FieldKind {
  WireType type = kInteger;
  const Descriptor* message = nullptr;  // of a message field
};

// By number; absent: no such field.
using FieldKinds = std::vector<std::optional<FieldKind>>;

FieldKinds KindsOfFields(const Descriptor* descriptor) {
  FieldKinds kinds;
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const FieldDescriptor* field = descriptor->field(i);
    CHECK(!field->is_map()) << field->full_name() << ": a map has no canonical encoding";
    FieldKind kind;
    switch (field->type()) {
      case FieldDescriptor::TYPE_STRING:
      case FieldDescriptor::TYPE_BYTES:
        kind.type = kText;
        break;
      case FieldDescriptor::TYPE_MESSAGE:
        kind = {kMessage, field->message_type()};
        break;
      case FieldDescriptor::TYPE_INT32:
      case FieldDescriptor::TYPE_INT64:
      case FieldDescriptor::TYPE_UINT32:
      case FieldDescriptor::TYPE_UINT64:
      case FieldDescriptor::TYPE_BOOL:
      case FieldDescriptor::TYPE_ENUM:
        break;
      default:
        LOG(FATAL) << field->full_name() << ": its type has no canonical encoding";
    }
    const auto number = static_cast<size_t>(field->number());
    if (kinds.size() <= number) kinds.resize(number + 1);
    kinds[number] = kind;
  }
  return kinds;
}

const FieldKinds& KindsOf(const Descriptor* descriptor) {
  thread_local absl::flat_hash_map<const Descriptor*, std::unique_ptr<FieldKinds>> kinds_of;
  auto& kinds = kinds_of[descriptor];
  if (kinds == nullptr) kinds = std::make_unique<FieldKinds>(KindsOfFields(descriptor));
  return *kinds;
}

// Appends the canonical encoding of a message to `out`, from the bytes that Protobuf serialises it
// to: these have the fields that are set, in ascending field number, as the encoding wants them.
// Several times as fast as asking for each field by reflection.
class Encoder {
 public:
  // With `drops_blanks`, texts are encoded without their white space.
  Encoder(bool drops_blanks, std::string& out) : drops_blanks_(drops_blanks), out_(out) {}

  void Append(const Descriptor* descriptor, std::string_view wire) {
    CodedInputStream in(reinterpret_cast<const uint8_t*>(wire.data()),
                        static_cast<int>(wire.size()));
    const FieldKinds& kinds = KindsOf(descriptor);
    while (const uint32_t tag = in.ReadTag()) AppendField(kinds, tag, wire, in);
  }

 private:
  void AppendField(const FieldKinds& kinds, uint32_t tag, std::string_view wire,
                   CodedInputStream& in) {
    const uint32_t number = tag >> 3;
    const bool is_known = number < kinds.size() && kinds[number].has_value();
    if (!is_known) {  // of a later version: no part of what this one digests
      CHECK(WireFormatLite::SkipField(&in, tag));
      return;
    }
    uint64_t value = 0;
    if ((tag & 7) == WireFormatLite::WIRETYPE_VARINT) {
      CHECK(in.ReadVarint64(&value));
      return AppendInteger(number, value);
    }
    uint32_t length = 0;
    CHECK((tag & 7) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED && in.ReadVarint32(&length));
    const std::string_view bytes = wire.substr(static_cast<size_t>(in.CurrentPosition()), length);
    CHECK(in.Skip(static_cast<int>(length)));
    const FieldKind& kind = *kinds[number];
    if (kind.type == kText) return AppendText(number, bytes);
    if (kind.type == kMessage) return AppendNested(number, kind.message, bytes);
    CodedInputStream packed(reinterpret_cast<const uint8_t*>(bytes.data()),
                            static_cast<int>(bytes.size()));
    while (packed.ReadVarint64(&value)) AppendInteger(number, value);
  }

  void AppendHeader(uint32_t number, WireType type, size_t length) {
    char bytes[kHeaderSize];
    PutHeader(number, type, length, bytes);
    out_.append(bytes, sizeof(bytes));
  }

  void AppendInteger(uint32_t number, uint64_t value) {
    char bytes[kHeaderSize + 8];
    char* end = PutHeader(number, kInteger, 8, bytes);
    end = PutU32(static_cast<uint32_t>(value), end);
    PutU32(static_cast<uint32_t>(value >> 32), end);
    out_.append(bytes, sizeof(bytes));
  }

  void AppendText(uint32_t number, std::string_view text) {
    AppendHeader(number, kText, text.size());
    const size_t begin = out_.size();
    if (!drops_blanks_) {
      out_.append(text);
    } else {
      AppendWithoutBlanks(text, out_);
      EndAt(begin);
    }
  }

  void AppendNested(uint32_t number, const Descriptor* descriptor, std::string_view wire) {
    AppendHeader(number, kMessage, 0);
    const size_t begin = out_.size();
    Append(descriptor, wire);
    EndAt(begin);
  }

  // Writes the length of what was appended from `begin` on into the header before it.
  void EndAt(size_t begin) { PutU32(static_cast<uint32_t>(out_.size() - begin), &out_[begin - 4]); }

  const bool drops_blanks_;
  std::string& out_;
};

// SHA-256 of one text after another, in a context that is made once.
class Sha256Context {
 public:
  Sha256Context()
      : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    CHECK(algorithm_ != nullptr && context_ != nullptr) << "OpenSSL has no SHA-256";
  }

  std::string Digest(std::string_view bytes) {
    std::string digest(32, '\0');
    CHECK(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1 &&
          EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1 &&
          EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()),
                             nullptr) == 1)
        << "OpenSSL failed to digest";
    return digest;
  }

 private:
  struct FreeAlgorithm {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
  };
  struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD, FreeAlgorithm> algorithm_;
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
};

void AppendString(std::string_view text, std::string& out) {
  AppendU32(static_cast<uint32_t>(text.size()), out);
  out.append(text);
}

std::string Digest16(std::string_view bytes) {
  std::string digest = Sha256(bytes);
  digest.resize(16);
  return digest;
}

// Of an event's fields that are digested, as Protobuf serialises them.
std::string DigestOfWire(std::string_view wire, bool is_blank_insensitive) {
  thread_local std::string encoding;
  encoding.clear();
  Encoder(is_blank_insensitive, encoding).Append(v1::Event::descriptor(), wire);
  return Digest16(encoding);
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string CanonicalEncoding(const Message& message) {
  std::string out;
  Encoder(/*drops_blanks=*/false, out).Append(message.GetDescriptor(), message.SerializeAsString());
  return out;
}

std::string Sha256(std::string_view bytes) {
  thread_local Sha256Context context;
  return context.Digest(bytes);
}

std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (unsigned char byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

std::string FromHex(std::string_view text) {
  if (text.size() % 2 != 0) return "";
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = HexDigit(text[i]);
    const int low = HexDigit(text[i + 1]);
    if (high < 0 || low < 0) return "";
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

std::string ContentDigest(const v1::Event& event) {
  thread_local std::string wire;
  wire.clear();
  v1::Event evidence;  // all that is digested but the content
  *evidence.mutable_citations() = event.citations();
  evidence.set_reliability(event.reliability());
  evidence.set_credibility(event.credibility());
  if (event.has_effective()) *evidence.mutable_effective() = event.effective();
  *evidence.mutable_raw() = event.raw();
  evidence.AppendToString(&wire);
  if (event.has_present()) {
    AppendField(v1::Event::kPresentFieldNumber, event.present().SerializeAsString(), wire);
  }
  return DigestOfWire(wire, event.present().sanction().is_blank_insensitive());
}

std::string ContentDigest(std::span<const std::string> raw, std::string_view present,
                          bool is_blank_insensitive) {
  thread_local std::string wire;
  wire.clear();
  for (const std::string& text : raw) AppendField(v1::Event::kRawFieldNumber, text, wire);
  AppendField(v1::Event::kPresentFieldNumber, present, wire);
  return DigestOfWire(wire, is_blank_insensitive);
}

std::string EditionId(std::string_view source, const v1::PublishStamp& stamp,
                      const v1::Scope& scope, std::string_view bytes_digest) {
  std::string encoding;
  AppendString("edition", encoding);
  AppendString(source, encoding);
  AppendString(CanonicalEncoding(stamp), encoding);
  AppendString(CanonicalEncoding(scope), encoding);
  AppendString(bytes_digest, encoding);
  return Digest16(encoding);
}

std::string EditionEventId(std::string_view unit, uint32_t load, const v1::Event& event) {
  thread_local std::string encoding;
  encoding.clear();
  AppendString("event", encoding);
  AppendString(unit, encoding);
  AppendU32(load, encoding);
  AppendString(event.edition_id(), encoding);
  AppendU32(event.cause(), encoding);
  AppendU32(event.adapter_version(), encoding);
  AppendString(event.record(), encoding);
  AppendString(CanonicalEncoding(event.stamp()), encoding);
  switch (event.statement_case()) {
    case v1::Event::kPresent:
      CHECK(!event.content_digest().empty()) << "an event's content was not digested";
      encoding.push_back(1);
      AppendString(event.content_digest(), encoding);
      break;
    case v1::Event::kAbsent:
      encoding.push_back(2);
      break;
    case v1::Event::kVoid:
      encoding.push_back(3);
      break;
    case v1::Event::STATEMENT_NOT_SET:
      LOG(FATAL) << "an event without a statement has no id";
  }
  return Digest16(encoding);
}

}  // namespace dossier
