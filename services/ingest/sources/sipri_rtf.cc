#include "services/ingest/sources/sipri_rtf.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/ingest/sources/country_names.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/one_line.h"
#include "services/ingest/sources/record_gate.h"
#include "services/ingest/sources/sipri_cells.h"
#include "services/ingest/sources/sipri_register_keys.h"
#include "services/ingest/sources/sipri_rtf_paragraphs.h"
#include "services/ingest/sources/sipri_rtf_row.h"
#include "services/model/dates.h"

namespace dossier {
namespace {

constexpr char kSource[] = "sipri-register-rtf";
constexpr size_t kRowsMax = 1'000'000;
constexpr std::string_view kTitle = "Transfers of major weapons:";
constexpr std::string_view kYears = " made for ";
constexpr std::string_view kGenerated = "Information generated:";
constexpr std::string_view kRecipients = "R:";
// Its three lines one after the other, with single blanks.
constexpr char kHeader[] =
    "Year(s) Supplier/ No. Weapon Weapon Year of No. recipient (R) ordered designation description "
    "of order delivery delivered Comments";

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

// All of a paragraph, with single blanks.
std::string TextOf(const RtfParagraph& paragraph) {
  std::string text;
  for (const RtfCell& cell : paragraph.cells) AppendPart(OneLine(cell.text), " ", text);
  return text;
}

absl::Status ErrorAt(const RtfParagraph& paragraph, std::string_view problem) {
  return LineError(paragraph.cells[0].line, paragraph.cells[0].column, problem);
}

v1::Rejection RejectionOf(const RtfCell& cell, std::string reason) {
  v1::Rejection rejection = RejectionAt(cell.line, "", std::move(reason));
  rejection.set_column(cell.column);
  return rejection;
}

class SipriRtfReader : public EditionReader {
 public:
  SipriRtfReader(const ActorTable& table, RecordSink& sink) : names_(table, kSource), gate_(sink) {}

  absl::Status Feed(std::string_view bytes) override {
    return paragraphs_.Feed(bytes, [this](const RtfParagraph& p) { return OnParagraph(p); });
  }

  absl::StatusOr<EditionFacts> Finish() override;

 private:
  enum class At { kTitle, kHeader, kRows };

  absl::Status OnParagraph(const RtfParagraph& paragraph);
  absl::Status OnTitle(const RtfParagraph& paragraph, std::string_view text);
  absl::Status OnGenerated(const RtfParagraph& paragraph, std::string_view text);
  absl::Status OnBody(const RtfParagraph& paragraph, const std::string& text);
  absl::Status OnRow(const RtfParagraph& paragraph);
  absl::Status AddRow(const RtfParagraph& paragraph, std::vector<RtfCell> cells);

