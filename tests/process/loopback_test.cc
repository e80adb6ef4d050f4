// Which addresses a token may travel to in plaintext.
#include <gtest/gtest.h>

#include "services/credentials.h"

namespace dossier {
namespace {

TEST(Loopback, IsThisHostAlone) {
  for (const char* address : {"localhost:7400", "127.0.0.1:7400", "127.255.0.9:1", "[::1]:7400",
                              "unix:/run/dossier.sock"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
  }
}

TEST(Loopback, ANameThatBeginsLikeItIsNot) {
  for (const char* address :
       {"127.example.org:7400", "127.0.0.1.example.org:7400", "localhost.example.org:7400",
        "127.1:7400", "128.0.0.1:7400", "[::2]:7400", "::1:7400", "dns:///localhost:7400",
        "localhost:7400@example.org", "127.0.0.1,example.org:7400", "127.0.0.1",
        "localhost:", ""}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

}  // namespace
}  // namespace dossier
