// SIPRI's 16-column register by a plain reading that shares nothing with the adapter, and transfers
// printed as such a file prints them, to be held against it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/transfer.pb.h"

namespace dossier {

// Where a cell stands in its row.
enum PlainCell : size_t {
  kRecipientCell,
  kSupplierCell,
  kOrderYearCell,
  kOrderYearMarkCell,
  kOrderedCell,
  kOrderedMarkCell,
  kDesignationCell,
  kDescriptionCell,
  kDeliveredCell,
  kDeliveredMarkCell,
  kYearsCell,
  kStatusCell,
  kCommentCell,
  kUnitTivCell,
  kOrderTivCell,
  kDeliveredTivCell,
  kPlainCells,
};

// In UTF-8; white space is one blank, numbers have no zeros behind a point at their end, years
// stand as "2022; 2023", ascending.
using PlainCells = std::vector<std::string>;

struct PlainDeal {
  uint32_t line = 0;  // where it begins, from 1
  PlainCells cells;

  bool HasDelivery() const { return !cells[kYearsCell].empty(); }
};

// All rows of a file that has no quotes. A line with too few cells goes on on the next.
std::vector<PlainDeal> PlainRegister(std::string_view bytes);

// The row that says what the transfer says. A deal without deliveries has a 0 delivered.
PlainCells PlainCellsOf(const v1::Transfer& transfer);

// The row without its marks of estimates.
PlainCells WithoutMarks(PlainCells cells);

}  // namespace dossier
