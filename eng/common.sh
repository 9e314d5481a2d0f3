# What ./run, ./run cluster and ./test share. Sourced, with the repository's root as the working directory.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

fail() {
  echo "$*" >&2
  exit 1
}

# The SDK is the one thing that has to be there.
require_dotnet() {
  command -v dotnet >/dev/null || fail "OrleansChat needs the .NET 10 SDK: https://dotnet.microsoft.com/download"
  dotnet --version >/dev/null 2>&1 ||
    fail "OrleansChat needs the .NET SDK that global.json names ($(grep -o '"version": *"[^"]*"' global.json)); installed: $(dotnet --list-sdks | tr '\n' ' ')"
}

# quietly LOG COMMAND...: runs a command whose output matters only if it fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    return 1
  fi
}

# Decides what to build against, and restores TARGET (a project or the solution) for it. Orleans itself always comes first; only
# where the package sources lack Orleans, and nothing else, does the stand-in take its place (standin/README.md). The environment
# can ask for the stand-in: ORLEANS_STANDIN=true. Sets:
#   orleans       what the build is against, in words
#   build_flags   what dotnet build and test need to know
#   api_dll       where the API's program will be
restore() {
  local target=$1 log=artifacts/restore.log
  version=$(sed -nE 's/.*<OrleansVersion>(.*)<.*/\1/p' Directory.Packages.props)
  orleans="Orleans $version" build_flags=() api_dll=Api/bin/Release/net10.0/OrleansChat.Api.dll
  if [[ ${ORLEANS_STANDIN:-} != true ]]; then
    mkdir -p artifacts
    dotnet restore "$target" -v quiet -nologo >"$log" 2>&1 && return
    local missing
    missing=$(sed -nE 's/.*error NU110[12]: Unable to find package (Microsoft\.Orleans\.[A-Za-z.]+)[. ].*/\1/p' "$log" | sed 's/\.$//' | sort -u | paste -sd, | sed 's/,/, /g')
    if [[ -z $missing ]] || ! quietly artifacts/restore-standin.log dotnet restore "$target" -v quiet -nologo -p:OrleansStandIn=true; then
      cat "$log" >&2
      fail "The packages could not be restored; the errors are above."
    fi
    echo "The package sources of this machine do not serve all of Orleans $version (missing: $missing), so this builds against a single-process stand-in for it: everything works in one process, but there are no clusters." >&2
  elif ! quietly artifacts/restore-standin.log dotnet restore "$target" -v quiet -nologo -p:OrleansStandIn=true; then
    fail "The packages could not be restored; the errors are above."
  fi
  orleans="the single-process stand-in for Orleans $version"
  build_flags=(-p:OrleansStandIn=true)
  api_dll=artifacts/standin/bin/Api/Release/net10.0/OrleansChat.Api.dll
}

# Once TARGET is restored: has dotnet publish compile to machine code, where the package sources have the compiler. Sets:
#   ahead         true where it does
#   build_flags   what dotnet build, test and publish need to know
restore_to_compile_ahead() {
  local flags=(${build_flags[@]+"${build_flags[@]}"})
  ahead=true build_flags=(${flags[@]+"${flags[@]}"} -p:CompileAhead=true)
  dotnet restore "$1" -v quiet -nologo "${build_flags[@]}" >artifacts/restore-ahead.log 2>&1 && return
  ahead=false build_flags=(${flags[@]+"${flags[@]}"})
  quietly artifacts/restore.log dotnet restore "$1" -v quiet -nologo ${build_flags[@]+"${build_flags[@]}"}
}

# Finds PostgreSQL's programs (initdb, postgres). Debian keeps each version's in a folder of its own, off the path. Sets:
#   ORLEANSCHAT_POSTGRESQL_BIN   the directory, empty if there is none
find_postgres() {
  local directory newest_first
  newest_first=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn)
  for directory in "${ORLEANSCHAT_POSTGRESQL_BIN:-}" $newest_first ${PATH//:/ }; do
    if [[ -n $directory && -x $directory/initdb && -x $directory/postgres ]]; then
      export ORLEANSCHAT_POSTGRESQL_BIN=$directory
      return
    fi
  done
  export ORLEANSCHAT_POSTGRESQL_BIN=
  return 1
}

# Finds PostgreSQL, and installs it where it can.
find_or_install_postgres() {
  find_postgres && return
  apt_install PostgreSQL postgresql && find_postgres
}

# Finds a browser of Chromium's kind, best the one that has no windows, which takes two thirds of the time; installs that where it can. Sets:
#   ORLEANSCHAT_CHROMIUM   the program, unless the environment has named one
find_or_install_chromium() {
  local name
  [[ -z ${ORLEANSCHAT_CHROMIUM:-} ]] || return 0
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
    if command -v "$name" >/dev/null; then
      export ORLEANSCHAT_CHROMIUM
      ORLEANSCHAT_CHROMIUM=$(command -v "$name")
      return
    fi
  done
  # Without a font nothing that it draws has a size.
  for name in chromium-headless-shell chromium; do
    apt_install Chromium "$name" fonts-dejavu-core && export ORLEANSCHAT_CHROMIUM=/usr/bin/$name && return
  done
}

# apt_install NAME PACKAGE...: installs Debian's packages where that needs nobody's leave: as root, or on a build machine.
apt_install() {
  local name=$1 sudo=() log=artifacts/install-$2.log
  shift
  command -v apt-get >/dev/null || return
  if ((EUID != 0)); then
    [[ -n ${CI:-} ]] && sudo -n true 2>/dev/null || return
    sudo=(sudo -n)
  fi
  echo "Installing $name …"
  mkdir -p artifacts
  if ! { timeout 120 ${sudo[@]+"${sudo[@]}"} apt-get update &&
    DEBIAN_FRONTEND=noninteractive timeout 300 ${sudo[@]+"${sudo[@]}"} apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
    echo "It could not be installed ($log)."
    return 1
  fi
}
