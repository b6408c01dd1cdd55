# Shared by the examples' scripts: a private directory, and processes that end with the script. To be sourced.
# shellcheck shell=bash

private=       # a directory that only we may enter; gone when the script ends
started=()     # ids of the processes that are ours to end
# Of the process that was stopped last.
# shellcheck disable=SC2034
exit_code=0

say() { printf '%s\n' "$*"; }
die() { # what went wrong, then a hint
  printf 'error: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

make_private() { # the directory to make it in
  private=$(mktemp -d "$1/tacet.XXXXXX")
  chmod 0700 "$private"
}

start() { # where its output goes, then a command; its id is in $! afterwards
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null &
  started+=($!)
}

alive() { kill -0 "$1" 2>/dev/null; }

stop() { # a process id: asks it to end, waits for it, and leaves its exit code in $exit_code
  local pid others=()
  exit_code=0
  for pid in "${started[@]}"; do [ "$pid" = "$1" ] || others+=("$pid"); done
  kill -TERM "$1" 2>/dev/null || true
  # shellcheck disable=SC2034
  wait "$1" || exit_code=$?
  started=(${others[@]+"${others[@]}"})
}

wait_until() { # seconds, what, then a command that must succeed
  local deadline=$((SECONDS + $1)) what=$2 pid
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || die "waited in vain: $what" "the logs above say why, if anything does"
    for pid in ${started[@]+"${started[@]}"}; do alive "$pid" || die "a process ended early while waiting: $what"; done
    sleep 0.1
  done
}

logs_on_failure() { # what the sidecar said; a service's own lines are never shown here
  local log
  for log in "$private"/sidecar.log "$private"/openbao.log; do
    [ ! -s "$log" ] || { printf -- '--- %s\n' "${log##*/}"; grep -v '^Root Token' "$log" | tail -n 30; } >&2
  done
}

undo() { :; } # exit code: a script that leaves more behind than this file knows of writes its own

clean_up() { # on EXIT, which a signal leads to as well
  local code=$? pid
  trap - EXIT
  [ "$code" -eq 0 ] || [ -z "$private" ] || logs_on_failure
  undo "$code"
  for pid in ${started[@]+"${started[@]}"}; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in ${started[@]+"${started[@]}"}; do wait "$pid" 2>/dev/null || true; done
  [ -z "$private" ] || rm -rf "$private"
  exit "$code"
}
