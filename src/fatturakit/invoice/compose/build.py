"""From what is to be written to a document: elements in schema order, every value judged, gaps named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from lxml import etree

from ...document import Document
from ...errors import FatturakitError
from ...money import parse as number
from ...schema import xpath
from ...schema.names import snake
from ...schema.profiles import by_name
from ...schema.structure import walk
from ...schema.table import Element, ElementTable, table
from ...schema.wording import finding
from ...texts import Text
from ...view.faults import FieldError, shape, unknown
from ...view.values import encode
from ...xmlio import parse, serialise
from .reader import Leaf, Problems, Xml

ORDINARY: Final = "ordinary-1.2.3"
SIMPLIFIED: Final = "simplified-1.0.2"
_LOOK: Final = "  "


def build(header: Xml, body: Xml, format_: str, name: str, overrides: dict[str, Any], problems: Problems) -> Document:
    """The document; what does not fit its format is noted under the path of the input it came from."""
    profile = by_name(SIMPLIFIED if format_ == "FSM10" else ORDINARY)
    elements = table(profile.name)
    row = elements.children("")[0]
    root = etree.Element(f"{{{profile.namespace}}}{row.name}", nsmap={"p": profile.namespace}, versione=format_)
    _Builder(elements, problems).fill(root, row, {"FatturaElettronicaHeader": header, "FatturaElettronicaBody": body})
    etree.indent(root, _LOOK)
    document = Document(b"", root, name)
    del document.__dict__["data"]
    for path, value in overrides.items():
        _override(document, path, value, problems)
    if not problems:
        _gaps(root, elements, problems)
    return document if problems else _settled(document)


def _settled(document: Document) -> Document:
    """The document as reading its bytes gives it."""
    data = serialise(document.root) + b"\n"
    return Document(data, parse(data), document.name)


class _Builder:
    def __init__(self, elements: ElementTable, problems: Problems) -> None:
        self.elements = elements
        self.problems = problems

    def fill(self, node: etree._Element, row: Element, content: Xml) -> None:
        known = {each.name: each for each in self.elements.children(row.path)}
        for stranger in content.keys() - known.keys():
            path = getattr(content[stranger], "path", stranger)
            self._note(path, unknown(stranger, row, list(known)))
        for name, spec in known.items():
            value = content.get(name)
            for each in value if isinstance(value, list) else [value]:
                self._one(node, spec, each)

    def _one(self, parent: etree._Element, row: Element, value: Any) -> None:
        if value is None or value == {} or (isinstance(value, Leaf) and value.value in (None, "")):
            return
        node = etree.SubElement(parent, row.name)
        if isinstance(value, dict):
            self.fill(node, row, value)
            return
        try:
            node.text = encode(_fitting(value.value, row), row)
        except FieldError as error:
            self._note(value.path, error)

    def _note(self, path: str, error: FatturakitError) -> None:
        if any(problem.path == path for problem in self.problems):
            return  # reading has said it already
        self.problems.note(path, error.text, **error.args_)


def _fitting(value: object, row: Element) -> object:
    """Numbers as people write them ("22", 22, "0.5") become numbers, which get the decimals of their field."""
    kind = shape(row)
    if kind == "Decimal" and isinstance(value, str):
        found = number(value)
        return value if found is None else found
    return str(value) if kind == "str" and isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _override(document: Document, path: str, value: Any, problems: Problems) -> None:
    try:
        document[path] = _snaked(value)
    except (FatturakitError, IndexError) as error:
        if isinstance(error, FatturakitError):
            problems.note(f"xml.{path}", error.text, **error.args_)
        else:
            problems.note(f"xml.{path}", _NO_SUCH)


def _snaked(value: Any) -> Any:
    """Blocks under their XML names as the typed view takes them."""
    if isinstance(value, dict):
        return {snake(str(name)): _snaked(each) for name, each in value.items()}
    return [_snaked(each) for each in value] if isinstance(value, list) else value


def _gaps(root: etree._Element, elements: ElementTable, problems: Problems) -> None:
    """What the schema still misses, by the path of the XML."""
    for violation in walk(root, elements):
        found = finding(violation, elements)
        problems.note(found.path or xpath.plain(root), found.message, **found.args)


_NO_SUCH: Final = Text("non c'è un elemento con questo numero", "there is no element of this number")
