// One item of the feed, or one record of the log, on a line.
#pragma once

#include <ostream>
#include <string>

#include "dossier/v1/feed_service.pb.h"

namespace dossier {

// "#38,112  news  revised  sipri-deals 12345/2019  2024-03-18 (generated)  France to Egypt: ..."
// and each change on a line of its own below.
void PrintFeedItem(std::ostream& out, const v1::FeedItem& item);
void PrintFeedCsvHeading(std::ostream& out);
void PrintFeedItemCsv(std::ostream& out, const v1::FeedItem& item, const std::string& cursor);

void PrintLogged(std::ostream& out, const v1::LoggedRecord& record);
void PrintLoggedCsvHeading(std::ostream& out);
void PrintLoggedCsv(std::ostream& out, const v1::LoggedRecord& record);

}  // namespace dossier
