#include "services/cli/editions.h"

#include <optional>
#include <utility>

#include "services/model/event_id.h"
#include "services/model/scope.h"
#include "storage/view_keys.h"

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

absl::StatusOr<std::vector<v1::Edition>> LiveEditionsAt(const Session& session,
                                                        v1::QueryService::Stub& query,
                                                        const v1::AnsweredAt& answered_at,
                                                        const std::string& source) {
  v1::ListEditionsRequest request;
  v1::Cut& cut = *request.mutable_read_at()->mutable_cut();
  cut = answered_at.cut();
  if (answered_at.sequence() != 0) cut.set_sequence(answered_at.sequence());
  request.set_source(source);
  request.set_page_size(kPageSize);
  std::vector<v1::Edition> live;
  do {
    auto page = Ask(session, query, &v1::QueryService::Stub::ListEditions, request);
    if (!page.ok()) return page.status();
    for (v1::Edition& edition : *page->mutable_edition()) {
      if (edition.state() == v1::EDITION_STATE_LIVE) live.push_back(std::move(edition));
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return live;
}

const v1::Edition* LastToReport(const std::vector<v1::Edition>& live,
                                const v1::TransferRecord& record) {
  v1::Present present;
  *present.mutable_transfer() = record.transfer();
  const v1::Facets facets = FacetsOf(present);
  const StampKey said = StampKeyOf(record.stamp());
  for (auto edition = live.rbegin(); edition != live.rend(); ++edition) {
    const v1::EditionLoaded& loaded = edition->loaded();
    if (StampKeyOf(loaded.stamp()) < said) return nullptr;
    if (loaded.edition_id() == record.edition_id()) return &*edition;
    // It would have said so, were the record gone.
    if (SilenceEnds(loaded.scope(), facets)) return &*edition;
  }
  return nullptr;
}

}  // namespace dossier
