"""Money: what is a number, exact sums, rounding as SdI does it, and the two ways of writing."""

from __future__ import annotations

import doctest
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fatturakit import money
from fatturakit.texts import Language

amounts = st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**15), max_value=10**15)
places = st.integers(0, 8)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.50", "12.50"),
        (" \t12.50\r\n", "12.50"),
        ("-0.01", "-0.01"),
        ("+7", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("0" * 40, "0"),
        ("0" * 41, None),
        ("9" * 100_000, None),
        ("12,50", None),
        ("1.234,50", None),
        ("1e5", None),
        ("NaN", None),
        ("Infinity", None),
        ("1_000", None),
        ("١٢", None),
        ("12.50\u00a0", None),
        ("12 .5", None),
        ("", None),
        ("-", None),
        (".", None),
        (None, None),
    ],
)
def test_parse(text: str | None, value: str | None) -> None:
    assert money.parse(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("1500.2448", 2, "1500.24"),  # the two cases of Elenco 2.0 for 00421
        ("1500.2458", 2, "1500.25"),
        ("2.345", 2, "2.35"),
        ("-2.345", 2, "-2.35"),
        ("2.344999", 2, "2.34"),
        ("0.005", 2, "0.01"),
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("9" * 40 + ".995", 2, "1" + "0" * 40 + ".00"),
    ],
)
def test_quantise(value: str, decimals: int, rounded: str) -> None:
    assert str(money.quantise(Decimal(value), decimals)) == rounded


@pytest.mark.parametrize(
    ("value", "least", "most", "italian", "english"),
    [
        ("1234.5", 2, 8, "1.234,50", "1,234.50"),
        ("1234567.89", 2, 8, "1.234.567,89", "1,234,567.89"),
        ("-1234.00", 2, 8, "-1.234,00", "-1,234.00"),
        ("0", 2, 8, "0,00", "0.00"),
        ("-0.00", 2, 8, "0,00", "0.00"),
        ("-0.001", 2, 2, "0,00", "0.00"),
        ("3.4567", 2, 8, "3,4567", "3.4567"),
        ("3.45670000", 2, 8, "3,4567", "3.4567"),
        ("120.00", 0, 8, "120", "120"),
        ("6.50", 0, 8, "6,5", "6.5"),
        ("100", 0, 8, "100", "100"),
        ("1000000", 0, 8, "1.000.000", "1,000,000"),
        ("0.0635", 2, 2, "0,06", "0.06"),
    ],
)
def test_spell(value: str, least: int, most: int, italian: str, english: str) -> None:
    assert money.spell(Decimal(value), "it", least, most) == italian
    assert money.spell(Decimal(value), "en", least, most) == english


@pytest.mark.parametrize(("text", "seen"), [("12.5", "12,50"), ("12,5", "12,5"), ("abc", "abc"), ("", ""), (None, "")])
def test_shown_leaves_what_is_no_number(text: str | None, seen: str) -> None:
    assert money.shown(text, "it") == seen


@pytest.mark.parametrize(
    ("values", "answer"), [([], "0"), (["1.10", "2.2"], "3.30"), (["1", None], None), ([None], None)]
)
def test_complete(values: list[str | None], answer: str | None) -> None:
    assert money.complete(map(money.parse, values)) == (None if answer is None else Decimal(answer))


@given(amounts, places)
def test_rounding_moves_by_half_a_unit_at_most_and_is_done_once(value: Decimal, decimals: int) -> None:
    rounded = money.quantise(value, decimals)
    assert abs(rounded - value) * 2 <= Decimal(1).scaleb(-decimals)
    assert money.quantise(rounded, decimals) == rounded
    assert -money.quantise(-value, decimals) == rounded


@given(st.lists(amounts))
def test_sums_do_not_depend_on_order_or_on_the_context(values: list[Decimal]) -> None:
    with localcontext() as context:
        context.prec, context.rounding = 3, ROUND_HALF_EVEN
        forwards, backwards = money.total(values), money.total(reversed(values))
    units = sum(int(value.scaleb(8)) for value in values)
    assert forwards == backwards == Decimal(units).scaleb(-8)


@given(amounts, st.sampled_from(["it", "en"]))
def test_what_is_spelt_can_be_read_back(value: Decimal, lang: Language) -> None:
    text = money.spell(value, lang)
    plain = text.replace(",", "") if lang == "en" else text.replace(".", "").replace(",", ".")
    assert money.parse(plain) == value


@given(st.text())
def test_any_text_is_a_number_or_nothing(text: str) -> None:
    value = money.parse(text)
    assert value is None or value.is_finite()
    assert isinstance(money.shown(text, "it"), str)


@given(amounts, amounts)
def test_near_is_symmetrical(first: Decimal, second: Decimal) -> None:
    assert money.near(first, second) == money.near(second, first) == (abs(first - second) <= money.CENT)


@pytest.mark.parametrize(
    ("value", "part", "whole", "cents"),
    [("100", "1", "3", "33.33"), ("0.05", "1", "10", "0.01"), ("-0.05", "1", "10", "-0.01"), ("9", "1", "0", "0")],
)
def test_portion(value: str, part: str, whole: str, cents: str) -> None:
    """Half a cent goes away from zero; a part of nothing is nothing."""
    assert money.portion(Decimal(value), Decimal(part), Decimal(whole)) == Decimal(cents)


@pytest.mark.parametrize(("value", "shown"), [("1E+3", "1.000,00"), ("1E-9", "0,00"), ("1.123456789", "1,12345679")])
def test_spell_by_default(value: str, shown: str) -> None:
    """Two decimals at least and eight at most, whatever the exponent."""
    assert money.spell(Decimal(value), "it") == shown
    assert money.spell(Decimal("1E+3"), "it", least=0) == "1.000"
    assert money.shown("1.123456789", "it") == "1,12345679"


def test_nothing_is_settled_by_nothing() -> None:
    """No amount at all is no answer; a single one is its own."""
    assert money.settled([], Decimal(1)) is None
    assert money.settled([Decimal(1)], Decimal(1)) == 1
    assert money.settled([Decimal(2)], Decimal(1)) == 2


def test_examples() -> None:
    assert not doctest.testmod(money).failed
