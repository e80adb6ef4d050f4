// Differences of two messages of one type, for people to read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/query_service.pb.h"
#include "google/protobuf/message.h"

namespace dossier {

// A row of changes, a field each; of a repeated field the elements that one side has and the other
// has not (DiffSanctions in sanctions.h has the rule). Either side may be null. `path` stands
// before each field's name.
std::vector<v1::FieldChange> DiffMessages(const google::protobuf::Message* before,
                                          const google::protobuf::Message* after,
                                          std::string_view path);

// An enumerated value in words, less what all of its kind begin with: "low" for NAME_QUALITY_LOW.
std::string PrintEnum(const google::protobuf::EnumValueDescriptor& value);

}  // namespace dossier
