#include "services/ingest/sources/ca_sema_xml.h"

#include "services/ingest/sources/ca_sema_entry.h"
#include "services/ingest/sources/xml_list_reader.h"

namespace dossier {
namespace {

constexpr char kRoot[] = "data-set";

class CaSemaReader : public XmlListReader {
 public:
  CaSemaReader(const ActorTable& table, RecordSink& sink)
      : XmlListReader({kRoot, {}, {"record"}}, sink), entries_(table) {}

 private:
  absl::Status OnRoot(const XmlElement& /*root*/) override { return absl::OkStatus(); }

  std::optional<v1::Rejection> ReadRecord(const XmlElement& element,
                                          EditionRecord& record) override {
    return entries_.Read(element, record);
  }

  EditionFacts Facts() const override {
    EditionFacts facts;
    facts.source = kCaSemaSource;
    facts.publisher = "Global Affairs Canada";
    return facts;
  }

  CaSemaEntryReader entries_;
};

bool Recognises(const Sniff& sniff) {
  // Other publishers' exports share the root.
  return XmlRootName(sniff.first_bytes) == kRoot &&
         sniff.first_bytes.find("<Country>") != std::string_view::npos &&
         sniff.first_bytes.find("<Item>") != std::string_view::npos;
}

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<CaSemaReader>(table, sink);
}

}  // namespace

const EditionFormat& CaSemaXmlFormat() {
  static const auto& format = *new EditionFormat{"ca-sema-xml", 1, kCaSemaSource, Recognises, Open};
  return format;
}

}  // namespace dossier
