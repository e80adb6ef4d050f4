#include "services/ingest/sources/ofac_xml_rest.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

constexpr std::string_view kWordNumbers[] = {"refId", "featureTypeId"};

bool Has(const auto& texts, std::string_view text) {
  return std::find(std::begin(texts), std::end(texts), text) != std::end(texts);
}

void AppendPiece(std::string_view name, std::string_view value, std::string* text) {
  if (value.empty()) return;
  if (!text->empty()) text->append("; ");
  text->append(name);
  if (!name.empty()) text->push_back(' ');
  text->append(value);
}

}  // namespace

std::string PrintRest(const XmlElement& element, std::initializer_list<std::string_view> taken) {
  std::string text;
  for (const auto& [name, value] : element.attributes) {
    if (!Has(kWordNumbers, name) && !Has(taken, name)) AppendPiece(name, value, &text);
  }
  AppendPiece("", XmlTrimmed(element.text), &text);
  for (const XmlElement& child : element.children) {
    if (!Has(taken, child.name)) AppendPiece(child.name, PrintRest(child), &text);
  }
  return text;
}

}  // namespace dossier
