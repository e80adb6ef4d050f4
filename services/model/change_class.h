// What a revision is about: the classes of v1::ChangeClass.
#pragma once

#include <span>
#include <vector>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/query_service.pb.h"
#include "dossier/v1/transfer.pb.h"

namespace dossier {

// The classes of the change from `before` to `after`, ascending, each once; by the rules in
// transfer.proto. Empty: they say the same. Of what is no transfer, or where one of the two has no
// content, only REPARSED is told. Two transfers have classes if and only if DiffEvents finds a
// difference.
std::vector<v1::ChangeClass> ClassesOf(const v1::Event& before, const v1::Event& after);

// The same by whoever has the differences already: `changes` is DiffEvents(before, after) where
// both have content, and else is not looked at.
std::vector<v1::ChangeClass> ClassesOf(const v1::Event& before, const v1::Event& after,
                                       std::span<const v1::FieldChange> changes);

}  // namespace dossier
