# PostgreSQL 17 with pgvector, for the suites. Debian 12 has neither, so a small Debian 13 is bootstrapped into a folder
# (about 35 s, kept for the next run) and its server runs from there on a loopback port with a fresh cluster.
# Sourced by .ci/run; needs root.

# postgres_install ROOT — makes sure ROOT holds a Debian 13 with PostgreSQL 17 and pgvector.
postgres_install() {
  local root=$1 partial
  if [ -x "$root/usr/lib/postgresql/17/bin/postgres" ]; then return 0; fi
  mkdir -p "$(dirname "$root")" || return 1
  partial=$(mktemp -d "$root.XXXXXX") || return 1
  if ! debootstrap --variant=minbase --include=postgresql-17,postgresql-17-pgvector \
    trixie "$partial" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$root.log" 2>&1; then
    tail -n 5 "$root.log" >&2
    rm -rf --one-file-system "$partial"
    return 1
  fi
  chmod 755 "$partial"
  # Another run may have finished first; then this copy is not needed.
  mv -T "$partial" "$root" 2>/dev/null || rm -rf --one-file-system "$partial"
  [ -x "$root/usr/lib/postgresql/17/bin/postgres" ]
}

# postgres_start ROOT PORT — fresh cluster, one superuser; sets POSTGRES_PID, POSTGRES_URL and POSTGRES_DATA.
postgres_start() {
  local root=$1 port=$2 password bin=/usr/lib/postgresql/17/bin inside
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  inside=/var/lib/postgresql/plumbline-$port
  POSTGRES_DATA=$root$inside
  rm -rf --one-file-system "$POSTGRES_DATA"
  install -d -m 700 "$POSTGRES_DATA"
  (umask 077 && printf '%s\n' "$password" >"$POSTGRES_DATA.password")
  chroot "$root" chown postgres:postgres "$inside" "$inside.password"
  chroot --userspec=postgres:postgres "$root" env -i PATH=$bin:/usr/bin:/bin LC_ALL=C.UTF-8 \
    initdb -D "$inside" -U plumb_owner --pwfile="$inside.password" --auth=scram-sha-256 -E UTF8 --locale=C.UTF-8 \
    --no-sync >"$POSTGRES_DATA.log" 2>&1 || { tail -n 5 "$POSTGRES_DATA.log" >&2; return 1; }
  rm -f "$POSTGRES_DATA.password"
  # No /dev/shm inside the folder, hence mmap; no socket file; the data is thrown away, hence no fsync.
  chroot --userspec=postgres:postgres "$root" env -i PATH=$bin:/usr/bin:/bin LC_ALL=C.UTF-8 \
    postgres -D "$inside" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c dynamic_shared_memory_type=mmap -c fsync=off -c max_connections=200 >>"$POSTGRES_DATA.log" 2>&1 &
  POSTGRES_PID=$!
  POSTGRES_URL=postgres://plumb_owner:$password@127.0.0.1:$port/postgres
  local attempt
  for attempt in $(seq 150); do
    chroot "$root" $bin/pg_isready -q -h 127.0.0.1 -p "$port" && return 0
    kill -0 "$POSTGRES_PID" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 5 "$POSTGRES_DATA.log" >&2
  return 1
}
