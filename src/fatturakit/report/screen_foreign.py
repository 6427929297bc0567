"""The screen of a document that is neither an invoice of SdI nor one of its messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..invoice.foreign import Foreign
from ..texts import Text
from .screen import Page
from .screen_values import day, size

_WHAT: Final = {
    "saft": Text("File di audit SAF-T", "SAF-T audit file"),
    "soap": Text("Busta SOAP di un servizio web", "SOAP envelope of a web service"),
    "html": Text("Pagina web (HTML)", "Web page (HTML)"),
    "ubl": Text("Fattura UBL (Peppol, EN 16931)", "UBL invoice (Peppol, EN 16931)"),
    "cii": Text("Fattura CII (EN 16931)", "CII invoice (EN 16931)"),
    "transmitted_data": Text("Dati fatture (spesometro, esterometro)", "Invoice data report (esterometro)"),
    "tax_return": Text("Dichiarazione o comunicazione IVA", "VAT return or communication"),
    "takings": Text("Corrispettivi telematici", "Daily takings"),
    "stylesheet": Text("Foglio di stile XSL", "XSL stylesheet"),
    "schema": Text("Schema XML (XSD)", "XML schema (XSD)"),
    "pec": Text("Dati di certificazione PEC", "PEC certification data"),
    "fragment": Text("Pezzo di una fattura, senza il suo inizio", "Part of an invoice, without its beginning"),
    "unknown": Text("Documento XML sconosciuto", "Unknown XML document"),
}
_NEXT: Final = {
    "saft": Text(
        "fatturakit saft inspect: sezioni, totali, IVA, clienti; saft convert: tabelle; saft validate: controlli.",
        "fatturakit saft inspect: sections, totals, VAT, customers; saft convert: tables; saft validate: controls.",
    ),
    "soap": Text(
        "Estrai dalla busta il file della fattura o del messaggio (di solito è in base64).",
        "Take the invoice or message out of the envelope (it usually is base64).",
    ),
    "html": Text(
        "Scarica di nuovo il file: forse la sessione era scaduta.", "Download it again: the session may have ended."
    ),
    "fragment": Text("Il file deve cominciare con FatturaElettronica.", "The file must begin with FatturaElettronica."),
}
_NOTHING: Final = Text(
    "Non è una fattura FatturaPA né un messaggio di SdI.", "It is neither a FatturaPA invoice nor a message of SdI."
)
_ROOT: Final = Text("Radice", "Root")
_NAMESPACE: Final = Text("Namespace", "Namespace")
_SIZE: Final = Text("Dimensione", "Size")
_MORE: Final = Text("Di più", "More")
_MIND: Final = Text("Attenzione", "Mind")
_SIZED: Final = Text("{size}, codifica {encoding}", "{size}, encoding {encoding}")
_NO_NAMESPACE: Final = Text("(nessuno)", "(none)")
_COMPANY: Final = Text("Azienda", "Company")
_PERIOD: Final = Text("Periodo", "Period")
_BETWEEN: Final = Text("dal {start} al {end}", "{start} to {end}")
_VERSION: Final = Text("Versione", "Version")
_CARRIES: Final = Text("Contiene", "Carries")


def screen(page: Page, kind: str, foreign: Foreign) -> Iterator[str]:
    """Every line of the screen."""
    yield from page.heading(page.words(_WHAT[foreign.what]), "" if kind == "unknown" else kind)
    if foreign.what == "saft":
        yield from page.labelled(_MORE, _advice(page, foreign))
    else:
        yield from page.labelled(_MIND, [page.words(_NOTHING), *_advice(page, foreign)], "warning")
    yield from _facts(page, foreign.facts)
    yield from page.labelled(_ROOT, [page.value(foreign.root)])
    yield from page.labelled(_NAMESPACE, [page.value(foreign.namespace) or page.words(_NO_NAMESPACE)])
    much = page.words(_SIZED, size=size(foreign.size, page.lang), encoding=foreign.encoding)
    yield from page.labelled(_SIZE, [much])


def _advice(page: Page, foreign: Foreign) -> Iterator[str]:
    if foreign.what in _NEXT:
        yield page.words(_NEXT[foreign.what])


def _facts(page: Page, facts: dict[str, str]) -> Iterator[str]:
    company = " · ".join(page.value(facts[name]) for name in ("CompanyName", "TaxRegistrationNumber") if name in facts)
    yield from page.labelled(_COMPANY, filter(None, [company]))
    if "StartDate" in facts and "EndDate" in facts:
        start, end = day(facts["StartDate"], page.lang), day(facts["EndDate"], page.lang)
        yield from page.labelled(_PERIOD, [page.words(_BETWEEN, start=start, end=end)])
    elif "FiscalYear" in facts:
        yield from page.labelled(_PERIOD, [page.value(facts["FiscalYear"])])
    yield from page.labelled(_VERSION, filter(None, [page.value(facts.get("AuditFileVersion"))]))
    yield from page.labelled(_CARRIES, filter(None, [page.value(facts.get("Body"))]))
