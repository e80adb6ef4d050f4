#include "tests/integration/registers_fixture.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

constexpr char kFolder[] = DOSSIER_SOURCE_DIR "/../shared/data/transfers";

}  // namespace

void RegistersTest::SetUp() {
  if (!std::filesystem::exists(kFolder)) {
    GTEST_SKIP() << "the published registers are not at hand: expected in ../shared/data/transfers "
                    "beside the project's folder";
  }
}

std::string RegistersTest::Bytes(const std::string& name) {
  std::ifstream file(absl::StrCat(kFolder, "/sipri_", name, ".csv"), std::ios::binary);
  EXPECT_TRUE(file.good()) << "sipri_" << name << ".csv is missing in " << kFolder;
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

v1::LoadReport RegistersTest::Load(IngestPath& path, const std::string& name) {
  return LoadBytes(path, name + ".csv", Bytes("register_17col_id_" + name));
}

v1::LoadReport RegistersTest::LoadFile(IngestPath& path, const std::string& name) {
  return LoadBytes(path, absl::StrCat("sipri_", name, ".csv"), Bytes(name));
}

v1::LoadReport RegistersTest::LoadBytes(IngestPath& path, const std::string& file_name,
                                        const std::string& bytes) {
  v1::LoadOptions options;
  options.set_file_name(file_name);
  auto report = path.Load(bytes, options);
  EXPECT_TRUE(report.ok()) << report.status();
  if (!report.ok()) return {};
  const v1::LoadCounts& counts = report->edition().counts();
  EXPECT_EQ(counts.rejected(), 0u) << file_name;
  EXPECT_EQ(counts.read(), counts.published() + counts.unchanged()) << file_name;
  return *std::move(report);
}

}  // namespace dossier
