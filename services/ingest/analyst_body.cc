#include "services/ingest/analyst_body.h"

#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/ingest/analyst_sanction.h"
#include "services/ingest/analyst_ties.h"
#include "services/ingest/analyst_transfer.h"
#include "services/ingest/body_checks.h"

namespace dossier {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

void FillActor(const ActorTable& table, const std::string& source, v1::ActorRef& actor) {
  if (actor.id().empty()) {
    if (!actor.printed_name().empty()) actor.set_id(table.Resolve(source, actor.printed_name()));
    return;
  }
  const v1::Actor* known = table.Find(actor.id());
  if (known == nullptr) return;
  if (actor.printed_name().empty()) actor.set_printed_name(known->name());
  actor.set_id(known->id());
}

// Every actor that is given, however deep.
void FillActors(const ActorTable& table, const std::string& source, Message& message) {
  if (message.GetDescriptor() == v1::ActorRef::descriptor()) {
    return FillActor(table, source, static_cast<v1::ActorRef&>(message));
  }
  std::vector<const FieldDescriptor*> set;
  const Reflection& reflection = *message.GetReflection();
  reflection.ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      FillActors(table, source, *reflection.MutableMessage(&message, field));
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      FillActors(table, source, *reflection.MutableRepeatedMessage(&message, field, i));
    }
  }
}

}  // namespace

void CheckAnalystBody(const v1::Present& present, const ActorTable& table, FieldChecks& fields) {
  BodyChecks checks(table, fields);
  switch (present.body_case()) {
    case v1::Present::kTransfer:
      return CheckBody(present.transfer(), checks);
    case v1::Present::kSanction:
      return CheckBody(present.sanction(), checks);
    case v1::Present::kLink:
      return CheckBody(present.link(), checks);
    case v1::Present::kIdentityClaim:
      return CheckBody(present.identity_claim(), checks);
    case v1::Present::kTreaty:
      return CheckBody(present.treaty(), checks);
    case v1::Present::kMembership:
      return CheckBody(present.membership(), checks);
    case v1::Present::kDeployment:
      return CheckBody(present.deployment(), checks);
    case v1::Present::kIndicator:
      return CheckBody(present.indicator(), checks);
    case v1::Present::kDealing:
      return CheckBody(present.dealing(), checks);
    case v1::Present::BODY_NOT_SET:
      checks.Expect(false, "event.present",
                    "is empty, expected a transfer, sanction, link, identity claim, treaty, "
                    "membership, deployment, indicator or dealing");
  }
}

void FillAnalystBody(const ActorTable& table, const std::string& source, v1::Present& present) {
  FillActors(table, source, present);
  if (present.has_sanction() && present.sanction().part() == v1::SANCTION_PART_UNSPECIFIED) {
    present.mutable_sanction()->set_part(v1::SANCTION_PART_ENTRY);
  }
}

}  // namespace dossier
