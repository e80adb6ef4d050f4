#include "services/ingest/endings.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/model/dates.h"
#include "storage/view_keys.h"

namespace dossier {
namespace {

// What may end without the loader's word: one in ten records for each begun month since the
// edition before, at most half of them; or so few as tell nothing.
constexpr int kEndingPercentAMonth = 10;
constexpr int kEndingPercentMax = 50;
constexpr uint64_t kEndingMin = 10;
constexpr absl::Duration kMonth = absl::Hours(24 * 30);

template <typename Values>
bool Overlap(const Values& a, const Values& b) {
  return a.empty() || b.empty() || std::any_of(a.begin(), a.end(), [&](const auto& value) {
           return std::find(b.begin(), b.end(), value) != b.end();
         });
}

// The newest live edition before this one that could have ended records of the same kind; null:
// none.
const v1::Edition* EditionBefore(const std::vector<v1::Edition>& live,
                                 const v1::EditionLoaded& loaded) {
  const StampKey stamp = StampKeyOf(loaded.stamp());
  const v1::Edition* before = nullptr;
  for (const v1::Edition& edition : live) {
    if (!(StampKeyOf(edition.loaded().stamp()) < stamp)) break;
    const v1::Scope& scope = edition.loaded().scope();
    if (!scope.additions_only() && Overlap(scope.part(), loaded.scope().part()) &&
        Overlap(scope.programme(), loaded.scope().programme()) &&
        Overlap(scope.instrument(), loaded.scope().instrument())) {
      before = &edition;
    }
  }
  return before;
}

// What an edition's silence would end: so many of so many records, after so long.
struct Endings {
  const v1::EditionLoaded* edition = nullptr;
  uint64_t ends = 0;
  uint64_t known = 0;
  absl::Duration since;
  bool lacks_end_mark = false;
};

absl::Status Check(const Endings& endings) {
  const auto& [edition, ends, known, since, lacks_end_mark] = endings;
  if (ends <= kEndingMin) return absl::OkStatus();
  const int64_t months = std::clamp<int64_t>(since / kMonth + 1, 1, 100);
  const auto percent = static_cast<uint64_t>(
      lacks_end_mark ? 0 : std::min<int64_t>(kEndingPercentAMonth * months, kEndingPercentMax));
  if (ends * 100 <= percent * known) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      edition->file_name(), ": it would end ", ends, " of the ", known,
      " records known in its scope (", ends * 100 / std::max<uint64_t>(known, 1), " %), expected ",
      lacks_end_mark
          ? absl::StrCat("at most ", kEndingMin, " where a file lacks the mark of its end")
          : absl::StrCat("at most ", percent, " % within ", since / absl::Hours(24),
                         " days since the edition before"),
      "; if that is right, load it with accept_ending; if it is a part of an edition, as an "
      "excerpt"));
}

}  // namespace

absl::Status CheckEndings(const std::vector<v1::Edition>& live, const Comparison& compared,
                          const v1::EditionLoaded& loaded, bool lacks_end_mark) {
  const absl::Time published = ToTime(loaded.stamp().time());
  const v1::Edition* before = EditionBefore(live, loaded);
  const absl::Time then = before != nullptr ? ToTime(before->loaded().stamp().time()) : published;
  Endings own{&loaded, compared.counts.absent(), compared.covered, published - then,
              lacks_end_mark};
  if (absl::Status usual = Check(own); !usual.ok()) return usual;
  std::map<const v1::EditionLoaded*, uint64_t> later;
  for (const Change& change : compared.changes) {
    if (!change.is_void && !change.said.present && change.edition != &loaded) {
      ++later[change.edition];
    }
  }
  for (const auto& [edition, ends] : later) {
    const absl::Duration since = ToTime(edition->stamp().time()) - published;
    absl::Status usual = Check({edition, ends, ends + edition->counts().read(), since, false});
    if (!usual.ok()) return usual;
  }
  return absl::OkStatus();
}

}  // namespace dossier
