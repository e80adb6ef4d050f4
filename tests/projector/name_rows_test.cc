// What the fold writes of names, identifiers and the records that are about an actor.
#include <map>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "services/model/event_id.h"
#include "services/model/name_words.h"
#include "services/projector/fold.h"
#include "storage/log_record.h"
#include "storage/view_keys.h"
#include "tests/storage/temp_dir.h"

namespace dossier {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class NameRowsTest : public testing::Test {
 protected:
  NameRowsTest() { Anew(); }

  // An empty view.
  void Anew() {
    fold_.reset();
    sequence_ = 0;
    auto opened = Views::Open(dir_.path() + "/view" + std::to_string(++views_opened_), {});
    EXPECT_TRUE(opened.ok()) << opened.status();
    views_ = *std::move(opened);
  }

  // Folds one statement, in a unit of its own.
  void Say(const std::string& record, const std::string& sanction, int day) {
    v1::Present present;
    ASSERT_TRUE(
        google::protobuf::TextFormat::ParseFromString(sanction, present.mutable_sanction()));
    Say(record, present, day);
  }

  void Say(const std::string& record, const v1::Present& present, int day) {
    v1::LogEntry entry;
    v1::Event& event = *entry.mutable_event();
    std::string id(16, 'x');
    id.back() = static_cast<char>('a' + sequence_);
    event.set_id(id);
    event.set_source("toy");
    event.set_record(record);
    event.set_edition_id("an edition");
    event.mutable_stamp()->mutable_time()->set_seconds(day * 86'400);
    *event.mutable_present() = present;
    event.set_content_digest(ContentDigest(event));
    ReadRecord record_read;
    record_read.after.sequence = ++sequence_;
    record_read.after.offset = sequence_;
    record_read.bytes = EncodeLogRecord({}, entry.SerializeAsString());
    auto batch = views_->NewBatch();
    if (fold_ == nullptr) {
      fold_ = std::make_unique<Fold>();
      ASSERT_TRUE(fold_->Start(*batch).ok());
    }
    const DecodedRecord decoded = Decode(std::move(record_read));
    ASSERT_TRUE(fold_->ApplyUnit({&decoded, 1}, *batch).ok());
    fold_->WriteCounters(*batch);
    ASSERT_TRUE(views_->Commit(std::move(batch), decoded.read.after).ok());
  }

  // The next statement is folded by another process.
  void Restart() { fold_.reset(); }

  // The texts of the keys of a kind, joined by "|" (digests left out), with the first sequence.
  std::map<std::string, uint64_t> Rows(RowKind kind) {
    std::map<std::string, uint64_t> found;
    auto rows = views_->Read();
    for (rows->Seek(std::string(1, kind)); rows->Valid() && rows->key()[0] == kind; rows->Next()) {
      std::string_view rest = rows->key().substr(1);
      std::string text;
      for (int i = 0; !rest.empty(); ++i) {
        if (kind == kNameWordRow && i == 1) rest.remove_prefix(kWordsDigestSize);
        const size_t end = rest.find('\0');
        if (i > 0) text.push_back('|');
        text.append(rest.substr(0, end));
        rest.remove_prefix(end + 1);
      }
      uint64_t first = 0;
      EXPECT_TRUE(KeyParser::OfBytes(rows->value()).Number(&first));
      found[text] = first;
    }
    return found;
  }

  TempDir dir_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<Fold> fold_;
  uint64_t sequence_ = 0;
  int views_opened_ = 0;
};

constexpr char kParty[] = R"pb(
  part: SANCTION_PART_ENTRY
  target { id: "toy:1" printed_name: "Ali HASSAN" }
  name { whole: "Ali HASSAN" }
  identifier { number: "A-12 34" }
)pb";

TEST_F(NameRowsTest, ANameIsFoundAsPrintedFoldedAndByEachWord) {
  Say("1", kParty, 1);
  using testing::Pair;
  EXPECT_THAT(Rows(kActorNameRow), ElementsAre(Pair("toy:1|toy|Ali HASSAN", 1)));
  EXPECT_THAT(Rows(kFoldedNameRow), ElementsAre(Pair("ali hassan|toy:1|toy", 1)));
  EXPECT_THAT(Rows(kNameWordRow),
              ElementsAre(Pair("ali|toy:1|toy", 1), Pair("hassan|toy:1|toy", 1)));
  EXPECT_THAT(Rows(kIdentifierRow), ElementsAre(Pair("a1234|toy:1|toy", 1)));
  EXPECT_THAT(Rows(kActorRecordRow), ElementsAre(Pair("toy:1|toy|1", 1)));
}

TEST_F(NameRowsTest, ARowKeepsTheSequenceAtWhichItCameToBe) {
  Say("1", kParty, 1);
  Say("1", R"pb(part: SANCTION_PART_ENTRY
                target { id: "toy:1" printed_name: "Hassan, ALI" }
                name { whole: "Hassan, ALI" }
                name { whole: "Ali Hassan" }
                name { whole: "Abu Ali" }
                identifier { number: "a1234" }
                claim { object { id: "un:X.1" } })pb",
      2);
  using testing::Pair;
  EXPECT_THAT(Rows(kActorNameRow),
              ElementsAre(Pair("toy:1|toy|Abu Ali", 2), Pair("toy:1|toy|Ali HASSAN", 1),
                          Pair("toy:1|toy|Ali Hassan", 2), Pair("toy:1|toy|Hassan, ALI", 2)));
  EXPECT_THAT(Rows(kFoldedNameRow),
              ElementsAre(Pair("abu ali|toy:1|toy", 2), Pair("ali hassan|toy:1|toy", 1),
                          Pair("hassan ali|toy:1|toy", 2)));
  EXPECT_THAT(Rows(kIdentifierRow), ElementsAre(Pair("a1234|toy:1|toy", 1)));
  EXPECT_THAT(Rows(kActorRecordRow), ElementsAre(Pair("toy:1|toy|1", 1), Pair("un:X.1|toy|1", 2)));
  // "ali" stands in two names: "ali hassan" in either order is one, "abu ali" another.
  auto rows = views_->Read();
  int ali = 0;
  const std::string prefix = KeyBuilder(kNameWordRow).Text("ali").Take();
  for (rows->Seek(prefix); rows->Valid() && rows->key().starts_with(prefix); rows->Next()) ++ali;
  EXPECT_EQ(ali, 2);
}

