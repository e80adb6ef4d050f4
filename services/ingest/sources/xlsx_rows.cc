#include "services/ingest/sources/xlsx_rows.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {
namespace {

constexpr uint64_t kUnpackedBytesMax = uint64_t{256} << 20;
constexpr uint64_t kUnpackedBytesAnyRatio = uint64_t{16} << 20;
constexpr uint64_t kRatioMax = 100;
constexpr zip_int64_t kPartsMax = 10'000;
constexpr size_t kStringsMax = 1'000'000;
constexpr uint64_t kReferredBytesMax = uint64_t{256} << 20;
constexpr size_t kColumnsMax = 16'384;
constexpr size_t kChunkBytes = 64 << 10;

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

absl::Status PartError(std::string_view part, std::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrCat("workbook: ", ToAbsl(part), ": ", ToAbsl(problem)));
}

// The archive in memory; its bytes must outlive it.
class Zip {
 public:
  static absl::StatusOr<std::unique_ptr<Zip>> Open(std::string_view bytes) {
    auto archive = std::unique_ptr<Zip>(new Zip(bytes.size()));
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const source =
        zip_source_buffer_create(bytes.data(), bytes.size(), /*freep=*/0, &error);
    if (source != nullptr) {
      archive->zip_ = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
      if (archive->zip_ == nullptr) zip_source_free(source);
    }
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (archive->zip_ == nullptr) {
      return PartError("the archive",
                       absl::StrCat("it does not open: ", reason, ": expected a whole .xlsx file"));
    }
    if (zip_get_num_entries(archive->zip_, 0) > kPartsMax) {
      return PartError("the archive", absl::StrCat("too many parts: expected at most ", kPartsMax));
    }
    return archive;
  }
  ~Zip() {
    if (zip_ != nullptr) zip_discard(zip_);
  }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  bool Has(const std::string& part) const { return zip_name_locate(zip_, part.c_str(), 0) >= 0; }

  // Feeds a part to an XML parser.
  absl::Status Read(const std::string& part, XmlRecords& xml) {
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(zip_, part.c_str(), 0),
                                                                 zip_fclose);
    if (file == nullptr) {
      return PartError(part, absl::StrCat("it does not open: ", zip_strerror(zip_)));
    }
    std::array<char, kChunkBytes> chunk;
    for (;;) {
      const zip_int64_t size = zip_fread(file.get(), chunk.data(), chunk.size());
      if (size < 0) {
        return PartError(part, absl::StrCat("damaged: ", zip_file_strerror(file.get())));
      }
      if (size == 0) break;
      unpacked_ += static_cast<uint64_t>(size);
      if (auto within = CheckSize(part); !within.ok()) return within;
      const std::string_view text(chunk.data(), static_cast<size_t>(size));
      if (auto fed = xml.Feed(text); !fed.ok()) return InPart(part, fed);
    }
    return InPart(part, xml.Finish());
  }

 private:
  explicit Zip(size_t packed) : packed_(packed) {}

  absl::Status CheckSize(std::string_view part) const {
    if (unpacked_ > kUnpackedBytesMax) {
      return absl::ResourceExhaustedError(absl::StrCat("workbook: ", ToAbsl(part),
                                                       ": too large: expected at most ",
                                                       kUnpackedBytesMax, " bytes unpacked"));
    }
    if (unpacked_ > kUnpackedBytesAnyRatio && unpacked_ / kRatioMax > packed_) {
      return absl::ResourceExhaustedError(absl::StrCat("workbook: ", ToAbsl(part),
                                                       ": unpacks to over ", kRatioMax,
                                                       " times its size: expected a workbook"));
    }
    return absl::OkStatus();
  }

  // A status of the parser or a visit; the parser's own say where in the part.
  static absl::Status InPart(std::string_view part, absl::Status status) {
    if (!absl::IsInvalidArgument(status)) return status;
    return absl::InvalidArgumentError(
        absl::StrCat("workbook: ", ToAbsl(part), ": ", status.message()));
  }

  const uint64_t packed_;
  zip_t* zip_ = nullptr;
  uint64_t unpacked_ = 0;
};

// The text of an `si` or `is`: its `t`, or those of its runs; phonetic ones left out.
void AppendText(const XmlElement& item, std::string& text) {
  for (const XmlElement& child : item.children) {
    if (child.name == "t") {
      text.append(child.text);
    } else if (child.name == "r") {
      for (const XmlElement& part : child.children) {
        if (part.name == "t") text.append(part.text);
      }
    }
  }
}

// The index, from 0, of the column in a cell's reference: "AJ20" is 35. Nullopt: it is none.
std::optional<size_t> ColumnOf(std::string_view reference) {
  size_t column = 0;
  size_t letters = 0;
  while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
    column = column * 26 + static_cast<size_t>(reference[letters] - 'A' + 1);
    if (++letters > 3) return std::nullopt;
  }
  if (letters == 0 || column > kColumnsMax) return std::nullopt;
  return column - 1;
}

