#!/bin/bash
# One real Kafka broker on this machine: a single node, KRaft, loopback only.
#
#   broker.sh start DIR [--port N] [--version V] [--owner PID]
#                           prints HOST:PORT once the broker answers
#   broker.sh status DIR    prints HOST:PORT, or fails
#   broker.sh stop DIR      orderly
#   broker.sh kill DIR      SIGKILL, as a crash would
#
# DIR holds everything: server.properties, the log, broker.out, the process id. Started again in
# the same DIR, the broker keeps its port and its topics. Without --port a free one is chosen.
# With --owner the broker is killed once that process has ended, however it ended.
# Any number of brokers can run, each in its own DIR. KAFKA_JAVA_OPTS replaces the heap's 512 MiB.
# Needs java 17 (Debian: openjdk-17-jre-headless) and, the first time, what fetch.sh needs.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
host=127.0.0.1
answer_seconds_max=60
stop_seconds_max=30

say() { echo "kafka/broker: $*" >&2; }
die() { say "$*"; exit 1; }
usage() { sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

property() { sed -n "s/^$1=//p" "$dir/server.properties"; }
port_in_use() { (exec 3<>"/dev/tcp/$host/$1") 2>/dev/null; }

# Below the range from which the kernel takes ports for clients.
free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if ! port_in_use "$port"; then echo "$port"; return; fi
  done
  die "no free port found between 20000 and 32000"
}

# The process that runs in DIR, if any: an id in a file may by now be somebody else's.
running_pid() {
  local pid
  pid=$(cat "$dir/pid" 2>/dev/null) || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "$dir/server.properties" || return 1
  echo "$pid"
}

# Whether the broker answers an ApiVersions request: it does once it has joined its own cluster.
answers() {
  local answer
  answer=$(timeout 2 bash -c '
    exec 3<>"/dev/tcp/$1/$2" || exit 1
    printf "\0\0\0\x0a\0\x12\0\0\0\0\0\x01\xff\xff" >&3
    head -c 8 <&3 | od -An -tx1' - "$host" "$1" 2>/dev/null) || return 1
  [[ $answer == *"00 00 00 01" ]]
}

write_properties() {
  local port=$1 controller_port
  controller_port=$(free_port)
  [[ $controller_port != "$port" ]] || controller_port=$(free_port)
  cat >"$dir/server.properties" <<END
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@$host:$controller_port
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://$host:$port,CONTROLLER://$host:$controller_port
advertised.listeners=PLAINTEXT://$host:$port
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$dir/log
# A topic is made by whoever knows its settings.
auto.create.topics.enable=false
unclean.leader.election.enable=false
# One node: what has no replica must be on disk before it is acknowledged.
log.flush.interval.messages=1
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
END
}

format_storage() {
  local cluster_id
  # An id that begins with "-" would be read as an option.
  cluster_id=A$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | head -c 21)
  say "formatting $dir/log as cluster $cluster_id"
  java -cp "$jars/*" -Dorg.slf4j.simpleLogger.defaultLogLevel=warn kafka.tools.StorageTool \
    format --cluster-id "$cluster_id" --config "$dir/server.properties" >>"$dir/broker.out" 2>&1 ||
    die "cannot format $dir/log: see $dir/broker.out"
}

wait_until_it_answers() {
  local pid=$1 port=$2 deadline=$((SECONDS + answer_seconds_max))
  until answers "$port"; do
    kill -0 "$pid" 2>/dev/null ||
      die "the broker ended while starting: $(tail -n 3 "$dir/broker.out")"
    ((SECONDS < deadline)) ||
      die "no answer at $host:$port within $answer_seconds_max s: see $dir/broker.out"
    sleep 0.1
  done
}

# Kills the broker once its owner is gone. Ends with the broker.
watch_owner() {
  local owner=$1 pid=$2
  while kill -0 "$owner" 2>/dev/null && [[ $(running_pid) == "$pid" ]]; do sleep 1; done
  if [[ $(running_pid) == "$pid" ]]; then kill -KILL "$pid"; fi
}

start() {
  local port=$1 version=$2 owner=$3 pid kept jars
  if pid=$(running_pid); then die "a broker (process $pid) already runs in $dir"; fi
  command -v java >/dev/null || die "java not found: apt-get install openjdk-17-jre-headless"
  # shellcheck disable=SC2086
  jars=$("$here/fetch.sh" $version)
  if [[ -f $dir/server.properties ]]; then
    kept=$(property advertised.listeners)
    [[ -z $port || $port == "${kept##*:}" ]] ||
      die "$dir belongs to a broker on port ${kept##*:}, not $port"
    port=${kept##*:}
  else
    port=${port:-$(free_port)}
    write_properties "$port"
  fi
  if port_in_use "$port"; then die "port $port of $host is taken by another process"; fi
  [[ -f $dir/log/meta.properties ]] || format_storage

  say "starting Kafka in $dir on $host:$port"
  # shellcheck disable=SC2086
  setsid java ${KAFKA_JAVA_OPTS:--Xms512m -Xmx512m} -cp "$jars/*" \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.showDateTime=true \
    -Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd\'T\'HH:mm:ss.SSS \
    kafka.Kafka "$dir/server.properties" </dev/null >>"$dir/broker.out" 2>&1 &
  echo $! >"$dir/pid"
  pid=$!
  if [[ -n $owner ]]; then watch_owner "$owner" "$pid" </dev/null >/dev/null 2>&1 & fi
  wait_until_it_answers "$pid" "$port"
  echo "$host:$port"
}

status() {
  local pid listener
  pid=$(running_pid) || die "no broker runs in $dir"
  listener=$(property advertised.listeners)
  answers "${listener##*:}" || die "the broker (process $pid) does not answer at $host:${listener##*:}"
  echo "$host:${listener##*:}"
}

# Sends a signal and waits for the process to be gone. No broker: nothing to do.
end() {
  local signal=$1 pid deadline=$((SECONDS + stop_seconds_max))
  if ! pid=$(running_pid); then say "no broker runs in $dir"; return; fi
  say "SIG$signal to the broker in $dir (process $pid)"
  kill "-$signal" "$pid" 2>/dev/null || true
  while running_pid >/dev/null; do
    ((SECONDS < deadline)) ||
      die "the broker (process $pid) still runs $stop_seconds_max s after SIG$signal"
    sleep 0.1
  done
  rm -f "$dir/pid"
}

(($# >= 2)) || usage
verb=$1 dir=$2
shift 2
port='' version='' owner=''
while (($#)); do
  [[ $verb == start && $# -ge 2 ]] || usage
  case $1 in
    --port) port=$2 ;;
    --version) version=$2 ;;
    --owner) owner=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[[ $port =~ ^[0-9]*$ ]] || die "port \"$port\": expected a number"
if [[ $verb == start ]]; then mkdir -p "$dir"; fi
dir=$(cd "$dir" 2>/dev/null && pwd) || die "no such folder: $dir"

case $verb in
  start) start "$port" "$version" "$owner" ;;
  status) status ;;
  stop) end TERM ;;
  kill) end KILL ;;
  *) usage ;;
esac
