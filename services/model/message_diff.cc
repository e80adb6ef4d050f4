#include "services/model/message_diff.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "dossier/v1/time.pb.h"
#include "google/protobuf/descriptor.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// How the parts of a message are printed: in a row, or each behind its field's name, so that no two
// messages print alike.
enum class Parts { kBare, kNamed };

std::string PrintMessage(const Message& message, Parts parts);

// One element of a repeated field (index >= 0), or a field that is set.
std::string PrintValue(const Message& message, const FieldDescriptor* field, int index,
                       Parts parts = Parts::kBare) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = index >= 0;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return repeated ? reflection.GetRepeatedString(message, field, index)
                      : reflection.GetString(message, field);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return PrintMessage(repeated ? reflection.GetRepeatedMessage(message, field, index)
                                   : reflection.GetMessage(message, field),
                          parts);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const EnumValueDescriptor* value = repeated
                                             ? reflection.GetRepeatedEnum(message, field, index)
                                             : reflection.GetEnum(message, field);
      return value != nullptr ? PrintEnum(*value) : "";
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      const bool says = repeated ? reflection.GetRepeatedBool(message, field, index)
                                 : reflection.GetBool(message, field);
      // Within a row of values "yes" would say nothing.
      return says ? absl::StrReplaceAll(field->name(), {{"is_", ""}, {"_", " "}}) : "no";
    }
    case FieldDescriptor::CPPTYPE_INT32:
      return absl::StrCat(repeated ? reflection.GetRepeatedInt32(message, field, index)
                                   : reflection.GetInt32(message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return absl::StrCat(repeated ? reflection.GetRepeatedInt64(message, field, index)
                                   : reflection.GetInt64(message, field));
    default:
      return "";
  }
}

void AppendPart(const FieldDescriptor* field, Parts parts, std::string text, std::string* row) {
  if (text.empty()) return;
  if (!row->empty()) row->append(", ");
  if (parts == Parts::kBare) {
    row->append(text);
  } else {
    absl::StrAppend(row, field->name(), " {", text, "}");
  }
}

// The values that are set, in a row.
std::string PrintMessage(const Message& message, Parts parts) {
  if (message.GetDescriptor() == v1::Date::descriptor()) {
    return PrintDate(static_cast<const v1::Date&>(message));
  }
  if (parts == Parts::kBare && message.GetDescriptor() == v1::ActorRef::descriptor()) {
    const auto& actor = static_cast<const v1::ActorRef&>(message);
    return actor.printed_name().empty() ? actor.id() : actor.printed_name();
  }
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::string row;
  for (const FieldDescriptor* field : fields) {
    if (!field->is_repeated()) {
      AppendPart(field, parts, PrintValue(message, field, -1, parts), &row);
      continue;
    }
    const int size = message.GetReflection()->FieldSize(message, field);
    for (int i = 0; i < size; ++i) {
      AppendPart(field, parts, PrintValue(message, field, i, parts), &row);
    }
  }
  return row;
}

bool IsSet(const Message* message, const FieldDescriptor* field) {
  return message != nullptr && message->GetReflection()->HasField(*message, field);
}

std::string WithoutBlanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
  return absl::StrReplaceAll(text, {{"\u00a0", ""}});
}

class Diff {
 public:
  explicit Diff(bool ignores_blanks) : ignores_blanks_(ignores_blanks) {}

