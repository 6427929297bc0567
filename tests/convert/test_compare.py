"""Two documents compared by meaning."""

from __future__ import annotations

import pytest

import fatturakit as fk
from fatturakit.convert.compare import differences
from fatturakit.document import from_bytes
from tests.samples import NS, invoice, lines

GENERAL = "/FatturaElettronica/FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento"
LINE = "/FatturaElettronica/FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee"
Change = tuple[str, str]


def fields(*changes: Change, exact: bool = False) -> list[tuple[str, str | None, str | None]]:
    found = differences(from_bytes(invoice()), from_bytes(invoice(*changes)), exact=exact)
    return [(row.path, row.first, row.second) for row in found]


@pytest.mark.parametrize(
    "change",
    [
        (f'xmlns:p="{NS}"', f'xmlns:p="{NS}" xmlns:x="urn:x" x:y="z"'),
        ("<Divisa>EUR</Divisa>", "<!-- c --><Divisa>E<!-- d -->UR</Divisa>"),
        ("<Divisa>EUR</Divisa>", "<Divisa> EUR\n</Divisa>"),
        ("<PrezzoTotale>100.00<", "<PrezzoTotale>100.000<"),
        ("<NumeroLinea>1<", "<NumeroLinea>01<"),
        ("  <FatturaElettronicaHeader>", "<FatturaElettronicaHeader>"),
    ],
)
def test_what_does_not_count(change: Change) -> None:
    assert fields(change) == []


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (("12/A", "12/B"), (f"{GENERAL}/Numero", "12/A", "12/B")),
        (("12/A", "12/a"), (f"{GENERAL}/Numero", "12/A", "12/a")),
        (("<PrezzoTotale>100.00<", "<PrezzoTotale>100.01<"), (f"{LINE}[NumeroLinea=1]/PrezzoTotale", "100.00", "100.01")),
        (("<Divisa>EUR</Divisa>", ""), (f"{GENERAL}/Divisa", "EUR", None)),
        (("<Divisa>EUR</Divisa>", "<Divisa>EUR</Divisa><Extra>1</Extra>"), (f"{GENERAL}/Extra", None, "1")),
        (("</DatiGeneraliDocumento>", "<Causale/></DatiGeneraliDocumento>"), (f"{GENERAL}/Causale[1]", None, "")),
    ],
)
def test_what_differs(change: Change, row: tuple[str, str | None, str | None]) -> None:
    assert fields(change) == [row]


def test_exact_compares_what_is_written() -> None:
    change = ("<PrezzoTotale>100.00<", "<PrezzoTotale>100.000<")
    assert fields(change, exact=True) == [(f"{LINE}[NumeroLinea=1]/PrezzoTotale", "100.00", "100.000")]


def test_a_line_put_in_is_one_difference() -> None:
    first = lines(3)
    second = lines(4).replace(b"<NumeroLinea>1<", b"<NumeroLinea>9<", 1)
    second = second.replace(b"<NumeroLinea>4<", b"<NumeroLinea>1<", 1)
    found = differences(from_bytes(first), from_bytes(second))
    changed = {row.path.split("/")[4] for row in found if "DettaglioLinee" in row.path}
    assert changed == {"DettaglioLinee[NumeroLinea=9]"}
    assert all(row.first is None for row in found if "DettaglioLinee" in row.path)


def test_labels_and_numbers_come_from_the_schema() -> None:
    [row] = differences(from_bytes(invoice()), from_bytes(invoice(("12/A", "13/A"))))
    assert (row.field, row.it, row.en) == ("2.1.1.4", "Numero", "Number")


def test_moments_and_attachments() -> None:
    tail = "</DatiBeniServizi>"
    one = "<Allegati><NomeAttachment>a</NomeAttachment><Attachment>YWJj</Attachment></Allegati>"
    other = one.replace("YWJj", "YW\nJj")
    first, second = (from_bytes(invoice((tail, tail + text))) for text in (one, other))
    assert differences(first, second) == []
    transport = "<DatiTrasporto><DataOraConsegna>{}</DataOraConsegna></DatiTrasporto></DatiGenerali>"
    moments = ("2026-11-20T10:00:00+01:00", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00")
    a, b, c = (from_bytes(invoice(("</DatiGenerali>", transport.format(moment)))) for moment in moments)
    assert differences(a, b) == []
    assert len(differences(a, c)) == 1


def test_json_and_xml_are_the_same_document() -> None:
    document = from_bytes(invoice())
    for dialect in ("acube", "invoicetronic", "xml"):
        assert differences(document, fk.from_json(fk.to_json(document, dialect))) == []


def test_different_kinds() -> None:
    [row] = differences(from_bytes(invoice()), from_bytes(b"<AuditFile/>"))
    assert (row.path, row.first, row.second) == ("/", "FatturaElettronica", "AuditFile")
