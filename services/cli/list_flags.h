// The flags by which a list's entries are chosen, and how many of them are listed.
#pragma once

#include <string>
#include <vector>

#include "dossier/v1/sanctions_service.pb.h"

namespace CLI {
class App;
}

namespace dossier {

struct FilterFlags {
  std::vector<std::string> programme, country, measure, kind;
};

// --programme, --country, --measure, --kind. Words that name no measure or kind are refused while
// the command line is read.
void AddFilterFlags(CLI::App& command, FilterFlags& flags);
v1::EntryFilter FilterOf(const FilterFlags& flags);

struct LimitFlags {
  int limit = 50;
  bool all = false;

  // How many a page is to have where so many are listed already.
  int PageSize(int listed) const;
  bool WantsMore(int listed) const { return all || listed < limit; }
};

// --limit N, --all.
void AddLimitFlags(CLI::App& command, LimitFlags& flags, const std::string& what);

}  // namespace dossier
