// What a statement is to the one before it in publish order: the one rule, for the fold, a history
// and the changes of a list.
#pragma once

#include <string_view>

#include "dossier/v1/query_service.pb.h"

namespace dossier {

// What a statement says, as far as a verb needs it: a v1::Event, or a v1::StatementRow.
struct Stated {
  bool present = false;
  std::string_view content_digest;
};

// `before`: null where nothing was said.
inline v1::Verb VerbOf(const Stated* before, const Stated& now) {
  if (before == nullptr) return now.present ? v1::VERB_REPORTED : v1::VERB_WITHDRAWN;
  if (before->present == now.present && before->content_digest == now.content_digest) {
    return v1::VERB_REPEATED;
  }
  if (!now.present) return v1::VERB_WITHDRAWN;
  return before->present ? v1::VERB_REVISED : v1::VERB_CAME_BACK;
}

}  // namespace dossier
