#include "services/projector/name_rows.h"

#include <utility>

#include "services/model/actors.h"
#include "services/model/contents.h"
#include "services/model/name_words.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kWrittenMax = 1'000'000;
// A longer text is a list or a story: it is kept as printed, and not looked for as a name.
constexpr size_t kFoldedBytesMax = 1'000;

void AddTreatyKeys(const v1::Event& event, std::vector<std::string>& keys) {
  const v1::Treaty& treaty = event.present().treaty();
  const auto add = [&](const std::string& id, TreatyRowPart part) {
    keys.push_back(KeyBuilder(kTreatyRow)
                       .Text(id)
                       .Text(event.source())
                       .Raw(std::string(1, part))
                       .Text(event.record())
                       .Take());
  };
  add(treaty.treaty().id(), treaty.describes() ? kDescribes : kOfParties);
  if (!treaty.base().id().empty()) add(treaty.base().id(), kBasedOnIt);
  for (const TreatyRole& role : TreatyRolesOf(treaty)) {
    keys.push_back(KeyBuilder(kTreatyPartyRow)
                       .Text(role.actor)
                       .Text(event.source())
                       .Text(treaty.treaty().id())
                       .Text(role.other)
                       .Text(event.record())
                       .Take());
  }
}

// Of the rows 'g', 'y', 'j' and 'b' by which the record is found.
std::vector<std::string> RecordKeys(const v1::Event& event,
                                    const std::vector<std::string_view>& actors) {
  std::vector<std::string> keys;
  const v1::Present& present = event.present();
  if (present.has_sanction() || present.has_link() || present.has_identity_claim()) {
    for (std::string_view actor : actors) {
      keys.push_back(
          KeyBuilder(kActorRecordRow).Text(actor).Text(event.source()).Text(event.record()).Take());
    }
  }
  if (present.has_treaty()) AddTreatyKeys(event, keys);
  for (const Between& between : BetweensOf(present)) {
    keys.push_back(KeyBuilder(kBetweenRow)
                       .Text(between.actor)
                       .Raw(std::string(1, between.family))
                       .Text(between.other)
                       .Text(event.source())
                       .Text(event.record())
                       .Take());
  }
  if (!present.dealing().treaty().id().empty()) {
    keys.push_back(KeyBuilder(kTreatyRow)
                       .Text(present.dealing().treaty().id())
                       .Text(event.source())
                       .Raw(std::string(1, kDealingAboutIt))
                       .Text(event.record())
                       .Take());
  }
  return keys;
}

}  // namespace

void NameRows::Clear() {
  known_actors_.Clear();
  written_.clear();
}

bool NameRows::PutOnce(std::string key, std::string_view value, RowBatch& batch) {
  if (actors_are_new_ ? new_rows_.contains(key) : batch.Find(key).has_value()) return false;
  batch.Put(key, value);
  if (actors_are_new_) new_rows_.insert(std::move(key));
  return true;
}

void NameRows::Put(const v1::Event& event, bool is_new, uint64_t sequence, RowBatch& batch) {
  actors_are_new_ = false;
  if (event.present().has_transfer()) {
    PutTransfer(event, sequence, batch);
    return;
  }
  const std::vector<std::string_view> actors = ActorsOf(event.present());
  const std::string value = EncodeNumber(sequence);
  actors_are_new_ = true;
  for (std::string_view actor : actors) {
    const bool actor_is_new = known_actors_.AddNew(event.source(), actor, batch);
    actors_are_new_ = actors_are_new_ && actor_is_new;
  }
  new_rows_.clear();
  PutPartyNames(event, value, batch);
  // A known record may have rows by its treaty, however new the actors are.
  actors_are_new_ = false;
  for (std::string& key : RecordKeys(event, actors)) {
    if (is_new) {
      batch.Put(key, value);
    } else {
      PutOnce(std::move(key), value, batch);
    }
  }
}

void NameRows::PutPartyNames(const v1::Event& event, std::string_view sequence, RowBatch& batch) {
  for (const GivenName& given : NamesOf(event.present())) {
    PutName(event.source(), given.actor, given.name, sequence, batch);
  }
  for (const GivenName& given : IdentifiersOf(event.present())) {
    const std::string folded = FoldIdentifier(given.name);
    if (folded.empty() || folded.size() > kFoldedBytesMax) continue;
    PutOnce(KeyBuilder(kIdentifierRow).Text(folded).Text(given.actor).Text(event.source()).Take(),
            sequence, batch);
  }
}

void NameRows::PutTransfer(const v1::Event& event, uint64_t sequence, RowBatch& batch) {
  const v1::ActorRef& supplier = event.present().transfer().supplier();
  const v1::ActorRef& recipient = event.present().transfer().recipient();
  names_.clear();
  for (const std::string* text : {&event.source(), &supplier.id(), &supplier.printed_name(),
                                  &recipient.id(), &recipient.printed_name()}) {
    names_.append(*text).push_back('\0');
  }
  if (written_.contains(names_)) return;
  if (written_.size() >= kWrittenMax) written_.clear();
  written_.insert(names_);
  // Of no use here, but a later sanction of the source must know that their names have rows.
  for (const v1::ActorRef* actor : {&supplier, &recipient}) {
    known_actors_.AddNew(event.source(), actor->id(), batch);
  }

  PutOnce(KeyBuilder(kPairRow).Text(recipient.id()).Text(event.source()).Text(supplier.id()).Take(),
          "", batch);
  const std::string value = EncodeNumber(sequence);
  for (const v1::ActorRef* actor : {&supplier, &recipient}) {
    PutName(event.source(), actor->id(), actor->printed_name(), value, batch);
  }
}

// A name whose rows are there has had all rows that follow from it: one look at each level tells.
void NameRows::PutName(std::string_view source, std::string_view actor, std::string_view name,
                       std::string_view sequence, RowBatch& batch) {
  if (!PutOnce(KeyBuilder(kActorNameRow).Text(actor).Text(source).Text(name).Take(), sequence,
               batch)) {
    return;
  }
  const std::string folded = FoldName(name);
  if (folded.empty() || folded.size() > kFoldedBytesMax) return;
  if (!PutOnce(KeyBuilder(kFoldedNameRow).Text(folded).Text(actor).Text(source).Take(), sequence,
               batch)) {
    return;
  }
  const NameWords words = WordsOf(folded);
  for (const std::string& word : words.words) {
    std::string key =
        KeyBuilder(kNameWordRow).Text(word).Raw(words.digest).Text(actor).Text(source).Take();
    if (!PutOnce(std::move(key), sequence, batch)) return;
  }
}

}  // namespace dossier
