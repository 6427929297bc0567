"""Whatever stands in a document, rows come out, every writer takes them, and nothing that was written disappears."""

from __future__ import annotations

import io
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fatturakit import open as open_document
from fatturakit import to_table
from fatturakit.convert.tables.rows import rows_of
from fatturakit.convert.tables.sheets import SHEETS
from fatturakit.convert.tables.values import PRECISION, SCALE
from fatturakit.document import Document

from .documents import FEE, SIMPLIFIED

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40),
    st.from_regex(r"[-+]?[0-9]{0,25}\.?[0-9]{0,12}", fullmatch=True),
    st.dates().map(str),
    st.sampled_from(["", " ", "SI", "TD04", "S", "=1", "-0.00", "0001-01-01", "\t\n", "<r></r>"]),
)
KINDS = {"text": str, "decimal": Decimal, "integer": int, "boolean": bool}


def changed(data: bytes, choices: list[tuple[int, str]]) -> tuple[Document, list[str]]:
    """The document with some of its leaves changed, and what stands there now."""
    root = etree.fromstring(data)
    leaves = [node for node in root.iter(etree.Element) if len(node) == 0 and "Header" not in node.getparent().tag]
    written = {leaves[place % len(leaves)]: text for place, text in choices}
    for leaf, text in written.items():
        leaf.text = text
    return open_document(etree.tostring(root), name="a.xml"), [leaf.text or "" for leaf in written]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([FEE, SIMPLIFIED]), st.lists(st.tuples(st.integers(0, 500), TEXTS), max_size=6))
def test_any_text_gives_rows_of_the_right_types_and_is_somewhere(path: object, choices: list[tuple[int, str]]) -> None:
    document, written = changed(path.read_bytes(), choices)  # type: ignore[attr-defined]
    shown: list[str] = []
    for name, cells in rows_of(document, "a.xml"):
        sheet = next(sheet for sheet in SHEETS if sheet.name == name)
        for column, cell in zip(sheet.all_columns, cells, strict=True):
            assert cell is None or column.kind == "date" or isinstance(cell, KINDS[column.kind])
            if isinstance(cell, Decimal):
                assert abs(cell) < 10 ** (PRECISION - SCALE)
            shown += [cell] if isinstance(cell, str) else []
    assert all(any(text.strip() in cell for cell in shown) for text in written if not is_value(text))
    for format_name in ("csv", "xlsx", "parquet"):
        stream = io.BytesIO()
        to_table(document, stream, format=format_name, sheet="lines")
        assert stream.getvalue()


def is_value(text: str) -> bool:
    """A text that may be in a cell as a number, a day or a yes."""
    bare = text.strip()
    return bare in {"", "SI", "NO"} or bare[0] in "+-.0123456789"
