// The records of an XML document out of chunks of bytes, each as a small tree, in bounded memory.
//
//   XmlRecords xml({"INDIVIDUAL", "ENTITY"}, [](const XmlElement& record) { ... });
//   xml.Feed(bytes);          // any number of times
//   xml.Finish();
//
// Hardened against what comes from outside: a document type declaration is refused (and with it
// every entity but XML's own five), as are more than 32 levels, 1 MiB of text in one element, 8 MiB
// in one record, NUL bytes, and whatever is not well-formed, with line and column. No network, no
// files. The records are the same for any chunking. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace dossier {

// A vector that keeps its items' memory when it is cleared, for the items that come next.
template <typename Item>
class XmlList {
 public:
  const Item* begin() const { return items_.data(); }
  const Item* end() const { return items_.data() + size_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Item& operator[](size_t i) const { return items_[i]; }
  const Item& front() const { return items_[0]; }
  const Item& back() const { return items_[size_ - 1]; }

  // An item at the end, new or with what one before it held.
  Item& Add() {
    if (size_ == items_.size()) items_.emplace_back();
    return items_[size_++];
  }
  void Clear() { size_ = 0; }

 private:
  std::vector<Item> items_;  // the first size_ count
  size_t size_ = 0;
};

struct XmlElement {
  std::string name;  // local, without a prefix
  std::string namespace_uri;
  // Local names, and values with entities resolved.
  XmlList<std::pair<std::string, std::string>> attributes;
  // The text directly within, entities resolved, otherwise as in the file; but not what is white
  // space alone between elements.
  std::string text;
  XmlList<XmlElement> children;
  uint32_t line = 0;  // of the start tag's end, and of the end tag, from 1
  uint32_t line_end = 0;

  // The first child of a name; nullptr: none.
  const XmlElement* Child(std::string_view child) const;
  // Its text, white space at both ends removed; "" where there is none.
  std::string_view TextOf(std::string_view child) const;
  // "" where there is none.
  std::string_view Attribute(std::string_view attribute) const;
};

class XmlRecords {
 public:
  // The element is valid during the call. Not OK: reading stops with this status.
  using OnRecord = std::function<absl::Status(const XmlElement& record)>;

  // `records`: the local names of the elements that are handed over whole once they end; one
  // within another belongs to that. An element that holds no record and lies outside of them
  // (a header such as a publication date) is handed to `on_other` when it ends, with its own text
  // and attributes and without children. `on_open`: told of each element outside of records when
  // it begins (name, attributes, line), such as the root.
  XmlRecords(std::vector<std::string> records, OnRecord on_record, OnRecord on_other = nullptr,
             OnRecord on_open = nullptr);
  ~XmlRecords();

  // InvalidArgument: not well-formed, or over a limit: "line 12: column 5: ...".
  absl::Status Feed(std::string_view bytes);
  // Also InvalidArgument: the document ends too early, or is empty.
  absl::Status Finish();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

// White space at both ends (XML's: blank, tab, CR, LF) removed.
std::string_view XmlTrimmed(std::string_view text);

// The local name of the root element among a document's first bytes; "": none is seen. Comments,
// processing instructions and a byte order mark are stepped over; a document type declaration
// tells the name too.
std::string_view XmlRootName(std::string_view first_bytes);

}  // namespace dossier
