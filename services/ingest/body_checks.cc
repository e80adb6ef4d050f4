#include "services/ingest/body_checks.h"

#include <cctype>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/model/dates.h"

namespace dossier {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void BodyChecks::Everything(const std::string& path, const Message& message) {
  std::vector<const FieldDescriptor*> set;
  const Reflection& reflection = *message.GetReflection();
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    const std::string at = absl::StrCat(path, ".", field->name());
    const bool repeated = field->is_repeated();
    const int size = repeated ? reflection.FieldSize(message, field) : 1;
    Expect(size <= kElementsMax, at,
           absl::StrCat(size, " given, at most ", kElementsMax, " are taken"));
    for (int i = 0; i < std::min(size, kElementsMax); ++i) {
      Value(repeated ? absl::StrCat(at, "[", i, "]") : at, message, field, repeated ? i : -1);
    }
  }
}

void BodyChecks::Value(const std::string& at, const Message& message, const FieldDescriptor* field,
                       int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = index >= 0;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    fields_.Text(at,
                 repeated ? reflection.GetRepeatedString(message, field, index)
                          : reflection.GetString(message, field),
                 kLongTextBytesMax);
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const int value = repeated ? reflection.GetRepeatedEnumValue(message, field, index)
                               : reflection.GetEnumValue(message, field);
    Expect(field->enum_type()->FindValueByNumber(value) != nullptr, at,
           "expected a value that is known");
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    const Message& nested = repeated ? reflection.GetRepeatedMessage(message, field, index)
                                     : reflection.GetMessage(message, field);
    if (nested.GetDescriptor() == v1::Date::descriptor()) {
      fields_.Date(at, static_cast<const v1::Date&>(nested));
    } else if (nested.GetDescriptor() == v1::ActorRef::descriptor()) {
      ActorRef(at, static_cast<const v1::ActorRef&>(nested));
    } else {
      Everything(at, nested);
    }
  }
}

void BodyChecks::Short(const std::string& field, const std::string& text, size_t bytes_max) {
  Expect(text.size() <= bytes_max, field,
         absl::StrCat("has ", text.size(), " bytes, at most ", bytes_max, " are taken"));
}

void BodyChecks::Actor(const std::string& field, bool is_set) {
  Expect(is_set, field, "is not set, expected an actor's id or its name");
}

void BodyChecks::Differ(const std::string& field, const v1::ActorRef& actor,
                        const v1::ActorRef& other) {
  const std::string id = IdOf(actor);
  Expect(id.empty() || id != IdOf(other), field,
         absl::StrCat("is ", id, " too, expected another actor"));
}

void BodyChecks::ActorRef(const std::string& field, const v1::ActorRef& actor) {
  fields_.Text(field + ".id", actor.id(), kRecordBytesMax);
  fields_.Text(field + ".printed_name", actor.printed_name(), kShortTextBytesMax);
  Expect(!actor.id().empty() || !actor.printed_name().empty(), field,
         "is empty, expected an actor's id or its name");
  if (actor.id().empty() || IsListed(actor.id()) || table_.Find(actor.id()) != nullptr) return;
  const v1::ActorKind kind = KindOf(actor.id());
  Expect(kind != v1::ACTOR_KIND_UNSPECIFIED && kind != v1::ACTOR_KIND_STATE, field + ".id",
         absl::StrCat("\"", actor.id(),
                      "\" is no actor that is known, expected an id such as \"state:RUS\" or "
                      "\"group:NAME\""));
}

// As it will be filled in, but for the source in the id of a name that nothing resolves.
std::string BodyChecks::IdOf(const v1::ActorRef& actor) const {
  if (actor.id().empty() && actor.printed_name().empty()) return "";
  if (actor.id().empty()) return table_.Resolve("", actor.printed_name());
  const v1::Actor* known = table_.Find(actor.id());
  return known != nullptr ? known->id() : actor.id();
}

v1::ActorKind BodyChecks::KindOfActor(const v1::ActorRef& actor) const {
  const std::string id = IdOf(actor);
  return IsUnresolved(id) ? v1::ACTOR_KIND_UNSPECIFIED : KindOf(id);
}

void BodyChecks::TreatyId(const std::string& field, const std::string& id) {
  Short(field, id, kRecordBytesMax);
  const size_t colon = id.find(':');
  const bool holds_blank =
      std::any_of(id.begin(), id.end(), [](unsigned char c) { return std::isspace(c) != 0; });
  Expect(colon != std::string::npos && colon > 0 && colon + 1 < id.size() && !holds_blank, field,
         "expected a treaty's id without blanks, such as \"treaty:NAME\" or \"untc:26-3\"");
}

void BodyChecks::Period(const std::string& to_field, const v1::Date& from, const v1::Date& to) {
  // What is no date has a violation of its own, and an unset one bounds nothing.
  if (!ValidateDate(from).ok() || !ValidateDate(to).ok() || !Before(to, from)) return;
  Expect(false, to_field,
         absl::StrCat(PrintDate(to), " is before ", PrintDate(from), ", when it begins"));
}

}  // namespace dossier
