#include "tests/ingest/nothing_dropped_walk_fixture.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

void AppendUtf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xc0 | code >> 6));
    out.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | code >> 12));
    out.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3f)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  } else {
    out.push_back(static_cast<char>(0xf0 | code >> 18));
    out.push_back(static_cast<char>(0x80 | (code >> 12 & 0x3f)));
    out.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3f)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3f)));
  }
}

// Windows-1252 at 0x80 to 0x9f; its five gaps stay control characters.
constexpr uint32_t kWindows1252[] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                     0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                     0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                     0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};

bool IsUtf8(std::string_view bytes) {
  for (size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const size_t more = lead < 0x80       ? 0
                        : lead >> 5 == 6  ? 1
                        : lead >> 4 == 14 ? 2
                        : lead >> 3 == 30 ? 3
                                          : SIZE_MAX;
    if (more == SIZE_MAX || i + more >= bytes.size()) return false;
    for (size_t j = 1; j <= more; ++j) {
      if ((bytes[i + j] & 0xc0) != 0x80) return false;
    }
    i += more + 1;
  }
  return true;
}

bool IsBlank(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isspace(c) != 0; });
}

// A row of cells, and the line it begins on.
struct Row {
  uint32_t line = 1;
  std::vector<std::string> cells = std::vector<std::string>(1);
};

// All rows; a quote opens and closes a stretch in which separators and line ends stand for
// themselves, and stands for itself where it is doubled there, or within a cell that began without.
std::vector<Row> SplitRows(std::string_view bytes, char separator) {
  std::vector<Row> rows(1);
  uint32_t line = 1;
  bool quoted = false;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    std::string& cell = rows.back().cells.back();
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        cell.push_back(c);
      } else if (i + 1 < bytes.size() && bytes[i + 1] == '"') {
        cell.push_back(bytes[++i]);
      } else {
        quoted = false;
      }
    } else if (c == '"' && IsBlank(cell)) {
      quoted = true;
    } else if (c == separator) {
      rows.back().cells.emplace_back();
    } else if (c == '\n') {
      rows.emplace_back().line = line;
    } else {
      cell.push_back(c);
    }
  }
  return rows;
}

// Rows that are too short with what follows them.
std::vector<Row> Joined(std::vector<Row> rows, const CellLayout& layout) {
  std::vector<Row> whole;
  for (Row& row : rows) {
    const bool goes_on = !whole.empty() && whole.back().line > layout.heading_line &&
                         whole.back().cells.size() < layout.cells_min;
    if (!goes_on) {
      whole.push_back(std::move(row));
      continue;
    }
    std::vector<std::string>& cells = whole.back().cells;
    absl::StrAppend(&cells.back(), "\n", row.cells.front());
    cells.insert(cells.end(), row.cells.begin() + 1, row.cells.end());
  }
  return whole;
}

// The lines without the quotes around each, the tabs before the closing one, and doubled quotes;
// tabs within as commas, and a backslash with an "n" as a blank.
std::string Unwrapped(std::string_view bytes) {
  std::string out;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = bytes.substr(at, end - at);
    at = end + 1;
    while (!line.empty() && (line.back() == '\r' || line.back() == '"' || line.back() == '\t')) {
      line.remove_suffix(1);
    }
    if (line.starts_with('"')) line.remove_prefix(1);
    for (size_t i = 0; i < line.size(); ++i) {
      const bool is_break = line.substr(i, 2) == "\\n";
      out.push_back(is_break ? ' ' : line[i] == '\t' ? ',' : line[i]);
      if (is_break || line.substr(i, 2) == "\"\"") ++i;
    }
    out.push_back('\n');
  }
  return out;
}

// Text with XML's entities and character references resolved.
std::string Resolved(std::string_view text) {
  static constexpr std::pair<std::string_view, char> kNamed[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out.push_back(text[i]);
      continue;
    }
    const std::string name(text.substr(i + 1, end - i - 1));
    if (name.starts_with('#')) {
      const bool is_hex = name.size() > 1 && name[1] == 'x';
      AppendUtf8(std::strtoul(name.c_str() + (is_hex ? 2 : 1), nullptr, is_hex ? 16 : 10), out);
    }
    for (const auto& [known, c] : kNamed) {
      if (name == known) out.push_back(c);
    }
    i = end;
  }
  return out;
}

class XmlWalk {
 public:
  explicit XmlWalk(std::string_view bytes) : rest_(bytes) {}

