// What any EventLog must hold: one suite for the embedded log and for Kafka.
//
//   INSTANTIATE_TEST_SUITE_P(Embedded, EventLogSuite,
//                            testing::Values([] { return std::make_unique<EmbeddedSite>(); }));
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "dossier/v1/event.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/event_log.h"
#include "storage/log_record.h"
#include "storage/log_unit.h"

namespace dossier {

// A fresh, empty log of a test's own.
class LogSite {
 public:
  virtual ~LogSite() = default;
  virtual EventLog& log() = 0;
  // Closes the log, whose writers and readers are gone, and opens what it left behind.
  virtual void Reopen() = 0;
};

using MakeLogSite = std::function<std::unique_ptr<LogSite>()>;

class EventLogSuite : public testing::TestWithParam<MakeLogSite> {
 protected:
  // Records that opening a writer puts into an empty log: genesis, writer opened.
  static constexpr uint64_t kOpening = 2;

  EventLog& log() { return site_->log(); }

  std::unique_ptr<LogWriter> Open(const std::string& author = "writer",
                                  WriterOptions options = {}) {
    auto writer = log().OpenWriter(author, std::move(options));
    EXPECT_TRUE(writer.ok()) << writer.status();
    return writer.ok() ? *std::move(writer) : nullptr;
  }

  static uint64_t Append(LogWriter& writer, const std::vector<std::string>& payloads) {
    auto end = writer.Append(payloads);
    EXPECT_TRUE(end.ok()) << end.status();
    return end.value_or(0);
  }

  std::unique_ptr<LogReader> ReaderAt(const LogPosition& from) {
    auto reader = log().OpenReader(from);
    EXPECT_TRUE(reader.ok()) << reader.status();
    return reader.ok() ? *std::move(reader) : nullptr;
  }

  // All records after a position, in reads of at most `step`.
  std::vector<ReadRecord> ReadAll(const LogPosition& from = {}, size_t step = 1000) {
    auto reader = ReaderAt(from);
    std::vector<ReadRecord> all;
    auto end = reader->EndOffset();
    EXPECT_TRUE(end.ok()) << end.status();
    while (true) {
      // Kafka's first fetch takes a while; once records flow, a short silence is the end.
      auto records = reader->Read(step, all.empty() ? absl::Seconds(3) : absl::Milliseconds(200));
      EXPECT_TRUE(records.ok()) << records.status();
      if (!records.ok() || records->empty()) return all;
      EXPECT_LE(records->size(), step);
      for (ReadRecord& record : *records) all.push_back(std::move(record));
      if (all.back().after.offset >= end.value_or(0)) return all;
    }
  }

  static std::vector<std::string> Payloads(const std::vector<ReadRecord>& records) {
    std::vector<std::string> payloads;
    for (const ReadRecord& record : records) {
      auto decoded = DecodeLogRecord(record.bytes);
      EXPECT_TRUE(decoded.ok()) << decoded.status();
      if (decoded.ok()) payloads.push_back(std::move(decoded->payload));
    }
    return payloads;
  }

  static std::vector<std::string> Numbered(const std::string& name, size_t count) {
    std::vector<std::string> payloads;
    for (size_t i = 0; i < count; ++i) payloads.push_back(absl::StrCat(name, "/", i));
    return payloads;
  }

