"""The arithmetic of the content controls: official examples, boundaries, and consistent invoices that raise nothing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import fatturakit as fk
from fatturakit.rules.amounts import line_total, plain, tax, working
from fatturakit.rules.facts import Block

from ..samples import INVOICE, invoice

ARITHMETIC = ("00400", "00401", "00419", "00421", "00422", "00423", "00424", "00429", "00430", "00443", "00444")
RECEIVED = "2026-11-21"
REVIEWED = (*ARITHMETIC, "00411", "00413", "00414", "00415", "00420", "00437", "00438", "00445", "00460", "00474")


def found(data: bytes) -> dict[str, str]:
    """Code to severity, of the controls on amounts."""
    report = fk.validate(data, received_on=RECEIVED, select=ARITHMETIC)
    worst = sorted(report.findings, key=lambda finding: finding.severity.rank)
    return {finding.code: finding.severity.value for finding in worst}


def sconto(tipo: str, percentage: str = "", amount: str = "") -> str:
    """A ScontoMaggiorazione."""
    inner = f"<Percentuale>{percentage}</Percentuale>" if percentage else ""
    inner += f"<Importo>{amount}</Importo>" if amount else ""
    return f"<ScontoMaggiorazione><Tipo>{tipo}</Tipo>{inner}</ScontoMaggiorazione>"


def line(price: str, quantity: str = "", *adjustments: str) -> Block:
    """A DettaglioLinee."""
    inner = f"<Quantita>{quantity}</Quantita>" if quantity else ""
    inner += f"<PrezzoUnitario>{price}</PrezzoUnitario>" if price else ""
    return Block(etree.fromstring(f"<DettaglioLinee>{inner}{''.join(adjustments)}</DettaglioLinee>"))


CASE_A = [sconto("SC", amount=amount) for amount in ("10.05", "5.25", "4.70")]
CASE_B = [sconto("SC", percentage) for percentage in ("8.50", "5.15", "3.00")]
CASE_C = [sconto("SC", "8.50"), sconto("SC", "5.15", "23.56"), sconto("SC", amount="15.00"), sconto("SC", "2.00")]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (line("500.00", "100.00", *CASE_A), "48000.00"),
        (line("500.00", "100.00", *CASE_B), "42092.05875"),
        (line("500.00", "100.00", *CASE_C), "41056.12"),
        (line("81.97", "11"), "901.67"),
        (line("81.97"), "81.97"),
        (line("100.00", "", sconto("MG", "10.00"), sconto("SC", "10.00")), "99.00"),
        (line("-90.00", "2.00", sconto("SC", "10.00")), "-162.00"),
        (line("-90.00", "2.00", sconto("SC", "10.00", "9.00")), "-198.00"),
        (line("0.33333333", "3.00000000"), "0.99999999"),
        (line("100.00", "1.00", sconto("SC", "0.00")), "100.00"),
        (line(""), None),
        (line("12,50"), None),
        (line("100.00", "due"), None),
        (line("100.00", "1.00", sconto("SC")), None),
        (line("100.00", "1.00", sconto("XX", "1.00")), None),
        (line("100.00", "1.00", sconto("SC", amount="1,5")), None),
        (line("100.00", "1.00", sconto("SC", "5.00", "poco")), None),
    ],
)
def test_line_total(block: Block, expected: str | None) -> None:
    """The official cases of 00423, and the edges; None where a value cannot be read. No context changes it."""
    with localcontext(Context(prec=3)):
        result = line_total(block)
    assert result == (None if expected is None else Decimal(expected))


def test_line_total_without_signs() -> None:
    """Read without its sign, an Importo shrinks (SC) or grows (MG) the price, negative prices too."""
    assert line_total(line("-90.00", "2.00", sconto("SC", "10.00", "9.00")), unsigned=True) == -162
    assert line_total(line("5.00", "2.00", sconto("SC", amount="-1.71")), unsigned=True) == Decimal("6.58")
    assert line_total(line("-5.00", "1.00", sconto("MG", amount="1.00")), unsigned=True) == -6


def test_line_total_survives_absurd_lines() -> None:
    """Thousands of adjustments, digits by the dozen: an answer or none, and no crash."""
    many = [sconto("SC", "99.9999999999999999999999")] * 400
    assert line_total(line("9" * 40, "9" * 40, *many)) is not None
    growing = [sconto("MG", "9" * 40)] * 400
    assert plain(line_total(line("1.00", "1.00", *growing)) or Decimal(0)).endswith("e+15200")


def test_working_shows_the_numbers_of_the_document() -> None:
    """Quantity times price with its adjustments; long cascades are cut."""
    assert working(line("81.97", "11")) == "11 × 81.97"
    assert working(line("50.00", "", sconto("SC", "10.00"), sconto("MG", amount="2.5"))) == "1 × (50.00 − 10.00% + 2.5)"
    assert working(line("50.00", "2", *[sconto("SC", "1.00")] * 9)).endswith("− 1.00% …)")


@pytest.mark.parametrize(
    ("rate", "base", "expected"),
    [
        ("100.00", "1500.2448", "1500.24"),
        ("100.00", "1500.2458", "1500.25"),
        ("22.00", "11.48", "2.53"),
        ("10.00", "0.05", "0.01"),
        ("10.00", "-0.05", "-0.01"),
        ("0.00", "100.00", "0.00"),
    ],
)
def test_tax(rate: str, base: str, expected: str) -> None:
    """The official examples of 00421: half a cent goes up, away from zero."""
    with localcontext(Context(prec=3)):
        assert tax(Decimal(rate), Decimal(base)) == Decimal(expected)


LINE = "<PrezzoUnitario>100.00</PrezzoUnitario>"
TOTAL = "<PrezzoTotale>100.00<"
BASE = "<ImponibileImporto>100.00<"
TAX = "<Imposta>22.00<"
RATE = "<AliquotaIVA>22.00<"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], {}),
        ([(TAX, "<Imposta>22.01<")], {"00421": "warning"}),
        ([(TAX, "<Imposta>21.99<")], {"00421": "warning"}),
        ([(TAX, "<Imposta>22.02<")], {"00421": "error"}),
        ([(BASE, "<ImponibileImporto>101.00<"), (TAX, "<Imposta>22.22<")], {"00422": "warning"}),
        ([(BASE, "<ImponibileImporto>101.01<"), (TAX, "<Imposta>22.22<")], {"00422": "error"}),
        ([(BASE, "<Arrotondamento>1.01</Arrotondamento><ImponibileImporto>101.01<"), (TAX, "<Imposta>22.22<")], {}),
        ([(BASE, "<Arrotondamento>-1.01</Arrotondamento><ImponibileImporto>100.00<")], {"00422": "error"}),
        ([(TOTAL, "<PrezzoTotale>100.009<")], {}),
        ([(TOTAL, "<PrezzoTotale>100.01<")], {"00423": "warning"}),
        ([(TOTAL, "<PrezzoTotale>100.0101<")], {"00423": "error"}),
        ([(RATE, "<AliquotaIVA>22.0<")], {}),
        ([(RATE, "<AliquotaIVA>ventidue<")], {}),
        ([(RATE, "<AliquotaIVA>10.00<")], {"00443": "error", "00422": "error"}),
        ([(TOTAL, "<PrezzoTotale>cento<")], {}),
        ([(BASE + "/ImponibileImporto>", "<ImponibileImporto/>")], {}),
        ([(TAX, "<Imposta>22,00<")], {}),
    ],
)
def test_boundaries(changes: list[tuple[str, str]], expected: dict[str, str]) -> None:
    """One amount changed, one answer; what cannot be read raises nothing here."""
    assert found(invoice(*changes)) == expected


NUMBERS = ("PrezzoUnitario", "PrezzoTotale", "AliquotaIVA", "ImponibileImporto", "Imposta")
GARBAGE = ("", " ", "abc", "1e5", "NaN", "-", "9" * 60, "1,00", "<x/>", "<!-- c -->", "9" * 40)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbled_numbers_raise_nothing_and_crash_nothing(name: str, garbage: str) -> None:
    """Whatever stands where a number should, the answer is a report; the schema speaks of it, the sums stay silent."""
    start, end = INVOICE.index(f"<{name}>") + len(name) + 2, INVOICE.index(f"</{name}>")
    data = (INVOICE[:start] + garbage + INVOICE[end:]).encode()
    assert fk.validate(data, received_on=RECEIVED).verdict is fk.Verdict.INVALID
    if garbage != "9" * 40:
        assert found(data) == {}


@pytest.mark.parametrize("name", ["DettaglioLinee", "DatiRiepilogo", "DatiBeniServizi", "DatiGenerali"])
def test_missing_blocks_raise_nothing_and_crash_nothing(name: str) -> None:
    """A body without lines, summaries or both is the schema's business alone."""
    end = f"</{name}>"
    data = (INVOICE[: INVOICE.index(f"<{name}>")] + INVOICE[INVOICE.index(end) + len(end) :]).encode()
    assert fk.validate(data, received_on=RECEIVED, select=REVIEWED).findings == ()


