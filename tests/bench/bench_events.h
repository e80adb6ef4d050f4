// A register of made-up transfers, large enough to measure with; the same for the same seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dossier/v1/event.pb.h"

namespace dossier {

// `count` events of one edition each present with a transfer, some 300 bytes as serialised.
std::vector<v1::Event> MakeTransferEvents(size_t count, uint32_t seed);

// A statement of an existing event's record, published `days` later, with another number.
v1::Event Revise(const v1::Event& event, int days, int64_t number);

// The same deal, sold by another state ("USA").
v1::Event SoldBy(const v1::Event& event, const std::string& state);

// As payloads of log records. An edition of those events, published `days` later.
std::string EventPayload(const v1::Event& event);
std::string EditionPayload(int days);

// A folder that is removed with the object.
class BenchDir {
 public:
  BenchDir();
  ~BenchDir();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace dossier
