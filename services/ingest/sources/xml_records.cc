#include "services/ingest/sources/xml_records.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/utf8.h"

namespace dossier {
namespace {

constexpr size_t kLevelsMax = 32;
constexpr size_t kTextBytesMax = 1 << 20;
constexpr size_t kRecordBytesMax = 8 << 20;
// The parser is always given blocks that begin at multiples of this, so that what it makes of a
// document, and where it finds a fault, does not hang on the caller's chunks.
constexpr size_t kBlockBytes = 64 << 10;
// The tree's memory is kept from record to record until so much was built in it.
constexpr size_t kReusedBytesMax = 16 << 20;
constexpr size_t kMessageBytesMax = 200;
constexpr std::string_view kDocumentType = "<!DOCTYPE ";

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// An attribute's value as libxml2 hands it out when it is not told to substitute entities: each
// "&", and nothing else, still stands there as "&#38;".
void AssignAttributeValue(std::string_view raw, std::string& value) {
  constexpr std::string_view kAmpersand = "&#38;";
  value.clear();
  for (size_t from = 0;;) {
    const size_t at = raw.find(kAmpersand, from);
    if (at == std::string_view::npos) {
      value.append(raw, from);
      return;
    }
    value.append(raw, from, at - from).push_back('&');
    from = at + kAmpersand.size();
  }
}

bool IsWhiteSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool IsWhite(std::string_view text) { return std::all_of(text.begin(), text.end(), IsWhiteSpace); }

// UTF-16 and UTF-32 have NUL bytes of right.
bool IsWide(std::string_view first_bytes) {
  return first_bytes.starts_with("\xfe\xff") || first_bytes.starts_with("\xff\xfe") ||
         first_bytes.substr(0, 4).find('\0') != std::string_view::npos;
}

struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

}  // namespace

struct XmlRecords::Parser {
  Parser(std::vector<std::string> names, OnRecord on_record, OnRecord on_other, OnRecord on_open)
      : record_names(std::move(names)),
        record_visit(std::move(on_record)),
        other_visit(std::move(on_other)),
        open_visit(std::move(on_open)) {}

  // An open element outside of records.
  struct Outer {
    XmlElement element;
    bool holds_record = false;
  };

  absl::Status Feed(std::string_view bytes);
  absl::Status Finish();
  bool Open();
  void ParseBlock(std::string_view bytes);
  void Parse(std::string_view bytes, bool is_last);
  // That the bytes so far are not a whole document.
  absl::Status EndsEarly() const;
  // "line L: column C: PROBLEM", after the last byte so far.
  absl::Status LineErrorAtEnd(std::string_view problem) const;

  void BeginElement(std::string_view name, std::string_view uri, const xmlChar** attributes,
                    int count);
  void FillElement(XmlElement& element, std::string_view name, std::string_view uri,
                   const xmlChar** attributes, int count);
  void FinishElement();
  void FinishRecord();
  void AddText(std::string_view text);
  // Counts bytes towards the record's limit, where one is open.
  void Charge(size_t bytes);
  void Call(const OnRecord& visit, const XmlElement& element);

  uint32_t line() const { return context->input == nullptr ? 1 : context->input->line; }
  uint32_t column() const { return context->input == nullptr ? 1 : context->input->col; }
  void Stop(absl::Status why);
  void Fail(std::string_view problem) { Stop(LineError(line(), column(), problem)); }

