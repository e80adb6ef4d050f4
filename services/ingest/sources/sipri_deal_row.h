// One row of the 17-column export of SIPRI's arms-transfer database: what a deal delivered in one
// year.
//
// The record's key is "DEAL/YEAR": the deal's number and the delivery year. Both are the source's
// own and survive every cosmetic edit; no deal has two rows for one year.
//
// Columns and where they go in v1::Transfer; an empty cell leaves its field unset:
//
//   SIPRI AT Database ID              deal_id, a whole number of at most 12 digits; required
//   Supplier, Recipient               resolved, with the name as printed; required
//   Designation, Description, Armament category
//   Order date                        order_date, a year
//   Order date is estimate            Yes or No, as all flags
//   Numbers delivered                 delivery[0].number
//   Numbers delivered is estimate
//   Delivery year                     delivery[0].year; required
//   Delivery year is estimate
//   Status                            condition: New, Second hand, Second hand but modernized
//   SIPRI estimate                    tiv_new_unit_thousandths: TIV of one such unit, new
//   TIV deal unit                     tiv_deal_unit_thousandths
//   TIV delivery values               tiv_delivered_thousandths
//   Local production                  Yes or No
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/ingest_service.pb.h"
#include "dossier/v1/transfer.pb.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/ingest/sources/sipri_cells.h"

namespace dossier {

enum SipriDealColumn : size_t {
  kDealId,
  kSupplier,
  kRecipient,
  kDesignation,
  kDescription,
  kCategory,
  kOrderDate,
  kOrderDateIsEstimate,
  kNumber,
  kNumberIsEstimate,
  kDeliveryYear,
  kDeliveryYearIsEstimate,
  kStatus,
  kTivNewUnit,
  kTivDealUnit,
  kTivDelivered,
  kLocalProduction,
  kSipriDealColumns,
};

// The headings, in the order of the columns.
extern const std::array<std::string_view, kSipriDealColumns> kSipriDealHeader;

// What names a row within its edition.
struct SipriDealKey {
  uint64_t deal = 0;  // below 10^12
  int year = 0;       // 1900 to 2100

  std::string Text() const;                              // "32502/2001"
  uint64_t Packed() const { return deal << 16 | year; }  // one number for each key
};

// The key, where both of its cells can be read.
std::optional<SipriDealKey> SipriDealKeyOf(const std::vector<Cell>& cells);

// Reads one row after the other, and remembers the names it has resolved. One thread at a time.
class SipriDealRowReader {
 public:
  // `table` must outlive the reader.
  SipriDealRowReader(const ActorTable& table, std::string_view source) : parties_(table, source) {}

  // Fills `transfer` from the cells of `line`, or says what is wrong with the leftmost cell that
  // cannot be read.
  std::optional<v1::Rejection> Read(std::string_view line, const std::vector<Cell>& cells,
                                    v1::Transfer& transfer);

 private:
  SipriParties parties_;
};

}  // namespace dossier
