"""Documents coming in: JSON or XML to bytes, the real judgement on them, and what lists know of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..batch.judge import validate
from ..convert.dialects import dialect_of
from ..convert.pointers import to_pointer
from ..convert.reading import ConversionError, from_json
from ..convert.shapes import shape_of
from ..convert.writing import converted
from ..document import Document, from_bytes
from ..errors import InputError
from ..findings import Finding, Layer, Severity
from .box import Box
from .call import Refusal
from .facts import at, facts_of
from .records import Invoice, Json

TRANSMITTER: Final = {"id_paese": "IT", "id_codice": "01234567897"}
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PA_CODE: Final = 6
_SHAPE: Final = frozenset({Layer.ENVELOPE, Layer.XML, Layer.XSD})


def from_body(body: Json, box: Box) -> Document:
    """The document a JSON of A-Cube says, with what the service fills in; refused with every violation."""
    try:
        return from_json(filled(body, box), "acube")
    except ConversionError as error:
        raise refused(error.findings, error.say("en")) from error


def from_xml(data: bytes, name: str = "") -> Document:
    """The document in XML (or whatever wraps it); refused when it cannot be opened."""
    try:
        return from_bytes(data, name)
    except InputError as error:
        raise refused((error.finding,) if error.finding else (), error.say("en")) from error


def filled(body: Json, box: Box) -> Json:
    """The JSON with the three fields of the transmission that the service writes itself."""
    header = body.get("fattura_elettronica_header")
    sending = header.get("dati_trasmissione") if isinstance(header, dict) else None
    if not isinstance(header, dict) or not isinstance(sending, dict):
        return body
    code = sending.get("codice_destinatario")
    public = isinstance(code, str) and len(code) == _PA_CODE
    own = {
        "id_trasmittente": TRANSMITTER,
        "progressivo_invio": progressive(len(box.invoices) + 1),
        "formato_trasmissione": "FPA12" if public else "FPR12",
    }
    given = {name: value for name, value in sending.items() if value is not None}
    return {**body, "fattura_elettronica_header": {**header, "dati_trasmissione": {**own, **given}}}


def progressive(number: int) -> str:
    """A number as the five characters of a file name.

    >>> progressive(1), progressive(36)
    ('00001', '00010')
    """
    text = ""
    while number:
        number, rest = divmod(number, len(_ALPHABET))
        text = _ALPHABET[rest] + text
    return text.rjust(5, "0")


def errors_of(document: Document, box: Box) -> tuple[Finding, ...]:
    """What SdI would reject the document for, now by the clock of the sandbox."""
    report = validate(document, received_on=box.now())
    return tuple(found for found in report.findings if found.severity is Severity.ERROR)


def of_shape(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that are about the shape: a service sees them at once, SdI only later sees the rest."""
    return tuple(found for found in findings if found.layer in _SHAPE)


def refused(findings: Iterable[Finding], detail: str = "", document: Document | None = None) -> Refusal:
    """A 400 that lists the findings by the path of the JSON."""
    violations = tuple((_property(found, document), f"{found.code}: {found.say('en')}") for found in findings)
    words = "\n".join(f"{path}: {message}" if path else message for path, message in violations)
    return Refusal(400, words or detail, violations=violations)


def _property(found: Finding, document: Document | None) -> str:
    path = found.path or ""
    if document is not None and document.profile is not None and found.path:
        way = dialect_of("acube")
        path = to_pointer(path, shape_of(document.profile, way, document.root_name))
    return path.strip("/").replace("/", ".")


def keep(box: Box, document: Document, kind: int, *, name: str = "", data: bytes = b"") -> Invoice:
    """An invoice record of a document, not yet in the table; data: its received bytes when they are not the XML."""
    body = json_of(document)
    key = box.uuid()
    return Invoice(
        key=key,
        type=kind,
        created_at=box.stamp(),
        data=data or document.data,
        name=name or file_name(body, len(box.invoices) + 1, signed="cms" in document.layers),
        facts=facts_of(body, document.kind),
        signed="cms" in document.layers,
    )


def json_of(document: Document) -> Json:
    """The document in the dialect of A-Cube."""
    data, _ = converted(document, "acube")
    return data


def file_name(body: Json, number: int, *, signed: bool = False) -> str:
    """The name SdI knows the file by."""
    sender = at(body, "fattura_elettronica_header", "dati_trasmissione", "id_trasmittente")
    who = sender if isinstance(sender, dict) else TRANSMITTER
    ending = ".xml.p7m" if signed else ".xml"
    return f"{who.get('id_paese', 'IT')}{who.get('id_codice', '')}_{progressive(number)}{ending}"
