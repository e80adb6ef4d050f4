#include "services/model/sources.h"

#include <algorithm>

namespace dossier {
namespace {

constexpr std::string_view kOfac = "OFAC, US Department of the Treasury";

constexpr SourceFacts kSources[] = {
    {.id = "ca-sema",
     .list = "Consolidated Canadian Autonomous Sanctions List",
     .authority = "Global Affairs Canada",
     .sender = "state:CAN"},
    {.id = "eu-fsf",
     .list = "Consolidated list of persons, groups and entities subject to EU financial sanctions",
     .authority = "European Commission",
     .sender = "org:EU"},
    {.id = "eu-oj",
     .list = "Annexes of EU regulations, from the Official Journal",
     .authority = "Council of the European Union",
     .sender = "org:EU"},
    {.id = "gsdb", .list = "Global Sanctions Database", .authority = "coded by researchers"},
    {.id = "ofac-consolidated",
     .list = "Consolidated Sanctions List (non-SDN)",
     .authority = kOfac,
     .sender = "state:USA",
     .family = "ofac",
     .family_list = "non-sdn"},
    {.id = "ofac-consolidated-xml",
     .list = "Consolidated Sanctions List (non-SDN), XML",
     .authority = kOfac,
     .sender = "state:USA",
     .family = "ofac",
     .family_list = "non-sdn"},
    {.id = "ofac-enhanced",
     .list = "Sanctions lists, \"enhanced\" XML",
     .authority = kOfac,
     .sender = "state:USA",
     .family = "ofac"},
    {.id = "ofac-sdn",
     .list = "Specially Designated Nationals and Blocked Persons List (SDN)",
     .authority = kOfac,
     .sender = "state:USA",
     .family = "ofac",
     .family_list = "sdn"},
    {.id = "ofac-sdn-xml",
     .list = "Specially Designated Nationals and Blocked Persons List (SDN), XML",
     .authority = kOfac,
     .sender = "state:USA",
     .family = "ofac",
     .family_list = "sdn"},
    {.id = "uk-ofsi",
     .list = "Consolidated List of Financial Sanctions Targets in the UK",
     .authority = "Office of Financial Sanctions Implementation, HM Treasury",
     .sender = "state:GBR",
     .closed_date = "2026-01-28",
     .closed_note = "the UK Sanctions List took its place"},
    {.id = "un-consolidated",
     .list = "United Nations Security Council Consolidated List",
     .authority = "United Nations Security Council",
     .sender = "org:UN"},
    {.id = "us-bis-dpl",
     .list = "Denied Persons List",
     .authority = "Bureau of Industry and Security, US Department of Commerce",
     .sender = "state:USA"},
    {.id = "us-csl",
     .list = "Consolidated Screening List",
     .authority = "US Departments of Commerce, State and the Treasury",
     .sender = "state:USA"},
};

}  // namespace

const SourceFacts* FindSource(std::string_view id) {
  const auto found = std::find_if(std::begin(kSources), std::end(kSources),
                                  [&](const SourceFacts& source) { return source.id == id; });
  return found != std::end(kSources) ? &*found : nullptr;
}

std::span<const SourceFacts> SanctionSources() { return kSources; }

}  // namespace dossier
