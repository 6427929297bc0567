"""Any row of a table from a verb and the values of a user: what is sent is made as the row says, what comes is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ..errors import UsageError
from ..limits import DEFAULT, Limits
from ..texts import Text
from . import bodies, preflight
from .bodies import Source
from .building import Content
from .endpoints import FORMS, JSON, XML, Endpoint
from .paging import Pages
from .session import Session
from .steps import Flow

INVOICES: Final = ("invoice", "draft")
CHECKED: Final = ("acube.invoices.create", "openapi.receipts.create")
"""What is judged here before it is sent, unless asked not to: the rows that issue something."""
_CHECKS: Final[dict[str, Callable[[Any], object]]] = {"receipt": preflight.receipt}


class Given(NamedTuple):
    """What a user gives to a call besides values: what to send, as what, and how it is to come back.

    check: None judges what the row issues, True and False whatever it is.
    """

    document: Source | None = None
    send_as: str = ""
    form: str = ""
    check: bool | None = None
    limits: Limits = DEFAULT


NOTHING: Final = Given()


def call(session: Session, verb: str, values: Mapping[str, Any], given: Given = NOTHING) -> Flow[Any]:
    """The result of a row: data, bytes, or None."""
    row = session.row(verb)
    content = _content(session, row, given)
    return session.data(row, values, content=content, kind=_kind(row, given, content))


def pages(session: Session, verb: str, values: Mapping[str, Any], form: str = "") -> Pages[Any]:
    """The pages of a row that lists."""
    row = session.row(verb)
    return Pages(session, row, values, _kind(row, Given(form=form), None))


def _content(session: Session, row: Endpoint, given: Given) -> Content | None:
    if row.body is None or given.document is None:
        return None
    check = row.id in CHECKED if given.check is None else given.check
    if row.body.schema in INVOICES:
        return bodies.invoice(session.provider, row, given.document, given.limits, form=given.send_as, check=check)
    return bodies.plain(given.document, given.limits, _CHECKS.get(row.body.schema) if check else None)


def _kind(row: Endpoint, given: Given, content: Content | None) -> str:
    """The media type to ask for: what is wanted, the other side of what is converted, or the usual one ("")."""
    if given.form:
        kind = form_kind(given.form)
        if kind not in row.kinds:
            known = ", ".join(name for name, each in FORMS.items() if each in row.kinds)
            raise UsageError(_NO_FORM, form=given.form, known=known or "-")
        return kind if kind != row.kinds[0] else ""
    turns = content is not None and row.replies[0].kinds == (XML, JSON)
    return (XML if content and content.kind == JSON else JSON) if turns else ""


def form_kind(form: str) -> str:
    """The media type of a representation; ``UsageError`` for one nobody knows."""
    if form not in FORMS:
        raise UsageError(_NO_FORM, form=form, known=", ".join(FORMS))
    return FORMS[form]


_NO_FORM: Final = Text("«{form}» non è una forma: {known}.", "“{form}” is no form: {known}.")
