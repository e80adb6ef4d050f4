// One order of the JSON of SIPRI's web interface, from its keys and values to a record.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/country_names.h"

namespace dossier {

// monostate: an object, an array, or a number that is not whole.
using JsonScalar = std::variant<std::monostate, std::nullptr_t, bool, int64_t, std::string>;

struct JsonValue {
  JsonScalar scalar;
  std::string_view printed;  // as it stands in the file, in UTF-8
  size_t offset = 0;         // in the file, in bytes
};

class SipriOrderRow {
 public:
  static constexpr size_t kKeys = 18;

  struct Fault {
    std::optional<size_t> offset;  // unset: the object as a whole
    std::string field;
    std::string reason;
  };

  void Set(std::string_view key, JsonValue value);

  // What is wrong with the order, the earliest first; or fills the record, but for its lines.
  std::optional<Fault> Read(const CountryNames& names, EditionRecord& record);
  // The record's key, where it can be read.
  std::optional<std::string> Key() const;

 private:
  void Fail(size_t key, std::string reason);
  bool Has(size_t key) const { return values_[key].has_value(); }
  int64_t Number(size_t key) const;
  bool Flag(size_t key) const;
  std::string_view Text(size_t key) const;
  void CheckYear(size_t key);
  void CheckRequired();
  void FillDeal(v1::Transfer& transfer) const;
  void FillCodes(EditionRecord& record) const;

  std::array<std::optional<JsonValue>, kKeys> values_;  // by key, of the right type, none null
  std::array<bool, kKeys> seen_{};
  std::vector<std::string> raw_;
  std::optional<Fault> fault_;
};

}  // namespace dossier
