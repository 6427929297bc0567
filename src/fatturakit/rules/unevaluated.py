"""Which controls a report must say were not judged, and why (``unevaluated.toml``)."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Final, Literal

from ..findings import NotEvaluated
from ..texts import Text
from ._unevaluated import CONTROLS, REASONS
from .declare import catalogue

Signatures = Literal["judged", "trusted", "none", "unjudged"]
_SIGNED: Final = ("FPA12", "FPR12", "FSM10")
_SIGNATURE_CODES: Final = ("00100", "00101", "00102", "00103", "00104", "00105", "00107")


def reason(key: str) -> Text:
    """One sentence of the table."""
    return Text(*REASONS[key])


def rows(
    kind: str,
    *,
    day: date = date.max,
    named: bool = True,
    signatures: Signatures = "judged",
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> tuple[NotEvaluated, ...]:
    """The controls in force on ``day`` and not judged for a ``kind`` of document, by code.

    The same tuple object for the same answer. signatures: "judged", "trusted" (there was somebody to trust), "none"
    to judge, or nobody to do it ("unjudged").
    """
    return _rows(kind, _stage(day), named, signatures, select, ignore)


@lru_cache(maxsize=64)
def _stage(day: date) -> str:
    """The last day up to this one on which one of these controls began."""
    today = day.isoformat()
    return max(since for _, _, since in CONTROLS.values() if since <= today)


@cache
def _rows(
    kind: str, today: str, named: bool, signatures: Signatures, select: tuple[str, ...], ignore: tuple[str, ...]
) -> tuple[NotEvaluated, ...]:
    found = {code: key for code, (key, formats, since) in CONTROLS.items() if kind in formats and since <= today}
    if signatures in {"trusted", "none"}:
        found.pop("00104", None)
    if signatures == "none":
        found.pop("00101", None)
    if signatures == "unjudged" and kind in _SIGNED:
        found |= dict.fromkeys(_SIGNATURE_CODES, "signature")
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
