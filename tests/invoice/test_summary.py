"""The summary of every readable document: nothing raises, nothing is lost, nothing is altered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from fatturakit.document import Document, from_bytes, open_document
from fatturakit.errors import InputError
from fatturakit.invoice.foreign import Foreign
from fatturakit.invoice.messages import Message
from fatturakit.invoice.model import Invoice, InvoiceFile
from fatturakit.invoice.summary import summarise, to_dict

from ..shared import ROOT, manifest, needs_shared, shared

FIXTURES = ROOT / "fixtures"
SAMPLES = sorted(FIXTURES.rglob("*.xml"))
NS = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"


def readable(paths: Iterator[Path] | list[Path]) -> Iterator[Document]:
    for path in paths:
        try:
            yield open_document(path)
        except InputError:
            continue


def corpus() -> Iterator[Path]:
    return (path for row in manifest() if (path := shared("corpus", row["file"])).suffix.lower() == ".xml")


def invoices(path: str) -> InvoiceFile:
    content = summarise(open_document(FIXTURES / path)).content
    assert isinstance(content, InvoiceFile)
    return content


def first(path: str) -> Invoice:
    return invoices(path).bodies[0]


def texts(document: Document, xpath: str) -> list[str]:
    """What an independent XPath finds, whatever the namespaces."""
    steps = "/".join(f"*[local-name()='{name}']" for name in xpath.split("/"))
    found = document.root.xpath(f"./{steps}")
    assert isinstance(found, list)
    return ["".join(node.itertext(with_tail=False)) for node in found if isinstance(node, etree._Element)]


def check_invoice(document: Document, content: InvoiceFile) -> None:
    body = "FatturaElettronicaBody/DatiGenerali/DatiGeneraliDocumento"
    assert [row.numero for row in content.bodies if row.numero is not None] == texts(document, f"{body}/Numero")
    names = "Denominazione" if content.simplified else "DatiAnagrafici/Anagrafica/Denominazione"
    seller = texts(document, f"FatturaElettronicaHeader/CedentePrestatore/{names}")
    assert (content.cedente_prestatore.name or "") == (seller[0] if seller else content.cedente_prestatore.name or "")
    lines = "DatiBeniServizi" if content.simplified else "DatiBeniServizi/DettaglioLinee"
    assert sum(len(row.linee) for row in content.bodies) >= len(texts(document, f"FatturaElettronicaBody/{lines}"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_fixtures(path: Path) -> None:
    for document in readable([path]):
        summary = summarise(document)
        if isinstance(summary.content, InvoiceFile):
            check_invoice(document, summary.content)
        json.dumps(to_dict(summary))


@needs_shared
def test_the_whole_corpus() -> None:
    seen = 0
    for document in readable(corpus()):
        summary = summarise(document)
        if isinstance(summary.content, InvoiceFile):
            check_invoice(document, summary.content)
        json.dumps(to_dict(summary))
        seen += 1
    assert seen > 500


def test_values_stay_as_written() -> None:
    invoice = first("invoices/IT07712040257_0A1C4.xml")
    assert (invoice.numero, invoice.data, invoice.importo_totale_documento) == ("248/B", "2026-05-31", "1048.71")
    assert len(invoice.causale) == 2
    line = invoice.linee[1]
    assert (line.quantita, line.prezzo_unitario, line.unita_misura) == ("48.00", "3.4567", "CF")
    assert [(row.tipo, row.percentuale) for row in line.sconti_maggiorazioni] == [("SC", "10.00"), ("SC", "5.00")]
    assert [row.kind for row in invoice.riferimenti][-2:] == ["DatiDDT", "DatiDDT"]
    assert invoice.riferimenti[0].riferimento_numero_linea == ("1", "2")
    assert [row.importo_pagamento for row in invoice.pagamenti] == ["524.36", "524.35"]
    assert {row.condizioni_pagamento for row in invoice.pagamenti} == {"TP01"}
    assert [(row.nome_attachment, row.size) for row in invoice.allegati] == [
        ("ddt-512.pdf", 603),
        ("note-consegna.txt", 68),
    ]


def test_professional() -> None:
    file = invoices("invoices/IT07803150148_2026P.xml")
    assert file.cedente_prestatore.name == "Chiara Montanelli"
    assert file.cedente_prestatore.vat_number == "IT07803150148"
    assert file.bodies[0].ritenute[0].importo_ritenuta == "250.00"
    assert file.bodies[0].casse[0].tipo_cassa == "TC01"


def test_simplified() -> None:
    file = invoices("simplified/IT07700930097_00S02.xml")
    assert file.simplified
    assert file.cessionario_committente.name is None
    assert file.cessionario_committente.codice_fiscale == "GRSNTN78E22M996A"
    assert [row.prezzo_totale for row in file.bodies[0].linee] == ["24.40", "5.00"]
    assert file.bodies[0].riferimenti[0].numero == "S-30"


@pytest.mark.parametrize(
    ("name", "outcome", "facts"),
    [
        ("IT07712040257_0A1C4_RC_001", "delivered", {"audience": "private"}),
        ("IT07599810939_PA001_RC_001", "delivered", {"audience": "pa"}),
        ("IT07654320071_00000_NS_001", "rejected", {"nome_file": "IT07654320071_00000.xml"}),
        ("IT07654320071_00001_MC_001", "not_delivered", {"audience": "private"}),
        ("IT07599810939_PA001_MC_001", "delivery_failed", {"audience": "pa"}),
        ("IT07599810939_PA001_NE_001", "accepted_ne", {"numero_fattura": "7/PA", "esito": "EC01"}),
        ("IT07599810939_PA001_EC_001", "accepted_ec", {"numero_fattura": "7/PA"}),
        ("IT07599810939_PA002_DT_001", "expired", {}),
        ("IT07599810939_PA003_AT_001", "undeliverable", {"archivio": "IT07599810939_ZIP01.zip"}),
        ("IT07599810939_PA001_SE_001", "outcome_rejected", {"scarto": "EN01"}),
        ("IT07599810939_PA001_MT_001", "metadata", {"formato": "FPA12"}),
    ],
)
def test_messages(name: str, outcome: str, facts: dict[str, str]) -> None:
    content = summarise(open_document(FIXTURES / "messages" / f"{name}.xml")).content
    assert isinstance(content, Message)
    assert content.outcome == outcome
    assert {key: getattr(content, key) for key in facts} == facts


def test_rejection_reasons() -> None:
    content = summarise(open_document(FIXTURES / "messages/IT07654320071_00000_NS_001.xml")).content
    assert isinstance(content, Message)
    assert [error.codice for error in content.errori] == ["00423", "00425"]
    assert all(error.suggerimento for error in content.errori)


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        ("<AuditFile xmlns='urn:OECD:StandardAuditFile-Tax:PT_1.04_01'><Header/></AuditFile>", "saft"),
        ("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><x/></s:Body></s:Envelope>", "soap"),
        ("<FatturaElettronicaBody/>", "fragment"),
        ("<Whatever/>", "unknown"),
    ],
)
def test_foreign(xml: str, what: str) -> None:
    content = summarise(from_bytes(xml.encode())).content
    assert isinstance(content, Foreign)
    assert (content.what, content.size) == (what, len(xml))


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<FatturaElettronicaHeader/>",
        "<FatturaElettronicaBody/>",
        "<FatturaElettronicaHeader/><FatturaElettronicaBody><DatiGenerali/><DatiPagamento/></FatturaElettronicaBody>",
        "<FatturaElettronicaBody><DatiBeniServizi><DettaglioLinee/></DatiBeniServizi></FatturaElettronicaBody>",
        "<FatturaElettronicaBody><DatiBeniServizi><DatiRiepilogo/></DatiBeniServizi><Allegati/></FatturaElettronicaBody>",
        "<!-- only a comment --><?and an instruction?>",
    ],
)
def test_incomplete_invoices(inside: str) -> None:
    document = from_bytes(
        f"<p:FatturaElettronica versione='FPR12' xmlns:p='{NS}'>{inside}</p:FatturaElettronica>".encode()
    )
    summary = summarise(document)
    assert isinstance(summary.content, InvoiceFile)
    assert all(row.due.amount is None for row in summary.content.bodies)


def test_qualified_children_are_read_all_the_same() -> None:
    data = (FIXTURES / "invoices/IT07654320071_00001.xml").read_bytes()
    qualified = data.replace(b"xmlns:p=", b"xmlns=").replace(b"<p:", b"<").replace(b"</p:", b"</")
    plain, broken = summarise(from_bytes(data)).content, summarise(from_bytes(qualified)).content
    assert plain == broken


@pytest.mark.parametrize(
    ("content", "size"), [("aGVsbG8=", 5), (" aGVs\n bG8= ", 5), ("", 0), ("à", None), ("aGVsbG8", None)]
)
def test_attachment_sizes(content: str, size: int | None) -> None:
    xml = (
        f"<p:FatturaElettronica versione='FPR12' xmlns:p='{NS}'><FatturaElettronicaBody><Allegati>"
        f"<Attachment>{content}</Attachment></Allegati></FatturaElettronicaBody></p:FatturaElettronica>"
    )
    summary = summarise(from_bytes(xml.encode()))
    assert isinstance(summary.content, InvoiceFile)
    assert summary.content.bodies[0].allegati[0].size == size


@pytest.mark.parametrize(
    ("name", "signature"),
    [("invoices/IT07654320071_00001.xml", None), ("signed/IT07654320071_00001.xml.p7m", "CAdES")],
)
def test_signature(name: str, signature: str | None) -> None:
    assert summarise(open_document(FIXTURES / name)).signature == signature


def test_signature_inside_the_xml() -> None:
    assert summarise(open_document(FIXTURES / "messages/IT07654320071_00000_NS_001.xml")).signature == "XAdES"
