#include "services/query/transfer_change_filter.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/query/field_error.h"
#include "services/query/named_actors.h"

namespace dossier {
namespace {

constexpr ValueSet kVerbs = 1 << v1::VERB_REPORTED | 1 << v1::VERB_REVISED |
                            1 << v1::VERB_WITHDRAWN | 1 << v1::VERB_CAME_BACK;
static_assert(v1::ChangeClass_ARRAYSIZE <= 32 && v1::Verb_ARRAYSIZE <= 32);

absl::StatusOr<ValueSet> VerbsOf(const v1::TransferChangeFilter& filter) {
  ValueSet verbs = 0;
  for (int i = 0; i < filter.verb_size(); ++i) {
    const int verb = filter.verb(i);
    if (verb < 0 || verb >= v1::Verb_ARRAYSIZE || (kVerbs & SetOf(verb)) == 0) {
      return InvalidField(
          absl::StrCat("filter.verb[", i, "]"),
          absl::StrCat(verb, "; expected one of REPORTED, REVISED, WITHDRAWN and CAME_BACK"));
    }
    verbs |= SetOf(verb);
  }
  return verbs;
}

absl::StatusOr<ValueSet> ClassesOf(const v1::TransferChangeFilter& filter) {
  ValueSet classes = 0;
  for (int i = 0; i < filter.change_class_size(); ++i) {
    const int value = filter.change_class(i);
    if (value <= v1::CHANGE_CLASS_UNSPECIFIED || value >= v1::ChangeClass_ARRAYSIZE) {
      return InvalidField(
          absl::StrCat("filter.change_class[", i, "]"),
          absl::StrCat(value, "; expected a class of 1 to ", v1::ChangeClass_ARRAYSIZE - 1));
    }
    classes |= SetOf(value);
  }
  if (filter.no_other_class() && classes == 0) {
    return InvalidField("filter.no_other_class", "set without change_class, which it is about");
  }
  return classes;
}

}  // namespace

absl::StatusOr<TransferChangeFilter> TransferChangeFilter::Open(
    AsOf& as_of, const ActorTable& table, const v1::TransferChangeFilter& filter) {
  auto verbs = VerbsOf(filter);
  if (!verbs.ok()) return verbs.status();
  auto classes = ClassesOf(filter);
  if (!classes.ok()) return classes.status();
  auto actors = ResolveActors(as_of, table,
                              {{"filter.supplier", filter.supplier()},
                               {"filter.recipient", filter.recipient()},
                               {"filter.actor", filter.actor()}});
  if (!actors.ok()) return actors.status();
  TransferChangeFilter opened;
  opened.selection_ = {(*actors)[0], (*actors)[1], (*actors)[2]};
  opened.verbs_ = *verbs;
  opened.classes_ = *classes;
  opened.no_other_class_ = filter.no_other_class();
  return opened;
}

bool TransferChangeFilter::ClassesFit(ValueSet classes) const {
  if (classes_ == 0) return true;
  if (classes == 0) return verbs_ != 0;
  return (classes & classes_) != 0 && (!no_other_class_ || (classes & ~classes_) == 0);
}

}  // namespace dossier
