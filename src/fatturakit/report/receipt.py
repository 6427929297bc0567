"""The rejection SdI would send for a document: RicevutaScarto, or NotificaScarto to who serves an administration.

For an outcome notice (EC) that is not valid it is ScartoEsitoCommittente, with Scarto EN00.

One message for one rejected document; a document that SdI would take, and one that is no invoice, give none. What only
SdI knows is a placeholder: IdentificativoSdI 0, a MessageId of our own, an empty signature; Note says so. Hash is that
of the file when it can be read again, else 64 zeros.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from .._version import __version__
from ..errors import FatturakitError, UsageError
from ..findings import Finding, Report, Severity
from ..limits import DEFAULT
from ..texts import Text
from . import Options, Summary
from ._visible import visible
from ._words import with_field

_PRIVATE: Final = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0"
_PUBLIC: Final = "http://www.fatturapa.gov.it/sdi/messaggi/v1.0"
_ADMINISTRATION: Final = frozenset({"FPA12", "SDI11", "SDI10"})
_INVOICES: Final = _ADMINISTRATION | {"FPR12", "FSM10", "unknown"}
_CODE: Final = re.compile(r"\d{5}")
_OUTCOME: Final = "EN00"
_MOST_ERRORS, _LONGEST_NAME, _LONGEST_BAD_NAME = 200, 50, 36
_LONGEST: Final = {_PUBLIC: 255, _PRIVATE: 1000}
_LONGEST_HINT: Final = 2000
_NO_HASH: Final = "0" * 64
_UNSIGNED: Final = "urn:fatturakit:unsigned"
_SIGNATURE: Final = f"""\
  <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
    <ds:SignedInfo>
      <ds:CanonicalizationMethod Algorithm="{_UNSIGNED}"/>
      <ds:SignatureMethod Algorithm="{_UNSIGNED}"/>
      <ds:Reference URI="">
        <ds:DigestMethod Algorithm="{_UNSIGNED}"/>
        <ds:DigestValue/>
      </ds:Reference>
    </ds:SignedInfo>
    <ds:SignatureValue/>
  </ds:Signature>
"""
_NOTE: Final = (
    "Simulazione di fatturakit {version}: questo messaggio non viene da SdI e non è firmato. "
    "IdentificativoSdI, MessageId e firma sono segnaposto."
)
_NOTE_HASH: Final = " Hash non calcolabile: 64 zeri."


class Receipt:
    """Keeps the one message to the end: several are not one XML document."""

    def __init__(self, options: Options) -> None:
        self._received = options.received_on
        self._rejected: list[Report] = []

    def begin(self) -> Iterator[str]:
        return iter(())

    def document(self, report: Report) -> Iterator[str]:
        if errors_of(report):
            self._rejected = [*self._rejected[:1], report]
        return iter(())

    def end(self, _summary: Summary) -> Iterator[str]:
        if len(self._rejected) > 1:
            raise UsageError(_SEVERAL)
        for report in self._rejected:
            yield message(report, self._received)


def errors_of(report: Report) -> list[Finding]:
    """What SdI would reject the document for; nothing for what is not an invoice."""
    from ..batch.run import is_crash

    if report.kind == "EC":
        return [each for each in report.findings if each.code == _OUTCOME]
    if report.kind not in _INVOICES or is_crash(report):
        return []
    errors = (each for each in report.findings if each.severity is Severity.ERROR and _CODE.fullmatch(each.code))
    return list(errors)[:_MOST_ERRORS]


def message(report: Report, received: str | None) -> str:
    """The message about a rejected document. received: ISO 8601; None is the day it was judged by."""
    if report.kind == "EC":
        return _outcome(report)
    public = report.kind in _ADMINISTRATION
    root, space = ("NotificaScarto", _PUBLIC) if public else ("RicevutaScarto", _PRIVATE)
    digest = _NO_HASH if public else _digest(report)
    archive, name = _names(report.path)
    lines = [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<types:{root} xmlns:types="{space}" versione="1.0">\n',
        _element("IdentificativoSdI", "0"),
        _element("NomeFile", name),
        "" if public else _element("Hash", digest),
        _element("DataOraRicezione", _moment(report, received)),
        _archive(archive) if archive else "",
        "  <ListaErrori>\n",
        *(_error(each, space) for each in errors_of(report)),
        "  </ListaErrori>\n",
        _element("MessageId", _message_id(report)),
        _element("Note", _NOTE.format(version=__version__) + ("" if public or digest != _NO_HASH else _NOTE_HASH)),
        _SIGNATURE,
        f"</types:{root}>\n",
    ]
    return "".join(lines)


def _outcome(report: Report) -> str:
    """The message to an administration whose outcome notice SdI discards."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<types:ScartoEsitoCommittente xmlns:types="{_PUBLIC}" versione="1.0">\n',
        _element("IdentificativoSdI", "0"),
        _element("Scarto", _OUTCOME),
        _element("MessageId", _message_id(report)),
        _element("Note", _NOTE.format(version=__version__)),
        _SIGNATURE,
        "</types:ScartoEsitoCommittente>\n",
    ]
    return "".join(lines)


