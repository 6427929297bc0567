"""What a finding says besides its code: severity, line and arguments, where the fixtures do not show it."""

from __future__ import annotations

import pytest

import fatturakit as fk
from fatturakit.rules.sdi import e00313_destinatario_estero

from ..samples import INVOICE, invoice
from ..shared import ROOT
from .test_advice import before_number, extra, paid, total, untaxed


def found(data: bytes, code: str) -> list[tuple[str, dict[str, object]]]:
    report = fk.validate(data, received_on="2026-11-21")
    return [(each.severity.value, dict(each.args)) for each in report.findings if each.code == code]


def test_00409_between_a_document_that_counts_by_day_and_one_by_year_only_warns() -> None:
    """Art73 makes the day part of the key, so that SdI may see two keys: a warning, whichever comes first."""
    start, end = INVOICE.index("  <FatturaElettronicaBody>"), INVOICE.index("</p:FatturaElettronica>")
    plain = INVOICE[start:end]
    by_day = plain.replace("</Numero>", "</Numero><Art73>SI</Art73>")
    for bodies in ((plain, by_day), (by_day, plain)):
        data = INVOICE[:start] + "".join(bodies) + INVOICE[end:]
        assert [severity for severity, _ in found(data.encode(), "00409")] == ["warning"]
    assert found(invoice(), "00409") == []


def test_00424_names_only_the_rates_that_are_fractions() -> None:
    """A document may have others that are as they should be."""
    line = INVOICE[INVOICE.index("<DettaglioLinee>") : INVOICE.index("      <DatiRiepilogo>")]
    more = "".join(line.replace("22.00", rate) for rate in ("0.22", "0.00", "1.00", "0.99"))
    data = INVOICE.replace("      <DatiRiepilogo>", f"{more}      <DatiRiepilogo>").encode()
    assert found(data, "00424") == [("error", {"found": rate}) for rate in ("0.22", "0.99")]


def test_00443_and_00444_count_and_show_the_first() -> None:
    """Lines of a rate or Natura without summary, and summaries of one no line has."""
    line = INVOICE[INVOICE.index("<DettaglioLinee>") : INVOICE.index("      <DatiRiepilogo>")]
    row = INVOICE[INVOICE.index("      <DatiRiepilogo>") : INVOICE.index("    </DatiBeniServizi>")]
    for rate, natura in (("5.00", ""), ("0.00", "N4")):
        code, key = ("00444", "natura") if natura else ("00443", "rate")
        marked = f"{rate}</AliquotaIVA>" + (f"<Natura>{natura}</Natura>" if natura else "")
        other = row.replace("22.00</AliquotaIVA>", marked)
        more = line.replace("22.00</AliquotaIVA>", marked)
        beside = row.replace("22.00</AliquotaIVA>", "0.00</AliquotaIVA><Natura>N1</Natura>") if natura else ""
        wanted = {key: natura or rate, "count": "2"}
        without = INVOICE.replace(row, more * 2 + row + beside)
        error = [each for each in findings_of(without, code) if each.severity is fk.Severity.ERROR]
        assert [dict(each.args) for each in error] == [wanted]
        assert error[0].line == line_of(without, marked)
        unused = INVOICE.replace(row, row + other * 2)
        (warning,) = [each for each in findings_of(unused, code) if dict(each.args)[key] == wanted[key]]
        assert (warning.severity.value, dict(warning.args)["count"]) == ("warning", "0" if key == "rate" else "2")
        assert warning.line == line_of(unused, marked)


def findings_of(text: str, code: str) -> tuple[fk.Finding, ...]:
    return fk.validate(text.encode(), received_on="2026-11-21", select=(code,)).findings


def line_of(text: str, marked: str) -> int:
    """The line of the rate, or of the Natura beside it."""
    return text[: text.index(marked)].count("\n") + 1


def test_00419_says_which_rates_have_no_summary() -> None:
    """At the first summary, with all rates by size."""
    line = INVOICE[INVOICE.index("<DettaglioLinee>") : INVOICE.index("      <DatiRiepilogo>")]
    row = INVOICE[INVOICE.index("      <DatiRiepilogo>") : INVOICE.index("    </DatiBeniServizi>")]
    lines = "".join(line.replace("22.00", rate) for rate in ("10.00", "4.00", "5.00"))
    rows = row + row.replace("22.00</Ali", "10.00</Ali")
    data = INVOICE.replace(row, lines + rows)
    (finding,) = fk.validate(data.encode(), received_on="2020-05-03", select=("00419",)).findings
    assert finding.to_dict("en")["args"] == {
        "found": "2", "expected": "4", "rates": "4.00; 5.00; 10.00; 22.00", "missing": "4.00; 5.00"
    }  # fmt: skip
    assert finding.line == data[: data.index("<DatiRiepilogo>")].count("\n") + 1


def test_00313_says_what_is_the_matter_with_the_buyer() -> None:
    """A number of Italy, or none at all."""
    with_code = ("<CodiceDestinatario>0000000", "<CodiceDestinatario>XXXXXXX")
    start = INVOICE.index("<CessionarioCommittente>")
    before, buyer = INVOICE[:start].replace(*with_code), INVOICE[start:]
    national = "<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>07744190328</IdCodice></IdFiscaleIVA>"
    named = buyer.replace("<DatiAnagrafici>", f"<DatiAnagrafici>{national}", 1)
    reasons = [found((before + rest).encode(), "00313")[0][1]["reason"] for rest in (buyer, named)]
    assert reasons == [e00313_destinatario_estero._WITHOUT, e00313_destinatario_estero._ITALIAN]


