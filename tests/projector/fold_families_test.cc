// What the fold writes of treaties, memberships, deployments, indicators, dealings and sanctions
// with a sender: the rows by which their records are found.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/model/event_id.h"
#include "services/projector/fold.h"
#include "storage/log_record.h"
#include "storage/timeline.h"
#include "storage/view_keys.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

using AllRows = std::map<std::string, std::string>;

constexpr char kTwoParties[] = R"pb(treaty {
                                      treaty { id: "t:1" }
                                      party {
                                        party { id: "state:RUS" }
                                        act {
                                          kind: ACT_KIND_RATIFICATION
                                          date { year: 1968 month: 3 day: 5 }
                                          printed: "5 Mar 1968"
                                          column: "Ratification"
                                          reservation: "not article 3"
                                        }
                                      }
                                      party {
                                        party { id: "state:CHN" }
                                        spell {
                                          from_date { year: 1992 }
                                          end_reason: "lapsed"
                                          detail: "phase 1"
                                        }
                                      }
                                    })pb";

constexpr char kTreatyOfChina[] =
    R"pb(treaty { treaty { id: "t:1" } party { party { id: "state:CHN" } } })pb";

class FoldFamiliesTest : public testing::Test {
 protected:
  FoldFamiliesTest() { Open(); }

  // Says it in a unit of its own: a content as text proto, "" for absent, "void" for void.
  void Say(const std::string& record, const std::string& present, int day) {
    v1::LogEntry entry;
    v1::Event& event = *entry.mutable_event();
    std::string id = std::to_string(units_.size());
    id.resize(16, '.');
    event.set_id(id);
    event.set_source("toy");
    event.set_record(record);
    event.set_edition_id("an edition");
    event.mutable_stamp()->mutable_time()->set_seconds(day * 86'400);
    if (present.empty()) {
      event.mutable_absent();
    } else if (present == "void") {
      event.mutable_void_();
    } else {
      ASSERT_TRUE(
          google::protobuf::TextFormat::ParseFromString(present, event.mutable_present()));
      event.set_content_digest(ContentDigest(event));
    }
    units_.push_back(entry.SerializeAsString());
    ASSERT_NO_FATAL_FAILURE(Fold({units_.size() - 1}));
  }

  // All of it anew in another view: unit by unit, the same with a process for each, or as one batch
  // of sorted files.
  enum class How { kUnitByUnit, kRestarting, kAtOnce };
  AllRows Rebuilt(How how) {
    Open();
    std::vector<size_t> all;
    for (size_t i = 0; i < units_.size(); ++i) {
      all.push_back(i);
      if (how == How::kRestarting) Restart();
      if (how != How::kAtOnce) Fold({i});
    }
    if (how == How::kAtOnce) Fold(all);
    return Rows("");
  }

  AllRows Rows(const std::string& prefix) {
    AllRows found;
    auto rows = views_->Read();
    for (rows->Seek(prefix); rows->Valid() && rows->key().starts_with(prefix); rows->Next()) {
      found.emplace(rows->key(), rows->value());
    }
    EXPECT_TRUE(rows->status().ok()) << rows->status();
    return found;
  }

  // The texts of the keys of a kind, joined by "|", with the first sequence.
  std::map<std::string, uint64_t> Found(RowKind kind) {
    std::map<std::string, uint64_t> found;
    for (const auto& [key, value] : Rows(std::string(1, kind))) {
      std::string text = key.substr(1, key.size() - 2);
      for (char& c : text) c = c == '\0' ? '|' : c;
      EXPECT_TRUE(DecodeNumber(value).has_value()) << text;
      found[text] = DecodeNumber(value).value_or(0);
    }
    return found;
  }

  v1::StatementRow Latest(const std::string& record) {
    auto rows = views_->Read();
    const auto statement = LatestAt(*rows, "toy", record, {});
    EXPECT_TRUE(statement.ok() && statement->has_value()) << record;
    return statement.ok() && statement->has_value() ? (*statement)->row : v1::StatementRow();
  }

 private:
  void Open() {
    auto opened = Views::Open(dir_.path() + "/view" + std::to_string(++views_opened_), {});
    ASSERT_TRUE(opened.ok()) << opened.status();
    views_ = *std::move(opened);
    Restart();
  }

  void Restart() {
    fold_ = std::make_unique<class Fold>();
    ASSERT_TRUE(fold_->Start(*views_->Read()).ok());
  }

  void Fold(const std::vector<size_t>& units) {
    auto batch = views_->NewBatch();
    LogPosition after;
    for (size_t unit : units) {
      ReadRecord read;
      read.after.sequence = read.after.offset = unit + 1;
      read.bytes = EncodeLogRecord({}, units_[unit]);
      const DecodedRecord decoded = Decode(std::move(read));
      ASSERT_TRUE(fold_->ApplyUnit({&decoded, 1}, *batch).ok());
      after = decoded.read.after;
    }
    fold_->WriteCounters(*batch);
    const absl::Status written = units.size() > 1 ? views_->IngestSorted(std::move(batch), after)
                                                  : views_->Commit(std::move(batch), after);
    ASSERT_TRUE(written.ok()) << written;
  }

  TempDir dir_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<class Fold> fold_;
  std::vector<std::string> units_;
  int views_opened_ = 0;
};

TEST_F(FoldFamiliesTest, ATreatysRecordIsFoundByPartyAndByTreaty) {
  Say("1", kTwoParties, 1);
  EXPECT_THAT(Found(kTreatyPartyRow),
              ElementsAre(Pair("state:CHN|toy|t:1||1", 1), Pair("state:RUS|toy|t:1||1", 1)));
  EXPECT_THAT(Found(kTreatyRow), ElementsAre(Pair("t:1|toy|p1", 1)));
  EXPECT_THAT(Found(kBetweenRow), IsEmpty());
}

TEST_F(FoldFamiliesTest, WhatDescribesATreatyIsAlsoFoundByItsBase) {
  Say("2-a", R"pb(treaty {
                    treaty { id: "t:2-a" title: "Protocol" }
                    describes: true
                    base { id: "t:2" }
                  })pb",
      1);
  EXPECT_THAT(Found(kTreatyRow), ElementsAre(Pair("t:2-a|toy|d2-a", 1), Pair("t:2|toy|b2-a", 1)));
  EXPECT_THAT(Found(kTreatyPartyRow), IsEmpty());
}

