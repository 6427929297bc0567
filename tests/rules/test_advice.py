"""Our own advice at its boundaries: what it says, how loudly, and above all where it keeps silent."""

from __future__ import annotations

import base64
import string

import pytest

import fatturakit as fk
from fatturakit.document import open_document
from fatturakit.rules.declare import catalogue

from ..samples import administration, invoice

DAY = "2026-11-21"
Change = tuple[str, str]
FOREIGN_BUYER = (
    "<CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale>\n        <Anagrafica><Nome>Mario</Nome><Cognome>Rossi</Cognome>"
)
TOTAL = "</Numero>\n"
END = "    </DatiBeniServizi>\n"
SUMMARY_END = "        <Imposta>22.00</Imposta>\n"


def said(code: str, data: bytes, **options: object) -> list[str]:
    """The severities of the findings with that code."""
    report = fk.validate(data, received_on=DAY, select=(code,), **options)  # type: ignore[arg-type]
    return [finding.severity.value for finding in report.findings]


def buyer(country: str, code: str, name: str = "<Denominazione>Ditta</Denominazione>") -> Change:
    vat = f"<IdFiscaleIVA><IdPaese>{country}</IdPaese><IdCodice>{code}</IdCodice></IdFiscaleIVA>"
    return FOREIGN_BUYER, f"{vat}<Anagrafica>{name}"


def general(after: str, tipo: str = "TD01") -> tuple[Change, Change]:
    """Elements after Numero, and the type of the document."""
    return (TOTAL, f"</Numero>{after}\n"), ("TD01", tipo)


def before_number(elements: str) -> Change:
    return "</Numero>", f"</Numero>{elements}"


def paid(*amounts: str, terms: str = "TP02", more: str = "", how: str = "MP05") -> Change:
    """One DatiPagamento with these amounts."""
    rows = "".join(
        f"<DettaglioPagamento><ModalitaPagamento>{how}</ModalitaPagamento>{more}"
        f"<ImportoPagamento>{amount}</ImportoPagamento></DettaglioPagamento>"
        for amount in amounts
    )
    return END, f"{END}<DatiPagamento><CondizioniPagamento>{terms}</CondizioniPagamento>{rows}</DatiPagamento>"


def iban(number: str) -> Change:
    return END, paid("122.00")[1].replace("</ImportoPagamento>", f"</ImportoPagamento><IBAN>{number}</IBAN>")


def untaxed(natura: str, amount: str, line: str = "", summary: str = "") -> tuple[Change, ...]:
    """The line and its summary outside VAT."""
    nature = f"<Natura>{natura}</Natura>"
    return (
        ("<PrezzoUnitario>100.00", f"<PrezzoUnitario>{amount}"),
        ("<PrezzoTotale>100.00", f"<PrezzoTotale>{amount}"),
        (
            "<AliquotaIVA>22.00</AliquotaIVA>\n      </Dett",
            f"<AliquotaIVA>0.00</AliquotaIVA>{nature}{line}\n      </Dett",
        ),
        ("<AliquotaIVA>22.00</AliquotaIVA>\n        <Imp", f"<AliquotaIVA>0.00</AliquotaIVA>{nature}\n        <Imp"),
        ("<ImponibileImporto>100.00", f"<ImponibileImporto>{amount}"),
        ("<Imposta>22.00</Imposta>", f"<Imposta>0.00</Imposta>{summary}"),
    )


def extra(kind: str, text: str = "x") -> str:
    return (
        f"<AltriDatiGestionali><TipoDato>{kind}</TipoDato><RiferimentoTesto>{text}</RiferimentoTesto>"
        "</AltriDatiGestionali>"
    )


def withholding(kind: str = "RT01", amount: str = "20.00", cause: str = "A") -> str:
    return (
        f"<DatiRitenuta><TipoRitenuta>{kind}</TipoRitenuta><ImportoRitenuta>{amount}</ImportoRitenuta>"
        f"<AliquotaRitenuta>20.00</AliquotaRitenuta><CausalePagamento>{cause}</CausalePagamento></DatiRitenuta>"
    )


