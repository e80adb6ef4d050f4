#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "services/cli/commands.h"
#include "services/cli/csv.h"
#include "services/cli/numbers.h"
#include "services/cli/read_flags.h"
#include "services/cli/sanctions_page.h"
#include "services/cli/text.h"

namespace dossier {
namespace {

struct SanctionsFlags {
  ReadFlags read;
  std::string actor;
  bool follow_claims = false;
  bool ended = false;
  bool imposed = false;
};

void PrintCsv(std::ostream& out, const v1::GetSanctionsResponse& response) {
  std::vector<std::string> headings = EntryCsvHeadings();
  headings.insert(headings.begin(), {"actor", "side", "claim"});
  PrintCsvRow(out, headings);
  for (const v1::PartySanctions& party : response.party()) {
    const std::string claim = party.has_by() ? ClaimWords(party.by().claim()) : "";
    const auto row = [&](const std::string& side, const v1::SanctionEntry& entry) {
      std::vector<std::string> fields = EntryCsvFields(entry);
      fields.insert(fields.begin(), {party.actor().id(), side, claim});
      PrintCsvRow(out, fields);
    };
    for (const v1::SanctionEntry& entry : party.entry()) row("target", entry);
    for (const v1::SanctionEntry& entry : party.imposed()) row("sender", entry);
  }
}

void PrintParty(const Session& session, const v1::PartySanctions& party) {
  std::ostream& out = session.out();
  const v1::Actor& actor = party.actor();
  out << Printable(actor.name()) << "  " << Printable(actor.id());
  const std::string kind = Words(v1::ActorKind_Name(actor.kind()), "ACTOR_KIND_");
  out << (kind.empty() ? "" : ", ") << kind << '\n';
  if (party.has_by()) {
    PrintLabelled(session, "  Brought in by the claim: ", ClaimWords(party.by().claim()));
    PrintLabelled(session, "    ",
                  party.by().ground().source() + " " + party.by().ground().record() + ", " +
                      GroundWords(party.by().ground()));
  }
  if (party.entry().empty()) out << "  No sanction on it in what was looked through.\n";
  for (const v1::SanctionEntry& entry : party.entry()) PrintEntryPage(session, entry);
  if (!party.imposed().empty()) {
    out << "\nImposed by it: " << Counted(party.imposed_size(), "case", "cases") << '\n';
  }
  for (const v1::SanctionEntry& entry : party.imposed()) PrintEntryPage(session, entry);
  if (!party.linked().empty()) out << "\nLinks to it, as published by others; not followed:\n";
  for (const v1::PartyLink& link : party.linked()) {
    const std::string words = link.printed_kind().empty()
                                  ? Words(v1::LinkKind_Name(link.kind()), "LINK_KIND_")
                                  : link.printed_kind();
    PrintLabelled(session, "  ",
                  ActorWords(link.party()) + ": " + words + " " + ActorWords(link.other()));
  }
  if (!party.linked().empty()) {
    PrintLabelled(session, "  ", "(links that a list prints by name alone are not looked for)");
  }
}

int Sanctions(Session& session, const SanctionsFlags& flags) {
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const auto sanctions = v1::SanctionsService::NewStub(*channel);
  v1::GetSanctionsRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  request.set_actor(flags.actor);
  request.set_follow_claims(flags.follow_claims);
  request.set_include_ended(flags.ended);
  request.set_include_imposed(flags.imposed);
  const auto found = Ask(session, *sanctions, &v1::SanctionsService::Stub::GetSanctions, request);
  if (!found.ok()) return session.Fail("sanctions " + flags.actor, found.status());
  if (session.format() == OutputFormat::kJson) return session.PrintJson(*found);
  if (session.format() == OutputFormat::kCsv) {
    PrintCsv(session.out(), *found);
    return kDone;
  }
  for (int i = 0; i < found->party_size(); ++i) {
    if (i > 0) session.out() << "\n----\n\n";
    PrintParty(session, found->party(i));
  }
  PrintSanctionsStanding(session, found->answered_at(), found->coverage(), found->notice());
  return kDone;
}

}  // namespace

void AddSanctions(Program& program) {
  auto flags = std::make_shared<SanctionsFlags>();
  CLI::App& command = AddCommand(program, "sanctions", "The sanctions on a party, list by list",
                                 "  dossier --data ./data sanctions ofac:7157\n"
                                 "  dossier --data ./data sanctions \"Example Shipping\" "
                                 "--follow-claims --effective 2022-02-24",
                                 flags, &Sanctions);
  command.add_option("actor", flags->actor, "Id (ofac:7157, state:IRN), code or name")->required();
  command.add_flag("--follow-claims", flags->follow_claims,
                   "Also the entries of parties that lists or analysts claim to be the same");
  command.add_flag("--ended", flags->ended, "Also sanctions that have ended");
  command.add_flag("--imposed", flags->imposed, "Also the cases in which it is the sender");
  AddReadFlags(command, flags->read);
}

}  // namespace dossier
