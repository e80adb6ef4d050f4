#include "storage/view_keys.h"

#include <tuple>

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace dossier {
namespace {

// Few values, the ends of the range among them, so that keys often agree in their first pieces.
template <typename Number>
Number AnyNumber() {
  return *rc::gen::oneOf(rc::gen::element<Number>(std::numeric_limits<Number>::min(), 0, 1, 255,
                                                  256, std::numeric_limits<Number>::max()),
                         rc::gen::arbitrary<Number>());
}

std::string AnyText() {
  return *rc::gen::resize(3,
                          rc::gen::container<std::string>(rc::gen::element('\x01', 'a', '\xff')));
}

VersionKey AnyVersion() {
  VersionKey version;
  version.stamp.micros = AnyNumber<int64_t>();
  version.stamp.ordinal = AnyNumber<uint32_t>();
  version.stamp.tie = *rc::gen::element(std::array<uint8_t, 8>{}, std::array<uint8_t, 8>{0, 1},
                                        std::array<uint8_t, 8>{255, 3});
  version.adapter_version = AnyNumber<uint32_t>();
  version.sequence = AnyNumber<uint64_t>();
  return version;
}

using Pieces = std::tuple<std::string, std::string, VersionKey, uint64_t>;

Pieces AnyPieces() { return {AnyText(), AnyText(), AnyVersion(), AnyNumber<uint64_t>()}; }

std::string KeyOf(const Pieces& pieces) {
  return KeyBuilder(kStatementRow)
      .Text(std::get<0>(pieces))
      .Text(std::get<1>(pieces))
      .Version(std::get<2>(pieces))
      .Number(std::get<3>(pieces))
      .Take();
}

// std::string compares as unsigned bytes, as RocksDB does.
TEST(ViewKeysTest, KeysSortAsTheirPiecesDo) {
  EXPECT_TRUE(rc::check([] {
    const Pieces a = AnyPieces();
    Pieces b = AnyPieces();
    if (*rc::gen::inRange(0, 2) == 0) std::get<0>(b) = std::get<0>(a);
    if (*rc::gen::inRange(0, 2) == 0) std::get<1>(b) = std::get<1>(a);
    if (*rc::gen::inRange(0, 3) == 0) std::get<2>(b) = std::get<2>(a);
    RC_ASSERT((KeyOf(a) < KeyOf(b)) == (a < b));
    RC_ASSERT((KeyOf(a) == KeyOf(b)) == (a == b));
  }));
}

TEST(ViewKeysTest, AKeyComesApartAsItWasPutTogether) {
  EXPECT_TRUE(rc::check([] {
    const Pieces pieces = AnyPieces();
    const std::string key = KeyOf(pieces);
    KeyParser parser(key);
    std::string_view first, second;
    VersionKey version;
    uint64_t number = 0;
    RC_ASSERT(parser.Text(&first) && parser.Text(&second));
    RC_ASSERT(parser.Version(&version) && parser.Number(&number));
    RC_ASSERT(parser.rest().empty());
    RC_ASSERT(Pieces(first, second, version, number) == pieces);
  }));
}

TEST(ViewKeysTest, AKeyCutShortDoesNotParse) {
  EXPECT_TRUE(rc::check([] {
    const std::string key = KeyOf(AnyPieces());
    const std::string cut = key.substr(0, *rc::gen::inRange<size_t>(0, key.size()));
    KeyParser parser(cut);
    std::string_view text;
    VersionKey version;
    uint64_t number;
    RC_ASSERT(!(parser.Text(&text) && parser.Text(&text) && parser.Version(&version) &&
                parser.Number(&number)));
  }));
}

TEST(ViewKeysTest, AVersionComesBackFromItsBytes) {
  EXPECT_TRUE(rc::check([] {
    const VersionKey version = AnyVersion();
    const std::string bytes = EncodeVersion(version);
    RC_ASSERT(bytes.size() == kVersionSize);
    RC_ASSERT(DecodeVersion(bytes) == version);
    RC_ASSERT(!DecodeVersion(bytes.substr(1)).has_value());
    RC_ASSERT(!DecodeVersion(bytes + "x").has_value());
  }));
}

TEST(ViewKeysTest, OpenSeeksAllTextsThatBeginSo) {
  const std::string open = KeyBuilder(kStatementRow).Text("s").Open("12/").Take();
  const std::string inside = KeyBuilder(kStatementRow).Text("s").Text("12/1999").Take();
  const std::string outside = KeyBuilder(kStatementRow).Text("s").Text("120/1999").Take();
  EXPECT_TRUE(inside.starts_with(open));
  EXPECT_FALSE(outside.starts_with(open));
}

TEST(ViewKeysTest, TheLastStampIsAfterEveryOther) {
  EXPECT_TRUE(rc::check([] { RC_ASSERT(AnyVersion().stamp <= kLastStamp); }));
}

TEST(ViewKeysTest, AStampsKeyHasItsTimeOrdinalAndTie) {
  v1::PublishStamp stamp;
  stamp.mutable_time()->set_seconds(-1);
  stamp.mutable_time()->set_nanos(999'999'000);
  stamp.set_ordinal(7);
  stamp.set_tie("\x01\x02\x03\x04\x05\x06\x07\x08");
  const StampKey expected{-1, 7, {1, 2, 3, 4, 5, 6, 7, 8}};
  EXPECT_EQ(StampKeyOf(stamp), expected);
}

}  // namespace
}  // namespace dossier
