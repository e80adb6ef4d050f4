// ATOP's own table of directed dyads and years comes out of its members' table: through adapter,
// log, fold and the view's rows.
#include <algorithm>
#include <compare>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"
#include "services/ingest/sources/cow_numbers.h"
#include "services/model/dates.h"
#include "services/query/as_of.h"
#include "services/query/tie.h"
#include "storage/timeline.h"
#include "storage/view_keys.h"
#include "tests/property/ingest_path_fixture.h"

namespace dossier {
namespace {

constexpr char kFolder[] = DOSSIER_SOURCE_DIR "/../shared/data/treaties";
constexpr char kMembers[] = "atop_4.01_member_level.csv";
constexpr char kPublished[] = "atop_5.1_directed_dyad_years_1945-2018.csv";
constexpr char kSource[] = "atop";
constexpr char kAlliances[] = "atop_4.01_alliance_level.csv";
constexpr size_t kMembersRows = 2'398;
constexpr size_t kAlliancesRows = 745;
constexpr int kFirstYear = 1945;
constexpr int kLastYear = 2016;
constexpr size_t kPublishedPairs = 243'912;
constexpr size_t kPairsMin = 242'380;
constexpr size_t kOnlyOursMax = 14;
constexpr double kAgreementMin = 0.9995;
constexpr size_t kShownMax = 20;
constexpr size_t kSampledPairs = 200;

constexpr std::pair<v1::Obligation, const char*> kObligations[] = {
    {v1::OBLIGATION_DEFENSE, "defense"},
    {v1::OBLIGATION_OFFENSE, "offense"},
    {v1::OBLIGATION_NEUTRALITY, "neutrality"},
    {v1::OBLIGATION_NONAGGRESSION, "nonaggression"},
    {v1::OBLIGATION_CONSULTATION, "consultation"}};

// Two states by their COW numbers in a year: what the first owes the second, a bit for each of
// kObligations.
struct Dyad {
  int first = 0;
  int second = 0;
  int year = 0;

