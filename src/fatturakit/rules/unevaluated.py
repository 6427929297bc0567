"""Which controls a report must say were not judged, and why (``unevaluated.toml``)."""

from __future__ import annotations

from functools import cache

from ..findings import NotEvaluated
from ..texts import Text
from ._unevaluated import CONTROLS, REASONS
from .declare import catalogue


def reason(key: str) -> Text:
    """One sentence of the table."""
    return Text(*REASONS[key])


@cache
def rows(
    kind: str, *, named: bool = True, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()
) -> tuple[NotEvaluated, ...]:
    """The controls not judged for a ``kind`` of document, by code; the same tuple object for the same question."""
    found = {code: key for code, (key, formats) in CONTROLS.items() if kind in formats}
    if not named:
        found |= dict.fromkeys(("00001", "00002"), "name")
    found |= {code: "excluded" for code in (*found, *catalogue()) if _left_out(code, select, ignore)}
    return tuple(NotEvaluated(code, reason(key)) for code, key in sorted(found.items()))


@cache
def audit_file() -> tuple[NotEvaluated, ...]:
    """What is said of a SAF-T file."""
    return (NotEvaluated("SAF-T", reason("saft")),)


def _left_out(code: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    return bool(select and not code.startswith(select)) or bool(ignore and code.startswith(ignore))