template <typename Number>
bool ReadNumber(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// The part that holds the first sheet, by the workbook's relations.
absl::StatusOr<std::string> FindSheet(Zip& archive) {
  std::string relation;
  XmlRecords workbook({"sheet"}, [&](const XmlElement& sheet) {
    if (relation.empty()) relation = sheet.Attribute("id");
    return absl::OkStatus();
  });
  if (auto read = archive.Read("xl/workbook.xml", workbook); !read.ok()) return read;
  std::string target;
  XmlRecords relations({"Relationship"}, [&](const XmlElement& one) {
    if (one.Attribute("Id") == relation) target = one.Attribute("Target");
    return absl::OkStatus();
  });
  if (auto read = archive.Read("xl/_rels/workbook.xml.rels", relations); !read.ok()) return read;
  if (relation.empty() || target.empty()) {
    return PartError("xl/workbook.xml", "no first sheet: expected one with its relation");
  }
  return target.starts_with('/') ? target.substr(1) : "xl/" + target;
}

// One sheet's rows, cell by cell.
class SheetReader {
 public:
  using Visit = std::function<absl::Status(const XlsxRow& row)>;

  explicit SheetReader(const Visit& visit) : visit_(visit) {}

  absl::Status ReadStrings(Zip& archive) {
    constexpr char kPart[] = "xl/sharedStrings.xml";
    if (!archive.Has(kPart)) return absl::OkStatus();
    XmlRecords strings({"si"}, [this](const XmlElement& item) {
      if (strings_.size() >= kStringsMax) {
        return absl::ResourceExhaustedError(
            absl::StrCat("workbook: too many shared strings: expected at most ", kStringsMax));
      }
      SharedString& string = strings_.emplace_back();
      AppendText(item, string.text);
      string.trimmed = XmlTrimmed(string.text);
      return absl::OkStatus();
    });
    return archive.Read(kPart, strings);
  }

  absl::Status ReadRows(Zip& archive, const std::string& part) {
    XmlRecords rows({"row"}, [this](const XmlElement& row) { return OnRow(row); });
    return archive.Read(part, rows);
  }

 private:
  // Trimmed once, however many cells refer to it.
  struct SharedString {
    std::string text;
    std::string_view trimmed;
  };

  absl::Status OnRow(const XmlElement& element) {
    uint32_t number = row_.number + 1;
    const std::string_view printed = element.Attribute("r");
    if (!printed.empty() && (!ReadNumber(printed, number) || number <= row_.number)) {
      return absl::InvalidArgumentError(
          absl::StrCat("row ", ToAbsl(printed), ": expected a number above ", row_.number));
    }
    row_.number = number;
    row_.cells.clear();
    row_.trimmed.clear();
    inline_texts_.clear();
    for (const XmlElement& cell : element.children) {
      if (cell.name != "c") continue;
      if (auto read = OnCell(cell); !read.ok()) return read;
    }
    return visit_(row_);
  }

  absl::Status OnCell(const XmlElement& cell) {
    const std::string_view reference = cell.Attribute("r");
    const std::optional<size_t> column =
        reference.empty() ? row_.cells.size() : ColumnOf(reference);
    if (!column || *column >= kColumnsMax || *column < row_.cells.size()) {
      return CellError(reference, "expected a reference such as AJ20, after the one before");
    }
    row_.cells.resize(*column + 1);
    row_.trimmed.resize(*column + 1);
    const std::string_view type = cell.Attribute("t");
    if (type == "s") {
      size_t index = 0;
      if (!ReadNumber(cell.TextOf("v"), index) || index >= strings_.size()) {
        return CellError(reference, absl::StrCat("expected the number of a shared string below ",
                                                 strings_.size()));
      }
      return OnShared(reference, strings_[index]);
    }
    if (type == "inlineStr") {
      std::string& text = inline_texts_.emplace_back();
      if (const XmlElement* inline_text = cell.Child("is")) AppendText(*inline_text, text);
      row_.cells.back() = text;
    } else if (const XmlElement* value = cell.Child("v")) {
      row_.cells.back() = value->text;
    }
    row_.trimmed.back() = XmlTrimmed(row_.cells.back());
    return absl::OkStatus();
  }

  // A few bytes of a cell stand for a string of any length.
  absl::Status OnShared(std::string_view reference, const SharedString& string) {
    referred_bytes_ += string.text.size();
    if (referred_bytes_ > kReferredBytesMax) {
      return absl::ResourceExhaustedError(
          absl::StrCat("workbook: row ", row_.number, ": cell ", ToAbsl(reference),
                       ": too much text in shared strings up to here: expected at most ",
                       kReferredBytesMax, " bytes"));
    }
    row_.cells.back() = string.text;
    row_.trimmed.back() = string.trimmed;
    return absl::OkStatus();
  }

  absl::Status CellError(std::string_view reference, std::string_view problem) const {
    return absl::InvalidArgumentError(
        absl::StrCat("row ", row_.number, ": cell ", ToAbsl(reference), ": ", ToAbsl(problem)));
  }

  const Visit& visit_;
  std::deque<SharedString> strings_;  // never moved, since rows view them
  uint64_t referred_bytes_ = 0;
  std::deque<std::string> inline_texts_;
  XlsxRow row_;
};

}  // namespace

bool IsZip(std::string_view first_bytes) { return first_bytes.starts_with("PK\x03\x04"); }

bool IsXlsx(std::string_view first_bytes) {
  return IsZip(first_bytes) && (first_bytes.find("xl/") != std::string_view::npos ||
                                first_bytes.find("[Content_Types].xml") != std::string_view::npos);
}

absl::Status ReadXlsxRows(std::string_view workbook,
                          const std::function<absl::Status(const XlsxRow& row)>& visit) {
  if (workbook.size() > kXlsxBytesMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("workbook: too large: expected at most ", kXlsxBytesMax, " bytes"));
  }
  absl::StatusOr<std::unique_ptr<Zip>> archive = Zip::Open(workbook);
  if (!archive.ok()) return archive.status();
  absl::StatusOr<std::string> sheet = FindSheet(**archive);
  if (!sheet.ok()) return sheet.status();
  SheetReader reader(visit);
  if (auto read = reader.ReadStrings(**archive); !read.ok()) return read;
  return reader.ReadRows(**archive, *sheet);
}

}  // namespace dossier