def total(amount: str) -> str:
    return f"<ImportoTotaleDocumento>{amount}</ImportoTotaleDocumento>"


def due_on(day: str) -> str:
    return f"<DataScadenzaPagamento>{day}</DataScadenzaPagamento>"


def attached(name: str, content: bytes, declared: str = "", packed: str = "") -> Change:
    parts = (
        f"<NomeAttachment>{name}</NomeAttachment>",
        packed and f"<AlgoritmoCompressione>{packed}</AlgoritmoCompressione>",
        declared and f"<FormatoAttachment>{declared}</FormatoAttachment>",
        f"<Attachment>{base64.encodebytes(content).decode().strip()}</Attachment>",
    )
    return END, f"{END}<Allegati>{''.join(parts)}</Allegati>"


SPLIT = (SUMMARY_END, "        <Imposta>22.00</Imposta><EsigibilitaIVA>S</EsigibilitaIVA>\n")
NEGATIVE = (("<ImponibileImporto>100.00", "<ImponibileImporto>-100.00"), ("<Imposta>22", "<Imposta>-22"))
FLAT = ("<RegimeFiscale>RF01", "<RegimeFiscale>RF19")
FARM = ("<RegimeFiscale>RF01", "<RegimeFiscale>RF04")
BOLLO = "<DatiBollo><BolloVirtuale>SI</BolloVirtuale></DatiBollo>"
DISCOUNT = "<ScontoMaggiorazione><Tipo>SC</Tipo><Importo>5.00</Importo></ScontoMaggiorazione>"
TO_CODE = ("0000000", "KRRH6B9")
LETTER = "08060120341234567"


def rate(value: str) -> tuple[Change, Change]:
    return (("<AliquotaIVA>22.00", f"<AliquotaIVA>{value}"),) * 2  # in the line and in its summary


def order(tag: str, more: str = "") -> Change:
    return "    </DatiGenerali>", f"<{tag}><IdDocumento>7</IdDocumento>{more}</{tag}></DatiGenerali>"