  std::vector<PublishedField> Run() {
    while (!rest_.empty()) {
      if (rest_.starts_with("<!--")) {
        Take(rest_.find("-->") + 3);
      } else if (rest_.starts_with("<![CDATA[")) {
        Take(9);
        AddText(std::string(Peek(rest_.find("]]>"))));
        Take(rest_.find("]]>") + 3);
      } else if (rest_.starts_with("<?")) {
        Take(rest_.find("?>") + 2);
      } else if (rest_.starts_with("<")) {
        TakeTag();
      } else {
        const std::string_view text = Peek(rest_.find('<'));
        AddText(Resolved(text));
        Take(text.size());
      }
    }
    return std::move(fields_);
  }

 private:
  std::string_view Peek(size_t size) const { return rest_.substr(0, size); }

  void Take(size_t size) {
    size = std::min(size, rest_.size());
    line_ += std::count(rest_.begin(), rest_.begin() + size, '\n');
    rest_.remove_prefix(size);
  }

  // A text, at the line of its first character that is not blank.
  void AddText(const std::string& text) {
    if (IsBlank(text) || path_.empty()) return;
    const std::string_view lead(text.data(), WithoutEnds(text).data() - text.data());
    const auto line = line_ + static_cast<uint32_t>(std::count(lead.begin(), lead.end(), '\n'));
    const std::string parent = path_.size() > 1 ? path_[path_.size() - 2] + "/" : "";
    fields_.push_back({line, parent + path_.back(), std::string(WithoutEnds(text))});
  }

  // "<NAME a='b'>", "<NAME/>", "</NAME>"; no value of an attribute holds a ">".
  void TakeTag() {
    std::string_view tag = Peek(rest_.find('>')).substr(1);
    Take(tag.size() + 2);
    if (tag.starts_with('/')) {
      path_.pop_back();
      return;
    }
    const bool is_empty = tag.ends_with('/');
    if (is_empty) tag.remove_suffix(1);
    const size_t name_end = std::min(tag.find_first_of(" \t\r\n"), tag.size());
    path_.emplace_back(tag.substr(0, name_end));
    tag.remove_prefix(name_end);
    while (!IsBlank(tag)) {
      const size_t equals = tag.find('=');
      const size_t open = tag.find_first_of("\"'", equals);
      const size_t close = tag.find(tag[open], open + 1);
      const std::string value = Resolved(tag.substr(open + 1, close - open - 1));
      if (!IsBlank(value)) {
        fields_.push_back(
            {line_,
             absl::StrCat(path_.back(), "@", std::string(WithoutEnds(tag.substr(0, equals)))),
             std::string(WithoutEnds(value))});
      }
      tag.remove_prefix(close + 1);
    }
    if (is_empty) path_.pop_back();
  }

  std::string_view rest_;
  uint32_t line_ = 1;
  std::vector<std::string> path_;
  std::vector<PublishedField> fields_;
};

}  // namespace

std::string AsUtf8(std::string_view bytes) {
  if (IsUtf8(bytes)) return std::string(bytes);
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    AppendUtf8(byte >= 0x80 && byte < 0xa0 ? kWindows1252[byte - 0x80] : byte, out);
  }
  return out;
}

std::string_view WithoutEnds(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) {
    text.remove_suffix(1);
  }
  return text;
}

std::vector<PublishedField> WalkCells(std::string_view bytes, const CellLayout& layout) {
  if (bytes.ends_with('\x1a')) bytes.remove_suffix(1);  // Ctrl-Z: the end of a DOS file
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  const std::string unwrapped = layout.is_wrapped ? Unwrapped(bytes) : "";
  std::vector<std::string> headings = layout.headings;
  std::vector<PublishedField> fields;
  std::vector<Row> rows = SplitRows(layout.is_wrapped ? unwrapped : bytes, layout.separator);
  for (const Row& row : Joined(std::move(rows), layout)) {
    if (row.line < layout.heading_line) continue;
    if (row.line == layout.heading_line) {
      for (const std::string& cell : row.cells) headings.emplace_back(WithoutEnds(cell));
      continue;
    }
    for (size_t i = 0; i < row.cells.size(); ++i) {
      std::string_view value = WithoutEnds(row.cells[i]);
      if (i + 1 == row.cells.size()) {
        value = value.substr(0, value.find_last_not_of(layout.padding + " ") + 1);
      }
      const bool is_null =
          std::find(layout.nulls.begin(), layout.nulls.end(), value) != layout.nulls.end();
      if (value.empty() || is_null) continue;
      const std::string heading =
          i < headings.size() ? headings[i] : absl::StrCat("column ", i + 1);
      fields.push_back({row.line, heading, AsUtf8(value)});
    }
  }
  return fields;
}

std::vector<PublishedField> WalkXml(std::string_view bytes) { return XmlWalk(bytes).Run(); }

}  // namespace dossier
