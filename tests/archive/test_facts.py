"""What the archive reads off a document: simplified invoices, and documents in which something is missing or wrong."""

from __future__ import annotations

import pytest

import fatturakit as fk
from fatturakit.archive.facts import Facts, Party, facts_of

from ..samples import invoice
from ..shared import ROOT

SIMPLIFIED = (ROOT / "fixtures" / "simplified" / "IT07700930097_00S01.xml").read_bytes()


def facts(data: bytes) -> Facts:
    return facts_of(fk.open(data))


def simplified(*changes: tuple[str, str]) -> Facts:
    text = SIMPLIFIED.decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return facts(text.encode())


def test_a_simplified_invoice() -> None:
    """Its lines are gross: what is taxed is what is left without the tax, and the total their sum."""
    found = simplified()
    (body,) = found.invoices
    assert found.seller.vat_number == "IT07700930097"
    assert [(row.rate, row.taxable, row.tax) for row in body.vat] == [
        ("10.00", "112.73", "11.27"),
        ("22.00", "15.00", "3.30"),
    ]
    assert body.total == "142.30"
    assert "Cavatappi" in found.words


def test_a_simplified_invoice_that_states_rates_alone() -> None:
    """The tax is taken out of the gross amount, rounded half up; without a rate there is none."""
    (body,) = simplified(("<Imposta>11.27</Imposta>", ""), ("<Imposta>3.30</Imposta>", "")).invoices
    assert [(row.rate, row.taxable, row.tax) for row in body.vat] == [
        ("10.00", "112.73", "11.27"),
        ("22.00", "15.00", "3.30"),
    ]
    (body,) = simplified(
        ("<Imposta>3.30</Imposta>", ""),
        ("<Aliquota>22.00</Aliquota>", ""),
        ("</DatiIVA>", "</DatiIVA><Natura>N4</Natura>"),
    ).invoices
    assert [(row.rate, row.nature, row.taxable, row.tax) for row in body.vat][1] == ("", "N4", "18.30", "0")


def test_a_document_without_a_header() -> None:
    text = invoice().decode()
    start, end = text.index("<FatturaElettronicaHeader>"), text.index("<FatturaElettronicaBody>")
    found = facts((text[:start] + text[end:]).encode())
    assert (found.seller, found.buyer, found.destination) == (Party(), Party(), "")
    assert [body.number for body in found.invoices] != [""]


@pytest.mark.parametrize(
    ("stated", "total"), [("<ImportoTotaleDocumento>+7.5</ImportoTotaleDocumento>", "+7.5"), ("", "122.00")]
)
def test_a_total_that_is_stated_or_is_the_sum(stated: str, total: str) -> None:
    body = facts(_with_total(stated)).invoices[0]
    assert body.total == total


def test_a_number_that_is_none_is_not_kept() -> None:
    """The sum stands in for it."""
    body = facts(_with_total("<ImportoTotaleDocumento>molto</ImportoTotaleDocumento>")).invoices[0]
    assert body.total == "122.00"


def test_withholding_and_stamp() -> None:
    more = (
        "<DatiRitenuta><TipoRitenuta>RT01</TipoRitenuta><ImportoRitenuta>20.00</ImportoRitenuta></DatiRitenuta>"
        "<DatiRitenuta><TipoRitenuta>RT03</TipoRitenuta></DatiRitenuta>"
        "<DatiBollo><BolloVirtuale>SI</BolloVirtuale><ImportoBollo>2.00</ImportoBollo></DatiBollo>"
    )
    body = facts(_with_total(more)).invoices[0]
    assert body.withheld == (("RT01", "20.00"), ("RT03", "0"))
    assert (body.stamp, body.stamp_amount) == (True, "2.00")


def _with_total(more: str) -> bytes:
    text = invoice().decode()
    start, end = text.find("<ImportoTotaleDocumento>"), text.find("</ImportoTotaleDocumento>")
    if start >= 0:
        text = text[:start] + text[end + len("</ImportoTotaleDocumento>") :]
    return text.replace("</DatiGeneraliDocumento>", f"{more}</DatiGeneraliDocumento>", 1).encode()
