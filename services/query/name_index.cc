#include "services/query/name_index.h"

#include "services/model/name_words.h"
#include "storage/view_keys.h"

namespace dossier {

absl::StatusOr<NameIndexRow> ReadNameIndexRow(const RowCursor& rows) {
  NameIndexRow row;
  KeyParser parser(rows.key());
  bool fits = parser.Text(&row.text);
  std::string_view rest = parser.rest();
  if (fits && rows.key()[0] == kNameWordRow) {
    fits = rest.size() >= kWordsDigestSize;
    if (fits) {
      row.words = rest.substr(0, kWordsDigestSize);
      rest.remove_prefix(kWordsDigestSize);
    }
  }
  KeyParser bearer = KeyParser::OfBytes(rest);
  if (!fits || !bearer.Text(&row.actor) || !bearer.Text(&row.source) ||
      !KeyParser::OfBytes(rows.value()).Number(&row.first_sequence)) {
    return absl::DataLossError("view: a row of the index of names does not decode");
  }
  return row;
}

absl::StatusOr<std::vector<IndexedName>> ReadIndexRows(AsOf& as_of, const std::string& prefix,
                                                       const std::string& from, size_t rows_max) {
  std::vector<IndexedName> names;
  RowCursor& rows = as_of.rows();
  for (rows.Seek(prefix + from);
       names.size() < rows_max && rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    const auto row = ReadNameIndexRow(rows);
    if (!row.ok()) return row.status();
    names.push_back({std::string(rows.key().substr(prefix.size())), std::string(row->text),
                     std::string(row->words), std::string(row->actor), std::string(row->source),
                     row->first_sequence});
  }
  if (!rows.status().ok()) return rows.status();
  return names;
}

}  // namespace dossier
