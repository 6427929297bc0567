"""The page of entries names every entry that composing takes."""

from __future__ import annotations

import re
from typing import Any

import pytest

import fatturakit

from ..shared import ROOT

PAGE = (ROOT / "docs/guide/compose.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([a-z_0-9]+)`", PAGE))
STRANGER = {"§": 1}
SECTIONS = ("order", "delivery_notes", "transport", "main_invoice", "vehicle", "intent", "attachments", "transmitter")
SECTIONS += ("tax_representative", "intermediary", "funds", "withholding", "payments")
PARTY = STRANGER | {"address": STRANGER, "rea": STRANGER, "register": STRANGER, "branch": STRANGER}
LINE = STRANGER | dict.fromkeys(("period", "codes", "extra", "intent"), STRANGER) | {"nature": "N3.5"}
ENTRIES: dict[str, Any] = (
    STRANGER | dict.fromkeys(SECTIONS, STRANGER) | {"seller": PARTY, "buyer": PARTY, "lines": [LINE]}
)
SIMPLE = STRANGER | {"type": "TD08", "corrects": STRANGER, "seller": PARTY, "buyer": PARTY, "lines": [STRANGER]}


@pytest.mark.parametrize("entries", [ENTRIES, SIMPLE], ids=["ordinary", "simplified"])
def test_every_entry_is_on_the_page(entries: dict[str, Any]) -> None:
    with pytest.raises(fatturakit.ComposeError) as refused:
        fatturakit.compose(entries)
    known = [problem.args["known"] for problem in refused.value.problems if problem.path.endswith("§")]
    assert len(known) > 7
    assert not {name for names in known for name in str(names).split(", ")} - NAMED
