#include "tests/cli/club_fixture.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <filesystem>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using testing::SizeIs;

constexpr char kSource[] = "analyst:club";
constexpr char kFour[] = "actor: 'CHN' actor: 'RUS' actor: 'IRN' actor: 'PRK' ";

// "RUS" of "state:RUS".
std::string Short(const v1::ActorRef& actor) {
  return actor.id().substr(actor.id().find(':') + 1);
}

// "SIGNED" of "STANDING_SIGNED".
std::string Without(std::string_view prefix, const std::string& name) {
  return name.substr(prefix.size());
}

std::string StandingOf(const v1::StandingOn& on) {
  return Without("STANDING_", v1::Standing_Name(on.standing()));
}

template <typename Stub, typename Request, typename Response>
Response Ask(Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const std::string& text) {
  Request request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  grpc::ClientContext context;
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  EXPECT_TRUE(status.ok()) << text << ": " << status.error_message();
  return response;
}

}  // namespace

std::string On(const std::string& day) {
  return absl::StrCat("read_at { cut { effective_date { ", ParseDate(day)->ShortDebugString(),
                      " } } } ");
}

std::string KnownBy(const std::string& day) {
  return absl::StrCat("read_at { cut { known_by_date { ", ParseDate(day)->ShortDebugString(),
                      " } } } ");
}

std::vector<std::string> Standings(const v1::TreatyEntry& entry) {
  std::vector<std::string> standings;
  for (const v1::PartyStanding& party : entry.party()) {
    standings.push_back(Short(party.party()) + " " + StandingOf(party.on()));
  }
  return standings;
}

std::vector<std::string> Treaties(const v1::SourceTie& tie) {
  std::vector<std::string> treaties;
  for (const v1::TreatyTie& treaty : tie.treaty()) {
    if (treaty.on().standing() < v1::STANDING_SIGNED) continue;
    treaties.push_back(treaty.treaty().id() + " " + StandingOf(treaty.on()));
  }
  return treaties;
}

uint64_t SignedAtLeast(const v1::TieCounts& counts) {
  uint64_t number = 0;
  for (const v1::StandingCount& of : counts.treaty()) {
    if (of.standing() >= v1::STANDING_SIGNED) number += of.count();
  }
  return number;
}

std::vector<std::string> Dealings(const v1::SourceTie& tie) {
  std::vector<std::string> dealings;
  for (const v1::DealingTie& dealing : tie.dealing()) {
    if (dealing.in_force() != v1::IN_FORCE_YES) continue;
    const std::string kind = v1::DealingKind_Name(dealing.dealing().kind());
    dealings.push_back(absl::StrCat(Short(dealing.dealing().actor()), " ",
                                    Without("DEALING_KIND_", kind), " ",
                                    Short(dealing.dealing().toward())));
  }
  return dealings;
}

std::vector<std::string> Indicators(const v1::SourceTie& tie) {
  std::vector<std::string> indicators;
  for (const v1::IndicatorTie& indicator : tie.indicator()) {
    if (indicator.in_force() != v1::IN_FORCE_YES) continue;
    indicators.push_back(absl::StrCat(Short(indicator.indicator().actor()), " on ",
                                      Short(indicator.indicator().on()), ": ",
                                      indicator.indicator().name()));
  }
  return indicators;
}

std::vector<std::string> Sanctions(const v1::SourceTie& tie) {
  std::vector<std::string> sanctions;
  for (const v1::SanctionTie& sanction : tie.sanction()) {
    if (sanction.entry().in_force() != v1::IN_FORCE_YES) continue;
    sanctions.push_back(absl::StrCat(Short(sanction.sender()), " on ", Short(sanction.target()),
                                     sanction.has_via() ? " via " : "",
                                     sanction.has_via() ? Short(sanction.via()) : ""));
  }
  return sanctions;
}

