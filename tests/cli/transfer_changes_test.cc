// `changes` of a register of transfers, asked of a service made up for it, and of the whole
// program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "dossier/v1/revisions_service.grpc.pb.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "google/protobuf/text_format.h"
#include "services/process.h"
#include "services/status_details.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using google::protobuf::TextFormat;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kPage[] = R"pb(
  answered_at {
    cut { known_by_date { year: 2025 month: 6 day: 1 } }
    sequence: 59
    view_sequence: 59
    log_id: "0123456789abcdef"
  }
  from {
    cut { known_by_date { year: 2025 month: 1 day: 1 } }
    sequence: 59
    view_sequence: 59
    log_id: "0123456789abcdef"
  }
  source: "toy-register"
  change {
    record: "state:RUS/state:IND/toy2/2000/1"
    verb: VERB_REVISED
    change_class: CHANGE_CLASS_NEW_DELIVERIES
    change_class: CHANGE_CLASS_FLAG
    change { field: "delivery[0].number" before: "4" after: "9" }
    change { field: "comment" before: "for, the navy" }
    supplier { id: "state:RUS" printed_name: "Russia" }
    recipient { id: "state:IND" printed_name: "India" }
    designation: "Toy-2"
    order_date { year: 2000 }
    before {
      sequence: 7
      stamp {
        time { seconds: 1710720000 }
        precision: PRECISION_DAY
        basis: BASIS_GENERATED
      }
      locator { file_name: "2024.csv" line: 12 line_end: 13 }
    }
    after {
      sequence: 50
      stamp {
        time { seconds: 1741824000 }
        precision: PRECISION_DAY
        basis: BASIS_GENERATED
      }
      locator { file_name: "2025.csv" line: 14 }
    }
  }
  change {
    record: "state:RUS/state:IND/toy5/-/1"
    verb: VERB_WITHDRAWN
    change { field: "supplier.id" before: "state:RUS" }
    change { field: "designation" before: "Toy-5" }
    change { field: "number_ordered" before: "7" }
    change { field: "condition" before: "new" }
    supplier { id: "state:RUS" printed_name: "Russia" }
    recipient { id: "state:IND" printed_name: "India" }
    designation: "Toy-5"
    before {
      sequence: 8
      stamp {
        time { seconds: 1710720000 }
        precision: PRECISION_DAY
        basis: BASIS_GENERATED
      }
      locator { file_name: "2024.csv" line: 15 }
    }
    resembles: "state:RUS/state:IND/toy5m/-/1"
    resembles: "state:RUS/state:IND/toy5m/-/2"
  }
  verb_count { verb: VERB_REVISED count: 1734 }
  verb_count { verb: VERB_WITHDRAWN count: 1 }
  class_count { change_class: CHANGE_CLASS_NEW_DELIVERIES count: 1034 alone: 20 }
  class_count { change_class: CHANGE_CLASS_FLAG count: 1714 alone: 700 }
  outside_newest_scope: 1164
  newest_scope: "delivery year 1950..2024 & deliveries only")pb";

class FakeRevisions : public v1::RevisionsService::Service {
 public:
  grpc::Status ListTransferChanges(grpc::ServerContext*,
                                   const v1::ListTransferChangesRequest* request,
                                   v1::ListTransferChangesResponse* response) override {
    asked.push_back(*request);
    if (!refusal.ok()) return ToGrpc(refusal);
    if (!is_empty) {
      EXPECT_TRUE(TextFormat::ParseFromString(kPage, response));
    }
    for (v1::TransferChange& change : *response->mutable_change()) {
      if (!is_reading) continue;
      change.clear_change_class();
      change.add_change_class(v1::CHANGE_CLASS_REPARSED);
    }
    if (asked.size() < pages) response->set_next_page_token(std::to_string(asked.size()));
    return grpc::Status::OK;
  }

  std::vector<v1::ListTransferChangesRequest> asked;
  absl::Status refusal;
  bool is_empty = false;
  bool is_reading = false;
  size_t pages = 1;
};

class FakeSanctions : public v1::SanctionsService::Service {
 public:
  grpc::Status ListEntryChanges(grpc::ServerContext*, const v1::ListEntryChangesRequest* request,
                                v1::ListEntryChangesResponse*) override {
    asked.push_back(*request);
    return grpc::Status::OK;
  }

