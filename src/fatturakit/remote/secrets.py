"""Where secrets come from: what the program gives, the environment, a file, or a command that prints them.

``FATTURAKIT_<PROVIDER>_<NAME>`` is the secret; with ``_FILE`` after it a file whose first line it is, with ``_COMMAND``
a command (no shell) whose first line it is, as password managers and keyrings have them. Never the command line.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from ..errors import UsageError
from ..refusals import reason
from ..texts import Text
from .endpoints import Provider
from .masking import Secret

Given = str | Secret | os.PathLike[str] | Callable[[], str]
_COMMAND_SECONDS: Final = 60
_MOST: Final = 65_536


def variable(provider: str, name: str) -> str:
    """The variable a secret or setting is looked for in.

    >>> variable("acube", "password")
    'FATTURAKIT_ACUBE_PASSWORD'
    """
    return f"FATTURAKIT_{provider}_{name}".upper()


def names(provider: Provider) -> tuple[str, ...]:
    """The secrets a provider knows: the one that lets in by itself first, then those of the login."""
    login = provider.auth.login
    return (provider.auth.secret, *(login.secrets if login else ()))


def collect(provider: Provider, given: Mapping[str, Given | None], environ: Mapping[str, str]) -> dict[str, Secret]:
    """Every secret of a provider that is to be had; ``UsageError`` when a file or command does not give one."""
    found = {}
    for name in names(provider):
        value = given.get(name)
        secret = _given(value) if value is not None else _from_environment(variable(provider.name, name), environ)
        if secret:
            found[name] = secret
    return found


def _given(value: Given) -> Secret:
    if isinstance(value, Secret):
        return value
    if isinstance(value, str):
        return Secret(value)
    if callable(value):
        return Secret(value())
    return _from_file(os.fspath(value))


def _from_environment(name: str, environ: Mapping[str, str]) -> Secret | None:
    if environ.get(name):
        return Secret(environ[name])
    if environ.get(f"{name}_FILE"):
        return _from_file(environ[f"{name}_FILE"])
    if environ.get(f"{name}_COMMAND"):
        return _from_command(environ[f"{name}_COMMAND"], f"{name}_COMMAND")
    return None


def _from_file(path: str) -> Secret:
    try:
        with Path(path).open(encoding="utf-8") as stream:
            line = stream.readline(_MOST).rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise UsageError(_NO_FILE, name=path, reason=reason(error)) from error
    if not line:
        raise UsageError(_NO_FILE, name=path, reason=_EMPTY)
    return Secret(line)


def _from_command(command: str, name: str) -> Secret:
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, without a shell
            shlex.split(command), stdin=subprocess.DEVNULL, capture_output=True, timeout=_COMMAND_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise UsageError(_NO_COMMAND, name=name, reason=type(error).__name__) from None
    line = done.stdout[:_MOST].decode("utf-8", "replace").splitlines()[:1]
    if done.returncode or not line or not line[0]:
        raise UsageError(_NO_COMMAND, name=name, reason=f"exit {done.returncode}")
    return Secret(line[0])


_EMPTY: Final = Text("è vuoto", "it is empty")
_NO_FILE: Final = Text(
    "Il file di segreti «{name}» non si può leggere: {reason}.", "The secret file “{name}” cannot be read: {reason}."
)
_NO_COMMAND: Final = Text(
    "Il comando in {name} non ha dato un segreto ({reason}).", "The command in {name} gave no secret ({reason})."
)