// Whatever the fold knows of what it wrote before: in one run, or in a run for each statement.
TEST_F(NameRowsTest, TheRowsOfATransferKeepTheirSequenceInASanction) {
  v1::Present transfer;
  transfer.mutable_transfer()->mutable_supplier()->set_id("state:FRA");
  transfer.mutable_transfer()->mutable_supplier()->set_printed_name("France");
  transfer.mutable_transfer()->mutable_recipient()->set_id("state:EGY");
  transfer.mutable_transfer()->mutable_recipient()->set_printed_name("Egypt");
  constexpr char kMeasures[] = R"pb(part: SANCTION_PART_ENTRY
                                    target { id: "state:EGY" printed_name: "Egypt" }
                                    sender { id: "state:FRA" printed_name: "France" })pb";
  using testing::Pair;
  for (const bool restarts : {false, true}) {
    Say("1", kParty, 1);
    if (restarts) Restart();
    Say("2", transfer, 2);
    if (restarts) Restart();
    Say("3", kMeasures, 3);
    EXPECT_THAT(Rows(kFoldedNameRow),
                ElementsAre(Pair("ali hassan|toy:1|toy", 1), Pair("egypt|state:EGY|toy", 2),
                            Pair("france|state:FRA|toy", 2)));
    EXPECT_THAT(Rows(kActorRecordRow),
                ElementsAre(Pair("state:EGY|toy|3", 3), Pair("state:FRA|toy|3", 3),
                            Pair("toy:1|toy|1", 1)));
    Anew();
  }
}

TEST_F(NameRowsTest, ASanctionWithoutATargetIsSetAside) {
  Say("1", R"pb(part: SANCTION_PART_ENTRY)pb", 1);
  EXPECT_THAT(Rows(kActorRecordRow), IsEmpty());
  EXPECT_EQ(Rows(kActorNameRow).size(), 0u);
  auto rows = views_->Read();
  EXPECT_TRUE(rows->Find(KeyBuilder(kUndecodableRow).Number(1).key()).has_value());
}

}  // namespace
}  // namespace dossier