  // libxml2 is C: no exception may pass through it.
  static void OnStart(void* parser, const xmlChar* name, const xmlChar* /*prefix*/,
                      const xmlChar* uri, int /*namespaces*/, const xmlChar** /*namespace*/,
                      int count, int /*defaulted*/, const xmlChar** attributes) noexcept {
    static_cast<Parser*>(parser)->BeginElement(View(name), View(uri), attributes, count);
  }
  static void OnEnd(void* parser, const xmlChar* /*name*/, const xmlChar* /*prefix*/,
                    const xmlChar* /*uri*/) noexcept {
    static_cast<Parser*>(parser)->FinishElement();
  }
  static void OnText(void* parser, const xmlChar* text, int size) noexcept {
    static_cast<Parser*>(parser)->AddText(
        {reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
  }
  static void OnDocumentType(void* parser, const xmlChar* /*name*/, const xmlChar* /*public_id*/,
                             const xmlChar* /*system_id*/) noexcept {
    static_cast<Parser*>(parser)->Fail("a document type declaration: expected a document without");
  }
  static void OnError(void* parser, xmlError* error) noexcept;

  const std::vector<std::string> record_names;
  const OnRecord record_visit;
  const OnRecord other_visit;
  const OnRecord open_visit;
  std::unique_ptr<xmlParserCtxt, FreeContext> context;
  absl::Status status;

  std::string block;  // bytes that do not fill a block yet
  bool has_bytes = false;
  bool is_wide = false;

  XmlElement record;
  std::vector<XmlElement*> open;  // of the record, from its root to the innermost; empty: outside
  std::vector<Outer> outer;
  bool has_root = false;
  size_t record_bytes = 0;  // of the record
  size_t reused_bytes = 0;  // of all records since their memory was last given back
};

bool XmlRecords::Parser::Open() {
  xmlInitParser();
  xmlSAXHandler sax = {};
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = OnStart;
  sax.endElementNs = OnEnd;
  sax.characters = OnText;
  sax.ignorableWhitespace = OnText;
  sax.cdataBlock = OnText;
  sax.internalSubset = OnDocumentType;
  sax.serror = OnError;
  context.reset(xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr));
  if (context == nullptr) return false;
  xmlCtxtUseOptions(context.get(), XML_PARSE_NONET);
  return true;
}

absl::Status XmlRecords::Parser::Feed(std::string_view bytes) {
  if (context == nullptr && status.ok()) {
    if (!Open()) Stop(absl::ResourceExhaustedError("no memory for an XML parser"));
  }
  while (status.ok() && !bytes.empty()) {
    if (block.empty() && bytes.size() >= kBlockBytes) {
      ParseBlock(bytes.substr(0, kBlockBytes));
      bytes.remove_prefix(kBlockBytes);
      continue;
    }
    const size_t taken = std::min(kBlockBytes - block.size(), bytes.size());
    block.append(bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    if (block.size() < kBlockBytes) break;
    ParseBlock(block);
    block.clear();
  }
  return status;
}

absl::Status XmlRecords::Parser::Finish() {
  if (!status.ok()) return status;
  if (context == nullptr) {
    return status = LineError(1, 1, "the document is empty: expected an element");
  }
  ParseBlock(block);
  block.clear();
  if (!status.ok()) return status;
  absl::Status early = EndsEarly();
  Parse("", true);
  // What libxml2 says of an end within an element is about the tag or word that was cut.
  if (!early.ok() && (status.ok() || has_root)) status = std::move(early);
  return status;
}

void XmlRecords::Parser::ParseBlock(std::string_view bytes) {
  if (!has_bytes) is_wide = IsWide(bytes);
  has_bytes = true;
  const size_t nul = is_wide ? std::string_view::npos : bytes.find('\0');
  Parse(bytes.substr(0, nul), false);
  if (nul == std::string_view::npos || !status.ok()) return;
  Stop(LineErrorAtEnd("a NUL byte: expected a text file"));
}

absl::Status XmlRecords::Parser::LineErrorAtEnd(std::string_view problem) const {
  if (context->input == nullptr) return LineError(1, 1, problem);
  // libxml2 waits at what began and has not ended yet.
  const xmlParserInput& input = *context->input;
  const std::string_view rest(reinterpret_cast<const char*>(input.cur), input.end - input.cur);
  const size_t last_line = rest.rfind('\n') + 1;
  const uint32_t column_before = last_line == 0 ? column() - 1 : 0;
  return LineError(line() + std::count(rest.begin(), rest.end(), '\n'),
                   column_before + ColumnAt(rest.substr(last_line), rest.size()), problem);
}

void XmlRecords::Parser::Parse(std::string_view bytes, bool is_last) {
  // What has no context of its own, such as a fault in the declared encoding, is told to the
  // thread's receiver of errors; left alone, that one prints.
  const xmlStructuredErrorFunc outer_receiver = xmlStructuredError;
  void* const outer_argument = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(this, OnError);
  const int code =
      xmlParseChunk(context.get(), bytes.data(), static_cast<int>(bytes.size()), is_last);
  xmlSetStructuredErrorFunc(outer_argument, outer_receiver);
  if (code != XML_ERR_OK && status.ok()) {
    Fail(absl::StrCat("fault ", code, " of the XML parser: expected well-formed XML"));
  }
}

absl::Status XmlRecords::Parser::EndsEarly() const {
  if (open.empty() && outer.empty()) {
    return has_root ? absl::OkStatus()
                    : LineErrorAtEnd("the document ends early: expected an element");
  }
  const XmlElement& inner = open.empty() ? outer.back().element : *open.back();
  return LineErrorAtEnd(absl::StrCat("the document ends inside <", inner.name, "> of line ",
                                     inner.line, ": expected </", inner.name, ">"));
}

void XmlRecords::Parser::OnError(void* parser, xmlError* error) noexcept {
  Parser& self = *static_cast<Parser*>(parser);
  if (error == nullptr || error->level < XML_ERR_ERROR || !self.status.ok()) return;
  std::string message =
      ValidUtf8(std::string_view(error->message == nullptr ? "a fault" : error->message)
                    .substr(0, kMessageBytesMax));
  std::replace(message.begin(), message.end(), '\n', ' ');
  message.erase(message.find_last_not_of(' ') + 1);
  const bool has_place = error->domain == XML_FROM_PARSER || error->domain == XML_FROM_NAMESPACE;
  // No xmlStopParser from within libxml2's own faults: it still looks at its input.
  self.status = LineError(has_place && error->line > 0 ? error->line : self.line(),
                          has_place && error->int2 > 0 ? error->int2 : self.column(),
                          absl::StrCat(message, ": expected well-formed XML"));
}

void XmlRecords::Parser::Stop(absl::Status why) {
  if (!status.ok()) return;
  status = std::move(why);
  if (context != nullptr) xmlStopParser(context.get());
}

void XmlRecords::Parser::Call(const OnRecord& visit, const XmlElement& element) {
  if (visit == nullptr || !status.ok()) return;
  if (absl::Status answer = visit(element); !answer.ok()) Stop(std::move(answer));
}

void XmlRecords::Parser::BeginElement(std::string_view name, std::string_view uri,
                                      const xmlChar** attributes, int count) {
  if (!status.ok()) return;
  has_root = true;
  if (open.size() + outer.size() >= kLevelsMax) {
    return Fail(absl::StrCat("too many levels: expected at most ", kLevelsMax));
  }
  if (!open.empty()) {
    XmlElement& parent = *open.back();
    if (parent.children.empty() && IsWhite(parent.text)) parent.text.clear();
    open.push_back(&parent.children.Add());
  } else if (std::find(record_names.begin(), record_names.end(), name) != record_names.end()) {
    for (Outer& around : outer) around.holds_record = true;
    open.push_back(&record);
  } else {
    outer.emplace_back();
    FillElement(outer.back().element, name, uri, attributes, count);
    return Call(open_visit, outer.back().element);
  }
  FillElement(*open.back(), name, uri, attributes, count);
}

void XmlRecords::Parser::FillElement(XmlElement& element, std::string_view name,
                                     std::string_view uri, const xmlChar** attributes, int count) {
  if (element.name != name) element.name = name;
  if (element.namespace_uri != uri) element.namespace_uri = uri;
  element.text.clear();
  element.attributes.Clear();
  element.children.Clear();
  element.line = line();
  size_t bytes = name.size();
  for (int i = 0; i < count; ++i) {  // each has five: name, prefix, URI, begin and end of value
    const xmlChar** const attribute = attributes + 5 * i;
    auto& [key, value] = element.attributes.Add();
    key = View(attribute[0]);
    const char* const begin = reinterpret_cast<const char*>(attribute[3]);
    AssignAttributeValue({begin, reinterpret_cast<const char*>(attribute[4])}, value);
    bytes += sizeof(key) + sizeof(value) + key.size() + value.size();
  }
  if (bytes > kTextBytesMax) {
    return Fail(absl::StrCat("a start tag of ", bytes, " bytes: expected at most ", kTextBytesMax));
  }
  if (!open.empty()) Charge(sizeof(XmlElement) + bytes);
}

void XmlRecords::Parser::AddText(std::string_view text) {
  if (!status.ok()) return;
  std::string* kept = nullptr;
  if (!open.empty()) {
    if (!open.back()->children.empty() && IsWhite(text)) return;
    kept = &open.back()->text;
    Charge(text.size());
  } else if (!outer.empty() && !outer.back().holds_record) {
    kept = &outer.back().element.text;
  }
  if (kept == nullptr) return;
  if (kept->size() + text.size() > kTextBytesMax) {
    return Fail(
        absl::StrCat("too much text in an element: expected at most ", kTextBytesMax, " bytes"));
  }
  kept->append(text);
}

void XmlRecords::Parser::Charge(size_t bytes) {
  record_bytes += bytes;
  if (record_bytes <= kRecordBytesMax) return;
  Fail(absl::StrCat("the record <", record.name, "> of line ", record.line,
                    " is too large: expected at most ", kRecordBytesMax, " bytes"));
}

void XmlRecords::Parser::FinishElement() {
  if (!status.ok()) return;
  if (open.empty()) {
    XmlElement& element = outer.back().element;
    element.line_end = line();
    if (!outer.back().holds_record) Call(other_visit, element);
    if (status.ok()) outer.pop_back();
    return;
  }
  open.back()->line_end = line();
  open.pop_back();
  if (open.empty()) FinishRecord();
}

void XmlRecords::Parser::FinishRecord() {
  Call(record_visit, record);
  reused_bytes += record_bytes;
  record_bytes = 0;
  if (reused_bytes <= kReusedBytesMax) return;
  record = XmlElement();
  reused_bytes = 0;
}

XmlRecords::XmlRecords(std::vector<std::string> records, OnRecord on_record, OnRecord on_other,
                       OnRecord on_open)
    : parser_(std::make_unique<Parser>(std::move(records), std::move(on_record),
                                       std::move(on_other), std::move(on_open))) {}

XmlRecords::~XmlRecords() = default;

absl::Status XmlRecords::Feed(std::string_view bytes) { return parser_->Feed(bytes); }

absl::Status XmlRecords::Finish() { return parser_->Finish(); }

const XmlElement* XmlElement::Child(std::string_view child) const {
  for (const XmlElement& element : children) {
    if (element.name == child) return &element;
  }
  return nullptr;
}

std::string_view XmlElement::TextOf(std::string_view child) const {
  const XmlElement* const element = Child(child);
  return element == nullptr ? std::string_view() : XmlTrimmed(element->text);
}

std::string_view XmlElement::Attribute(std::string_view attribute) const {
  for (const auto& [key, value] : attributes) {
    if (key == attribute) return value;
  }
  return "";
}

std::string_view XmlTrimmed(std::string_view text) {
  while (!text.empty() && IsWhiteSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsWhiteSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view XmlRootName(std::string_view first_bytes) {
  std::string_view rest = first_bytes;
  if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
  const auto skip_past = [&rest](std::string_view mark) {
    const size_t at = rest.find(mark);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + mark.size());
  };
  for (;;) {
    while (!rest.empty() && IsWhiteSpace(rest.front())) rest.remove_prefix(1);
    if (rest.starts_with("<?")) {
      skip_past("?>");
    } else if (rest.starts_with("<!--")) {
      skip_past("-->");
    } else {
      break;
    }
  }
  if (rest.starts_with(kDocumentType)) {
    rest.remove_prefix(kDocumentType.size());
  } else if (rest.starts_with('<')) {
    rest.remove_prefix(1);
  } else {
    return "";
  }
  const std::string_view name = rest.substr(0, rest.find_first_of(" \t\r\n/>[<"));
  return name.substr(name.find(':') + 1);
}

}  // namespace dossier