CASES: list[tuple[str, tuple[Change, ...], list[str]]] = [
    ("FK001", (), []),
    ("FK001", (buyer("DE", "136695976"),), []),
    ("FK001", (buyer("DE", "13669597"),), ["warning"]),
    ("FK001", (buyer("EL", "094259216"),), []),
    ("FK001", (buyer("GR", "094259216"),), []),
    ("FK001", (buyer("GR", "EL094259216"),), []),
    ("FK001", (buyer("GR", "094259217"),), ["warning"]),
    ("FK001", (buyer("XI", "980780684"),), []),
    ("FK001", (buyer("XI", "980780685"),), ["warning"]),
    ("FK001", (buyer("US", "12"),), []),  # not in the EU
    ("FK001", (buyer("GB", "12"),), []),
    ("FK001", (buyer("FR", "99999999999"),), []),  # a stand-in everybody uses
    ("FK001", (buyer("FR", "AB12", "<Nome>Claire</Nome><Cognome>Moreau</Cognome>"),), []),  # a private person
    ("FK002", (iban("IT60X0542811101000000123456"),), []),
    ("FK002", (iban("it60x0542811101000000123456"),), []),
    ("FK002", (iban("IT60X0542811101000000123457"),), ["warning"]),
    ("FK002", (iban("IT60X054281110100000012345"),), ["warning"]),
    ("FK002", (iban("DE89370400440532013000"),), []),
    ("FK002", (iban("DE8937040044053201300"),), ["warning"]),
    ("FK002", (iban("DE5137040044053201300"),), ["warning"]),  # the check digits are right, its length is not
    ("FK002", (iban("ES4821000418410200051332"),), []),  # what a nation checks inside is the bank's
    ("FK002", (iban("ZZ22370400440532013000"),), []),  # no such country in the register: nothing known of its length
    ("FK003", general(""), []),
    ("FK003", general(total("122.00")), []),
    ("FK003", general(total("122.01")), []),
    ("FK003", general(total("121.98")), ["warning"]),
    ("FK003", general(total("122.02")), ["warning"]),
    ("FK003", general(BOLLO + total("124.00")), []),
    ("FK003", general(BOLLO + total("123.00")), ["warning"]),
    *[
        ("FK003", general(BOLLO + total(amount)), []) for amount in ("123.99", "124.01")
    ],  # two euro, give or take a cent
    *[("FK003", general(BOLLO + total(amount)), ["warning"]) for amount in ("123.98", "124.02")],
    ("FK003", general(total("124.00")), ["warning"]),  # no stamp duty is declared
    ("FK003", general(total("121.50") + "<Arrotondamento>-0.50</Arrotondamento>"), []),
    ("FK003", general(total("122.00") + "<Arrotondamento>-0.50</Arrotondamento>"), []),
    ("FK003", general(DISCOUNT + total("117.00")), []),
    ("FK003", general("<ImportoTotaleDocumento>abc</ImportoTotaleDocumento>"), []),
    ("FK003", (*general(total("150.00")), ("<Divisa>EUR", "<Divisa>USD")), []),  # perhaps in dollars, the VAT in euro
    ("FK004", (paid("122.00"),), []),
    ("FK004", (paid("150.00"), ("<Divisa>EUR", "<Divisa>USD")), []),
    ("FK004", (paid("0.00"), *NEGATIVE), []),  # nothing to pay
    ("FK004", (paid("0.00"),), ["info"]),
    ("FK004", (paid("0.00"), before_number(withholding(amount="121.00"))), ["info"]),  # a euro is due
    ("FK004", (paid("0.00"), before_number(withholding(amount="122.50"))), []),  # less than nothing is due
    ("FK004", (paid("61.00", "61.02"),), []),  # a cent for each payment
    ("FK004", (paid("61.00", "61.03"),), ["warning"]),
    ("FK004", (paid("122.00", "122.00"),), []),  # alternatives
    ("FK004", (paid("61.00", "61.00"), paid("122.00")), []),  # alternative terms
    ("FK004", (paid("60.00"),), ["info"]),
    ("FK004", (paid("60.00", terms="TP03"),), []),  # an advance
    ("FK004", (paid("160.00", terms="TP03"),), ["warning"]),
    ("FK004", (paid("102.00"), before_number(withholding())), []),
    ("FK004", (paid("122.00"), before_number(withholding())), ["warning"]),
    ("FK004", (paid("90.00"), before_number(withholding(amount="venti"))), []),  # what is due cannot be known
    ("FK004", (paid("90.00"), (SPLIT[0], SPLIT[1].replace("22.00", "tutta"))), []),
    ("FK004", (paid("100.00"), SPLIT), []),
    ("FK004", (paid("122.00"), SPLIT), ["warning"]),
    ("FK004", (paid("122.00"), before_number(total("999.00"))), []),  # the total is wrong, not the payment
    ("FK004", (paid("50.00"), ("TD01", "TD17")), []),
    ("FK004", (paid("-122.00"), ("TD01", "TD04")), []),
    ("FK005", untaxed("N4", "77.47"), []),
    ("FK005", untaxed("N4", "77.48"), ["warning"]),
    ("FK005", untaxed("N2.1", "500.00"), ["warning"]),
    ("FK005", untaxed("N2.1", "500.00", extra("INVCONT")), ["info"]),
    ("FK005", untaxed("N1", "500.00"), ["info"]),
    ("FK005", untaxed("N3.1", "500.00"), []),  # exports
    ("FK005", untaxed("N6.3", "500.00"), []),  # reverse charge is within VAT
    ("FK005", untaxed("N4", "500.00", extra("NB2")), []),
    ("FK005", (*untaxed("N4", "500.00"), before_number(BOLLO)), []),
    ("FK005", (*untaxed("N4", "500.00"), ("TD01", "TD04")), []),
    ("FK005", (*untaxed("N4", "500.00"), ("EUR", "USD")), []),
    ("FK008", (SPLIT,), []),
    ("FK008", (before_number(withholding()),), []),
    ("FK008", (SPLIT, before_number(withholding("RT02"))), ["warning"]),
    ("FK008", (SPLIT, before_number(withholding("RT04"))), []),  # a social contribution
    ("FK008", (SPLIT, before_number(withholding(cause="Q"))), []),  # an agent's commission
    (
        "FK008",
        (
            SPLIT,
            before_number(withholding(cause="V1")),
        ),
        [],
    ),  # the letter decides, not the number after it
    ("FK008", (SPLIT, before_number(withholding()), ("2026-11-03", "2017-06-30")), ["warning"]),
    ("FK008", (SPLIT, before_number(withholding()), ("2026-11-03", "2017-07-01")), []),
    ("FK008", (SPLIT, before_number(withholding()), ("2026-11-03", "2018-07-13")), []),
    ("FK008", (SPLIT, before_number(withholding()), ("2026-11-03", "2018-07-14")), ["warning"]),
    *[("FK009", rate(value), []) for value in ("0.00", "4.00", "5.00", "10.00", "22.0")],
    *[("FK009", rate(value), ["info"]) for value in ("8.80", "19.00", "20.00", "21.00", "100.00")],
    ("FK009", (*rate("8.80"), FARM), []),
    ("FK009", (*rate("19.00"), FARM), ["info"]),
    ("FK009", (*rate("21.00"), ("2026-11-03", "2014-12-31")), []),
    ("FK009", (*rate("21.00"), ("2026-11-03", "2015-01-01")), ["info"]),
    ("FK009", (*rate("20.00"), ("TD01", "TD04")), []),
    ("FK010", NEGATIVE, ["warning"]),
    ("FK010", (*NEGATIVE, ("TD01", "TD04")), ["warning"]),
    ("FK010", (*NEGATIVE, ("TD01", "TD17")), []),  # how integrations are varied
    ("FK010", (*NEGATIVE, ("TD01", "TD05")), []),
    ("FK010", general(total("-0.01")), ["warning"]),
    ("FK010", general(total("0.00")), []),
    *[("FK011", (attached(name, b"text"),), []) for name in ("a.pdf", "exe", "nota.exe.pdf", "www.ditta.com")],
    *[("FK011", (attached(name, b"text"),), ["warning"]) for name in ("a.exe", "a.PDF.JS", "a.lnk", "a.Ps1")],
    *[("FK011", (attached("a", start + b"123"),), ["warning"]) for start in (b"MZ", b"\x7fELF", b"#!/bin/sh")],
    ("FK012", (attached("a.pdf", b"%PDF-1.7"),), []),
    ("FK012", (attached("a.pdf", b"\r\n%PDF-1.7", "PDF"),), []),  # a little before it is allowed
    ("FK012", (attached("a.pdf", bytes(1020) + b"%PDF"),), []),  # within the first 1,024 bytes, as readers look
    ("FK012", (attached("a.pdf", bytes(1021) + b"%PDF"),), ["info"]),
    ("FK012", (attached("a.png", b"\r\n\x89PNG"),), ["info"]),  # before others nothing is
    ("FK012", (attached("a.gif", b"GIF8"),), []),  # no more than what is looked at
    ("FK012", (attached("a.pdf", bytes(6000)),), ["info"]),  # lines of base64 that end where no group of four does
    ("FK012", (attached("a.pdf", b""),), ["info"]),
    ("FK012", (attached("a", b""),), ["info"]),
    ("FK012", (attached("a.pdf", b"JVBERi0xLjcK"),), ["info"]),  # encoded twice
    ("FK012", (attached("a.pdf", b"PK\x03\x04", packed="ZIP"),), []),
    ("FK012", (attached("a.pdf", b"%PDF-1.7", packed="ZIP"),), ["info"]),
    ("FK012", (attached("a.jpg", b"%PDF-1.7", "PDF"),), []),
    ("FK012", (attached("a.pdf.p7m", b"0\x82", "PDF"),), []),
    ("FK012", (attached("a.dwg", b"AC10"),), []),
    ("FK013", untaxed("N4", "50.00"), ["info"]),
    ("FK013", untaxed("N4", "0.00"), []),
    ("FK013", untaxed("N4", "50.00", summary="<RiferimentoNormativo>art. 10</RiferimentoNormativo>"), []),
    ("FK014", untaxed("N3.5", "50.00"), ["warning"]),
    ("FK014", untaxed("N3.5", "50.00", extra("INTENTO", f"{LETTER}-000001")), []),
    ("FK014", untaxed("N3.5", "50.00", extra("Intento", f"prot. {LETTER}/000001 del 2026")), []),
    ("FK014", untaxed("N3.5", "50.00", extra("INTENTO", f"{LETTER}-00001")), ["warning"]),
    ("FK014", untaxed("N3.5", "50.00", extra("INTENTO", f"1{LETTER}-000001")), ["warning"]),
    ("FK014", untaxed("N3.5", "50.00", extra("NOTA", f"{LETTER}-000001")), ["warning"]),
    ("FK014", (*untaxed("N3.5", "50.00"), ("2026-11-03", "2021-12-31")), []),
    ("FK014", (*untaxed("N3.5", "50.00"), ("2026-11-03", "2022-01-01")), ["warning"]),
    ("FK014", (*untaxed("N3.5", "50.00"), ("TD01", "TD04")), []),
    ("FK015", (FLAT,), ["warning"]),
    ("FK015", (FLAT, *untaxed("N2.2", "50.00")), []),
    ("FK015", (FLAT, *untaxed("N2.2", "50.00"), before_number(withholding())), ["warning"]),
    ("FK015", (FLAT, *untaxed("N2.2", "50.00"), before_number(withholding("RT04"))), []),
    ("FK015", (FLAT, before_number(withholding())), ["warning", "warning"]),
    ("FK015", (FLAT, ("TD01", "TD17")), []),
    ("FK016", (buyer("US", "12"),), ["info"]),
    ("FK016", (buyer("US", "12"), ("0000000", "XXXXXXX")), []),
    ("FK016", (buyer("SM", "12345"),), []),
    ("FK016", (buyer("IT", "01879020517"),), []),
    ("FK017", (paid("122.00", more=due_on("2026-11-02")),), ["info"]),
    ("FK017", (paid("122.00", more=due_on("2026-11-03")),), []),
    ("FK017", (paid("122.00", more=due_on("2026-11-02"), how="MP08"),), []),  # paid by card already
    ("FK017", (paid("122.00", more=due_on("2026-11-02")), ("TD01", "TD04")), []),
    *[("FK018", (("TD01", tipo),), ["info"]) for tipo in ("TD17", "TD19")],  # the seller is not of another EU country
    ("FK018", (("TD01", "TD18"),), ["warning"]),
    ("FK018", (("TD01", "TD17"), ("<IdFiscaleIVA><IdPaese>IT", "<IdFiscaleIVA><IdPaese>DE")), ["warning"]),
    ("FK018", (("TD01", "TD18"), order("DatiFattureCollegate")), []),
    ("FK018", (("TD01", "TD16"),), []),
    ("FK019", (), []),  # a private person
    ("FK019", (buyer("IT", "01879020517"),), ["info"]),
    ("FK019", (buyer("IT", "01879020517"), TO_CODE), []),
    ("FK019", (buyer("IT", "01879020517", "<Nome>A</Nome><Cognome>B</Cognome>"),), []),
    ("FK019", (buyer("IT", "01879020517"), ("TD01", "TD17")), []),
    ("FK019", (buyer("US", "12"),), []),  # that is FK016
]


