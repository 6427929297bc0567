"""Identity, dates and numbers: what is said, where, from which day, and what stays unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import fatturakit as fk

from ..samples import INVOICE, invoice
from ..shared import ROOT

CODES = (
    *("00300", "00301", "00302", "00303", "00304", "00305", "00306", "00313", "00330", "00403", "00409", "00417"),
    *("00418", "00425", "00427", "00471", "00472", "00473", "00475", "00476"),
)
DAY = "2026-11-21"
SIMPLIFIED = (ROOT / "fixtures" / "simplified" / "IT07700930097_00S01.xml").read_text(encoding="utf-8")
SELLER = "<DatiAnagrafici>\n        <IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01879020517</IdCodice></IdFiscaleIVA>"
TAX_CODE = "<CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale>"
COUNTRY = "<DatiAnagrafici>\n        <IdFiscaleIVA><IdPaese>IT"
VAT = "<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>{}</IdCodice></IdFiscaleIVA>"
OWN, OTHER = VAT.format("01879020517"), VAT.format("07654320071")
FRENCH = OTHER.replace("IT", "FR")
GARBAGE = ["x", "IT", "-1", "9" * 40, "TD17", "TD27"]


def found(data: bytes | str, day: str = DAY, **more: object) -> list[fk.Finding]:
    raw = data.encode() if isinstance(data, str) else data
    return list(fk.validate(raw, received_on=day, select=CODES, **more).findings)  # type: ignore[arg-type]


def said(data: bytes | str, day: str = DAY) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity.value) for finding in found(data, day)]


@pytest.mark.parametrize(
    ("code", "changes", "path", "number", "it"),
    [
        (
            "00300",
            [("01879020517", "01879020516")],
            "/DatiTrasmissione/IdTrasmittente/IdCodice",
            "1.1.1.2",
            (
                "Il codice fiscale «01879020516» del trasmittente non può esistere: "
                "il carattere di controllo, l'ultimo, è 6 e dovrebbe essere 7"
            ),
        ),
        (
            "00301",
            [(SELLER, SELLER.replace("01879020517", "IT01879020517"))],
            "/CedentePrestatore/DatiAnagrafici/IdFiscaleIVA/IdCodice",
            "1.2.1.1.2",
            (
                "Il numero di partita IVA «IT01879020517» del cedente/prestatore non può esistere: "
                "comincia con IT, ma il paese va scritto solo in <IdPaese>"
            ),
        ),
        (
            "00302",
            [(SELLER, SELLER + "<CodiceFiscale>018790205170</CodiceFiscale>")],
            "/CedentePrestatore/DatiAnagrafici/CodiceFiscale",
            "1.2.1.2",
            (
                "Il codice fiscale «018790205170» del cedente/prestatore non può esistere: "
                "ha 12 caratteri, mentre un codice fiscale ne ha 16 (persone) o 11 (altri soggetti)"
            ),
        ),
        (
            "00305",
            [(TAX_CODE, VAT.format("RSSMRA80A01H501U"))],
            "/CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA/IdCodice",
            "1.4.1.1.2",
            (
                "Il numero di partita IVA «RSSMRA80A01H501U» del cessionario/committente non può esistere: "
                "ha 16 caratteri invece di 11"
            ),
        ),
        (
            "00306",
            [("RSSMRA80A01H501U", "RSSMRA80A01H501X")],
            "/CessionarioCommittente/DatiAnagrafici/CodiceFiscale",
            "1.4.1.2",
            (
                "Il codice fiscale «RSSMRA80A01H501X» del cessionario/committente non può esistere: "
                "il carattere di controllo, l'ultimo, è X e dovrebbe essere U"
            ),
        ),
        (
            "00417",
            [(TAX_CODE, "")],
            "/CessionarioCommittente/DatiAnagrafici",
            "1.4.1",
            "Il cessionario/committente non ha né <IdFiscaleIVA> né <CodiceFiscale>",
        ),
        (
            "00427",
            [("0000000", "UFABCD")],
            "/DatiTrasmissione/CodiceDestinatario",
            "1.1.4",
            "Il codice destinatario «UFABCD» ha 6 caratteri, ma con il formato FPR12 sono 7",
        ),
    ],
)
def test_sentences(code: str, changes: list[tuple[str, str]], path: str, number: str, it: str) -> None:
    """Place, SdI field number and words; both languages have them all."""
    (finding,) = found(invoice(*changes))
    assert (finding.code, finding.severity, finding.field) == (code, "error", number)
    assert finding.path == "/p:FatturaElettronica/FatturaElettronicaHeader" + path
    assert finding.say("it") == it
    for lang in ("it", "en"):
        assert "{" not in finding.say(lang) + finding.remedy(lang)
        assert finding.remedy(lang)
    assert all(isinstance(value, str) for value in finding.to_dict("en")["args"].values())  # type: ignore[attr-defined]


LINK = "</DatiGeneraliDocumento><DatiFattureCollegate><IdDocumento>1</IdDocumento><Data>2026-12-01</Data>"
CASES = [
    # code, severity or None, day received, changes
    ("00300", None, DAY, [("01879020517", "rssmra80a01h501u")]),
    ("00300", None, DAY, [("<IdPaese>IT</IdPaese><IdCodice>01879020517", "<IdPaese>DE</IdPaese><IdCodice>1")]),
    ("00301", "warning", DAY, [(SELLER, SELLER.replace("01879020517", "90032140528"))]),
    ("00302", None, DAY, [(SELLER, SELLER + "<CodiceFiscale>RSS 80</CodiceFiscale>")]),
    ("00305", None, DAY, [(TAX_CODE, "<IdFiscaleIVA><IdPaese>FR</IdPaese><IdCodice>1</IdCodice></IdFiscaleIVA>")]),
    ("00305", None, DAY, [(TAX_CODE, "<IdFiscaleIVA><IdPaese>IT</IdPaese></IdFiscaleIVA>")]),
    ("00306", None, DAY, [(TAX_CODE, OTHER + "<CodiceFiscale>RSSMRA80A01H501X</CodiceFiscale>")]),
    ("00306", None, DAY, [(TAX_CODE, "<CodiceFiscale/>")]),
    ("00313", "error", "2019-07-30", [("0000000", "XXXXXXX"), ("2026", "2018")]),
    ("00313", None, "2019-07-29", [("0000000", "XXXXXXX"), ("2026", "2018")]),
    ("00313", None, DAY, [("0000000", "XXXXXXX"), (TAX_CODE, "<IdFiscaleIVA><IdCodice>1</IdCodice></IdFiscaleIVA>")]),
    ("00403", None, "2026-11-03", []),
    ("00403", "error", "2026-11-02", []),
    ("00403", "error", "2026-11-02T22:59:59Z", []),
    ("00403", None, "2026-11-02T23:00:00Z", []),  # midnight in Rome
    ("00403", None, "2026-11-03", [("<Data>2026-11-03", "<Data>2026-11-03+14:00")]),
    ("00403", None, DAY, [("<Data>2026-11-03", "<Data>2026-13-03")]),
    ("00418", "error", DAY, [("TD01", "TD04"), ("</DatiGeneraliDocumento>", LINK + "</DatiFattureCollegate>")]),
    ("00418", "warning", DAY, [("</DatiGeneraliDocumento>", LINK + "</DatiFattureCollegate>")]),
    ("00425", "error", DAY, [("12/A", "A")]),
    ("00425", "error", DAY, [("12/A", "Ⅻ/²")]),
    ("00425", None, DAY, [("12/A", "")]),
    ("00427", "error", DAY, [("FPR12", "FPA12"), ("FPR12", "FPA12")]),
    ("00427", None, DAY, [("FPR12", "FPA12")]),  # 00428 says that
    ("00471", "error", DAY, [(TAX_CODE, OWN)]),
    ("00471", "error", DAY, [(TAX_CODE, "<CodiceFiscale>01879020517</CodiceFiscale>")]),
    ("00471", None, DAY, [(TAX_CODE, OTHER + "<CodiceFiscale>01879020517</CodiceFiscale>")]),
    ("00471", None, "2022-09-30", [(TAX_CODE, OWN), ("2026", "2022"), ("-11-", "-09-")]),
    ("00471", "error", "2022-10-01", [(TAX_CODE, OWN), ("2026", "2021")]),
    ("00471", None, "2020-05-03", [("TD01", "TD16"), (TAX_CODE, OWN), ("2026", "2019")]),
    ("00471", "error", "2020-05-04", [("TD01", "TD16"), (TAX_CODE, OWN), ("2026", "2019")]),
    ("00471", None, "2025-03-31", [("TD01", "TD29"), (TAX_CODE, OWN), ("2026", "2019")]),
    ("00471", "error", "2025-04-01", [("TD01", "TD29"), (TAX_CODE, OWN), ("2026", "2019")]),
    *(("00471", None, DAY, [("TD01", tipo), (TAX_CODE, OWN)]) for tipo in ["TD04", "TD05", "TD22", "TD23", "TD26"]),
    *(
        ("00471", "error", DAY, [("TD01", tipo), (TAX_CODE, OWN)])
        for tipo in ["TD02", "TD03", "TD06", "TD16", "TD20", "TD24", "TD25", "TD29"]
    ),
    ("00472", None, DAY, [("TD01", "TD27"), (TAX_CODE, OWN)]),
    ("00472", "error", DAY, [("TD01", "TD27"), (TAX_CODE, OTHER)]),
    ("00472", "error", "2020-05-04", [("TD01", "TD21"), (TAX_CODE, OTHER), ("2026", "2019")]),
    ("00472", None, "2020-05-03", [("TD01", "TD21"), (TAX_CODE, OTHER), ("2026", "2019")]),
    ("00472", None, "2022-09-30", [("TD01", "TD27"), (TAX_CODE, OTHER), ("2026", "2019")]),
    ("00472", None, DAY, [("TD01", "TD27")]),  # the tax code may be that of the seller's VAT number
    ("00472", None, DAY, [("TD01", "TD27"), (TAX_CODE, "<IdFiscaleIVA><IdPaese>IT</IdPaese></IdFiscaleIVA>")]),
    ("00473", "error", "2020-05-04", [("TD01", "TD17"), (TAX_CODE, OTHER), ("2026", "2019")]),
    ("00473", None, "2020-05-03", [("TD01", "TD17"), (TAX_CODE, OTHER), ("2026", "2019")]),
    ("00473", None, "2022-09-30", [("TD01", "TD28"), (TAX_CODE, OTHER), ("2026", "2019")]),
    ("00473", "error", "2022-10-01", [("TD01", "TD28"), (TAX_CODE, OTHER), ("2026", "2019")]),
    ("00473", "error", DAY, [("TD01", "TD29"), (TAX_CODE, OTHER), (COUNTRY, COUNTRY[:-2] + "OO")]),
    ("00473", None, DAY, [("TD01", "TD17"), (TAX_CODE, OTHER), (COUNTRY, COUNTRY[:-2] + "OO")]),
    ("00475", "error", "2022-01-01", [("TD01", "TD20"), ("2026", "2019")]),
    ("00475", None, "2021-12-31", [("TD01", "TD20"), ("2026", "2019")]),
    ("00476", None, DAY, [(COUNTRY, COUNTRY[:-2] + "DE")]),
    ("00476", "error", DAY, [(COUNTRY, COUNTRY[:-2] + "DE"), (TAX_CODE, FRENCH)]),
    ("00476", None, "2022-09-30", [(COUNTRY, COUNTRY[:-2] + "DE"), (TAX_CODE, FRENCH), ("2026", "2019")]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "severity", "day", "changes"), CASES)
def test_boundaries(code: str, severity: str | None, day: str, changes: list[tuple[str, str]]) -> None:
    """Nothing else of this family is said."""
    assert said(invoice(*changes), day) == ([(code, severity)] if severity else [])


def test_a_lot_is_judged_body_by_body() -> None:
    """Each repeated number is told which document had it first."""
    start, end = INVOICE.index("  <FatturaElettronicaBody>"), INVOICE.index("</p:FatturaElettronica>")
    lot = INVOICE[:start] + INVOICE[start:end] * 3 + INVOICE[end:]
    assert [(each.code, each.body, each.args["other"]) for each in found(lot)] == [
        ("00409", 2, "1"),
        ("00409", 3, "1"),
    ]


PARTS = list(etree.fromstring(INVOICE.encode()).iter())


@settings(max_examples=150)
@given(st.data(), st.sampled_from([INVOICE, SIMPLIFIED]), st.sampled_from(["drop", "empty", "garble", "double"]))
def test_a_damaged_document_never_crashes(data: st.DataObject, text: str, how: str) -> None:
    """Whatever is missing, empty, garbled or repeated, there is a report."""
    root = etree.fromstring(text.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        node = data.draw(st.sampled_from(list(root.iter())[1:] or [root]))
        parent = node.getparent()
        if parent is None:
            continue
        if how == "drop":
            parent.remove(node)
        elif how == "double":
            parent.append(etree.fromstring(etree.tostring(node)))
        else:
            node.clear()
            node.text = "" if how == "empty" else data.draw(st.sampled_from(GARBAGE))
    found(etree.tostring(root))
