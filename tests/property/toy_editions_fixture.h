// Editions of a tiny register, written in SIPRI's 17-column format, and what they mean: a fold over
// them in publish order that knows nothing of events.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/ingest_service.pb.h"
#include "storage/view_keys.h"

namespace dossier {

// What a row says of a record.
struct ToyContent {
  int number = 0;
  std::string supplier;
  std::string recipient;

  bool operator==(const ToyContent&) const = default;
};

// A deal and a delivery year; the record is "DEAL/YEAR".
struct ToyRecord {
  int deal = 0;
  int year = 0;

  std::string Key() const;
  auto operator<=>(const ToyRecord&) const = default;
};

struct ToyEdition {
  int day = 1;           // of January 2021
  uint32_t ordinal = 0;  // given by the loader
  int year_from = 1950;
  int year_to = 2020;
  std::string recipient;                 // empty: all
  std::map<ToyRecord, ToyContent> rows;  // at least one, all in the scope

  bool Covers(const ToyRecord& record, const ToyContent& content) const;
  std::string Text() const;
  v1::LoadOptions Options() const;
};

std::ostream& operator<<(std::ostream& out, const ToyEdition& edition);

using ToyKnowledge = std::map<ToyRecord, ToyContent>;

// What the source says from each stamp on, by the latest edition that covers it.
std::map<StampKey, ToyKnowledge> MeaningOf(const std::map<StampKey, ToyEdition>& editions);

// Every record that a toy edition can hold.
std::vector<ToyRecord> ToyRecords();

// An edition with one to all records of its scope. For use in a property.
ToyEdition AnyToyEdition();

}  // namespace dossier
