// What must be appended or voided, for one record, when an edition is loaded late, read anew or
// retracted, so that every other edition still says what it said.
//
// The meaning of a source's editions, in publish order: an edition that holds the record makes it
// present with that content; one whose scope covers the content known just before, and does not
// hold the record, makes it absent; any other leaves it as it was. Replan changes what one
// edition says and keeps this true for all later ones, also for those whose statement was never
// written down because it repeated what was known.
//
// That unwritten statement is read back from the timeline: an edition that covers the content
// known at its stamp, and let it stand, holds it. Where its silence would not have ended the
// content (additions only, or content outside its scope) this cannot be told; so such a statement
// is always written down, also where it repeats what was known.
//
// An absence stands only where content stood before it: one that ends nothing any more is voided,
// lest the next report seem to come back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "storage/view_keys.h"

namespace dossier {

// Content, or its absence. Equal if both are absent, or both present with one digest.
struct Said {
  bool present = false;
  std::string content_digest;
  v1::Facets facets;

  friend bool operator==(const Said& a, const Said& b) {
    return a.present == b.present && (!a.present || a.content_digest == b.content_digest);
  }
};

// The live statement at a stamp (of several, the winner).
struct SaidAt {
  StampKey stamp;
  Said said;
};

// A live edition: its stamp and scope (not owned; outlives the call).
struct EditionAt {
  StampKey stamp;
  const v1::Scope* scope = nullptr;
};

struct RecordPlan {
  struct Step {
    StampKey stamp;
    bool is_void = false;  // void all live statements at the stamp; else append `said` there
    Said said;
  };
  // At most one step a stamp, in publish order.
  std::vector<Step> steps;
};

// `timeline`: the record's live statements, one a stamp, ascending; may hold one at `stamp` (the
// edition is read anew or retracted). `held`: the content that the edition holds for the record;
// nullopt: it does not hold it. Call it for every record that the edition holds, and for every
// known one that it does not hold (when read anew: also those that the old reading let stand).
// `scope`: what it covers; nullptr: the edition is being retracted
// and says nothing. `later`: the live editions after `stamp`, ascending.
RecordPlan Replan(const std::vector<SaidAt>& timeline, const StampKey& stamp,
                  const std::optional<Said>& held, const v1::Scope* scope,
                  const std::vector<EditionAt>& later);

}  // namespace dossier
