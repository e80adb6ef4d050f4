#include "services/ingest/intake.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/ingest/fill_rate.h"
#include "services/model/contents.h"
#include "services/model/dates.h"
#include "services/model/event_id.h"
#include "services/model/scope.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

constexpr size_t kTieBytes = 8;
constexpr size_t kKeyBytesMax = 256;

// What the adapter hands over, within the limits.
class Collector : public RecordSink {
 public:
  absl::Status OnRecord(EditionRecord record) override {
    if (absl::Status status = CountRecord(); !status.ok()) return status;
    if (record.key.empty() || record.key.size() > kKeyBytesMax || !FitsKey(record.key)) {
      return absl::InternalError(
          absl::StrCat("line ", record.line, ": the adapter made a key that cannot be one"));
    }
    NoteNames(record);
    held_.push_back(HeldRecordOf(std::move(record)));
    const HeldRecord& held = held_.back();
    bytes_ += held.key.size() + held.present.size();
    for (const std::string& text : held.raw) bytes_ += text.size();
    if (bytes_ <= kEditionContentBytesMax) return absl::OkStatus();
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", held.line, ": the edition's content is over ",
                     kEditionContentBytesMax, " bytes, the most that is taken"));
  }

  absl::Status OnRejection(v1::Rejection rejection, std::optional<std::string> key) override {
    const bool same_record =
        rejected_ > 0 && rejection.column() != 0 && rejection.line() == last_rejected_line_;
    last_rejected_line_ = rejection.column() != 0 ? rejection.line() : 0;
    if (!same_record) {
      if (absl::Status status = CountRecord(); !status.ok()) return status;
      ++rejected_;
    }
    if (key.has_value()) rejected_keys_.insert(*std::move(key));
    Show(std::move(rejection));
    return absl::OkStatus();
  }

  uint64_t records() const { return records_; }

  // Sorts what was held, and rejects the records whose key does not stand for one content.
  void MoveTo(EditionReading& reading) {
    std::stable_sort(held_.begin(), held_.end(),
                     [](const HeldRecord& a, const HeldRecord& b) { return a.key < b.key; });
    for (size_t i = 0; i + 1 < held_.size(); ++i) {
      if (held_[i].key == held_[i + 1].key) rejected_keys_.insert(held_[i].key);
    }
    std::erase_if(held_, [&](const HeldRecord& held) {
      if (!rejected_keys_.contains(held.key)) return false;
      ++rejected_;
      v1::Rejection rejection;
      rejection.set_line(held.line);
      rejection.set_reason(
          absl::StrCat("record ", held.key, " stands on another line too, expected once"));
      Show(std::move(rejection));
      return true;
    });
    std::stable_sort(
        rejections_.begin(), rejections_.end(),
        [](const v1::Rejection& a, const v1::Rejection& b) { return a.line() < b.line(); });
    if (rejected_ > 0 && !reading.facts.scope.additions_only()) {
      reading.facts.scope.set_additions_only(true);
      reading.warnings.push_back(
          "records were rejected: what the edition does not hold is not taken as ended");
    }
    reading.held = std::move(held_);
    reading.rejected = rejected_;
    reading.rejections = std::move(rejections_);
    MoveNames(reading);
  }

 private:
  absl::Status CountRecord() {
    if (++records_ <= kEditionRecordsMax) return absl::OkStatus();
    return absl::ResourceExhaustedError(
        absl::StrCat("edition: over ", kEditionRecordsMax, " records, the most that are taken"));
  }

  void Show(v1::Rejection rejection) {
    if (rejections_.size() < kRejectionsShownMax) rejections_.push_back(std::move(rejection));
  }

  void NoteNames(const EditionRecord& record) {
    for (const v1::ActorRef* actor : RefsOf(record.present)) {
      if (!IsUnresolved(actor->id())) continue;
      v1::UnresolvedName& name = unresolved_[actor->id()];
      if (name.records() == 0) {
        name.set_name(actor->printed_name());
        name.set_actor_id(actor->id());
        name.set_first_line(record.line);
      }
      name.set_records(name.records() + 1);
    }
  }

  void MoveNames(EditionReading& reading) {
    for (auto& [id, name] : unresolved_) reading.unresolved.push_back(std::move(name));
    std::sort(reading.unresolved.begin(), reading.unresolved.end(),
              [](const v1::UnresolvedName& a, const v1::UnresolvedName& b) {
                return std::pair(a.first_line(), a.name()) < std::pair(b.first_line(), b.name());
              });
    if (reading.unresolved.size() <= kUnresolvedShownMax) return;
    reading.warnings.push_back(absl::StrCat(reading.unresolved.size(),
                                            " names are not in the table of actors; the first ",
                                            kUnresolvedShownMax, " are listed"));
    reading.unresolved.resize(kUnresolvedShownMax);
  }

  std::vector<HeldRecord> held_;
  size_t bytes_ = 0;
  uint64_t records_ = 0;
  uint64_t rejected_ = 0;
  uint32_t last_rejected_line_ = 0;
  std::set<std::string> rejected_keys_;
  std::vector<v1::Rejection> rejections_;
  absl::flat_hash_map<std::string, v1::UnresolvedName> unresolved_;
};

