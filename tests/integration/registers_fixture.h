// The publisher's files, where they are at hand, and the whole path to load them through.
#pragma once

#include <string>

#include "gtest/gtest.h"
#include "services/query/flows.h"
#include "tests/property/ingest_path_fixture.h"

namespace dossier {

// Skips a test where the published registers are missing.
class RegistersTest : public testing::Test {
 protected:
  void SetUp() override;

  // The bytes of "sipri_NAME.csv".
  static std::string Bytes(const std::string& name);
  // Loads "sipri_register_17col_id_NAME.csv"; the report, empty where it failed.
  static v1::LoadReport Load(IngestPath& path, const std::string& name);
  // Loads "sipri_NAME.csv"; the report, empty where it failed.
  static v1::LoadReport LoadFile(IngestPath& path, const std::string& name);

 private:
  static v1::LoadReport LoadBytes(IngestPath& path, const std::string& file_name,
                                  const std::string& bytes);
};

}  // namespace dossier
