#include "services/cli/standing.h"

#include "services/cli/numbers.h"
#include "services/cli/text.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr size_t kLogIdShown = 8;
constexpr size_t kCoverageShown = 6;

std::string PrintSource(const v1::Source& source) {
  std::string text = source.id();
  if (source.covers_until().year() != 0) text += " until " + PrintDate(source.covers_until());
  if (source.editions() > 0) {
    text += " (" + Counted(source.editions(), "edition", "editions");
    if (source.newest_edition().loaded().has_stamp()) {
      text += ", newest " + PrintStamp(source.newest_edition().loaded().stamp());
    }
    text += ")";
  }
  return text;
}

}  // namespace

std::string PrintCut(const v1::AnsweredAt& answered_at) {
  const v1::Cut& cut = answered_at.cut();
  std::string text = "Sequence " + Grouped(answered_at.sequence());
  if (answered_at.view_sequence() > answered_at.sequence()) {
    text += " of " + Grouped(answered_at.view_sequence());
  }
  text += ", log " + answered_at.log_id().substr(0, kLogIdShown);
  if (cut.has_accepted_by_time()) text += "; accepted by " + PrintTime(cut.accepted_by_time());
  if (cut.has_known_by_date()) {
    text += "; published by " + PrintDate(cut.known_by_date());
  } else if (cut.has_known_by_time()) {
    text += "; published by " + PrintTime(cut.known_by_time());
  } else {
    text += "; all that was published";
  }
  if (cut.has_effective_date()) text += "; the world by " + PrintDate(cut.effective_date());
  return text + ".";
}

void PrintStanding(const Session& session, const v1::AnsweredAt& answered_at,
                   const std::vector<std::string>& coverage) {
  std::string text = PrintCut(answered_at);
  for (size_t i = 0; i < coverage.size() && i < kCoverageShown; ++i) {
    text += (i == 0 ? " Covered: " : "; ") + coverage[i];
  }
  if (coverage.size() > kCoverageShown) {
    text += "; and " + std::to_string(coverage.size() - kCoverageShown) + " more";
  }
  if (!coverage.empty()) text += ".";
  session.out() << '\n';
  for (const std::string& line :
       Wrap(Printable(text), session.width() > 0 ? session.width() : 100)) {
    session.out() << line << '\n';
  }
}

absl::StatusOr<std::vector<v1::Source>> SourcesAt(const Session& session,
                                                  v1::QueryService::Stub& query,
                                                  const v1::AnsweredAt& answered_at) {
  v1::ListSourcesRequest request;
  v1::Cut& cut = *request.mutable_read_at()->mutable_cut();
  cut = answered_at.cut();
  if (answered_at.sequence() != 0) cut.set_sequence(answered_at.sequence());
  auto sources = Ask(session, query, &v1::QueryService::Stub::ListSources, request);
  if (!sources.ok()) return sources.status();
  return std::vector<v1::Source>(sources->source().begin(), sources->source().end());
}

std::vector<std::string> CoverageAt(const Session& session, v1::QueryService::Stub& query,
                                    const v1::AnsweredAt& answered_at,
                                    const std::function<bool(const std::string& source)>& wants) {
  const auto sources = SourcesAt(session, query, answered_at);
  if (!sources.ok()) return {"not known, " + std::string(sources.status().message())};
  std::vector<std::string> coverage;
  for (const v1::Source& known : *sources) {
    if (wants(known.id())) coverage.push_back(PrintSource(known));
  }
  return coverage;
}

void PrintStandingWithSources(const Session& session, v1::QueryService::Stub& query,
                              const v1::AnsweredAt& answered_at, const std::string& source) {
  PrintStanding(session, answered_at,
                CoverageAt(session, query, answered_at, [&](const std::string& known) {
                  return source.empty() || known == source;
                }));
}

}  // namespace dossier
