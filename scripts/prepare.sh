# Sourced by the other scripts: a Python environment as uv.lock says, and the system's packages.

# need COMMAND PACKAGE…: remember the Debian packages of a program that is not there.
missing=()
need() {
    local command=$1
    shift
    command -v "$command" >/dev/null || missing+=("$@")
}

# need_library FILE PACKAGE: remember the Debian package of a library that is not there.
need_library() {
    ldconfig -p 2>/dev/null | grep -F "$1 " >/dev/null || loads "$1" || missing+=("$2")
}

loads() { "$bin/python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }

# What the portal itself takes: Python, the certificates by which the package index is known, what lays out PDFs.
need_for_portal() {
    is_new_enough "$bin/python" || find_python >/dev/null || missing+=(python3 python3-venv)
    [ -e "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" ] || missing+=(ca-certificates)
    need_library libpangoft2-1.0.so.0 libpangoft2-1.0-0
    need_library libharfbuzz-subset.so.0 libharfbuzz-subset0
}

install_missing() {
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing ${missing[*]}"
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
    else
        say "Missing on this machine: ${missing[*]}"
        say "As root on Debian or Ubuntu:  apt-get update && apt-get install -y ${missing[*]}"
        exit 1
    fi
    missing=()
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3; do
        if [ -n "$candidate" ] && is_new_enough "$candidate" && has_venv "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# The locked dependencies, and first the packages that are missing, with those that a script has remembered; uv itself comes from the Python package index, into the environment.
sync_environment() {
    need_for_portal
    install_missing
    export UV_PYTHON_DOWNLOADS=never UV_NATIVE_TLS=1 PIP_DISABLE_PIP_VERSION_CHECK=1
    if ! is_new_enough "$bin/python"; then
        local python
        python=$(find_python) || { say "Python 3.11 or later is needed; PYTHON=/path/to/python names it."; exit 1; }
        say "Making the Python environment in $UV_PROJECT_ENVIRONMENT"
        rm -rf "$UV_PROJECT_ENVIRONMENT"
        mkdir -p "$(dirname "$UV_PROJECT_ENVIRONMENT")"
        "$python" -m venv "$UV_PROJECT_ENVIRONMENT"
    fi
    if ! "$bin/python" -c 'import uv' 2>/dev/null; then
        "$bin/python" -c 'import pip' 2>/dev/null || "$bin/python" -m ensurepip >/dev/null
        "$bin/python" -m pip install --quiet 'uv~=0.13'
    fi
    # --inexact leaves uv itself, and after `make test` the test tools, where they are.
    "$bin/python" -m uv sync --quiet --locked --inexact --python "$bin/python" "$@"
}