// The one date that a file's name holds, as loaders name their downloads: "sdn_2022-02-24.csv",
// or with a time in UTC "sdn_2022-02-23T0152Z.csv". Nullopt: none, or several.
std::optional<v1::PublishStamp> StampOfFileName(std::string_view name) {
  static constexpr std::string_view kDate = "0000-00-00";
  static constexpr std::string_view kTime = "T0000Z";
  const auto fits = [&](size_t at, std::string_view pattern) {
    if (name.size() - at < pattern.size()) return false;
    for (size_t i = 0; i < pattern.size(); ++i) {
      const bool digit = name[at + i] >= '0' && name[at + i] <= '9';
      if (pattern[i] == '0' ? !digit : name[at + i] != pattern[i]) return false;
    }
    return true;
  };
  std::optional<v1::PublishStamp> found;
  for (size_t at = 0; at < name.size(); ++at) {
    if (!fits(at, kDate)) continue;
    std::string text(name.substr(at, kDate.size()));
    at += kDate.size();
    if (fits(at, kTime)) {
      absl::StrAppend(&text, "T", std::string(name.substr(at + 1, 2)), ":",
                      std::string(name.substr(at + 3, 2)), ":00Z");
    }
    auto stamp = ParsePublishStamp(text, v1::BASIS_ASSUMED);
    if (!stamp.ok() || found.has_value()) return std::nullopt;
    found = *std::move(stamp);
  }
  return found;
}

class Intake : public EditionIntake {
 public:
  Intake(const v1::LoadOptions& options, std::optional<v1::PublishStamp> given,
         const std::vector<EditionFormat>& formats, const ActorTable& table,
         std::unique_ptr<Archive::Spool> spool)
      : options_(options), given_(std::move(given)), formats_(formats), table_(table) {
    reading_.spool = std::move(spool);
  }

  absl::Status Write(std::string_view bytes) override {
    if (absl::Status status = reading_.spool->Write(bytes); !status.ok()) return status;
    if (reader_ != nullptr) return reader_->Feed(bytes);
    first_bytes_.append(bytes);
    return first_bytes_.size() < kSniffBytes ? absl::OkStatus() : OpenReader();
  }

  absl::StatusOr<EditionReading> Finish() override {
    if (reader_ == nullptr) {
      if (absl::Status status = OpenReader(); !status.ok()) return status;
    }
    auto facts = reader_->Finish();
    if (!facts.ok()) return facts.status();
    auto digest = reading_.spool->Digest();
    if (!digest.ok()) return digest.status();
    reading_.facts = *std::move(facts);
    reading_.warnings = std::move(reading_.facts.warnings);
    reading_.bytes_digest = *std::move(digest);
    reading_.bytes_size = reading_.spool->size();
    if (absl::Status status = SetStamp(); !status.ok()) return status;
    collector_.MoveTo(reading_);
    return std::move(reading_);
  }

  uint64_t bytes_read() const override { return reading_.spool ? reading_.spool->size() : 0; }
  uint64_t records_read() const override { return collector_.records(); }

 private:
  absl::Status OpenReader() {
    auto format = FindFormat();
    if (!format.ok()) return format.status();
    reading_.format = *format;
    reader_ = (*format)->open(table_, collector_, options_.file_name());
    const absl::Status fed = reader_->Feed(first_bytes_);
    first_bytes_.clear();
    first_bytes_.shrink_to_fit();
    return fed;
  }

