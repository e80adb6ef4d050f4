#include "services/query/treaty_descriptions.h"

#include <algorithm>
#include <utility>

#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr char kDescribing[] = {kDescribes, '\0'};

// The records that have described a treaty, of whichever source.
absl::StatusOr<std::vector<AboutRecord>> DescribingRecords(AsOf& as_of, std::string_view treaty) {
  std::vector<AboutRecord> records;
  const std::string prefix = KeyBuilder(kTreatyRow).Text(treaty).Take();
  RowCursor& rows = as_of.rows();
  rows.Seek(prefix);
  while (rows.Valid() && rows.key().starts_with(prefix)) {
    if (absl::Status s = as_of.CountRow(); !s.ok()) return s;
    KeyParser parser(rows.key());
    std::string_view same_treaty, source, part_and_record;
    const auto first_sequence = DecodeNumber(rows.value());
    if (!parser.Text(&same_treaty) || !parser.Text(&source) || !parser.Text(&part_and_record) ||
        part_and_record.size() < 2 || !first_sequence.has_value()) {
      return absl::DataLossError("view: a treaty's row does not decode");
    }
    if (part_and_record[0] < kDescribes) {
      const std::string own(source);
      rows.Seek(KeyBuilder(kTreatyRow).Text(treaty).Text(own).Raw(kDescribing).key());
    } else if (part_and_record[0] > kDescribes) {
      const std::string own(source);
      rows.Seek(KeyBuilder(kTreatyRow).Text(treaty).Open(own).Raw("\1").key());
    } else {
      if (*first_sequence <= as_of.sequence()) {
        records.push_back({std::string(source), std::string(part_and_record.substr(1))});
      }
      rows.Next();
    }
  }
  if (!rows.status().ok()) return rows.status();
  return records;
}

// A text or a message that is given takes the place of the other.
template <typename Message>
void Take(const v1::Treaty& from, v1::Treaty* to, const Message& (v1::Treaty::*get)() const,
          Message* (v1::Treaty::*set)()) {
  if (const Message& given = (from.*get)(); given.ByteSizeLong() != 0) *(to->*set)() = given;
}

// Of an analyst's records what was said last wins. Of editions' that of the last key does: whether
// an edition that repeats an older one left a statement depends on the order in which they came in.
bool IsOverruledBy(const HeldEvent& a, const HeldEvent& b) {
  if (a.event.source() != b.event.source()) return a.event.source() < b.event.source();
  const bool by_analyst = a.event.edition_id().empty() && b.event.edition_id().empty();
  return by_analyst ? a.statement.version < b.statement.version
                    : a.event.record() < b.event.record();
}

void TakeText(const std::string& given, std::string* text) {
  if (!given.empty()) *text = given;
}

}  // namespace

void AddObligations(const google::protobuf::RepeatedField<int>& more,
                    google::protobuf::RepeatedField<int>* obligations) {
  for (int obligation : more) {
    if (std::find(obligations->begin(), obligations->end(), obligation) == obligations->end()) {
      obligations->Add(obligation);
    }
  }
  std::sort(obligations->begin(), obligations->end());
}

void Describe(const HeldEvent& held, DescribedTreaty* described) {
  const v1::Treaty& said = held.event.present().treaty();
  v1::Treaty& treaty = described->treaty;
  treaty.set_describes(true);
  treaty.mutable_treaty()->set_id(said.treaty().id());
  TakeText(said.treaty().title(), treaty.mutable_treaty()->mutable_title());
  TakeText(said.subject(), treaty.mutable_subject());
  TakeText(said.place(), treaty.mutable_place());
  TakeText(said.end_reason(), treaty.mutable_end_reason());
  TakeText(said.detail(), treaty.mutable_detail());
  Take(said, &treaty, &v1::Treaty::base, &v1::Treaty::mutable_base);
  Take(said, &treaty, &v1::Treaty::signed_date, &v1::Treaty::mutable_signed_date);
  Take(said, &treaty, &v1::Treaty::in_force_date, &v1::Treaty::mutable_in_force_date);
  Take(said, &treaty, &v1::Treaty::end_date, &v1::Treaty::mutable_end_date);
  AddObligations(said.obligation(), treaty.mutable_obligation());
  described->ground.push_back(GroundOf(held.event, held.statement.version.sequence));
}

absl::StatusOr<Descriptions> DescriptionsOf(AsOf& as_of, std::string_view treaty) {
  Descriptions descriptions;
  if (!FitsKey(treaty)) return descriptions;
  auto records = DescribingRecords(as_of, treaty);
  if (!records.ok()) return records.status();
  std::vector<HeldEvent> all;
  for (const AboutRecord& record : *records) {
    auto held = HeldAt(as_of, record);
    if (!held.ok()) return held.status();
    if (!held->has_value()) continue;
    const v1::Treaty& said = (*held)->event.present().treaty();
    // It may have described another one, or nothing, since.
    if (said.describes() && said.treaty().id() == treaty) all.push_back(**std::move(held));
  }
  std::sort(all.begin(), all.end(), IsOverruledBy);
  for (const HeldEvent& held : all) Describe(held, &descriptions[held.event.source()]);
  return descriptions;
}

std::string TitleFor(const Descriptions& descriptions, std::string_view source) {
  const auto own = descriptions.find(source);
  if (own != descriptions.end() && !own->second.treaty.treaty().title().empty()) {
    return own->second.treaty.treaty().title();
  }
  for (const auto& [other, described] : descriptions) {
    if (!described.treaty.treaty().title().empty()) return described.treaty.treaty().title();
  }
  return "";
}

bool IsOfPublisher(std::string_view source, std::string_view treaty) {
  const std::string_view publisher = treaty.substr(0, treaty.find(':'));
  if (publisher.size() == treaty.size() || !source.starts_with(publisher)) return false;
  return source.size() == publisher.size() || source[publisher.size()] == '-';
}

v1::Treaty DatesFor(const Descriptions& descriptions, std::string_view source) {
  v1::Treaty dates;
  if (const auto own = descriptions.find(source); own != descriptions.end()) {
    dates = own->second.treaty;
  }
  for (const auto& [other, described] : descriptions) {
    const v1::Treaty& treaty = described.treaty;
    const std::string& id = treaty.treaty().id();
    if (other == source || !IsOfPublisher(other, id) || !IsOfPublisher(source, id)) continue;
    if (!dates.has_in_force_date() && treaty.has_in_force_date()) {
      *dates.mutable_in_force_date() = treaty.in_force_date();
    }
    if (!dates.has_end_date() && treaty.has_end_date()) {
      *dates.mutable_end_date() = treaty.end_date();
    }
  }
  return dates;
}

}  // namespace dossier
