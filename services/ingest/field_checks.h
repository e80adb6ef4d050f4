// What is wrong with a request, field by field: checks that note a violation and go on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/v1/ingest_service.pb.h"

namespace dossier {

using FieldViolations = std::vector<v1::FieldViolation>;

// Bytes of a text, at most: a key or id, a name or heading, a story.
inline constexpr size_t kRecordBytesMax = 256;
inline constexpr size_t kShortTextBytesMax = 1'000;
inline constexpr size_t kLongTextBytesMax = 10'000;

class FieldChecks {
 public:
  void Expect(bool holds, std::string_view field, std::string_view reason);
  void Text(std::string_view field, const std::string& text, size_t bytes_max);
  void NotNegative(std::string_view field, bool set, int64_t number);
  void Date(std::string_view field, const v1::Date& date);

  size_t size() const { return violations_.size(); }
  FieldViolations Take() { return std::move(violations_); }

 private:
  FieldViolations violations_;
};

}  // namespace dossier