  void Compare(const Message* before, const Message* after, const std::string& path) {
    const Message& either = before != nullptr ? *before : *after;
    const auto* descriptor = either.GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      const std::string field_path = path + field->name();
      if (field->is_repeated()) {
        CompareLists(before, after, field, field_path);
      } else {
        CompareSingle(before, after, field, field_path);
      }
    }
  }

  std::vector<v1::FieldChange> Take() { return std::move(changes_); }

 private:
  void CompareLists(const Message* before, const Message* after, const FieldDescriptor* field,
                    const std::string& path) {
    const std::vector<int> gone = Missing(before, after, field);
    const std::vector<int> added = Missing(after, before, field);
    for (size_t i = 0; i < std::max(gone.size(), added.size()); ++i) {
      const auto print = [&](Parts parts) {
        return std::pair(
            i < gone.size() ? PrintValue(*before, field, gone[i], parts) : std::string(),
            i < added.size() ? PrintValue(*after, field, added[i], parts) : std::string());
      };
      auto [old_row, new_row] = print(Parts::kBare);
      const bool look_alike = WithoutBlanks(old_row) == WithoutBlanks(new_row);
      if (look_alike) std::tie(old_row, new_row) = print(Parts::kNamed);
      Add(path, std::move(old_row), std::move(new_row));
    }
    const bool same = gone.empty() && added.empty();
    if (same && OrderDiffers(before, after, field)) Add(path, "in another order", "reordered");
  }

  // What decides whether two elements are the same.
  std::string Encode(const Message& message, const FieldDescriptor* field, int index) const {
    if (ignores_blanks_) return WithoutBlanks(PrintValue(message, field, index, Parts::kNamed));
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      return PrintValue(message, field, index);
    }
    return CanonicalEncoding(message.GetReflection()->GetRepeatedMessage(message, field, index));
  }

  // The elements of `of` that `other` has not; as often as it has them less.
  std::vector<int> Missing(const Message* of, const Message* other,
                           const FieldDescriptor* field) const {
    std::vector<std::string> there;
    const int others = other == nullptr ? 0 : other->GetReflection()->FieldSize(*other, field);
    for (int i = 0; i < others; ++i) there.push_back(Encode(*other, field, i));
    std::vector<int> missing;
    const int size = of == nullptr ? 0 : of->GetReflection()->FieldSize(*of, field);
    for (int i = 0; i < size; ++i) {
      const auto found = std::find(there.begin(), there.end(), Encode(*of, field, i));
      if (found == there.end()) {
        missing.push_back(i);
      } else {
        there.erase(found);
      }
    }
    return missing;
  }

  bool OrderDiffers(const Message* before, const Message* after,
                    const FieldDescriptor* field) const {
    if (before == nullptr || after == nullptr) return false;
    const int size = before->GetReflection()->FieldSize(*before, field);
    for (int i = 0; i < size; ++i) {
      if (Encode(*before, field, i) != Encode(*after, field, i)) return true;
    }
    return false;
  }

  void CompareSingle(const Message* before, const Message* after, const FieldDescriptor* field,
                     const std::string& path) {
    const bool was = IsSet(before, field);
    const bool is = IsSet(after, field);
    if (!was && !is) return;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
        field->message_type() != v1::Date::descriptor()) {
      const auto nested = [&](const Message* message) {
        return message == nullptr ? nullptr
                                  : &message->GetReflection()->GetMessage(*message, field);
      };
      Compare(was ? nested(before) : nullptr, is ? nested(after) : nullptr, path + ".");
      return;
    }
    std::string old_value = was ? PrintValue(*before, field, -1) : "";
    std::string new_value = is ? PrintValue(*after, field, -1) : "";
    const bool same = ignores_blanks_ ? WithoutBlanks(old_value) == WithoutBlanks(new_value)
                                      : old_value == new_value;
    if (!same) Add(path, std::move(old_value), std::move(new_value));
  }

  void Add(const std::string& path, std::string before, std::string after) {
    v1::FieldChange& change = changes_.emplace_back();
    change.set_field(path);
    change.set_before(std::move(before));
    change.set_after(std::move(after));
  }

  const bool ignores_blanks_;
  std::vector<v1::FieldChange> changes_;
};

}  // namespace

std::vector<v1::FieldChange> DiffMessages(const Message* before, const Message* after,
                                          bool ignores_blanks) {
  Diff diff(ignores_blanks);
  if (before != nullptr || after != nullptr) diff.Compare(before, after, "");
  return diff.Take();
}

std::string PrintEnum(const EnumValueDescriptor& value) {
  // NAME_QUALITY_UNSPECIFIED: what stands before the last word is common to all.
  const std::string& zero = value.type()->FindValueByNumber(0)->name();
  const size_t common = zero.size() - std::string_view("UNSPECIFIED").size();
  if (value.number() == 0 || value.name().size() <= common) return "";
  return absl::StrReplaceAll(absl::AsciiStrToLower(value.name().substr(common)), {{"_", " "}});
}

}  // namespace dossier
