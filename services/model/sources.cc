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

constexpr std::string_view kUnTreatySection = "United Nations, Treaty Section";

constexpr std::string_view kAtop = "Alliance Treaty Obligations and Provisions project (ATOP)";

constexpr TreatySourceFacts kTreatySources[] = {
    {.id = "atop",
     .collection = "ATOP 4.01, members of alliances",
     .publisher = kAtop,
     .note = "It observes to the end of 2016 and dates a membership from the signature. A member "
             "that the Soviet Union and Russia were one after the other, or Yugoslavia and Serbia, "
             "is parted at the day on which one followed the other."},
    {.id = "atop-alliances",
     .collection = "ATOP 4.01, alliances",
     .publisher = kAtop,
     .note = "It says what the alliances are, and prints no titles: these are made of the members' "
             "names. Their parties stand in \"atop\"."},
    {.id = "cow-alliances",
     .collection = "Correlates of War, Formal Alliances 4.1",
     .publisher = "Correlates of War project",
     .note = "Each row ends, the last on 2012-03-27: pairs that were still allied when it was "
             "made, NATO's among others, are not in the file. That it has no alliance of two "
             "states does not say that there is none."},
    {.id = "desta",
     .collection = "Design of Trade Agreements",
     .publisher = "DESTA project",
     .note = "It gives years only, and no ends of agreements but for withdrawals of single "
             "parties; of most accessions it does not say when they took effect. By an agreement "
             "of a region with others, the region's members have no tie with each other."},
    {.id = "untc",
     .collection = "United Nations Treaty Collection, status of treaties",
     .publisher = kUnTreatySection,
     .note = "A status table shows each party's latest acts only; acts that were replaced, and "
             "denunciations, are not in it."},
    {.id = "untc-index",
     .collection = "United Nations Treaty Collection, index of treaties",
     .publisher = kUnTreatySection,
     .note = "It names the treaties; their parties stand in the status tables."},
};

}  // namespace

const SourceFacts* FindSource(std::string_view id) {
  const auto found = std::find_if(std::begin(kSources), std::end(kSources),
                                  [&](const SourceFacts& source) { return source.id == id; });
  return found != std::end(kSources) ? &*found : nullptr;
}

std::span<const SourceFacts> SanctionSources() { return kSources; }

const TreatySourceFacts* FindTreatySource(std::string_view id) {
  const auto found = std::find_if(std::begin(kTreatySources), std::end(kTreatySources),
                                  [&](const TreatySourceFacts& source) { return source.id == id; });
  return found != std::end(kTreatySources) ? &*found : nullptr;
}

}  // namespace dossier
