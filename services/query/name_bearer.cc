#include "services/query/name_bearer.h"

#include <algorithm>
#include <utility>

#include "services/model/contents.h"
#include "services/query/list_party.h"
#include "services/query/named_actors.h"
#include "services/query/place_scan.h"
#include "services/query/sanction_records.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// Records of one source about one actor; a listed party has a few.
constexpr size_t kRecordsMax = 64;
constexpr size_t kPlaceRowsMax = 256;
constexpr std::string_view kAnalyst = "analyst:";

// Parts that name nobody.
bool IsNameless(const v1::Facets& facets) {
  return facets.part() == v1::SANCTION_PART_ADDRESSES ||
         facets.part() == v1::SANCTION_PART_COMMENTS;
}

void AddNames(const v1::Present& present, NameBearer* bearer) {
  const std::string& id = bearer->actor.id();
  const size_t event = bearer->events.size() - 1;
  for (const GivenName& given : NamesOf(present)) {
    if (given.actor != id) continue;
    BorneName& name = bearer->names.emplace_back();
    name.printed = given.name;
    name.folded = FoldName(given.name);
    name.event = event;
    for (const v1::PartyName& party_name : present.sanction().name()) {
      if (party_name.whole() == given.name) name.quality = party_name.quality();
    }
  }
  const v1::Sanction& sanction = present.sanction();
  if (sanction.target_size() != 1 || sanction.target(0).id() != id) return;
  for (const v1::Identifier& identifier : sanction.identifier()) {
    BorneName& borne = bearer->identifiers.emplace_back();
    borne.printed = identifier.number();
    borne.folded = FoldIdentifier(identifier.number());
    borne.printed_kind = identifier.printed_kind();
    borne.event = event;
  }
}

}  // namespace

absl::StatusOr<const NameBearer*> NameBearers::At(const std::string& actor,
                                                  const std::string& source) {
  auto known = known_.find({actor, source});
  if (known == known_.end()) {
    auto read = Read(actor, source);
    if (!read.ok()) return read.status();
    known = known_.emplace(std::pair{actor, source}, *std::move(read)).first;
  }
  return &known->second;
}

absl::StatusOr<NameBearer> NameBearers::Read(const std::string& actor, const std::string& source) {
  NameBearer bearer;
  bearer.actor.set_id(actor);
  bearer.kind = KindOf(actor);
  if (const v1::Actor* known = table_.Find(actor); known != nullptr) {
    bearer.actor.set_printed_name(known->name());
    bearer.kind = known->kind();
    auto is_named = IsNamed(actor, source);
    if (!is_named.ok()) return is_named.status();
    if (!*is_named) return bearer;
    absl::Status added = AddPrinted(source, &bearer);
    return added.ok() ? absl::StatusOr<NameBearer>(std::move(bearer)) : added;
  }
  auto records = RecordsAbout(as_of_, actor, source, kRecordsMax);
  if (!records.ok()) return records.status();
  for (const AboutRecord& record : *records) {
    if (absl::Status s = AddRecord(source, record.record, &bearer); !s.ok()) return s;
  }
  absl::StatusOr<bool> by_transfers = records->empty() || source.starts_with(kAnalyst);
  if (*by_transfers) by_transfers = HasTransfers(actor, source);
  if (!by_transfers.ok()) return by_transfers.status();
  if (*by_transfers) {
    if (absl::Status s = AddPrinted(source, &bearer); !s.ok()) return s;
  }
  return bearer;
}

absl::Status NameBearers::AddRecord(const std::string& source, const std::string& record,
                                    NameBearer* bearer) {
  if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
  auto statement = LatestAt(as_of_.rows(), source, record, as_of_.known());
  if (!statement.ok()) return statement.status();
  if (!statement->has_value() || !(*statement)->row.present()) return absl::OkStatus();
  const v1::Facets& facets = (*statement)->row.facets();
  if (IsNameless(facets)) return absl::OkStatus();
  if (facets.part() == v1::SANCTION_PART_ALIASES) {
    auto has_entry = HasEntry(source, record);
    if (!has_entry.ok()) return has_entry.status();
    if (!*has_entry) return absl::OkStatus();
  }
  const uint64_t sequence = (*statement)->version.sequence;
  auto event = EventAt(as_of_.rows(), sequence);
  if (!event.ok()) return event.status();
  bearer->events.push_back(*std::move(event));
  bearer->sequences.push_back(sequence);
  const v1::Present& present = bearer->events.back().present();
  AddNames(present, bearer);
  const bool is_its_entry =
      facets.part() == v1::SANCTION_PART_ENTRY && facets.target() == bearer->actor.id();
  if (!is_its_entry) return absl::OkStatus();
  bearer->actor.set_printed_name(PrimaryName(present.sanction()));
  if (facets.target_kind() != v1::ACTOR_KIND_UNSPECIFIED) bearer->kind = facets.target_kind();
  bearer->programmes.assign(facets.programme().begin(), facets.programme().end());
  return absl::OkStatus();
}

