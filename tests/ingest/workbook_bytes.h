// Workbooks for tests, part by part.
#pragma once

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"

namespace dossier {

using WorkbookParts = std::vector<std::pair<std::string, std::string>>;

// A zip archive of these parts.
inline std::string ZipBytes(const WorkbookParts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const archive = zip_source_buffer_create(nullptr, 0, 0, &error);
  CHECK(archive != nullptr);
  zip_source_keep(archive);
  zip_t* const zip = zip_open_from_source(archive, ZIP_CREATE | ZIP_TRUNCATE, &error);
  CHECK(zip != nullptr) << zip_error_strerror(&error);
  for (const auto& [name, text] : parts) {
    zip_source_t* const part = zip_source_buffer(zip, text.data(), text.size(), 0);
    CHECK(part != nullptr && zip_file_add(zip, name.c_str(), part, ZIP_FL_OVERWRITE) >= 0);
  }
  CHECK_EQ(zip_close(zip), 0);
  CHECK_EQ(zip_source_open(archive), 0);
  std::string bytes;
  char chunk[4096];
  for (zip_int64_t size = 0; (size = zip_source_read(archive, chunk, sizeof(chunk))) > 0;) {
    bytes.append(chunk, static_cast<size_t>(size));
  }
  zip_source_close(archive);
  zip_source_free(archive);
  return bytes;
}

// The parts of a workbook with one sheet, around its rows and its shared strings.
inline WorkbookParts Workbook(std::string_view rows, std::string_view shared_strings = "") {
  const auto part = [](std::string_view root, std::string_view inside) {
    return absl::StrCat("<?xml version=\"1.0\"?><", std::string(root), ">", std::string(inside),
                        "</", std::string(root.substr(0, root.find(' '))), ">");
  };
  return {
      {"[Content_Types].xml", "<Types/>"},
      {"xl/workbook.xml", part("workbook xmlns:r=\"urn:r\"",
                               "<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r7\"/></sheets>")},
      {"xl/_rels/workbook.xml.rels",
       part("Relationships", "<Relationship Id=\"r7\" Target=\"worksheets/one.xml\"/>")},
      {"xl/sharedStrings.xml", part("sst", shared_strings)},
      {"xl/worksheets/one.xml",
       part("worksheet", absl::StrCat("<sheetData>", std::string(rows), "</sheetData>"))},
  };
}

// A row of inline texts; empty ones are left out.
inline std::string InlineRow(uint32_t number, const std::vector<std::string>& cells) {
  std::string row = absl::StrCat("<row r=\"", number, "\">");
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    std::string column(1, static_cast<char>('A' + i % 26));
    if (i >= 26) column.insert(0, 1, static_cast<char>('A' + i / 26 - 1));
    absl::StrAppend(&row, "<c r=\"", column, number, "\" t=\"inlineStr\"><is><t>", cells[i],
                    "</t></is></c>");
  }
  return row + "</row>";
}

}  // namespace dossier
