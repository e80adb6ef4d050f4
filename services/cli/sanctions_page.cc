#include "services/cli/sanctions_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/numbers.h"
#include "services/cli/standing.h"
#include "services/cli/text.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"

namespace dossier {
namespace {

constexpr int kUsualWidth = 100;
constexpr int kNamesShown = 40;
constexpr size_t kRemarksShown = 1'200;

void AddOnce(const std::string& text, std::vector<std::string>* texts) {
  if (text.empty() || std::find(texts->begin(), texts->end(), text) != texts->end()) return;
  texts->push_back(text);
}

// Parts that are given, with ", " between.
std::string Parts(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!part.empty()) absl::StrAppend(&joined, joined.empty() ? "" : ", ", part);
  }
  return joined;
}

std::string InParentheses(const std::string& text) {
  return text.empty() ? "" : absl::StrCat(" (", text, ")");
}

std::string NameOf(const v1::ActorRef& actor) {
  return actor.printed_name().empty() ? actor.id() : actor.printed_name();
}

std::string DateWords(const v1::SanctionDate& date) {
  std::string words = Words(v1::SanctionDateKind_Name(date.kind()), "SANCTION_DATE_KIND_");
  const std::string day = PrintDate(date.date());
  absl::StrAppend(&words, " ", day.empty() ? date.printed() : day, InParentheses(date.detail()));
  return words;
}

std::string NameWords(const v1::PartyName& name) {
  const std::string kind = Words(v1::NameKind_Name(name.kind()), "NAME_KIND_");
  const std::string quality = name.quality() == v1::NAME_QUALITY_LOW ? "weak" : "";
  return name.whole() + InParentheses(Parts({kind, quality, name.script()}));
}

std::string BirthWords(const v1::Birth& birth) {
  std::string date = PrintDate(birth.date());
  if (birth.has_date_to()) absl::StrAppend(&date, " to ", PrintDate(birth.date_to()));
  if (date.empty()) date = birth.printed();
  if (birth.is_approximate()) date = "about " + date;
  return Parts({date, birth.place(), NameOf(birth.country())});
}

std::string IdentifierWords(const v1::Identifier& identifier) {
  std::string kind = identifier.printed_kind();
  if (kind.empty()) kind = Words(v1::IdentifierKind_Name(identifier.kind()), "IDENTIFIER_KIND_");
  std::string more = Parts({NameOf(identifier.country()), identifier.note()});
  if (identifier.has_issue_date()) {
    more = Parts({more, "issued " + PrintDate(identifier.issue_date())});
  }
  if (identifier.has_expiry_date()) {
    more = Parts({more, "expires " + PrintDate(identifier.expiry_date())});
  }
  return absl::StrCat(kind, kind.empty() ? "" : " ", identifier.number(), InParentheses(more));
}

std::string AddressWords(const v1::Address& address) {
  return Parts({address.street(), address.city(), address.region(), address.postal_code(),
                NameOf(address.country()), address.note()});
}

std::string CraftWords(const v1::Craft& craft) {
  const auto with = [](const char* what, const std::string& value) {
    return value.empty() ? "" : absl::StrCat(what, value);
  };
  return Parts({craft.type(), with("flag ", NameOf(craft.flag())), with("owner ", craft.owner()),
                with("built ", craft.built()), with("model ", craft.model()),
                with("tonnage ", craft.tonnage()),
                with("gross registered tonnage ", craft.gross_registered_tonnage()),
                with("length ", craft.length())});
}

std::string LinkWords(const v1::PartyLink& link) {
  std::string kind = link.printed_kind();
  if (kind.empty()) kind = Words(v1::LinkKind_Name(link.kind()), "LINK_KIND_");
  return absl::StrCat(kind, " ", ActorWords(link.other()));
}

// Every element of a list of the profile, behind one label.
template <typename List, typename Print>
void PrintEach(const Session& session, const std::string& label, const List& list,
               const Print& print) {
  std::vector<std::string> texts;
  for (const auto& one : list) AddOnce(print(one), &texts);
  const size_t all = texts.size();
  if (all > kNamesShown) {
    texts.resize(kNamesShown);
    texts.push_back(absl::StrCat("and ", all - kNamesShown, " more"));
  }
  PrintLabelled(session, label, absl::StrJoin(texts, "; "));
}

