"""The only place that builds an XML parser or serialises XML.

Hardened: no DTD, no entities, no network, libxml2's own limits on depth (256) and text size (10 MB) left on.
A DOCTYPE is refused, because SdI refuses it and because everything dangerous in XML begins there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from lxml import etree

from .errors import InputError
from .findings import Finding, Layer, Severity
from .limits import DEFAULT, Limits
from .texts import Text

PARSER_DEPTH: Final = 256
IN_UTF8: Final = tuple(
    start + name + end
    for name in (b"UTF-8", b"utf-8")
    for start, end in ((b'<?xml version="1.0" encoding="', b'"'), (b"<?xml version='1.0' encoding='", b"'"))
)
"""How nearly all documents begin."""


@cache
def _parser(lean: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        strip_cdata=False,
        remove_blank_text=lean,
        collect_ids=not lean,
    )


def parse(data: bytes, limits: Limits = DEFAULT, *, lean: bool = False) -> etree._Element:
    """The root of an XML document given as bytes.

    lean: without the blanks between elements, which saves a tenth of the time; for a document that ``can_be_lean``.
    Raises ``InputError`` (its ``finding`` is 00200 with line and column) when the bytes are not well-formed XML,
    carry a DOCTYPE, or pass a limit.
    """
    try:
        root = etree.fromstring(data, _parser(lean))
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data:
            raise refusal(_DOCTYPE, _DOCTYPE_FIX) from error
        raise _syntax_error(error, data) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal(_DOCTYPE, _DOCTYPE_FIX)
    if limits.depth < PARSER_DEPTH and _deeper_than(root, limits.depth):
        raise refusal(_DEPTH, _DEPTH_FIX, {"limit": str(limits.depth)})
    if _has_more(data, b"=", limits.namespaces) and _crowded(root, data, limits):
        args = {"attributes": str(limits.attributes), "namespaces": str(limits.namespaces)}
        raise refusal(_CROWDED, _DEPTH_FIX, args)
    return root


def can_be_lean(data: bytes) -> bool:
    """Whether the blanks that ``parse`` leaves out are surely between elements, and none of them in a value.

    libxml2 takes blanks before a comment, an instruction, a CDATA section or a carriage return for such too: there is
    none of these from the root on, as the bytes of UTF-8 show at a glance.
    """
    if not data.startswith(IN_UTF8) or b"!" in data or b"\r" in data:
        return False
    return data.rfind(b"?") < data.find(b"FatturaElettronica")


def pull_parser(
    events: tuple[str, ...], tags: tuple[str, ...] | None = None, schema: Any = None, encoding: str | None = None
) -> etree.XMLPullParser:
    """A parser fed piece by piece, as hardened as ``parse``; comments and instructions are dropped as they come.

    tags: the elements to tell of (None: all); schema: a compiled XSD that judges on the way, in ``feed_error_log``;
    encoding: read the bytes so, whatever they declare. A DOCTYPE is the caller's to refuse: see ``has_doctype``.
    """
    told: Any = events
    return etree.XMLPullParser(
        told,
        tag=tags,
        schema=schema,
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def has_doctype(element: etree._Element) -> bool:
    """Whether the document of an element opens with a DOCTYPE."""
    return element.getroottree().docinfo.internalDTD is not None


def parse_own(path: str | os.PathLike[str]) -> etree._ElementTree:
    """One of our own files (a schema), with its neighbours reachable by relative name."""
    return etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def page_tree(text: str) -> Any:
    """A page of ours that is well-formed XML, as the standard library's tree, read in C; None when it is not.

    For WeasyPrint, whose own reader of HTML is a slow one. The parser is told of no DTD and the text is ours.
    """
    from xml.etree import ElementTree

    head, _, rest = text.partition("<!DOCTYPE html>")
    if head.strip() or "<!DOCTYPE" in rest or "<!ENTITY" in rest:
        return None
    try:
        return ElementTree.fromstring(rest)  # noqa: S314
    except ElementTree.ParseError:
        return None


def parse_stylesheet(path: str | os.PathLike[str]) -> etree._ElementTree:
    """An XSL style sheet of the user's: its own entities are allowed, anything outside the file is not."""
    own: Any = "internal"
    parser = etree.XMLParser(resolve_entities=own, no_network=True, load_dtd=False)
    return etree.parse(str(path), parser)


