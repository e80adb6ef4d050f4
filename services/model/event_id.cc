#include "services/model/event_id.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "glog/logging.h"
#include "google/protobuf/descriptor.h"

namespace dossier {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

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

char* PutHeader(const FieldDescriptor* field, WireType type, size_t length, char* out) {
  out = PutU32(static_cast<uint32_t>(field->number()), out);
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

std::vector<const FieldDescriptor*> FieldsByNumber(const Descriptor* descriptor) {
  std::vector<const FieldDescriptor*> fields;
  for (int i = 0; i < descriptor->field_count(); ++i) fields.push_back(descriptor->field(i));
  std::sort(fields.begin(), fields.end(), [](const FieldDescriptor* a, const FieldDescriptor* b) {
    return a->number() < b->number();
  });
  for (const FieldDescriptor* field : fields) {
    CHECK(!field->is_map()) << field->full_name() << ": a map has no canonical encoding";
  }
  return fields;
}

const std::vector<const FieldDescriptor*>& FieldsOf(const Descriptor* descriptor) {
  thread_local absl::flat_hash_map<const Descriptor*,
                                   std::unique_ptr<std::vector<const FieldDescriptor*>>>
      fields_of;
  auto& fields = fields_of[descriptor];
  if (fields == nullptr) {
    fields = std::make_unique<std::vector<const FieldDescriptor*>>(FieldsByNumber(descriptor));
  }
  return *fields;
}

// Appends the canonical encoding of messages and fields to `out`.
class Encoder {
 public:
  // With `drops_blanks`, texts are encoded without their white space.
  Encoder(bool drops_blanks, std::string& out) : drops_blanks_(drops_blanks), out_(out) {}

  void Append(const Message& message) {
    const Reflection& reflection = *message.GetReflection();
    for (const FieldDescriptor* field : FieldsOf(message.GetDescriptor())) {
      AppendField(message, reflection, field);
    }
  }

  // A field as often as it is set.
  void AppendField(const Message& message, const Reflection& reflection,
                   const FieldDescriptor* field) {
    if (field->is_repeated()) {
      const int size = reflection.FieldSize(message, field);
      for (int i = 0; i < size; ++i) AppendElement(message, reflection, field, i);
    } else if (reflection.HasField(message, field)) {
      AppendSingle(message, reflection, field);
    }
  }

 private:
  void AppendHeader(const FieldDescriptor* field, WireType type, size_t length) {
    char bytes[kHeaderSize];
    PutHeader(field, type, length, bytes);
    out_.append(bytes, sizeof(bytes));
  }

  void AppendInteger(const FieldDescriptor* field, int64_t value) {
    char bytes[kHeaderSize + 8];
    char* end = PutHeader(field, kInteger, 8, bytes);
    end = PutU32(static_cast<uint32_t>(value), end);
    PutU32(static_cast<uint32_t>(static_cast<uint64_t>(value) >> 32), end);
    out_.append(bytes, sizeof(bytes));
  }

  void AppendText(const FieldDescriptor* field, const std::string& text) {
    AppendHeader(field, kText, text.size());
    const size_t begin = out_.size();
    if (!drops_blanks_) {
      out_.append(text);
    } else {
      AppendWithoutBlanks(text, out_);
      EndAt(begin);
    }
  }

  void AppendNested(const FieldDescriptor* field, const Message& nested) {
    AppendHeader(field, kMessage, 0);
    const size_t begin = out_.size();
    Append(nested);
    EndAt(begin);
  }

  // Writes the length of what was appended from `begin` on into the header before it.
  void EndAt(size_t begin) { PutU32(static_cast<uint32_t>(out_.size() - begin), &out_[begin - 4]); }

  void AppendSingle(const Message& message, const Reflection& reflection,
                    const FieldDescriptor* field) {
    std::string scratch;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return AppendInteger(field, reflection.GetInt32(message, field));
      case FieldDescriptor::CPPTYPE_INT64:
        return AppendInteger(field, reflection.GetInt64(message, field));
      case FieldDescriptor::CPPTYPE_UINT32:
        return AppendInteger(field, reflection.GetUInt32(message, field));
      case FieldDescriptor::CPPTYPE_UINT64:
        return AppendInteger(field, static_cast<int64_t>(reflection.GetUInt64(message, field)));
      case FieldDescriptor::CPPTYPE_BOOL:
        return AppendInteger(field, reflection.GetBool(message, field));
      case FieldDescriptor::CPPTYPE_ENUM:
        return AppendInteger(field, reflection.GetEnumValue(message, field));
      case FieldDescriptor::CPPTYPE_STRING:
        return AppendText(field, reflection.GetStringReference(message, field, &scratch));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return AppendNested(field, reflection.GetMessage(message, field));
      default:
        LOG(FATAL) << field->full_name() << ": floating point has no canonical encoding";
    }
  }

  void AppendElement(const Message& message, const Reflection& reflection,
                     const FieldDescriptor* field, int index) {
    std::string scratch;
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return AppendInteger(field, reflection.GetRepeatedInt32(message, field, index));
      case FieldDescriptor::CPPTYPE_INT64:
        return AppendInteger(field, reflection.GetRepeatedInt64(message, field, index));
      case FieldDescriptor::CPPTYPE_UINT32:
        return AppendInteger(field, reflection.GetRepeatedUInt32(message, field, index));
      case FieldDescriptor::CPPTYPE_UINT64:
        return AppendInteger(
            field, static_cast<int64_t>(reflection.GetRepeatedUInt64(message, field, index)));
      case FieldDescriptor::CPPTYPE_BOOL:
        return AppendInteger(field, reflection.GetRepeatedBool(message, field, index));
      case FieldDescriptor::CPPTYPE_ENUM:
        return AppendInteger(field, reflection.GetRepeatedEnumValue(message, field, index));
      case FieldDescriptor::CPPTYPE_STRING:
        return AppendText(field,
                          reflection.GetRepeatedStringReference(message, field, index, &scratch));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return AppendNested(field, reflection.GetRepeatedMessage(message, field, index));
      default:
        LOG(FATAL) << field->full_name() << ": floating point has no canonical encoding";
    }
  }

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

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string CanonicalEncoding(const Message& message) {
  std::string out;
  Encoder(/*drops_blanks=*/false, out).Append(message);
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
  static constexpr int kDigested[] = {
      v1::Event::kCitationsFieldNumber,   v1::Event::kReliabilityFieldNumber,
      v1::Event::kCredibilityFieldNumber, v1::Event::kEffectiveFieldNumber,
      v1::Event::kRawFieldNumber,         v1::Event::kPresentFieldNumber};
  thread_local std::string encoding;
  encoding.clear();
  Encoder encoder(event.present().sanction().is_blank_insensitive(), encoding);
  for (int number : kDigested) {
    encoder.AppendField(event, *event.GetReflection(),
                        event.GetDescriptor()->FindFieldByNumber(number));
  }
  return Digest16(encoding);
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
