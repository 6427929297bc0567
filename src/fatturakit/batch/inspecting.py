"""What ``inspect`` finds out about one input, here or in another process."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..limits import Limits
from .envelopes import Answer, tasked
from .inputs import Input
from .opening import opened
from .tasks import Task

if TYPE_CHECKING:
    from ..document import Document
    from ..invoice.summary import Summary


class Seen(NamedTuple):
    """What a document says, and how many errors and warnings ``validate`` would show (None: a control failed)."""

    summary: Summary
    counts: tuple[int, int] | None


def inspecting(limits: Limits) -> Task[Answer[Seen]]:
    """The summary of every input."""
    return tasked(partial(_inspected, limits))


def _inspected(limits: Limits, item: Input) -> Answer[Seen]:
    from ..invoice.summary import summarise
    from ..signature.warning import warning

    document = opened(item, limits)
    return Answer(item, Seen(summarise(document), _counts(document, item, limits)), warning(document))


def _counts(document: Document, item: Input, limits: Limits) -> tuple[int, int] | None:
    """None is for ``validate`` to explain."""
    from ..findings import Severity
    from ..rules.engine import judge_source
    from ..rules.options import Options
    from .judge import verifier

    try:
        report = judge_source(document, Options(limits=limits, signatures=verifier()), name=item.shown)
    except Exception:
        if os.environ.get("FATTURAKIT_DEBUG"):
            raise
        return None
    return report.count(Severity.ERROR), report.count(Severity.WARNING)