absl::Status NameBearers::AddPrinted(const std::string& source, NameBearer* bearer) {
  RowCursor& rows = as_of_.rows();
  const std::string prefix = KeyBuilder(kActorNameRow).Text(bearer->actor.id()).Text(source).Take();
  for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    auto printed = ReadPrintedName(rows);
    if (!printed.ok()) return printed.status();
    if (printed->first_sequence > as_of_.sequence()) continue;
    BorneName& name = bearer->names.emplace_back();
    name.printed = printed->name;
    name.folded = FoldName(printed->name);
  }
  return rows.status();
}

absl::StatusOr<bool> NameBearers::HasEntry(const std::string& source, const std::string& part) {
  const size_t slash = part.rfind('/');
  if (slash == std::string::npos) return true;
  if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
  auto entry = LatestAt(as_of_.rows(), source, part.substr(0, slash), as_of_.known());
  if (!entry.ok()) return entry.status();
  return entry->has_value() && (*entry)->row.present() &&
         (*entry)->row.facets().part() == v1::SANCTION_PART_ENTRY;
}

absl::StatusOr<bool> NameBearers::IsNamed(const std::string& actor, const std::string& source) {
  auto records = RecordsAbout(as_of_, actor, source, kRecordsMax);
  if (!records.ok()) return records.status();
  for (const AboutRecord& record : *records) {
    if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
    auto statement = LatestAt(as_of_.rows(), source, record.record, as_of_.known());
    if (!statement.ok()) return statement.status();
    if (statement->has_value() && (*statement)->row.present()) return true;
  }
  if (records->size() == kRecordsMax) return true;
  return HasTransfers(actor, source);
}

absl::StatusOr<bool> NameBearers::HasTransfers(const std::string& actor,
                                               const std::string& source) {
  size_t rows_left = kPlaceRowsMax;
  const std::string of_source = KeyBuilder(kPlaceRow).Text(source).key().substr(1);
  const std::string of_actor = KeyBuilder(kPlaceRow).Text(actor).key().substr(1);
  auto found = HasPlace(of_source + of_actor, &rows_left);
  if (!found.ok() || *found) return found;
  auto suppliers = SuppliersOf(as_of_, source, actor);
  if (!suppliers.ok()) return suppliers.status();
  for (const std::string& supplier : *suppliers) {
    found = HasPlace(of_source + supplier + '\0' + of_actor, &rows_left);
    if (!found.ok() || *found) return found;
  }
  return false;
}

absl::StatusOr<bool> NameBearers::HasPlace(const std::string& pairs, size_t* rows_left) {
  RowCursor& rows = as_of_.rows();
  for (RowKind kind : {kPlaceRow, kVoidedPlaceRow}) {
    if (kind == kVoidedPlaceRow && as_of_.at_head()) break;
    const std::string prefix = KeyBuilder(kind).Raw(pairs).Take();
    for (rows.Seek(prefix); rows.Valid() && rows.key().starts_with(prefix); rows.Next()) {
      if (absl::Status s = as_of_.CountRow(); !s.ok()) return s;
      if (*rows_left == 0) return true;
      --*rows_left;
      std::string_view source, supplier, recipient, record;
      VersionKey version;
      v1::PlaceRow place;
      KeyParser parser(rows.key());
      if (!parser.Text(&source) || !parser.Text(&supplier) || !parser.Text(&recipient) ||
          !parser.Text(&record) || !parser.Version(&version) ||
          !place.ParseFromArray(rows.value().data(), static_cast<int>(rows.value().size()))) {
        return absl::DataLossError("view: a place of a transfer does not decode");
      }
      const bool was_known = version.stamp <= as_of_.known().stamp &&
                             std::max(version.sequence, place.from_sequence()) <= as_of_.sequence();
      const bool is_void =
          place.voided_sequence() != 0 && place.voided_sequence() <= as_of_.sequence();
      if (place.has_here() && was_known && !is_void) return true;
    }
    if (!rows.status().ok()) return rows.status();
  }
  return false;
}

}  // namespace dossier
