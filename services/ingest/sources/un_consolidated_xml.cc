#include "services/ingest/sources/un_consolidated_xml.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/un_entry.h"
#include "services/ingest/sources/xml_list_reader.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr char kRoot[] = "CONSOLIDATED_LIST";
constexpr char kGenerated[] = "dateGenerated";

class UnConsolidatedReader : public XmlListReader {
 public:
  UnConsolidatedReader(const ActorTable& table, RecordSink& sink)
      : XmlListReader({kRoot, {"INDIVIDUALS", "ENTITIES"}, {std::string(kUnIndividual), "ENTITY"}},
                      sink),
        entries_(table) {}

 private:
  absl::Status OnRoot(const XmlElement& root) override {
    const std::string text(root.Attribute(kGenerated));
    absl::Time time;
    std::string reason;
    // ParseTime takes "infinite-future" too.
    if (text.empty() || !absl::ascii_isdigit(static_cast<unsigned char>(text[0])) ||
        !absl::ParseTime(absl::RFC3339_full, text, &time, &reason)) {
      return LineError(root.line, 0,
                       absl::StrCat(kGenerated, " ", Quoted(text),
                                    ": expected a time as \"2025-04-19T23:00:04.625Z\""));
    }
    stamp_ = MakePublishStamp(time, v1::PRECISION_SECOND, v1::BASIS_GENERATED);
    return absl::OkStatus();
  }

  std::optional<v1::Rejection> ReadRecord(const XmlElement& element,
                                          EditionRecord& record) override {
    return entries_.Read(element, record);
  }

  EditionFacts Facts() const override {
    EditionFacts facts;
    facts.source = kUnSource;
    facts.stamp = stamp_;
    facts.covers_until = DateOf(ToTime(stamp_.time()));
    facts.publisher = "United Nations Security Council";
    return facts;
  }

  const UnEntryReader entries_;
  v1::PublishStamp stamp_;
};

bool Recognises(const Sniff& sniff) { return XmlRootName(sniff.first_bytes) == kRoot; }

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<UnConsolidatedReader>(table, sink);
}

}  // namespace

const EditionFormat& UnConsolidatedXmlFormat() {
  static const auto& format =
      *new EditionFormat{"un-consolidated-xml", 1, kUnSource, Recognises, Open};
  return format;
}

}  // namespace dossier