  std::vector<v1::ListEntryChangesRequest> asked;
};

class TransferChangesCommand : public testing::Test {
 protected:
  Ran Ask(const std::vector<std::string>& arguments) {
    return RunDossier(arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}});
  }

  FakeRevisions revisions_;
  FakeSanctions sanctions_;
  Serving serving_{{&revisions_, &sanctions_}};
};

TEST_F(TransferChangesCommand, CountsComeFirstThenDealByDeal) {
  const Ran ran = Ask({"changes", "toy-register", "--from", "2025-01-01", "--to", "2025-06-01"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "revised:   1,734\n"
            "withdrawn: 1\n"
            "\n"
            "what changed    records  of these that alone\n"
            "──────────────  ───────  ───────────────────\n"
            "new deliveries    1,034                   20\n"
            "flag              1,714                  700\n"
            "\n"
            "revised (new deliveries, flag) state:RUS/state:IND/toy2/2000/1\n"
            "    Russia to India: Toy-2, ordered 2000\n"
            "    delivery[0].number: 4 -> 9\n"
            "    comment: for, the navy -> (not given)\n"
            "    before: published 2024-03-18 (generated), 2024.csv:12-13\n"
            "    after:  published 2025-03-13 (generated), 2025.csv:14\n"
            "\n"
            "withdrawn state:RUS/state:IND/toy5/-/1\n"
            "    Russia to India: Toy-5\n"
            "    number_ordered 7; condition new\n"
            "    before: published 2024-03-18 (generated), 2024.csv:15\n"
            "    perhaps the same deal as state:RUS/state:IND/toy5m/-/1, or "
            "state:RUS/state:IND/toy5m/-/2\n"
            "\n"
            "1,164 records are outside the newest edition's scope (delivery year 1950..2024 & "
            "deliveries only):\n"
            "not withdrawn; the edition that last covered each holds.\n"
            "\n"
            "From  Sequence 59, log 01234567; published by 2025-01-01.\n"
            "To    Sequence 59, log 01234567; published by 2025-06-01.\n");
  ASSERT_EQ(revisions_.asked.size(), 1u);
  EXPECT_THAT(sanctions_.asked, IsEmpty());
  EXPECT_EQ(revisions_.asked[0].ShortDebugString(),
            "read_at { cut { known_by_date { year: 2025 month: 6 day: 1 } } } "
            "from { known_by_date { year: 2025 month: 1 day: 1 } } "
            "source: \"toy-register\" filter { } page_size: 50");
}

TEST_F(TransferChangesCommand, FiltersAreAskedFor) {
  const Ran ran = Ask({"changes", "toy-register",   "--from",  "2025",      "--supplier",
                       "Iran",    "--recipient",    "Russia",  "--actor",   "CHN",
                       "--class", "new deliveries", "--class", "flag",      "--only-class",
                       "--verb",  "revised",        "--verb",  "came-back", "--all"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  ASSERT_EQ(revisions_.asked.size(), 1u);
  EXPECT_EQ(revisions_.asked[0].filter().ShortDebugString(),
            "supplier: \"Iran\" recipient: \"Russia\" actor: \"CHN\" verb: VERB_REVISED "
            "verb: VERB_CAME_BACK change_class: CHANGE_CLASS_NEW_DELIVERIES "
            "change_class: CHANGE_CLASS_FLAG no_other_class: true");
  EXPECT_EQ(revisions_.asked[0].page_size(), 1'000);
}

TEST_F(TransferChangesCommand, TheEarlierCutMayBeASequence) {
  Ask({"changes", "toy-register", "--from-sequence", "12", "--to", "2025", "--at-sequence", "40"});
  Ask({"changes", "toy-register", "--from-sequence", "12", "--from", "2024"});
  ASSERT_EQ(revisions_.asked.size(), 2u);
  EXPECT_EQ(revisions_.asked[0].from().ShortDebugString(),
            "known_by_date { year: 2025 } sequence: 12");
  EXPECT_EQ(revisions_.asked[0].read_at().cut().sequence(), 40u);
  EXPECT_EQ(revisions_.asked[1].from().ShortDebugString(),
            "known_by_date { year: 2024 } sequence: 12");
}

TEST_F(TransferChangesCommand, ARowOfCsvIsAField) {
  EXPECT_EQ(
      Ask({"--csv", "changes", "toy-register", "--from", "2025"}).out,
      "record,verb,class,supplier,supplier_name,recipient,recipient_name,designation,order_date,"
      "field,before,after,before_published,before_file,before_line,before_sequence,"
      "after_published,after_file,after_line,after_sequence,resembles\n"
      "state:RUS/state:IND/toy2/2000/1,revised,\"new deliveries, flag\",state:RUS,Russia,"
      "state:IND,India,Toy-2,2000,delivery[0].number,4,9,2024-03-18,2024.csv,12,7,2025-03-13,"
      "2025.csv,14,50,\n"
      "state:RUS/state:IND/toy2/2000/1,revised,\"new deliveries, flag\",state:RUS,Russia,"
      "state:IND,India,Toy-2,2000,comment,\"for, the navy\",,2024-03-18,2024.csv,12,7,2025-03-13,"
      "2025.csv,14,50,\n"
      "state:RUS/state:IND/toy5/-/1,withdrawn,,state:RUS,Russia,state:IND,India,Toy-5,,"
      "supplier.id,state:RUS,,2024-03-18,2024.csv,15,8,,,,,"
      "state:RUS/state:IND/toy5m/-/1; state:RUS/state:IND/toy5m/-/2\n"
      "state:RUS/state:IND/toy5/-/1,withdrawn,,state:RUS,Russia,state:IND,India,Toy-5,,"
      "designation,Toy-5,,2024-03-18,2024.csv,15,8,,,,,"
      "state:RUS/state:IND/toy5m/-/1; state:RUS/state:IND/toy5m/-/2\n"
      "state:RUS/state:IND/toy5/-/1,withdrawn,,state:RUS,Russia,state:IND,India,Toy-5,,"
      "number_ordered,7,,2024-03-18,2024.csv,15,8,,,,,"
      "state:RUS/state:IND/toy5m/-/1; state:RUS/state:IND/toy5m/-/2\n"
      "state:RUS/state:IND/toy5/-/1,withdrawn,,state:RUS,Russia,state:IND,India,Toy-5,,"
      "condition,new,,2024-03-18,2024.csv,15,8,,,,,"
      "state:RUS/state:IND/toy5m/-/1; state:RUS/state:IND/toy5m/-/2\n");
  EXPECT_THAT(Ask({"--json", "changes", "toy-register", "--from", "2025"}).out,
              HasSubstr("\"outside_newest_scope\":\"1164\""));
}

TEST_F(TransferChangesCommand, PagesAreFollowedUpToTheLimit) {
  revisions_.pages = 3;
  const Ran all = Ask({"changes", "toy-register", "--from", "2025", "--all"});
  ASSERT_EQ(revisions_.asked.size(), 3u);
  EXPECT_EQ(revisions_.asked[2].page_token(), "2");
  EXPECT_THAT(all.out, Not(HasSubstr("There are more")));
  // The counts are those of all pages, and stand once.
  EXPECT_EQ(all.out.find("revised:   1,734"), all.out.rfind("revised:   1,734"));
  revisions_.asked.clear();
  const Ran some = Ask({"changes", "toy-register", "--from", "2025", "--limit", "2"});
  EXPECT_EQ(revisions_.asked.size(), 1u);
  EXPECT_THAT(some.out, HasSubstr("There are more: --limit N or --all.\n"));
}

TEST_F(TransferChangesCommand, ANewReadingIsSaidToBeNoChangeAtTheSource) {
  const std::string line =
      "    a newer adapter read the edition anew; the source changed nothing\n";
  const auto ask = [&] { return Ask({"changes", "toy-register", "--from", "2025"}).out; };
  EXPECT_THAT(ask(), Not(HasSubstr(line)));
  revisions_.is_reading = true;
  EXPECT_THAT(ask(), HasSubstr(line));
  EXPECT_THAT(ask(), HasSubstr("withdrawn (reparsed) state:RUS/state:IND/toy5/-/1\n"));
}

TEST_F(TransferChangesCommand, NothingIsSaidToBeNothing) {
  revisions_.is_empty = true;
  const Ran ran = Ask({"changes", "toy-register", "--from", "2025", "--verb", "reported"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("Nothing that was asked for changed between the two.\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("outside the newest")));
}

TEST_F(TransferChangesCommand, ASourceWithoutTransfersIsAskedForAsAList) {
  revisions_.refusal = absl::InvalidArgumentError("source: no transfers");
  AddFieldViolation(revisions_.refusal, "source", "no transfers");
  const Ran ran = Ask({"changes", "toy-list", "--from", "2025"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(revisions_.asked.size(), 1u);
  ASSERT_EQ(sanctions_.asked.size(), 1u);
  EXPECT_EQ(sanctions_.asked[0].source(), "toy-list");
  // Not where it was asked as a register.
  const Ran asked = Ask({"changes", "toy-list", "--from", "2025", "--verb", "revised"});
  EXPECT_EQ(asked.status, 1);
  EXPECT_THAT(asked.err, HasSubstr("changes toy-list: source: no transfers"));
  EXPECT_EQ(sanctions_.asked.size(), 1u);
}

TEST_F(TransferChangesCommand, AListIsAskedForAsOne) {
  Ask({"changes", "ofac-sdn", "--from", "2025"});
  Ask({"changes", "toy-register", "--from", "2025", "--kind", "vessel"});
  EXPECT_THAT(revisions_.asked, IsEmpty());
  EXPECT_EQ(sanctions_.asked.size(), 2u);
}

TEST_F(TransferChangesCommand, WhatFailsIsSaid) {
  revisions_.refusal = absl::NotFoundError("filter.supplier: \"Atlantis\" is no actor");
  const Ran ran = Ask({"--csv", "changes", "toy-register", "--from", "2025"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("changes toy-register: filter.supplier: \"Atlantis\""));
}

TEST_F(TransferChangesCommand, WrongUseIsRefused) {
  const auto error = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"changes", "toy-register"});
    const Ran ran = Ask(more);
    EXPECT_EQ(ran.status, 2);
    return ran.err;
  };
  EXPECT_THAT(error({}), HasSubstr("--from DATE or --from-sequence N is required"));
  EXPECT_THAT(error({"--from", "2025", "--only-class"}), HasSubstr("--class"));
  EXPECT_THAT(error({"--from", "2025", "--class", "colour"}), HasSubstr("\"colour\""));
  EXPECT_THAT(error({"--from", "2025", "--verb", "voided"}), HasSubstr("voided"));
  EXPECT_THAT(error({"--from", "2025", "--verb", "revised", "--kind", "vessel"}),
              HasSubstr("ask about a list of sanctions"));
  EXPECT_THAT(revisions_.asked, IsEmpty());
}

TEST(TransferChangesEndToEnd, TwoEditionsOfDealsAreCompared) {
  std::string name = (fs::temp_directory_path() / "dossier_cli_XXXXXX").string();
  const fs::path root = mkdtemp(name.data());
  const auto dossier = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--data", (root / "data").string()});
    return RunDossier(arguments);
  };
  const std::string samples = std::string(DOSSIER_SOURCE_DIR) + "/deploy/samples/";
  EXPECT_EQ(
      dossier({"load", samples + "transfers-2024-03-18.csv", samples + "transfers-2025-03-13.csv"})
          .status,
      0);
  const Ran ran = dossier({"changes", "sipri-deals", "--from", "2024-12-31", "--supplier", "Iran",
                           "--class", "new-deliveries"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("    Iran to Russia: Shahed-136, ordered 2022\n"));
  EXPECT_THAT(ran.out, HasSubstr("    delivery[0].number: 600 -> 2000\n"));
  EXPECT_THAT(ran.out, HasSubstr("transfers-2024-03-18.csv:14\n"));
  EXPECT_THAT(dossier({"changes", "sipri-deals", "--from", "2024-12-31", "--to", "2024"}).out,
              StartsWith("Nothing that was asked for changed"));
  fs::remove_all(root);
}

}  // namespace
}  // namespace dossier
