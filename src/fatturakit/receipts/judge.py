"""The report on a receipt, a return or a void: the same report as that of an invoice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, Final

from ..findings import Finding, Report, Severity, Verdict
from . import afterwards, context, shape
from .context import Context
from .fields import RECEIPT
from .model import read
from .rules import RULES

KIND: Final = "RECEIPT"


def validate(
    data: Mapping[str, Any],
    given: Context | None = None,
    *,
    path: str = "-",
    duplicates: shape.Duplicates | None = None,
) -> Report:
    """What would have a receipt refused; ``data`` is the object to be sent, ``duplicates`` what its text wrote twice.

    Never raises for a bad receipt. Findings carry JSON Pointers. Amounts may be int, Decimal or float (taken as it
    prints).
    """
    given = given or Context()
    receipt = read(data if isinstance(data, dict) else {})
    ruled = (found for rule in RULES for found in rule(receipt)) if isinstance(data, dict) else ()
    return _report(
        path,
        given,
        chain(
            shape.faults(data, RECEIPT, "", duplicates), ruled, context.faults(given, shape.shown(receipt.fiscal_id))
        ),
    )


def validate_return(
    data: Any,
    original: Any,
    given: Context | None = None,
    *,
    path: str = "-",
    duplicates: shape.Duplicates | None = None,
) -> Report:
    """What would have the return ``{"items": [{"id", "quantity"}]}`` of a sent receipt refused."""
    given = given or Context()
    found = afterwards.returned(data, afterwards.sent(original), duplicates)
    return _report(path, given, chain(found, context.faults(given)))


def validate_void(original: Any, given: Context | None = None, *, path: str = "-") -> Report:
    """What would have the voiding of a sent receipt refused."""
    given = given or Context()
    return _report(path, given, chain(afterwards.void(afterwards.sent(original), given), context.faults(given)))


def _report(path: str, given: Context, found: Iterable[Finding]) -> Report:
    findings = tuple(found)
    wrong = any(finding.severity is Severity.ERROR for finding in findings)
    verdict = Verdict.INVALID if wrong else Verdict.VALID
    return Report(path, KIND, verdict, given.local.date(), layers=("json",), findings=findings)
