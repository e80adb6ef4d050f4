// Editions of a tiny register, written in SIPRI's 16-column layout: deals of few parties, of
// weapons whose printed names are one, with and without deliveries, with marks that come and go,
// under a preamble that limits recipients and years, or none.
#pragma once

#include <array>
#include <ostream>
#include <string>
#include <vector>

#include "dossier/v1/ingest_service.pb.h"

namespace dossier {

inline constexpr char kToyRegisterSource[] = "sipri-register";

struct ToyDeal {
  std::string supplier;  // as printed
  std::string recipient;
  int order_year = 1999;
  int ordered = 0;  // 0: not given
  std::string designation;
  int delivered = 0;
  std::vector<int> years;          // empty: no deliveries
  std::array<bool, 3> marks = {};  // of order year, number ordered, number delivered
  std::string comment;
  int tiv_per_unit = 1;

  std::string Line() const;
};

struct ToyRegister {
  int day = 1;           // of January 2021
  uint32_t ordinal = 0;  // given by the loader
  bool has_preamble = true;
  std::string recipient;  // of the preamble; empty: all
  int year_from = 0;      // of the preamble; 0: not specified
  int year_to = 0;
  std::vector<ToyDeal> deals;  // at least one

  std::string Text() const;
  v1::LoadOptions Options() const;
};

std::ostream& operator<<(std::ostream& out, const ToyRegister& edition);

// For use in a property: an edition with one to eight deals, all in its scope.
ToyRegister AnyToyRegister();

// The same deals in another order. For use in a property.
ToyRegister Shuffled(ToyRegister edition);

// So many editions (no multiple of five) that say different things of the same deals, each on a day
// of its own, neither rising nor falling. The same at each call.
std::vector<ToyRegister> ToyRegisters(int editions, int deals);

}  // namespace dossier
