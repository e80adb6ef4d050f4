// The flags of every command that reads: at which cut, and after which sequence.
#pragma once

#include <cstdint>
#include <string>

#include "dossier/v1/query_service.pb.h"
#include "services/cli/session.h"

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace dossier {

struct ReadFlags {
  std::string effective;
  std::string known_by;
  std::string accepted_by;
  uint64_t at_sequence = 0;
  uint64_t wait_for = 0;
};

// --effective, --known-by, --accepted-by, --at-sequence, --wait-for. Texts that are no date or
// time are refused while the command line is read.
void AddReadFlags(CLI::App& command, ReadFlags& flags);

// What the flags ask for.
v1::ReadAt ReadAtOf(const ReadFlags& flags);

// For options that take "2024", "2024-03", "2024-03-18".
CLI::Validator IsDate();
// Also RFC 3339, "2024-03-18T12:00:00Z".
CLI::Validator IsDateOrTime();

}  // namespace dossier
