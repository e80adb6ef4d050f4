#include "services/ingest/sources/eu_fsf_csv_row.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"

namespace dossier {
namespace {

// Of a part's columns: its number, the entity's, its act.
constexpr size_t kPartHeadColumns = 6;

std::string_view Keep(std::string_view text, EuFsfRows& rows, size_t& bytes) {
  if (text.empty()) return "";
  bytes += sizeof(std::string) + text.size();
  return rows.texts.emplace_back(text);
}

EuFsfAct ActAt(const std::vector<Cell>& cells, size_t column) {
  return {cells[column].text, cells[column + 1].text, cells[column + 2].text,
          cells[column + 3].text};
}

void KeepAct(EuFsfAct& act, EuFsfRows& rows, size_t& bytes) {
  for (std::string_view* text : {&act.legal_basis, &act.date, &act.link, &act.programme}) {
    *text = Keep(*text, rows, bytes);
  }
}

// Whether the cells from `begin` to `end` are new to the entity.
bool IsNew(const std::vector<Cell>& cells, size_t begin, size_t end, EuFsfRows& rows,
           size_t& bytes) {
  std::string key = absl::StrCat(begin);
  for (size_t i = begin; i < end; ++i) {
    absl::StrAppend(&key, " ", cells[i].text.size(), ":");
    key.append(cells[i].text);
  }
  const size_t size = sizeof(std::string) + key.size();
  if (!rows.seen.insert(std::move(key)).second) return false;
  bytes += size;
  return true;
}

// Sets what all rows of an entity must agree on.
std::optional<EuFsfConflict> Agree(const std::vector<Cell>& cells, size_t column,
                                   std::string_view& agreed, EuFsfRows& rows, size_t& bytes) {
  const std::string_view text = cells[column].text;
  if (rows.lines.empty()) {
    agreed = Keep(text, rows, bytes);
    return std::nullopt;
  }
  if (text == agreed) return std::nullopt;
  return EuFsfConflict{column, absl::StrCat(Quoted(text), ": expected ", Quoted(agreed),
                                            " as in line ", rows.lines.front())};
}

}  // namespace

const std::array<std::string_view, kEuFsfColumns> kEuFsfHeader = {
    "Date_file",
    "Entity_logical_id",
    "Subject_type",
    "Leba_numtitle",
    "Leba_publication_date",
    "Leba_url",
    "Programme",
    "Entity_remark",
    "Naal_logical_id",
    "Entity_logical_id",
    "Naal_leba_numtitle",
    "Naal_leba_publication_date",
    "Naal_leba_url",
    "Naal_programme",
    "Naal_lastname",
    "Naal_firstname",
    "Naal_middlename",
    "Naal_wholename",
    "Naal_gender",
    "Naal_title",
    "Naal_function",
    "Naal_language",
    "Addr_logical_id",
    "Entity_logical_id",
    "Addr_leba_numtitle",
    "Addr_leba_publication_date",
    "Addr_leba_url",
    "Addr_programme",
    "Addr_number",
    "Addr_street",
    "Addr_zipcode",
    "Addr_city",
    "Addr_country",
    "Addr_other",
    "Birt_logical_id",
    "Entity_logical_id",
    "Birt_leba_numtitle",
    "Birt_leba_publication_date",
    "Birt_leba_url",
    "Birt_programme",
    "Birt_date",
    "Birt_place",
    "Birt_country",
    "Iden_logical_id",
    "Entity_logical_id",
    "Iden_leba_numtitle",
    "Iden_leba_publication_date",
    "Iden_leba_url",
    "Iden_programme",
    "Iden_number",
    "Iden_country",
    "Citi_logical_id",
    "Entity_logical_id",
    "Citi_leba_numtitle",
    "Citi_leba_publication_date",
    "Citi_leba_url",
    "Citi_programme",
    "Citi_country",
    "EU_ref_num",
};

std::optional<std::string> UnwrapEuFsfLine(std::string_view line) {
  if (line.size() < 2 || line.front() != '"' || line.back() != '"') return std::nullopt;
  line = line.substr(1, line.size() - 2);
  line = line.substr(0, line.find_last_not_of('\t') + 1);
  std::string text;
  text.reserve(line.size());
  for (size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '"') {
      if (at + 1 == line.size() || line[at + 1] != '"') return std::nullopt;
      ++at;
    }
    text.push_back(line[at] == '\t' ? ',' : line[at]);
  }
  return text;
}

std::optional<EuFsfConflict> AddEuFsfRow(const std::vector<Cell>& cells, EuFsfRows& rows,
                                         size_t& bytes) {
  EuFsfEntity& entity = rows.entity;
  if (rows.lines.empty()) entity.id = Keep(cells[kEuFsfEntityId].text, rows, bytes);
  if (auto conflict = Agree(cells, kEuFsfType, entity.type, rows, bytes)) return conflict;
  if (auto conflict = Agree(cells, kEuFsfReference, entity.reference, rows, bytes)) return conflict;
  if (IsNew(cells, kEuFsfListing, kEuFsfFirstPart, rows, bytes)) {
    EuFsfListing listing{ActAt(cells, kEuFsfListing), cells[kEuFsfFirstPart - 1].text};
    KeepAct(listing.act, rows, bytes);
    listing.remark = Keep(listing.remark, rows, bytes);
    entity.listings.push_back(listing);
    bytes += sizeof(listing);
  }
  size_t column = kEuFsfFirstPart;
  for (const EuFsfLayout& layout : EuFsfLayouts()) {
    const size_t begin = column;
    column += kPartHeadColumns + layout.fields.size();
    if (std::all_of(cells.begin() + begin, cells.begin() + column,
                    [](const Cell& cell) { return cell.text.empty(); })) {
      continue;
    }
    const std::string_view entity_id = cells[begin + 1].text;
    if (!entity_id.empty() && entity_id != entity.id) {
      return EuFsfConflict{begin + 1, absl::StrCat("entity id ", Quoted(entity_id), ": expected ",
                                                   Quoted(entity.id), " as in column 2")};
    }
    // A part stands in as many rows as the entity has acts.
    if (!IsNew(cells, begin, column, rows, bytes)) continue;
    EuFsfPart part{layout.kind, Keep(cells[begin].text, rows, bytes), ActAt(cells, begin + 2), {}};
    KeepAct(part.act, rows, bytes);
    for (size_t i = 0; i < layout.fields.size(); ++i) {
      part.fields[i] = Keep(cells[begin + kPartHeadColumns + i].text, rows, bytes);
    }
    entity.parts.push_back(part);
    bytes += sizeof(part);
  }
  return std::nullopt;
}

}  // namespace dossier
