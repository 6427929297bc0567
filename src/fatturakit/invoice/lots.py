"""Lots: one file for each body, and files with one header put together.

The bytes of a body are cut out and put in as they are, white space, comments and spelling of characters included.
Signatures do not survive: they were over another file.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import partial
from typing import Final, NamedTuple

from lxml import etree

from ..document import Document, document_of
from ..errors import ExitCode, FatturakitError, InputError
from ..schema import xpath
from ..schema.profiles import DSIG_NS
from ..schema.table import table
from ..sources import Source
from ..texts import Text
from ..xmlio import child, local, parse, serialise, text
from . import pieces

BODY: Final = "FatturaElettronicaBody"
HEADER: Final = "FatturaElettronicaHeader"
_OWN: Final = "ProgressivoInvio"
_SHOWN: Final = 60


class LotError(FatturakitError, ValueError):
    """Documents that cannot be taken apart or put together."""

    exit_code = ExitCode.FINDINGS


def split(document: Document | Source) -> list[Document]:
    """One document for each body, with the header as it is; ``LotError`` when there is no body.

    A signature is dropped (look at ``document.is_signed``); names are the caller's to give.
    """
    document = document_of(document)
    if not document.bodies:
        raise LotError(_NO_BODY, name=document.name or document.kind)
    bodies = [[body.element] for body in document.bodies]
    alone = pieces.apart(document.data, document.encoding, len(bodies))
    return [_checked(data, wanted) or _rebuilt(document, wanted) for data, wanted in zip(alone, bodies, strict=True)]


def join(documents: Iterable[Document | Source]) -> Document:
    """One document with all bodies, in order; ``LotError`` names the first field in which two headers differ.

    ProgressivoInvio may differ, the first one stays. The answer has the encoding of the first document, no signature.
    """
    given = [document_of(each) for each in documents]
    first = given[0] if given else None
    if first is None or not all(document.bodies for document in given):
        raise LotError(_NO_BODY, name=next((each.name for each in given if not each.bodies), "join"))
    for other in given[1:]:
        _agree(first, other)
    wanted = [body.element for document in given for body in document.bodies]
    data = pieces.joined([(document.data, document.encoding) for document in given])
    return _checked(data, wanted) or _rebuilt(first, wanted)


def _checked(data: bytes | None, wanted: list[etree._Element]) -> Document | None:
    """The document of the bytes, when it has the very bodies wanted and no signature."""
    try:
        found = None if data is None else Document(data, parse(data))
    except InputError:  # a body that needs what the root around it declared
        return None
    if found is None:
        return None
    bodies = [body.element for body in found.bodies]
    return found if not found.is_signed and list(map(_canonical, bodies)) == list(map(_canonical, wanted)) else None


def _canonical(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, method="c14n", with_tail=False))


def _rebuilt(first: Document, wanted: list[etree._Element]) -> Document:
    """By the tree, for documents whose bytes do not part cleanly (namespaces declared on the root and used inside)."""
    root = deepcopy(first.root.getroottree()).getroot()
    for node in [*root.iterchildren(f"{{*}}{BODY}"), *root.iterchildren(f"{{{DSIG_NS}}}Signature")]:
        root.remove(node)
    root.extend(deepcopy(body) for body in wanted)
    data = serialise(root, root.getroottree().docinfo.encoding or "UTF-8")
    return Document(data, parse(data))


def _agree(first: Document, other: Document) -> None:
    raise_ = partial(LotError, _DIFFER, first=first.name or "1", other=other.name or "2")
    if (first.root_name, first.namespace, first.version) != (other.root_name, other.namespace, other.version):
        raise raise_(
            field="versione", one=f"{first.root_name} {first.version}", two=f"{other.root_name} {other.version}"
        )
    difference = _difference(child(first.root, HEADER), child(other.root, HEADER))
    if difference:
        at, one, two = difference
        raise raise_(field=_named(first, at), one=one[:_SHOWN], two=two[:_SHOWN])


class Difference(NamedTuple):
    """Where two headers differ, and what each says there."""

    at: etree._Element
    one: str
    two: str


def _difference(first: etree._Element | None, other: etree._Element | None) -> Difference | None:
    """The first element in which two trees differ, with what each says."""
    if first is None or other is None:
        missing = first if first is not None else other
        shown = ("" if first is None else "…", "" if other is None else "…")
        return None if missing is None else Difference(missing, *shown)
    if local(first) == _OWN == local(other):
        return None
    ours, theirs = list(first.iterchildren(etree.Element)), list(other.iterchildren(etree.Element))
    if not ours and not theirs:
        one, two = text(first).strip(), text(other).strip()
        return None if one == two else Difference(first, one, two)
    for place in range(max(len(ours), len(theirs))):
        mine, yours = _at(ours, place), _at(theirs, place)
        if mine is None or yours is None or local(mine) != local(yours):
            return _unmatched(mine, yours)
        if found := _difference(mine, yours):
            return found
    return None


def _at(nodes: list[etree._Element], place: int) -> etree._Element | None:
    return nodes[place] if place < len(nodes) else None


def _unmatched(mine: etree._Element | None, yours: etree._Element | None) -> Difference | None:
    place = mine if mine is not None else yours
    shown = ["" if node is None else f"<{local(node)}>{text(node).strip()}" for node in (mine, yours)]
    return None if place is None else Difference(place, *shown)


def _named(document: Document, node: etree._Element) -> str:
    path = xpath.plain(node)
    row = table(document.profile.name).get(path) if document.profile else None
    return f"{row.field} {row.name}" if row else path


_NO_BODY: Final = Text("«{name}» non contiene fatture.", "“{name}” holds no invoices.")
_DIFFER: Final = Text(
    "Le testate non sono uguali: {field} è «{one}» in {first} e «{two}» in {other}.",
    "The headers are not the same: {field} is “{one}” in {first} and “{two}” in {other}.",
)
