# lib.sh - what run and fresh share: an engine for them alone. Sourced, never run.
# shellcheck shell=bash
set -euo pipefail
export LC_ALL=C.UTF-8

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly root here=$root/tests/containers
engine_is_mine=

say () {
    echo "containers: $*" >&2
}

fail () {
    say "$*"
    exit 1
}

npm_registry () {
    npm config get registry 2> /dev/null || true
}

# One at a time in a checkout: they share names, and who started the engine stops it.
claim_engine () {
    local exports
    mkdir -p "$root/build"
    exec 9> "$root/build/containers.lock"
    flock -n 9 || fail "test-containers or test-fresh runs already in this checkout."
    trap leave EXIT
    trap 'exit 130' INT TERM
    "$here/engine" alive || engine_is_mine=yes
    exports=$("$here/engine" start 9>&-)
    eval "$exports"
    "$here/base-images"
}

# Who is left with something to sweep says so in a function sweep.
leave () {
    local status=$?
    trap '' INT TERM
    sweep
    [[ -z $engine_is_mine ]] || "$here/engine" stop 9>&-
    exit "$status"
}
