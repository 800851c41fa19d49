# Sourced by the other scripts: strict mode, the checkout as working folder, and where the environment and the data lie.
set -euo pipefail
umask 022
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Where Debian keeps useradd and runuser, which root's own PATH may lack.
export PATH=$PATH:/usr/sbin:/sbin

say() { printf '%s\n' "$*" >&2; }

# The embedded PostgreSQL does not run as root but as a user of its own, who must be able to reach its programs and data.
is_open() {
    local folder=$1
    while [ "$folder" != / ]; do
        [ -n "$(find "$folder" -maxdepth 0 -perm -o+x)" ] || return 1
        folder=$(dirname "$folder")
    done
}

# Whether the server that wrote a pid file still runs; after a power cut the number may be another program's.
is_serving() { grep -qsa council_portal.wsgi "/proc/$(cat "$1" 2>/dev/null)/cmdline"; }

environment=$PWD/.venv
data=$PWD/var
if [ "$(id -u)" = 0 ] && ! is_open "$PWD"; then
    place=/var/lib/council-portal/$(printf %s "$PWD" | sha256sum | cut -c1-12)
    environment=$place/venv
    data=$place/var
    if [ ! -e "$place" ]; then
        say "This folder is closed to other users, and PostgreSQL never runs as root:"
        say "the Python environment and the data are in $place"
    fi
fi
export COUNCIL_VAR=${COUNCIL_VAR:-$data}
export UV_PROJECT_ENVIRONMENT=$environment
bin=$environment/bin
