"""A readable document that is neither an invoice of SdI nor one of its messages: what it most likely is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ..document import Document
from ..xmlio import local
from .reading import Reader

_ROOTS: Final = {
    "AuditFile": "saft",
    "Envelope": "soap",
    "html": "html",
    "Invoice": "ubl",
    "CreditNote": "ubl",
    "CrossIndustryInvoice": "cii",
    "DatiFattura": "transmitted_data",
    "Comunicazione": "tax_return",
    "Fornitura": "tax_return",
    "DatiCorrispettivi": "takings",
    "stylesheet": "stylesheet",
    "schema": "schema",
    "postacert": "pec",
    "Postacert": "pec",
    "FatturaElettronicaHeader": "fragment",
    "FatturaElettronicaBody": "fragment",
    "DatiTrasmissione": "fragment",
}
_SAFT: Final = ("AuditFileVersion", "CompanyName", "TaxRegistrationNumber", "FiscalYear", "StartDate", "EndDate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """A readable document of another kind. what: a key of ours ("saft", "soap", "unknown", …); facts: its header."""

    what: str
    root: str
    namespace: str
    size: int
    encoding: str
    facts: dict[str, str] = field(default_factory=dict)


def foreign(document: Document) -> Foreign:
    """Its root, namespace, size and encoding, and what can be read off a SAF-T header."""
    what = _ROOTS.get(document.root_name, "unknown")
    return Foreign(
        what=what,
        root=document.root_name,
        namespace=document.namespace,
        size=len(document.data),
        encoding=document.encoding,
        facts=_saft_header(document) if what == "saft" else _inside(document) if what == "soap" else {},
    )


def _saft_header(document: Document) -> dict[str, str]:
    header = Reader(document.root).at("Header")
    found = {name: header.text(name) for name in _SAFT}
    found["CompanyName"] = found["CompanyName"] or header.text("Company/Name")
    found["StartDate"] = found["StartDate"] or header.text("SelectionCriteria/SelectionStartDate")
    found["EndDate"] = found["EndDate"] or header.text("SelectionCriteria/SelectionEndDate")
    return {name: value for name, value in found.items() if value}


def _inside(document: Document) -> dict[str, str]:
    """The name of what a SOAP envelope carries."""
    body = next((child for child in document.root.iterchildren("{*}Body")), None)
    carried = None if body is None else next(body.iterchildren("{*}*"), None)
    return {} if carried is None else {"Body": local(carried)}
