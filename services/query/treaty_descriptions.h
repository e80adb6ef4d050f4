// What a treaty is, as each source describes it at a cut: its title, dates, subject.
//
//   auto descriptions = DescriptionsOf(as_of, "untc:26-3");
//   TitleFor(*descriptions, "untc")      // the index's, as the tables have none
//
// What sources say stays with each of them. But every source's treaty is shown under a title, if
// any source gives one; and the dates of a treaty count for parties of which its own publisher
// tells elsewhere: "untc-index" describes the treaties "untc:..." of whose parties "untc" tells.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/ties_service.pb.h"
#include "dossier/v1/treaty.pb.h"
#include "services/query/as_of.h"
#include "services/query/sanction_records.h"

namespace dossier {

struct DescribedTreaty {
  v1::Treaty treaty;  // without parties
  std::vector<v1::Ground> ground;
};
using Descriptions = std::map<std::string, DescribedTreaty, std::less<>>;  // by source

absl::StatusOr<Descriptions> DescriptionsOf(AsOf& as_of, std::string_view treaty);

// Of the source itself, or else of the first that has one; "": none has.
std::string TitleFor(const Descriptions& descriptions, std::string_view source);

// Takes a record that describes the treaty into what others said: what it states wins.
void Describe(const HeldEvent& held, DescribedTreaty* described);

// The treaty with the dates that count for the parties of a source: its own, or its publisher's.
v1::Treaty DatesFor(const Descriptions& descriptions, std::string_view source);

// Whether it is a source of the publisher that numbers the treaty: "untc-index" of "untc:26-3".
bool IsOfPublisher(std::string_view source, std::string_view treaty);

// What its obligations add to others, each once.
void AddObligations(const google::protobuf::RepeatedField<int>& more,
                    google::protobuf::RepeatedField<int>* obligations);

}  // namespace dossier
