"""Running the command line as a user does: in a process of its own."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Final

COMMAND = (sys.executable, "-m", "fatturakit")
_SECONDS: Final = 120
_OF_THE_INTERPRETER: Final = ("PYTHON", "LC_", "LANG")
Ended = subprocess.CompletedProcess[str]


def environment(**extra: str) -> dict[str, str]:
    """A plain environment: Italian by default, no colour or configuration from outside."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FATTURAKIT", "LC_", "LANG"))}
    return {**kept, "LANG": "C", "NO_COLOR": "1", "XDG_CONFIG_HOME": "/nonexistent", **extra}


def fatturakit(*words: object, stdin: bytes | None = None, cwd: Path | None = None, **env: str) -> Ended:
    """Run one command line to its end; output decoded as UTF-8."""
    said = [str(word) for word in words]
    if _needs_an_interpreter(env):
        return _anew(said, stdin or b"", cwd, environment(**env))
    return _nursery().run(said, stdin or b"", cwd, environment(**env))


def _needs_an_interpreter(env: dict[str, str]) -> bool:
    """Whether it matters how the interpreter starts."""
    return not hasattr(os, "fork") or any(name.startswith(_OF_THE_INTERPRETER) for name in env)


def _anew(words: list[str], stdin: bytes, cwd: Path | None, env: dict[str, str]) -> Ended:
    command = [*COMMAND, *words]
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=env, timeout=_SECONDS, check=False)
    return Ended(command, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


class _Nursery:
    """The process that ``nursery.py`` is, one for every process that runs tests."""

    def __init__(self) -> None:
        self._pid = os.getpid()
        self._turn = threading.Lock()
        command = [sys.executable, "-m", "tests.cli.nursery"]
        root = Path(__file__).resolve().parents[2]
        self._process = subprocess.Popen(
            command, cwd=root, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        atexit.register(self.close)

    @property
    def is_ours(self) -> bool:
        return self._pid == os.getpid() and self._process.poll() is None

    def run(self, words: list[str], stdin: bytes, cwd: Path | None, env: dict[str, str]) -> Ended:
        with self._turn, tempfile.TemporaryDirectory() as desk:
            streams = [Path(desk, name) for name in ("stdin", "stdout", "stderr")]
            for stream in streams:
                stream.write_bytes(stdin if stream.name == "stdin" else b"")
            order = {"words": words, "cwd": str(cwd or Path.cwd()), "env": env, "streams": list(map(str, streams))}
            code = self._code(json.dumps(order).encode() + b"\n")
            _, out, err = (stream.read_bytes().decode("utf-8") for stream in streams)
        return Ended(["fatturakit", *words], code, out, err)

    def _code(self, order: bytes) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(order)
        self._process.stdin.flush()
        late = threading.Timer(_SECONDS, self._process.kill)
        late.start()
        try:
            return int(self._process.stdout.readline())
        finally:
            late.cancel()

    def close(self) -> None:
        if self.is_ours:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait()


def _nursery() -> _Nursery:
    global _kept
    if _kept is None or not _kept.is_ours:
        _kept = _Nursery()
    return _kept


_kept: _Nursery | None = None
