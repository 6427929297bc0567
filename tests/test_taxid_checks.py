"""Our two check characters are those of python-stdnum."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.it import codicefiscale

from fatturakit.taxid import person_fault, vat_fault

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(st.text(_DIGITS, min_size=10, max_size=10).filter(lambda text: text.strip("0")))
def test_vat_numbers(ten: str) -> None:
    """Of the eleven digits only one last one is right."""
    right = [last for last in _DIGITS if vat_fault(ten + last) is None]
    assert right == [luhn.calc_check_digit(ten)]


@given(
    st.text(_LETTERS, min_size=6, max_size=6),
    st.text(_DIGITS + "LMNPQRSTUV", min_size=2, max_size=2),
    st.sampled_from("ABCDEHLMPRST"),
    st.sampled_from(["01", "45", "71", "L1", "TM", "6V"]),
    st.sampled_from(_LETTERS),
    st.text(_DIGITS + "LMNPQRSTUV", min_size=3, max_size=3),
)
def test_codes_of_persons(name: str, year: str, month: str, day: str, place: str, number: str) -> None:
    """Of the sixteen characters only one last letter is right; omocodia letters count."""
    fifteen = name + year + month + day + place + number
    right = [last for last in _LETTERS if person_fault(fifteen + last) is None]
    assert right == [codicefiscale.calc_check_digit(fifteen)]
