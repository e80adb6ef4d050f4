#include "tests/integration/lists_fixture.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/model/dates.h"
#include "services/query/as_of.h"
#include "services/query/feed.h"
#include "services/query/list_changes.h"
#include "services/query/list_entries.h"
#include "storage/view_keys.h"
#include "tests/integration/all_pages.h"

namespace dossier {
namespace {

constexpr char kFolder[] = DOSSIER_SOURCE_DIR "/../shared/data/sanctions";
constexpr size_t kShownMax = 5;

std::string WithoutBlanks(std::string_view text) {
  std::string kept(text);
  std::erase_if(kept, [](unsigned char c) { return std::isspace(c) != 0; });
  return kept;
}

// The text between two marks, from `at` on, which moves behind it. Nullopt: there is no more.
std::optional<std::string_view> NextBetween(std::string_view text, std::string_view open,
                                            std::string_view close, size_t* at) {
  const size_t begin = text.find(open, *at);
  if (begin == std::string_view::npos) return std::nullopt;
  const size_t end = text.find(close, begin + open.size());
  if (end == std::string_view::npos) return std::nullopt;
  *at = end + close.size();
  return text.substr(begin + open.size(), end - begin - open.size());
}

// "TAG=TEXT" of each element with a text of its own, in order.
std::vector<std::string> PlainElements(std::string_view entry) {
  std::vector<std::string> elements;
  std::string tag;
  for (size_t at = 0; at < entry.size();) {
    const size_t open = entry.find('<', at);
    const std::string text = WithoutBlanks(entry.substr(at, open - at));
    if (!text.empty()) elements.push_back(absl::StrCat(tag, "=", text));
    if (open == std::string_view::npos) break;
    const size_t close = entry.find('>', open);
    tag = entry.substr(open + 1, close - open - 1);
    at = close + 1;
  }
  return elements;
}

PlainList ReadUn(std::string_view bytes, bool sorted) {
  PlainList list;
  for (const char* kind : {"INDIVIDUAL", "ENTITY"}) {
    const std::string open = absl::StrCat("<", kind, ">");
    const std::string close = absl::StrCat("</", kind, ">");
    size_t at = 0;
    while (const auto entry = NextBetween(bytes, open, close, &at)) {
      std::vector<std::string> elements = PlainElements(*entry);
      std::string id;
      for (const std::string& element : elements) {
        if (element.starts_with("REFERENCE_NUMBER=")) id = "un:" + element.substr(17);
      }
      std::erase_if(elements, [](const auto& each) { return each.starts_with("DATAID="); });
      if (sorted) std::sort(elements.begin(), elements.end());
      std::string text;
      for (const std::string& element : elements) absl::StrAppend(&text, element, "\n");
      EXPECT_TRUE(list.emplace(id, text).second) << id << " stands twice";
    }
  }
  return list;
}

void PrintIds(std::ostream& out, const char* kind, const std::set<std::string>& ids) {
  out << " " << ids.size() << " " << kind;
  size_t shown = 0;
  for (const std::string& id : ids) {
    if (shown++ < kShownMax) out << " " << id;
  }
  out << ";";
}

std::vector<v1::ListEntryChangesResponse> ChangePages(IngestPath& path,
                                                      const v1::EditionLoaded& before,
                                                      const v1::EditionLoaded& after) {
  v1::ListEntryChangesRequest request;
  *request.mutable_read_at()->mutable_cut()->mutable_known_by_time() = after.stamp().time();
  *request.mutable_from()->mutable_known_by_time() = before.stamp().time();
  request.set_source(after.source());
  request.set_page_size(1'000);
  return AllPages(path, std::move(request), &ListEntryChanges);
}

// Puts a change where it belongs, by its party's id.
void TakeChange(const v1::EntryChange& change, const v1::EditionLoaded& after,
                ListDifference* difference) {
  SCOPED_TRACE(change.record());
  EXPECT_EQ(change.part(), v1::SANCTION_PART_ENTRY);
  EXPECT_GT(change.change_size(), 0) << "a change without a field that differs";
  EXPECT_LE(StampKeyOf(change.after().stamp()), StampKeyOf(after.stamp()));
  std::set<std::string>* ids = &difference->amended;
  if (change.verb() == v1::VERB_REPORTED || change.verb() == v1::VERB_CAME_BACK) {
    ids = &difference->added;
  } else if (change.verb() == v1::VERB_WITHDRAWN) {
    ids = &difference->removed;
  } else {
    EXPECT_EQ(change.verb(), v1::VERB_REVISED);
  }
  EXPECT_EQ(change.after().locator().line() > 0, ids != &difference->removed);
  EXPECT_EQ(change.before().locator().line() > 0, ids != &difference->added);
  EXPECT_TRUE(ids->insert(change.party().id()).second) << "told twice";
}

uint64_t CountAt(IngestPath& path, const std::string& source, const v1::Cut& cut) {
  v1::ListEntriesRequest request;
  *request.mutable_read_at()->mutable_cut() = cut;
  request.set_source(source);
  request.set_page_size(1);
  auto as_of = AsOf::Open(path.views(), request.read_at(), {});
  EXPECT_TRUE(as_of.ok()) << as_of.status();
  if (!as_of.ok()) return 0;
  const auto page = ListEntries(*as_of, Actors(), request, "");
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? page->count() : 0;
}

}  // namespace

PlainList PlainOfac(std::string_view bytes) {
  PlainList list;
  std::istringstream lines{std::string(bytes)};
  for (std::string line; std::getline(lines, line);) {
    const size_t comma = line.find(',');
    if (comma == std::string::npos) continue;  // the mark of the end
    const std::string id = "ofac:" + line.substr(0, comma);
    EXPECT_TRUE(list.emplace(id, WithoutBlanks(line.substr(comma))).second) << id;
  }
  return list;
}

PlainList PlainUn(std::string_view bytes) { return ReadUn(bytes, false); }
PlainList PlainUnSorted(std::string_view bytes) { return ReadUn(bytes, true); }

PlainList PlainUk(std::string_view bytes) {
  std::map<std::string, std::set<std::string>> rows;
  std::istringstream lines{std::string(bytes)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::string row = WithoutBlanks(line);
    if (number <= 2 || row.empty()) continue;  // its date, its headings
    rows[row.substr(row.rfind(',') + 1)].insert(row);
  }
  PlainList list;
  for (const auto& [group, texts] : rows) {
    for (const std::string& text : texts) absl::StrAppend(&list[group], text, "\n");
  }
  return list;
}

ListDifference DifferenceOf(const PlainList& before, const PlainList& after) {
  ListDifference difference;
  for (const auto& [id, text] : after) {
    const auto old = before.find(id);
    if (old == before.end()) {
      difference.added.insert(id);
    } else if (old->second != text) {
      difference.amended.insert(id);
    }
  }
  for (const auto& [id, text] : before) {
    if (!after.contains(id)) difference.removed.insert(id);
  }
  return difference;
}

std::ostream& operator<<(std::ostream& out, const ListDifference& difference) {
  PrintIds(out, "added", difference.added);
  PrintIds(out, "removed", difference.removed);
  PrintIds(out, "amended", difference.amended);
  return out;
}

void ListsTest::SetUp() {
  if (!std::filesystem::exists(kFolder)) {
    GTEST_SKIP() << "the published lists are not at hand: expected in ../shared/data/sanctions "
                    "beside the project's folder";
  }
}

std::string ListsTest::PathOf(const std::string& name) { return absl::StrCat(kFolder, "/", name); }

std::string ListsTest::Bytes(const std::string& name) {
  std::ifstream file(PathOf(name), std::ios::binary);
  EXPECT_TRUE(file.good()) << name << " is missing in " << kFolder;
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

absl::StatusOr<v1::LoadReport> ListsTest::TryLoad(IngestPath& path, const std::string& name,
                                                  v1::LoadOptions options) {
  options.set_file_name(name);
  return path.Load(Bytes(name), options);
}

v1::LoadReport ListsTest::Load(IngestPath& path, const std::string& name,
                               const v1::LoadOptions& options) {
  auto report = TryLoad(path, name, options);
  EXPECT_TRUE(report.ok()) << name << ": " << report.status();
  if (!report.ok()) return {};
  const v1::LoadCounts& counts = report->edition().counts();
  EXPECT_EQ(counts.rejected(), 0u) << name;
  EXPECT_EQ(counts.read(), counts.published() + counts.unchanged()) << name;
  return *std::move(report);
}

ListDifference ListsTest::Changes(IngestPath& path, const v1::EditionLoaded& before,
                                  const v1::EditionLoaded& after) {
  ListDifference difference;
  v1::ChangeCounts counts;
  for (const v1::ListEntryChangesResponse& page : ChangePages(path, before, after)) {
    for (const v1::EntryChange& change : page.change()) TakeChange(change, after, &difference);
    EXPECT_LE(page.count_size(), 1) << "other parts than entries changed";
    if (page.count_size() > 0) counts = page.count(0);
  }
  EXPECT_EQ(counts.added(), difference.added.size());
  EXPECT_EQ(counts.removed(), difference.removed.size());
  EXPECT_EQ(counts.amended(), difference.amended.size());
  return difference;
}

std::map<v1::SanctionPart, v1::ChangeCounts> ListsTest::PartChanges(
    IngestPath& path, const v1::EditionLoaded& before, const v1::EditionLoaded& after) {
  std::map<v1::SanctionPart, v1::ChangeCounts> counts;
  const auto pages = ChangePages(path, before, after);
  if (pages.empty()) return counts;
  for (const v1::ChangeCounts& count : pages.front().count()) counts[count.part()] = count;
  return counts;
}

uint64_t ListsTest::CountOf(IngestPath& path, const v1::EditionLoaded& edition) {
  v1::Cut cut;
  *cut.mutable_known_by_time() = edition.stamp().time();
  return CountAt(path, edition.source(), cut);
}

uint64_t ListsTest::CountOn(IngestPath& path, const std::string& source, const v1::Date& date) {
  v1::Cut cut;
  *cut.mutable_known_by_date() = date;
  return CountAt(path, source, cut);
}

std::vector<v1::FeedItem> ListsTest::NewsAfter(IngestPath& path, uint64_t sequence) {
  v1::WatchRequest request;
  request.set_news_only(true);
  WatchReader reader(path.views(), Actors(), request, absl::Hours(1));
  std::vector<v1::FeedItem> news;
  for (bool caught_up = false; !caught_up;) {
    const auto chunk = reader.Read({});
    EXPECT_TRUE(chunk.ok()) << chunk.status();
    if (!chunk.ok()) break;
    for (const v1::WatchResponse& message : chunk->messages) {
      caught_up = caught_up || message.caught_up();
      if (message.has_item() && message.item().sequence() > sequence) {
        news.push_back(message.item());
      }
    }
  }
  return news;
}

}  // namespace dossier
