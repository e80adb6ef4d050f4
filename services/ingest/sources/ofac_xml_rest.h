// What an element of OFAC's XML holds, as one text: for what has no field of its own.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "services/ingest/sources/xml_records.h"

namespace dossier {

using XmlNames = std::initializer_list<std::string_view>;

// The attributes, text and children of an element, but for those that are `taken`:
//
//   <date id="7"><from>2014</from><to>2015</to></date>   "id 7; from 2014; to 2015"
//
// Of a child that is taken, its text is: what else it holds is printed, and so is a second child of
// its name. Children that are `read` are left out whole. Attributes refId and featureTypeId are
// left out: they number a word of the publisher's vocabulary, and the word stands beside them. ""
// where nothing is left.
std::string PrintRest(const XmlElement& element, XmlNames taken = {}, XmlNames read = {});

// The same of an element whose text is taken, and of one whose children are read.
std::string PrintBesideText(const XmlElement& element, XmlNames taken = {});
std::string PrintBesideChildren(const XmlElement& element, XmlNames taken = {});

}  // namespace dossier
