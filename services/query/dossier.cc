#include "services/query/dossier.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/model/dates.h"
#include "services/query/dossier_ties.h"
#include "services/query/entry_reader.h"
#include "services/query/live_editions.h"
#include "services/query/named_actors.h"
#include "services/query/place_scan.h"
#include "services/query/sanctions_query.h"
#include "services/query/trade_summary.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kPredecessorsMax = 64;

// What is the same in every actor's dossier: read once a request.
struct SourceAtCut {
  std::string source;
  v1::SourceDossier head;  // edition, coverage
};

// Whether the source has editions in the view, whichever of them count at the cut.
absl::StatusOr<bool> HasEditions(AsOf& as_of, const std::string& source) {
  const std::string prefix = KeyBuilder(kEditionRow).Text(source).Take();
  RowCursor& rows = as_of.rows();
  rows.Seek(prefix);
  if (!rows.status().ok()) return rows.status();
  return rows.Valid() && rows.key().starts_with(prefix);
}

// Whether a source without a live edition has said anything. What editions say stands and falls
// with them: their statements need not be looked through.
absl::StatusOr<bool> SpokeWithoutEdition(AsOf& as_of, const std::string& source) {
  auto has_editions = HasEditions(as_of, source);
  if (!has_editions.ok()) return has_editions;
  if (*has_editions) return false;
  return HasStatements(as_of, source);
}

absl::StatusOr<std::vector<SourceAtCut>> SourcesAtCut(AsOf& as_of) {
  auto sources = SourcesInView(as_of);
  if (!sources.ok()) return sources.status();
  std::vector<SourceAtCut> at_cut;
  for (std::string& source : *sources) {
    auto live = LiveEditions(as_of, source);
    if (!live.ok()) return live.status();
    if (live->empty()) {
      auto spoke = SpokeWithoutEdition(as_of, source);
      if (!spoke.ok()) return spoke.status();
      if (!*spoke) continue;
    }
    SourceAtCut& added = at_cut.emplace_back();
    added.head.set_source(source);
    for (std::string& scope : CoverageOf(*live)) added.head.add_coverage(std::move(scope));
    if (const v1::Date until = CoversUntil(*live); until.year() != 0) {
      *added.head.mutable_covers_until() = until;
    }
    if (!live->empty()) *added.head.mutable_edition() = std::move(live->back());
    added.source = std::move(source);
  }
  return at_cut;
}

absl::Status AddAsSupplier(AsOf& as_of, const std::string& source, const std::string& actor,
                           TradeSum* sum) {
  return ScanPlaces(as_of, {source, actor, ""}, "", [&](const PlacedTransfer& placed) {
    sum->Add(placed);
    return true;
  });
}

absl::Status AddAsRecipient(AsOf& as_of, const std::string& source, const std::string& actor,
                            TradeSum* sum) {
  auto suppliers = SuppliersOf(as_of, source, actor);
  if (!suppliers.ok()) return suppliers.status();
  for (const std::string& supplier : *suppliers) {
    absl::Status scanned =
        ScanPlaces(as_of, {source, supplier, actor}, "", [&](const PlacedTransfer& placed) {
          sum->Add(placed);
          return true;
        });
    if (!scanned.ok()) return scanned;
  }
  return absl::OkStatus();
}

// What is the same in every source's part of an actor's dossier.
struct ActorAtCut {
  const std::string& id;
  const TieCounter::Counts& ties;
};

absl::Status AddSource(AsOf& as_of, EntryReader& entries, const SourceAtCut& at_cut,
                       const ActorAtCut& actor, v1::Dossier* dossier) {
  TradeSum sold(Direction::kAsSupplier, as_of.effective_year());
  TradeSum bought(Direction::kAsRecipient, as_of.effective_year());
  if (absl::Status s = AddAsSupplier(as_of, at_cut.source, actor.id, &sold); !s.ok()) return s;
  if (absl::Status s = AddAsRecipient(as_of, at_cut.source, actor.id, &bought); !s.ok()) return s;
  v1::SourceDossier& part = *dossier->add_source();
  part = at_cut.head;
  int last_year = std::max(sold.newest_year(), bought.newest_year());
  if (part.covers_until().year() != 0) last_year = part.covers_until().year();
  if (as_of.has_effective_date()) last_year = as_of.effective_year();
  if (!sold.empty()) sold.Finish(last_year, part.mutable_as_supplier());
  if (!bought.empty()) bought.Finish(last_year, part.mutable_as_recipient());
  auto sanctions = CountSanctions(as_of, entries, at_cut.source, actor.id);
  if (!sanctions.ok()) return sanctions.status();
  part.set_sanctions_on(sanctions->on);
  part.set_sanctions_by(sanctions->by);
  if (const auto ties = actor.ties.find(at_cut.source); ties != actor.ties.end()) {
    part.MergeFrom(ties->second);
  }
  return absl::OkStatus();
}

// The actor, then its predecessors, nearest first, each once.
std::vector<v1::Actor> WithPredecessors(const ActorTable& table, v1::Actor first, bool include) {
  std::vector<v1::Actor> actors = {std::move(first)};
  for (size_t i = 0; include && i < actors.size(); ++i) {
    const std::vector<std::string> ids(actors[i].predecessor().begin(),
                                       actors[i].predecessor().end());
    for (const std::string& id : ids) {
      const bool known = std::any_of(actors.begin(), actors.end(),
                                     [&](const v1::Actor& actor) { return actor.id() == id; });
      const v1::Actor* predecessor = table.Find(id);
      if (known || predecessor == nullptr || actors.size() >= kPredecessorsMax) continue;
      actors.push_back(*predecessor);
    }
  }
  return actors;
}

}  // namespace

absl::StatusOr<v1::GetDossierResponse> GetDossier(AsOf& as_of, const ActorTable& table,
                                                  const v1::GetDossierRequest& request) {
  auto actor = ResolveActor(as_of, table, request.actor(), "actor");
  if (!actor.ok()) return actor.status();
  auto sources = SourcesAtCut(as_of);
  if (!sources.ok()) return sources.status();
  v1::GetDossierResponse response;
  EntryReader entries(as_of);
  TieCounter ties(as_of);
  *response.mutable_answered_at() = as_of.answered_at();
  for (v1::Actor& one :
       WithPredecessors(table, *std::move(actor), request.include_predecessors())) {
    v1::Dossier& dossier = *response.add_dossier();
    *dossier.mutable_actor() = std::move(one);
    auto counts = ties.Count(dossier.actor().id());
    if (!counts.ok()) return counts.status();
    const ActorAtCut actor_at_cut{dossier.actor().id(), *counts};
    for (const SourceAtCut& source : *sources) {
      if (absl::Status s = AddSource(as_of, entries, source, actor_at_cut, &dossier);
          !s.ok()) {
        return s;
      }
    }
  }
  return response;
}

}  // namespace dossier
