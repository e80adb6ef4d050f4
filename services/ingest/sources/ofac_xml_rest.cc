#include "services/ingest/sources/ofac_xml_rest.h"

#include <algorithm>

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

void AppendAttributes(const XmlElement& element, XmlNames taken, std::string* text) {
  for (const auto& [name, value] : element.attributes) {
    if (!Has(kWordNumbers, name) && !Has(taken, name)) AppendPiece(name, value, text);
  }
}

}  // namespace

std::string PrintRest(const XmlElement& element, XmlNames taken, XmlNames read) {
  std::string text;
  AppendAttributes(element, taken, &text);
  AppendPiece("", XmlTrimmed(element.text), &text);
  for (const XmlElement& child : element.children) {
    if (Has(read, child.name)) continue;
    const bool is_taken = Has(taken, child.name) && element.Child(child.name) == &child;
    AppendPiece(child.name, is_taken ? PrintBesideText(child) : PrintRest(child), &text);
  }
  return text;
}

std::string PrintBesideText(const XmlElement& element, XmlNames taken) {
  std::string text;
  AppendAttributes(element, taken, &text);
  for (const XmlElement& child : element.children) {
    AppendPiece(child.name, PrintRest(child), &text);
  }
  return text;
}

std::string PrintBesideChildren(const XmlElement& element, XmlNames taken) {
  std::string text;
  AppendAttributes(element, taken, &text);
  AppendPiece("", XmlTrimmed(element.text), &text);
  return text;
}

}  // namespace dossier
