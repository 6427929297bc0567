"""An input read and understood, before the archive is touched: bytes, identities, and the facts to be written down."""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from ..batch.inputs import Input
from ..document import Document, from_bytes
from ..envelope.containers import unusable
from ..envelope.zipfiles import BadArchive
from ..errors import InputError
from ..invoice.messages import message
from ..limits import Limits
from ..sdi.kinds import is_message
from ..texts import Text
from .columns import Columns, of_document, of_invoice, of_message
from .facts import Facts, Party, facts_of
from .stems import stem_of
from .store import storable


class Received(NamedTuple):
    """Bytes under a name. source: the path or archive member they came from."""

    data: bytes
    sha256: bytes
    name: str
    source: str
    layers: tuple[str, ...] = ()


class Prepared(NamedTuple):
    """What an input is, and the columns of its row. parties: seller and buyer of an invoice file, none for a message
    of SdI; invoices: the columns of each; words: what the full text is searched in; stem: its name as it is known."""

    received: Received
    content: bytes
    stem: str
    columns: Columns
    parties: tuple[Party, ...] = ()
    invoices: tuple[Columns, ...] = ()
    words: str = ""


def receive(item: Input, limits: Limits) -> Received:
    """The bytes of an input; ``InputError`` when there are none to be had."""
    if item.archive:
        raise unusable(BadArchive(item.archive))
    data = item.read(limits)
    name = storable(item.name or "senza-nome.xml")
    return Received(data, hashlib.sha256(data).digest(), name, storable(item.shown), item.layers)


def prepare(received: Received, limits: Limits) -> Prepared:
    """What was received, understood; ``InputError`` when it is no invoice and no message of SdI."""
    document = from_bytes(received.data, received.name, layers=received.layers, limits=limits)
    whole = document.data is received.data
    content = received.sha256 if whole else hashlib.sha256(document.data).digest()
    if not whole and document.name and document.name != received.name and _is_container(received.name):
        received = received._replace(name=storable(document.name))
    base = {"name": received.name, "kind": document.kind}
    if is_message(document.kind):
        said = of_message(message(document), received.name)
        return Prepared(received, content, stem_of(received.name), base | said)
    if document.profile is None or not document.profile.is_invoice:
        raise InputError(_OTHER, kind=document.kind, root=document.root_name[:80])
    facts = _facts(document)
    columns = {**base, "signed": int(document.is_signed), **of_document(facts)}
    rows = tuple([of_invoice(invoice) for invoice in facts.invoices])
    return Prepared(received, content, stem_of(received.name), columns, (facts.seller, facts.buyer), rows, facts.words)


def _facts(document: Document) -> Facts:
    found = facts_of(document)
    if not found.invoices:
        raise InputError(_NO_BODY)
    return found


def _is_container(name: str) -> bool:
    return name.lower().endswith((".zip", ".eml", ".txt"))


_OTHER: Final = Text(
    "Non è una fattura né un messaggio di SdI ({kind}, <{root}>).",
    "It is no invoice and no message of SdI ({kind}, <{root}>).",
)
_NO_BODY: Final = Text("La fattura non ha alcun corpo.", "The invoice has no body.")
