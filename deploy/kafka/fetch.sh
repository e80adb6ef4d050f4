#!/bin/bash
# Downloads a Kafka broker's released jars from Maven Central, once, and prints their folder.
#
#   fetch.sh [VERSION]        default: the pinned version, whose jars are checked against
#                             jars-VERSION.sha256; any other version is kept as it came
#
# Pinned is the newest release against which all of tests/integration passes with librdkafka 2.0.2,
# idempotence, transactions and zstd included. That client takes its features from the lowest
# protocol versions that a broker announces (librdkafka issue 4948); brokers of 4.x still announce
# those it looks for (KAFKA-18659).
#
# The folder is ${XDG_CACHE_HOME:-$HOME/.cache}/dossier/kafka-VERSION. Needs mvn (Debian: maven),
# with the machine's own settings for mirrors and proxies.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=${1:-$(cat "$here/VERSION")}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/dossier
target=$cache/kafka-$version
pinned=$here/jars-$version.sha256

say() { echo "kafka/fetch: $*" >&2; }
die() { say "$*"; exit 1; }

# The sums to hold a folder against: the project's, or those taken when it was downloaded.
sums_of() { if [[ -f $pinned ]]; then echo "$pinned"; else echo "$1/SHA256SUMS"; fi; }
verify() { (cd "$1" && sha256sum --check --strict --quiet "$(sums_of "$1")") >&2; }

[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || die "version \"$version\": expected as in 4.4.0"

if [[ -d $target ]]; then
  verify "$target" || die "$target does not hold the jars it should; remove it and run again"
  echo "$target"
  exit 0
fi

command -v mvn >/dev/null || die "mvn not found: apt-get install maven"
mkdir -p "$cache"
download=$(mktemp -d "$cache/kafka-$version.XXXXXX")
trap 'rm -rf "$download"' EXIT

say "downloading Apache Kafka $version and what it runs on from Maven Central"
mvn --batch-mode --quiet --strict-checksums --file "$here/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
  -Dkafka.version="$version" -DincludeScope=runtime -DoutputDirectory="$download" >&2 ||
  die "Maven could not download Kafka $version: see above"
(cd "$download" && sha256sum -- *.jar >SHA256SUMS)
verify "$download" || die "the jars of Kafka $version are not those of $(basename "$pinned")"

# Another fetch may have been faster; either way a whole folder is in place.
mv -T "$download" "$target" 2>/dev/null || [[ -d $target ]] || die "cannot create $target"
say "$(ls "$target" | grep -c '\.jar$') jars in $target"
echo "$target"
