#include "absl/strings/str_cat.h"
#include "dossier/v1/revisions_service.grpc.pb.h"
#include "dossier/v1/sanctions_service.grpc.pb.h"
#include "services/cli/change_words.h"
#include "services/cli/commands.h"
#include "services/cli/enum_flags.h"
#include "services/cli/list_changes_page.h"
#include "services/cli/list_flags.h"
#include "services/cli/read_flags.h"
#include "services/cli/transfer_changes_page.h"
#include "services/model/sources.h"
#include "services/status_details.h"

namespace dossier {
namespace {

constexpr char kVerb[] = "VERB_";

struct ChangesFlags {
  ReadFlags read;
  std::string source;
  std::string from;
  uint64_t from_sequence = 0;
  // Of a list of sanctions.
  FilterFlags list;
  // Of a register of transfers.
  std::vector<std::string> supplier, recipient, actor, verb, change_class;
  bool only_class = false;
  LimitFlags limit;

  bool ask_of_list() const {
    return !list.programme.empty() || !list.country.empty() || !list.measure.empty() ||
           !list.kind.empty();
  }
  bool ask_of_register() const {
    return !supplier.empty() || !recipient.empty() || !actor.empty() || !verb.empty() ||
           !change_class.empty();
  }
};

// Without a date of its own, the earlier cut is of what was published by the later one's.
v1::Cut EarlierCut(const ChangesFlags& flags) {
  ReadFlags from;
  from.known_by = flags.from.empty() ? flags.read.known_by : flags.from;
  from.at_sequence = flags.from_sequence;
  return ReadAtOf(from).cut();
}

v1::ListEntryChangesRequest ListRequest(const ChangesFlags& flags) {
  v1::ListEntryChangesRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  *request.mutable_from() = EarlierCut(flags);
  request.set_source(flags.source);
  *request.mutable_filter() = FilterOf(flags.list);
  return request;
}

v1::ListTransferChangesRequest RegisterRequest(const ChangesFlags& flags) {
  v1::ListTransferChangesRequest request;
  *request.mutable_read_at() = ReadAtOf(flags.read);
  *request.mutable_from() = EarlierCut(flags);
  request.set_source(flags.source);
  v1::TransferChangeFilter& filter = *request.mutable_filter();
  filter.mutable_supplier()->Assign(flags.supplier.begin(), flags.supplier.end());
  filter.mutable_recipient()->Assign(flags.recipient.begin(), flags.recipient.end());
  filter.mutable_actor()->Assign(flags.actor.begin(), flags.actor.end());
  for (const std::string& word : flags.verb) {
    filter.add_verb(static_cast<v1::Verb>(NumberOfWord(*v1::Verb_descriptor(), kVerb, word)));
  }
  *filter.mutable_change_class() = ClassesOfWords(flags.change_class);
  filter.set_no_other_class(flags.only_class);
  return request;
}

// A source that the service has, and that is no register of transfers.
bool IsOtherSource(const absl::Status& status) {
  const google::rpc::BadRequest violations = FieldViolationsOf(status);
  return absl::IsInvalidArgument(status) && violations.field_violations_size() == 1 &&
         violations.field_violations(0).field() == "source";
}

int Changes(Session& session, const ChangesFlags& flags) {
  if (flags.from.empty() && flags.from_sequence == 0) {
    return session.FailUsage("--from DATE or --from-sequence N is required");
  }
  if (flags.ask_of_list() && flags.ask_of_register()) {
    return session.FailUsage(
        "--programme, --country, --measure and --kind ask about a list of sanctions; the other "
        "filters about a register of transfers");
  }
  const auto channel = session.Connect(Access::kRead);
  if (!channel.ok()) return session.FailConnect(channel.status());
  const bool is_list = flags.ask_of_list() || FindSource(flags.source) != nullptr;
  absl::Status printed = absl::OkStatus();
  if (!is_list || flags.ask_of_register()) {
    const auto revisions = v1::RevisionsService::NewStub(*channel);
    printed = PrintTransferChanges(session, *revisions, RegisterRequest(flags), flags.limit);
    if (!IsOtherSource(printed) || flags.ask_of_register()) {
      return printed.ok() ? kDone : session.Fail("changes " + flags.source, printed);
    }
  }
  const auto sanctions = v1::SanctionsService::NewStub(*channel);
  printed = PrintListChanges(session, *sanctions, ListRequest(flags), flags.limit);
  return printed.ok() ? kDone : session.Fail("changes " + flags.source, printed);
}

void AddRegisterFlags(CLI::App& command, ChangesFlags& flags) {
  const char* group = "Of a register of transfers";
  const auto add = [&](const char* name, std::vector<std::string>& values, const char* what) {
    return command.add_option(name, values, what)->group(group);
  };
  add("--supplier", flags.supplier, "Id, code or name, at either date; any of them");
  add("--recipient", flags.recipient, "Id, code or name, at either date; any of them");
  add("--actor", flags.actor, "On either side");
  add("--verb", flags.verb, "reported, revised, withdrawn or came-back; any of them")
      ->check(CLI::IsMember({"reported", "revised", "withdrawn", "came-back"}));
  AddClassFlag(command, flags.change_class,
               "Revisions of this class: new-deliveries, revaluation, flag ...; any of them");
  CLI::Option* by_class = command.get_option("--class")->group(group);
  command.add_flag("--only-class", flags.only_class, "Of these, revisions of no other class")
      ->needs(by_class)
      ->group(group);
}

}  // namespace

void AddChanges(Program& program) {
  auto flags = std::make_shared<ChangesFlags>();
  CLI::App& command = AddCommand(
      program, "changes",
      "What changed in a sanctions list or arms register between two dates, field by field",
      "  dossier --data ./data changes ofac-sdn --from 2022-02-24 --to 2022-02-25\n"
      "  dossier --data ./data changes uk-ofsi --from 2014-04-02 --country Libya --all --csv\n"
      "  dossier --data ./data changes sipri-register --from 2025-01-01 --to 2025-06-01 "
      "--supplier Iran --recipient Russia\n"
      "  dossier --data ./data changes sipri-register --from 2025-01-01 --class flag --only-class",
      flags, &Changes);
  command.add_option("source", flags->source, "The list or register, as \"sources\" names it")
      ->required();
  command.add_option("--from", flags->from, "As published by the end of this date")
      ->check(IsDateOrTime());
  command
      .add_option("--from-sequence", flags->from_sequence,
                  "As the log stood at this sequence; without --from: as published by --to")
      ->check(CLI::PositiveNumber);
  AddFilterFlags(command, flags->list);
  AddRegisterFlags(command, *flags);
  AddLimitFlags(command, flags->limit, "Changes");
  AddReadFlags(command, flags->read);
  command.add_option("--to", flags->read.known_by, "The same as --known-by; without it: now")
      ->check(IsDateOrTime())
      ->excludes(command.get_option("--known-by"));
}

}  // namespace dossier
