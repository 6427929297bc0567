"""Italian numbers: what could exist passes, one wrong character does not (the sums: test_taxid_checks)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.it import codicefiscale

from fatturakit.taxid import is_personal_code, is_tax_code, is_vat_number, person_fault, tax_code_fault, vat_fault

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OMOCODIA = dict(zip(DIGITS, "LMNPQRSTUV", strict=True))

firsts = st.text(DIGITS, min_size=10, max_size=10).filter(lambda ten: ten != "0" * 10)
vat_numbers = firsts.map(lambda ten: ten + luhn.calc_check_digit(ten))


@st.composite
def personal_codes(draw: st.DrawFn) -> str:
    """A code of somebody born on a real day, with any of its digits replaced as in omocodia."""
    born = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    day = born.day + draw(st.sampled_from([0, 40]))
    name = draw(st.text(LETTERS, min_size=6, max_size=6))
    place = draw(st.sampled_from(LETTERS)) + draw(st.text(DIGITS, min_size=3, max_size=3))
    body = f"{name}{born.year % 100:02}{'ABCDEHLMPRST'[born.month - 1]}{day:02}{place}"
    replaced = draw(st.sets(st.sampled_from([6, 7, 9, 10, 12, 13, 14])))
    body = "".join(OMOCODIA[each] if at in replaced else each for at, each in enumerate(body))
    return body + str(codicefiscale.calc_check_digit(body))


@given(vat_numbers)
def test_vat_numbers_pass(value: str) -> None:
    assert vat_fault(value) is None
    assert is_vat_number(value)
    assert is_tax_code(value)


@given(vat_numbers, st.integers(0, 10), st.integers(1, 9))
def test_one_changed_digit_fails(value: str, at: int, by: int) -> None:
    changed = value[:at] + str((int(value[at]) + by) % 10) + value[at + 1 :]
    fault = vat_fault(changed)
    assert fault is not None
    assert fault.kind in {"check", "zeros"}
    if at == 10:
        assert fault.expected == value[10]


@given(personal_codes())
def test_personal_codes_pass(value: str) -> None:
    assert person_fault(value) is None
    assert is_personal_code(value)
    assert tax_code_fault(value) is None


@given(personal_codes(), st.integers(1, 25))
def test_another_control_letter_fails(value: str, by: int) -> None:
    changed = value[:15] + LETTERS[(LETTERS.index(value[15]) + by) % 26]
    assert person_fault(changed) == ("check", value[15])


@given(personal_codes(), st.integers(0, 15))
def test_a_foreign_character_fails(value: str, at: int) -> None:
    assert person_fault(value[:at] + "-" + value[at + 1 :]) == ("shape", "")


@given(st.text(max_size=30))
def test_nothing_crashes(value: str) -> None:
    assert is_tax_code(value) == (tax_code_fault(value) is None)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("01879020517", None),
        ("80078750587", None),  # a body without VAT number
        ("0187902051", "length"),
        ("018790205170", "length"),
        ("", "length"),
        ("0187902051X", "digits"),
        ("٠١٨٧٩٠٢٠٥١٧", "digits"),
        ("00000000000", "zeros"),
        ("01234567890", "check"),
        ("RSSMRA80A01H501U", None),
        ("RSSMRA80A01H50MM", None),  # M stands for 1
        ("RSSMRA80A41H501Y", None),  # a woman
        ("RSSMRA80A01H501A", "check"),
        ("RSSMRA80F01H501U", "shape"),  # no month F
        ("RSSMRA80A00H501U", "shape"),
        ("RSSMRA80A32H501U", "shape"),
        ("RSSMRA80A40H501U", "shape"),
        ("RSSMRA80A72H501U", "shape"),
        ("rssmra80a01h501u", "shape"),
    ],
)
def test_tax_codes(value: str, kind: str | None) -> None:
    fault = tax_code_fault(value)
    assert (fault and fault.kind) == kind
