// The bytes of every edition, kept beside ingest under their SHA-256, so that any locator can be
// shown in the original and read again by a better adapter.
//
//   auto archive = Archive::Open(dir);
//   auto spool = archive->NewSpool();
//   (*spool)->Write(bytes);            // any number of times; memory stays bounded
//   auto digest = (*spool)->Keep();    // safe on disk from here on; without Keep, nothing stays
//   archive->Read(digest, take);
//
// File format: DIR/ab/cdef... (the digest as hexadecimal, its first two digits the folder) with
// ".zst" at the end: one zstd frame (RFC 8878) of the bytes. Files are written under a temporary
// name and a lock (flock), synced and renamed, so that a file that bears its name is whole. Safe
// for use by several threads; a spool by one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dossier {

// The largest edition that is taken.
inline constexpr uint64_t kEditionBytesMax = uint64_t{256} << 20;

class Archive {
 public:
  // Bytes on their way in.
  class Spool {
   public:
    virtual ~Spool() = default;

    // ResourceExhausted: over kEditionBytesMax. Unavailable: the disk refuses.
    virtual absl::Status Write(std::string_view bytes) = 0;
    // Ends the bytes: their SHA-256. Writes after it are refused.
    virtual absl::StatusOr<std::string> Digest() = 0;
    // Ends the bytes and keeps them under their digest, which it returns. Where the archive has
    // them already there is nothing to do.
    virtual absl::StatusOr<std::string> Keep() = 0;
    virtual uint64_t size() const = 0;
  };

  // Makes the folder where it is missing, and removes what loads that were killed left behind; a
  // load under way, of this process or another, is left alone. Unavailable: it cannot be made or
  // written.
  static absl::StatusOr<Archive> Open(const std::string& dir);

  // Unavailable: the disk refuses.
  absl::StatusOr<std::unique_ptr<Spool>> NewSpool() const;

  // Hands over the bytes in pieces. They are proven to be the right ones only when it returns OK.
  // NotFound: not archived. DataLoss: damaged. Else the first status of `take` that is not OK.
  absl::Status Read(std::string_view digest,
                    const std::function<absl::Status(std::string_view bytes)>& take) const;

 private:
  explicit Archive(std::string dir) : dir_(std::move(dir)) {}

  std::string dir_;
};

}  // namespace dossier
