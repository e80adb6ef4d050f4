// What one export from SIPRI's arms-transfer database covers: what its preamble claims, held
// against the rows that it has.
//
// Scope: parties and delivery years of the preamble, only with deliveries, since a row always has
// one. Without a preamble: all parties, and the years from the rows' first to their last.
// covers_until: the last day of the rows' last year (which is never past the scope's), but not
// after the day of the stamp. A preamble that promises a year without a row has not shown it.
#pragma once

#include <optional>
#include <string>

#include "dossier/v1/event.pb.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/sipri_deal_row.h"

namespace dossier {

class SipriCoverage {
 public:
  // The first line of the preamble; without this call, there is none.
  void SetScope(v1::Scope scope);
  void SetStamp(v1::PublishStamp stamp) { stamp_ = std::move(stamp); }

  // The cell by which a row (with one delivery of one year) lies outside the preamble's scope.
  struct Outside {
    SipriDealColumn column;
    std::string expected;
  };
  std::optional<Outside> FindOutside(const v1::Transfer& transfer) const;

  // A row that was read.
  void Count(int delivery_year);

  // Sets stamp, scope, covers_until and warnings, once all rows (at least one) are counted.
  void Fill(EditionFacts& facts) const;

 private:
  v1::Date CoversUntil() const;
  // How the rows' years fall short of the preamble's; empty if they do not.
  std::string ShortOfYears() const;

  std::optional<v1::Scope> scope_;
  v1::PublishStamp stamp_;
  int first_year_ = 0;
  int last_year_ = 0;
};

}  // namespace dossier