@pytest.mark.parametrize(("code", "changes", "expected"), CASES)
def test_boundaries(code: str, changes: tuple[Change, ...], expected: list[str]) -> None:
    """Each advice on both sides of its limits."""
    assert said(code, invoice(*changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), []),
        ((order("DatiOrdineAcquisto"),), ["info"]),
        ((order("DatiConvenzione"),), ["info"]),
        ((order("DatiContratto", "<CodiceCIG>Z8A3F1C20D</CodiceCIG>"),), []),
        ((order("DatiRicezione"),), []),
    ],
)
def test_cig(changes: tuple[Change, ...], expected: list[str]) -> None:
    """FK006: to an administration only, and only when an order is named."""
    assert said("FK006", administration(*changes)) == expected
    assert said("FK006", invoice(*changes)) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tavolo", []),
        ("è ° « º Â ¿", []),
        ("Ã", []),
        ("PÃO DE AÇÚCAR", []),
        ("Tavolo\u00a0grande", ["info"]),
        ("Tavolo&#160;grande", ["info"]),
        ("Tavolo &amp; sedie", []),
        ("Tavolo\u0085", ["info"]),
        ("ta\u00advolo", ["info"]),
        ("cittÃ\u00a0", ["info"]),
        ("perchÃ©", ["info"]),
        ("20Â°", ["info"]),
    ],
)
@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1"])
def test_characters(written: str, expected: list[str], encoding: str) -> None:
    """FK007: in any encoding; accents and typographical signs of Latin-1 are innocent."""
    data = invoice((">Tavolo<", f">{written}<")).decode().replace("UTF-8", encoding).encode(encoding)
    mended = [repair.code for repair in open_document(data).repairs]  # UTF-8 that says it is Latin-1 is read as UTF-8
    assert said("FK007", data) == ([] if mended == ["R04"] else expected)