  auto operator<=>(const Dyad&) const = default;
};
using Dyads = std::map<Dyad, uint32_t>;

std::ostream& operator<<(std::ostream& out, const Dyad& dyad) {
  return out << dyad.first << " and " << dyad.second << " in " << dyad.year;
}

template <typename Obligations>
uint32_t BitsOf(const Obligations& owed) {
  uint32_t bits = 0;
  for (size_t i = 0; i < std::size(kObligations); ++i) {
    if (std::count(owed.begin(), owed.end(), kObligations[i].first) > 0) bits |= 1u << i;
  }
  return bits;
}

// When an actor bore a COW number, in years and, where it bore two in one, by the day.
struct NumberTime {
  int number = 0;
  v1::Date from;  // unset: ever since
  v1::Date to;    // unset: still
};

// Of the actor table: COW gives two numbers only to Germany.
std::vector<NumberTime> NumbersOf(const v1::Actor& actor) {
  if (actor.id() != "state:DEU") {
    EXPECT_LE(actor.cow_number_size(), 1) << actor.id();
    if (actor.cow_number().empty()) return {};
    return {{actor.cow_number(0), {}, {}}};
  }
  EXPECT_EQ(actor.cow_number_size(), 2);
  return {{255, {}, MakeDate(1949, 5, 22)},
          {260, MakeDate(1949, 5, 23), MakeDate(1990, 10, 2)},
          {255, MakeDate(1990, 10, 3), {}}};
}

// The years of a spell in which its party bore a number: from the first to the last one, both
// included; none where they do not meet.
std::pair<int, int> YearsOf(const v1::TreatySpell& spell, const NumberTime& time) {
  const bool begins_later = time.from.year() != 0 && Before(spell.from_date(), time.from);
  const bool ends_earlier =
      time.to.year() != 0 && (!spell.has_to_date() || Before(time.to, spell.to_date()));
  const v1::Date& from = begins_later ? time.from : spell.from_date();
  const v1::Date& to = ends_earlier ? time.to : spell.to_date();
  if (to.year() != 0 && Before(to, from)) return {1, 0};
  return {std::max(from.year(), kFirstYear), to.year() == 0 ? kLastYear : to.year()};
}

// By treaty: each spell, with a number that its party bore in some time.
using Spells = std::map<std::string, std::vector<std::pair<NumberTime, v1::TreatySpell>>>;

// A row of the members' table, by a plain reading that shares nothing with the adapter.
struct PlainMember {
  std::string treaty;
  int number = 0;
  // The days of which it is certain, as 20161231: a day that is not known is the last one of its
  // month at the entry, the first at the exit.
  int entry = 0;
  int exit = 0;
  uint32_t bits = 0;
};

int PlainDay(const std::string& year, const std::string& month, const std::string& day,
             int unknown) {
  return std::atoi(year.c_str()) * 10'000 + std::atoi(month.c_str()) * 100 +
         (day.empty() ? unknown : std::atoi(day.c_str()));
}

std::vector<PlainMember> PlainMembers(const std::string& bytes) {
  std::vector<PlainMember> members;
  std::istringstream lines(bytes);
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> headings = absl::StrSplit(line, ',');
  while (std::getline(lines, line)) {
    const std::vector<std::string> cells = absl::StrSplit(line, ',');
    std::map<std::string, std::string> row;
    for (size_t i = 0; i < headings.size() && i < cells.size(); ++i) row[headings[i]] = cells[i];
    PlainMember& member = members.emplace_back();
    member.treaty = "atop:" + row["atopid"];
    member.number = std::atoi(row["member"].c_str());
    member.entry = PlainDay(row["yrent"], row["moent"], row["dayent"], 31);
    member.exit = row["yrexit"] == "0"
                      ? (kLastYear + 1) * 10'000
                      : PlainDay(row["yrexit"], row["moexit"], row["dayexit"], 1);
    size_t bit = 0;
    for (const char* heading : {"defense", "offense", "neutral", "nonagg", "consul"}) {
      member.bits |= (row[heading] == "1" ? 1u : 0u) << bit++;
    }
  }
  return members;
}

// By treaty, what each of two states owes under those that both are members of on a day.
using Owed = std::map<std::string, std::pair<uint32_t, uint32_t>>;

Owed PlainlyOwed(const std::vector<PlainMember>& members, int a, int b, int day) {
  std::map<std::string, uint32_t> by_a, by_b;
  for (const PlainMember& member : members) {
    if (day < member.entry || member.exit < day) continue;
    if (member.number == a) by_a[member.treaty] |= member.bits;
    if (member.number == b) by_b[member.treaty] |= member.bits;
  }
  Owed owed;
  for (const auto& [treaty, bits] : by_a) {
    const auto other = by_b.find(treaty);
    if (other != by_b.end()) owed[treaty] = {bits, other->second};
  }
  return owed;
}

// Whether a state had this number in the middle of a year: Germany changed its own in 1990.
bool HasNumberIn(int number, int year) {
  return number == 255 ? year < 1949 || year > 1990 : number != 260 || year <= 1990;
}

class AtopDyadsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder)) {
      GTEST_SKIP() << "the published files are not at hand: expected in ../shared/data/treaties "
                      "beside the project's folder";
    }
  }

  static std::string Bytes(const std::string& name) {
    std::ifstream file(absl::StrCat(kFolder, "/", name), std::ios::binary);
    EXPECT_TRUE(file.good()) << name << " is missing in " << kFolder;
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }

  static void Load(IngestPath& path, const std::string& name, size_t records) {
    v1::LoadOptions options;
    options.set_file_name(name);
    options.set_publish_date("2018-09-01");
    const auto report = path.Load(Bytes(name), options);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->edition().counts().published(), records);
    EXPECT_EQ(report->edition().counts().rejected(), 0u);
    EXPECT_EQ(PrintDate(report->edition().covers_until()), "2016-12-31");
  }

  static Dyads Published() {
    Dyads dyads;
    std::istringstream lines(Bytes(kPublished));
    std::string line;
    std::getline(lines, line);
    EXPECT_TRUE(line.starts_with("ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,"
                                 "atop_nonagg,atop_consul"));
    while (std::getline(lines, line)) {
      int cells[3 + std::size(kObligations)] = {};
      size_t count = 0;
      for (absl::string_view cell : absl::StrSplit(absl::StripSuffix(line, "\r"), ',')) {
        if (count == std::size(cells) || !absl::SimpleAtoi(cell, &cells[count++])) count = 0;
      }
      EXPECT_EQ(count, std::size(cells)) << line;
      uint32_t bits = 0;
      for (size_t i = 0; i < std::size(kObligations); ++i) {
        bits |= static_cast<uint32_t>(cells[3 + i]) << i;
      }
      if (cells[2] <= kLastYear) dyads.emplace(Dyad{cells[0], cells[1], cells[2]}, bits);
    }
    return dyads;
  }

  // The spells of every actor of the table, by treaty and COW number, as the view has them: from
  // the rows of what the actor did under treaties, and the statements that hold at the cut.
  static Spells Held(IngestPath& path) {
    Spells spells;
    auto as_of = AsOf::Open(path.views(), {}, {});
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    if (!as_of.ok()) return spells;
    for (const v1::Actor& actor : Actors().actors()) {
      const std::vector<NumberTime> numbers = NumbersOf(actor);
      for (const auto& [treaty, record] : RecordsOf(*as_of, actor.id())) {
        const auto statement = LatestAt(as_of->rows(), kSource, record, as_of->known());
        EXPECT_TRUE(statement.ok() && statement->has_value()) << record;
        if (!statement.ok() || !statement->has_value()) return spells;
        for (const v1::TreatyParty& party : (*statement)->row.treaty_party()) {
          if (party.party().id() != actor.id()) continue;
          for (const v1::TreatySpell& spell : party.spell()) {
            for (const NumberTime& time : numbers) spells[treaty].push_back({time, spell});
          }
        }
      }
    }
    return spells;
  }

  // Each pair of two members in each year, over all alliances: what the first owes is all that it
  // owes under any phase of any of them.
  static Dyads DyadsOf(const Spells& spells) {
    Dyads dyads;
    for (const auto& [treaty, members] : spells) {
      std::map<int, std::map<int, uint32_t>> owed;  // by year and number
      for (const auto& [time, spell] : members) {
        const auto [first, last] = YearsOf(spell, time);
        const uint32_t bits = BitsOf(spell.obligation());
        for (int year = first; year <= last; ++year) owed[year][time.number] |= bits;
      }
      for (const auto& [year, members_then] : owed) {
        for (const auto& [first, bits] : members_then) {
          for (const auto& [second, other_bits] : members_then) {
            if (first != second) dyads[{first, second, year}] |= bits;
          }
        }
      }
    }
    return dyads;
  }

  // What GetTie says that is in force between the two on a day.
  static Owed Answered(IngestPath& path, int a, int b, const v1::Date& day) {
    static const auto& numbers = *new CowNumbers(Actors());
    v1::GetTieRequest request;
    *request.mutable_read_at()->mutable_cut()->mutable_effective_date() = day;
    request.set_a(numbers.BearersOf(a, day, day).front().actor);
    request.set_b(numbers.BearersOf(b, day, day).front().actor);
    Owed owed;
    auto as_of = AsOf::Open(path.views(), request.read_at(), {});
    EXPECT_TRUE(as_of.ok()) << as_of.status();
    if (!as_of.ok()) return owed;
    const auto response = GetTie(*as_of, Actors(), request);
    EXPECT_TRUE(response.ok()) << response.status();
    if (!response.ok()) return owed;
    for (const v1::SourceTie& source : response->tie().source()) {
      for (const v1::TreatyTie& tie : source.treaty()) {
        if (source.source() != kSource || tie.on().standing() != v1::STANDING_IN_FORCE) continue;
        EXPECT_FALSE(tie.on().last_observed()) << tie.treaty().id();
        EXPECT_TRUE(absl::StartsWith(tie.treaty().title(), "Alliance of ")) << tie.treaty().id();
        owed[tie.treaty().id()] = {BitsOf(tie.a_owes()), BitsOf(tie.b_owes())};
      }
    }
    return owed;
  }

 private:
  // Treaty and record of each 'y' row of the actor.
  static std::vector<std::pair<std::string, std::string>> RecordsOf(AsOf& as_of,
                                                                    const std::string& actor) {
    std::vector<std::pair<std::string, std::string>> records;
    const std::string prefix = KeyBuilder(kTreatyPartyRow).Text(actor).Text(kSource).Take();
    RowCursor& rows = as_of.rows();
    for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
      std::string_view same_actor, source, treaty, other, record;
      KeyParser parser(rows.key());
      const bool reads = parser.Text(&same_actor) && parser.Text(&source) && parser.Text(&treaty) &&
                         parser.Text(&other) && parser.Text(&record);
      EXPECT_TRUE(reads);
      records.emplace_back(treaty, record);
    }
    EXPECT_TRUE(rows.status().ok()) << rows.status();
    return records;
  }
};

