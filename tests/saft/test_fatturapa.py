"""Invoices as a ledger: types, natures, sides, and every loss said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from fatturakit.document import open_document
from fatturakit.errors import FatturakitError, UsageError
from fatturakit.invoice.model import (
    Fund,
    Invoice,
    InvoiceFile,
    Line,
    Party,
    Payment,
    Reference,
    Stamp,
    VatGroup,
    Withholding,
)
from fatturakit.saft.fatturapa.collect import Collected, collected
from fatturakit.saft.fatturapa.mapping import DEFAULT
from fatturakit.saft.generating import generated
from fatturakit.saft.oecd import write

from ..shared import ROOT, manifest, needs_shared, shared
from .ledgers import NIF, OCTOBER, broken, content, tree

SELLER = Party(
    name="Bottega", vat_number="IT07599810939", indirizzo="Via Uno", cap="20121", comune="Milano", nazione="IT"
)
BUYER = Party(
    name="Cliente", vat_number="IT07654320071", indirizzo="Via Due", cap="10100", comune="Torino", nazione="IT"
)
LINE = Line(descrizione="Cosa", quantita="2", prezzo_unitario="5.00", prezzo_totale="10.00", aliquota_iva="22.00")


def invoice(*lines: Line, **values: Any) -> InvoiceFile:
    base = {"index": 1, "tipo_documento": "TD01", "divisa": "EUR", "data": "2026-10-10", "numero": "12/A"}
    body = Invoice(**{**base, "linee": lines or (LINE,), **values})
    return InvoiceFile(cedente_prestatore=SELLER, cessionario_committente=BUYER, bodies=(body,))


def ledger(*files: InvoiceFile) -> Collected:
    made = Collected(NIF)
    for place, file in enumerate(files, 1):
        made.add(f"{place}.xml", file)
    return made


def root_of(*files: InvoiceFile) -> Any:
    with generated(ledger(*files), options=OCTOBER) as result:
        return tree(result)


def said(made: Collected) -> str:
    made.tables()
    return " | ".join(finding.say("en") for finding in made.findings)


def test_an_invoice() -> None:
    root = root_of(invoice(importo_totale_documento="12.20"))
    assert root.findtext(".//InvoiceNo") == "FT 2026/1"
    assert root.findtext(".//OrderReferences/OriginatingON") == "12/A"
    assert [node.text for node in root.find(".//Tax")] == ["IVA", "IT", "NOR", "22"]
    assert root.findtext(".//CustomerTaxID") == "07654320071"
    assert root.findtext(".//GrossTotal") == "12.20"
    assert root.findtext(".//SystemEntryDate") == "2026-10-10T00:00:00"


def test_numbers_follow_the_days_whatever_the_order() -> None:
    late, early = invoice(data="2026-10-20", numero="2"), invoice(data="2026-10-05", numero="1")
    found = [
        (node.findtext("InvoiceNo"), node.findtext("InvoiceDate")) for node in root_of(late, early).iter("Invoice")
    ]
    assert found == [("FT 2026/1", "2026-10-05"), ("FT 2026/2", "2026-10-20")]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("TD01", "FT"),
        ("TD02", "FT"),
        ("TD04", "NC"),
        ("TD05", "ND"),
        ("TD07", "FS"),
        ("TD24", "FT"),
        ("TD16", None),
        ("TD27", None),
    ],
)
def test_types(kind: str, expected: str | None) -> None:
    made = ledger(invoice(tipo_documento=kind))
    with generated(made, options=OCTOBER) as result:
        assert tree(result).findtext(".//InvoiceType") == expected
    assert (kind in said(made)) is (expected is None)


@pytest.mark.parametrize(
    ("nature", "kind", "code"),
    [("N1", "NS", "M99"), ("N2.2", "NS", "M99"), ("N3.1", "IVA", "M05"), ("N3.2", "IVA", "M16"), ("N4", "IVA", "M07"),
     ("N6.1", "IVA", "M30"), ("N6.9", "IVA", "M40"), ("N7", "IVA", "M44")],
)  # fmt: skip
def test_natures(nature: str, kind: str, code: str) -> None:
    root = root_of(invoice(LINE._replace(aliquota_iva="0.00", natura=nature)))
    assert (root.findtext(".//Tax/TaxType"), root.findtext(".//TaxExemptionCode")) == (kind, code)


def test_negative_lines_go_to_the_other_side() -> None:
    root = root_of(invoice(LINE, LINE._replace(prezzo_totale="-3.00", quantita=None)))
    assert [node.text for node in root.iter("DebitAmount")] == ["3.00"]
    assert root.findtext(".//NetTotal") == "7.00"
    note = root_of(invoice(LINE, tipo_documento="TD04", riferimenti=(Reference("DatiFattureCollegate", "11/A"),)))
    assert [node.text for node in note.iter("DebitAmount")] == ["10.00"]
    assert note.findtext(".//References/Reference") == "11/A"


def test_funds_and_expenses_are_lines() -> None:
    fund = Fund(tipo_cassa="TC22", importo_contributo_cassa="0.40", aliquota_iva="22.00")
    group = VatGroup(aliquota_iva="22.00", spese_accessorie="1.00")
    root = root_of(invoice(casse=(fund,), riepilogo=(group,)))
    assert [node.text for node in root.iter("CreditAmount")] == ["10.00", "0.40", "1.00"]
    assert [node.findtext("ProductType") for node in root.iter("Product")] == ["S", "O", "O"]


def test_every_loss_is_said() -> None:
    values = {
        "bollo": Stamp(importo_bollo="2.00"),
        "ritenute": (Withholding(tipo_ritenuta="RT02", importo_ritenuta="2.00"),),
        "importo_totale_documento": "99.00",
    }
    words = said(ledger(invoice(LINE._replace(aliquota_iva="0"), **values)))
    for part in ("2.00", "RT02", "99.00", "Natura", "20121", "FT 2026/1"):
        assert part in words


def test_what_has_no_place_is_named() -> None:
    values = {
        "riferimenti": (
            Reference("DatiOrdineAcquisto", "A1", codice_cig="Z1"),
            Reference("DatiOrdineAcquisto", "A2"),
            Reference("DatiDDT", "D1"),
        ),
        "causale": ("Vendita",),
        "pagamenti": (Payment(modalita_pagamento="MP05", iban="IT60X0542811101000000123456"),),
    }
    told = said(ledger(invoice(**values)))
    assert "no place in the file: CodiceCIG, DatiOrdineAcquisto, DatiDDT, Causale, IBAN." in told
    corrected = {"riferimenti": (Reference("DatiFattureCollegate", "7"),), "causale": ("Reso",)}
    assert "no place" not in said(ledger(invoice(tipo_documento="TD04", **corrected)))


def test_withholding_and_simplified() -> None:
    root = root_of(invoice(ritenute=(Withholding(tipo_ritenuta="RT02", importo_ritenuta="2.00"),)))
    assert [node.text for node in root.find(".//WithholdingTax")] == ["IRC", "Ritenuta RT02", "2.00"]
    simple = invoice(Line(descrizione="x", prezzo_totale="12.20", aliquota_iva="22.00"), tipo_documento="TD07")
    assert root_of(simple._replace(simplified=True)).findtext(".//NetTotal") == "10.00"


def test_other_currencies_and_sellers_are_left_out() -> None:
    other = invoice()._replace(cedente_prestatore=SELLER._replace(vat_number="IT07622170863"))
    made = ledger(invoice(), invoice(divisa="USD", numero="9"), other)
    assert len(list(tree_of(made).iter("Invoice"))) == 1
    assert "USD" in said(made)
    assert "IT07622170863" in said(made)


def tree_of(made: Collected) -> Any:
    with generated(made, options=OCTOBER) as result:
        return tree(result)


def test_an_italian_number_does_not_fit() -> None:
    for nif in ("", "07599810939", "509999019"):
        with pytest.raises(UsageError):
            Collected(nif).add("1.xml", invoice())
    with pytest.raises(UsageError):
        Collected(NIF).finish()


def test_the_shape_of_the_oecd_needs_none() -> None:
    made = Collected(portuguese=False)
    made.add("1.xml", invoice())
    pieces: list[bytes] = []
    write(made, pieces.append)
    section = json.loads(b"".join(pieces))["AuditFile"]["SourceDocuments"]["SalesInvoices"]
    assert (section["NumberOfEntries"], section["TotalCredit"]) == (1, "10.00")
    (row,) = section["Invoice"][0]["Line"]
    assert row["DebitCreditIndicator"] == "C"
    assert row["TaxInformation"]["TaxAmount"] == {"Amount": "2.2000"}


def samples() -> Iterator[tuple[str, Any]]:
    for path in sorted((ROOT / "fixtures").glob("*/IT*.xml")):
        if path.parent.name in ("invoices", "simplified"):
            yield path.name, open_document(path)


@needs_shared
def test_every_own_sample_makes_a_valid_file() -> None:
    """Each alone, because each has a seller of its own."""
    for name, opened in samples():
        try:
            made = collected([(name, opened)], NIF, DEFAULT)
        except UsageError:
            continue
        day = next(iter(made.open("documents", _troubles()).rows), (0, [""] * 60))[1]
        columns = made.open("documents", _troubles()).columns
        when = day[columns.index("date")] or "2026-01-01"
        options = OCTOBER._replace(year=int(when[:4]), month=int(when[5:7]))
        with generated(made, options=options) as result:
            assert not broken(content(result), "2022"), name


def _troubles() -> Any:
    from fatturakit.saft.ledger.troubles import Troubles

    return Troubles()


@needs_shared
def test_public_samples_never_crash() -> None:
    """Every valid public invoice becomes a ledger, and the ledger JSON."""
    taken = 0
    for row in list(manifest())[::7]:
        path = shared("corpus", row["file"])
        if path.suffix != ".xml" or "saft" in row["file"]:
            continue
        try:
            opened = open_document(path)
            made = collected([(path.name, opened)], portuguese=False)
        except FatturakitError:  # unreadable inputs are another test's matter
            continue
        taken += 1
        pieces: list[bytes] = []
        write(made, pieces.append)
        json.loads(b"".join(pieces))
    assert taken > 20


def test_a_day_with_white_space_around_it() -> None:
    assert root_of(invoice(data="\n  2026-10-12  ")).findtext(".//InvoiceDate") == "2026-10-12"


@pytest.mark.parametrize("kind", ["TD01", "TD04"])
def test_a_negative_total_is_a_credit_note(kind: str) -> None:
    minus = Line(
        descrizione="Reso", quantita="1", prezzo_unitario="-30.00", prezzo_totale="-30.00", aliquota_iva="22.00"
    )
    given = invoice(LINE, minus, tipo_documento=kind)
    found = root_of(given)
    assert found.findtext(".//InvoiceType") == "NC"
    assert [node.findtext("CreditAmount") or node.findtext("DebitAmount") for node in found.iter("Line")] == [
        "10.00",
        "30.00",
    ]
    assert [node.findtext("DebitAmount") for node in found.iter("Line")] == [None, "30.00"]
    assert [node.text for node in found.find(".//DocumentTotals")] == ["4.40", "20.00", "24.40"]
    assert "is negative: written as a credit note" in said(ledger(given))
