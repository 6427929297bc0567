"""Draw many documents: one process or several, pages in the order of the inputs; one bad file stops nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..document import Document, document_of
from ..errors import FatturakitError, InputError
from ..limits import Limits
from ..render.api import drawn
from ..render.api import render as plain_render
from ..render.options import Look
from ..render.themes import theme
from ..sources import Source
from .crashes import crash, is_crash_text, is_unsettled_text
from .inputs import Input
from .many import How, results
from .opening import cautions, opened, refuse_audit_file
from .tasks import Task

if TYPE_CHECKING:
    from ..findings import Report
    from ..render.naming import Names

ONE_PROCESS_UP_TO: Final = 8


class Job(NamedTuple):
    """How every page is wanted; stylesheet: an XSL in place of a theme; findings: add the validation report;
    named: say what a file name can be made of."""

    theme: str
    shape: str
    look: Look
    limits: Limits
    stylesheet: str | None = None
    findings: bool = False
    named: bool = False


class Drawn(NamedTuple):
    """One page, or the error in its place. names: what a file name can be made of."""

    item: Input
    page: str | bytes | None = None
    names: Names | None = None
    error: FatturakitError | None = None

    @property
    def crashed(self) -> bool:
        """The error is one of ours."""
        return self.error is not None and is_crash_text(self.error.text)


def pages(inputs: Iterable[Input], job: Job, how: How | None = None) -> Iterator[Drawn]:
    """The pages, in order."""
    return results((item for item in inputs if item.archive != ""), task(job), how or How())


def task(job: Job) -> Task[Drawn]:
    """The drawing of pages, as it travels."""
    warm = partial(_warm, job) if job.shape == "pdf" and job.stylesheet is None else None
    return Task(
        partial(one, job=job), _lost, settled=_is_settled, slim=_slim, chunk=1, few=ONE_PROCESS_UP_TO, warm=warm
    )


def one(item: Input, job: Job) -> Drawn:
    """The page of one input."""
    try:
        document = opened(item, job.limits)
    except FatturakitError as error:
        return Drawn(item, error=error)
    except Exception as error:
        return Drawn(item, error=_crash(error))
    try:
        if not job.stylesheet:
            refuse_audit_file(document)
        page = drawn(document, job.theme, job.shape, look_at(document, item, job), job.stylesheet)
        return Drawn(item, page, _names(document) if job.named else None)
    except InputError as error:
        return Drawn(item, error=error)
    except FatturakitError:
        raise  # what is wrong with the call is wrong for all
    except Exception as error:
        return Drawn(item, error=_crash(error))


def _crash(error: Exception) -> InputError:
    if os.environ.get("FATTURAKIT_DEBUG"):
        raise error
    return crash(f"{type(error).__name__}: {error}")


def look_at(document: Document, item: Input, job: Job) -> Look:
    """What is wanted, with what is to be said about this document."""
    report = _judged(document, item, job) if job.findings else None
    return replace(job.look, report=report, warnings=(*job.look.warnings, *cautions(document)))


def _judged(document: Document, item: Input, job: Job) -> Report:
    from ..rules.engine import judge_source
    from ..rules.options import Options
    from .judge import verifier

    return judge_source(document, Options(limits=job.limits, signatures=verifier()), name=item.shown)


def _names(document: Document) -> Names:
    from ..render.naming import names_of

    return names_of(document)


def render(document: Document | Source, **asked: Any) -> str | bytes | None:
    """``render.api.render``, with a banner where the signature of the document makes one careful."""
    document = document_of(document)
    if not asked.get("stylesheet"):
        refuse_audit_file(document)
    given = tuple(asked.pop("warnings", ()))
    return plain_render(document, warnings=(*given, *cautions(document)), **asked)


def digest(job: Job) -> str:
    """What tells one way of drawing from another, the sheet or theme of the user included."""
    own = [Path(name) for name in (job.stylesheet, job.theme) if name and Path(name).exists()]
    files = sorted(
        path for place in own for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()
    )
    said = repr((job, [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]))
    return blake2b(said.encode(), digest_size=8).hexdigest()


def _warm(job: Job) -> None:
    from ..render.pdf import warm

    warm(theme(job.theme), job.look.lang)


def _lost(item: Input) -> Drawn:
    return Drawn(item, error=crash("process died"))


def _is_settled(drawn: Drawn) -> bool:
    return drawn.error is None or not is_unsettled_text(drawn.error.text)


def _slim(drawn: Drawn) -> Drawn:
    """The result once its page is in a file."""
    return drawn._replace(page=b"" if drawn.page is not None else None)
