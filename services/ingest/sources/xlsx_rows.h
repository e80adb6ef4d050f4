// The rows of a workbook's first sheet (Office Open XML, ECMA-376), out of its bytes.
//
// Hardened against what comes from outside: at most 64 MiB as it is, 256 MiB unpacked (and beyond
// 16 MiB no more than 100 times its size), 10,000 parts, 1,000,000 shared strings, 16,384 columns,
// 256 MiB of shared strings in the cells of the sheet, each cell counted; its XML is read as
// xml_records.h has it, without document types. No file is written or opened.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace dossier {

inline constexpr size_t kXlsxBytesMax = size_t{64} << 20;

// Valid during the visit.
struct XlsxRow {
  uint32_t number = 0;  // from 1
  // From column A on; what is missing is empty. Numbers and dates are as they are stored.
  std::vector<std::string_view> cells;
  std::vector<std::string_view> trimmed;  // the same without white space at their ends
};

// Whether a file's first bytes are those of a zip archive, which a workbook is.
bool IsZip(std::string_view first_bytes);
// Whether they also name a part of a workbook.
bool IsXlsx(std::string_view first_bytes);

// Visits the rows of the first sheet in their order; rows without a cell may be left out. Not OK:
// the visit's status; InvalidArgument "workbook: PART: ...": it is damaged, encrypted or no
// workbook; ResourceExhausted: over a limit.
absl::Status ReadXlsxRows(std::string_view workbook,
                          const std::function<absl::Status(const XlsxRow& row)>& visit);

}  // namespace dossier
