"""Comments and processing instructions inside values change nothing for the controls."""

from __future__ import annotations

import pytest

import fatturakit as fk

from ..samples import NAME, invoice


@pytest.mark.parametrize("odd", ["<!-- x -->", "<?x y?>"])
def test_values_are_read_whole(odd: str) -> None:
    """A sound invoice stays sound, a wrong amount stays wrong and on its line."""
    inside = ("<PrezzoTotale>100.00<", f"<PrezzoTotale>10{odd}0.00<")
    before = ("<DatiRiepilogo>", f"{odd}<DatiRiepilogo>")
    sound = fk.validate(invoice(inside, before), name=NAME, ignore=("FK",))
    assert sound.findings == ()
    wrong = fk.validate(
        invoice(inside, before, ("<PrezzoUnitario>100", "<PrezzoUnitario>103")), name=NAME, ignore=("FK",)
    )
    assert [(each.code, each.line) for each in wrong.findings] == [("00423", 40)]
