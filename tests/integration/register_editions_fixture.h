// Three published editions of the 16-column register, loaded as they were published, and what the
// queries say of them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dossier/v1/revisions_service.pb.h"
#include "tests/integration/plain_register_fixture.h"
#include "tests/integration/registers_fixture.h"

namespace dossier {

inline constexpr char kRegisterSource[] = "sipri-register";
inline constexpr size_t kRegisterEditions = 3;
// For LoadFile, in the order of publication; and a day after each, before the next.
inline constexpr const char* kRegisterNames[] = {
    "register_16col_2024-03-18", "register_16col_2025-03-13", "register_16col_2025-10-23"};
inline constexpr const char* kRegisterDays[] = {"2024-06-01", "2025-06-01", "2025-12-01"};
// So many of them, the first, hold deals without deliveries too.
inline constexpr size_t kRegistersWithOrders = 2;

class RegisterEditionsTest : public RegistersTest {
 protected:
  struct Published {
    IngestPath path;
    std::vector<v1::LoadReport> reports;
    std::vector<std::vector<PlainDeal>> plain;
  };

  static void TearDownTestSuite() { published_.reset(); }

  // Loaded at the first call of a suite.
  static Published& InOrder();

  // What was held by the end of a day; of all parties where none is given.
  static std::vector<v1::TransferRecord> Held(IngestPath& path, const std::string& day,
                                              const std::string& supplier = "",
                                              const std::string& recipient = "");

  static v1::ListTransferChangesRequest ChangesBetween(const std::string& from,
                                                       const std::string& to);

  // The row of an edition that a statement rests on.
  static const PlainCells& RowOf(const v1::Ground& ground);

 private:
  static std::unique_ptr<Published> published_;
};

}  // namespace dossier
