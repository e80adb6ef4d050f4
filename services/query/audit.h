// Digests by which two views prove that they hold the same: AuditService.GetDigests.
//
// The view digest is SHA-256 over all rows in the order of their keys, each as
//
//   row := u32 length, key, u32 length, value        (lengths little-endian)
//
// with these left out, since they differ between logs that hold the same:
//   - of the 'm' position row, all but the sequence; the 'm' log row as a whole;
//   - in 'e' rows, the bytes of the salt are zeros; and of the genesis and of "writer opened", the
//     payload is left out (it holds random ids), header and author stay.
//
// The knowledge digest is SHA-256 over the live statements, by source, record and stamp. Of
// several at one stamp the one that wins counts. One that says what was said right before is left
// out, and so are absences before which nothing was said:
//
//   statement := str source, str record, stamp (as in keys), u8 present, str content digest
//   str       := u32 length, bytes
//
// What the digests do not cover of a statement (who said it, in which edition) can differ between
// two orders of loading the same editions.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "services/query/as_of.h"

namespace dossier {

struct Digests {
  std::string view;       // 32 bytes
  std::string knowledge;  // 32 bytes
  uint64_t rows = 0;      // that the view digest covers
  uint64_t records = 0;   // of which the knowledge digest holds a statement
};

// Reads every row once, through the one cursor; the cut does not matter. Bounded memory.
absl::StatusOr<Digests> DigestRows(AsOf& as_of);

}  // namespace dossier
