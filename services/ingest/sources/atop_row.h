// A row of a table of the Alliance Treaty Obligations and Provisions project (ATOP), release 4.01:
// what its members' and its alliances' table have in common. (Leeds, Ritter, Mitchell, Long:
// Alliance Treaty Obligations and Provisions, 1815-1944. International Interactions 28, 2002; the
// project's codebook has the columns.)
//
// Cells are taken by their headings. The first one that does not read is the row's fault; what is
// returned then is of no use. All that was not taken is kept as text: "milaid=3". A zero is a value
// ("no"), an empty cell is none ("not known").
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "dossier/v1/treaty.pb.h"
#include "services/ingest/sources/csv_records.h"

namespace dossier {

// The years that the release covers, both included.
inline constexpr int kAtopFirstYear = 1815;
inline constexpr int kAtopLastYear = 2016;
inline constexpr char kAtopSource[] = "atop";
inline constexpr char kAtopAlliancesSource[] = "atop-alliances";

// "atop:1005": the id of the treaty that is alliance 1005.
std::string AtopTreatyId(int alliance);

// The headings of a table.
class AtopColumns {
 public:
  // As the file has them: parted by commas. `joined` must outlive it.
  explicit AtopColumns(std::string_view joined);

  std::span<const std::string_view> headings() const { return headings_; }
  // Of a heading that it has.
  size_t At(std::string_view heading) const;

 private:
  std::vector<std::string_view> headings_;
  absl::flat_hash_map<std::string_view, size_t> at_;
};

struct AtopFault {
  size_t column = 0;
  std::string reason;
};

class AtopRow {
 public:
  // Both must outlive it. The row has a cell for each column.
  AtopRow(const AtopColumns& columns, const CsvRecord& row);

  // The cell as printed, which stays among the rest.
  std::string_view Look(std::string_view heading) const;
  std::string_view Take(std::string_view heading);
  int TakeNumber(std::string_view heading, int min, int max);
  // Three cells; a day can be empty, then only the month is known.
  v1::Date TakeDate(std::string_view year, std::string_view month, std::string_view day);
  // The same, unset where all three are 0.
  v1::Date TakeEnd(std::string_view year, std::string_view month, std::string_view day);
  // The alliance's number, from "atopid".
  int TakeAlliance();
  // That "version" is the release's; it stays among the rest.
  void CheckRelease();
  // The five obligations, from cells that are 0 or 1.
  template <typename Obligations>
  void TakeObligations(Obligations* obligations) {
    for (const auto& [heading, obligation] : kObligations) {
      if (TakeNumber(heading, 0, 1) == 1) obligations->Add(obligation);
    }
  }
  // Why it ended, in the project's codes, of those that are not 0: "term=2, termcaus=4".
  std::string TakeCodes(std::initializer_list<std::string_view> headings);

  void Fail(std::string_view heading, std::string_view expected);
  const std::optional<AtopFault>& fault() const { return fault_; }

  // What hedges the obligations, in words: "defense and consultation are conditional".
  std::string Conditions() const;
  // "heading=cell" of each cell that was not taken and is not empty.
  std::vector<std::string> Rest() const;

 private:
  struct ObligationColumn {
    std::string_view heading;
    v1::Obligation obligation;
  };
  static constexpr ObligationColumn kObligations[] = {
      {"defense", v1::OBLIGATION_DEFENSE},    {"offense", v1::OBLIGATION_OFFENSE},
      {"neutral", v1::OBLIGATION_NEUTRALITY}, {"nonagg", v1::OBLIGATION_NONAGGRESSION},
      {"consul", v1::OBLIGATION_CONSULTATION}};

  const AtopColumns& columns_;
  std::vector<std::string_view> cells_;  // blanks at both ends removed
  std::vector<bool> taken_;
  std::optional<AtopFault> fault_;
};

}  // namespace dossier
