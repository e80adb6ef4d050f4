// Treaties for the tests of their queries: invented ones, as text protos.
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/ties_service.pb.h"
#include "tests/query/query_fixture.h"

namespace dossier {

// An act of a party: `Act("RATIFICATION", "1985-10-22")`; no date: not stated.
std::string Act(const std::string& kind, const std::string& date = "",
                const std::string& more = "");
// A time of being bound; an empty date is unset.
std::string Spell(const std::string& from, const std::string& to,
                  const std::vector<std::string>& obligations = {}, const std::string& more = "");

// A record of one party under a treaty; its key is "TREATY/PARTY".
Said Under(const std::string& treaty, const std::string& party, const std::string& facts);
// A record that says what a treaty is; its key is "TREATY".
Said Describes(const std::string& treaty, const std::string& title, const std::string& more = "");
Said GoneRecord(const std::string& record);

// "signed", "none..consented" where more is possible, "in_force, last observed".
std::string Words(const v1::StandingOn& on);
// "signed 2, consented 1".
std::string Words(const google::protobuf::RepeatedPtrField<v1::StandingCount>& counts);

// The cut of a request: `At("1990-01-01")`, `At("", "2015")`; empty: as of the head.
std::string At(const std::string& effective, const std::string& known_by = "");

class TreatyFixture : public QueryFixture {
 protected:
  v1::GetTreatyResponse Treaty(const std::string& request) {
    return Ask(&TiesStub::GetTreaty, request);
  }
  grpc::Status FailsTreaty(const std::string& request) {
    return Fails(&TiesStub::GetTreaty, request);
  }
  v1::ListTreatiesResponse Treaties(const std::string& request) {
    return Ask(&TiesStub::ListTreaties, request);
  }
  grpc::Status FailsTreaties(const std::string& request) {
    return Fails(&TiesStub::ListTreaties, request);
  }
};

}  // namespace dossier
