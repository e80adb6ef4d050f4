// Entries of sanctions lists for people to read, and their pieces.
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/sanctions_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

// What one list says of a party, as a page: whether in force and since when, programmes, measures,
// names, identifiers and what else the list gives, and what it rests on.
void PrintEntryPage(const Session& session, const v1::SanctionEntry& entry);

// A line or more behind a label, wrapped to the terminal; nothing for an empty text.
void PrintLabelled(const Session& session, const std::string& label, const std::string& text);

// "in force", "not in force", "possibly in force", "last observed in force".
std::string InForceWords(v1::InForce in_force);
// "2022-02-24", "between 2022-02-01 and 2022-02-24", "2022-02-24 or before"; "" for an unset bound.
std::string BoundWords(const v1::Bound& bound);
// "asset freeze (implied)", each once.
std::string MeasureBasisWords(const v1::Sanction& sanction);
// Countries of nationalities, addresses and the flag, as printed, each once.
std::string CountryWords(const v1::Sanction& sanction);
// "published 2022-02-24 (retrieved), sdn.csv:12".
std::string GroundWords(const v1::Ground& ground);
// "toy (un:1) transposes other (uk:2): UN Ref 1".
std::string ClaimWords(const v1::IdentityClaim& claim);
// A name with its id: "Toy (un:1)".
std::string ActorWords(const v1::ActorRef& actor);
std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& texts);

// What an entry is in a row of CSV, and the headings of it: source, record, party, name, kind,
// list, programme, measure, country, in_force, from_earliest, from_latest, from_basis, to_earliest,
// to_latest, to_basis, end_reason, published, basis, edition, file, line, sequence.
std::vector<std::string> EntryCsvHeadings();
std::vector<std::string> EntryCsvFields(const v1::SanctionEntry& entry);

// What closes every answer about sanctions: where it stands, and what it does not say.
void PrintSanctionsStanding(const Session& session, const v1::AnsweredAt& answered_at,
                            const google::protobuf::RepeatedPtrField<std::string>& coverage,
                            const std::string& notice);

}  // namespace dossier
