#include "dossier/v1/ties_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/tie_page.h"
#include "services/cli/ties_page.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr int kActorsMin = 2;
constexpr int kActorsMax = 12;
constexpr int kPageMax = 1'000;

struct TiesFlags {
  ReadFlags read;
  std::vector<std::string> actors;
  std::string from, to, from_known_by;
};

// The earlier cut: another day of the world, and what was known by then only where it is asked for.
ReadFlags EarlierOf(const TiesFlags& flags) {
  ReadFlags earlier = flags.read;
  earlier.effective = flags.from;
  if (!flags.from_known_by.empty()) earlier.known_by = flags.from_known_by;
  return earlier;
}

absl::StatusOr<v1::GetTiesResponse> TiesAt(const Session& session, v1::TiesService::Stub& ties,
                                           const std::vector<std::string>& actors,
                                           const v1::ReadAt& read_at) {
  v1::GetTiesRequest request;
  *request.mutable_read_at() = read_at;
  request.mutable_actor()->Assign(actors.begin(), actors.end());
  return Ask(session, ties, &v1::TiesService::Stub::GetTies, request);
}

// What the later cut answered, with the sequence that it is true of: the other questions of the
// command continue that answer while the log grows.
v1::ReadAt SameSequence(v1::ReadAt read_at, const v1::AnsweredAt& answered_at) {
  v1::Cut& cut = *read_at.mutable_cut();
  const bool is_pinned = cut.has_sequence() || cut.has_accepted_by_time();
  if (!is_pinned && answered_at.sequence() != 0) cut.set_sequence(answered_at.sequence());
  return read_at;
}

// All pages of what changed. Of a table, a line says how much there is.
absl::Status PrintChanges(const Session& session, v1::TiesService::Stub& ties,
                          const TiesFlags& flags, const v1::ReadAt& to, const v1::ReadAt& from) {
  v1::ListTieChangesRequest request;
  *request.mutable_read_at() = to;
  *request.mutable_from() = from.cut();
  request.mutable_actor()->Assign(flags.actors.begin(), flags.actors.end());
  request.set_page_size(kPageMax);
  const bool is_table = session.format() == OutputFormat::kTable;
  if (is_table) session.out() << "\nWhat changed between the two\n";
  if (session.format() == OutputFormat::kCsv) PrintTieChangesCsvHeading(session.out());
  int64_t listed = 0;
  do {
    const auto page = Ask(session, ties, &v1::TiesService::Stub::ListTieChanges, request);
    if (!page.ok()) return page.status();
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    for (const v1::TieChange& change : page->change()) {
      if (session.format() == OutputFormat::kCsv) PrintTieChangeCsv(session.out(), change);
      if (is_table) PrintTieChange(session, change);
    }
    listed += page->change_size();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  if (is_table) {
    session.out() << (listed == 0 ? "Nothing in what was loaded"
                                  : Counted(listed, "change", "changes"))
                  << ".\n";
  }
  return absl::OkStatus();
}

int TiesBetween(const Session& session, v1::TiesService::Stub& ties, const TiesFlags& flags) {
  ReadFlags later = flags.read;
  later.effective = flags.to;
  v1::ReadAt to_at = ReadAtOf(later), from_at = ReadAtOf(EarlierOf(flags));
  const auto to = TiesAt(session, ties, flags.actors, to_at);
  if (!to.ok()) return session.Fail("ties", to.status());
  to_at = SameSequence(to_at, to->answered_at());
  from_at = SameSequence(from_at, to->answered_at());
  const auto from = TiesAt(session, ties, flags.actors, from_at);
  if (!from.ok()) return session.Fail("ties", from.status());
  if (session.format() == OutputFormat::kJson) {
    session.PrintJson(*from);
    session.PrintJson(*to);
  }
  if (session.format() == OutputFormat::kTable) PrintTiesPages(session, *from, *to);
  const absl::Status changes = PrintChanges(session, ties, flags, to_at, from_at);
  if (!changes.ok()) return session.Fail("ties", changes);
  if (session.format() != OutputFormat::kTable) return kDone;
  session.out() << '\n';
  PrintLabelled(session, "From  ", CutWords(from->answered_at()) + ".");
  PrintLabelled(session, "To    ", CutWords(to->answered_at()) + ".");
  PrintLabelled(session, "", to->notice());
  return kDone;
}

int TiesAtOnce(const Session& session, v1::TiesService::Stub& ties, const TiesFlags& flags) {
  const auto found = TiesAt(session, ties, flags.actors, ReadAtOf(flags.read));
  if (!found.ok()) return session.Fail("ties", found.status());
  switch (session.format()) {
    case OutputFormat::kJson:
      return session.PrintJson(*found);
    case OutputFormat::kCsv:
      PrintTiesCsv(session.out(), *found);
      return kDone;
    case OutputFormat::kTable:
      break;
  }
  PrintTiesPage(session, *found);
  PrintSanctionsStanding(session, found->answered_at(), found->coverage(), found->notice());
  return kDone;
}

int Ties(Session& session, const TiesFlags& flags) {
  if (!flags.from.empty() && !flags.to.empty() &&
      EndOf(*ParseDate(flags.from)) > EndOf(*ParseDate(flags.to))) {
    return session.FailUsage("--from " + flags.from + " is after --to " + flags.to);
  }
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto ties = v1::TiesService::NewStub(*channel);
  return flags.from.empty() ? TiesAtOnce(session, *ties, flags)
                            : TiesBetween(session, *ties, flags);
}

}  // namespace

void AddTies(Program& program) {
  auto flags = std::make_shared<TiesFlags>();
  CLI::App& command = AddCommand(
      program, "ties", "The ties of each pair of a group; what changed in them between two dates",
      "  dossier --data ./data ties CHN RUS IRN PRK --effective 2024-05-01\n"
      "  dossier --data ./data ties CHN RUS IRN PRK --from 2019-01-01 --to 2024-11-01",
      flags, &Ties);
  command.add_option("actors", flags->actors, "Ids, codes or names")
      ->required()
      ->expected(kActorsMin, kActorsMax);
  AddReadFlags(command, flags->read);
  const char* group = "What changed between two days";
  CLI::Option* from =
      command
          .add_option("--from", flags->from, "What held on this day; with --csv the changes alone")
          ->check(IsDate())
          ->excludes(command.get_option("--effective"))
          ->group(group);
  command.add_option("--to", flags->to, "What held on this later day; without it: at any time")
      ->check(IsDate())
      ->needs(from)
      ->group(group);
  command
      .add_option("--from-known-by", flags->from_known_by,
                  "What was published by then, of the earlier day; without it as --known-by")
      ->check(IsDateOrTime())
      ->needs(from)
      ->group(group);
}

}  // namespace dossier
