"""A document that is only judged is read without the blanks between its elements: the report must be the same."""

from __future__ import annotations

import random

import pytest
from lxml import etree

import fatturakit as fk
from fatturakit.document import from_bytes
from fatturakit.errors import InputError
from fatturakit.xmlio import can_be_lean

from ..samples import INVOICE
from ..shared import manifest, needs_shared, shared
from .mutate import mutate
from .seeds import seeds

PIECES = (
    "  ",
    "\n\t",
    " \r\n",
    "\t",
    "<!-- x -->",
    " <![CDATA[ ]]>",
    "&#32;",
    "&#13;",
    " &amp;",
    "<?p i?>",
    "x",
    " <X> </X>",
)
AMOUNT = 250
TEXT = INVOICE if isinstance(INVOICE, str) else INVOICE.decode()


def compare(data: bytes) -> bool:
    """Whether the document was read that way; its report is the same as that of the whole tree."""
    try:
        whole = fk.validate(fk.open(data))
    except InputError:
        return False
    assert fk.validate(data)._replace(path=whole.path) == whole, data
    return from_bytes(data, lean=True).is_lean


@needs_shared
def test_the_corpus() -> None:
    folders = ("invoices", "simplified", "notifications", "broken")
    files = [shared("corpus", row["file"]) for row in manifest() if row["file"].startswith(folders)]
    lean = sum(compare(file.read_bytes()) for file in files)
    assert lean > len(files) / 20


def test_mutations() -> None:
    rng, lean = random.Random(20261122), 0
    for name in rng.choices(["ordinary-1.2.3", "simplified-1.0.2"], [3, 1], k=AMOUNT):
        root, _ = mutate(rng, rng.choice(seeds()[name]))
        lean += compare(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    assert lean > AMOUNT / 2


def test_blanks_of_every_sort_at_every_place() -> None:
    rng, lean = random.Random(20261122), 0
    places = [at for at, sign in enumerate(TEXT) if sign in "<>" and at > TEXT.index("FatturaElettronica")]
    for _ in range(AMOUNT):
        text = TEXT
        for at in sorted(rng.sample(places, rng.randint(1, 3)), reverse=True):
            cut = at + (text[at] == ">")
            text = text[:cut] + "".join(rng.choices(PIECES, k=rng.randint(1, 2))) + text[cut:]
        lean += compare(text.encode())
    assert 0 < lean < AMOUNT


@pytest.mark.parametrize(
    ("old", "new", "lean"),
    [
        ("", "", True),
        ("?>", '?><?xml-stylesheet type="text/xsl" href="sheet.xsl"?>', True),
        ("?>", "?><!-- x -->", False),
        ("UTF-8", "ISO-8859-1", False),
        ("\n", "\r\n", False),
    ],
)
def test_what_can_be_lean(old: str, new: str, lean: bool) -> None:
    assert can_be_lean(TEXT.replace(old, new, 1).encode()) is lean


def test_a_document_that_is_opened_is_whole() -> None:
    assert not fk.open(TEXT.encode()).is_lean
    assert fk.open(TEXT.encode()).root.text == "\n  "
