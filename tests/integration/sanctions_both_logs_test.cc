// The same lists, loaded through Kafka and through the embedded log, come to the same view.
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/kafka_log.h"
#include "tests/integration/kafka_fixture.h"
#include "tests/integration/lists_fixture.h"
#include "tests/property/ingest_path_fixture.h"

namespace dossier {
namespace {

class BothLogsLists : public ListsTest {};

TEST_F(BothLogsLists, GiveOneViewForThePublishedFiles) {
  auto kafka_log = OpenKafkaLog(OptionsFor(KafkaBroker::Shared(), NewTopicName()));
  ASSERT_TRUE(kafka_log.ok()) << kafka_log.status();
  std::vector<Digests> digests;
  for (EventLog* log : {static_cast<EventLog*>(nullptr), kafka_log->get()}) {
    absl::Time now = absl::FromUnixSeconds(1'800'000'000);
    IngestPath path({.log = log, .now = [&now] { return now; }});
    // Out of order, so that later editions are restated and ended too.
    for (const char* name : {"un_sc_consolidated_2020-11-30.xml", "us_ofac_sdn_2021-07-07.csv",
                             "us_ofac_alt_2021-07-07.csv", "un_sc_consolidated_2018-10-29.xml",
                             "us_ofac_sdn_2021-04-25.csv", "us_ofac_alt_2021-04-25.csv",
                             "un_sc_consolidated_2020-03-20.xml"}) {
      Load(path, name);
      now += absl::Seconds(1);
    }
    digests.push_back(path.TakeDigests());
    EXPECT_EQ(path.RebuiltDigests({}).view, digests.back().view);
  }
  EXPECT_EQ(digests[0].view, digests[1].view);
  EXPECT_EQ(digests[0].rows, digests[1].rows);
  EXPECT_EQ(digests[0].knowledge, digests[1].knowledge);
}

}  // namespace
}  // namespace dossier
