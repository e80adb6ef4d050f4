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
  const std::string cut_piece(CutPiece(whole->remarks()));
  // Each stands in the raw text of its own record, where alone it could not be read.
  if (!raw->empty() && raw->back() == cut_piece) raw->pop_back();
  if (!rest_raw.empty() && rest.starts_with(rest_raw.front())) rest_raw.erase(rest_raw.begin());
  ParseRemarksRest(cut_piece, rest, *whole, raw);
  raw->insert(raw->end(), rest_raw.begin(), rest_raw.end());
  whole->mutable_remarks()->append(rest);
  whole->clear_remarks_cut();
}

}  // namespace

v1::Sanction MergeParts(const v1::Event& primary, const std::vector<v1::Event>& parts,
                        bool comments_go_on, std::vector<std::string>* raw) {
  v1::Sanction whole = primary.present().sanction();
  raw->assign(primary.raw().begin(), primary.raw().end());
  for (const v1::Event& event : parts) {
    const v1::Sanction& part = event.present().sanction();
    const bool is_comments = part.part() == v1::SANCTION_PART_COMMENTS;
    if (is_comments && !comments_go_on) {
      // Of other remarks than those: what could be read of them is not the entry's any more.
      raw->push_back(part.remarks());
      continue;
    }
    AddPart(part, &whole);
    if (is_comments) {
      JoinRemarks(event, &whole, raw);
    } else {
      raw->insert(raw->end(), event.raw().begin(), event.raw().end());
    }
  }
  return whole;
}

}  // namespace dossier
