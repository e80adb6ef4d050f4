#include "tests/ingest/nothing_dropped_text_fixture.h"

#include <cctype>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr char kEnd = '\x01';
constexpr size_t kShort = 3;
constexpr std::string_view kNoBreakSpace = "\xc2\xa0";

bool IsWordByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80); }

size_t CountIn(std::string_view text, std::string_view part, bool as_word) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    const bool stands_apart = at > 0 && !IsWordByte(text[at - 1]) &&
                              at + part.size() < text.size() && !IsWordByte(text[at + part.size()]);
    if (!as_word || stands_apart) ++count;
  }
  return count;
}

}  // namespace

std::string WithoutBlanks(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, kNoBreakSpace.size()) == kNoBreakSpace) {
      ++i;
    } else if (!std::isspace(static_cast<unsigned char>(text[i]))) {
      kept.push_back(text[i]);
    }
  }
  return kept;
}

RecordText::RecordText(const EditionRecord& record) {
  AddText(record.key);
  AddText(record.element);
  for (const std::string& raw : record.raw) AddText(raw);
  Walk(record.present);
}

void RecordText::AddText(std::string_view text) {
  absl::StrAppend(&texts_, "\x01", WithoutBlanks(text), "\x01");
  absl::StrAppend(&words_, "\x01", absl::string_view(text.data(), text.size()), "\x01");
}

void RecordText::AddWhole(char kind, std::string_view text) {
  marks_.push_back(kEnd);
  marks_.push_back(kind);
  marks_.append(text);
  marks_.push_back(kEnd);
}

size_t RecordText::CountWhole(char kind, std::string_view text) const {
  std::string whole{kEnd, kind};
  whole.append(text);
  whole.push_back(kEnd);
  return CountIn(marks_, whole, false);
}

size_t RecordText::Count(std::string_view text) const {
  if (text.size() <= kShort) return CountIn(words_, text, true);
  return CountIn(texts_, WithoutBlanks(text), false);
}

void RecordText::Walk(const Message& message) {
  if (message.GetDescriptor() == v1::Date::descriptor()) {
    AddWhole('D', PrintDate(static_cast<const v1::Date&>(message)));
    return;
  }
  if (message.GetDescriptor() == v1::PrintedField::descriptor()) {
    AddMark(static_cast<const v1::PrintedField&>(message).heading());
  }
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_BOOL) continue;
    AddMark(absl::StrCat(field->name(), reflection.GetBool(message, field) ? "=true" : "=false"));
  }
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) WalkField(message, field, i);
  }
}

void RecordText::WalkField(const Message& message, const FieldDescriptor* field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool many = field->is_repeated();
  AddMark(field->name());
  if (field->message_type() == v1::Date::descriptor() && !many) {
    const auto& date = static_cast<const v1::Date&>(reflection.GetMessage(message, field));
    AddMark(absl::StrCat(field->name(), "=", PrintDate(date)));
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Walk(many ? reflection.GetRepeatedMessage(message, field, index)
                       : reflection.GetMessage(message, field));
    case FieldDescriptor::CPPTYPE_STRING:
      return AddText(many ? reflection.GetRepeatedString(message, field, index)
                          : reflection.GetString(message, field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return AddMark((many ? reflection.GetRepeatedEnum(message, field, index)
                           : reflection.GetEnum(message, field))
                         ->name());
    case FieldDescriptor::CPPTYPE_INT32:
      return AddMark(absl::StrCat(field->name(), "=",
                                  many ? reflection.GetRepeatedInt32(message, field, index)
                                       : reflection.GetInt32(message, field)));
    case FieldDescriptor::CPPTYPE_INT64:
      return AddMark(absl::StrCat(field->name(), "=",
                                  many ? reflection.GetRepeatedInt64(message, field, index)
                                       : reflection.GetInt64(message, field)));
    default:
      return;  // other numbers: none of a published field
  }
}

}  // namespace dossier
