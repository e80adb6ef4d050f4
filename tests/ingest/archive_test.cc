#include "services/ingest/archive.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "services/model/event_id.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

class ArchiveTest : public testing::Test {
 protected:
  std::string Keep(std::string_view bytes) {
    auto spool = archive_.NewSpool();
    EXPECT_TRUE(spool.ok()) << spool.status();
    EXPECT_TRUE((*spool)->Write(bytes).ok());
    auto digest = (*spool)->Keep();
    EXPECT_TRUE(digest.ok()) << digest.status();
    return digest.value_or("");
  }

  absl::Status Read(const std::string& digest, std::string* bytes) {
    return archive_.Read(digest, [&](std::string_view piece) {
      bytes->append(piece);
      return absl::OkStatus();
    });
  }

  size_t Files() {
    size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(dir_.path())) {
      files += entry.is_regular_file();
    }
    return files;
  }

  fs::path OnlyFile() {
    for (const auto& entry : fs::recursive_directory_iterator(dir_.path())) {
      if (entry.is_regular_file()) return entry.path();
    }
    return {};
  }

  TempDir dir_;
  Archive archive_ = *Archive::Open(dir_.path() + "/archive");
};

TEST_F(ArchiveTest, BytesComeBackUnderTheirDigest) {
  std::string large;
  for (int i = 0; i < 200'000; ++i) large += std::to_string(i * 7919 % 10'007) + "\n";
  for (const std::string& bytes : {std::string(), std::string("a,b\n"), large}) {
    const std::string digest = Keep(bytes);
    EXPECT_EQ(digest, Sha256(bytes));
    std::string read;
    ASSERT_TRUE(Read(digest, &read).ok());
    EXPECT_EQ(read, bytes);
  }
}

TEST_F(ArchiveTest, FolderAndNameAreTheDigest) {
  const std::string hex = Hex(Keep("a,b\n"));
  EXPECT_TRUE(
      fs::exists(dir_.path() + "/archive/" + hex.substr(0, 2) + "/" + hex.substr(2) + ".zst"));
}

TEST_F(ArchiveTest, TheSameBytesAreKeptOnce) {
  Keep("a,b\n");
  Keep("a,b\n");
  EXPECT_EQ(Files(), 1u);
}

TEST_F(ArchiveTest, WithoutKeepNothingStays) {
  {
    auto spool = archive_.NewSpool();
    ASSERT_TRUE(spool.ok());
    ASSERT_TRUE((*spool)->Write("a,b\n").ok());
    EXPECT_EQ(*(*spool)->Digest(), Sha256("a,b\n"));
  }
  EXPECT_EQ(Files(), 0u);
}

TEST_F(ArchiveTest, OpeningRemovesWhatKilledLoadsLeft) {
  Keep("a,b\n");
  std::ofstream(dir_.path() + "/archive/incoming-Ab3dEf") << "half an edition";
  EXPECT_EQ(Files(), 2u);
  ASSERT_TRUE(Archive::Open(dir_.path() + "/archive").ok());
  EXPECT_EQ(Files(), 1u);
}

TEST_F(ArchiveTest, OpeningLeavesALoadUnderWayAlone) {
  auto spool = archive_.NewSpool();
  ASSERT_TRUE(spool.ok());
  ASSERT_TRUE((*spool)->Write("a,b\n").ok());
  ASSERT_TRUE(Archive::Open(dir_.path() + "/archive").ok());
  auto digest = (*spool)->Keep();
  ASSERT_TRUE(digest.ok()) << digest.status();
  std::string read;
  EXPECT_TRUE(Read(*digest, &read).ok());
  EXPECT_EQ(read, "a,b\n");
}

TEST_F(ArchiveTest, AnUnknownDigestIsNotFound) {
  std::string read;
  EXPECT_TRUE(absl::IsNotFound(Read(Sha256("never"), &read)));
  EXPECT_TRUE(absl::IsInvalidArgument(Read("short", &read)));
}

TEST_F(ArchiveTest, DamageIsDataLoss) {
  const std::string digest = Keep("a,b\nc,d\n");
  const fs::path file = OnlyFile();
  const auto size = fs::file_size(file);
  std::string read;

  fs::resize_file(file, size - 1);
  EXPECT_TRUE(absl::IsDataLoss(Read(digest, &read)));
  std::ofstream(file, std::ios::trunc) << "no zstd at all";
  EXPECT_TRUE(absl::IsDataLoss(Read(digest, &read)));
  fs::resize_file(file, 0);
  EXPECT_TRUE(absl::IsDataLoss(Read(digest, &read)));
}

TEST_F(ArchiveTest, OtherBytesUnderTheNameAreDataLoss) {
  const std::string digest = Keep("a,b\n");
  const fs::path file = OnlyFile();
  const std::string hex = Hex(Keep("other\n"));
  fs::copy_file(dir_.path() + "/archive/" + hex.substr(0, 2) + "/" + hex.substr(2) + ".zst", file,
                fs::copy_options::overwrite_existing);
  std::string read;
  EXPECT_TRUE(absl::IsDataLoss(Read(digest, &read)));
}

TEST_F(ArchiveTest, TheReaderCanStop) {
  const std::string digest = Keep("a,b\n");
  EXPECT_TRUE(absl::IsCancelled(
      archive_.Read(digest, [](std::string_view) { return absl::CancelledError("enough"); })));
}

TEST_F(ArchiveTest, TooManyBytesAreRefused) {
  auto spool = archive_.NewSpool();
  ASSERT_TRUE(spool.ok());
  const std::string megabytes(size_t{16} << 20, 'x');
  for (uint64_t written = 0; written < kEditionBytesMax; written += megabytes.size()) {
    ASSERT_TRUE((*spool)->Write(megabytes).ok());
  }
  EXPECT_TRUE(absl::IsResourceExhausted((*spool)->Write("x")));
}

TEST_F(ArchiveTest, WritesAfterTheEndAreRefused) {
  auto spool = archive_.NewSpool();
  ASSERT_TRUE(spool.ok());
  ASSERT_TRUE((*spool)->Keep().ok());
  EXPECT_TRUE(absl::IsFailedPrecondition((*spool)->Write("x")));
}

}  // namespace
}  // namespace dossier
