#!/usr/bin/env bash
# Installs, builds and runs every test: unit, property, integration (a real Kafka broker from its
# released jars), sanitizers, and a short run of each fuzz target. Run as root on Debian 12 with a
# network; the second run skips what is there.
#
#   tests/run.sh            everything
#   tests/run.sh quick      without sanitizers and fuzzing
set -euo pipefail
cd "$(dirname "$0")/.."

quick=no
case "${1:-}" in
  "") ;;
  quick) quick=yes ;;
  *)
    echo "run: unknown argument \"$1\"; expected nothing or \"quick\"" >&2
    exit 2
    ;;
esac
started=$SECONDS
step() { printf '\n== [%4d s] %s\n' $((SECONDS - started)) "$*"; }
build() { # folder, targets in one word, then cmake arguments
  local folder=$1 targets=$2
  shift 2
  mkdir -p "$folder"
  # shellcheck disable=SC2086 # the targets are words
  if ! { cmake -S . -B "$folder" -G Ninja "$@" && cmake --build "$folder" --target $targets; } \
    >"$folder/build.log" 2>&1; then
    grep -E 'error|FAILED' "$folder/build.log" | head -n 30 >&2
    echo "run: the build in $folder failed; its whole output: $PWD/$folder/build.log" >&2
    exit 1
  fi
}

step "packages"
deploy/install.sh tests

step "Kafka's released jars"
deploy/kafka/fetch.sh

step "build (build-test/)"
build build-test all -DCMAKE_BUILD_TYPE=Release

if [[ $quick == no ]]; then
  step "build tests and fuzz targets with address and undefined-behaviour sanitizers (build-asan/)"
  sanitized=(storage model projector ingest query process cli property)
  build build-asan "${sanitized[*]/%/_test} fuzz" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_CXX_FLAGS_RELEASE=-O1 -DCMAKE_CXX_COMPILER=clang++ -DDOSSIER_SANITIZE=ON
  step "unit and property tests under the sanitizers"
  pattern="$(IFS='|' && echo "^(${sanitized[*]})\$")"
  LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp" \
    ctest --test-dir build-asan --output-on-failure -R "$pattern"

  for target in build-asan/tests/fuzz/*_fuzz; do
    step "fuzz $(basename "$target") for 15 s"
    corpus="build-asan/corpus/$(basename "$target")" # new finds go here, and stay for the next run
    mkdir -p "$corpus"
    if ! "$target" -max_total_time=15 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix=build-asan/ "$corpus" tests/testdata/ >build-asan/fuzz.log 2>&1; then
      tail -n 60 build-asan/fuzz.log >&2
      echo "run: $(basename "$target") found a fault; the input is in build-asan/" >&2
      exit 1
    fi
    grep -E 'stat::number_of_executed_units|stat::average_exec_per_sec' build-asan/fuzz.log
  done
fi

step "every test, Kafka included"
ctest --test-dir build-test --output-on-failure
step "done"
