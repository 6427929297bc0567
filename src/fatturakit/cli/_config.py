"""Settings from files: ``--config``, else ``fatturakit.toml`` or ``[tool.fatturakit]`` nearby, else the user's own.

A file may set how a verb talks and judges; never tokens, network addresses or places to write.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ..errors import UsageError
from ..refusals import reason
from ..texts import Text

if TYPE_CHECKING:
    from pathlib import Path

KEYS: Final = {
    "lang": str,
    "color": str,
    "format": str,
    "jobs": int,
    "select": list,
    "ignore": list,
    "fail_on": str,
    "channel": str,
}


def settings(explicit: str | None = None, start: Path | None = None) -> tuple[dict[str, Any], Path | None]:
    """The settings in force and the file they come from; ``UsageError`` for a file or key that is not right."""
    if explicit:
        from pathlib import Path

        return _checked(_load(Path(explicit)), Path(explicit)), Path(explicit)
    for path in _places(os.fspath(start or os.getcwd())):  # noqa: PTH109 - pathlib only when there is a file
        table = _table_of_project(path) if path.name == "pyproject.toml" else _load(path)
        if table is not None:
            return _checked(table, path), path
    return {}, None


def _places(start: str) -> Iterator[Path]:
    for name in (*_nearby(start), os.path.join(_home(), "fatturakit", "config.toml")):  # noqa: PTH118
        if os.path.isfile(name):  # noqa: PTH113
            from pathlib import Path

            yield Path(name)


def _nearby(folder: str) -> Iterator[str]:
    above = ""
    while folder != above:
        for name in ("fatturakit.toml", "pyproject.toml"):
            yield os.path.join(folder, name)  # noqa: PTH118
        above, folder = folder, os.path.dirname(folder)  # noqa: PTH120


def _home() -> str:
    return os.path.expanduser(os.environ.get("XDG_CONFIG_HOME") or "~/.config")  # noqa: PTH111


def _table_of_project(path: Path) -> dict[str, Any] | None:
    """``[tool.fatturakit]`` of a project; a file that never names us is not ours to parse, or to complain about."""
    try:
        if b"fatturakit" not in path.read_bytes():
            return None
    except OSError:
        return None
    table: dict[str, Any] | None = _load(path).get("tool", {}).get("fatturakit")
    return table


def _load(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(_UNREADABLE, path=str(path), reason=reason(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(_UNREADABLE, path=str(path), reason=str(error)) from error


def _checked(table: dict[str, Any], path: Path) -> dict[str, Any]:
    found = {key.replace("-", "_"): value for key, value in table.items()}
    for key, value in found.items():
        if key not in KEYS:
            from difflib import get_close_matches

            near = get_close_matches(key, KEYS, n=1)
            hint = Text(f" Forse «{near[0]}»?", f" Did you mean “{near[0]}”?") if near else Text("", "")
            raise UsageError(_UNKNOWN, key=key, path=str(path), hint=hint)
        if not isinstance(value, KEYS[key]):
            raise UsageError(_WRONG, key=key, path=str(path), kind=KEYS[key].__name__)
    return found


_UNREADABLE = Text("La configurazione «{path}» non si può leggere: {reason}.", "“{path}” cannot be read: {reason}.")
_UNKNOWN = Text("«{key}» in {path} non è un'impostazione.{hint}", "“{key}” in {path} is not a setting.{hint}")
_WRONG = Text("«{key}» in {path} deve essere di tipo {kind}.", "“{key}” in {path} must be of type {kind}.")
