#include "tests/ingest/nothing_dropped_workbook_fixture.h"

#include <zlib.h>

#include <cstdlib>
#include <map>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace dossier {
namespace {

uint32_t Little(std::string_view bytes, size_t at, size_t size) {
  uint32_t number = 0;
  for (size_t i = size; i > 0; --i) {
    number = number << 8 | static_cast<unsigned char>(bytes.at(at + i - 1));
  }
  return number;
}

std::string Inflated(std::string_view packed, size_t size) {
  std::string out(size, '\0');
  z_stream stream{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflateInit2(&stream, -MAX_WBITS), Z_OK);
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  EXPECT_EQ(stream.avail_out, 0u);
  inflateEnd(&stream);
  return out;
}

// "AB12": its column's letters and its row.
std::pair<std::string, uint32_t> SplitCellName(const std::string& name) {
  const size_t digits = name.find_first_of("0123456789");
  return {name.substr(0, digits), std::strtoul(name.c_str() + digits, nullptr, 10)};
}

// The strings that cells refer to by number: "<si><t>..</t></si>", in pieces "<si><r><t>".
std::vector<std::string> SharedStrings(std::string_view xml) {
  std::vector<std::string> strings;
  for (size_t at = xml.find("<si>"); at != std::string_view::npos; at = xml.find("<si>", at + 1)) {
    const std::string_view item = xml.substr(at, xml.find("</si>", at) + 5 - at);
    std::string whole;
    for (const PublishedField& piece : WalkXml(item)) {
      if (piece.heading.find('@') == std::string::npos) whole += piece.value;
    }
    strings.push_back(whole);
  }
  return strings;
}

}  // namespace

std::string ZipPart(std::string_view archive, std::string_view name) {
  const size_t end = archive.rfind("PK\x05\x06");
  size_t at = Little(archive, end + 16, 4);
  for (uint32_t parts = Little(archive, end + 10, 2); parts > 0; --parts) {
    const size_t name_size = Little(archive, at + 28, 2);
    if (archive.substr(at + 46, name_size) == name) {
      const size_t local = Little(archive, at + 42, 4);
      const size_t begin =
          local + 30 + Little(archive, local + 26, 2) + Little(archive, local + 28, 2);
      const std::string_view packed = archive.substr(begin, Little(archive, at + 20, 4));
      return Little(archive, at + 10, 2) == 0 ? std::string(packed)
                                              : Inflated(packed, Little(archive, at + 24, 4));
    }
    at += 46 + name_size + Little(archive, at + 30, 2) + Little(archive, at + 32, 2);
  }
  ADD_FAILURE() << "the archive has no part " << name;
  return "";
}

std::vector<PublishedField> WalkWorkbook(std::string_view bytes, uint32_t heading_row) {
  const std::vector<std::string> strings = SharedStrings(ZipPart(bytes, "xl/sharedStrings.xml"));
  std::map<std::string, std::string> heading_of;  // by column
  std::vector<PublishedField> fields;
  std::string cell, type;
  for (const PublishedField& each : WalkXml(ZipPart(bytes, "xl/worksheets/sheet1.xml"))) {
    if (each.heading == "c@r") {
      cell = each.value;
      type.clear();
    }
    if (each.heading == "c@t") type = each.value;
    if (each.heading != "c/v" && each.heading != "is/t") continue;
    const auto [column, row] = SplitCellName(cell);
    const std::string& value =
        type == "s" ? strings.at(std::strtoul(each.value.c_str(), nullptr, 10)) : each.value;
    if (row == heading_row) heading_of[column] = value;
    if (row <= heading_row || WithoutEnds(value).empty()) continue;
    fields.push_back({row, heading_of[column], std::string(WithoutEnds(value))});
  }
  return fields;
}

}  // namespace dossier
