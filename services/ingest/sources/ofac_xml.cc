#include "services/ingest/sources/ofac_xml.h"

#include <charconv>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/numeric_dates.h"
#include "services/ingest/sources/ofac_countries.h"
#include "services/ingest/sources/ofac_csv_entry.h"
#include "services/ingest/sources/ofac_file_name.h"
#include "services/ingest/sources/ofac_xml_entry.h"
#include "services/ingest/sources/xml_records.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr std::string_view kRoot = "sdnList";
constexpr std::string_view kNamespaces[] = {
    "http://tempuri.org/sdnList.xsd",
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"};
constexpr uint64_t kEntriesMax = 2'000'000;
constexpr size_t kHeaderWarningsMax = 10;

// One of the two lists.
struct List {
  std::string_view source;
  std::string_view implied_rule;
};
constexpr List kSdn = {"ofac-sdn-xml", "ofac-sdn-blocking"};
constexpr List kConsolidated = {"ofac-consolidated-xml", ""};

bool Recognises(const Sniff& sniff, OfacList list) {
  if (XmlRootName(sniff.first_bytes) != kRoot) return false;
  return !sniff.source.empty() || OfacListOfFileName(sniff.file_name) == list;
}

bool RecognisesSdn(const Sniff& sniff) { return Recognises(sniff, OfacList::kSdn); }

bool RecognisesConsolidated(const Sniff& sniff) {
  return Recognises(sniff, OfacList::kConsolidated);
}

// "03/28/2025"; an unset date: not one in this order.
v1::Date ParseUsDate(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return {};
  const auto date = ReadNumericDate(text, DateOrder::kMonthDayYear);
  return date.has_value() && date->day() != 0 ? *date : v1::Date();
}

class OfacXmlReader : public EditionReader {
 public:
  OfacXmlReader(const List& list, const ActorTable& table, RecordSink& sink)
      : list_(list),
        sink_(sink),
        countries_(table, list.source),
        xml_(
            {"sdnEntry"}, [this](const XmlElement& entry) { return OnEntry(entry); },
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
    facts.source = std::string(list_.source);
    facts.stamp = MakePublishStamp(StartOf(publish_date_), v1::PRECISION_DAY, v1::BASIS_STATED);
    facts.covers_until = publish_date_;
    facts.warnings = std::move(warnings_);
    return facts;
  }

 private:
  absl::Status OnOpen(const XmlElement& element) {
    if (std::exchange(has_root_, true)) return absl::OkStatus();
    const bool is_known =
        element.namespace_uri == kNamespaces[0] || element.namespace_uri == kNamespaces[1];
    if (element.name == kRoot && is_known) return absl::OkStatus();
    return LineError(element.line, 0,
                     absl::StrCat("root ", Quoted(element.name), " in namespace ",
                                  Quoted(element.namespace_uri), ": expected sdnList in ",
                                  Quoted(kNamespaces[0]), " or ", Quoted(kNamespaces[1])));
  }

  absl::Status OnHeader(const XmlElement& element) {
    const std::string_view text = XmlTrimmed(element.text);
    last_line_ = element.line_end;
    if (element.name == "Publish_Date") {
      publish_date_ = ParseUsDate(text);
      if (publish_date_.year() != 0) return absl::OkStatus();
      return LineError(element.line, 0,
                       absl::StrCat("Publish_Date ", Quoted(text), ": expected mm/dd/yyyy"));
    }
    if (element.name == "Record_Count") {
      uint64_t count = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
      if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
        return LineError(element.line, 0,
                         absl::StrCat("Record_Count ", Quoted(text), ": expected a number"));
      }
      record_count_ = count;
    } else if (element.name != "publshInformation" && element.name != kRoot &&
               warnings_.size() < kHeaderWarningsMax) {
      warnings_.push_back(absl::StrCat("line ", element.line, ": ", Quoted(element.name),
                                       " is not known, and was not read"));
    }
    return absl::OkStatus();
  }

  absl::Status OnEntry(const XmlElement& entry) {
    last_line_ = entry.line_end;
    if (++entry_count_ > kEntriesMax) {
      return absl::ResourceExhaustedError(
          absl::StrCat("line ", entry.line, ": too many entries: expected at most ", kEntriesMax));
    }
    EditionRecord record;
    std::optional<v1::Rejection> fault = ReadOfacXmlEntry(entry, list_.implied_rule, record);
    if (const auto number = ParseOfacNumber(record.key); number.has_value()) {
      const auto [seen, is_new] = line_of_entry_.emplace(*number, entry.line);
      if (!is_new && !fault.has_value()) {
        fault.emplace().set_line(entry.line);
        fault->set_field("uid");
        fault->set_reason(absl::StrCat("entry ", record.key, " stands in line ", seen->second,
                                       " already: expected it once"));
      }
    }
    if (fault.has_value()) {
      ++rejected_count_;
      return sink_.OnRejection(*std::move(fault), record.key.empty()
                                                      ? std::nullopt
                                                      : std::optional(std::move(record.key)));
    }
    ResolveCountries(countries_, *record.present.mutable_sanction());
    return sink_.OnRecord(std::move(record));
  }

  absl::Status CheckComplete() const {
    if (publish_date_.year() == 0) {
      return LineError(last_line_, 0, "no Publish_Date: expected one in publshInformation");
    }
    if (!record_count_.has_value()) {
      return LineError(last_line_, 0, "no Record_Count: expected one in publshInformation");
    }
    if (*record_count_ != entry_count_) {
      return LineError(last_line_, 0,
                       absl::StrCat("the list ends after ", entry_count_, " entries: expected ",
                                    *record_count_, ", as Record_Count says"));
    }
    if (entry_count_ > rejected_count_) return absl::OkStatus();
    return LineError(last_line_, 0,
                     absl::StrCat("none of ", entry_count_,
                                  " entries could be read: expected an "
                                  "sdnEntry with uid and lastName"));
  }

  const List& list_;
  RecordSink& sink_;
  CountryNames countries_;
  absl::Status status_;
  bool has_root_ = false;
  v1::Date publish_date_;
  std::optional<uint64_t> record_count_;
  uint64_t entry_count_ = 0;
  uint64_t rejected_count_ = 0;
  uint32_t last_line_ = 1;
  std::vector<std::string> warnings_;
  absl::flat_hash_map<uint64_t, uint32_t> line_of_entry_;  // at most kEntriesMax
  XmlRecords xml_;
};

template <const List& list>
std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<OfacXmlReader>(list, table, sink);
}

}  // namespace

const EditionFormat& OfacSdnXmlFormat() {
  static const auto& format =
      *new EditionFormat{"ofac-xml", 1, std::string(kSdn.source), RecognisesSdn, Open<kSdn>};
  return format;
}

const EditionFormat& OfacConsolidatedXmlFormat() {
  static const auto& format = *new EditionFormat{"ofac-xml", 1, std::string(kConsolidated.source),
                                                 RecognisesConsolidated, Open<kConsolidated>};
  return format;
}

}  // namespace dossier
