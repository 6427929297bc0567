"""What is to be paid: stated, computed, promised back, or asked of nobody."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fatturakit.document import open_document
from fatturakit.invoice import due
from fatturakit.invoice.model import InvoiceFile, Line, Payment, VatGroup, Withholding
from fatturakit.invoice.summary import summarise

from ..shared import ROOT


def groups(*rows: tuple[str, str, str]) -> list[VatGroup]:
    return [VatGroup(imponibile_importo=base, imposta=tax, esigibilita_iva=mark) for base, tax, mark in rows]


def payments(*amounts: str) -> list[Payment]:
    return [Payment(importo_pagamento=amount) for amount in amounts]


def withheld(*amounts: str) -> list[Withholding]:
    return [Withholding(importo_ritenuta=amount) for amount in amounts]


PLAIN = [("100.00", "22.00", "I")]
SPLIT = [("100.00", "22.00", "S")]
# name, type, total, rounding, groups, withholdings, payments -> kind, amount, computed, expected
CASES = [
    ("stated", "TD01", "122.00", None, PLAIN, (), ("122.00",), "payable", "122.00", False, None),
    ("instalments", "TD01", "122.00", None, PLAIN, (), ("61.00", "61.00"), "payable", "122.00", False, None),
    ("alternatives", "TD01", "122.00", None, PLAIN, (), ("122.00", "122.00"), "payable", "122.00", False, None),
    ("computed", "TD01", "122.00", None, PLAIN, (), (), "payable", "122.00", True, None),
    ("no total", "TD01", None, None, PLAIN, (), (), "payable", "122.00", True, None),
    ("no total, rounded", "TD01", None, "-0.01", PLAIN, (), (), "payable", "121.99", True, None),
    ("withholding", "TD06", "122.00", None, PLAIN, ("20.00",), (), "payable", "102.00", True, None),
    ("two withholdings", "TD06", "122.00", None, PLAIN, ("20.00", "4.00"), (), "payable", "98.00", True, None),
    ("split payment", "TD01", "122.00", None, SPLIT, (), (), "payable", "100.00", True, None),
    ("both", "TD01", "122.00", None, SPLIT, ("20.00",), (), "payable", "80.00", True, None),
    ("differs", "TD01", "122.00", None, PLAIN, ("20.00",), ("122.00",), "payable", "122.00", False, "102.00"),
    ("a cent is no difference", "TD01", "122.00", None, PLAIN, (), ("122.01",), "payable", "122.01", False, None),
    ("two cents are", "TD01", "122.00", None, PLAIN, (), ("122.02",), "payable", "122.02", False, "122.00"),
    ("credit note", "TD04", "122.00", None, PLAIN, (), (), "credit", "122.00", True, None),
    ("reverse charge", "TD17", "122.00", None, PLAIN, (), (), "none", "122.00", True, None),
    ("asset sold", "TD26", "122.00", None, PLAIN, (), (), "payable", "122.00", True, None),
    ("total is no number", "TD01", "122,00", None, PLAIN, (), (), "payable", "122.00", True, None),
    ("payment is no number", "TD01", "122.00", None, PLAIN, (), ("60.00", "?"), "payable", "122.00", True, None),
    ("withholding is no number", "TD01", "122.00", None, PLAIN, ("x",), (), "payable", None, True, None),
    ("nothing", "TD01", None, None, [], (), (), "payable", None, True, None),
    ("no type", None, "1.00", None, [], (), (), "payable", "1.00", True, None),
]


@pytest.mark.parametrize(
    ("code", "total", "rounding", "vat", "held", "paid", "kind", "amount", "computed", "expected"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_ordinary(
    code: str | None,
    total: str | None,
    rounding: str | None,
    vat: list[tuple[str, str, str]],
    held: tuple[str, ...],
    paid: tuple[str, ...],
    kind: str,
    amount: str | None,
    computed: bool,
    expected: str | None,
) -> None:
    found = due.ordinary(code, total, rounding, groups(*vat), withheld(*held), payments(*paid))
    assert found.kind == kind
    assert found.amount == (None if amount is None else Decimal(amount))
    assert found.computed is computed
    assert found.expected == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("code", "amounts", "kind", "amount"),
    [
        ("TD07", ["24.40", "5.00"], "payable", "29.40"),
        ("TD08", ["24.40"], "credit", "24.40"),
        ("TD07", ["24.40", "?"], "payable", None),
        ("TD07", [], "payable", None),
    ],
)
def test_simplified(code: str, amounts: list[str], kind: str, amount: str | None) -> None:
    found = due.simplified(code, [Line(prezzo_totale=text) for text in amounts])
    assert (found.kind, found.amount) == (kind, None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("path", "amounts"),
    [
        ("invoices/IT07654320071_00002.xml", ["234.85"]),
        ("invoices/IT07712040257_0A1C4.xml", ["1048.71"]),
        ("invoices/IT07803150148_2026P.xml", ["1381.00"]),
        ("invoices/IT07599810939_PA001.xml", ["3540.00"]),
        ("invoices/IT07688300081_LT003.xml", ["497.10", "123.88", "626.50"]),
        ("old/IT07566400953_V1000.xml", ["1816.96"]),
    ],
)
def test_fixtures_agree_with_what_they_state(path: str, amounts: list[str]) -> None:
    content = summarise(open_document(ROOT / "fixtures" / path)).content
    assert isinstance(content, InvoiceFile)
    assert [str(row.due.amount) for row in content.bodies] == amounts
    assert not any(row.due.expected for row in content.bodies)
