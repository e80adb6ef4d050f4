// What a published file holds, field by field, by plain tokenizers that share nothing with the
// adapters: cells of separated values, and texts and attributes of XML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// A field that is not empty.
struct PublishedField {
  uint32_t line = 0;    // from 1, where it begins; of an XML attribute, where its tag ends
  std::string heading;  // "Nationality"; "INDIVIDUAL_ALIAS/QUALITY", "NAME@legal_basis"
  std::string value;    // as UTF-8, entities and quotes decoded, otherwise as published
};

// How a file of separated values is laid out.
struct CellLayout {
  char separator = ',';
  uint32_t heading_line = 1;  // the line of the headings; what stands above is no record
  // Headings where the file has none; `heading_line` is 0 then.
  std::vector<std::string> headings = {};
  // Each line stands in one pair of quotes and ends in tabs, as a spreadsheet left it that took
  // commas for separators: tabs within are commas. A line break is a backslash and an "n".
  bool is_wrapped = false;
  // What fields without a value hold: "-0-".
  std::vector<std::string> nulls = {};
  // A row with fewer cells, which a line break runs through, goes on on the next line.
  size_t cells_min = 0;
  // Signs that fill up lines at their end.
  std::string padding = {};
};

// Text as UTF-8: bytes that are none are taken as Windows-1252.
std::string AsUtf8(std::string_view bytes);

// Text without white space at both ends.
std::string_view WithoutEnds(std::string_view text);

std::vector<PublishedField> WalkCells(std::string_view bytes, const CellLayout& layout);
std::vector<PublishedField> WalkXml(std::string_view bytes);

}  // namespace dossier
