"""Answers that go to disk piece by piece: they appear whole or not at all."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Final

from ..texts import Text
from ..writing import Staged
from .endpoints import HTML, PDF, XML, ZIP, Endpoint
from .reading import is_json
from .session import Session, Values
from .steps import Answer, Flow

_HEAD: Final = 2000
_BEGINS: Final = {ZIP: b"PK", PDF: b"%PDF"}


def saved(
    session: Session, row: Endpoint, values: Values, to: str | os.PathLike[str], *, kind: str = "", force: bool = False
) -> Flow[Path | None]:
    """The file an answer was saved to; None when the service had nothing (204). Checked before it appears."""
    with Staged(to, force=force) as staged:
        answer = yield from session.call(row, values, kind=kind, sink=staged)
        if answer.status != 200:
            return None
        _checked(session, row, answer, staged, kind or row.kinds[0])
        return staged.publish()


def _checked(session: Session, row: Endpoint, answer: Answer, staged: Staged, wanted: str) -> None:
    staged.stream.flush()
    staged.stream.seek(0)
    head = staged.stream.read(_HEAD)
    strange = wanted in {ZIP, PDF, XML} and (answer.kind == HTML or is_json(answer))
    cut = wanted == ZIP and not strange and not zipfile.is_zipfile(staged.stream)
    if not head or strange or cut or not head.startswith(_BEGINS.get(wanted, b"")):
        shown = answer._replace(body=head)
        raise session.unexpected(row, shown, _NOT_WHAT, kind=answer.kind or "?", wanted=wanted)


_NOT_WHAT: Final = Text("è «{kind}», non un {wanted} intero", "it is “{kind}”, not a whole {wanted}")
