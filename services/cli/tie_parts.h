// The parts of what one source says of two actors, each printed only where there is something.
#pragma once

#include <string>

#include "dossier/v1/ties_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

struct TiePageOptions {
  int rows_max = 8;  // listed of each kind: treaties of one standing, sanctions, open orders ...
  bool why = false;  // also on what a treaty's standing rests, in words
};

// Treaties by what is certain and possible of both, strongest first; what each owes the other.
void PrintTreatyTies(const Session& session, const TiePageOptions& options, const v1::Tie& tie,
                     const v1::SourceTie& source);
// Arms each way: all and of the last five years, by year, and the open orders.
void PrintTransferTies(const Session& session, const TiePageOptions& options, const v1::Tie& tie,
                       const v1::SourceTie& source);
// Each one's own on the other; then those of organisations that one belongs to, apart.
void PrintSanctionTies(const Session& session, const TiePageOptions& options,
                       const v1::SourceTie& source);
void PrintDeploymentTies(const Session& session, const TiePageOptions& options,
                         const v1::SourceTie& source);
void PrintIndicatorTies(const Session& session, const TiePageOptions& options,
                        const v1::SourceTie& source);
void PrintDealingTies(const Session& session, const TiePageOptions& options,
                      const v1::SourceTie& source);

// "Su-35, fighter aircraft: ordered 24; postponed, order of 2021".
std::string OrderWords(const v1::TransferRecord& record);
// "in force since 2022-02-24: asset freeze, travel ban (TOY)".
std::string SanctionWords(const v1::SanctionEntry& entry);
// Of what goes on for a time: "possibly ...", "not at this date: ...".
std::string LastingWords(v1::InForce in_force, const std::string& what);

}  // namespace dossier
