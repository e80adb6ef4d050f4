// What a record that was read says, as one text to look a published field up in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"
#include "services/ingest/edition_reader.h"

namespace dossier {

// Text without any white space, U+00A0 included.
std::string WithoutBlanks(std::string_view text);

// All that a record says: each string of its content, its key, element and what was not understood;
// its dates in ISO 8601, as far as they are known; and marks: its enumerated values by their names,
// its flags ("is_citizenship=true", "is_approximate=false"), its numbers and single dates
// ("number=24", "order_date=2023"), the names of the fields that are set, the headings of printed
// fields. Each stands apart, so that nothing is found across two of them.
class RecordText {
 public:
  explicit RecordText(const EditionRecord& record);

  // How often the text stands in the record's texts, white space ignored; of up to three
  // characters, as a word of its own.
  size_t Count(std::string_view text) const;
  // How often the record has exactly this date ("1980" is not in 1980-01-01), or this mark.
  size_t CountDate(std::string_view iso) const { return CountWhole('D', iso); }
  size_t CountMark(std::string_view mark) const { return CountWhole('M', mark); }

 private:
  void Walk(const google::protobuf::Message& message);
  void WalkField(const google::protobuf::Message& message,
                 const google::protobuf::FieldDescriptor* field, int index);
  void AddText(std::string_view text);
  void AddMark(std::string_view mark) { AddWhole('M', mark); }
  void AddWhole(char kind, std::string_view text);
  size_t CountWhole(char kind, std::string_view text) const;

  std::string texts_;  // without white space; a 0x01 around each
  std::string words_;  // as they are, in the same way
  std::string marks_;  // dates and marks: "\x01D1980\x01"
};

}  // namespace dossier
