# What ./run and ./test share. Sourced, with the repository's root as the working directory.

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
