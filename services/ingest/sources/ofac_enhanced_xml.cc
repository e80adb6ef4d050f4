#include "services/ingest/sources/ofac_enhanced_xml.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/ofac_countries.h"
#include "services/ingest/sources/ofac_enhanced_entity.h"
#include "services/ingest/sources/xml_records.h"
#include "services/model/dates.h"
#include "services/model/scope.h"

namespace dossier {
namespace {

constexpr char kSource[] = "ofac-enhanced";
constexpr std::string_view kRoot = "sanctionsData";
constexpr std::string_view kNamespaceEnd = "/ENHANCED_XML";
constexpr std::string_view kMidnight = "T00:00:00";
constexpr std::string_view kListType = "ENTITY LISTING TYPE";
constexpr uint64_t kEntitiesMax = 2'000'000;
constexpr size_t kFilterValuesMax = 1'000;
constexpr size_t kDateSize = 10;
constexpr size_t kHeaderWarningsMax = 10;
// Outside of entities and of the vocabulary's items.
constexpr std::string_view kGroups[] = {"publicationInfo", "dataAsOf",     "filters",
                                        "referenceValues", "featureTypes", "entities"};

bool Recognises(const Sniff& sniff) { return XmlRootName(sniff.first_bytes) == kRoot; }

// "2024-08-28T00:00:00"; without a zone it counts as UTC.
absl::StatusOr<v1::PublishStamp> ParseDataAsOf(std::string_view text) {
  if (text.size() > kDateSize && text.substr(kDateSize).starts_with(kMidnight) &&
      text.find_first_not_of("0.Z", kDateSize + kMidnight.size()) == std::string_view::npos) {
    return ParsePublishStamp(text.substr(0, kDateSize), v1::BASIS_STATED);
  }
  const bool has_zone =
      text.size() <= kDateSize || text.find_first_of("Z+-", kDateSize) != std::string_view::npos;
  return ParsePublishStamp(absl::StrCat(std::string(text), has_zone ? "" : "Z"), v1::BASIS_STATED);
}

class OfacEnhancedReader : public EditionReader {
 public:
  OfacEnhancedReader(const ActorTable& table, RecordSink& sink)
      : sink_(sink),
        countries_(table, kSource),
        xml_(
            {"entity", "referenceValue", "featureType"},
            [this](const XmlElement& record) { return OnRecord(record); },
            [this](const XmlElement& element) { return OnHeader(element); },
            [this](const XmlElement& element) { return OnOpen(element); }) {}

  absl::Status Feed(std::string_view bytes) override {
    if (status_.ok()) status_ = xml_.Feed(bytes);
    return status_;
  }

  absl::StatusOr<EditionFacts> Finish() override {
    if (status_.ok()) status_ = xml_.Finish();
    if (status_.ok()) status_ = CheckComplete();
    if (!status_.ok()) return status_;
    EditionFacts facts;
    facts.source = kSource;
    facts.stamp = *stamp_;
    facts.covers_until = DateOf(ToTime(stamp_->time()));
    facts.scope = scope_;
    facts.warnings = std::move(warnings_);
    LimitToLists(facts);
    return facts;
  }

 private:
  absl::Status OnOpen(const XmlElement& element) {
    if (element.name == "filters") in_filters_ = true;
    if (element.name == "publicationInfo") in_publication_ = true;
    if (std::exchange(has_root_, true)) return CheckGroup(element);
    if (element.name == kRoot && element.namespace_uri.ends_with(kNamespaceEnd)) {
      return absl::OkStatus();
    }
    return LineError(
        element.line, 0,
        absl::StrCat("root ", Quoted(element.name), " in namespace ", Quoted(element.namespace_uri),
                     ": expected sanctionsData in OFAC's namespace of ENHANCED_XML"));
  }

  // A new kind of record must not be passed over in silence. What is new of the publication is
  // told.
  absl::Status CheckGroup(const XmlElement& element) const {
    if (in_publication_ ||
        std::find(std::begin(kGroups), std::end(kGroups), element.name) != std::end(kGroups)) {
      return absl::OkStatus();
    }
    return LineError(element.line, 0,
                     absl::StrCat("an element ", Quoted(element.name), " in <", std::string(kRoot),
                                  ">: expected <entity>"));
  }

  void WarnOfPublication(const XmlElement& element) {
    const std::string_view text = XmlTrimmed(element.text);
    if (text.empty() || warnings_.size() >= kHeaderWarningsMax) return;
    warnings_.push_back(absl::StrCat("line ", element.line, ": ", Quoted(element.name), " of ",
                                     Quoted(text), " is not known, and was not read"));
  }

  absl::Status OnHeader(const XmlElement& element) {
    last_line_ = element.line_end;
    if (element.name == "filters") {
      in_filters_ = false;
    } else if (in_filters_) {
      return OnFilter(element);
    } else if (element.name == "dataAsOf") {
      auto stamp = ParseDataAsOf(XmlTrimmed(element.text));
      if (!stamp.ok()) {
        return LineError(element.line, 0,
                         absl::StrCat("dataAsOf: ", std::string(stamp.status().message())));
      }
      stamp_ = *std::move(stamp);
    } else if (element.name == "publicationInfo") {
      in_publication_ = false;
    } else if (in_publication_) {
      WarnOfPublication(element);
    }
    return absl::OkStatus();
  }

