#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/digest.h"
#include "services/cli/local_system.h"
#include "services/cli/numbers.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

struct RebuildFlags {};

absl::StatusOr<v1::GetDigestsResponse> DigestsOf(const Session& session, const std::string& dir) {
  const auto system = LocalSystem::Open(dir, {});
  if (!system.ok()) return system.status();
  return AskDigests(session, (*system)->Channel(), 0);
}

// What a new view mends: one that does not decode, is of another format or follows another log.
// After any other failure (a deadline, a folder in use) the view may be a good one, and stays.
bool IsUnreadableView(const absl::Status& status) {
  return absl::IsDataLoss(status) || absl::IsFailedPrecondition(status);
}

void PrintForPeople(std::ostream& out, const absl::StatusOr<v1::GetDigestsResponse>& before,
                    const v1::GetDigestsResponse& after) {
  if (before.ok()) {
    out << "view before       " << Hex(before->view_digest()) << '\n';
  } else {
    out << "view before       could not be read: " << std::string(before.status().message())
        << '\n';
  }
  out << "view rebuilt      " << Hex(after.view_digest()) << "  "
      << Counted(after.rows(), "row", "rows") << '\n';
  if (before.ok()) out << "knowledge before  " << Hex(before->knowledge_digest()) << '\n';
  out << "knowledge after   " << Hex(after.knowledge_digest()) << "  "
      << Counted(after.records(), "record", "records") << '\n';
}

void PrintCsv(std::ostream& out, const absl::StatusOr<v1::GetDigestsResponse>& before,
              const v1::GetDigestsResponse& after) {
  PrintCsvRow(out, {"digest", "before", "after"});
  PrintCsvRow(out,
              {"view", before.ok() ? Hex(before->view_digest()) : "", Hex(after.view_digest())});
  PrintCsvRow(out, {"knowledge", before.ok() ? Hex(before->knowledge_digest()) : "",
                    Hex(after.knowledge_digest())});
}

int Rebuild(Session& session, const RebuildFlags&) {
  const std::string dir = session.DataDir();
  if (dir.empty()) {
    return session.FailUsage(
        "rebuild: expected --data DIR; a server's view is rebuilt by stopping it and removing its "
        "folder");
  }
  const auto before = DigestsOf(session, dir);
  if (!before.ok() && !IsUnreadableView(before.status())) {
    return session.Fail("rebuild", before.status());
  }
  if (absl::Status removed = LocalSystem::RemoveView(dir); !removed.ok()) {
    return session.Fail("rebuild", removed);
  }
  const auto after = DigestsOf(session, dir);
  if (!after.ok()) return session.Fail("rebuild", after.status());
  switch (session.format()) {
    case OutputFormat::kJson:
      if (before.ok()) session.PrintJson(*before);
      session.PrintJson(*after);
      break;
    case OutputFormat::kCsv:
      PrintCsv(session.out(), before, *after);
      break;
    case OutputFormat::kTable:
      PrintForPeople(session.out(), before, *after);
      break;
  }
  if (!before.ok()) return kDone;
  const bool agree = before->view_digest() == after->view_digest() &&
                     before->knowledge_digest() == after->knowledge_digest();
  if (session.format() == OutputFormat::kTable) {
    session.out() << (agree ? "They agree.\n" : "THEY DIFFER.\n");
  }
  return agree
             ? kDone
             : session.Fail("rebuild",
                            absl::DataLossError("the rebuilt view is not the one that was there"));
}

}  // namespace

void AddRebuild(Program& program) {
  AddCommand(program, "rebuild", "Project the whole log again into a new view, and compare",
             "  dossier --data ./data rebuild", std::make_shared<RebuildFlags>(), &Rebuild);
}

}  // namespace dossier
