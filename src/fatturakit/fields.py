"""What gives a document its typed fields; loaded with it, so the machinery itself waits until a field is asked for."""

from __future__ import annotations

import os
from copy import copy, deepcopy
from typing import TYPE_CHECKING, Any, Final, Self

from .lazy import lazy
from .schema.profiles import DSIG_NS, Profile
from .texts import Text
from .xmlio import parse, serialise

if TYPE_CHECKING:
    from lxml import etree

    from .findings import Repair
    from .view import ordinary
    from .view.blocks import Blocks
    from .view.node import View

SIGNATURE: Final = f"{{{DSIG_NS}}}Signature"
_DERIVED: Final = ("data", "bodies", "kind")


class Fields:
    """``body``, ``header``, ``content`` and access by XML names; changes, and the bytes after them."""

    root: etree._Element
    name: str
    profile: Profile | None
    layers: tuple[str, ...]
    as_written: etree._Element
    repairs: tuple[Repair, ...]
    if TYPE_CHECKING:

        @property
        def is_signed(self) -> bool:
            """What the document says of itself."""

    @lazy
    def data(self) -> bytes:
        """The bytes of the XML: as received, or written anew after a change."""
        return serialise(self.root, self.root.getroottree().docinfo.encoding or "UTF-8")

    @lazy
    def content(self) -> View:
        """The root element as typed fields, for every format: ``doc.content.identificativo_sdi`` of a receipt.

        Raises ``UnknownField`` for a document whose format is unknown. ``view/*.pyi`` has the classes of each format.
        """
        from .schema.table import table
        from .view.faults import UnknownField
        from .view.node import Home, View

        found = None if self.profile is None else table(self.profile.name)
        row = found.get("/" + self.root.tag.rpartition("}")[2]) if found else None
        if found is None or row is None:
            raise UnknownField(_NO_FIELDS, name=self.root.tag)
        return View(Home(found, self._changing), row, self.root)

    @property
    def header(self) -> ordinary.Header:
        """FatturaElettronicaHeader as typed fields (typed as of the ordinary format)."""
        found: ordinary.Header = self.content.fattura_elettronica_header
        return found

    @property
    def body(self) -> Blocks[ordinary.Body]:
        """The list of FatturaElettronicaBody as typed fields: ``doc.body[0].dati_generali``…

        Absent values are None, absent blocks are false, repeated fields are lists. Setting checks the value
        (``FieldError``) and puts the element in its place; a signed document refuses (``SignedDocument``).
        """
        listed: Blocks[ordinary.Body] = self.content.fattura_elettronica_body
        return listed

    def __getitem__(self, path: str) -> Any:
        """A field by XML names: ``doc["FatturaElettronicaBody/0/DatiGenerali/DatiGeneraliDocumento/Numero"]``."""
        return self.content[path]

    def __setitem__(self, path: str, value: object) -> None:
        """Set a field by XML names; None removes it."""
        self.content[path] = value

    def __delitem__(self, path: str) -> None:
        del self.content[path]

    __iter__ = None

    def to_bytes(self) -> bytes:
        """The XML: exactly the bytes received while nothing has been changed."""
        return self.data

    def save(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write ``to_bytes()`` to a file, whole or not at all; ``OutputError`` when it exists and not ``force``."""
        from .writing import write_whole

        write_whole(path, self.to_bytes(), force=force)

    def unsigned(self) -> Self:
        """A copy without signature (in the XML or around it), which can be changed."""
        root = parse(self.data)
        for signature in list(root.iterchildren(SIGNATURE)):
            _drop(signature)
        plain = tuple(layer for layer in self.layers if layer != "cms")
        name = self.name[:-4] if self.name.lower().endswith(".p7m") else self.name
        return type(self)(serialise(root), root, name, plain)  # type: ignore[call-arg]  # Document's own signature

    def __deepcopy__(self, memo: object) -> Self:
        """A document of its own: a change of one is none of the other."""
        twin = copy(self)
        for name in (*_DERIVED[1:], "content"):
            twin.__dict__.pop(name, None)
        if "root" in self.__dict__:
            twin.root = deepcopy(self.root.getroottree()).getroot()
            twin.as_written = twin.root if self.as_written is self.root else self.as_written
        return twin

    def _changing(self) -> None:
        """Before every change: a signed document refuses, and what was derived from the old content is forgotten."""
        if self.is_signed:
            from .view.faults import SignedDocument

            raise SignedDocument
        self.as_written, self.repairs = self.root, ()  # what is written anew needs no mending
        for name in _DERIVED:
            self.__dict__.pop(name, None)


def _drop(node: etree._Element) -> None:
    from .view.tree import remove

    remove(node)


_NO_FIELDS: Final = Text(
    "<{name}> non è una fattura né un messaggio di SdI: non ha campi conosciuti.",
    "<{name}> is neither an invoice nor a message of SdI: it has no known fields.",
)