@pytest.mark.parametrize(
    ("price", "discount", "stated", "severity"),
    [
        ("0.50", "-0.10", "0.40", "error"),
        ("-0.50", "0.10", "-0.40", "warning"),
        ("-90.00", "9.00", "-81.00", "warning"),
        ("-90.00", "9.00", "-81.01", "warning"),
        ("-90.00", "9.00", "-81.02", "error"),
    ],
)
def test_00423_a_negative_price_may_be_meant_without_its_sign(
    price: str, discount: str, stated: str, severity: str
) -> None:
    """Then a discount that shrinks it only warns, within the same cent; a positive price leaves no doubt."""
    change = f"<ScontoMaggiorazione><Tipo>SC</Tipo><Importo>{discount}</Importo></ScontoMaggiorazione>"
    line = ("<PrezzoUnitario>100.00</PrezzoUnitario>", f"<PrezzoUnitario>{price}</PrezzoUnitario>{change}")
    made = found(invoice(line, ("<PrezzoTotale>100.00", f"<PrezzoTotale>{stated}")), "00423")
    assert [each for each, _ in made] == [severity]


@pytest.mark.parametrize(("more", "shown"), [(4, ""), (5, " + …"), (9, " + …")])
def test_00460_shows_the_first_five_amounts(more: int, shown: str) -> None:
    """At the first of them; of many the rest is left out."""
    text = (ROOT / "fixtures" / "rules" / "00460" / "ko-una-riga.xml").read_text(encoding="utf-8")
    start, end = text.index("<DatiBeniServizi>"), text.rindex("</DatiBeniServizi>") + len("</DatiBeniServizi>")
    row = text[start:end]
    rows = "".join(row.replace("400.01", f"{number}.00") for number in range(1, more + 1))
    ((severity, args),) = found((text[:end] + rows + text[end:]).encode(), "00460")
    assert (severity, args["limit"]) == ("error", "400.00")
    assert str(args["working"]) == "400.01 + 1.00 + 2.00 + 3.00 + 4.00" + shown


def test_00303_judges_the_representative_of_a_simplified_seller() -> None:
    wrong = "<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>12345678901</IdCodice></IdFiscaleIVA>"
    more = f"<RappresentanteFiscale>{wrong}<Denominazione>X</Denominazione></RappresentanteFiscale>"
    text = (ROOT / "fixtures" / "simplified" / "IT07700930097_00S01.xml").read_text(encoding="utf-8")
    head, _, rest = text.partition("</CedentePrestatore>")
    place = head.rindex("</Sede>") + len("</Sede>")
    data = f"{head[:place]}{more}{head[place:]}</CedentePrestatore>{rest}".encode()
    assert [args["found"] for _, args in found(data, "00303")] == ["12345678901"]
    assert found(text.encode(), "00303") == []


def test_fk007_names_the_first_of_several_fields() -> None:
    """In every encoding; a reference to an ordinary character is none."""
    odd = INVOICE.replace("<Denominazione>", "<Denominazione>\x85").replace("<Numero>", "<Numero>\x86").encode()
    ((severity, args),) = found(odd, "FK007")
    assert (severity, args) == ("info", {"found": "U+0085", "count": "2"})
    (first,) = [each.line for each in fk.validate(odd, received_on="2026-11-21").findings if each.code == "FK007"]
    assert first == INVOICE[: INVOICE.index("<Denominazione>")].count("\n") + 1
    alone = INVOICE.replace("UTF-8", "ISO-8859-1").replace("<Denominazione>", "<Denominazione>\x85")
    assert found(alone.encode("latin-1"), "FK007") == [("info", {"found": "U+0085", "count": "1"})]
    assert found(INVOICE.replace("<Denominazione>", "<Denominazione>&#39;").encode(), "FK007") == []


def findings(code: str, *changes: tuple[str, str]) -> list[tuple[str, dict[str, object]]]:
    """Severity and arguments of what one control says."""
    return found(invoice(*changes), code)


def test_fk004_compares_with_the_stated_total_first() -> None:
    """Where it differs from the summaries and the payments agree with neither."""
    wrong = findings("FK004", paid("500.00"), before_number(total("200.00")))
    assert wrong == [("warning", {"found": "500.00", "expected": "200.00"})]
    between = findings("FK004", paid("150.00"), before_number(total("200.00")))
    assert [severity for severity, _ in between] == ["info"]


def test_fk005_says_what_certainly_bears_the_duty() -> None:
    """N1 is said beside it only where nothing else reaches the threshold."""
    row = (
        "<DatiRiepilogo><AliquotaIVA>0.00</AliquotaIVA><Natura>N1</Natura><ImponibileImporto>50.00</ImponibileImporto>"
    )
    more = ("      <DatiRiepilogo>", f"{row}<Imposta>0.00</Imposta></DatiRiepilogo><DatiRiepilogo>")
    assert findings("FK005", *untaxed("N4", "100.00"), more) == [("warning", {"found": "100.00"})]
    assert findings("FK005", *untaxed("N4", "77.47"), more) == [("info", {"found": "127.47"})]


def test_fk014_shows_the_first_letter() -> None:
    """Of several, none of which is well named."""
    letters = extra("INTENTO", "prima") + extra("INTENTO", "seconda")
    changes = untaxed("N3.5", "50.00", "\n" + letters.replace("><Alt", ">\n<Alt"))
    assert findings("FK014", *changes) == [("warning", {"found": "prima"})]
    data = invoice(*changes).decode()
    (finding,) = fk.validate(data.encode(), received_on="2026-11-21", select=("FK014",)).findings
    assert "prima" in data.splitlines()[(finding.line or 0) - 1]
    nothing = invoice(*untaxed("N3.5", "50.00", ""))
    (finding,) = fk.validate(nothing, received_on="2026-11-21", select=("FK014",)).findings
    assert "<Natura>" in nothing.decode().splitlines()[(finding.line or 0) - 1]