@pytest.mark.parametrize(
    ("day", "preflight", "changes", "expected"),
    [
        ("2026-11-21", True, (("2026-11-03", "2026-11-08"),), ["info"]),
        ("2026-11-21", True, (("2026-11-03", "2026-11-09"),), []),
        ("2026-11-21", False, (), []),  # when a received copy was sent is not known
        ("2026-11-21", True, (("TD01", "TD24"),), []),
        ("2026-11-21", True, (order("DatiDDT"),), []),
    ],
)
def test_fk020_twelve_days(day: str, preflight: bool, changes: tuple[Change, ...], expected: list[str]) -> None:
    """Only for what is about to be sent."""
    report = fk.validate(invoice(*changes), received_on=day, preflight=preflight, select=("FK020",))
    assert [finding.severity.value for finding in report.findings] == expected


def test_sentences() -> None:
    """Both languages have the same placeholders, both have a fix, and nothing is an error."""
    advice = [rule for code, rule in catalogue().items() if code.startswith("FK")]
    assert [rule.code for rule in sorted(advice, key=lambda each: each.code)] == [
        f"FK{n:03}" for n in range(1, len(advice) + 1)
    ]
    for rule in advice:
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in rule.message]
        assert names[0] == names[1], rule.code
        assert all(rule.fix.both), rule.code
        assert all(f"{heading}:" in rule.doc for heading in ("What", "Why", "Fix", "Source")), rule.code


def test_both_numbers_are_shown() -> None:
    """FK003 shows what is written and what it should be."""
    report = fk.validate(invoice(before_number(total("121.98"))), received_on=DAY, select=("FK003",))
    assert dict(report.findings[0].args) == {"found": "121.98", "expected": "122.00"}
