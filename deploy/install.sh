#!/usr/bin/env bash
# Installs the Debian packages that a build needs, and those of the tests with "tests". Asks for
# nothing that is already there, so it is quick the second time.
#
#   deploy/install.sh [tests]
set -euo pipefail

build=(g++ cmake ninja-build pkg-config ccache mold
  libabsl-dev libprotobuf-dev protobuf-compiler libgrpc++-dev protobuf-compiler-grpc
  librocksdb-dev librdkafka-dev libssl-dev libzstd-dev libicu-dev libxml2-dev libzip-dev
  libgoogle-glog-dev libcli11-dev libspdlog-dev prometheus-cpp-dev nlohmann-json3-dev iso-codes)
tests=(libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev openssl
  clang libclang-rt-14-dev maven openjdk-17-jre-headless)

wanted=("${build[@]}")
[[ "${1:-}" == tests ]] && wanted+=("${tests[@]}")

missing=()
for package in "${wanted[@]}"; do
  [[ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null)" == ii* ]] ||
    missing+=("$package")
done
if ((${#missing[@]} == 0)); then
  echo "install: all ${#wanted[@]} packages are there"
  exit 0
fi

if [[ $EUID -ne 0 ]]; then
  echo "install: needs root to install: ${missing[*]}" >&2
  echo "install: run this as root, or: apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "install: ${#missing[@]} of ${#wanted[@]} packages are missing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log="$(mktemp)"
if ! { apt-get update -q && apt-get install -y -q --no-install-recommends "${missing[@]}"; } \
  >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "install: apt-get failed; its whole output: $log" >&2
  exit 1
fi
rm -f "$log"
echo "install: done"
