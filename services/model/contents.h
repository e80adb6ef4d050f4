// What can be read out of a content whatever family of facts it belongs to: the one place that
// knows all bodies of v1::Present.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/query_service.pb.h"
#include "dossier/v1/view_rows.pb.h"
#include "storage/view_keys.h"

namespace dossier {

// The families of facts, by which a feed can be filtered.
inline constexpr const char* kFamilies[] = {"transfer",   "sanction",   "link",
                                            "identity-claim", "treaty", "membership",
                                            "deployment", "indicator",  "dealing"};

// One of these; "" for no body.
std::string_view FamilyOf(const v1::Present& present);

// Whether every actor that must have an id has one, and what keys are made of fits them.
bool IsWellFormed(const v1::Present& present);

// Ids of the actors that the content is about: supplier and recipient; targets and senders; both
// sides of links and claims, where they have an id; parties of a treaty, and whom they owe; both
// sides of what is between two. Each once. Valid as long as the content.
std::vector<std::string_view> ActorsOf(const v1::Present& present);

// All that the content names, with an id or without, and the countries of a party's profile.
std::vector<const v1::ActorRef*> RefsOf(const v1::Present& present);

// Two actors that a content is between, seen from either: sender and target of a sanction, member
// and organisation, sender and supported, whose dependence and on whom, both sides of a dealing.
// Valid as long as the content.
struct Between {
  BetweenFamily family;
  std::string_view actor;
  std::string_view other;
};
std::vector<Between> BetweensOf(const v1::Present& present);

// What one actor has to do with a treaty: `other` is whom it owes, or who owes it, if that is said.
// Valid as long as the content.
struct TreatyRole {
  std::string_view actor;
  std::string_view other;
};
std::vector<TreatyRole> TreatyRolesOf(const v1::Treaty& treaty);

// What the view keeps of a treaty's parties beside every statement (StatementRow.treaty_party).
void KeepTreatyParties(const v1::Treaty& treaty, v1::StatementRow& row);

// A name, or an identifier's number, that the content gives to an actor. What a list calls those
// that it links to, or claims, is no name of theirs. Valid as long as the content.
struct GivenName {
  std::string_view actor;
  std::string_view name;
};
std::vector<GivenName> NamesOf(const v1::Present& present);
std::vector<GivenName> IdentifiersOf(const v1::Present& present);

// Field by field, as v1::FieldChange has it. Either side may be null: all fields of the other.
std::vector<v1::FieldChange> DiffContents(const v1::Present* before, const v1::Present* after);

// The same of two statements' contents, and of what else decides whether they say the same:
// citations, gradings, effective dates, text not understood.
std::vector<v1::FieldChange> DiffEvents(const v1::Event& before, const v1::Event& after);

// Letters and digits of an identifier, in lower case: what searching compares. "IMO" or "MMSI"
// before digits is left out, as some lists print it with the number and some do not.
std::string FoldIdentifier(std::string_view number);

}  // namespace dossier
