// What the commands about sanctions ask, and the pages, tables and rows that they make of answers.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "tests/cli/cli_fixture.h"

namespace dossier {
namespace {

using google::protobuf::TextFormat;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kEntry[] = R"pb(
  source: "ofac-sdn"
  record: "7"
  party { id: "ofac:7" printed_name: "TOYLAND\x1b[2J SHIPPING" }
  list: "SDN"
  authority: "OFAC"
  in_force: IN_FORCE_POSSIBLY
  window {
    from {
      earliest_date { year: 2022 month: 2 day: 1 }
      latest_date { year: 2022 month: 2 day: 24 }
      basis: BASIS_ASSUMED
    }
    to {
      latest_date { year: 2022 month: 4 day: 1 }
      basis: BASIS_ASSUMED
    }
  }
  end_reason: END_REASON_NO_LONGER_LISTED
  note: "last observed 2022-04-01"
  sanction {
    target { id: "ofac:7" printed_name: "TOYLAND SHIPPING" }
    target_kind: ACTOR_KIND_VESSEL
    programme: "TOY"
    programme: "PLAY"
    measure {
      kind: MEASURE_KIND_ASSET_FREEZE
      basis: MEASURE_BASIS_IMPLIED
      rule: "ofac-sdn-blocking"
    }
    name { whole: "TOYLAND SHIPPING" kind: NAME_KIND_PRIMARY }
    name { whole: "TOYS" kind: NAME_KIND_ALIAS quality: NAME_QUALITY_LOW }
    identifier { kind: IDENTIFIER_KIND_IMO number: "1234567" }
    address {
      city: "Port Toy"
      country { id: "state:IRN" printed_name: "Iran" }
    }
    date {
      kind: SANCTION_DATE_KIND_LISTED
      date { year: 2022 month: 2 day: 24 }
      detail: "EO 1"
    }
    remarks: "cut here"
    remarks_cut: true
  }
  ground {
    sequence: 12
    stamp {
      time { seconds: 1645660800 }
      precision: PRECISION_DAY
      basis: BASIS_RETRIEVED
    }
    locator { file_name: "sdn.csv" line: 42 }
  })pb";

class FakeSanctions : public v1::SanctionsService::Service {
 public:
  grpc::Status GetSanctions(grpc::ServerContext*, const v1::GetSanctionsRequest* request,
                            v1::GetSanctionsResponse* response) override {
    sanctions_asked = *request;
    v1::PartySanctions& party = *response->add_party();
    party.mutable_actor()->set_id("ofac:7");
    party.mutable_actor()->set_name("TOYLAND SHIPPING");
    EXPECT_TRUE(TextFormat::ParseFromString(kEntry, party.add_entry()));
    if (is_ahead) {
      party.mutable_entry(0)->set_in_force(v1::IN_FORCE_NO);
      party.mutable_entry(0)->mutable_window()->clear_to();
      party.mutable_entry(0)->clear_end_reason();
    }
    v1::PartySanctions& claimed = *response->add_party();
    EXPECT_TRUE(TextFormat::ParseFromString(
        R"pb(
          actor { id: "uk:1" name: "Toyland" }
          by {
            claim {
              subject { id: "uk:1" printed_name: "Toyland" }
              object { id: "ofac:7" }
              kind: CLAIM_KIND_SAME_AS
              printed: "see 7"
            }
            ground { source: "uk-ofsi" record: "1" }
          }
          linked {
            party { id: "uk:2" printed_name: "Doll" }
            other { id: "uk:1" printed_name: "Toyland" }
            kind: LINK_KIND_OWNED_BY
          })pb",
        &claimed));
    response->add_coverage("ofac-sdn: whole; 4 editions");
    response->set_notice("Absence is no clearance.");
    return grpc::Status::OK;
  }

  // Entry N of five stands on page N.
  grpc::Status ListEntries(grpc::ServerContext*, const v1::ListEntriesRequest* request,
                           v1::ListEntriesResponse* response) override {
    lists_asked.push_back(*request);
    if (request->source() == "later") {
      response->add_coverage("later: no edition by this cut");
      return grpc::Status::OK;
    }
    const int at = request->page_token().empty() ? 0 : std::stoi(request->page_token());
    EXPECT_TRUE(TextFormat::ParseFromString(kEntry, response->add_entry()));
    response->mutable_entry(0)->set_record("entry" + std::to_string(at));
    response->set_count(5);
    if (at < 4) response->set_next_page_token(std::to_string(at + 1));
    return grpc::Status::OK;
  }