void PrintProfile(const Session& session, const v1::Sanction& sanction) {
  const auto itself = [](const std::string& text) { return text; };
  PrintEach(session, "  Names         ", sanction.name(), NameWords);
  PrintEach(session, "  Born          ", sanction.birth(), BirthWords);
  PrintEach(session, "  Nationality   ", sanction.nationality(),
            [](const v1::Nationality& one) { return NameOf(one.country()); });
  PrintEach(session, "  Identifiers   ", sanction.identifier(), IdentifierWords);
  PrintEach(session, "  Addresses     ", sanction.address(), AddressWords);
  PrintEach(session, "  Positions     ", sanction.position(), itself);
  PrintEach(session, "  Titles        ", sanction.title(), itself);
  PrintLabelled(session, "  Gender        ", sanction.gender());
  PrintLabelled(session, "  Craft         ", CraftWords(sanction.craft()));
  PrintEach(session, "  Links         ", sanction.link(), LinkWords);
  PrintEach(session, "  Claims        ", sanction.claim(), ClaimWords);
  PrintEach(session, "  Also printed  ", sanction.other(), [](const v1::PrintedField& field) {
    return absl::StrCat(field.heading(), ": ", field.value());
  });
}

std::string Shortened(const std::string& text) {
  if (text.size() <= kRemarksShown) return text;
  size_t end = kRemarksShown;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;  // not within a character
  return absl::StrCat(text.substr(0, end), " ... (--json has all of it)");
}

std::string StandsWords(const v1::SanctionEntry& entry) {
  std::string words = InForceWords(entry.in_force());
  if (entry.window().has_from()) {
    // What is not in force and has no end has yet to begin.
    const bool begins = entry.in_force() == v1::IN_FORCE_NO && !entry.window().has_to();
    absl::StrAppend(&words, begins ? "; begins " : "; began ", BoundWords(entry.window().from()));
  }
  if (entry.window().has_to()) absl::StrAppend(&words, "; ended ", BoundWords(entry.window().to()));
  const std::string reason = Words(v1::EndReason_Name(entry.end_reason()), "END_REASON_");
  return words + InParentheses(reason);
}

std::string Line(const v1::Ground& ground) {
  return ground.locator().line() == 0 ? "" : absl::StrCat(ground.locator().line());
}

}  // namespace

void PrintLabelled(const Session& session, const std::string& label, const std::string& text) {
  if (text.empty()) return;
  const int width = session.width() > 0 ? session.width() : kUsualWidth;
  const int indent = DisplayWidth(label);
  std::string margin = label;
  for (const std::string& line : Wrap(Printable(text), std::max(20, width - indent))) {
    session.out() << margin << line << '\n';
    margin.assign(indent, ' ');
  }
}

std::string InForceWords(v1::InForce in_force) {
  switch (in_force) {
    case v1::IN_FORCE_NO:
      return "not in force";
    case v1::IN_FORCE_YES:
      return "in force";
    case v1::IN_FORCE_POSSIBLY:
      return "possibly in force";
    case v1::IN_FORCE_LAST_OBSERVED:
      return "last observed in force";
    default:
      return "";
  }
}

std::string BoundWords(const v1::Bound& bound) {
  const std::string earliest = PrintDate(bound.earliest_date());
  const std::string latest = PrintDate(bound.latest_date());
  if (latest.empty() && earliest.empty()) return "";
  if (earliest.empty()) return latest + " or before";
  if (earliest == latest) return latest;
  return absl::StrCat("between ", earliest, " and ", latest);
}

std::string MeasureBasisWords(const v1::Sanction& sanction) {
  std::vector<std::string> measures;
  for (const v1::Measure& measure : sanction.measure()) {
    const std::string kind = Words(v1::MeasureKind_Name(measure.kind()), "MEASURE_KIND_");
    const std::string basis =
        measure.basis() == v1::MEASURE_BASIS_IMPLIED ? "implied by " + measure.rule() : "";
    AddOnce(kind + InParentheses(Parts({basis, measure.detail()})), &measures);
  }
  return absl::StrJoin(measures, "; ");
}

std::string CountryWords(const v1::Sanction& sanction) {
  std::vector<std::string> countries;
  for (const auto& one : sanction.nationality()) AddOnce(NameOf(one.country()), &countries);
  for (const auto& one : sanction.address()) AddOnce(NameOf(one.country()), &countries);
  AddOnce(NameOf(sanction.craft().flag()), &countries);
  return absl::StrJoin(countries, "; ");
}

std::string GroundWords(const v1::Ground& ground) {
  std::string words = "published " + PrintStamp(ground.stamp());
  const std::string place = PrintLocator(ground.locator());
  if (!place.empty()) absl::StrAppend(&words, ", ", place);
  if (ground.cause() == v1::CAUSE_REPARSED) {
    absl::StrAppend(&words, ", since an edition was read anew");
  }
  return words;
}

