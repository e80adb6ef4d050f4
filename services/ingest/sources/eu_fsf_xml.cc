#include "services/ingest/sources/eu_fsf_xml.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ingest/sources/eu_fsf_entity.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/xml_list_reader.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr char kRoot[] = "WHOLE";
constexpr char kEntity[] = "ENTITY";

// Sets what an attribute says of an act. False: it is another attribute.
bool SetAct(std::string_view key, std::string_view value, EuFsfAct& act) {
  if (key == "legal_basis") {
    act.legal_basis = value;
  } else if (key == "reg_date") {
    act.date = value;
  } else if (key == "pdf_link") {
    act.link = value;
  } else if (key == "programme") {
    act.programme = value;
  } else {
    return false;
  }
  return true;
}

void AddOther(std::string heading, std::string value, EuFsfEntity& entity) {
  if (value.empty()) return;
  v1::PrintedField& other = entity.other.emplace_back();
  other.set_heading(std::move(heading));
  other.set_value(std::move(value));
}

// Fills in the part, and keeps what has no place in it beside the entity.
void ReadPart(const XmlElement& element, const EuFsfLayout& layout, EuFsfEntity& entity) {
  EuFsfPart part;
  part.kind = layout.kind;
  for (const auto& [key, value] : element.attributes) {
    if (key == "Id") {
      part.id = value;
    } else if (!SetAct(key, value, part.act) && (key != "Entity_id" || value != entity.id)) {
      AddOther(absl::StrCat(element.name, " ", key), value, entity);
    }
  }
  AddOther(element.name, std::string(XmlTrimmed(element.text)), entity);
  for (const XmlElement& child : element.children) {
    const auto field = std::find(layout.fields.begin(), layout.fields.end(), child.name);
    const bool is_plain = child.children.empty() && child.attributes.empty();
    if (field != layout.fields.end() && is_plain &&
        part.fields[field - layout.fields.begin()].empty()) {
      part.fields[field - layout.fields.begin()] = child.text;
    } else {
      AddOther(absl::StrCat(element.name, " ", child.name), XmlFieldText(child), entity);
    }
  }
  entity.parts.push_back(part);
}

EuFsfEntity ReadEntity(const XmlElement& element) {
  EuFsfEntity entity;
  EuFsfListing& listing = entity.listings.emplace_back();
  for (const auto& [key, value] : element.attributes) {
    if (key == "Id") {
      entity.id = value;
    } else if (key == "Type") {
      entity.type = value;
    } else if (key == "remark") {
      listing.remark = value;
    } else if (!SetAct(key, value, listing.act)) {
      AddOther(key, value, entity);
    }
  }
  AddOther(element.name, std::string(XmlTrimmed(element.text)), entity);
  for (const XmlElement& child : element.children) {
    const auto layout =
        std::find_if(EuFsfLayouts().begin(), EuFsfLayouts().end(),
                     [&](const EuFsfLayout& one) { return one.element == child.name; });
    if (layout != EuFsfLayouts().end()) {
      ReadPart(child, *layout, entity);
    } else {
      AddOther(child.name, XmlFieldText(child), entity);
    }
  }
  return entity;
}

class EuFsfXmlReader : public XmlListReader {
 public:
  EuFsfXmlReader(const ActorTable& table, RecordSink& sink)
      : XmlListReader({kRoot, {}, {kEntity}}, sink), entities_(table) {}

 private:
  absl::Status OnRoot(const XmlElement& root) override {
    auto stamp = ReadEuFsfDate(root.Attribute("Date"));
    if (!stamp.ok()) {
      return LineError(root.line, 0,
                       absl::StrCat("<", kRoot, ">: Date: ", stamp.status().message()));
    }
    stamp_ = *std::move(stamp);
    return absl::OkStatus();
  }

  std::optional<v1::Rejection> ReadRecord(const XmlElement& element,
                                          EditionRecord& record) override {
    record.key = EuFsfKey(element.Attribute("Id"));
    if (record.key.empty()) {
      return RejectionAt(element.line, "Id",
                         absl::StrCat("id ", Quoted(element.Attribute("Id")),
                                      ": expected a whole number of at most 12 digits"));
    }
    record.element = absl::StrCat(kEntity, " ", record.key);
    const absl::Status status =
        entities_.Read(ReadEntity(element), *record.present.mutable_sanction());
    if (status.ok()) return std::nullopt;
    return RejectionAt(element.line, "NAME", std::string(status.message()));
  }

  EditionFacts Facts() const override {
    EditionFacts facts;
    facts.source = kEuFsfSource;
    facts.stamp = stamp_;
    facts.covers_until = DateOf(ToTime(stamp_.time()));
    facts.publisher = kEuFsfPublisher;
    return facts;
  }

  const EuFsfEntityReader entities_;
  v1::PublishStamp stamp_;
};

bool Recognises(const Sniff& sniff) {
  return XmlRootName(sniff.first_bytes) == kRoot &&
         sniff.first_bytes.find("<WHOLE Date=") != std::string_view::npos;
}

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<EuFsfXmlReader>(table, sink);
}

}  // namespace

const EditionFormat& EuFsfXmlFormat() {
  static const auto& format = *new EditionFormat{"eu-fsf-xml", 1, kEuFsfSource, Recognises, Open};
  return format;
}

}  // namespace dossier
