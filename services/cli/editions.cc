#include "services/cli/editions.h"

#include <optional>

#include "services/model/event_id.h"

namespace dossier {
namespace {

constexpr int kPageSize = 1'000;
constexpr size_t kPrefixMin = 4;

}  // namespace

absl::StatusOr<v1::Edition> FindEdition(const Session& session, v1::QueryService::Stub& query,
                                        const std::string& id_prefix) {
  if (id_prefix.size() < kPrefixMin ||
      id_prefix.find_first_not_of("0123456789abcdef") != std::string::npos) {
    return absl::InvalidArgumentError(
        "expected an edition's id, or at least the first 4 of its digits, as \"editions\" lists "
        "it");
  }
  v1::ListEditionsRequest request;
  request.set_page_size(kPageSize);
  std::optional<v1::Edition> found;
  do {
    const auto page = Ask(session, query, &v1::QueryService::Stub::ListEditions, request);
    if (!page.ok()) return page.status();
    for (const v1::Edition& edition : page->edition()) {
      if (Hex(edition.loaded().edition_id()).rfind(id_prefix, 0) != 0) continue;
      if (found.has_value() && found->loaded().edition_id() != edition.loaded().edition_id()) {
        return absl::InvalidArgumentError("more than one edition's id begins like this");
      }
      found = edition;
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  if (!found.has_value()) return absl::NotFoundError("no edition has this id");
  return *found;
}

}  // namespace dossier
