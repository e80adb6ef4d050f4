#include "services/ingest/sources/sipri_orders_json.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "services/ingest/sources/country_names.h"
#include "services/ingest/sources/foreign_text.h"
#include "services/ingest/sources/record_gate.h"
#include "services/ingest/sources/sipri_orders_json_row.h"
#include "services/model/dates.h"
#include "services/utf8.h"

namespace dossier {
namespace {

constexpr char kSource[] = "sipri-orders";
constexpr size_t kFileBytesMax = size_t{64} << 20;
constexpr size_t kOrderBytesMax = 64 << 10;
constexpr size_t kShownBytesMax = 200;
constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// What the parser reads, so that one who listens to it knows how far it has come: right behind the
// brace, key, text or literal that it tells of, and one byte further behind a number.
class CountedBytes {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountedBytes() = default;
  CountedBytes(const char* at, size_t* read) : at_(at), read_(read) {}
  reference operator*() const { return *at_; }
  CountedBytes& operator++() {
    ++at_;
    ++*read_;
    return *this;
  }
  CountedBytes operator++(int) {
    const CountedBytes before = *this;
    ++*this;
    return before;
  }
  friend bool operator!=(const CountedBytes& a, const CountedBytes& b) { return a.at_ != b.at_; }

 private:
  const char* at_ = nullptr;
  size_t* read_ = nullptr;
};

// Lines and columns of ascending offsets.
class Places {
 public:
  struct Place {
    uint32_t line = 1;
    uint32_t column = 1;  // in characters
  };

  explicit Places(std::string_view bytes) : bytes_(bytes) {}

  Place Of(size_t offset) {
    for (; offset_ < std::min(offset, bytes_.size()); ++offset_) {
      const char c = bytes_[offset_];
      if (c == '\n') {
        place_ = {place_.line + 1, 1};
      } else if ((c & 0xc0) != 0x80) {
        ++place_.column;
      }
    }
    return place_;
  }

 private:
  std::string_view bytes_;
  size_t offset_ = 0;
  Place place_;
};

class OrdersParser : public nlohmann::json::json_sax_t {
 public:
  OrdersParser(std::string_view bytes, const ActorTable& table, RecordGate& gate)
      : bytes_(bytes), names_(table, kSource), gate_(gate), places_(bytes) {}

  absl::Status Run() {
    const char* const begin = bytes_.data();
    // Reports what is wrong by parse_error below; it throws nothing.
    nlohmann::json::sax_parse(CountedBytes(begin, &read_),
                              CountedBytes(begin + bytes_.size(), &read_), this);
    return status_;
  }

  void Fill(EditionFacts& facts) const;