TEST_F(FoldFamiliesTest, ADirectedDyadIsFoundFromBothSides) {
  Say("1", R"pb(treaty {
                  treaty { id: "t:1" }
                  party {
                    party { id: "state:GBR" }
                    toward { id: "state:PRT" }
                  }
                })pb",
      1);
  EXPECT_THAT(Found(kTreatyPartyRow), ElementsAre(Pair("state:GBR|toy|t:1|state:PRT|1", 1),
                                                  Pair("state:PRT|toy|t:1|state:GBR|1", 1)));
}

TEST_F(FoldFamiliesTest, WhatIsBetweenTwoIsFoundFromEitherOfThem) {
  Say("s", R"pb(sanction {
                  part: SANCTION_PART_ENTRY
                  sender { id: "state:USA" }
                  target { id: "state:PRK" }
                })pb",
      1);
  Say("m", R"pb(membership {
                  member { id: "state:FRA" }
                  organisation { id: "org:NATO" }
                })pb",
      1);
  Say("d", R"pb(deployment { sender { id: "state:PRK" } supported { id: "state:RUS" } })pb", 1);
  Say("i", R"pb(indicator { actor { id: "state:PRK" } on { id: "state:CHN" } })pb", 1);
  Say("q", R"pb(dealing {
                  actor { id: "state:RUS" }
                  toward { id: "state:IRN" }
                  treaty { id: "t:9" }
                })pb",
      1);
  EXPECT_THAT(
      Found(kBetweenRow),
      ElementsAre(Pair("org:NATO|mstate:FRA|toy|m", 2), Pair("state:CHN|istate:PRK|toy|i", 4),
                  Pair("state:FRA|morg:NATO|toy|m", 2), Pair("state:IRN|qstate:RUS|toy|q", 5),
                  Pair("state:PRK|dstate:RUS|toy|d", 3), Pair("state:PRK|istate:CHN|toy|i", 4),
                  Pair("state:PRK|sstate:USA|toy|s", 1), Pair("state:RUS|dstate:PRK|toy|d", 3),
                  Pair("state:RUS|qstate:IRN|toy|q", 5), Pair("state:USA|sstate:PRK|toy|s", 1)));
  EXPECT_THAT(Found(kTreatyRow), ElementsAre(Pair("t:9|toy|qq", 5)));
}

TEST_F(FoldFamiliesTest, ADealingOfOneActorWithItselfHasOneRow) {
  Say("q", R"pb(dealing { actor { id: "state:RUS" } toward { id: "state:RUS" } })pb", 1);
  EXPECT_THAT(Found(kBetweenRow), ElementsAre(Pair("state:RUS|qstate:RUS|toy|q", 1)));
}