// Prints what one side has and the other lacks; how many that are.
size_t CountMissing(const Dyads& dyads, const Dyads& among, const std::string& what) {
  size_t missing = 0;
  for (const auto& [dyad, bits] : dyads) {
    if (among.contains(dyad)) continue;
    if (missing++ < kShownMax) std::cout << what << ": " << dyad << "\n";
  }
  std::cout << what << ": " << missing << " in all\n";
  return missing;
}

// Of the pairs in both, the share in which an obligation is the same; prints where it is not.
double AgreementOn(size_t obligation, const Dyads& ours, const Dyads& published) {
  size_t both = 0, differ = 0;
  for (const auto& [dyad, bits] : ours) {
    const auto theirs = published.find(dyad);
    if (theirs == published.end()) continue;
    ++both;
    const bool owed = (bits >> obligation & 1) != 0;
    if (owed == ((theirs->second >> obligation & 1) != 0)) continue;
    if (differ++ < kShownMax) {
      std::cout << kObligations[obligation].second << (owed ? " only here: " : " only published: ")
                << dyad << "\n";
    }
  }
  std::cout << kObligations[obligation].second << ": " << differ << " of " << both << " differ\n";
  return both == 0 ? 0 : static_cast<double>(both - differ) / static_cast<double>(both);
}