CENTS = Decimal("0.01")
EXACT = Context(prec=100)


def rounded(value: Decimal, places: str = "0.01") -> Decimal:
    """Half up, by hand."""
    return value.quantize(Decimal(places), ROUND_HALF_UP, EXACT)


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    """Numbers as the schema wants them."""
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


ADJUSTMENT = st.tuples(st.sampled_from(["SC", "MG"]), st.booleans(), decimals("0", "50", 2))
ROW = st.tuples(
    st.integers(2, 8).flatmap(lambda places: decimals("-9999", "99999", places)),
    st.none() | decimals("0", "500", 2),
    st.lists(ADJUSTMENT, max_size=3),
    st.sampled_from(["0.00", "4.00", "10.00", "22.00"]),
    st.sampled_from(["0.01", "0.0001", "0.00000001"]),
)
FUND = st.tuples(decimals("0", "999", 2), st.sampled_from(["0.00", "22.00"]))


class Consistent:
    """An invoice whose amounts follow from each other, and ways to spoil one."""

    def __init__(self, rows: list[tuple], funds: list[tuple[Decimal, str]]) -> None:
        self.rows, self.funds = rows, funds
        self.totals = [rounded(self.total(*row[:3]), row[4]) for row in rows]
        self.bases: dict[str, Decimal] = {}
        for rate, amount in [*zip((row[3] for row in rows), self.totals, strict=True), *((f[1], f[0]) for f in funds)]:
            self.bases[rate] = EXACT.add(self.bases.get(rate, Decimal(0)), amount)
        self.bases = {rate: rounded(base) for rate, base in self.bases.items()}
        self.taxes = {rate: self.due(rate) for rate in self.bases}
        self.more_lines = self.more_summaries = ""

    @staticmethod
    def total(price: Decimal, quantity: Decimal | None, adjustments: list[tuple[str, bool, Decimal]]) -> Decimal:
        """What 00423 expects, by fractions of the running price."""
        for sort, is_amount, value in adjustments:
            change = value if is_amount else EXACT.divide(EXACT.multiply(price, value), Decimal(100))
            price = EXACT.subtract(price, change) if sort == "SC" else EXACT.add(price, change)
        return EXACT.multiply(price, Decimal(1) if quantity is None else quantity)

    def due(self, rate: str) -> Decimal:
        """The tax on a base."""
        return rounded(EXACT.divide(EXACT.multiply(Decimal(rate), self.bases[rate]), Decimal(100)))

    def data(self) -> bytes:
        """The document."""
        start, end = INVOICE.index("<DettaglioLinee>"), INVOICE.index("</DatiBeniServizi>")
        text = INVOICE[:start] + "".join(map(self.line, self.rows, self.totals)) + self.more_lines
        text += "".join(map(self.summary, self.bases)) + self.more_summaries + INVOICE[end:]
        return text.replace("</Numero>", "</Numero>" + "".join(self.fund(*each) for each in self.funds)).encode()

    @staticmethod
    def line(row: tuple, total: Decimal) -> str:
        """A DettaglioLinee."""
        price, quantity, adjustments, rate, _ = row
        text = "<DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Riga</Descrizione>"
        text += "" if quantity is None else f"<Quantita>{quantity:f}</Quantita>"
        text += f"<PrezzoUnitario>{price:f}</PrezzoUnitario>"
        for sort, is_amount, value in adjustments:
            text += sconto(sort, "" if is_amount else f"{value:f}", f"{value:f}" if is_amount else "")
        text += f"<PrezzoTotale>{total:f}</PrezzoTotale><AliquotaIVA>{rate}</AliquotaIVA>"
        return text + ("<Natura>N4</Natura>" if rate == "0.00" else "") + "</DettaglioLinee>"

    def summary(self, rate: str) -> str:
        """A DatiRiepilogo."""
        natura = "<Natura>N4</Natura>" if rate == "0.00" else ""
        amounts = f"<ImponibileImporto>{self.bases[rate]:f}</ImponibileImporto><Imposta>{self.taxes[rate]:f}</Imposta>"
        return f"<DatiRiepilogo><AliquotaIVA>{rate}</AliquotaIVA>{natura}{amounts}</DatiRiepilogo>"

    @staticmethod
    def fund(amount: Decimal, rate: str) -> str:
        """A DatiCassaPrevidenziale."""
        natura = "<Natura>N4</Natura>" if rate == "0.00" else ""
        head = "<DatiCassaPrevidenziale><TipoCassa>TC04</TipoCassa><AlCassa>4.00</AlCassa>"
        money = f"<ImportoContributoCassa>{amount:f}</ImportoContributoCassa><AliquotaIVA>{rate}</AliquotaIVA>"
        return f"{head}{money}{natura}</DatiCassaPrevidenziale>"


