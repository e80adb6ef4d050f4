#include "services/model/sources.h"

#include <algorithm>

namespace dossier {
namespace {

constexpr std::string_view kOfac = "OFAC, US Department of the Treasury";

constexpr SourceFacts kSources[] = {
    {"ca-sema", "Consolidated Canadian Autonomous Sanctions List", "Global Affairs Canada",
     "state:CAN", "", "", ""},
    {"eu-fsf",
     "Consolidated list of persons, groups and entities subject to EU financial sanctions",
     "European Commission", "org:EU", "", "", ""},
    {"eu-oj", "Annexes of EU regulations, from the Official Journal", "Council of the EU", "org:EU",
     "", "", ""},
    {"gsdb", "Global Sanctions Database, coded by researchers",
     "Drexel University; Austrian Institute of Economic Research; Bundeswehr University Munich", "",
     "", "", ""},
    {"ofac-consolidated", "Consolidated Sanctions List (non-SDN)", kOfac, "state:USA", "ofac", "",
     ""},
    {"ofac-consolidated-xml", "Consolidated Sanctions List (non-SDN), XML", kOfac, "state:USA",
     "ofac", "", ""},
    {"ofac-enhanced", "Sanctions lists of OFAC, \"enhanced\" XML", kOfac, "state:USA", "ofac", "",
     ""},
    {"ofac-sdn", "Specially Designated Nationals and Blocked Persons List (SDN)", kOfac,
     "state:USA", "ofac", "", ""},
    {"ofac-sdn-xml", "Specially Designated Nationals and Blocked Persons List (SDN), XML", kOfac,
     "state:USA", "ofac", "", ""},
    {"uk-ofsi", "Consolidated List of Financial Sanctions Targets in the UK",
     "Office of Financial Sanctions Implementation, HM Treasury", "state:GBR", "", "2026-01-28",
     "the UK Sanctions List took its place"},
    {"un-consolidated", "United Nations Security Council Consolidated List",
     "United Nations Security Council", "org:UN", "", "", ""},
    {"us-bis-dpl", "Denied Persons List",
     "Bureau of Industry and Security, US Department of Commerce", "state:USA", "", "", ""},
    {"us-csl", "Consolidated Screening List", "US Departments of Commerce, State and the Treasury",
     "state:USA", "", "", ""},
};

}  // namespace

const SourceFacts* FindSource(std::string_view id) {
  const auto found = std::find_if(std::begin(kSources), std::end(kSources),
                                  [&](const SourceFacts& source) { return source.id == id; });
  return found != std::end(kSources) ? &*found : nullptr;
}

std::span<const SourceFacts> SanctionSources() { return kSources; }

}  // namespace dossier