  std::unique_ptr<LogSite> site_ = GetParam()();
};

TEST_P(EventLogSuite, AnEmptyLogOpensWithGenesisAndWriterOpenedAsOneUnit) {
  auto writer = Open("first");
  const auto records = ReadAll();
  ASSERT_EQ(records.size(), kOpening);
  for (uint32_t i = 0; i < kOpening; ++i) {
    auto record = DecodeLogRecord(records[i].bytes);
    ASSERT_TRUE(record.ok()) << record.status();
    EXPECT_EQ(record->header.unit_index, i);
    EXPECT_EQ(record->header.unit_count, kOpening);
    EXPECT_EQ(record->header.author, "first");
    v1::LogEntry entry;
    ASSERT_TRUE(entry.ParseFromString(record->payload));
    EXPECT_EQ(i == 0, entry.has_genesis());
    EXPECT_EQ(i == 1, entry.has_writer_opened());
    EXPECT_EQ(entry.genesis().log_id().size(), i == 0 ? 16u : 0u);
    EXPECT_EQ(entry.writer_opened().writer(), i == 1 ? "first" : "");
  }
}

TEST_P(EventLogSuite, TheGenesisIsWrittenOnce) {
  Open("first");
  site_->Reopen();
  Open("second");
  const auto payloads = Payloads(ReadAll());
  ASSERT_EQ(payloads.size(), kOpening + 1);
  v1::LogEntry entry;
  ASSERT_TRUE(entry.ParseFromString(payloads.back()));
  EXPECT_EQ(entry.writer_opened().writer(), "second");
}

TEST_P(EventLogSuite, SequencesAreDenseFromOne) {
  auto writer = Open();
  for (size_t size : {1, 3, 2, 5}) Append(*writer, Numbered("unit", size));
  const auto records = ReadAll();
  ASSERT_EQ(records.size(), kOpening + 11);
  for (size_t i = 0; i < records.size(); ++i) EXPECT_EQ(records[i].after.sequence, i + 1);
}

TEST_P(EventLogSuite, RecordsComeBackInOrderWithTheirPlaceInTheUnit) {
  auto writer = Open("author");
  Append(*writer, {"a", "", std::string("\0b", 2)});
  const auto records = ReadAll();
  ASSERT_EQ(records.size(), kOpening + 3);
  EXPECT_THAT(Payloads({records.begin() + kOpening, records.end()}),
              testing::ElementsAre("a", "", std::string("\0b", 2)));
  for (uint32_t i = 0; i < 3; ++i) {
    auto record = DecodeLogRecord(records[kOpening + i].bytes);
    ASSERT_TRUE(record.ok());
    EXPECT_EQ(record->header.unit_index, i);
    EXPECT_EQ(record->header.unit_count, 3u);
  }
}

TEST_P(EventLogSuite, AReaderResumesFromAnyPosition) {
  auto writer = Open();
  for (size_t size : {2, 1, 4}) Append(*writer, Numbered("unit", size));
  const auto all = ReadAll();
  ASSERT_EQ(all.size(), kOpening + 7);
  for (size_t i = 0; i + 1 < all.size(); ++i) {
    const auto rest = ReadAll(all[i].after, 3);
    ASSERT_EQ(rest.size(), all.size() - i - 1) << "from sequence " << i + 1;
    for (size_t k = 0; k < rest.size(); ++k) {
      EXPECT_EQ(rest[k].after, all[i + 1 + k].after);
      EXPECT_EQ(rest[k].bytes, all[i + 1 + k].bytes);
    }
  }
}

TEST_P(EventLogSuite, APositionCarriesTheDigestOfTheRecordBeforeIt) {
  auto writer = Open();
  RecordDigester digester;
  for (const ReadRecord& record : ReadAll()) {
    EXPECT_EQ(record.after.last_digest, digester.Digest(record.bytes));
  }
}

TEST_P(EventLogSuite, APositionOfAnotherRecordIsRefused) {
  auto writer = Open();
  Append(*writer, {"a", "b"});
  LogPosition position = ReadAll().back().after;
  position.last_digest[31] ^= 1;
  EXPECT_EQ(log().OpenReader(position).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_P(EventLogSuite, AReplacedLogIsRefused) {
  Append(*Open(), {"a", "b"});
  const LogPosition position = ReadAll().back().after;
  site_ = GetParam()();
  Append(*Open(), {"a", "b"});
  EXPECT_EQ(log().OpenReader(position).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_P(EventLogSuite, ALogCutShortIsRefused) {
  Append(*Open(), Numbered("unit", 20));
  const LogPosition position = ReadAll().back().after;
  site_ = GetParam()();
  Open();
  EXPECT_EQ(log().OpenReader(position).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_P(EventLogSuite, ANewWriterFencesTheOldOneForever) {
  auto old_writer = Open("old");
  Append(*old_writer, {"before"});
  auto new_writer = Open("new");
  const std::vector<std::string> late = {"late"};
  EXPECT_EQ(old_writer->Append(late).status().code(), absl::StatusCode::kAborted);
  Append(*new_writer, {"after"});
  EXPECT_EQ(old_writer->Append(late).status().code(), absl::StatusCode::kAborted);
  const auto payloads = Payloads(ReadAll());
  ASSERT_EQ(payloads.size(), kOpening + 3);
  EXPECT_EQ(payloads[kOpening], "before");
  EXPECT_EQ(payloads.back(), "after");
}

TEST_P(EventLogSuite, RecordedTimeNeverRunsBackwards) {
  auto now = std::make_shared<absl::Time>(absl::FromUnixSeconds(2'000'000'000));
  const WriterOptions options{.now = [now] { return *now; }, .random_salt = {}};
  auto writer = Open("first", options);
  *now += absl::Seconds(5);
  Append(*writer, {"later"});
  *now -= absl::Hours(1);
  Append(*writer, {"the clock was set back"});
  writer.reset();
  site_->Reopen();
  Append(*Open("second", options), {"even after a restart"});
  int64_t last = 0;
  const auto records = ReadAll();
  ASSERT_EQ(records.size(), kOpening + 4);
  for (const ReadRecord& read : records) {
    auto record = DecodeLogRecord(read.bytes);
    ASSERT_TRUE(record.ok());
    EXPECT_GE(record->header.recorded_micros, last);
    last = record->header.recorded_micros;
  }
  EXPECT_EQ(last, int64_t{2'000'000'005} * 1'000'000);
}

TEST_P(EventLogSuite, AReaderAtTheHeadWaitsAndGetsNewsPromptly) {
  auto writer = Open();
  auto reader = ReaderAt(ReadAll().back().after);
  ASSERT_TRUE(reader->Read(10, absl::Milliseconds(100)).ok());
  auto news = std::async(std::launch::async, [&] {
    auto records = reader->Read(10, absl::Seconds(30));
    return std::pair(absl::Now(), std::move(records));
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  Append(*writer, {"news"});
  const absl::Time acknowledged = absl::Now();
  auto [arrived, records] = news.get();
  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_THAT(Payloads(*records), testing::ElementsAre("news"));
  EXPECT_LT(arrived - acknowledged, absl::Seconds(1));
}

TEST_P(EventLogSuite, AReaderAtTheHeadGoesHomeEmptyWhenTheWaitIsOver) {
  Open();
  auto reader = ReaderAt(ReadAll().back().after);
  auto records = reader->Read(10, absl::Milliseconds(50));
  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_TRUE(records->empty());
}

TEST_P(EventLogSuite, ALargeUnitGoesInWhole) {
  constexpr size_t kCount = 120'000;
  auto writer = Open();
  std::vector<std::string> payloads = Numbered(std::string(200, 'x'), kCount);
  const uint64_t end = Append(*writer, payloads);
  const auto records = ReadAll();
  ASSERT_EQ(records.size(), kOpening + kCount);
  EXPECT_LE(records.back().after.offset, end);
  EXPECT_EQ(Payloads({records.begin() + kOpening, records.end()}), payloads);
}

TEST_P(EventLogSuite, OverALimitNothingIsAppended) {
  auto writer = Open();
  const std::vector<std::string> too_large = {"small", std::string(kMaxRecordBytes, 'x')};
  EXPECT_EQ(writer->Append(too_large).status().code(), absl::StatusCode::kResourceExhausted);
  const std::vector<std::string> too_many(kMaxUnitRecords + 1);
  EXPECT_EQ(writer->Append(too_many).status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(writer->Append({}).status().code(), absl::StatusCode::kInvalidArgument);
  Append(*writer, {"fits"});
  const auto payloads = Payloads(ReadAll());
  ASSERT_EQ(payloads.size(), kOpening + 1);
  EXPECT_EQ(payloads.back(), "fits");
}

TEST_P(EventLogSuite, AnAuthorThatFitsNoHeaderIsRefused) {
  EXPECT_EQ(log().OpenWriter(std::string(256, 'a'), {}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_NE(Open(std::string(255, 'a')), nullptr);
}

TEST_P(EventLogSuite, TheEndOffsetIsWhereAReaderOfAllStands) {
  auto writer = Open();
  const uint64_t acknowledged = Append(*writer, {"a", "b", "c"});
  auto reader = ReaderAt(LogPosition{});
  auto end = reader->EndOffset();
  ASSERT_TRUE(end.ok()) << end.status();
  EXPECT_GE(*end, acknowledged);
  EXPECT_LE(ReadAll().back().after.offset, *end);
  Append(*writer, {"d"});
  auto later = reader->EndOffset();
  ASSERT_TRUE(later.ok());
  EXPECT_GT(*later, *end);
}

TEST_P(EventLogSuite, ReopeningKeepsEverything) {
  Append(*Open(), Numbered("unit", 100));
  const auto before = ReadAll();
  site_->Reopen();
  const auto after = ReadAll();
  ASSERT_EQ(after.size(), before.size());
  for (size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].after, before[i].after);
    EXPECT_EQ(after[i].bytes, before[i].bytes);
  }
}

TEST_P(EventLogSuite, ManyReadersSeeTheSameWhileAWriterAppendsWholeUnits) {
  constexpr size_t kUnits = 50, kUnitSize = 20, kReaders = 4;
  auto writer = Open();
  std::vector<std::future<std::vector<ReadRecord>>> readers;
  for (size_t i = 0; i < kReaders; ++i) {
    readers.push_back(std::async(std::launch::async, [this] {
      auto reader = ReaderAt(LogPosition{});
      std::vector<ReadRecord> all;
      const absl::Time deadline = absl::Now() + absl::Seconds(60);
      while (all.size() < kOpening + kUnits * kUnitSize && absl::Now() < deadline) {
        auto records = reader->Read(7, absl::Seconds(1));
        EXPECT_TRUE(records.ok()) << records.status();
        if (!records.ok()) break;
        for (ReadRecord& record : *records) all.push_back(std::move(record));
      }
      return all;
    }));
  }
  for (size_t i = 0; i < kUnits; ++i) {
    Append(*writer, Numbered(absl::StrCat("unit", i), kUnitSize));
  }
  const auto expected = ReadAll();
  ASSERT_EQ(expected.size(), kOpening + kUnits * kUnitSize);
  for (auto& reader : readers) {
    const auto seen = reader.get();
    ASSERT_EQ(seen.size(), expected.size());
    for (size_t i = 0; i < seen.size(); ++i) ASSERT_EQ(seen[i].bytes, expected[i].bytes);
  }
}

TEST_P(EventLogSuite, AUnitIsVisibleWholeOrNotAtAll) {
  auto writer = Open();
  auto appended = std::async(std::launch::async, [&] {
    for (size_t i = 0; i < 100; ++i) Append(*writer, Numbered("unit", 50));
  });
  // A reader that asks for more than a unit holds gets no unit in part.
  auto reader = ReaderAt(LogPosition{});
  LogPosition position;
  size_t seen = 0;
  const absl::Time deadline = absl::Now() + absl::Seconds(60);
  while (seen < kOpening + 100 * 50 && absl::Now() < deadline) {
    auto end = reader->EndOffset();
    ASSERT_TRUE(end.ok());
    auto records = reader->Read(100'000, absl::Seconds(1));
    ASSERT_TRUE(records.ok()) << records.status();
    for (const ReadRecord& record : *records) {
      auto decoded = DecodeLogRecord(record.bytes);
      ASSERT_TRUE(decoded.ok());
      const uint64_t first_of_unit = record.after.sequence - decoded->header.unit_index;
      EXPECT_EQ(first_of_unit <= kOpening ? 1 : (first_of_unit - kOpening) % 50, 1u);
      position = record.after;
    }
    seen += records->size();
  }
  appended.get();
  EXPECT_EQ(position.sequence, kOpening + 100 * 50);
}

}  // namespace dossier
