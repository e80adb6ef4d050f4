#include "tests/property/toy_treaty_fixture.h"

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

constexpr int kDays = 4;
constexpr int kContents = 5;
constexpr char kAbout[] = "about";  // the party in the key of what describes a treaty

const std::vector<std::vector<std::string>> kScopes = {
    {}, {}, {"toy:1"}, {"toy:2"}, {"toy:1", "toy:2"}};

std::string PartyOf(const std::string& record) { return record.substr(0, record.find('/')); }

void AddAct(v1::ActKind kind, int year, int month, v1::TreatyParty& party) {
  v1::TreatyAct& act = *party.add_act();
  act.set_kind(kind);
  if (year != 0) *act.mutable_date() = MakeDate(year, month);
}

// Signed; ratified; by a spell; acts without a date; gone again.
void FillParty(int content, v1::TreatyParty& party) {
  if (content != 2) AddAct(v1::ACT_KIND_SIGNATURE, 2000, 3, party);
  if (content == 1) AddAct(v1::ACT_KIND_RATIFICATION, 2001, 0, party);
  if (content == 2) {
    v1::TreatySpell& spell = *party.add_spell();
    *spell.mutable_from_date() = MakeDate(2002, 5);
    spell.add_obligation(v1::OBLIGATION_DEFENSE);
  }
  if (content == 3) AddAct(v1::ACT_KIND_ACCEPTANCE, 0, 0, party);
  if (content == 4) {
    AddAct(v1::ACT_KIND_ACCESSION, 2001, 0, party);
    AddAct(v1::ACT_KIND_WITHDRAWAL, 2005, 6, party);
  }
}

// Reads what ToyTreatyEdition::Text writes, and nothing else.
class ToyTreatyReader : public EditionReader {
 public:
  explicit ToyTreatyReader(RecordSink& sink) : sink_(sink) {}

  absl::Status Feed(std::string_view bytes) override {
    text_.append(bytes);
    return absl::OkStatus();
  }

  absl::StatusOr<EditionFacts> Finish() override {
    std::istringstream lines(text_);
    EditionFacts facts;
    facts.source = kToyTreatySource;
    int day = 0;
    uint32_t ordinal = 0;
    std::string word, treaties, additions;
    lines >> word >> day >> ordinal >> treaties >> additions;
    facts.stamp =
        MakePublishStamp(StartOf(MakeDate(2021, 1, day)), v1::PRECISION_DAY, v1::BASIS_STATED);
    facts.stamp.set_ordinal(ordinal);
    facts.covers_until = MakeDate(2021, 1, day);
    for (absl::string_view treaty : absl::StrSplit(treaties, ',')) {
      if (treaty != "-") facts.scope.add_treaty(std::string(treaty));
    }
    facts.scope.set_additions_only(additions == "additions");
    uint32_t line = 1;
    for (EditionRecord record; lines >> record.key; record = {}) {
      ToyPart part;
      lines >> part.treaty >> part.content;
      *record.present.mutable_treaty() = ToyTreatyOf(record.key, part);
      record.line = record.line_end = ++line;
      if (absl::Status s = sink_.OnRecord(std::move(record)); !s.ok()) return s;
    }
    return facts;
  }

 private:
  RecordSink& sink_;
  std::string text_;
};

}  // namespace

std::vector<std::string> ToyTreatyIds() { return {"toy:1", "toy:2"}; }

std::vector<std::string> ToyTreatyParties() { return {"state:CHN", "state:IRN", "state:RUS"}; }

std::vector<std::string> ToyTreatyRecords() {
  std::vector<std::string> records;
  for (const std::string party : {"CHN", "IRN", "RUS", kAbout}) {
    records.push_back(absl::StrCat(party, "/1"));
    records.push_back(absl::StrCat(party, "/2"));
  }
  return records;
}

v1::Treaty ToyTreatyOf(const std::string& record, const ToyPart& part) {
  v1::Treaty treaty;
  treaty.mutable_treaty()->set_id(part.treaty);
  if (PartyOf(record) == kAbout) {
    treaty.set_describes(true);
    treaty.mutable_treaty()->set_title(absl::StrCat("Pact no. ", part.content));
    if (part.content > 2) *treaty.mutable_in_force_date() = MakeDate(2002, part.content);
    return treaty;
  }
  v1::TreatyParty& party = *treaty.add_party();
  party.mutable_party()->set_id("state:" + PartyOf(record));
  FillParty(part.content, party);
  return treaty;
}

bool ToyTreatyEdition::Covers(const ToyPart& part) const {
  return treaties.empty() ||
         std::find(treaties.begin(), treaties.end(), part.treaty) != treaties.end();
}

std::string ToyTreatyEdition::Text() const {
  std::string text = absl::StrCat("treaties ", day, " ", ordinal, " ",
                                  treaties.empty() ? "-" : absl::StrJoin(treaties, ","), " ",
                                  additions_only ? "additions" : "-", "\n");
  for (const auto& [record, part] : rows) {
    absl::StrAppend(&text, record, " ", part.treaty, " ", part.content, "\n");
  }
  return text;
}

v1::LoadOptions ToyTreatyEdition::Options() const {
  v1::LoadOptions options;
  options.set_file_name(absl::StrCat("treaties-", day, ".txt"));
  options.set_ordinal(ordinal);
  options.set_accept_ending(true);  // what is drawn at random may end anything
  return options;
}

std::ostream& operator<<(std::ostream& out, const ToyTreatyEdition& edition) {
  return out << edition.Text();
}

std::map<StampKey, ToyTreaties> MeaningOf(const std::map<StampKey, ToyTreatyEdition>& editions) {
  std::map<StampKey, ToyTreaties> meaning;
  ToyTreaties known;
  for (const auto& [stamp, edition] : editions) {
    std::erase_if(known, [&edition = edition](const auto& each) {
      return !edition.additions_only && !edition.rows.contains(each.first) &&
             edition.Covers(each.second);
    });
    for (const auto& [record, part] : edition.rows) known[record] = part;
    meaning[stamp] = known;
  }
  return meaning;
}

ToyTreatyEdition AnyToyTreatyEdition() {
  ToyTreatyEdition edition;
  edition.day = *rc::gen::inRange(1, kDays + 1);
  edition.ordinal = *rc::gen::inRange(0, 2);
  edition.treaties = *rc::gen::elementOf(kScopes);
  edition.additions_only = *rc::gen::inRange(0, 4) == 0;
  for (const std::string& record : ToyTreatyRecords()) {
    // Mostly the treaty that its key names.
    ToyPart part{absl::StrCat("toy:", record.back() - '0'), *rc::gen::inRange(0, kContents)};
    if (*rc::gen::inRange(0, 6) == 0) part.treaty = *rc::gen::elementOf(ToyTreatyIds());
    if (edition.Covers(part) && *rc::gen::inRange(0, 3) > 0) edition.rows[record] = part;
  }
  return edition;
}

const std::vector<EditionFormat>& ToyTreatyFormats() {
  static const auto& formats = *new std::vector<EditionFormat>{
      {"toy-treaties", 1, kToyTreatySource,
       [](const Sniff& sniff) { return sniff.first_bytes.starts_with("treaties "); },
       [](const ActorTable&, RecordSink& sink, std::string_view) -> std::unique_ptr<EditionReader> {
         return std::make_unique<ToyTreatyReader>(sink);
       }}};
  return formats;
}

}  // namespace dossier
