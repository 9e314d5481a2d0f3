#!/usr/bin/env bash
# A cluster on this machine: a PostgreSQL of its own, two silos and two API nodes, all on loopback. What dies is started again, and
# Ctrl-C stops it all. For ./run cluster [--port N], where N is the first API node's port.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source eng/common.sh

home=data/cluster
logs=$home/logs

# In the order of their start; the arrays below have their indices.
parts=(postgres silo-1 silo-2 api-1 api-2)
ports=() gateways=() pids=() started_at=()

# The first port from N on at which nobody listens.
free_port() {
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

choose_ports() {
  ports=("$(free_port 5433)" "$(free_port 11111)" "" "$(free_port "$1")" "")
  ports[2]=$(free_port $((ports[1] + 1)))
  ports[4]=$(free_port $((ports[3] + 1)))
  gateways[1]=$(free_port 30000)
  gateways[2]=$(free_port $((gateways[1] + 1)))
}

# PostgreSQL refuses to run as root, so root lends it another user, who has to reach the directory. Sets:
#   postgres_as     what runs a command as whom it has to
#   postgres_home   where it keeps its data and its password
choose_postgres_user() {
  postgres_as=() postgres_home=$PWD/$home/postgres
  ((EUID == 0)) || return 0
  local user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  postgres_as=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups --)
  mkdir -p "$postgres_home"
  "${postgres_as[@]}" test -x "$postgres_home" || postgres_home=/var/tmp/orleanschat-cluster
  mkdir -p "$postgres_home"
  chown -R "$user" "$postgres_home"
}

prepare_postgres() {
  choose_postgres_user
  local password=$postgres_home/password
  if [[ ! -s $postgres_home/data/PG_VERSION ]]; then
    mkdir -p "$postgres_home"
    (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$password")
    ((EUID != 0)) || chown --reference="$postgres_home" "$password"
    quietly "$logs/initdb.log" ${postgres_as[@]+"${postgres_as[@]}"} "$ORLEANSCHAT_POSTGRESQL_BIN/initdb" -D "$postgres_home/data" \
      --username orleanschat --auth scram-sha-256 --pwfile "$password" --encoding UTF8 --locale C ||
      fail "PostgreSQL's data directory could not be made in $postgres_home; the errors are above."
  fi

  export ConnectionStrings__PostgreSQL="Host=127.0.0.1;Port=${ports[0]};Database=postgres;Username=orleanschat;Password=$(cat "$password")"
  export Cluster__Mode=PostgreSQL Cluster__AdvertisedAddress=127.0.0.1
}

# Runs a part in the background, in a process group of its own, which Ctrl-C does not reach.
start() {
  local part=$1 command=()
  case ${parts[part]} in
    postgres) command=(${postgres_as[@]+"${postgres_as[@]}"} "$ORLEANSCHAT_POSTGRESQL_BIN/postgres" -D "$postgres_home/data"
      -c listen_addresses=127.0.0.1 -c "port=${ports[part]}" -c unix_socket_directories=) ;;
    silo-*) command=(env "Cluster__SiloPort=${ports[part]}" "Cluster__GatewayPort=${gateways[part]}" dotnet "$silo_dll") ;;
    api-*) command=(dotnet "$api_dll" --urls "http://127.0.0.1:${ports[part]}") ;;
  esac
  set -m
  "${command[@]}" </dev/null >>"$logs/${parts[part]}.log" 2>&1 &
  set +m
  pids[part]=$! started_at[part]=$SECONDS
}

is_ready() {
  local part=$1 line
  case ${parts[part]} in
    # Its eighth line is the server's state.
    postgres) [[ $(sed -n 8p "$postgres_home/data/postmaster.pid") == ready* ]] ;;
    silo-*) grep -q 'has joined cluster' "$logs/${parts[part]}.log" ;;
    api-*) (exec 3<>"/dev/tcp/127.0.0.1/${ports[part]}" && printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]) ;;
  esac
} 2>/dev/null

