#!/usr/bin/env bash
# From nothing to an answer: installs what a build needs, builds, loads the sample publications,
# serves them on the embedded log, and asks. Run as root on Debian 12 with a network; the second
# run skips what is there. Leaves build-demo/ in the project, and nothing running.
set -euo pipefail
cd "$(dirname "$0")/.."

started=$SECONDS
step() { printf '\n== %s\n' "$*"; }
show() {
  printf '\n$ dossier %s\n' "$*"
  "$dossier" "$@"
}

step "1 of 4: packages"
deploy/install.sh

step "2 of 4: build (in build-demo/; a few minutes the first time)"
log=build-demo/build.log
mkdir -p build-demo
# -O1: the fastest to an answer; a build to keep is -O2, the default.
if ! { cmake -S . -B build-demo -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1 \
  -DDOSSIER_TESTS=OFF &&
  cmake --build build-demo --target dossier; } >"$log" 2>&1; then
  grep -E 'error|FAILED' "$log" | head -n 20 >&2
  echo "demo: the build failed; its whole output: $PWD/$log" >&2
  exit 1
fi
dossier="$PWD/build-demo/services/dossier"
echo "built $dossier"

work="$(mktemp -d)"
server=
cleanup() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
  fi
  rm -rf "$work"
}
trap cleanup EXIT

step "3 of 4: load small editions: an arms-transfer register, and sanctions lists"
export DOSSIER_DATA="$work/data"
show load deploy/samples/transfers-2024-03-18.csv deploy/samples/transfers-2025-03-13.csv
echo; echo "The same register with a row for each deal, in three editions:"
show load deploy/samples/register-2024-03-18.csv deploy/samples/register-2025-03-13.csv \
  deploy/samples/register-2025-10-23.csv
echo; echo "Three lists in their publishers' layouts, of invented parties; OFAC's in parts:"
show load deploy/samples/ofac-sdn-2024-02-20.csv deploy/samples/ofac-sdn-2024-02-23.csv \
  deploy/samples/ofac-alt-2024-02-23.csv deploy/samples/un-consolidated-2024-03-01.xml \
  deploy/samples/uk-ofsi-2018-04-13.csv

step "4 of 4: serve them, and ask"
touch "$work/serve.out"  # it is read before a busy machine has begun to serve
"$dossier" serve --listen 127.0.0.1:0 >"$work/serve.out" 2>"$work/serve.log" &
server=$!
unset DOSSIER_DATA
for _ in $(seq 100); do
  address="$(sed -n 's/^serving on //p' "$work/serve.out")"
  [[ -n $address ]] && break
  if ! kill -0 "$server" 2>/dev/null; then
    cat "$work/serve.log" >&2
    echo "demo: the server did not start" >&2
    exit 1
  fi
  sleep 0.1
done
if [[ -z $address ]]; then
  cat "$work/serve.log" >&2
  echo "demo: the server did not say where it serves within 10 s" >&2
  exit 1
fi
echo "serving on $address (embedded log in $work/data)"
export DOSSIER_SERVER="$address"

echo; echo "What is known of Russia as it is known today:"
show show state:RUS
echo; echo "Iran's deliveries of Shahed-136 to Russia, as they read in June 2024 ..."
show transfers --source sipri-register --supplier Iran --recipient Russia --known-by 2024-06-01
echo; echo "... and in June 2025: 4,600 in place of 1,200, and the unit revalued from 0.2 to 0.1."
show transfers --source sipri-register --supplier Iran --recipient Russia --known-by 2025-06-01
echo; echo "What changed between the two, and of what class each change is:"
show changes sipri-register --from 2024-06-01 --to 2025-06-01 --supplier Iran --recipient Russia
echo; echo "A deal that the newest edition does not list, and why it is not withdrawn:"
show history sipri-register state:RUS/state:IRN/su35s/2023
echo; echo "The two layouts of the register side by side; nothing is added across them:"
show compare --supplier Iran --recipient Russia
echo; echo "Orders that are open, as reported:"
show transfers --source sipri-register --open
echo; echo "A deal's history where each year of it has a row:"
show history sipri-deals 1
echo; echo "The line itself, from the archive:"
show line sipri-deals 1/2023
echo; echo "Who supplied how much, year by year:"
show flows --source sipri-deals --by supplier --from 2015 --to 2024
echo; echo "Who bears a name, in any order of words, or an identifier:"
show search "works drone example"
show search "IMO 9990010"
echo; echo "What a list was on a day, and what changed in it:"
show list ofac-sdn --known-by 2024-02-21
show changes ofac-sdn --from 2024-02-20 --to 2024-02-23
echo; echo "The sanctions on a party, before and after it was taken off the list:"
show sanctions ofac:99004 --known-by 2024-02-21
show sanctions ofac:99004 --ended
echo; echo "A UN listing, with the entries of other lists that claim to carry it out:"
show sanctions un:QDi.990 --follow-claims
echo; echo "An analyst's story of a club with uneven ties, event by event:"
show append --analyst club deploy/samples/club.txtpb
echo; echo "How strong the ties among the four were, on three days ..."
for day in 2019-01-01 2024-05-01 2024-11-01; do
  show ties CHN RUS IRN PRK --effective "$day"
done
echo; echo "... and what changed them:"
show ties CHN RUS IRN PRK --from 2019-01-01 --to 2024-11-01
echo; echo "Two of them more closely: a treaty that is signed, and troops:"
show tie state:RUS state:PRK --effective 2024-11-01
echo; echo "What this log holds, and the digests by which two systems prove that they hold the same:"
show status
show digest

printf '\nDone in %d s. Try it on your own files:\n' $((SECONDS - started))
echo "  $dossier --data DIR load FILE...     $dossier --data DIR show ACTOR     $dossier --help"
