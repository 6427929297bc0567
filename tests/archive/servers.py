"""A real PostgreSQL for the tests: its own data in a temporary folder, its own socket, no network, never as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
PROGRAMS = next((place for place in PLACES if (place / "initdb").exists()), None)
REASON = "no PostgreSQL server here (Debian: postgresql)"


def _words() -> list[str] | None:
    """What to put before a command so that it does not run as root; None when there is no way."""
    if os.geteuid():
        return []
    try:
        user = pwd.getpwnam("postgres").pw_name
    except KeyError:
        user = "nobody"
    return (
        ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]
        if shutil.which("setpriv")
        else None
    )


def available() -> bool:
    return PROGRAMS is not None and _words() is not None


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server that lives as long as the block."""
    words = _words() or []
    assert PROGRAMS is not None
    home = Path(tempfile.mkdtemp(prefix="fk-pg-"))
    if words:
        user = words[1].partition("=")[2]
        shutil.chown(home, user)
    data, run = home / "data", {"check": True, "capture_output": True, "cwd": "/"}
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    create = [*words, str(PROGRAMS / "initdb"), "-D", str(data), "-U", "fk", "-A", "trust", "-E", "UTF8", "-N"]
    control = [*words, str(PROGRAMS / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log")]
    try:
        subprocess.run(create, env=environment, **run)  # type: ignore[call-overload]
        options = f"-k {home} -c listen_addresses= -c fsync=off -c max_connections=30"
        subprocess.run([*control, "-o", options, "start"], env=environment, **run)  # type: ignore[call-overload]
        yield f"postgresql://fk@/postgres?host={quote(str(home))}"
    finally:
        subprocess.run(
            [*control, "-m", "immediate", "stop"], env=environment, capture_output=True, check=False, cwd="/"
        )
        shutil.rmtree(home, ignore_errors=True)