def serialise(root: etree._Element, encoding: str = "UTF-8") -> bytes:
    """The document of ``root`` as bytes with an XML declaration; comments and instructions around it included."""
    return bytes(etree.tostring(root.getroottree(), encoding=encoding, xml_declaration=True))  # type: ignore[arg-type]


def text(element: etree._Element) -> str:
    """The character data of an element, without comments and processing instructions."""
    if len(element) == 0:
        return element.text or ""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def whole_text(element: etree._Element) -> bytes:
    """All the character data in an element and below, in one go, as UTF-8."""
    return bytes(etree.tostring(element, method="text", encoding="utf-8", with_tail=False))


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """The first element down a path of child names, None when there is none (much cheaper than ``find``)."""
    for name in path:
        found = next(element.iterchildren(name), None)
        if found is None:
            return None
        element = found
    return element


def line_of(element: etree._Element) -> int | None:
    """The 1-based line an element begins on, None for one that was not parsed."""
    line: Any = element.sourceline
    return line if isinstance(line, int) else None


def local(element: etree._Element) -> str:
    """The local name of an element: ``{ns}Numero`` is ``Numero``."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def refusal(
    message: Text,
    fix: Text,
    args: Mapping[str, str | Text] | None = None,
    line: int | None = None,
    code: str = "00200",
    layer: Layer = Layer.XML,
) -> InputError:
    """An ``InputError`` with the finding that explains it."""
    args = args or {}
    finding = Finding(
        code=code, severity=Severity.ERROR, layer=layer, message=message, fix=fix, line=line, args=dict(args)
    )
    return InputError(message, finding, **args)


def _deeper_than(root: etree._Element, depth: int) -> bool:
    return bool(root.xpath("boolean(/" + "/".join("*" * (depth + 1)) + ")"))


def _has_more(data: bytes, what: bytes, most: int) -> bool:
    """Whether ``what`` is there more than ``most`` times; a few searches where counting looks at every byte."""
    place = -1
    for _ in range(most + 1):
        place = data.find(what, place + 1)
        if place < 0:
            return False
    return True


def _crowded(root: etree._Element, data: bytes, limits: Limits) -> bool:
    """True when one element has more attributes, or namespaces in force, than the limits."""
    if root.xpath(f"boolean(//*[@*[{limits.attributes + 1}]])"):
        return True
    declared = data.count(b"xmlns") > limits.namespaces  # looking costs a list of namespaces for every element
    return declared and bool(root.xpath(f"boolean(//*[namespace::*[{limits.namespaces + 2}]])"))


def _syntax_error(error: etree.XMLSyntaxError, data: bytes) -> InputError:
    line, column = error.position
    detail = (error.msg or "").rsplit(", line ", 1)[0]
    args = {"line": str(line), "column": str(column), "detail": detail}
    if "xcessive depth" in detail:
        return refusal(_DEPTH, _DEPTH_FIX, {"limit": str(PARSER_DEPTH)}, line)
    code = getattr(error, "code", 0)
    if code != _codes.ERR_DOCUMENT_END and not data.rstrip(b" \t\r\n\x00").endswith(b">"):
        return refusal(_CUT, _CUT_FIX, args, line)
    message, fix = _SYNTAX.get(code, (_NOT_WELL_FORMED, _NOT_WELL_FORMED_FIX))
    return refusal(message, fix, args, line)


_DOCTYPE = Text(
    "Il file contiene una dichiarazione DOCTYPE, che SdI rifiuta e può nascondere contenuti ostili: non è stato letto.",
    "The file has a DOCTYPE declaration, which SdI refuses and which can hide hostile content: it was not read.",
)
_DOCTYPE_FIX = Text(
    "Togli la riga <!DOCTYPE …> o fatti mandare di nuovo il file da chi lo ha prodotto.",
    "Remove the <!DOCTYPE …> line, or ask whoever produced the file to send it again.",
)
_DEPTH = Text(
    "Il file annida elementi oltre il limite di {limit} livelli: nessuna fattura ne ha più di dieci.",
    "The file nests elements beyond the limit of {limit} levels: no invoice has more than ten.",
)
_CROWDED = Text(
    "Un elemento del file ha più di {attributes} attributi o {namespaces} spazi dei nomi: nessuna fattura li ha.",
    "An element of the file has more than {attributes} attributes or {namespaces} namespaces: no invoice has them.",
)
_DEPTH_FIX = Text("Controlla da dove viene il file.", "Check where the file comes from.")
_NOT_WELL_FORMED = Text(
    "Il file non è XML ben formato: riga {line}, colonna {column}: {detail}.",
    "The file is not well-formed XML: line {line}, column {column}: {detail}.",
)
_NOT_WELL_FORMED_FIX = Text(
    "Correggi il punto indicato, o esporta di nuovo il file dal programma che lo ha prodotto.",
    "Mend the place named, or export the file again from the program that produced it.",
)
_CUT = Text(
    "Il file è troncato: l'XML finisce alla riga {line}, colonna {column}, con elementi ancora aperti ({detail}).",
    "The file is cut short: the XML ends at line {line}, column {column}, with elements still open ({detail}).",
)
_CUT_FIX = Text(
    "Scarica o esporta di nuovo il file: ciò che manca non si può ricostruire.",
    "Download or export the file again: what is missing cannot be rebuilt.",
)
_BAD_BYTES = Text(
    "Riga {line}, colonna {column}: caratteri non leggibili con la codifica dichiarata ({detail}).",
    "Line {line}, column {column}: characters that do not fit the declared encoding ({detail}).",
)
_BAD_BYTES_FIX = Text(
    "Salva il file nella codifica che dichiara (di norma UTF-8).",
    "Save the file in the encoding it declares (normally UTF-8).",
)
_BAD_AMPERSAND = Text(
    "Riga {line}, colonna {column}: «&» o «<» scritti come testo semplice, o un'entità sconosciuta ({detail}).",
    "Line {line}, column {column}: a bare “&” or “<”, or an unknown entity ({detail}).",
)
_BAD_AMPERSAND_FIX = Text("Scrivi &amp; al posto di & e &lt; al posto di <.", "Write &amp; for & and &lt; for <.")
_CONTROL = Text(
    "Riga {line}, colonna {column}: carattere di controllo vietato in XML ({detail}).",
    "Line {line}, column {column}: a control character that XML forbids ({detail}).",
)
_CONTROL_FIX = Text(
    "Cancella il carattere: di solito arriva da un copia e incolla.",
    "Delete the character: it usually comes from a copy and paste.",
)
_MISMATCH = Text(
    "Riga {line}, colonna {column}: un elemento è chiuso con il tag di un altro ({detail}).",
    "Line {line}, column {column}: an element is closed with another one's tag ({detail}).",
)
_MISMATCH_FIX = Text(
    "Ogni elemento va chiuso con il proprio tag, nell'ordine inverso di apertura.",
    "Close every element with its own tag, in the reverse order of opening.",
)
_TRAILING = Text(
    "Riga {line}, colonna {column}: c'è altro contenuto dopo la fine del documento.",
    "Line {line}, column {column}: there is more content after the end of the document.",
)
_TRAILING_FIX = Text(
    "Lascia un solo documento per file e niente dopo l'ultimo tag.",
    "Keep one document in a file and nothing after its last tag.",
)
_codes = etree.ErrorTypes
_SYNTAX: Final[dict[int, tuple[Text, Text]]] = {
    _codes.ERR_TAG_NOT_FINISHED: (_CUT, _CUT_FIX),
    _codes.ERR_TAG_NAME_MISMATCH: (_MISMATCH, _MISMATCH_FIX),
    _codes.ERR_DOCUMENT_END: (_TRAILING, _TRAILING_FIX),
    _codes.ERR_INVALID_ENCODING: (_BAD_BYTES, _BAD_BYTES_FIX),
    _codes.ERR_UNSUPPORTED_ENCODING: (_BAD_BYTES, _BAD_BYTES_FIX),
    _codes.I18N_CONV_FAILED: (_BAD_BYTES, _BAD_BYTES_FIX),
    _codes.ERR_UNDECLARED_ENTITY: (_BAD_AMPERSAND, _BAD_AMPERSAND_FIX),
    _codes.ERR_NAME_REQUIRED: (_BAD_AMPERSAND, _BAD_AMPERSAND_FIX),
    _codes.ERR_ENTITYREF_SEMICOL_MISSING: (_BAD_AMPERSAND, _BAD_AMPERSAND_FIX),
    _codes.ERR_INVALID_CHAR: (_CONTROL, _CONTROL_FIX),
}