  grpc::Status ListEntryChanges(grpc::ServerContext*, const v1::ListEntryChangesRequest* request,
                                v1::ListEntryChangesResponse* response) override {
    changes_asked = *request;
    EXPECT_TRUE(TextFormat::ParseFromString(
        R"pb(
          change {
            record: "2"
            party { id: "ofac:2" printed_name: "CHANGES" }
            part: SANCTION_PART_ENTRY
            verb: VERB_REVISED
            change { field: "title" before: "Mr" }
            after {
              sequence: 9
              stamp {
                time { seconds: 1645747200 }
                precision: PRECISION_DAY
                basis: BASIS_STATED
              }
              locator { file_name: "sdn.csv" line: 8 }
            }
          }
          change {
            record: "3"
            party { id: "ofac:3" printed_name: "GOES" }
            part: SANCTION_PART_ENTRY
            verb: VERB_WITHDRAWN
            end_reason: END_REASON_MOVED
            change { field: "programme" before: "TOY" }
          }
          change { record: "4/aliases" part: SANCTION_PART_ALIASES verb: VERB_REPORTED }
          count { part: SANCTION_PART_ENTRY added: 1200 removed: 1 amended: 1 }
          count { part: SANCTION_PART_ALIASES added: 1 })pb",
        response));
    return grpc::Status::OK;
  }

  grpc::Status Search(grpc::ServerContext*, const v1::SearchRequest* request,
                      v1::SearchResponse* response) override {
    search_asked = *request;
    if (request->text() == "nobody") return grpc::Status::OK;
    EXPECT_TRUE(
        TextFormat::ParseFromString(R"pb(
                                      hit {
                                        actor { id: "ofac:7" printed_name: "TOYLAND SHIPPING" }
                                        kind: ACTOR_KIND_VESSEL
                                        source: "ofac-sdn"
                                        match: MATCH_KIND_FOLDED
                                        found: "TOYS"
                                        quality: NAME_QUALITY_LOW
                                        programme: "TOY"
                                        ground { record: "7/aliases" }
                                      }
                                      searched: "ofac-sdn")pb",
                                    response));
    return grpc::Status::OK;
  }

  bool is_ahead = false;  // the entry begins later
  v1::GetSanctionsRequest sanctions_asked;
  std::vector<v1::ListEntriesRequest> lists_asked;
  v1::ListEntryChangesRequest changes_asked;
  v1::SearchRequest search_asked;
};

class SanctionsCommands : public testing::Test {
 protected:
  Ran Ask(const std::vector<std::string>& arguments) {
    return RunDossier(arguments, {.channel = serving_.channel(), .in = "", .width = 0, .stop = {}});
  }

  FakeSanctions sanctions_;
  Serving serving_{{&sanctions_}};
};

TEST_F(SanctionsCommands, APartyIsAPage) {
  const Ran ran = Ask({"sanctions", "toyland", "--follow-claims", "--ended", "--imposed"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(sanctions_.sanctions_asked.actor(), "toyland");
  EXPECT_TRUE(sanctions_.sanctions_asked.follow_claims());
  EXPECT_TRUE(sanctions_.sanctions_asked.include_ended());
  EXPECT_TRUE(sanctions_.sanctions_asked.include_imposed());
  for (const char* line :
       {"TOYLAND SHIPPING  ofac:7\n",
        "ofac-sdn 7: SDN, OFAC\n",
        "  Stands        possibly in force; began between 2022-02-01 and 2022-02-24; ended "
        "2022-04-01 or",
        "(no longer listed)",
        "last observed 2022-04-01\n",
        "  Programmes    TOY; PLAY\n",
        "  Measures      asset freeze (implied by ofac-sdn-blocking)\n",
        "  Dates         listed 2022-02-24 (EO 1)\n",
        "  Names         TOYLAND SHIPPING (primary); TOYS (alias, weak)\n",
        "  Identifiers   imo 1234567\n",
        "  Addresses     Port Toy, Iran\n",
        "  Remarks       cut here\n",
        "(cut off by the publisher)",
        "  Rests on      published 2022-02-24 (retrieved), sdn.csv:42\n",
        "Brought in by the claim: Toyland (uk:1) same as ofac:7: see 7\n",
        "No sanction on it in what was looked through.\n",
        "  Doll (uk:2): owned by Toyland (uk:1)\n",
        "  (links that a list prints by name alone are not looked for)\n",
        "Covered: ofac-sdn: whole; 4 editions.\n",
        "Absence is no clearance.\n"}) {
    EXPECT_THAT(ran.out, HasSubstr(line));
  }
}

TEST_F(SanctionsCommands, WhatIsListedBeforeItBeginsHasYetToBegin) {
  sanctions_.is_ahead = true;
  EXPECT_THAT(
      Ask({"sanctions", "toyland"}).out,
      HasSubstr("  Stands        not in force; begins between 2022-02-01 and 2022-02-24\n"));
}

TEST_F(SanctionsCommands, EntriesAreRowsForPrograms) {
  const std::string csv = Ask({"--csv", "sanctions", "toyland"}).out;
  EXPECT_THAT(csv, HasSubstr("actor,side,claim,source,record,party,name,kind,list,programme,"));
  EXPECT_THAT(csv, HasSubstr("ofac:7,target,,ofac-sdn,7,ofac:7,"));
  EXPECT_THAT(csv, HasSubstr(",vessel,SDN,TOY; PLAY,asset freeze (implied by ofac-sdn-blocking),"
                             "Iran,possibly,2022-02-01,2022-02-24,assumed,,2022-04-01,assumed,"
                             "no longer listed,2022-02-24,retrieved,,sdn.csv,42,12\n"));
  v1::GetSanctionsResponse response;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                  Ask({"--json", "sanctions", "toyland"}).out, &response)
                  .ok());
  EXPECT_EQ(response.party_size(), 2);
}