CONSISTENT = st.builds(Consistent, st.lists(ROW, min_size=1, max_size=4), st.lists(FUND, max_size=2))


@settings(max_examples=60, deadline=None)
@given(CONSISTENT)
def test_a_consistent_invoice_raises_nothing(made: Consistent) -> None:
    """Neither errors nor warnings."""
    assert found(made.data()) == {}


@settings(max_examples=60, deadline=None)
@given(CONSISTENT, decimals("0.02", "0.90", 2), decimals("1.02", "9000", 2), st.booleans(), st.randoms())
def test_one_wrong_amount_raises_its_code(made: Consistent, some: Decimal, much: Decimal, up: bool, pick) -> None:
    """A line total, a tax, a taxable amount, a rate: each beyond its tolerance raises its own code only."""
    sign = 1 if up else -1
    number, rate = pick.randrange(len(made.rows)), pick.choice(sorted(made.bases))
    right = made.totals[number]
    made.totals[number] = EXACT.add(right, some * sign)
    negative = made.rows[number][0] < 0  # then the sign of an amount may excuse it
    unsure = negative and any(is_amount for _, is_amount, _ in made.rows[number][2])
    answer = found(made.data())
    assert answer == {"00423": "error"} or (unsure and answer == {"00423": "warning"})
    made.totals[number] = right
    made.taxes[rate] += some * sign
    assert found(made.data()) == {"00421": "error"}
    made.bases[rate] += much * sign
    made.taxes[rate] = made.due(rate)
    assert found(made.data()) == {"00422": "error"}


@settings(max_examples=30, deadline=None)
@given(CONSISTENT)
def test_a_rate_without_summary_raises_its_code(made: Consistent) -> None:
    """One rate too many is 00443; when there are fewer summaries than rates, 00419 too."""
    made.more_lines = made.line((Decimal("0.00"), None, [], "5.00", ""), Decimal("0.00"))
    assert found(made.data()) == {"00443": "error", "00419": "error"}
    rate = next(iter(made.bases))
    made.more_summaries = made.summary(rate).replace(f">{made.bases[rate]:f}<", ">0.00<")
    made.more_summaries = made.more_summaries.replace(f">{made.taxes[rate]:f}<", ">0.00<")
    assert found(made.data()) == {"00443": "error"}