std::string ActorWords(const v1::ActorRef& actor) {
  if (actor.printed_name().empty() || actor.printed_name() == actor.id()) return actor.id();
  return actor.printed_name() + InParentheses(actor.id());
}

std::string ClaimWords(const v1::IdentityClaim& claim) {
  return absl::StrCat(ActorWords(claim.subject()), claim.has_subject() ? " " : "",
                      Words(v1::ClaimKind_Name(claim.kind()), "CLAIM_KIND_"), " ",
                      ActorWords(claim.object()), claim.printed().empty() ? "" : ": ",
                      claim.printed());
}

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  return absl::StrJoin(texts, "; ");
}

void PrintEntryPage(const Session& session, const v1::SanctionEntry& entry) {
  const v1::Sanction& sanction = entry.sanction();
  session.out() << '\n';
  PrintLabelled(session,
                absl::StrCat(Printable(entry.source()), " ", Printable(entry.record()), ": "),
                Parts({entry.list(), entry.authority()}));
  PrintLabelled(session, "  Stands        ", StandsWords(entry));
  for (const std::string& note : entry.note()) PrintLabelled(session, "                ", note);
  std::vector<std::string> targets, senders;
  for (const v1::ActorRef& target : sanction.target()) targets.push_back(ActorWords(target));
  for (const v1::ActorRef& sender : sanction.sender()) senders.push_back(ActorWords(sender));
  if (sanction.target_size() > 1 || sanction.sender_size() > 0) {
    PrintLabelled(session, "  Against       ", absl::StrJoin(targets, "; "));
  }
  PrintLabelled(session, "  By            ", absl::StrJoin(senders, "; "));
  PrintLabelled(session, "  Programmes    ", Joined(sanction.programme()));
  PrintLabelled(session, "  Measures      ", MeasureBasisWords(sanction));
  PrintEach(session, "  Dates         ", sanction.date(), DateWords);
  PrintLabelled(session, "  Legal acts    ", Joined(sanction.instrument()));
  PrintProfile(session, sanction);
  PrintLabelled(session, "  Reason        ", Shortened(sanction.reason()));
  PrintLabelled(session, "  Remarks       ", Shortened(sanction.remarks()));
  if (sanction.remarks_cut()) {
    PrintLabelled(session, "                ", "(cut off by the publisher)");
  }
  for (const v1::Ground& ground : entry.ground()) {
    PrintLabelled(session, "  Rests on      ", GroundWords(ground));
  }
}

std::vector<std::string> EntryCsvHeadings() {
  return {"source",     "record",      "party",     "name",     "kind",          "list",
          "programme",  "measure",     "country",   "in_force", "from_earliest", "from_latest",
          "from_basis", "to_earliest", "to_latest", "to_basis", "end_reason",    "published",
          "basis",      "edition",     "file",      "line",     "sequence"};
}

std::vector<std::string> EntryCsvFields(const v1::SanctionEntry& entry) {
  const v1::Sanction& sanction = entry.sanction();
  const v1::Ground& ground = entry.ground_size() > 0 ? entry.ground(0) : v1::Ground();
  const v1::Bound& from = entry.window().from();
  const v1::Bound& to = entry.window().to();
  return {entry.source(),
          entry.record(),
          entry.party().id(),
          entry.party().printed_name(),
          Words(v1::ActorKind_Name(sanction.target_kind()), "ACTOR_KIND_"),
          entry.list(),
          Joined(sanction.programme()),
          MeasureBasisWords(sanction),
          CountryWords(sanction),
          Words(v1::InForce_Name(entry.in_force()), "IN_FORCE_"),
          PrintDate(from.earliest_date()),
          PrintDate(from.latest_date()),
          Words(v1::Basis_Name(from.basis()), "BASIS_"),
          PrintDate(to.earliest_date()),
          PrintDate(to.latest_date()),
          Words(v1::Basis_Name(to.basis()), "BASIS_"),
          Words(v1::EndReason_Name(entry.end_reason()), "END_REASON_"),
          PrintPublishStamp(ground.stamp()),
          Words(v1::Basis_Name(ground.stamp().basis()), "BASIS_"),
          Hex(ground.edition_id()),
          ground.locator().file_name(),
          Line(ground),
          ground.sequence() == 0 ? "" : absl::StrCat(ground.sequence())};
}

void PrintSanctionsStanding(const Session& session, const v1::AnsweredAt& answered_at,
                            const google::protobuf::RepeatedPtrField<std::string>& coverage,
                            const std::string& notice) {
  PrintStanding(session, answered_at, {coverage.begin(), coverage.end()});
  PrintLabelled(session, "", notice);
}

}  // namespace dossier
