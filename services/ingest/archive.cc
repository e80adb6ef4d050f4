#include "services/ingest/archive.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

constexpr int kCompressionLevel = 3;
constexpr size_t kDigestBytes = 32;
constexpr size_t kReadBytes = size_t{64} << 10;
constexpr char kIncoming[] = "incoming-";
constexpr int kSpoolAttempts = 10;

absl::Status DiskError(std::string_view what, const std::string& path) {
  return absl::UnavailableError(
      absl::StrCat("archive: cannot ", std::string(what), " ", path, ": ", std::strerror(errno)));
}

// A file descriptor, closed with its owner.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int fd() const { return fd_; }

 private:
  const int fd_;
};

// SHA-256 of bytes that come in pieces.
class Digester {
 public:
  Digester() : state_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    CHECK_EQ(EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr), 1);
  }
  void Add(std::string_view bytes) {
    CHECK_EQ(EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size()), 1);
  }
  std::string Finish() {
    std::string digest(kDigestBytes, '\0');
    CHECK_EQ(
        EVP_DigestFinal_ex(state_.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr),
        1);
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state_;
};

std::string FolderOf(const std::string& dir, std::string_view digest) {
  return absl::StrCat(dir, "/", Hex(digest.substr(0, 1)));
}

std::string PathOf(const std::string& dir, std::string_view digest) {
  return absl::StrCat(FolderOf(dir, digest), "/", Hex(digest.substr(1)), ".zst");
}

absl::Status SyncFolder(const std::string& folder) {
  File file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (file.fd() < 0 || fsync(file.fd()) != 0) return DiskError("sync", folder);
  return absl::OkStatus();
}

absl::Status MakeFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(
      absl::StrCat("archive: cannot make folder ", folder, ": ", error.message()));
}

// A file on its way in is locked by whoever writes it, so one without a lock was left behind.
absl::Status RemoveAbandoned(const std::string& dir) {
  std::error_code error;
  std::filesystem::directory_iterator entry(dir, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string path = entry->path().string();
    if (entry->path().filename().string().rfind(kIncoming, 0) != 0) continue;
    const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.fd() < 0 && errno == ENOENT) continue;
    if (file.fd() < 0) return DiskError("open", path);
    if (flock(file.fd(), LOCK_EX | LOCK_NB) != 0) continue;
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return DiskError("remove", path);
  }
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("archive: cannot list ", dir, ": ", error.message()));
}

class FileSpool : public Archive::Spool {
 public:
  FileSpool(std::string dir, std::string temporary, int fd)
      : dir_(std::move(dir)),
        temporary_(std::move(temporary)),
        file_(fd),
        frame_(ZSTD_createCCtx(), ZSTD_freeCCtx),
        out_(ZSTD_CStreamOutSize()) {
    CHECK(frame_ != nullptr);
    ZSTD_CCtx_setParameter(frame_.get(), ZSTD_c_compressionLevel, kCompressionLevel);
    ZSTD_CCtx_setParameter(frame_.get(), ZSTD_c_checksumFlag, 1);
  }
  ~FileSpool() override {
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }

  absl::Status Write(std::string_view bytes) override {
    if (!digest_.empty()) return absl::FailedPreconditionError("archive: the bytes have ended");
    if (bytes.size() > kEditionBytesMax - size_) {
      return absl::ResourceExhaustedError(
          absl::StrCat("edition: over ", kEditionBytesMax, " bytes, the most that is taken"));
    }
    size_ += bytes.size();
    digester_.Add(bytes);
    return Compress(bytes, ZSTD_e_continue);
  }

  absl::StatusOr<std::string> Digest() override {
    if (!digest_.empty()) return digest_;
    if (absl::Status status = Compress({}, ZSTD_e_end); !status.ok()) return status;
    digest_ = digester_.Finish();
    return digest_;
  }

  absl::StatusOr<std::string> Keep() override {
    auto digest = Digest();
    if (!digest.ok()) return digest;
    const std::string path = PathOf(dir_, digest_);
    if (temporary_.empty() || access(path.c_str(), F_OK) == 0) return digest_;
    const std::string folder = FolderOf(dir_, digest_);
    if (absl::Status status = MakeFolder(folder); !status.ok()) return status;
    if (fsync(file_.fd()) != 0) return DiskError("write", temporary_);
    if (rename(temporary_.c_str(), path.c_str()) != 0) return DiskError("rename to", path);
    temporary_.clear();
    if (absl::Status status = SyncFolder(folder); !status.ok()) return status;
    if (absl::Status status = SyncFolder(dir_); !status.ok()) return status;
    return digest_;
  }

  uint64_t size() const override { return size_; }

