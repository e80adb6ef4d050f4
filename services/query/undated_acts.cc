#include "services/query/undated_acts.h"

#include "services/model/dates.h"

namespace dossier {
namespace {

// Year 0: they have nothing in common.
v1::Date CommonDate(const v1::Bound& bound) {
  const v1::Date& a = bound.earliest_date();
  const v1::Date& b = bound.latest_date();
  if (a.year() != b.year()) return {};
  if (a.month() != b.month()) return MakeDate(a.year());
  return MakeDate(a.year(), a.month(), a.day() == b.day() ? a.day() : 0);
}

}  // namespace

bool HasUndatedAct(const v1::StatementRow& row) {
  for (const v1::TreatyParty& party : row.treaty_party()) {
    for (const v1::TreatyAct& act : party.act()) {
      if (!act.has_date()) return true;
    }
  }
  return false;
}

void DateActs(const v1::Effective& effective, v1::TreatyParty* party) {
  const v1::Date date = CommonDate(effective.from());
  if (date.year() == 0) return;
  for (v1::TreatyAct& act : *party->mutable_act()) {
    if (!act.has_date()) *act.mutable_date() = date;
  }
}

}  // namespace dossier
