// Files loaded by the program, which is killed at random points and started again.
//
//   KilledLoads loads;
//   for (const std::string& file : files) loads.Load(file);
//   loads.ExpectKnowledge(undisturbed.TakeDigests().knowledge);
//
// Points are drawn from a seed, which is printed; DOSSIER_TEST_SEED in the environment gives one.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "tests/storage/temp_dir.h"

namespace dossier {

class KilledLoads {
 public:
  KilledLoads();

  // Three times begun and killed, if it is not done by then; and once to its end. `flags`: more
  // arguments of "dossier load".
  void Load(const std::string& file, const std::vector<std::string>& flags = {});

  // So does the log, projected anew; and the view that the program left comes to the same rows.
  void ExpectKnowledge(const std::string& knowledge) const;

 private:
  TempDir dir_;
  std::string data_ = dir_.path() + "/data";
  std::mt19937 random_;
};

}  // namespace dossier
