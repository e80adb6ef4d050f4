// An edition that is an XML document: a root, perhaps groups, and one element for each record. What
// the adapters of such lists share.
//
// The edition is refused (InvalidArgument) where the document is not well-formed or over a limit
// (xml_records.h), its root is another one, an element outside of records is unknown (a new kind of
// record must not be passed over in silence), or no record can be read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/edition_reader.h"
#include "services/ingest/sources/record_gate.h"
#include "services/ingest/sources/xml_records.h"

namespace dossier {

class XmlListReader : public EditionReader {
 public:
  absl::Status Feed(std::string_view bytes) final;
  absl::StatusOr<EditionFacts> Finish() final;

 protected:
  struct Layout {
    std::string root;
    std::vector<std::string> groups;   // elements that hold records
    std::vector<std::string> records;  // never empty
  };

  XmlListReader(Layout layout, RecordSink& sink);

  // The root's attributes. Not OK: the edition is refused.
  virtual absl::Status OnRoot(const XmlElement& root) = 0;
  // Fills in all of a record but its lines, or says why it is rejected; its key, if that could be
  // read.
  virtual std::optional<v1::Rejection> ReadRecord(const XmlElement& element,
                                                  EditionRecord& record) = 0;
  virtual EditionFacts Facts() const = 0;

 private:
  absl::Status OnOpen(const XmlElement& element);
  absl::Status OnRecord(const XmlElement& element);

  const Layout layout_;
  RecordGate gate_;
  XmlRecords xml_;
  bool has_root_ = false;
};

// The text of a field in one line, as OneLine has it. What publishers do not put into a field is
// kept too: an attribute as "NAME=VALUE", an element within as "NAME: TEXT".
std::string XmlFieldText(const XmlElement& field);

}  // namespace dossier
