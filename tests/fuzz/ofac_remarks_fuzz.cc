// Any remarks: kept whole; and cut anywhere, no piece of them is lost.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "glog/logging.h"
#include "services/model/ofac_remarks.h"

namespace dossier {
namespace {

void Parse(std::string_view remarks, size_t cut_at) {
  v1::Sanction sanction;
  std::vector<std::string> raw;
  ParseRemarks(remarks, false, sanction, &raw);
  CHECK(sanction.remarks() == remarks);
  for (const std::string& text : raw) {
    CHECK(!text.empty() && remarks.find(text) != std::string_view::npos) << text;
  }

  const std::string_view kept = remarks.substr(0, cut_at);
  const std::string_view rest = remarks.substr(cut_at);
  v1::Sanction primary;
  std::vector<std::string> primary_raw;
  ParseRemarks(kept, true, primary, &primary_raw);
  const std::string_view cut_piece = CutPiece(kept);
  CHECK(kept.ends_with(cut_piece));
  CHECK(cut_piece.empty() || primary_raw.back() == cut_piece);

  v1::Sanction comments;
  std::vector<std::string> comments_raw;
  ParseComments(rest, comments, &comments_raw);
  CHECK(comments.remarks() == rest);
  ParseRemarksRest(cut_piece, rest, primary, &primary_raw);
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  dossier::Parse(input, size == 0 ? 0 : bytes[size - 1] % (size + 1));
  return 0;
}
