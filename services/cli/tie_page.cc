#include "services/cli/tie_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/cli/numbers.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/text.h"
#include "services/cli/treaty_words.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

constexpr int kUsualWidth = 100;
constexpr int kCoverageShown = 4;
constexpr size_t kLogIdShown = 8;

void PrintHead(const Session& session, const v1::GetTieResponse& response) {
  const int width = session.width() > 0 ? session.width() : kUsualWidth;
  const v1::Tie& tie = response.tie();
  const std::string names =
      Printable(absl::StrCat(NameWords(tie.a()), " and ", NameWords(tie.b())));
  const std::string ids = Printable(absl::StrCat(tie.a().id(), "  ", tie.b().id()));
  session.out() << names
                << std::string(std::max(2, width - DisplayWidth(names) - DisplayWidth(ids)), ' ')
                << ids << '\n';
  PrintLabelled(session, "", CutWords(response.answered_at()) + ".");
}

std::string CoverageWords(const v1::SourceTie& source) {
  std::string words;
  for (int i = 0; i < source.coverage_size() && i < kCoverageShown; ++i) {
    absl::StrAppend(&words, i == 0 ? "" : "; ", source.coverage(i));
  }
  if (source.coverage_size() > kCoverageShown) {
    absl::StrAppend(&words, "; and ", source.coverage_size() - kCoverageShown, " more");
  }
  return words;
}

bool SaysNothing(const v1::SourceTie& source) {
  return source.treaty().empty() && !source.has_a_to_b() && !source.has_b_to_a() &&
         source.sanction().empty() && source.deployment().empty() && source.indicator().empty() &&
         source.dealing().empty();
}

void PrintSource(const Session& session, const TiePageOptions& options, const v1::Tie& tie,
                 const v1::SourceTie& source) {
  std::string head = "reports of an analyst";
  if (source.edition().loaded().has_stamp()) {
    head = "newest edition published " + PrintStamp(source.edition().loaded().stamp());
  }
  if (source.covers_until().year() != 0) {
    absl::StrAppend(&head, ", covers until ", PrintDate(source.covers_until()));
  }
  session.out() << '\n';
  PrintLabelled(session, Printable(source.source()) + ": ", head);
  if (SaysNothing(source)) {
    const std::string coverage = CoverageWords(source);
    PrintLabelled(session, "  ",
                  absl::StrCat("Nothing of the two in what it covers", coverage.empty() ? "" : ": ",
                               coverage, "."));
  }
  PrintTreatyTies(session, options, tie, source);
  PrintTransferTies(session, options, tie, source);
  PrintSanctionTies(session, options, source);
  PrintDeploymentTies(session, options, source);
  PrintIndicatorTies(session, options, source);
  PrintDealingTies(session, options, source);
  for (const std::string& note : source.note()) PrintLabelled(session, "  Note  ", note);
}

std::string MemberWords(const v1::ActorRef& actor, const v1::Membership& membership) {
  const std::string since = PrintDate(membership.date());
  return absl::StrCat(ShortName(actor), " ", MembershipWords(membership),
                      since.empty() ? "" : " since ", since);
}

void PrintShared(const Session& session, const v1::Tie& tie) {
  if (tie.shared().empty()) return;
  session.out() << "\nBoth belong to\n";
  for (const v1::SharedMembership& shared : tie.shared()) {
    PrintLabelled(session, "  ",
                  absl::StrCat(ActorWords(shared.organisation()), ": ",
                               MemberWords(tie.a(), shared.a()), ", ",
                               MemberWords(tie.b(), shared.b()), "; ", shared.source(), " ",
                               GroundMarks(shared.ground())));
  }
}

}  // namespace

std::string CutWords(const v1::AnsweredAt& answered_at) {
  const v1::Cut& cut = answered_at.cut();
  std::string words = "All that was ever reported";
  if (cut.has_effective_date()) words = "What held on " + PrintDate(cut.effective_date());
  if (cut.has_known_by_date()) {
    absl::StrAppend(&words, ", as published by ", PrintDate(cut.known_by_date()));
  } else if (cut.has_known_by_time()) {
    absl::StrAppend(&words, ", as published by ", PrintTime(cut.known_by_time()));
  } else {
    absl::StrAppend(&words, ", as published so far");
  }
  if (cut.has_accepted_by_time()) {
    absl::StrAppend(&words, ", accepted by ", PrintTime(cut.accepted_by_time()));
  }
  const auto sequence = static_cast<int64_t>(answered_at.sequence());
  absl::StrAppend(&words, "; sequence ", Grouped(sequence));
  if (answered_at.view_sequence() > answered_at.sequence()) {
    absl::StrAppend(&words, " of ", Grouped(static_cast<int64_t>(answered_at.view_sequence())));
  }
  return absl::StrCat(words, ", log ", answered_at.log_id().substr(0, kLogIdShown));
}

void PrintTiePage(const Session& session, const TiePageOptions& options,
                  const v1::GetTieResponse& response, const std::vector<std::string>& silent) {
  const v1::Tie& tie = response.tie();
  PrintHead(session, response);
  for (const v1::SourceTie& source : tie.source()) PrintSource(session, options, tie, source);
  PrintShared(session, tie);
  if (tie.source().empty() && tie.shared().empty()) {
    session.out() << "\nNo source says anything of the two at this cut.\n";
  }
  session.out() << '\n';
  if (response.ended_treaties() > 0) {
    const auto ended = static_cast<int64_t>(response.ended_treaties());
    PrintLabelled(session, "",
                  absl::StrCat(Counted(ended, "treaty", "treaties"),
                               " that ended by then left out (--ended lists them)."));
  }
  if (!silent.empty()) {
    PrintLabelled(session, "",
                  "Nothing of the two in what these cover: " + JoinGiven(silent, "; ") + ".");
  }
  PrintLabelled(session, "", response.notice());
}

}  // namespace dossier
