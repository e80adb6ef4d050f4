// What binds, arms or divides two actors, in words: the one wording of answers and of the pages
// that show them.
//
//   StandingWords(on)          "signed; not yet consented, possibly in force"
//   OwesWords(tie, "A", "B")   "each owes the other defense, consultation"
//   DeploymentWords(d)         "10,000 to 12,000 troops in Russia, from 2024-10"
//
// Pure; safe for use by several threads.
#pragma once

#include <cstdint>
#include <string>

#include "dossier/v1/actor.pb.h"
#include "dossier/v1/sanction.pb.h"
#include "dossier/v1/sanctions_service.pb.h"
#include "dossier/v1/ties_service.pb.h"
#include "dossier/v1/transfer.pb.h"
#include "dossier/v1/treaty.pb.h"
#include "google/protobuf/repeated_field.h"

namespace dossier {

// The name as printed; the id where none is.
std::string NameWords(const v1::ActorRef& actor);

// A sentence without the full stop at its end, so that it can go on.
std::string WithoutStop(const std::string& sentence);

// "12,345".
std::string NumberWords(int64_t number);

// "from 2022", "2022 to 2024-10", "until 2024", "on 2024-10-02"; "" for neither.
std::string PeriodWords(const v1::Date& from, const v1::Date& to);

// "in force", "signed; not yet consented".
std::string StandingWords(v1::Standing standing);
// With what is possible where that differs, and "last observed" where the day lies after what the
// source covers.
std::string StandingWords(const v1::StandingOn& on);

// "definitive signature".
std::string ActWords(v1::ActKind kind);

// "defense, consultation"; "" for none.
std::string ObligationWords(const google::protobuf::RepeatedField<int>& obligations);
// What two owe each other; "" for nothing.
std::string OwesWords(const v1::TreatyTie& tie, const std::string& a, const std::string& b);

// What holds, with how far it does: "possibly 10,000 troops"; "10,000 troops; ended".
std::string InForceWords(v1::InForce in_force, const std::string& what);

// "10,000 to 12,000 troops in Russia, from 2024-10".
std::string DeploymentWords(const v1::Deployment& deployment);

// "about 90 percent, 2023"; of what has no number, its statement.
std::string IndicatorWords(const v1::Indicator& indicator);

// "joint project".
std::string DealingKindWords(v1::DealingKind kind);

// Kinds of measures, each once: "asset freeze, travel ban".
std::string MeasureWords(const v1::Sanction& sanction);

// How far an order has come: "ordered 24; postponed", "delivered 1,200 of 6,000". `delivered` is
// unset where that number is not known.
struct TransferProgress {
  bool any_delivery = false;
  bool has_delivered = false;
  int64_t delivered = 0;
  bool has_ordered = false;
  int64_t ordered = 0;
  v1::Disruption disruption = v1::DISRUPTION_UNSPECIFIED;
};
std::string ProgressWords(const TransferProgress& progress);

// "member", "member (observer)", "suspended", "left".
std::string MembershipWords(const v1::Membership& membership);

}  // namespace dossier
