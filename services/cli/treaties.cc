#include "dossier/v1/ties_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/enum_flags.h"
#include "services/cli/list_flags.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/table.h"
#include "services/cli/treaty_page.h"
#include "services/cli/treaty_words.h"
#include "services/model/dates.h"
#include "services/model/tie_words.h"

namespace dossier {
namespace {

constexpr char kStanding[] = "STANDING_";
constexpr char kObligation[] = "OBLIGATION_";

struct TreatyFlags {
  ReadFlags read;
  std::string treaty;
  std::vector<std::string> standing;
};

struct TreatiesFlags {
  ReadFlags read;
  std::vector<std::string> source, standing, obligation;
  std::string party, text;
  LimitFlags limit;
};

v1::Standing StandingOf(const std::string& word) {
  return static_cast<v1::Standing>(NumberOfWord(*v1::Standing_descriptor(), kStanding, word));
}

int Treaty(Session& session, const TreatyFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto ties = v1::TiesService::NewStub(*channel);
  v1::GetTreatyRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_treaty(flags.treaty);
  for (const std::string& word : flags.standing) request.add_standing(StandingOf(word));
  const auto found = Ask(session, *ties, &v1::TiesService::Stub::GetTreaty, request);
  if (!found.ok()) return session.Fail("treaty " + flags.treaty, found.status());
  switch (session.format()) {
    case OutputFormat::kJson:
      return session.PrintJson(*found);
    case OutputFormat::kCsv:
      PrintTreatyCsv(session.out(), *found);
      return kDone;
    case OutputFormat::kTable:
      break;
  }
  PrintTreatyPage(session, *found);
  PrintSanctionsStanding(session, found->answered_at(), {}, found->notice());
  return kDone;
}

v1::ListTreatiesRequest RequestOf(const TreatiesFlags& flags) {
  v1::ListTreatiesRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.mutable_source()->Assign(flags.source.begin(), flags.source.end());
  request.set_party(flags.party);
  request.set_text(flags.text);
  for (const std::string& word : flags.standing) request.add_standing(StandingOf(word));
  for (const std::string& word : flags.obligation) {
    request.add_obligation(static_cast<v1::Obligation>(
        NumberOfWord(*v1::Obligation_descriptor(), kObligation, word)));
  }
  return request;
}

// Of a party asked for, how it stands; else how many stand how.
Table NewTable(bool of_party) {
  return Table({{"treaty", Table::kText},
                {"title", Table::kShrinks},
                {"source", Table::kOptional},
                {"signed", Table::kOptional},
                {of_party ? "stands" : "parties", Table::kShrinks},
                {of_party ? "since" : "in force", Table::kOptional},
                {"obligations", Table::kShrinks | Table::kOptional}});
}

void AddRow(const v1::TreatyLine& line, bool of_party, Table* table) {
  const v1::Treaty& treaty = line.treaty();
  table->AddRow({treaty.treaty().id(), treaty.treaty().title(), line.source(),
                 PrintDate(treaty.signed_date()),
                 of_party ? StandingWords(line.on()) : CountWords(line.count()),
                 PrintDate(of_party ? line.on().since_date() : treaty.in_force_date()),
                 ObligationWords(treaty.obligation())});
}

int Treaties(Session& session, const TreatiesFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto ties = v1::TiesService::NewStub(*channel);
  v1::ListTreatiesRequest request = RequestOf(flags);
  const bool of_party = !flags.party.empty();
  Table table = NewTable(of_party);
  if (session.format() == OutputFormat::kCsv) PrintCsvRow(session.out(), TreatyCsvHeadings());
  int listed = 0;
  v1::ListTreatiesResponse last;
  do {
    request.set_page_size(flags.limit.PageSize(listed));
    auto page = Ask(session, *ties, &v1::TiesService::Stub::ListTreaties, request);
    if (!page.ok()) return session.Fail("treaties", page.status());
    if (session.format() == OutputFormat::kJson) session.PrintJson(*page);
    for (const v1::TreatyLine& line : page->line()) {
      if (session.format() == OutputFormat::kCsv) PrintCsvRow(session.out(), TreatyCsvFields(line));
      if (session.format() == OutputFormat::kTable) AddRow(line, of_party, &table);
    }
    listed += page->line_size();
    request.set_page_token(page->next_page_token());
    last = *std::move(page);
  } while (!request.page_token().empty() && flags.limit.WantsMore(listed));
  if (session.format() != OutputFormat::kTable) return kDone;
  if (!table.empty()) table.Print(session.out(), session.width());
  session.out() << (table.empty() ? "No treaty in what was loaded fits"
                                  : "\n" + Counted(listed, "treaty", "treaties"));
  if (!request.page_token().empty()) session.out() << "; there are more: --limit N or --all";
  session.out() << ".\n";
  PrintSanctionsStanding(session, last.answered_at(), last.coverage(), last.notice());
  return kDone;
}

void AddTreaty(Program& program) {
  auto flags = std::make_shared<TreatyFlags>();
  CLI::App& command =
      AddCommand(program, "treaty", "A treaty: what it is, and each party's acts and standing",
                 "  dossier --data ./data treaty untc:26-3 --effective 1985\n"
                 "  dossier --data ./data treaty atop:1005 --standing in-force --csv",
                 flags, &Treaty);
  command.add_option("treaty", flags->treaty, "Its id, as \"treaties\" lists it")->required();
  command.add_option("--standing", flags->standing, "Parties of this standing; any of them")
      ->check(IsWordOf(*v1::Standing_descriptor(), kStanding));
  AddReadFlags(command, flags->read);
}

void AddTreatyList(Program& program) {
  auto flags = std::make_shared<TreatiesFlags>();
  CLI::App& command =
      AddCommand(program, "treaties", "List treaties, and how a party stands to each",
                 "  dossier --data ./data treaties --party Russia --standing signed --source untc\n"
                 "  dossier --data ./data treaties --text partnership --obligation defense --all",
                 flags, &Treaties);
  CLI::Option* party = command.add_option("--party", flags->party, "Id, code or name");
  command
      .add_option("--standing", flags->standing,
                  "How the party stands: in-force, consented, signed, ended ...; any of them")
      ->check(IsWordOf(*v1::Standing_descriptor(), kStanding))
      ->needs(party);
  command
      .add_option("--obligation", flags->obligation,
                  "defense, offense, neutrality, nonaggression, consultation ...; any of them")
      ->check(IsWordOf(*v1::Obligation_descriptor(), kObligation));
  command.add_option("--source", flags->source, "Of this source; any of them");
  command.add_option("--text", flags->text, "Within the title or the id, case ignored");
  AddLimitFlags(command, flags->limit, "Treaties");
  AddReadFlags(command, flags->read);
}

}  // namespace

void AddTreaties(Program& program) {
  AddTreaty(program);
  AddTreatyList(program);
}

}  // namespace dossier
