// The line that ends every answer for people: which cut, which sequence, what the sources cover.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "dossier/v1/time.pb.h"
#include "services/cli/session.h"

namespace dossier {

// "Sequence 59,120 of log 3fa2b1c0; as published by 2024-10-13; as of 2020."
std::string PrintCut(const v1::AnsweredAt& answered_at);

// PrintCut and what `coverage` says, wrapped to the terminal.
void PrintStanding(const Session& session, const v1::AnsweredAt& answered_at,
                   const std::vector<std::string>& coverage = {});

// The sources at an answer's own cut and sequence.
absl::StatusOr<std::vector<v1::Source>> SourcesAt(const Session& session,
                                                  v1::QueryService::Stub& query,
                                                  const v1::AnsweredAt& answered_at);

// "sipri-deals until 2023 (2 editions, newest 2024-03-11 (stated))" of each source that is wanted,
// asked for at the answer's own cut and sequence. A failure of that question is said in its place.
std::vector<std::string> CoverageAt(const Session& session, v1::QueryService::Stub& query,
                                    const v1::AnsweredAt& answered_at,
                                    const std::function<bool(const std::string& source)>& wants);

// The same with what each source covers, asked for at the answer's own cut and sequence; `source`
// empty: of all. A failure of that question is said in its place.
void PrintStandingWithSources(const Session& session, v1::QueryService::Stub& query,
                              const v1::AnsweredAt& answered_at, const std::string& source = "");

}  // namespace dossier
