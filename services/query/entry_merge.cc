#include "services/query/entry_merge.h"

#include <utility>

#include "services/model/ofac_remarks.h"

namespace dossier {
namespace {

// All that a part says beside whose it is; its remarks stand apart.
void AddPart(v1::Sanction part, v1::Sanction* whole) {
  part.clear_part();
  part.clear_target();
  part.clear_target_kind();
  part.clear_list();
  part.clear_authority();
  part.clear_programme();
  part.clear_remarks();
  part.clear_remarks_cut();
  whole->MergeFrom(part);
}

// The rest of remarks begins where they were cut, within a word as it may be: the piece that was
// cut is read again.
void JoinRemarks(const v1::Event& comments, v1::Sanction* whole, std::vector<std::string>* raw) {
  const std::string& rest = comments.present().sanction().remarks();
  std::vector<std::string> rest_raw(comments.raw().begin(), comments.raw().end());
  const bool goes_on = whole->remarks_cut();
  const std::string cut_piece(goes_on ? CutPiece(whole->remarks()) : "");
  std::string joined = whole->remarks();
  if (!goes_on && !joined.empty()) joined.push_back(' ');
  joined.append(rest);
  if (goes_on) {
    // Each stands in the raw text of its own record, where alone it could not be read.
    if (!raw->empty() && raw->back() == cut_piece) raw->pop_back();
    if (!rest_raw.empty() && rest.starts_with(rest_raw.front())) rest_raw.erase(rest_raw.begin());
    ParseRemarksRest(cut_piece, rest, *whole, raw);
  }
  raw->insert(raw->end(), rest_raw.begin(), rest_raw.end());
  whole->set_remarks(std::move(joined));
  whole->clear_remarks_cut();
}

}  // namespace

v1::Sanction MergeParts(const v1::Event& primary, const std::vector<v1::Event>& parts,
                        std::vector<std::string>* raw) {
  v1::Sanction whole = primary.present().sanction();
  raw->assign(primary.raw().begin(), primary.raw().end());
  for (const v1::Event& event : parts) {
    const v1::Sanction& part = event.present().sanction();
    AddPart(part, &whole);
    if (part.part() == v1::SANCTION_PART_COMMENTS) {
      JoinRemarks(event, &whole, raw);
    } else {
      raw->insert(raw->end(), event.raw().begin(), event.raw().end());
    }
  }
  return whole;
}

}  // namespace dossier