TEST_F(SanctionsCommands, AListIsFollowedUpToTheLimit) {
  const Ran ran = Ask({"list", "ofac-sdn", "--programme", "TOY", "--country", "IRN", "--measure",
                       "asset-freeze", "--kind", "vessel", "--limit", "2"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  ASSERT_EQ(sanctions_.lists_asked.size(), 2);
  const v1::EntryFilter& filter = sanctions_.lists_asked[1].filter();
  EXPECT_THAT(filter.programme(), ElementsAre("TOY"));
  EXPECT_THAT(filter.country(), ElementsAre("IRN"));
  EXPECT_THAT(filter.measure(), ElementsAre(v1::MEASURE_KIND_ASSET_FREEZE));
  EXPECT_THAT(filter.kind(), ElementsAre(v1::ACTOR_KIND_VESSEL));
  EXPECT_EQ(sanctions_.lists_asked[1].page_size(), 1);
  EXPECT_THAT(ran.out, HasSubstr("entry1"));
  EXPECT_THAT(ran.out, Not(HasSubstr("entry2")));
  EXPECT_THAT(ran.out, HasSubstr("5 entries fit; there are more: --limit N or --all.\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("\x1b")));
  const std::string all = Ask({"--csv", "list", "ofac-sdn", "--all"}).out;
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 6);
}

TEST_F(SanctionsCommands, AListWithoutAnEditionByTheCutIsNoEmptyList) {
  const Ran ran = Ask({"list", "later", "--known-by", "2018-01-01"});
  EXPECT_THAT(ran.out, HasSubstr("No edition of it was published by this cut.\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("0 entries")));
}

TEST_F(SanctionsCommands, WordsThatNameNoMeasureAreRefused) {
  const Ran ran = Ask({"list", "ofac-sdn", "--measure", "blockade"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("\"blockade\": expected one of asset-freeze, travel-ban"));
  EXPECT_THAT(sanctions_.lists_asked, IsEmpty());
}

TEST_F(SanctionsCommands, ChangesAreToldFieldByField) {
  const Ran ran = Ask(
      {"changes", "ofac-sdn", "--from", "2022-02-24", "--to", "2022-02-25", "--effective", "2022"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const v1::ListEntryChangesRequest& asked = sanctions_.changes_asked;
  EXPECT_EQ(asked.from().ShortDebugString(), "known_by_date { year: 2022 month: 2 day: 24 }");
  EXPECT_EQ(asked.read_at().cut().known_by_date().day(), 25);
  EXPECT_THAT(ran.out, HasSubstr("entries:   1,200 added, 1 removed, 1 amended\n"
                                 "aliases:   1 added, 0 removed, 0 amended\n"
                                 "\n"
                                 "amended 2: CHANGES\n"
                                 "    published 2022-02-25 (stated), sdn.csv:8\n"
                                 "    title: Mr -> (not given)\n"
                                 "removed 3: GOES [TOY], moved\n"));
  EXPECT_THAT(ran.out, HasSubstr("added 4/aliases\n"));
  EXPECT_THAT(Ask({"--csv", "changes", "ofac-sdn", "--from", "2022"}).out,
              HasSubstr("2,ofac:2,CHANGES,entries,amended,,title,Mr,,2022-02-25,sdn.csv,8,9\n"));
  EXPECT_EQ(Ask({"changes", "ofac-sdn"}).status, 2);
  EXPECT_EQ(
      Ask({"changes", "ofac-sdn", "--from", "2022", "--to", "2023", "--known-by", "2023"}).status,
      2);
}

TEST_F(SanctionsCommands, ASearchTakesWordsAsTheyCome) {
  const Ran ran = Ask({"search", "toys", "of", "toyland", "--source", "ofac-sdn"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(sanctions_.search_asked.text(), "toys of toyland");
  EXPECT_THAT(sanctions_.search_asked.source(), ElementsAre("ofac-sdn"));
  EXPECT_EQ(sanctions_.search_asked.page_size(), 20);
  EXPECT_THAT(ran.out, HasSubstr("TOYS (weak)"));
  EXPECT_THAT(ran.out, HasSubstr("TOYLAND SHIPPING"));
  EXPECT_THAT(Ask({"--csv", "search", "toys"}).out,
              HasSubstr("folded,TOYS,weak,ofac:7,TOYLAND SHIPPING,vessel,ofac-sdn,TOY,7/aliases,"));
  EXPECT_THAT(Ask({"search", "nobody"}).out, HasSubstr("Nobody bears such a name"));
}

}  // namespace
}  // namespace dossier