def _message_id(report: Report) -> str:
    return "FK" + hashlib.sha256(report.path.encode("utf-8", "replace")).hexdigest()[:12]


def _error(finding: Finding, space: str) -> str:
    """The place, then the sentence; the private vocabulary asks for a hint as well."""
    said = _cut(_placed(finding), _LONGEST[space])
    hint = finding.remedy("it") or f"Vedi: fatturakit rule {finding.code}"
    lines = [_element("Codice", finding.code, 6), _element("Descrizione", said, 6)]
    lines += [_element("Suggerimento", _cut(hint, _LONGEST_HINT), 6)] if space == _PRIVATE else []
    return f"    <Errore>\n{''.join(lines)}    </Errore>\n"


def _placed(finding: Finding) -> str:
    line = f" (riga {finding.line})" if finding.line else ""
    return with_field(finding, "it") + line


def _archive(name: str) -> str:
    inner = _element("IdentificativoSdI", "0", 4) + _element("NomeFile", name, 4)
    return f"  <RiferimentoArchivio>\n{inner}  </RiferimentoArchivio>\n"


def _element(name: str, value: str, blanks: int = 2) -> str:
    return f"{' ' * blanks}<{name}>{escape(visible(value))}</{name}>\n"


def _cut(text: str, most: int) -> str:
    text = visible(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def _names(path: str) -> tuple[str, str]:
    """The archive a document came in ("" for none) and its own name, both as SdI would write them."""
    source, *members = _parts(path)
    return (_cut_name(source), _cut_name(members[-1])) if members else ("", _cut_name(source))


def _parts(path: str) -> list[str]:
    """The file on disk, then the members inside archives; a name on disk may have a "!" of its own."""
    return [path] if os.path.isfile(path) else path.split("!")  # noqa: PTH113


def _cut_name(path: str) -> str:
    name = visible(re.split(r"[/\\]", path.rstrip("/"))[-1]) or "-"
    if len(name) <= _LONGEST_NAME:
        return name
    stem, dot, extension = name.partition(".")
    return (stem[:_LONGEST_BAD_NAME] + dot + extension)[:_LONGEST_NAME]


def _moment(report: Report, received: str | None) -> str:
    from ..clock import rome
    from ..rules.options import moment

    at = moment(received) if received else datetime.combine(report.as_of, datetime.min.time(), rome())
    return at.isoformat(timespec="seconds")


def _digest(report: Report) -> str:
    """SHA-256 of the file as it was given, read once more; zeros when it is not there (any more)."""
    from ..batch import inputs

    source = _parts(report.path)[0]
    if source.startswith(("@", "-")) or not os.path.isfile(source):  # noqa: PTH113
        return _NO_HASH
    try:
        for item in inputs.expand([source], DEFAULT):
            if item.shown == report.path and item.archive is None:
                return hashlib.sha256(item.read(DEFAULT)).hexdigest()
    except (FatturakitError, OSError):
        pass
    return _NO_HASH


def create(options: Options) -> Receipt:
    """The renderer, as ``renderer("receipt")`` gives it."""
    return Receipt(options)


_SEVERAL: Final = Text(
    "Più documenti sono scartati, e più messaggi non sono un solo documento XML: scrivili in una cartella con -o DIR/.",
    "Several documents are rejected, and several messages are not one XML document: write them to a folder, -o DIR/.",
)
