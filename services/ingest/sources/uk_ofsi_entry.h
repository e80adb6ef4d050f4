// One entry of OFSI's consolidated list: the rows of one Group ID, as a v1::Sanction. The list has
// a row for each name, and further rows where an entry has several dates of birth, addresses or
// regimes; an entry's rows do not follow each other.
//
// The record's key is the Group ID; the party's id is "uk:" and the Group ID. What the columns
// become:
//
//   Name 6, Name 1 to 5          a name: parts as printed; whole: Name 1 to 5, then Name 6
//   Alias Type                   its kind: Prime Alias, Primary name: PRIMARY; Primary name
//                                variation: VARIATION; AKA: ALIAS; FKA: FORMER
//   Alias Quality                its quality: Good quality, Low quality
//   Name Non-Latin Script        a name, VARIATION; Type is its script (or Language, where there is
//                                no Type), Language stands in its note
//   Title                        title
//   DOB, Town, Country of Birth  births. One date with one place is one birth. Where there are
//                                several of either, dates and places are births of their own, as
//                                the list does not say which belong together; towns and countries
//                                that number alike ("(1) Tiaret (2) Oran", "(1) Algeria (2)
//                                Algeria") are pairs. "00/00/1980" is a year
//   Nationality                  nationalities
//   Passport Number, Details     identifiers PASSPORT; NI Number, National Identification Number
//                                and Details: NATIONAL_ID. Numbers and details that number alike
//                                are pairs
//   Position                     positions
//   Address 1 to 6, Post/Zip Code, Country   addresses; the six lines are the street, since the
//                                list has a city in none of them alone
//   Other Information            remarks, whole, and what uk_ofsi_remarks.h reads out of it
//   Group Type                   Individual PERSON, Ship VESSEL; Entity, which can be a company, a
//                                group or an office, stands in other
//   Regime                       programme
//   Listed On                    date LISTED; UK Sanctions List Date Designated: DESIGNATED; of an
//                                entry under several regimes with the regime as detail. Last
//                                Updated: AMENDED
//
// A cell that numbers its items is split only where that is safe (numbered_items.h), and then also
// stands whole in other. Measure: implied by uk-ofsi-freeze. The order of the rows does not matter;
// names with the primary one first, all else in the order of its text.
#pragma once

#include "dossier/v1/sanction.pb.h"
#include "services/ingest/sources/printed_countries.h"
#include "services/ingest/sources/row_groups.h"
#include "services/ingest/sources/uk_ofsi_columns.h"

namespace dossier {

// One thread at a time.
class UkOfsiEntryReader {
 public:
  // `table` must outlive it.
  explicit UkOfsiEntryReader(const ActorTable& table) : countries_(table, "uk-ofsi") {}

  // Fills the sanction from a group of rows in the columns of UkOfsiColumn.
  void Read(const RowGroup& group, v1::Sanction& sanction) const;

 private:
  void ReadBirths(const RowGroup& group, v1::Sanction& sanction) const;
  void ReadNationalities(const RowGroup& group, v1::Sanction& sanction) const;
  void ReadAddresses(const RowGroup& group, v1::Sanction& sanction) const;

  const PrintedCountries countries_;
};

}  // namespace dossier
