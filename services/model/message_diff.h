// Differences of two messages of one type, for people to read.
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/query_service.pb.h"
#include "google/protobuf/message.h"

namespace dossier {

// A row of changes, a field each. Of a repeated field what one side has and the other has not, in
// the order of the content: the n-th that is gone stands beside the n-th that is new. Elements
// print their parts in a row ("passport, 645720381, Russia"). Either side may be null. With
// `ignores_blanks`, texts that differ in white space alone are the same.
std::vector<v1::FieldChange> DiffMessages(const google::protobuf::Message* before,
                                          const google::protobuf::Message* after,
                                          bool ignores_blanks = false);

// An enumerated value in words, less what all of its kind begin with: "low" for NAME_QUALITY_LOW.
std::string PrintEnum(const google::protobuf::EnumValueDescriptor& value);

}  // namespace dossier