# Starts again what has died, and gives up on what dies by itself as soon as it has started. The shell would tell of it too, on the
# standard error.
watch_over() {
  local part code
  for part in "${!pids[@]}"; do
    kill -0 "${pids[part]}" 2>/dev/null && continue
    code=0
    wait "${pids[part]}" || code=$?
    if ((code != 137 && SECONDS - started_at[part] < 5)); then
      tail -n 20 "$logs/${parts[part]}.log"
      echo "${parts[part]} ended with $code right after its start; its log is $logs/${parts[part]}.log."
      stop_all 1
    fi
    echo "$(date +%T) ${parts[part]} ended with $code, and is started again."
    sleep 1
    start "$part"
    echo "$(date +%T) ${parts[part]} has process id ${pids[part]} now."
  done
}

# Readers are told to go before the silos are, and the silos before the database is.
stop_all() {
  trap '' INT TERM HUP
  echo "Stopping …"
  local kind part
  for kind in api silo postgres; do
    for part in "${!pids[@]}"; do
      # PostgreSQL takes the one for a request to wait for its clients, and the other for one to stop.
      [[ ${parts[part]} != "$kind"* ]] || kill "-$([[ $kind == postgres ]] && echo INT || echo TERM)" "${pids[part]}" 2>/dev/null || true
    done
    for part in "${!pids[@]}"; do
      [[ ${parts[part]} != "$kind"* ]] || wait "${pids[part]}" 2>/dev/null || true
    done
  done
  exit "$1"
}

describe() {
  cat <<TEXT

The cluster is ready: PostgreSQL at port ${ports[0]}, silos with process ids ${pids[1]} and ${pids[2]}, API nodes at http://localhost:${ports[3]} and
http://localhost:${ports[4]}. Logs are in $logs. Ctrl-C stops it all.

Start a long reply on one API node:

  id=\$(curl -s -X POST localhost:${ports[3]}/conversations | grep -o 'conv_[a-z0-9]*' | head -1)
  curl -N localhost:${ports[3]}/conversations/\$id/messages -H 'Content-Type: application/json' -H 'Accept: text/event-stream' \\
    -d '{"content":"Why is the sky blue? [demo: tokens=900]"}'

Stop that with Ctrl-C, and go on at the other node after the last id that you have seen, say 41:

  curl -N "localhost:${ports[4]}/conversations/\$id/events?until=idle" -H 'Last-Event-ID: 41'

Meanwhile kill a silo, and watch the other one take its replies over while the killed one starts again:

  kill -9 ${pids[1]}

TEXT
}

first_port=5001
[[ ${1:-} != --port ]] || { first_port=${2:?--port needs a number}; shift 2; }
(($# == 0)) || fail "Usage: ./run cluster [--port N]"

require_dotnet
restore Api
[[ $orleans == Orleans\ * ]] || fail "A cluster needs Orleans itself; this build would have $orleans."
find_or_install_postgres || fail "A cluster needs PostgreSQL (Debian: apt-get install postgresql). ORLEANSCHAT_POSTGRESQL_BIN can name the directory of its programs."
echo "Building OrleansChat on $orleans …"
quietly artifacts/run.log dotnet build Api -c Release -v quiet -nologo --no-restore || fail "The build failed; the errors are above."
silo_dll=Silo/bin/Release/net10.0/OrleansChat.Silo.dll

rm -rf "$logs"
mkdir -p "$logs"
choose_ports "$first_port"
prepare_postgres
trap 'stop_all 0' INT TERM HUP
for part in "${!parts[@]}"; do
  echo "Starting ${parts[part]} …"
  start "$part"
  until is_ready "$part"; do
    sleep 0.2
    watch_over
  done
done 2>/dev/null

describe
while true; do
  sleep 1
  watch_over
done 2>/dev/null
