// Numbers, dates and words as the program prints them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dossier/v1/event.pb.h"
#include "dossier/v1/time.pb.h"
#include "dossier/v1/transfer.pb.h"

namespace dossier {

// "12,345".
std::string Grouped(int64_t number);
// "1 record", "12,345 records".
std::string Counted(int64_t number, std::string_view singular, std::string_view plural);

// Millions with two decimals from thousandths of a million, rounded half away from zero: "8.13".
std::string TivForPrograms(int64_t thousandths);
// Whole millions with groups, "12,345"; below 10 million with two decimals, "8.13"; "0" for none.
std::string TivForPeople(int64_t thousandths);

// "12.3%" of a whole; "" where the whole is 0.
std::string Percent(int64_t part, int64_t whole);

// "2004", or "2000-2004" for a span; "" where no year is given.
std::string PrintYears(int from, int to);
// The years of a delivery, ascending, its gaps kept: "2000-2002, 2005".
std::string PrintYears(const google::protobuf::RepeatedField<int32_t>& years);

// An enum value's name in words: ("VERB_CAME_BACK", "VERB_") is "came back". "" for UNSPECIFIED.
std::string Words(std::string_view value_name, std::string_view prefix);

// "2024-04-13 12:33:53 (generated)".
std::string PrintStamp(const v1::PublishStamp& stamp);
// "2024-04-13 12:33:53" UTC.
std::string PrintTime(const google::protobuf::Timestamp& time);

// "file.csv:12" or "file.csv:12-14"; without lines the file name alone.
std::string PrintLocator(const v1::Locator& locator);

// What a transfer is, on one line: "France to Egypt: 8 of 24 Rafale, fighter aircraft; ordered
// 2015; delivered 2017; TIV 440".
std::string Summary(const v1::Transfer& transfer);

}  // namespace dossier
