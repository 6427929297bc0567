"""Documents of nothing but ASCII are judged by a shorter schema: only while that is surely what they are."""

from __future__ import annotations

import pytest

import fatturakit as fk
from fatturakit.document import from_bytes

from ..samples import INVOICE

GREEK = "\u03b1"  # outside of what any field takes


def invoice(name: str = "Falegnameria Colle", declaration: str = 'encoding="UTF-8"') -> str:
    text = INVOICE if isinstance(INVOICE, str) else INVOICE.decode()
    return text.replace("Falegnameria Colle", name).replace('encoding="UTF-8"', declaration)


def refused(source: bytes | fk.Document) -> bool:
    return any(finding.code == "00200" for finding in fk.validate(source).findings)


@pytest.mark.parametrize(
    ("data", "surely"),
    [
        (invoice().encode(), True),
        (invoice("Rossi &amp; C.").encode(), False),
        (invoice("Caff\u00e8").encode(), False),
        (invoice(declaration='encoding="UTF-16"').encode("utf-16"), False),
        (invoice(declaration='encoding="UTF-7"').encode(), False),
        (b"\n" + invoice().encode().split(b"?>", 1)[1], False),
    ],
)
def test_what_is_surely_ascii(data: bytes, surely: bool) -> None:
    assert from_bytes(data).is_surely_ascii is surely
    assert not refused(data)


@pytest.mark.parametrize(
    "data", [invoice(GREEK).encode(), invoice("&#945;").encode(), invoice(GREEK, 'encoding="UTF-16"').encode("utf-16")]
)
def test_other_characters_are_found_however_they_are_written(data: bytes) -> None:
    assert refused(data)


def test_a_changed_tree_is_looked_at_again() -> None:
    document = fk.open(invoice().encode())
    assert not refused(document)
    document.header.cedente_prestatore.dati_anagrafici.anagrafica.denominazione = "Caff\u00e8"
    assert not refused(document)
    next(document.root.iter("Denominazione")).text = GREEK
    assert refused(document)
