// One row of the 16-column layout of SIPRI's register: a deal, with all its deliveries.
//
// Columns and where they go in v1::Transfer; an empty cell leaves its field unset. The three
// columns with a blank heading hold "?" where what stands before them is uncertain:
//
//   Recipient, Supplier                resolved, with the name as printed; required
//   Year of order, [?]                 order_date, a year; order_date_is_estimate
//   Number ordered, [?]                number_ordered; number_ordered_is_estimate
//   Weapon designation, Weapon description
//   Number delivered, [?]              delivery[0].number; delivery[0].number_is_estimate
//   Year(s) of delivery                delivery[0].year: years with ";" between them
//   status                             condition: New, Second hand, Second hand but modernized
//   Comments                           comment
//   SIPRI TIV per unit                 tiv_deal_unit_thousandths
//   SIPRI TIV for total order          tiv_order_thousandths
//   SIPRI TIV of delivered weapons     tiv_delivered_thousandths
//
// One Delivery has all years and the number, which is their total. Years are put in ascending
// order; one that is printed twice (some editions do) stays so. There is no Delivery where no year
// is given and the number is 0 or empty; a "?" behind such a number, which there is no field for,
// is kept as raw text. A number without years is a Delivery without years, years without a number
// one without a number.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dossier/v1/ingest_service.pb.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/csv_cells.h"
#include "services/ingest/sources/sipri_cells.h"

namespace dossier {

enum SipriRegisterColumn : size_t {
  kRegisterRecipient,
  kRegisterSupplier,
  kRegisterOrderYear,
  kRegisterOrderYearMark,
  kRegisterOrdered,
  kRegisterOrderedMark,
  kRegisterDesignation,
  kRegisterDescription,
  kRegisterDelivered,
  kRegisterDeliveredMark,
  kRegisterDeliveryYears,
  kRegisterStatus,
  kRegisterComments,
  kRegisterTivUnit,
  kRegisterTivOrder,
  kRegisterTivDelivered,
  kSipriRegisterColumns,
};

// The headings, in the order of the columns; three are blank.
extern const std::array<std::string_view, kSipriRegisterColumns> kSipriRegisterHeader;
// The same, with names for those three, as rejections have them.
extern const std::array<std::string_view, kSipriRegisterColumns> kSipriRegisterFields;

// Reads one row after the other, and remembers the names it has resolved. One thread at a time.
class SipriRegisterRowReader {
 public:
  // `table` must outlive the reader.
  SipriRegisterRowReader(const ActorTable& table, std::string_view source)
      : parties_(table, source) {}

  // Fills content and raw text of `record` from the cells of `row`, or says what is wrong with the
  // leftmost cell that cannot be read; the record then has what could be.
  std::optional<v1::Rejection> Read(std::string_view row, const std::vector<Cell>& cells,
                                    EditionRecord& record);

 private:
  SipriParties parties_;
};

}  // namespace dossier