TEST_F(AtopDyadsTest, ThePublishedDyadsComeOut) {
  IngestPath path;
  ASSERT_NO_FATAL_FAILURE(Load(path, kMembers, kMembersRows));
  ASSERT_NO_FATAL_FAILURE(Load(path, kAlliances, kAlliancesRows));
  const Dyads published = Published();
  ASSERT_EQ(published.size(), kPublishedPairs);
  const Dyads ours = DyadsOf(Held(path));
  const size_t not_here = CountMissing(published, ours, "published, not here");
  const size_t only_here = CountMissing(ours, published, "here, not published");
  EXPECT_GE(published.size() - not_here, kPairsMin);
  EXPECT_LE(only_here, kOnlyOursMax);
  for (size_t i = 0; i < std::size(kObligations); ++i) {
    EXPECT_GE(AgreementOn(i, ours, published), kAgreementMin) << kObligations[i].second;
  }
  EXPECT_EQ(path.TakeDigests().view, path.RebuiltDigests({}).view);
}

TEST_F(AtopDyadsTest, ATieHasWhatItsTwoMembersRowsHave) {
  IngestPath path;
  ASSERT_NO_FATAL_FAILURE(Load(path, kAlliances, kAlliancesRows));
  ASSERT_NO_FATAL_FAILURE(Load(path, kMembers, kMembersRows));
  const std::vector<PlainMember> members = PlainMembers(Bytes(kMembers));
  ASSERT_EQ(members.size(), kMembersRows);
  // Pairs from all over the published table; each second one with a state of the one before it,
  // so that some have nothing between them.
  const Dyads published = Published();
  size_t asked = 0, tied = 0, place = 0;
  Dyad before;
  for (const auto& [dyad, bits] : published) {
    if (place++ % (published.size() / kSampledPairs) != 0) continue;
    const int second = asked % 2 == 0 || dyad.first == before.second ? dyad.second : before.second;
    before = dyad;
    if (!HasNumberIn(dyad.first, dyad.year) || !HasNumberIn(second, dyad.year)) continue;
    const Owed expected = PlainlyOwed(members, dyad.first, second, dyad.year * 10'000 + 701);
    EXPECT_EQ(Answered(path, dyad.first, second, MakeDate(dyad.year, 7, 1)), expected)
        << Dyad{dyad.first, second, dyad.year};
    ++asked;
    tied += !expected.empty();
  }
  std::cout << asked << " pairs asked for, " << tied << " tied on 1 July\n";
  EXPECT_GE(asked, kSampledPairs - 20);
  EXPECT_GE(tied, kSampledPairs / 2);
  EXPECT_LT(tied, asked);
}

}  // namespace
}  // namespace dossier