void ClubFixture::SetUpTestSuite() {
  std::string name = (fs::temp_directory_path() / "dossier_club_XXXXXX").string();
  root_ = mkdtemp(name.data());
  appended_ = RunDossier({"--data", root_ + "/data", "append", "--analyst", "club", kStory});
  auto opened = LocalSystem::Open(root_ + "/data", {});
  ASSERT_TRUE(opened.ok()) << opened.status() << appended_.err;
  system_ = *std::move(opened);
  ties_ = v1::TiesService::NewStub(system_->Channel());
  sanctions_ = v1::SanctionsService::NewStub(system_->Channel());
}

void ClubFixture::TearDownTestSuite() {
  sanctions_.reset();
  ties_.reset();
  system_.reset();
  fs::remove_all(root_);
}

v1::Tie ClubFixture::TieOf(const std::string& a, const std::string& b, const std::string& cut) {
  const std::string request = absl::StrCat(cut, "a: '", a, "' b: '", b, "'");
  return Ask(*ties_, &v1::TiesService::Stub::GetTie, request).tie();
}

v1::SourceTie ClubFixture::Between(const std::string& a, const std::string& b,
                                   const std::string& cut) {
  const v1::Tie tie = TieOf(a, b, cut);
  for (const v1::SourceTie& source : tie.source()) {
    if (source.source() == kSource) return source;
  }
  return {};
}

v1::TieCounts ClubFixture::Counts(const std::string& pair, const std::string& cut) {
  const auto ties = Ask(*ties_, &v1::TiesService::Stub::GetTies, cut + kFour);
  EXPECT_THAT(ties.pair(), SizeIs(6));
  for (const v1::PairTie& of : ties.pair()) {
    if (Short(of.a()) + "-" + Short(of.b()) != pair) continue;
    for (const v1::TieCounts& counts : of.source()) {
      if (counts.source() == kSource) return counts;
    }
  }
  return {};
}

std::vector<std::string> ClubFixture::Shared(const std::string& a, const std::string& b,
                                             const std::string& cut) {
  std::vector<std::string> shared;
  const v1::Tie tie = TieOf(a, b, cut);
  for (const v1::SharedMembership& both : tie.shared()) {
    shared.push_back(Short(both.organisation()));
  }
  return shared;
}

v1::TreatyEntry ClubFixture::TreatyOf(const std::string& id, const std::string& cut) {
  const auto response = Ask(*ties_, &v1::TiesService::Stub::GetTreaty,
                            absl::StrCat(cut, "treaty: '", id, "'"));
  EXPECT_THAT(response.entry(), SizeIs(1)) << id;
  return response.entry_size() > 0 ? response.entry(0) : v1::TreatyEntry();
}

std::vector<std::string> ClubFixture::ReasonsOfSanctionsOn(const std::string& actor,
                                                           const std::string& cut) {
  const auto response = Ask(*sanctions_, &v1::SanctionsService::Stub::GetSanctions,
                            absl::StrCat(cut, "actor: '", actor, "'"));
  std::vector<std::string> reasons;
  for (const v1::PartySanctions& party : response.party()) {
    for (const v1::SanctionEntry& entry : party.entry()) {
      if (entry.in_force() == v1::IN_FORCE_YES) reasons.push_back(entry.sanction().reason());
    }
  }
  return reasons;
}

std::set<std::string> ClubFixture::Changes(const std::string& from, const std::string& to) {
  const auto response =
      Ask(*ties_, &v1::TiesService::Stub::ListTieChanges,
          absl::StrCat(On(to), "from { effective_date { ", ParseDate(from)->ShortDebugString(),
                       " } } page_size: 1000 ", kFour));
  std::set<std::string> changes;
  for (const v1::TieChange& change : response.change()) {
    EXPECT_EQ(change.source(), kSource);
    EXPECT_FALSE(change.by_knowledge()) << change.ShortDebugString();
    EXPECT_GT(change.before_ground_size() + change.after_ground_size(), 0)
        << change.ShortDebugString();
    changes.insert(absl::StrCat(Short(change.a()), "-", Short(change.b()), " ",
                                Without("TIE_FAMILY_", v1::TieFamily_Name(change.family())), " ",
                                PrintDate(change.date())));
  }
  return changes;
}

}  // namespace dossier
