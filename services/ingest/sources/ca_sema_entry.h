// One entry of the Consolidated Canadian Autonomous Sanctions List, and where its elements go in
// v1::Sanction. Both tag sets: that of 2020, and (in brackets) what replaced it by 2025. Texts are
// in one line (one_line.h); an absent element says nothing.
//
//   Country                      programme, as printed (in English and French)
//   Entity (EntityOrShip)        primary name
//   LastName, GivenName          of a person: the primary name is GivenName, then LastName; parts
//   Title (TitleOrShip)          title; of a ship, its type
//   DateOfBirth (DateOfBirthOrShipBuildDate)
//                                birth; of a ship, when it was built
//   Aliases                      one name, ALIAS, whole: names in it hold commas themselves
//   ShipIMONumber                identifier IMO; says that the entry is a ship
//   DateOfListing                date LISTED
//   Schedule, Item               other; and the record's key
//
// The list numbers no entries. What identifies one is its place in the law: an item of a part of a
// schedule to a country's regulations. Items keep their numbers when others are repealed. The key
// is COUNTRY/PART/ITEM ("BLR/1.1/12"), after "ca:" the party's id, of
//
//   COUNTRY  what the English name resolves to ("state:BLR": "BLR"), since Burma became "Myanmar
//            (Burma)"; of regulations that are not a country's, that name folded, with hyphens
//   PART     "1, Part 2" and "Part 2" are "2"; "1", "N/A" and no Schedule are "1". The Schedule 2
//            of the regulations on Iran, Myanmar and Syria became Part 2; elsewhere it is another
//            schedule: "S2"
//   ITEM     as printed
//
// An entry with more than 160, 50 and 40 bytes of these is rejected.
//
// Measured on the lists of 2020-04-15 and 2025-05-25: 1,369 keys and 4,759, none twice; 1,258 of
// 2020 are there in 2025, 1,250 of them with the same name (case, accents and punctuation aside), 6
// with another spelling, and two (South Sudan's only entries) have changed places. Of the 111 that
// are gone, 100 are delistings of Zimbabwe's, and 3 were moved from Russia's Schedule 2 to Part 2.
#pragma once

#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {

inline constexpr char kCaSemaSource[] = "ca-sema";

// One thread at a time.
class CaSemaEntryReader {
 public:
  // `table` must outlive it.
  explicit CaSemaEntryReader(const ActorTable& table) : table_(table) {}

  // Fills in all of the record but its lines, or says why it is rejected; its key, if it has one.
  std::optional<v1::Rejection> Read(const XmlElement& entry, EditionRecord& record);

 private:
  // COUNTRY of the key, of a country as printed.
  const std::string& CountryKey(const std::string& printed);

  const ActorTable& table_;
  absl::flat_hash_map<std::string, std::string> key_of_country_;  // at most kCountriesMax
};

}  // namespace dossier
