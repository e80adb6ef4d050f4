#include "services/model/transfers.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool AnyDelivered(const v1::Transfer& transfer) {
  return std::any_of(transfer.delivery().begin(), transfer.delivery().end(),
                     [](const v1::Delivery& d) { return !d.has_number() || d.number() != 0; });
}

bool HasUncountedDelivery(const v1::Transfer& transfer) {
  return std::any_of(transfer.delivery().begin(), transfer.delivery().end(),
                     [](const v1::Delivery& delivery) { return !delivery.has_number(); });
}

bool HasField(const Message* message, const FieldDescriptor* field) {
  return message != nullptr && message->GetReflection()->HasField(*message, field);
}

std::string PrintInteger(const FieldDescriptor* field, int64_t value) {
  return absl::EndsWith(field->name(), "_thousandths") ? PrintTiv(value) : absl::StrCat(value);
}

// CONDITION_SECOND_HAND as "second hand": the type's name is the values' prefix.
std::string PrintEnum(const FieldDescriptor* field, int number) {
  const auto* value = field->enum_type()->FindValueByNumber(number);
  if (value == nullptr) return absl::StrCat(number);
  const std::string prefix = absl::AsciiStrToUpper(field->enum_type()->name()) + "_";
  return absl::StrReplaceAll(absl::AsciiStrToLower(absl::StripPrefix(value->name(), prefix)),
                             {{"_", " "}});
}

std::string PrintSingle(const Message* message, const FieldDescriptor* field) {
  if (!HasField(message, field)) return "";
  const Reflection& reflection = *message->GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(*message, field);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(*message, field) ? "yes" : "no";
    case FieldDescriptor::CPPTYPE_ENUM:
      return PrintEnum(field, reflection.GetEnumValue(*message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return PrintInteger(field, reflection.GetInt64(*message, field));
    default:
      return absl::StrCat(reflection.GetInt32(*message, field));
  }
}

// Whether both have a field of one value and the same value in it.
bool HaveTheSame(const Message* before, const Message* after, const FieldDescriptor* field) {
  if (!HasField(before, field) || !HasField(after, field)) return false;
  const Reflection& reflection = *before->GetReflection();
  std::string scratch, other_scratch;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetStringReference(*before, field, &scratch) ==
             reflection.GetStringReference(*after, field, &other_scratch);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(*before, field) == reflection.GetBool(*after, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnumValue(*before, field) == reflection.GetEnumValue(*after, field);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.GetInt64(*before, field) == reflection.GetInt64(*after, field);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.GetInt32(*before, field) == reflection.GetInt32(*after, field);
    default:
      return false;
  }
}

// Whether a field that is not repeated is told by a look to be the same: most of them are, and
// printing them to find that out would be most of the cost.
bool IsPlainlySame(const Message* before, const Message* after, const FieldDescriptor* field) {
  if (field->is_repeated()) return false;
  return (!HasField(before, field) && !HasField(after, field)) || HaveTheSame(before, after, field);
}

class TransferDiff {
 public:
  // Either side may be null, not both.
  void Compare(const Message* before, const Message* after, const std::string& prefix) {
    const Descriptor* descriptor = (before != nullptr ? before : after)->GetDescriptor();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      if (IsPlainlySame(before, after, field)) continue;
      const std::string path = absl::StrCat(prefix, field->name());
      if (field->is_repeated()) {
        CompareElements(before, after, field, path);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        CompareNested(Nested(before, field), Nested(after, field), path);
      } else {
        Add(path, PrintSingle(before, field), PrintSingle(after, field));
      }
    }
  }

  std::vector<v1::FieldChange> changes() && { return std::move(changes_); }

 private:
  static const Message* Nested(const Message* message, const FieldDescriptor* field) {
    return HasField(message, field) ? &message->GetReflection()->GetMessage(*message, field)
                                    : nullptr;
  }

  static const Message* Element(const Message* message, const FieldDescriptor* field, int index) {
    return index < SizeOf(message, field)
               ? &message->GetReflection()->GetRepeatedMessage(*message, field, index)
               : nullptr;
  }

  static std::string PrintElement(const Message* message, const FieldDescriptor* field, int index) {
    return index < SizeOf(message, field)
               ? absl::StrCat(message->GetReflection()->GetRepeatedInt32(*message, field, index))
               : "";
  }

  static int SizeOf(const Message* message, const FieldDescriptor* field) {
    return message == nullptr ? 0 : message->GetReflection()->FieldSize(*message, field);
  }

  void CompareNested(const Message* before, const Message* after, const std::string& path) {
    if (before == nullptr && after == nullptr) return;
    const Message& either = before != nullptr ? *before : *after;
    if (either.GetDescriptor() == v1::Date::descriptor()) {
      Add(path, PrintDateOf(before), PrintDateOf(after));
    } else {
      Compare(before, after, path + ".");
    }
  }

  void CompareElements(const Message* before, const Message* after, const FieldDescriptor* field,
                       const std::string& path) {
    const int size = std::max(SizeOf(before, field), SizeOf(after, field));
    for (int i = 0; i < size; ++i) {
      const std::string element = absl::StrCat(path, "[", i, "]");
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        CompareNested(Element(before, field, i), Element(after, field, i), element);
      } else {
        Add(element, PrintElement(before, field, i), PrintElement(after, field, i));
      }
    }
  }

  static std::string PrintDateOf(const Message* date) {
    return date == nullptr ? "" : PrintDate(static_cast<const v1::Date&>(*date));
  }

  void Add(const std::string& path, std::string before, std::string after) {
    if (before == after) return;
    v1::FieldChange& change = changes_.emplace_back();
    change.set_field(path);
    change.set_before(std::move(before));
    change.set_after(std::move(after));
  }

  std::vector<v1::FieldChange> changes_;
};

}  // namespace

