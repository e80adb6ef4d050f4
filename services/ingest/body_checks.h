// What is asked of the content of any analyst's event: what it must give, and what each field that
// it gives must be. A violation names the field, and what was expected.
//
//   BodyChecks checks(table, violations);
//   checks.Everything("event.present.deployment", deployment);
//   checks.Actor("event.present.deployment.sender", deployment.has_sender());
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "dossier/v1/event.pb.h"
#include "services/ingest/field_checks.h"
#include "services/model/actors.h"

namespace dossier {

// Of a repeated field, at most.
inline constexpr int kElementsMax = 200;

class BodyChecks {
 public:
  // Both must outlive this.
  BodyChecks(const ActorTable& table, FieldChecks& fields) : table_(table), fields_(fields) {}

  // What holds of every field that is set, however deep: lengths, dates, values and actors that are
  // known.
  void Everything(const std::string& path, const google::protobuf::Message& message);

  void Expect(bool holds, std::string_view field, std::string_view reason) {
    fields_.Expect(holds, field, reason);
  }
  FieldChecks& fields() { return fields_; }

  // A text for which the bound of any text is too wide.
  void Short(const std::string& field, const std::string& text, size_t bytes_max);
  // An actor must be given.
  void Actor(const std::string& field, bool is_set);
  // The actor is not the other one, as far as both are given.
  void Differ(const std::string& field, const v1::ActorRef& actor, const v1::ActorRef& other);
  // What is said of it: an id or a name, and that of an actor that can be.
  void ActorRef(const std::string& field, const v1::ActorRef& actor);
  // The kind of an actor that is known by its id, or by its name to the table; else UNSPECIFIED.
  v1::ActorKind KindOfActor(const v1::ActorRef& actor) const;
  // "PREFIX:NAME".
  void TreatyId(const std::string& field, const std::string& id);
  // A time does not end before it begins: partial dates are windows, which may overlap.
  void Period(const std::string& to_field, const v1::Date& from, const v1::Date& to);

 private:
  void Value(const std::string& at, const google::protobuf::Message& message,
             const google::protobuf::FieldDescriptor* field, int index);
  std::string IdOf(const v1::ActorRef& actor) const;

  const ActorTable& table_;
  FieldChecks& fields_;
};

// Calls `check` with "FIELD[i]" and the element, of those that can be looked at.
template <typename Elements, typename Check>
void ForEachElement(const std::string& field, const Elements& elements, const Check& check) {
  for (int i = 0; i < std::min(elements.size(), kElementsMax); ++i) {
    check(absl::StrCat(field, "[", i, "]"), elements.Get(i));
  }
}

}  // namespace dossier
