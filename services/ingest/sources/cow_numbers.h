// Who bore a state number of the Correlates of War, and when: for sources that name states by
// number alone (State System Membership v2016 has the numbers).
//
//   CowNumbers numbers(table);
//   numbers.BearersOf(365, MakeDate(1961, 7, 6), MakeDate(1996, 9, 10));
//     // state:SUN from 1961-07-06 to 1991-12-25, state:RUS from 1991-12-26 to 1996-09-10
//
// Actors end where their states do, but COW goes on counting under one number where a successor
// continues the state: 365 is the Soviet Union's and Russia's, 345 Yugoslavia's and Serbia's. A
// time that reaches over such a day is therefore parted there: the day is the table's, not the
// source's.
//
// A number that only one actor of the table has is that actor's at any time: sources follow a state
// that lost its independence for a while (366, Estonia), and count some a little before COW's
// system does. Where several have the number and none of them bore it then, it is the one's that
// bears it today: Russia before 1922.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "dossier/v1/time.pb.h"
#include "services/model/actors.h"

namespace dossier {

// One bearer, and its part of the time that was asked for. A bound that is the time's own is as it
// was given, partial or unset.
struct CowBearer {
  std::string actor;  // "state:SUN"
  v1::Date from_date;
  v1::Date to_date;

  bool operator==(const CowBearer& other) const;
};

// Immutable, so safe for use by several threads.
class CowNumbers {
 public:
  explicit CowNumbers(const ActorTable& table);

  // Who bore the number between two days, both included, in order of time; at least one, unless no
  // actor of the table has the number. An unset bound is open. A partial bound is a window: whoever
  // bore the number in it is among them. Of a time that ends before it begins, whoever bore it at
  // the beginning.
  std::vector<CowBearer> BearersOf(int number, const v1::Date& from, const v1::Date& to) const;

 private:
  // By number, the times of its bearers: without gaps, the first one's `from_date` and the last
  // one's `to_date` unset.
  absl::flat_hash_map<int, std::vector<CowBearer>> bearers_;
};

}  // namespace dossier