  absl::StatusOr<const EditionFormat*> FindFormat() const {
    const std::string_view first_bytes = std::string_view(first_bytes_).substr(0, kSniffBytes);
    const auto find = [&](const std::string& source) {
      const Sniff sniff{first_bytes, options_.file_name(), source};
      const auto format =
          std::find_if(formats_.begin(), formats_.end(), [&](const EditionFormat& known) {
            return (source.empty() || source == known.source) && known.recognises(sniff);
          });
      return format == formats_.end() ? nullptr : &*format;
    };
    if (const EditionFormat* format = find(options_.source()); format != nullptr) return format;
    if (first_bytes_.empty()) {
      return absl::InvalidArgumentError("the file is empty; expected an edition");
    }
    const EditionFormat* other = options_.source().empty() ? nullptr : find("");
    if (other != nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("the file is an edition of ", other->source,
                                                     ", expected one of ", options_.source()));
    }
    std::set<std::string> adapters;
    for (const EditionFormat& known : formats_) adapters.insert(known.adapter);
    return absl::InvalidArgumentError(absl::StrCat(
        "the file is of no format that is known",
        options_.source().empty() ? "" : absl::StrCat(" of ", options_.source()), "; expected ",
        absl::StrJoin(adapters, ", "), ", or the source to be given where its files do not tell"));
  }

  absl::Status SetStamp() {
    EditionFacts& facts = reading_.facts;
    if (given_.has_value()) {
      const uint32_t ordinal = facts.stamp.ordinal();
      facts.stamp = *given_;
      facts.stamp.set_ordinal(ordinal);
    }
    if (!facts.stamp.has_time()) {
      auto stamp = StampOfFileName(options_.file_name());
      if (!stamp.has_value()) {
        return absl::InvalidArgumentError(
            "the file does not state when it was published, and neither does its name; expected a "
            "publish date to be given");
      }
      facts.stamp = *std::move(stamp);
      reading_.warnings.push_back(absl::StrCat("publish date ", PrintPublishStamp(facts.stamp),
                                               " taken from the file's name"));
    }
    if (options_.excerpt()) facts.scope.set_additions_only(true);
    if (options_.ordinal() != 0) facts.stamp.set_ordinal(options_.ordinal());
    facts.stamp.set_tie(reading_.bytes_digest.substr(0, kTieBytes));
    const v1::Date published = DateOf(facts.stamp);
    if (facts.covers_until.year() == 0 || EndOf(published) < EndOf(facts.covers_until)) {
      facts.covers_until = published;
    }
    return absl::OkStatus();
  }

  const v1::LoadOptions options_;
  const std::optional<v1::PublishStamp> given_;
  const std::vector<EditionFormat>& formats_;
  const ActorTable& table_;
  Collector collector_;
  std::unique_ptr<EditionReader> reader_;  // null until the format is known
  std::string first_bytes_;
  EditionReading reading_;
};

}  // namespace

HeldRecord HeldRecordOf(EditionRecord record) {
  const v1::Present& present = record.present;
  HeldRecord held;
  held.present = present.SerializeAsString();
  held.said = {true,
               ContentDigest(record.raw, held.present, present.sanction().is_blank_insensitive()),
               FacetsOf(present)};
  held.filled_columns = FilledColumns(present);
  held.key = std::move(record.key);
  held.raw = std::move(record.raw);
  held.line = record.line;
  held.line_end = record.line_end;
  held.more_lines = std::move(record.more_lines);
  held.element = std::move(record.element);
  return held;
}

absl::StatusOr<std::unique_ptr<EditionIntake>> EditionIntake::Begin(
    const v1::LoadOptions& options, const std::vector<EditionFormat>& formats,
    const ActorTable& table, const Archive& archive) {
  std::optional<v1::PublishStamp> given;
  if (!options.publish_date().empty()) {
    auto stamp = ParsePublishStamp(options.publish_date(), v1::BASIS_ASSUMED);
    if (!stamp.ok()) return stamp.status();
    given = *std::move(stamp);
  }
  auto spool = archive.NewSpool();
  if (!spool.ok()) return spool.status();
  return std::make_unique<Intake>(options, std::move(given), formats, table, *std::move(spool));
}

}  // namespace dossier
