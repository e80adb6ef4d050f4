// Which cells of a record are filled, and a warning where an edition fills a column much more or
// less than what was known of the same records before it: a sign of a changed layout or a mangled
// file rather than of changed facts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "dossier/v1/event.pb.h"

namespace dossier {

inline constexpr size_t kColumns = 14 + 13;  // of transfers, of sanctions

// A bit for each column, set where the record's cell is filled (a flag: where it says yes).
uint32_t FilledColumns(const v1::Present& present);

class FillRates {
 public:
  // A record that the edition holds, and that was known before.
  void Count(uint32_t filled_before, uint32_t filled_now);

  // One warning a column whose share of filled cells differs by more than 20 percentage points;
  // none for fewer than 20 records.
  std::vector<std::string> Warnings() const;

 private:
  uint64_t records_ = 0;
  std::array<uint64_t, kColumns> before_{};
  std::array<uint64_t, kColumns> now_{};
};

}  // namespace dossier
