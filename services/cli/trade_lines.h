// One direction of one source's transfers, in a sentence and a line of bars.
#pragma once

#include <string>

#include "dossier/v1/query_service.pb.h"
#include "services/cli/session.h"

namespace dossier {

// "TIV 1,320 in 1 deal, 24 units; 2019-2023: TIV 440; 2 open orders". Where no record gives a TIV,
// or nothing was delivered, it says that instead.
std::string TradeWords(const v1::TradeSummary& trade);

// The deliveries of each year as bars; nothing where no year is given.
void PrintYearBars(const Session& session, const v1::TradeSummary& trade);

// The share of a TIV that rests on estimates: "12.3%".
std::string EstimatedShare(const v1::Measures& measures);

}  // namespace dossier
