"""The SAF-T of a month: asking starts the work, asking again says whether it is done, and then there is a file."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..errors import RemoteError, UsageError
from ..texts import Text
from ..writing import Staged
from .endpoints import BYTES, Endpoint
from .reading import read
from .session import Session, Values, elsewhere
from .steps import Answer, Flow, Request, Wait

_FIRST: Final = 3.0
_LONGEST: Final = 15.0
_GROWTH: Final = 1.5
_HEAD: Final = 512
_DOWNLOAD: Final = Endpoint(
    "saft.download", "saft", "GET", "", Text("Il file del SAF-T.", "The file of the SAF-T."), idempotent=True, open=True
)


class Progress(NamedTuple):
    """How far it is: which month, how often it was asked, for how many seconds, and what the service said."""

    year: int
    month: int
    asked: int
    seconds: float
    message: str


class How(NamedTuple):
    """How to wait: the seconds in all, who is told, and who may stop it (a function that says True)."""

    deadline: float = 600
    progress: Callable[[Progress], object] | None = None
    cancelled: Callable[[], bool] | None = None
    force: bool = False


class Late(RemoteError):
    """The file was not ready in time; the service goes on with it, and asking again finds it."""


class Cancelled(RemoteError):
    """Stopped from outside while waiting."""


def month_file(session: Session, year: int, month: int, to: str | os.PathLike[str], how: How) -> Flow[Path | None]:
    """The SAF-T of a month at ``to`` (a name without ending gets .xml or .zip); None when the month has nothing."""
    with Staged(to, force=how.force) as staged:
        url = yield from _ready(session, {"year": year, "month": month}, how)
        if url is None:
            return None
        yield from _fetched(session, url, staged)
        ending = _ending(session, staged)
        path = Path(to)
        return staged.publish(path if path.suffix else path.with_suffix(ending))


def files(session: Session, year: int, month: int | None, to: str | os.PathLike[str], how: How) -> Flow[Sequence[Path]]:
    """The files of a month or of every month of a year; into a folder they go under the name of the month."""
    target = Path(to)
    if month is None and not target.is_dir():
        raise UsageError(_NO_FOLDER, path=str(target))
    made = []
    for each in (month,) if month is not None else range(1, 13):
        place = target / f"saft-{year:04d}-{each:02d}" if target.is_dir() else target
        made.append((yield from month_file(session, year, each, place, how)))
    return [path for path in made if path]


def _ready(session: Session, values: Values, how: How) -> Flow[str | None]:
    """The address of the file, once it is there; None when the service says that there is nothing."""
    began, wait, asked = session.clock.monotonic(), _FIRST, 0
    row = session.row("saft")
    while True:
        _stop(how)
        asked += 1
        answer = yield from session.call(row, values)
        body: Any = read(session, row, answer) if answer.body or answer.status == 200 else None
        body = body if isinstance(body, dict) else {}
        if answer.status == 200:
            return _address(session, row, answer, body)
        spent = session.clock.monotonic() - began
        _tell(how, values, asked, spent, str(body.get("message") or ""))
        if spent + wait > how.deadline:
            raise Late(_LATE, provider=session.provider.title, seconds=round(how.deadline), **values)
        yield from _waited(wait, how)
        wait = min(wait * _GROWTH, _LONGEST)


def _address(session: Session, row: Endpoint, answer: Answer, body: dict[str, Any]) -> str | None:
    url = body.get("url")
    if not url and body.get("message"):
        return None
    if not isinstance(url, str) or not session.may_fetch(url):
        raise session.unexpected(row, answer, _NO_URL)
    return url


def _waited(seconds: float, how: How) -> Flow[None]:
    """Wait in small pieces, so that it can be stopped."""
    while seconds > 0:
        _stop(how)
        piece = min(seconds, 1.0)
        yield Wait(piece)
        seconds -= piece


def _stop(how: How) -> None:
    if how.cancelled and how.cancelled():
        raise Cancelled(_CANCELLED)


def _tell(how: How, values: Values, asked: int, seconds: float, message: str) -> None:
    if how.progress:
        how.progress(Progress(values["year"], values["month"], asked, seconds, message))


def _fetched(session: Session, url: str, staged: Staged) -> Flow[None]:
    """The file behind an address, which is on another host and needs no credentials."""
    headers = (("Host", ""), ("Accept", "*/*"), ("Accept-Encoding", "gzip"))
    request = elsewhere(Request(_DOWNLOAD, "GET", url, headers, sink=staged), url)
    answer = yield request
    yield from session.followed(request, answer)


def _ending(session: Session, staged: Staged) -> str:
    staged.stream.flush()
    staged.stream.seek(0)
    head = staged.stream.read(_HEAD).lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if head.startswith(b"PK") and zipfile.is_zipfile(staged.stream):
        return ".zip"
    if head.replace(b"\0", b"").startswith((b"<?xml", b"<AuditFile")):
        return ".xml"
    raise session.unexpected(_DOWNLOAD, Answer(200, {"content-type": BYTES}, head), _NEITHER)


_NO_FOLDER: Final = Text("Per un anno serve una cartella che esiste: «{path}».", "A year needs a folder: “{path}”.")
_NO_URL: Final = Text("manca l'indirizzo del file", "the address of the file is missing")
_NEITHER: Final = Text("il file non è XML né ZIP", "the file is neither XML nor ZIP")
_CANCELLED: Final = Text("Fermato.", "Stopped.")
_LATE: Final = Text(
    "{provider}: il SAF-T {year}-{month:02d} non è pronto dopo {seconds} s; il servizio continua, riprova più tardi.",
    "{provider}: the SAF-T {year}-{month:02d} is not ready after {seconds} s; the service goes on, try again later.",
)
