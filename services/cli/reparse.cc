#include <vector>

#include "dossier/v1/ingest_service.grpc.pb.h"
#include "dossier/v1/query_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/editions.h"
#include "services/cli/load_report.h"

namespace dossier {
namespace {

constexpr int kPageSize = 1'000;

struct ReparseFlags {
  std::vector<std::string> editions;
  std::string source;
  bool accept_rejected = false;
  bool accept_ending = false;
  bool dry_run = false;
};

// The live editions of a source, oldest first.
absl::StatusOr<std::vector<v1::Edition>> LiveEditionsOf(const Session& session,
                                                        v1::QueryService::Stub& query,
                                                        const std::string& source) {
  std::vector<v1::Edition> live;
  v1::ListEditionsRequest request;
  request.set_source(source);
  request.set_page_size(kPageSize);
  do {
    const auto page = Ask(session, query, &v1::QueryService::Stub::ListEditions, request);
    if (!page.ok()) return page.status();
    for (const v1::Edition& edition : page->edition()) {
      if (edition.state() == v1::EDITION_STATE_LIVE) live.push_back(edition);
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  if (live.empty()) return absl::NotFoundError("the source has no live edition");
  return live;
}

absl::StatusOr<std::vector<v1::Edition>> EditionsOf(const Session& session,
                                                    v1::QueryService::Stub& query,
                                                    const ReparseFlags& flags) {
  if (!flags.source.empty()) return LiveEditionsOf(session, query, flags.source);
  std::vector<v1::Edition> editions;
  for (const std::string& id : flags.editions) {
    auto edition = FindEdition(session, query, id);
    if (!edition.ok()) return edition.status();
    editions.push_back(*std::move(edition));
  }
  return editions;
}

int Reparse(Session& session, const ReparseFlags& flags) {
  const auto channel = session.Connect(Access::kWrite);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto query = v1::QueryService::NewStub(*channel);
  const auto ingest = v1::IngestService::NewStub(*channel);
  const auto editions = EditionsOf(session, *query, flags);
  if (!editions.ok()) return session.Fail("reparse", editions.status());
  if (session.format() == OutputFormat::kCsv) PrintReportCsvHeading(session);
  bool failed = false;
  for (const v1::Edition& edition : *editions) {
    v1::ReparseEditionRequest request;
    request.set_edition_id(edition.loaded().edition_id());
    request.set_accept_rejected(flags.accept_rejected);
    request.set_accept_ending(flags.accept_ending);
    request.set_dry_run(flags.dry_run);
    const auto done =
        Ask(session, *ingest, &v1::IngestService::Stub::ReparseEdition, request, Work::kLong);
    if (done.ok()) {
      PrintReport(session, edition.loaded().file_name(), done->report());
    } else {
      failed = true;
      PrintFailedLoad(session, edition.loaded().file_name(), done.status(), {});
    }
    session.out().flush();
  }
  return failed ? kFailed : kDone;
}

}  // namespace

void AddReparse(Program& program) {
  auto flags = std::make_shared<ReparseFlags>();
  CLI::App& command =
      AddCommand(program, "reparse",
                 "Read archived editions anew, where their adapter has a newer version",
                 "  dossier --data ./data reparse --source sipri-register --dry-run\n"
                 "  dossier --data ./data reparse 3fa2b1c0",
                 flags, &Reparse);
  CLI::Option* editions =
      command.add_option("edition", flags->editions, "Their ids, or the beginnings of them");
  CLI::Option* source =
      command.add_option("--source", flags->source, "All live editions of this source");
  editions->excludes(source);
  command.add_flag("--accept-rejected", flags->accept_rejected, "As of \"load\"");
  command.add_flag("--accept-ending", flags->accept_ending, "As of \"load\"");
  command.add_flag("--dry-run", flags->dry_run, "Read and compare only; append nothing");
  command.require_option(1, 0);
}

}  // namespace dossier
