#include "services/ingest/sources/xml_list_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"

namespace dossier {

XmlListReader::XmlListReader(Layout layout, RecordSink& sink)
    : layout_(std::move(layout)),
      gate_(sink),
      xml_(
          layout_.records, [this](const XmlElement& element) { return OnRecord(element); }, nullptr,
          [this](const XmlElement& element) { return OnOpen(element); }) {}

absl::Status XmlListReader::Feed(std::string_view bytes) { return xml_.Feed(bytes); }

absl::StatusOr<EditionFacts> XmlListReader::Finish() {
  if (auto status = xml_.Finish(); !status.ok()) return status;
  if (auto status = gate_.CheckAny(absl::StrCat("at least one <", layout_.records[0], ">"));
      !status.ok()) {
    return status;
  }
  return Facts();
}

absl::Status XmlListReader::OnOpen(const XmlElement& element) {
  if (!has_root_) {
    has_root_ = true;
    if (element.name == layout_.root) return OnRoot(element);
    return LineError(element.line, 0,
                     absl::StrCat("the document is a ", Quoted(element.name), ": expected <",
                                  layout_.root, ">"));
  }
  const std::vector<std::string>& groups = layout_.groups;
  if (std::find(groups.begin(), groups.end(), element.name) != groups.end()) {
    return absl::OkStatus();
  }
  return LineError(element.line, 0,
                   absl::StrCat("an element ", Quoted(element.name), " in <", layout_.root,
                                ">: expected <", layout_.records[0], ">"));
}

absl::Status XmlListReader::OnRecord(const XmlElement& element) {
  if (!has_root_) {
    return LineError(element.line, 0,
                     absl::StrCat("the document is a ", Quoted(element.name), ": expected <",
                                  layout_.root, ">"));
  }
  EditionRecord record;
  record.line = element.line;
  record.line_end = element.line_end;
  std::optional<v1::Rejection> fault = ReadRecord(element, record);
  if (!fault) return gate_.Pass(std::move(record));
  return gate_.Reject(*std::move(fault),
                      record.key.empty() ? std::nullopt : std::optional(std::move(record.key)));
}

std::string XmlFieldText(const XmlElement& field) {
  std::string text;
  AppendOneLine(field.text, text);
  if (field.attributes.empty() && field.children.empty()) return text;
  for (const auto& [key, value] : field.attributes) {
    AppendPart(absl::StrCat(key, "=", OneLine(value)), "; ", text);
  }
  for (const XmlElement& child : field.children) {  // no deeper than xml_records.h allows
    const std::string inner = XmlFieldText(child);
    if (!inner.empty()) AppendPart(absl::StrCat(child.name, ": ", inner), "; ", text);
  }
  return text;
}

}  // namespace dossier