 private:
  absl::Status Compress(std::string_view bytes, ZSTD_EndDirective mode) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    bool done = false;
    while (!done) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      const size_t left = ZSTD_compressStream2(frame_.get(), &out, &in, mode);
      if (ZSTD_isError(left)) {
        return absl::InternalError(absl::StrCat("archive: zstd: ", ZSTD_getErrorName(left)));
      }
      if (absl::Status status = WriteOut(out_.data(), out.pos); !status.ok()) return status;
      done = mode == ZSTD_e_end ? left == 0 : in.pos == in.size;
    }
    return absl::OkStatus();
  }

  absl::Status WriteOut(const char* bytes, size_t size) {
    while (size > 0) {
      const ssize_t written = write(file_.fd(), bytes, size);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return DiskError("write", temporary_);
      bytes += written;
      size -= static_cast<size_t>(written);
    }
    return absl::OkStatus();
  }

  const std::string dir_;
  std::string temporary_;  // empty once it was renamed
  File file_;              // holds the lock that says that somebody writes it
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> frame_;
  std::vector<char> out_;
  Digester digester_;
  std::string digest_;
  uint64_t size_ = 0;
};

// Unpacks a file, piece by piece.
class Unpacker {
 public:
  using Take = std::function<absl::Status(std::string_view bytes)>;

  Unpacker(const std::string& path, const Take& take)
      : path_(path), take_(take), frame_(ZSTD_createDCtx(), ZSTD_freeDCtx) {
    CHECK(frame_ != nullptr);
  }

  // The SHA-256 of all that was unpacked.
  absl::StatusOr<std::string> Run() {
    File file(open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.fd() < 0) return DiskError("open", path_);
    std::vector<char> packed(kReadBytes);
    while (true) {
      const ssize_t got = read(file.fd(), packed.data(), packed.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return DiskError("read", path_);
      if (got == 0) break;
      absl::Status status = Unpack({packed.data(), static_cast<size_t>(got)});
      if (!status.ok()) return status;
    }
    if (!whole_) return Damaged("ends in the middle");
    return digester_.Finish();
  }

 private:
  absl::Status Damaged(std::string_view what) const {
    return absl::DataLossError(absl::StrCat("archive: ", path_, ": ", std::string(what)));
  }

  absl::Status Unpack(std::string_view packed) {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    bool full = true;
    while (in.pos < in.size || full) {
      ZSTD_outBuffer out{piece_.data(), piece_.size(), 0};
      if (whole_) return in.pos < in.size ? Damaged("has bytes after its end") : absl::OkStatus();
      const size_t left = ZSTD_decompressStream(frame_.get(), &out, &in);
      if (ZSTD_isError(left)) return Damaged(ZSTD_getErrorName(left));
      whole_ = left == 0;
      full = out.pos == out.size;
      unpacked_ += out.pos;
      if (unpacked_ > kEditionBytesMax) return Damaged("is larger than an edition can be");
      digester_.Add({piece_.data(), out.pos});
      absl::Status status = take_({piece_.data(), out.pos});
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  const std::string& path_;
  const Take& take_;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> frame_;
  std::vector<char> piece_ = std::vector<char>(ZSTD_DStreamOutSize());
  Digester digester_;
  uint64_t unpacked_ = 0;
  bool whole_ = false;
};

}  // namespace

absl::StatusOr<Archive> Archive::Open(const std::string& dir) {
  if (absl::Status status = MakeFolder(dir); !status.ok()) return status;
  if (access(dir.c_str(), W_OK) != 0) return DiskError("write", dir);
  if (absl::Status status = RemoveAbandoned(dir); !status.ok()) return status;
  return Archive(dir);
}

absl::StatusOr<std::unique_ptr<Archive::Spool>> Archive::NewSpool() const {
  for (int attempt = 0; attempt < kSpoolAttempts; ++attempt) {
    std::string temporary = absl::StrCat(dir_, "/", kIncoming, "XXXXXX");
    const int fd = mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0) return DiskError("make", temporary);
    auto spool = std::make_unique<FileSpool>(dir_, temporary, fd);
    // Between its making and its lock it looked abandoned to whoever opened the archive just then.
    struct stat file;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &file) == 0 && file.st_nlink > 0) {
      return spool;
    }
  }
  return absl::UnavailableError(absl::StrCat("archive: cannot lock a file in ", dir_));
}

absl::Status Archive::Read(std::string_view digest,
                           const std::function<absl::Status(std::string_view bytes)>& take) const {
  if (digest.size() != kDigestBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("archive: a digest of ", digest.size(), " bytes, expected ", kDigestBytes));
  }
  const std::string path = PathOf(dir_, digest);
  if (access(path.c_str(), F_OK) != 0) {
    return absl::NotFoundError(absl::StrCat("archive: no edition of bytes ", Hex(digest)));
  }
  auto found = Unpacker(path, take).Run();
  if (!found.ok()) return found.status();
  if (*found == digest) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("archive: ", path, ": holds bytes of digest ", Hex(*found)));
}

}  // namespace dossier
