// What one export from SIPRI's arms-transfer database covers: what its preamble claims, held
// against the rows that it has.
//
// Scope. Parties and delivery years are those of the preamble. Deals without deliveries are in it
// exactly if a row has none: preambles say "deliveries made" of exports with and without such
// deals, so that the content decides, and a warning tells where the two disagree.
//
// Scope without a preamble. An export is what somebody chose of the register, parties and years
// among it; the choice is not told, but it held at least what the rows show. So the silence of a
// table of deals counts only between suppliers that it names and recipients that it names, and for
// deals whose deliveries all lie between its rows' first and last year. (Wider, a table of one
// region would end the deals of all others.) Of the table with a row for each delivery year, whose
// records are years of deals: all parties, and those years.
//
// covers_until: the last day of the rows' last delivery year (of their last order year, where no
// row has a delivery), but not after the day of the stamp. A preamble that promises a year without
// a row has not shown it.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "dossier/v1/event.pb.h"
#include "services/ingest/edition_reader.h"

namespace dossier {

// What a row of the table is.
enum class SipriRowIs { kDeliveriesOfAYear, kDeal };

class SipriCoverage {
 public:
  explicit SipriCoverage(SipriRowIs row_is) : row_is_(row_is) {}

  // As ReadSipriScope has it; without this call, there is no preamble.
  void SetScope(v1::Scope scope) { scope_ = std::move(scope); }
  void SetStamp(v1::PublishStamp stamp) { stamp_ = std::move(stamp); }

  // That by which a row lies outside the preamble's scope. Without deliveries, no year does.
  enum class Side { kSupplier, kRecipient, kDeliveryYears };
  struct Outside {
    Side side;
    std::string expected;
  };
  std::optional<Outside> FindOutside(const v1::Transfer& transfer) const;

  // A row that was read.
  void Count(const v1::Transfer& transfer);

  // Sets stamp, scope, covers_until and warnings, once all rows (at least one) are counted.
  void Fill(EditionFacts& facts) const;

 private:
  v1::Date CoversUntil() const;
  void FillFromPreamble(EditionFacts& facts) const;
  void FillFromRows(EditionFacts& facts) const;
  // How the preamble and the rows disagree about deals without deliveries; empty if they do not.
  std::string DisagreementOnDeliveries() const;
  // How the rows' years fall short of the preamble's; empty if they do not.
  std::string ShortOfYears() const;
  // Whether the preamble leaves out years of deliveries.
  bool LimitsYears() const;

  const SipriRowIs row_is_;
  std::optional<v1::Scope> scope_;
  v1::PublishStamp stamp_;
  int first_year_ = 0;
  int last_year_ = 0;
  int last_order_year_ = 0;
  uint32_t without_delivery_ = 0;
  std::set<std::string> suppliers_;  // of the rows; only where there is no preamble
  std::set<std::string> recipients_;
};

}  // namespace dossier
