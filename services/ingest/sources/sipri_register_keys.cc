#include "services/ingest/sources/sipri_register_keys.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/model/designation.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

// Ids in the table are short; that of a name that it does not know can be too long for a key.
constexpr size_t kIdBytesMax = 80;

std::string ShortId(const std::string& id) {
  return id.size() <= kIdBytesMax ? id : absl::StrCat("sha256:", Hex(Sha256(id)).substr(0, 32));
}

// All of the key but N.
std::string SharedPart(const v1::Transfer& transfer) {
  const int32_t year = transfer.order_date().year();
  return absl::StrCat(ShortId(transfer.supplier().id()), "/", ShortId(transfer.recipient().id()),
                      "/", DesignationStem(transfer.designation()), "/",
                      year == 0 ? "-" : absl::StrCat(year),
                      IsMunition(transfer.description()) ? "/m" : "/");
}

std::string Bytes(v1::Transfer transfer) { return transfer.SerializeAsString(); }

std::string BytesWithoutMarks(v1::Transfer transfer) {
  transfer.clear_order_date_is_estimate();
  transfer.clear_number_ordered_is_estimate();
  for (v1::Delivery& delivery : *transfer.mutable_delivery()) {
    delivery.clear_number_is_estimate();
    delivery.clear_year_is_estimate();
  }
  return transfer.SerializeAsString();
}

// A deal's place among those that share a part: by what an edition seldom revises, the steadiest
// first. A total order of contents: only deals that say the same are equal.
class Rank {
 public:
  // `record` must outlive it.
  explicit Rank(const EditionRecord& record)
      : raw_(&record.raw), transfer_(&record.present.transfer()) {
    const v1::Transfer& transfer = *transfer_;
    auto& [first_year, ordered, last_year, delivered, tiv_unit] = numbers_;
    for (const v1::Delivery& delivery : transfer.delivery()) {
      if (delivery.has_number()) {
        delivered = (delivered == kNone ? 0 : delivered) + delivery.number();
      }
      for (int year : delivery.year()) {
        first_year = std::min<int64_t>(first_year, year);
        last_year = last_year == kNone ? year : std::max<int64_t>(last_year, year);
      }
    }
    if (transfer.has_number_ordered()) ordered = transfer.number_ordered();
    if (transfer.has_tiv_deal_unit_thousandths()) {
      tiv_unit = transfer.tiv_deal_unit_thousandths();
    }
  }

  bool operator<(const Rank& other) const {
    const auto steady = [](const Rank& rank) {
      return std::tie(rank.numbers_, rank.transfer_->comment(), rank.transfer_->description());
    };
    if (steady(*this) != steady(other)) return steady(*this) < steady(other);
    const int rest = BytesOf(without_marks_, BytesWithoutMarks)
                         .compare(other.BytesOf(other.without_marks_, BytesWithoutMarks));
    if (rest != 0) return rest < 0;
    if (*raw_ != *other.raw_) return *raw_ < *other.raw_;
    return BytesOf(bytes_, Bytes) < other.BytesOf(other.bytes_, Bytes);
  }

 private:
  // Made when they are first asked for: few deals are alike up to here, but a file can be made of
  // nothing else.
  const std::string& BytesOf(std::string& bytes, std::string (*make)(v1::Transfer)) const {
    if (bytes.empty()) bytes = make(*transfer_);
    return bytes;
  }

  static constexpr int64_t kNone = std::numeric_limits<int64_t>::max();

  const std::vector<std::string>* raw_;
  const v1::Transfer* transfer_;
  std::array<int64_t, 5> numbers_{kNone, kNone, kNone, kNone, kNone};
  mutable std::string without_marks_;
  mutable std::string bytes_;
};

}  // namespace

void SetSipriRegisterKeys(std::vector<EditionRecord>& records) {
  absl::flat_hash_map<std::string, std::vector<size_t>> groups;
  for (size_t i = 0; i < records.size(); ++i) {
    groups[SharedPart(records[i].present.transfer())].push_back(i);
  }
  for (auto& [shared, members] : groups) {
    std::vector<std::pair<Rank, size_t>> ranked;
    for (size_t i : members) ranked.emplace_back(Rank(records[i]), i);
    std::sort(ranked.begin(), ranked.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (size_t n = 0; n < ranked.size(); ++n) {
      records[ranked[n].second].key = absl::StrCat(shared, n + 1);
    }
  }
}

}  // namespace dossier