  absl::Status OnFilter(const XmlElement& filter) {
    const std::string text(XmlTrimmed(filter.text));
    if (filter.name == "sanctionsLists" || filter.name == "sanctionsPrograms") {
      return absl::OkStatus();
    }
    if (filtered_lists_.size() + scope_.programme_size() >= kFilterValuesMax) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "line ", filter.line, ": too many filters: expected at most ", kFilterValuesMax));
    }
    if (filter.name == "sanctionsList") {
      filtered_lists_.push_back(text);
    } else if (filter.name == "sanctionsProgram") {
      scope_.add_programme(text);
    } else {
      return LineError(filter.line, 0,
                       absl::StrCat("a filter ", Quoted(filter.name),
                                    ": expected sanctionsList or sanctionsProgram"));
    }
    return absl::OkStatus();
  }

  absl::Status OnRecord(const XmlElement& element) {
    last_line_ = element.line_end;
    if (element.name == "entity") return OnEntity(element);
    if (element.name == "referenceValue" && element.TextOf("type") == kListType &&
        known_lists_.size() < kFilterValuesMax) {
      known_lists_.emplace_back(element.TextOf("value"));
    }
    return absl::OkStatus();
  }

  absl::Status OnEntity(const XmlElement& entity) {
    if (++entity_count_ > kEntitiesMax) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "line ", entity.line, ": too many entities: expected at most ", kEntitiesMax));
    }
    EditionRecord record;
    std::optional<v1::Rejection> fault = ReadOfacEnhancedEntity(entity, record);
    if (!record.key.empty() && !fault.has_value()) fault = CheckPlace(entity, record);
    if (fault.has_value()) {
      ++rejected_count_;
      return sink_.OnRejection(*std::move(fault), record.key.empty()
                                                      ? std::nullopt
                                                      : std::optional(std::move(record.key)));
    }
    ResolveCountries(countries_, *record.present.mutable_sanction());
    return sink_.OnRecord(std::move(record));
  }

  // That no other entity has the key, and that it lies in the scope.
  std::optional<v1::Rejection> CheckPlace(const XmlElement& entity, const EditionRecord& record) {
    const auto [seen, is_new] = line_of_key_.emplace(record.key, entity.line);
    v1::Rejection rejection;
    rejection.set_line(entity.line);
    if (!is_new) {
      rejection.set_field("id");
      rejection.set_reason(absl::StrCat("entity ", record.key, " stands in line ", seen->second,
                                        " already: expected it once"));
      return rejection;
    }
    if (Covers(scope_, FacetsOf(record.present))) return std::nullopt;
    rejection.set_field("sanctionsPrograms");
    rejection.set_reason(
        absl::StrCat("outside the edition's scope: expected ", PrintScope(scope_)));
    return rejection;
  }

  void LimitToLists(EditionFacts& facts) const {
    if (filtered_lists_.empty()) return;
    const bool is_of_all =
        std::all_of(known_lists_.begin(), known_lists_.end(), [&](const std::string& list) {
          return std::find(filtered_lists_.begin(), filtered_lists_.end(), list) !=
                 filtered_lists_.end();
        });
    if (is_of_all && !known_lists_.empty()) return;
    facts.scope.set_additions_only(true);
    facts.warnings.push_back(
        absl::StrCat("only of ", absl::StrJoin(filtered_lists_, ", "),
                     ": what the edition does not hold is not taken as ended"));
  }

  absl::Status CheckComplete() const {
    if (!stamp_.has_value()) {
      return LineError(last_line_, 0, "no dataAsOf: expected one in publicationInfo");
    }
    if (entity_count_ > rejected_count_) return absl::OkStatus();
    return LineError(last_line_, 0,
                     absl::StrCat("none of ", entity_count_,
                                  " entities could be read: expected an "
                                  "entity with id and names"));
  }

  RecordSink& sink_;
  CountryNames countries_;
  absl::Status status_;
  bool has_root_ = false;
  bool in_publication_ = false;
  bool in_filters_ = false;
  std::optional<v1::PublishStamp> stamp_;
  v1::Scope scope_;
  std::vector<std::string> filtered_lists_;  // with scope_'s programmes at most kFilterValuesMax
  std::vector<std::string> known_lists_;     // at most kFilterValuesMax
  std::vector<std::string> warnings_;        // at most kHeaderWarningsMax of the header
  uint64_t entity_count_ = 0;
  uint64_t rejected_count_ = 0;
  uint32_t last_line_ = 1;
  absl::flat_hash_map<std::string, uint32_t> line_of_key_;  // at most kEntitiesMax
  XmlRecords xml_;
};

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<OfacEnhancedReader>(table, sink);
}

}  // namespace

const EditionFormat& OfacEnhancedXmlFormat() {
  static const auto& format = *new EditionFormat{"ofac-enhanced-xml", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
