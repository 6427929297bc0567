"""Composed ledgers: the totals of a file against a little model of the law that shares no code with it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fatturakit.saft.generating import generated
from fatturakit.saft.validating import validate

from ..shared import needs_shared
from .ledgers import OCTOBER, broken, content, document, ledger, tree

CENT = Decimal("0.01")
amounts = st.decimals(min_value=0, max_value=10**6, places=4, allow_nan=False)
quantities = st.decimals(min_value=Decimal("0.001"), max_value=1000, places=3, allow_nan=False)
rates = st.sampled_from([("23", ""), ("13", ""), ("6", ""), ("0", "M07")])
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    str.strip
)


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    rate, exemption = draw(rates)
    return {
        "product": draw(st.sampled_from(["P1", "P2", "EXTRA"])),
        "description": draw(words),
        "qty": str(draw(quantities)),
        "unit_price": str(draw(amounts)),
        "tax_rate": rate,
        "exemption_code": exemption,
    }


@st.composite
def ledgers(draw: st.DrawFn) -> dict[str, Any]:
    counts: dict[str, int] = {}
    docs = []
    for kind in draw(st.lists(st.sampled_from(["FT", "NC", "FS", "OR", "GT"]), min_size=1, max_size=6)):
        counts[kind] = counts.get(kind, 0) + 1
        status = draw(st.sampled_from(["N", "N", "A", "F" if kind != "NC" else "N"]))
        extra = {"movement_start": "2026-10-10T10:00:00"} if kind == "GT" else {}
        rows = draw(st.lists(lines(), min_size=1, max_size=4))
        docs.append(document(f"{kind} A/{counts[kind]}", *rows, status=status, reason="x", **extra))
    return ledger(*docs, products=[{"code": "P1", "description": draw(words) + "--"}])


def model(source: dict[str, Any]) -> dict[str, tuple[int, Decimal, Decimal]]:
    """Count, debit and credit by section (lines and quantity for transport)."""
    found = {name: (0, Decimal(0), Decimal(0)) for name in ("sales", "work", "goods")}
    for doc in source["documents"]:
        name = {"OR": "work", "GT": "goods"}.get(doc["type"], "sales")
        count, debit, credit = found[name]
        out = doc["status"] == "A" or (doc["status"] == "F" and name == "sales")
        worth = [Decimal(row["qty"]) * Decimal(row["unit_price"]) for row in doc["lines"]]
        if name == "goods":
            moved = sum(Decimal(row["qty"]) for row in doc["lines"])
            found[name] = (count + len(worth), debit + (0 if out else moved), credit)
        else:
            total = Decimal(0) if out else sum(worth)
            is_debit = doc["type"] == "NC"
            found[name] = (count + 1, debit + (total if is_debit else 0), credit + (0 if is_debit else total))
    return {name: values for name, values in found.items() if values[0]}


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


@needs_shared
@given(ledgers())
@settings(max_examples=40, deadline=None)
def test_totals_and_validity(source: dict[str, Any]) -> None:
    with generated(source, options=OCTOBER) as result:
        data, root = content(result), tree(result)
    found = {}
    for name, path in (("sales", "SalesInvoices"), ("work", "WorkingDocuments"), ("goods", "MovementOfGoods")):
        section = root.find(f"SourceDocuments/{path}")
        if section is not None:
            values = [Decimal(node.text or "") for node in section if not len(node)]
            found[name] = (int(values[0]), values[1], values[2] if len(values) > 2 else Decimal(0))
    assert found == model(source)
    documents = {
        node.findtext("InvoiceNo") or node.findtext("DocumentNumber"): node
        for node in root.iterfind("SourceDocuments/*/*")
    }
    for doc in source["documents"]:
        worth = [(Decimal(row["qty"]) * Decimal(row["unit_price"]), Decimal(row["tax_rate"])) for row in doc["lines"]]
        net, tax = cents(sum(value for value, _ in worth)), cents(sum(value * rate / 100 for value, rate in worth))
        totals = documents[doc["number"]].find("DocumentTotals")
        assert [Decimal(node.text) for node in totals] == [tax, net, net + tax]
    assert not broken(data, "2022")
    report = validate(data)
    assert not [row for row in report.findings if row.severity.value == "error"]
