// Acts, spells, counts and grounds, in the words that the pages of treaties and ties share, beside
// those of services/model/tie_words.h.
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/ties_service.pb.h"

namespace dossier {

// "since 1949-08-24", "since 1949, until 2016-12-31"; "" where neither is stated.
std::string SpanWords(const v1::StandingOn& on);
// Strongest first: "2 in force, 1 signed only".
std::string CountWords(const google::protobuf::RepeatedPtrField<v1::StandingCount>& counts);

// "Toy Pact (treaty:toy)", or the id alone.
std::string TreatyName(const v1::TreatyRef& treaty);
// What a party did, and how it was bound: "ratification 1968-03-05", "bound from 1949-08-24, still
// so when last observed: defense".
std::string DatedActWords(const v1::TreatyAct& act);
std::string SpellWords(const v1::TreatySpell& spell);
// All of it, by ";".
std::string FactWords(const v1::TreatyParty& facts);

// "RUS" of a state; of others the name, or the id.
std::string ShortName(const v1::ActorRef& actor);
// Where statements stand: "[register.csv:12]", of an analyst "[r1, published 2024-10-20 (stated)]",
// and how many more there are; "" for none.
std::string GroundMarks(const google::protobuf::RepeatedPtrField<v1::Ground>& grounds);
std::string GroundMark(const v1::Ground& ground);

// The texts that are not empty, with a divider between.
std::string JoinGiven(const std::vector<std::string>& texts, const std::string& divider = ", ");

}  // namespace dossier
