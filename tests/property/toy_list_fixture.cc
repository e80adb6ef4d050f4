#include "tests/property/toy_list_fixture.h"

#include <rapidcheck.h>

#include <algorithm>
#include <memory>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr int kEntries = 3;
constexpr int kDays = 4;

using Programmes = std::vector<std::string>;
const std::vector<std::vector<int>> kPartChoices = {{}, {1}, {2}, {1, 2}};
const std::vector<Programmes> kScopeProgrammes = {{}, {}, {"A"}, {"B"}};
const std::vector<Programmes> kEntryProgrammes = {{}, {"A"}, {"B"}, {"A", "B"}};

template <typename T>
bool Admits(const std::vector<T>& allowed, const std::vector<T>& had) {
  return allowed.empty() || std::any_of(had.begin(), had.end(), [&](const T& value) {
           return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
         });
}

// Reads what ToyListEdition::Text writes, and nothing else.
class ToyListReader : public EditionReader {
 public:
  explicit ToyListReader(RecordSink& sink) : sink_(sink) {}

  absl::Status Feed(std::string_view bytes) override {
    text_.append(bytes);
    return absl::OkStatus();
  }

  absl::StatusOr<EditionFacts> Finish() override {
    std::istringstream lines(text_);
    std::string word;
    EditionFacts facts;
    facts.source = kToyListSource;
    int day = 0;
    uint32_t ordinal = 0;
    std::string parts, programmes, additions;
    lines >> word >> day >> ordinal >> parts >> programmes >> additions;
    facts.stamp =
        MakePublishStamp(StartOf(MakeDate(2021, 1, day)), v1::PRECISION_DAY, v1::BASIS_STATED);
    facts.stamp.set_ordinal(ordinal);
    for (absl::string_view part : absl::StrSplit(parts, ',', absl::SkipEmpty())) {
      if (part != "-") facts.scope.add_part(static_cast<v1::SanctionPart>(part.front() - '0'));
    }
    for (absl::string_view programme : absl::StrSplit(programmes, ',', absl::SkipEmpty())) {
      if (programme != "-") facts.scope.add_programme(std::string(programme));
    }
    facts.scope.set_additions_only(additions == "additions");
    uint32_t line = 1;
    for (std::string record; lines >> record;) {
      int part = 0;
      int content = 0;
      lines >> part >> programmes >> content;
      if (absl::Status s = sink_.OnRecord(RecordOf(record, programmes, content, ++line)); !s.ok()) {
        return s;
      }
    }
    return facts;
  }

 private:
  static EditionRecord RecordOf(const std::string& key, const std::string& programmes, int content,
                                uint32_t line) {
    EditionRecord record;
    record.key = key;
    record.line = record.line_end = line;
    v1::Sanction& sanction = *record.present.mutable_sanction();
    sanction.set_part(static_cast<v1::SanctionPart>(ToyPartOf(key)));
    sanction.add_target()->set_id("toy:" + key.substr(0, key.find('/')));
    sanction.set_remarks(absl::StrCat(content));
    for (absl::string_view programme : absl::StrSplit(programmes, ',', absl::SkipEmpty())) {
      if (programme != "-") sanction.add_programme(std::string(programme));
    }
    return record;
  }

  RecordSink& sink_;
  std::string text_;
};

}  // namespace

int ToyPartOf(const std::string& record) {
  return record.ends_with("/addresses") ? v1::SANCTION_PART_ADDRESSES : v1::SANCTION_PART_ENTRY;
}

std::vector<std::string> ToyListRecords() {
  std::vector<std::string> records;
  for (int entry = 1; entry <= kEntries; ++entry) {
    records.push_back(absl::StrCat(entry));
    records.push_back(absl::StrCat(entry, "/addresses"));
  }
  return records;
}

bool ToyListEdition::Covers(const std::string& record, const ToyEntry& entry) const {
  return Admits(parts, {ToyPartOf(record)}) && Admits(programmes, entry.programmes);
}

std::string ToyListEdition::Text() const {
  const auto list = [](const auto& values) {
    return values.empty() ? std::string("-") : absl::StrJoin(values, ",");
  };
  std::string text = absl::StrCat("list ", day, " ", ordinal, " ", list(parts), " ",
                                  list(programmes), " ", additions_only ? "additions" : "-", "\n");
  for (const auto& [record, entry] : rows) {
    absl::StrAppend(&text, record, " ", ToyPartOf(record), " ", list(entry.programmes), " ",
                    entry.content, "\n");
  }
  return text;
}

v1::LoadOptions ToyListEdition::Options() const {
  v1::LoadOptions options;
  options.set_file_name(absl::StrCat("list-", day, ".txt"));
  return options;
}

std::ostream& operator<<(std::ostream& out, const ToyListEdition& edition) {
  return out << edition.Text();
}

std::map<StampKey, ToyList> MeaningOf(const std::map<StampKey, ToyListEdition>& editions) {
  std::map<StampKey, ToyList> meaning;
  ToyList known;
  for (const auto& [stamp, edition] : editions) {
    std::erase_if(known, [&edition = edition](const auto& each) {
      return !edition.additions_only && !edition.rows.contains(each.first) &&
             edition.Covers(each.first, each.second);
    });
    for (const auto& [record, entry] : edition.rows) known[record] = entry;
    meaning[stamp] = known;
  }
  return meaning;
}

ToyListEdition AnyToyListEdition() {
  ToyListEdition edition;
  edition.day = *rc::gen::inRange(1, kDays + 1);
  edition.ordinal = *rc::gen::inRange(0, 2);
  edition.parts = *rc::gen::elementOf(kPartChoices);
  edition.programmes = *rc::gen::elementOf(kScopeProgrammes);
  edition.additions_only = *rc::gen::inRange(0, 4) == 0;
  for (const std::string& record : ToyListRecords()) {
    ToyEntry entry;
    entry.programmes = *rc::gen::elementOf(kEntryProgrammes);
    entry.content = *rc::gen::inRange(1, 3);
    if (edition.Covers(record, entry) && *rc::gen::inRange(0, 3) > 0) edition.rows[record] = entry;
  }
  return edition;
}

const std::vector<EditionFormat>& ToyListFormats() {
  static const auto& formats = *new std::vector<EditionFormat>{
      {"toy-list", 1, kToyListSource,
       [](const Sniff& sniff) { return sniff.first_bytes.starts_with("list "); },
       [](const ActorTable&, RecordSink& sink, std::string_view) -> std::unique_ptr<EditionReader> {
         return std::make_unique<ToyListReader>(sink);
       }}};
  return formats;
}

}  // namespace dossier