  bool null() override { return OnScalar(nullptr); }
  bool boolean(bool value) override { return OnScalar(value); }
  bool number_integer(int64_t value) override { return OnScalar(value); }
  bool number_unsigned(uint64_t value) override {
    if (value > std::numeric_limits<int64_t>::max()) return OnScalar(std::monostate());
    return OnScalar(static_cast<int64_t>(value));
  }
  bool number_float(double, const std::string&) override { return OnScalar(std::monostate()); }
  bool string(std::string& value) override { return OnScalar(std::move(value)); }
  bool binary(nlohmann::json::binary_t&) override { return false; }  // not in JSON's text
  bool start_object(size_t) override { return Open(/*is_object=*/true); }
  bool start_array(size_t) override { return Open(/*is_object=*/false); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(std::string& key) override {
    if (depth_ == 2) {
      key_ = std::move(key);
      before_value_ = read_;
    }
    return true;
  }
  bool parse_error(size_t position, const std::string&,
                   const nlohmann::json::exception& error) override {
    std::string_view what = error.what();
    constexpr std::string_view kSyntax = "syntax error ";
    const size_t at = what.find(kSyntax);
    what.remove_prefix(at != std::string_view::npos ? at + kSyntax.size() : what.find(' ') + 1);
    status_ = Error(position - std::min<size_t>(position, 1), "this is no JSON: ", ToUtf8(what));
    return false;
  }

 private:
  enum class In { kOrder, kOther };  // what stands in the array

  absl::Status Error(size_t offset, std::string_view problem, std::string_view more) {
    const Places::Place place = places_.Of(offset);
    return LineError(place.line, place.column, std::string(problem).append(more));
  }

  bool OnScalar(JsonScalar scalar);
  bool Open(bool is_object);
  bool Close();
  bool OnValue(JsonValue value);
  bool OnElement(std::string_view printed, Places::Place place);
  bool OnOrder();
  bool Reject(Places::Place place, std::string field, std::string reason,
              std::optional<std::string> key);
  void Count(const v1::Transfer& transfer);

  const std::string_view bytes_;
  const CountryNames names_;
  RecordGate& gate_;
  Places places_;
  absl::Status status_;
  size_t read_ = 0;
  size_t depth_ = 0;         // containers that are open
  size_t before_value_ = 0;  // from here on there is nothing but marks before the next value
  size_t opened_ = 0;        // where the container in an order's key began
  size_t element_ = 0;       // where the element of the array began
  Places::Place element_place_;
  In in_ = In::kOther;
  std::string key_;
  SipriOrderRow row_;

  // Of all orders that were read.
  v1::ActorRef supplier_;
  v1::ActorRef recipient_;
  bool has_one_supplier_ = true;
  bool has_one_recipient_ = true;
  uint32_t orders_ = 0;
  uint32_t with_delivery_ = 0;
  int first_order_year_ = 0;
  int last_order_year_ = 0;
  int last_delivery_year_ = 0;
};

bool OrdersParser::OnScalar(JsonScalar scalar) {
  if (depth_ > 2) return true;
  const size_t begin = std::min(
      bytes_.find_first_not_of(depth_ == 0 ? "\xef\xbb\xbf \t\r\n" : " \t\r\n:,", before_value_),
      bytes_.size());
  // A number ends at the first byte that cannot be of one; others where the parser is.
  const bool is_number =
      begin < bytes_.size() &&
      std::string_view("-0123456789").find(bytes_[begin]) != std::string_view::npos;
  const size_t end =
      is_number ? std::min(bytes_.find_first_not_of("+-.0123456789eE", begin), bytes_.size())
                : read_;
  return OnValue({std::move(scalar), bytes_.substr(begin, end - begin), begin});
}

bool OrdersParser::Open(bool is_object) {
  const size_t begin = read_ - 1;
  if (depth_ == 0) {
    if (is_object) return OnValue({std::monostate(), bytes_.substr(begin), begin});
  } else if (depth_ == 1) {
    element_ = begin;
    in_ = is_object ? In::kOrder : In::kOther;
    element_place_ = places_.Of(begin);
    row_ = SipriOrderRow();
  } else if (depth_ == 2) {
    opened_ = begin;
  }
  ++depth_;
  before_value_ = read_;
  return true;
}

bool OrdersParser::Close() {
  --depth_;
  before_value_ = read_;
  if (depth_ == 2) {
    return OnValue({std::monostate(), bytes_.substr(opened_, read_ - opened_), opened_});
  }
  if (depth_ != 1) return true;
  return in_ == In::kOrder ? OnOrder()
                           : OnElement(bytes_.substr(element_, read_ - element_), element_place_);
}

// A value that is whole: the file's, an element of its array, one in an order.
bool OrdersParser::OnValue(JsonValue value) {
  before_value_ = read_;
  if (depth_ == 0) {
    status_ = Error(value.offset, "found ",
                    absl::StrCat(Quoted(ValidUtf8(value.printed.substr(0, kShownBytesMax))),
                                 ": expected an array of orders, [ { \"id\": ... } ... ]"));
    return false;
  }
  if (depth_ == 1) return OnElement(value.printed, places_.Of(value.offset));
  if (in_ == In::kOrder) row_.Set(key_, std::move(value));
  return true;
}

// An element of the array that is no object.
bool OrdersParser::OnElement(std::string_view printed, Places::Place place) {
  return Reject(place, "",
                absl::StrCat("found ", Quoted(printed), ": expected an order, { \"id\": ... }"),
                std::nullopt);
}

bool OrdersParser::OnOrder() {
  EditionRecord record;
  if (const size_t size = read_ - element_; size > kOrderBytesMax) {
    return Reject(element_place_, "",
                  absl::StrCat("the order has ", size, " bytes: expected at most ", kOrderBytesMax),
                  row_.Key());
  }
  if (const auto fault = row_.Read(names_, record)) {
    const Places::Place place = fault->offset ? places_.Of(*fault->offset) : element_place_;
    return Reject(place, fault->field, fault->reason, row_.Key());
  }
  record.line = element_place_.line;
  record.line_end = places_.Of(read_ - 1).line;
  Count(record.present.transfer());
  status_ = gate_.Pass(std::move(record));
  return status_.ok();
}

bool OrdersParser::Reject(Places::Place place, std::string field, std::string reason,
                          std::optional<std::string> key) {
  v1::Rejection rejection = RejectionAt(place.line, field, std::move(reason));
  rejection.set_column(place.column);
  status_ = gate_.Reject(std::move(rejection), std::move(key));
  return status_.ok();
}

void OrdersParser::Count(const v1::Transfer& transfer) {
  if (orders_++ == 0) {
    supplier_ = transfer.supplier();
    recipient_ = transfer.recipient();
  }
  has_one_supplier_ = has_one_supplier_ && transfer.supplier().id() == supplier_.id();
  has_one_recipient_ = has_one_recipient_ && transfer.recipient().id() == recipient_.id();
  if (const int year = transfer.order_date().year(); year != 0) {
    first_order_year_ = first_order_year_ == 0 ? year : std::min(first_order_year_, year);
    last_order_year_ = std::max(last_order_year_, year);
  }
  if (transfer.delivery_size() == 0) return;
  ++with_delivery_;
  last_delivery_year_ = std::max<int>(last_delivery_year_, transfer.delivery(0).year(0));
}

void OrdersParser::Fill(EditionFacts& facts) const {
  facts.source = kSource;
  facts.scope.set_additions_only(true);
  if (has_one_supplier_) facts.scope.add_supplier(supplier_.id());
  if (has_one_recipient_) facts.scope.add_recipient(recipient_.id());
  if (last_delivery_year_ != 0) facts.covers_until = MakeDate(last_delivery_year_, 12, 31);
  std::string rows = has_one_supplier_ ? "supplier " + supplier_.printed_name() : "any supplier";
  absl::StrAppend(&rows, ", ",
                  has_one_recipient_ ? "recipient " + recipient_.printed_name() : "any recipient");
  if (first_order_year_ != 0) {
    absl::StrAppend(&rows, ", orders of ", first_order_year_, " to ", last_order_year_);
  }
  facts.warnings.push_back(absl::StrCat("the file does not say what it selects; its rows show ",
                                        rows, "; what it does not hold is not taken as ended"));
  facts.warnings.push_back(absl::StrCat(
      "of ", orders_, " orders, ", with_delivery_,
      " have a year of delivery, read as that of the last one; whether units of the others were "
      "delivered is not said"));
}

class SipriOrdersReader : public EditionReader {
 public:
  SipriOrdersReader(const ActorTable& table, RecordSink& sink) : table_(table), gate_(sink) {}

