// Rows of OFSI's consolidated list on their way to records, whatever the file is: a text or a
// workbook. One thread at a time.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/record_gate.h"
#include "services/ingest/sources/row_groups.h"
#include "services/ingest/sources/uk_ofsi_columns.h"
#include "services/ingest/sources/uk_ofsi_entry.h"

namespace dossier {

inline constexpr char kUkOfsiSource[] = "uk-ofsi";

class UkOfsiTable {
 public:
  using Cells = std::array<std::string_view, kUkOfsiColumns>;

  // `table` must outlive it.
  explicit UkOfsiTable(const ActorTable& table) : groups_(kUkOfsiColumns), entries_(table) {}

  // The day that the list's first line states. InvalidArgument: it is none.
  absl::Status SetLastUpdated(std::string_view printed, uint32_t line);

  // What makes a row unreadable; nullopt: nothing. In kUkGroupId: no record can be its own.
  struct Fault {
    UkOfsiColumn column = kUkGroupId;
    std::string reason;
  };
  std::optional<Fault> FindFault(const Cells& cells) const;
  // Keeps a row without a fault. Not OK: as RowGroups::Add.
  absl::Status Add(const Cells& cells, uint32_t line, uint32_t line_end);
  // Leaves out the record of a row that does not read.
  absl::Status Drop(std::string_view group_id, uint32_t line) {
    return groups_.Drop(group_id, line);
  }
  // Whether a row with this Group ID came.
  bool Has(std::string_view group_id) const { return groups_.Has(group_id); }

  // Hands all records on. `element`: of their locators.
  absl::Status PassAll(std::string_view element, RecordGate& gate);
  EditionFacts Facts() const;

 private:
  RowGroups groups_;
  const UkOfsiEntryReader entries_;
  v1::Date updated_;
};

}  // namespace dossier