v1::Stage StageOf(const v1::Transfer& transfer) {
  if (!AnyDelivered(transfer)) return v1::STAGE_ORDERED;
  if (!transfer.has_number_ordered() || HasUncountedDelivery(transfer)) return v1::STAGE_DELIVERED;
  int64_t units = 0;
  UnitsOf(transfer, &units);
  return units < transfer.number_ordered() ? v1::STAGE_PARTLY_DELIVERED : v1::STAGE_DELIVERED;
}

bool IsEstimated(const v1::Transfer& transfer) {
  return transfer.order_date_is_estimate() ||
         std::any_of(transfer.delivery().begin(), transfer.delivery().end(),
                     [](const v1::Delivery& delivery) {
                       return delivery.number_is_estimate() || delivery.year_is_estimate();
                     });
}

bool UnitsOf(const v1::Transfer& transfer, int64_t* units) {
  bool given = false;
  int64_t sum = 0;
  for (const v1::Delivery& delivery : transfer.delivery()) {
    if (!delivery.has_number()) continue;
    given = true;
    if (__builtin_add_overflow(sum, delivery.number(), &sum)) {
      sum = std::numeric_limits<int64_t>::max();
    }
  }
  if (given) *units = sum;
  return given;
}

v1::TransferRow TransferRowOf(const v1::Transfer& transfer) {
  v1::TransferRow row;
  row.set_deal_id(transfer.deal_id());
  row.set_supplier_name(transfer.supplier().printed_name());
  row.set_recipient_name(transfer.recipient().printed_name());
  row.set_category(transfer.category());
  for (const v1::Delivery& delivery : transfer.delivery()) {
    for (int year : delivery.year()) {
      row.set_first_year(row.first_year() == 0 ? year : std::min(row.first_year(), year));
      row.set_last_year(std::max(row.last_year(), year));
    }
  }
  row.set_order_year(transfer.order_date().year());
  int64_t units = 0;
  if (UnitsOf(transfer, &units)) row.set_units(units);
  row.set_has_uncounted_delivery(HasUncountedDelivery(transfer));
  if (transfer.has_tiv_delivered_thousandths()) {
    row.set_tiv_delivered_thousandths(transfer.tiv_delivered_thousandths());
  }
  if (transfer.has_number_ordered()) row.set_number_ordered(transfer.number_ordered());
  row.set_estimated(IsEstimated(transfer));
  row.set_stage(StageOf(transfer));
  return row;
}

std::vector<v1::FieldChange> DiffTransfers(const v1::Transfer* before, const v1::Transfer* after) {
  TransferDiff diff;
  if (before != nullptr || after != nullptr) diff.Compare(before, after, "");
  return std::move(diff).changes();
}

std::string PrintTiv(int64_t thousandths) {
  const bool negative = thousandths < 0;
  const uint64_t size = negative ? uint64_t{0} - static_cast<uint64_t>(thousandths)
                                 : static_cast<uint64_t>(thousandths);
  std::string text = absl::StrCat(negative ? "-" : "", size / 1000);
  if (size % 1000 == 0) return text;
  std::string decimals = absl::StrCat(size % 1000 + 1000).substr(1);
  decimals.resize(decimals.find_last_not_of('0') + 1);
  return absl::StrCat(text, ".", decimals);
}

}  // namespace dossier