  absl::Status Feed(std::string_view bytes) override {
    if (bytes.size() > kFileBytesMax - bytes_.size()) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the file is too long: expected at most ", kFileBytesMax, " bytes"));
    }
    bytes_.append(bytes);
    return absl::OkStatus();
  }

  absl::StatusOr<EditionFacts> Finish() override {
    OrdersParser parser(bytes_, table_, gate_);
    if (auto status = parser.Run(); !status.ok()) return status;
    if (auto status = gate_.CheckAny("an order, { \"id\": ... }"); !status.ok()) return status;
    EditionFacts facts;
    parser.Fill(facts);
    return facts;
  }

 private:
  const ActorTable& table_;
  RecordGate gate_;
  std::string bytes_;  // at most kFileBytesMax
};

bool Recognises(const Sniff& sniff) {
  std::string_view bytes = sniff.first_bytes;
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  bytes.remove_prefix(std::min(bytes.find_first_not_of(kBlank), bytes.size()));
  return bytes.starts_with('[') &&
         (sniff.source == kSource || bytes.find("\"tradeId\"") != std::string_view::npos);
}

std::unique_ptr<EditionReader> Open(const ActorTable& table, RecordSink& sink, std::string_view) {
  return std::make_unique<SipriOrdersReader>(table, sink);
}

}  // namespace

const EditionFormat& SipriOrdersJsonFormat() {
  static const auto& format = *new EditionFormat{"sipri-orders-json", 1, kSource, Recognises, Open};
  return format;
}

}  // namespace dossier
