// The rows that the table of actors is built from: ISO 3166 as Debian's iso-codes has it, and what
// the project adds to it. Compiled in; services/model/actors.cc joins them.
#pragma once

#include <span>
#include <string_view>

namespace dossier {

// What the project says of one actor. Fields left out are empty. Dates are as ParseDate reads
// them, lists are parted by blanks (codes, ids) or by "|" (names).
struct ActorRow {
  std::string_view id = {};
  // The usual name, where it is not ISO's.
  std::string_view name = {};
  // Begin: the day from which the COW state system counts the state (its last spell, where the one
  // before ended more than 20 years earlier; only a year where COW has no day); or independence,
  // where COW waits for recognition or for a seat in the United Nations. Empty where COW's set
  // opens with the state, in 1816. End: the last day.
  std::string_view from = {};
  std::string_view to = {};
  // COW state numbers, in order of time.
  std::string_view cow = {};
  // ISO 3166-3 alpha-3 codes under which ISO listed the same actor before.
  std::string_view former_codes = {};
  // Names that SIPRI prints and ISO does not, old and new; "**" and "*" as printed.
  std::string_view sipri = {};
  // Further names, each with the time in which it was borne: "Burma [..1989-06-17]". A bound left
  // out is open. The usual name can be among them, to bound it.
  std::string_view names = {};
  // Ids of actors that took its place; only of one that ended.
  std::string_view successors = {};
  std::string_view note = {};
};

// An entry of ISO 3166-1, or (with the date of its withdrawal) of ISO 3166-3.
struct IsoRow {
  std::string_view alpha2 = {};
  std::string_view alpha3 = {};
  std::string_view name = {};
  std::string_view common_name = {};
  std::string_view official_name = {};
  std::string_view withdrawn = {};
  std::string_view numeric = {};  // three digits; ISO gives some of them on to a successor
};

// States and areas that ISO 3166-1 lists, where there is more to say than ISO does.
std::span<const ActorRow> StateRows();
// States that ended, and those that ISO never listed.
std::span<const ActorRow> OtherStateRows();
// Armed groups, organisations, and what a source itself calls unknown.
std::span<const ActorRow> GroupRows();
// Generated at build time from iso-codes (iso_3166.cmake).
std::span<const IsoRow> IsoRows();

}  // namespace dossier