TEST_F(FoldFamiliesTest, ARowStaysWithItsFirstSequenceWhateverIsSaidLater) {
  Say("1", kTwoParties, 2);
  Say("1", kTreatyOfChina, 3);  // no longer of Russia
  Say("1", kTwoParties, 1);     // comes in late
  Say("1", R"pb(treaty { treaty { id: "t:1" } party { party { id: "state:IRN" } } })pb", 4);
  Say("1", "", 5);
  Say("1", "void", 4);
  Say("1", "void", 4);  // a repeat
  EXPECT_THAT(Found(kTreatyPartyRow),
              ElementsAre(Pair("state:CHN|toy|t:1||1", 1), Pair("state:IRN|toy|t:1||1", 4),
                          Pair("state:RUS|toy|t:1||1", 1)));
  EXPECT_THAT(Found(kTreatyRow), ElementsAre(Pair("t:1|toy|p1", 1)));
  EXPECT_FALSE(Latest("1").present());
}

TEST_F(FoldFamiliesTest, WhatDescribesATreatyKeepsItsRowThoughItNamesNoActor) {
  Say("1", R"pb(treaty { treaty { id: "t:1" title: "Pact" } describes: true })pb", 1);
  Say("1", R"pb(treaty { treaty { id: "t:1" title: "The pact" } describes: true })pb", 2);
  EXPECT_THAT(Found(kTreatyRow), ElementsAre(Pair("t:1|toy|d1", 1)));
}

TEST_F(FoldFamiliesTest, ARecordThatMovesToAnotherTreatyIsFoundByBoth) {
  Say("1", kTreatyOfChina, 1);
  Say("1", R"pb(treaty {
                  treaty { id: "t:2" }
                  describes: true
                  party { party { id: "state:CHN" } }
                })pb",
      2);
  EXPECT_THAT(Found(kTreatyRow), ElementsAre(Pair("t:1|toy|p1", 1), Pair("t:2|toy|d1", 2)));
  EXPECT_THAT(Found(kTreatyPartyRow),
              ElementsAre(Pair("state:CHN|toy|t:1||1", 1), Pair("state:CHN|toy|t:2||1", 2)));
}

TEST_F(FoldFamiliesTest, AStatementKeepsWhatATieIsToldFrom) {
  Say("1", kTwoParties, 1);
  const v1::StatementRow row = Latest("1");
  EXPECT_EQ(row.facets().treaty(), "t:1");
  ASSERT_EQ(row.treaty_party_size(), 2);
  const v1::TreatyAct& act = row.treaty_party(0).act(0);
  EXPECT_EQ(act.kind(), v1::ACT_KIND_RATIFICATION);
  EXPECT_EQ(act.date().day(), 5);
  EXPECT_TRUE(act.printed().empty() && act.column().empty() && act.reservation().empty());
  EXPECT_EQ(row.treaty_party(1).spell(0).from_date().year(), 1992);
  EXPECT_TRUE(row.treaty_party(1).spell(0).detail().empty());
}

TEST_F(FoldFamiliesTest, ATreatyWithoutAnIdIsSetAside) {
  Say("1", R"pb(treaty { party { party { id: "state:CHN" } } })pb", 1);
  EXPECT_THAT(Found(kTreatyPartyRow), IsEmpty());
  EXPECT_EQ(Rows(std::string(1, kUndecodableRow)).size(), 1u);
}

TEST_F(FoldFamiliesTest, RebuildingGivesTheSameRows) {
  Say("1", kTwoParties, 2);
  Say("2", R"pb(treaty { treaty { id: "t:1" title: "Pact" } describes: true })pb", 2);
  Say("1", kTreatyOfChina, 3);
  Say("1", kTreatyOfChina, 1);
  Say("2", R"pb(treaty { treaty { id: "t:1" title: "The pact" } describes: true })pb", 3);
  Say("1", R"pb(treaty { treaty { id: "t:1" } party { party { id: "state:IRN" } } })pb", 4);
  Say("d", R"pb(deployment { sender { id: "state:PRK" } supported { id: "state:RUS" } })pb", 1);
  Say("2", "void", 2);
  Say("d", "", 2);
  const AllRows rows = Rows("");
  EXPECT_FALSE(rows.empty());
  for (How how : {How::kUnitByUnit, How::kRestarting, How::kAtOnce}) {
    EXPECT_EQ(Rebuilt(how), rows) << static_cast<int>(how);
  }
}

}  // namespace
}  // namespace dossier
