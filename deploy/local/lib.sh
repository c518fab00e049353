# lib.sh - what run, start, stop, status and reset of the local set share. Sourced, never run.
#
# Everything of a set lives under one directory, var/ in the checkout unless MEERWAARDE_VAR says
# otherwise:  pg  the private PostgreSQL cluster     log   one file for each process
#             run sockets and process ids            keys  what the services sign and lock with
# shellcheck shell=bash
set -euo pipefail
export LC_ALL=C.UTF-8
umask 027

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# A worker drains through the gateway, so that one goes last.
readonly workers=(catalog pipeline matching reporting)
readonly services=("${workers[@]}" gateway)

say () {
    printf '  %-10s %s\n' "$1" "$2"
}

fail () {
    echo "meerwaarde: $*" >&2
    exit 1
}

now_ms () {
    echo $((${EPOCHREALTIME/./} / 1000))
}

# Milliseconds since $1, as seconds for people.
since () {
    local ms=$(($(now_ms) - $1))
    printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}

# ------------------------------------------------------------------------------------------------
# Which user, which directory

# PostgreSQL does not run as root, and our services need not. When root starts the set, it all runs
# as the user that came with the PostgreSQL package. A prefix for commands, so that a process in the
# background is that command and not a shell around it.
choose_user () {
    owner=$(id -un)
    as_user=()
    [[ $EUID -eq 0 ]] || return 0
    id postgres > /dev/null 2>&1 \
        || fail "there is no user postgres; run deploy/install-deps first."
    owner=postgres
    as_user=(setpriv --reuid=postgres --regid=postgres --clear-groups --)
}

# A checkout below /root is closed to that user. Then var/ becomes a link to a directory outside,
# and what the services read is copied there.
choose_directories () {
    var_link=$(realpath -ms "${MEERWAARDE_VAR:-$root/var}")
    var=$(realpath -m "$var_link")
    house=$root
    if ! "${as_user[@]}" test -x "$(dirname "$var")"; then
        var=/var/lib/meerwaarde-$(cksum <<< "$var" | cut -d ' ' -f 1)
        ln -sT "$var" "$var_link" \
            || fail "user $owner cannot enter $var_link; set MEERWAARDE_VAR to a place it can."
    fi
    "${as_user[@]}" test -x "$root/build/meerwaarde" || house=$var/house
    [[ $var =~ ^[[:alnum:]/._+@-]+$ ]] \
        || fail "the path $var has characters that a socket address cannot carry;" \
                "set MEERWAARDE_VAR to a plain path."
    [[ ${#var} -le 70 ]] \
        || fail "the path $var is too long for a socket; set MEERWAARDE_VAR to a shorter one."
    sockets=$var/run
}

make_directories () {
    local holder
    [[ -d $var ]] || install -d -m 0750 -o "$owner" "$var"
    holder=$(stat -c %U "$var")
    [[ $holder = "$owner" ]] \
        || fail "$var belongs to $holder; go on as that user, or set MEERWAARDE_VAR elsewhere."
    "${as_user[@]}" mkdir -p -m 0700 "$var/run" "$var/run/pg" "$var/log" "$var/keys"
}

copy_house () {
    [[ $house != "$root" ]] || return 0
    rm -rf "$house"
    mkdir "$house"
    (cd "$root" && cp -r --parents build/meerwaarde* services/gateway/web/dist deploy/demo "$house")
    chown -R postgres:postgres "$house"
}

# ------------------------------------------------------------------------------------------------
# Processes, known by their pid file and recognised by their command line

pid_of () {
    cat "$sockets/$1.pid" 2> /dev/null || true
}

# A process id is ours only if that process was started with our directory: ids are reused.
is_alive () {
    local pid=$1 mark=$2
    [[ -n $pid && -r /proc/$pid/cmdline ]] \
        && tr '\0' ' ' 2> /dev/null < "/proc/$pid/cmdline" | grep -qF -- "$mark"
}

service_is_alive () {
    is_alive "$(pid_of "$1")" "--run=$sockets "
}

# The script that started the set holds this lock for as long as it lives, however it dies.
house_is_alive () {
    [[ -e $var/lock ]] && ! flock -n "$var/lock" true
}

# Waits until "$@" fails, at most $1 tenths of a second.
until_not () {
    local tenths=$1
    shift
    while "$@"; do
        ((tenths-- > 0)) || return 1
        sleep 0.1
    done
}

# TERM lets a service finish what it is doing, for 25 s at most; KILL is for one that hangs.
end_services () {
    local name
    for name in "$@"; do
        ! service_is_alive "$name" || kill -TERM "$(pid_of "$name")" 2> /dev/null || true
    done
    for name in "$@"; do
        if ! until_not 300 service_is_alive "$name"; then
            say "$name" "did not stop within 30 s and is killed"
            kill -KILL "$(pid_of "$name")" 2> /dev/null || true
        fi
        rm -f "$sockets/$name.pid"
    done
}

# ------------------------------------------------------------------------------------------------
# The private cluster

# The newest PostgreSQL here, but always the one that made the cluster.
postgres_tools () {
    local made_by=
    [[ ! -s $var/pg/PG_VERSION ]] || made_by=$(< "$var/pg/PG_VERSION")
    bin=$(find /usr/lib/postgresql -path "*/${made_by:-*}/bin" 2> /dev/null | sort -V | tail -1)
    [[ -x $bin/initdb ]] \
        || fail "PostgreSQL ${made_by:-15} is not installed; run deploy/install-deps first."
}

conninfo () {
    echo "host=$sockets/pg dbname=meerwaarde user=$1"
}

cluster_is_alive () {
    is_alive "$(head -1 "$var/pg/postmaster.pid" 2> /dev/null)" "postgres -D $var/pg "
}

# Written at each start, so that a checkout that was moved finds its sockets. Durable as always;
# small in memory; reachable only through a socket in a directory of its user.
configure_cluster () {
    "${as_user[@]}" tee "$var/pg/postgresql.conf" > /dev/null << END
# Written by deploy/local at each start; changes here do not last.
listen_addresses = ''
unix_socket_directories = '$sockets/pg'
unix_socket_permissions = 0700
max_connections = 120
shared_buffers = 96MB
work_mem = 8MB
maintenance_work_mem = 48MB
max_wal_size = 512MB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u '
log_checkpoints = off
END
}

stop_cluster () {
    cluster_is_alive || return 0
    postgres_tools
    "${as_user[@]}" "$bin/pg_ctl" -D "$var/pg" -s -w -t 60 -m fast stop \
        || fail "PostgreSQL did not stop; see $var/log/postgresql.log."
}

# ------------------------------------------------------------------------------------------------

# Keeps the log of the time before beside the new one.
rotate () {
    local log=$var/log/$1.log
    [[ ! -e $log ]] || mv "$log" "$log.1"
}

# Whatever is left of a set whose script was killed, and nothing else.
sweep () {
    end_services events "${workers[@]}"
    end_services gateway
    stop_cluster
    rm -f "$sockets/house.pid" "$sockets/ready"
}

choose_user
choose_directories
# Every path is absolute from here on; where we were called may be closed to the user of the set.
cd /