  const CountryNames names_;
  RecordGate gate_;
  RtfParagraphs paragraphs_;
  At at_ = At::kTitle;
  v1::PublishStamp stamp_;
  int first_year_ = 0;
  int last_year_ = 0;
  std::string supplier_;           // empty: not known
  std::string recipient_;          // empty: not known
  bool has_new_supplier_ = false;  // its "R:" has not come yet
  size_t rows_ = 0;
  int last_delivery_year_ = 0;
  std::vector<EditionRecord> records_;  // at most kRowsMax
};

absl::Status SipriRtfReader::OnParagraph(const RtfParagraph& paragraph) {
  const std::string text = TextOf(paragraph);
  if (IsBlank(text)) return absl::OkStatus();
  if (at_ == At::kRows) return OnBody(paragraph, text);
  if (text == kHeader) {
    if (at_ == At::kTitle) {
      return ErrorAt(paragraph,
                     "the header stands without a title: expected \"Transfers of major "
                     "weapons: ... made for YEAR to YEAR\" above");
    }
    at_ = At::kRows;
    return absl::OkStatus();
  }
  if (paragraph.cells.size() >= kSipriRtfCells) {
    return ErrorAt(paragraph, absl::StrCat("found ", Quoted(text),
                                           ": expected title and header, \"", kHeader, "\""));
  }
  if (std::string_view(text).starts_with(kTitle)) return OnTitle(paragraph, text);
  if (std::string_view(text).starts_with(kGenerated)) return OnGenerated(paragraph, text);
  return absl::OkStatus();
}

absl::Status SipriRtfReader::OnTitle(const RtfParagraph& paragraph, std::string_view text) {
  const size_t found = text.find(kYears);
  const std::string_view years =
      found == std::string_view::npos ? std::string_view() : text.substr(found + kYears.size());
  const size_t to = years.find(" to ");
  const auto first = SipriYear(years.substr(0, to));
  const auto last = to == std::string_view::npos ? first : SipriYear(years.substr(to + 4));
  if (!first || !last || *first > *last) {
    return ErrorAt(paragraph,
                   absl::StrCat("title years ", Quoted(years),
                                ": expected as \"... made for 1950 to 2022\", of 1900 to 2100"));
  }
  first_year_ = *first;
  last_year_ = *last;
  at_ = At::kHeader;
  return absl::OkStatus();
}

absl::Status SipriRtfReader::OnGenerated(const RtfParagraph& paragraph, std::string_view text) {
  const std::string_view day = Trimmed(text.substr(kGenerated.size()));
  absl::Time time;
  std::string problem;
  const bool is_read =
      absl::ParseTime("%d %B %Y", absl::string_view(day.data(), day.size()), &time, &problem);
  if (const int year = is_read ? DateOf(time).year() : 0; year < 1900 || year > 2100) {
    return ErrorAt(paragraph, absl::StrCat("date ", Quoted(day),
                                           " does not exist: expected as \"18 February 2024\""));
  }
  stamp_ = MakePublishStamp(time, v1::PRECISION_DAY, v1::BASIS_GENERATED);
  return absl::OkStatus();
}

absl::Status SipriRtfReader::OnBody(const RtfParagraph& paragraph, const std::string& text) {
  if (text == kHeader) return absl::OkStatus();
  if (paragraph.cells.size() > 1) return OnRow(paragraph);
  if (OneLine(paragraph.bold) == text) {
    supplier_ = text;
    recipient_.clear();
    has_new_supplier_ = true;
    return absl::OkStatus();
  }
  recipient_.clear();
  return gate_.Reject(
      RejectionOf(paragraph.cells[0],
                  absl::StrCat("found ", Quoted(text), ": expected a supplier in bold, or a row")),
      std::nullopt);
}

absl::Status SipriRtfReader::OnRow(const RtfParagraph& paragraph) {
  ++rows_;
  std::vector<RtfCell> cells = paragraph.cells;
  std::string name = OneLine(cells[0].text);
  if (name.starts_with(kRecipients)) {
    if (!std::exchange(has_new_supplier_, false)) supplier_.clear();
    recipient_.clear();
    name = OneLine(std::string_view(name).substr(kRecipients.size()));
  }
  const bool is_named = !name.empty();
  if (is_named) recipient_ = std::move(name);
  const size_t expected = is_named ? kSipriRtfCells : kSipriRtfCells + 1;
  const auto reject = [&](const RtfCell& cell, std::string reason) {
    return gate_.Reject(RejectionOf(cell, std::move(reason)), std::nullopt);
  };
  if (cells.size() != expected) {
    return reject(cells.back(),
                  absl::StrCat("the row has ", cells.size(), " cells: expected ", expected,
                               is_named ? "" : ", of which the first two are blank"));
  }
  if (!is_named) {
    if (!IsBlank(cells[1].text)) {
      return reject(cells[1], absl::StrCat("found ", Quoted(cells[1].text),
                                           ": expected a blank cell in a row without a recipient"));
    }
    cells.erase(cells.begin());
  }
  if (supplier_.empty()) {
    return reject(cells[0], "no supplier is known: expected one in bold above \"R:\"");
  }
  if (recipient_.empty()) {
    return reject(cells[0], "no recipient is known: expected one here or in a row above");
  }
  return AddRow(paragraph, std::move(cells));
}

absl::Status SipriRtfReader::AddRow(const RtfParagraph& paragraph, std::vector<RtfCell> cells) {
  if (records_.size() == kRowsMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat("line ", paragraph.line_end, ": too many rows: expected at most ", kRowsMax));
  }
  EditionRecord record;
  record.line = paragraph.cells[0].line;
  record.line_end = paragraph.line_end;
  record.element = absl::StrCat("row ", rows_);
  v1::Transfer& transfer = *record.present.mutable_transfer();
  names_.Set(supplier_, *transfer.mutable_supplier());
  names_.Set(recipient_, *transfer.mutable_recipient());
  if (auto fault = ReadSipriRtfRow(cells, transfer, record.raw)) {
    return gate_.Reject(*std::move(fault), std::nullopt);
  }
  for (const v1::Delivery& delivery : transfer.delivery()) {
    for (int year : delivery.year()) last_delivery_year_ = std::max(last_delivery_year_, year);
  }
  records_.push_back(std::move(record));
  return absl::OkStatus();
}

absl::StatusOr<EditionFacts> SipriRtfReader::Finish() {
  if (auto status = paragraphs_.Finish(); !status.ok()) return status;
  if (at_ != At::kRows) {
    return LineError(1, 0,
                     at_ == At::kTitle
                         ? "no title: expected \"Transfers of major weapons: ... made for "
                           "YEAR to YEAR\""
                         : absl::StrCat("no header: expected \"", kHeader, "\""));
  }
  SetSipriRegisterKeys(records_);
  for (EditionRecord& record : records_) {
    if (auto status = gate_.Pass(std::move(record)); !status.ok()) return status;
  }
  if (auto status = gate_.CheckAny("a row under the header"); !status.ok()) return status;
  EditionFacts facts;
  facts.source = kSource;
  facts.stamp = stamp_;
  facts.scope.set_additions_only(true);
  facts.scope.set_delivery_year_from(first_year_);
  facts.scope.set_delivery_year_to(last_year_);
  if (last_delivery_year_ != 0) facts.covers_until = MakeDate(last_delivery_year_, 12, 31);
  if (!stamp_.has_time()) {
    facts.warnings.push_back(absl::StrCat("the document has no line \"",
                                          absl::string_view(kGenerated.data(), kGenerated.size()),
                                          "\", so no publish date"));
  }
  facts.warnings.push_back(
      "the document does not say which weapons it selects: what it does not hold is not taken as "
      "ended");
  return facts;
}

bool Recognises(const Sniff& sniff) {
  return sniff.first_bytes.starts_with("{\\rtf") &&
         sniff.first_bytes.find(kTitle) != std::string_view::npos;
}

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<SipriRtfReader>(table, sink);
}

}  // namespace

const EditionFormat& SipriRtfFormat() {
  static const auto& format = *new EditionFormat{kSource, 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
