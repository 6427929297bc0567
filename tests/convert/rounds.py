"""What must be equal after a round trip, and the two ways round."""

from __future__ import annotations

from lxml import etree

from fatturakit import Document
from fatturakit.schema.profiles import DSIG_NS
from fatturakit.schema.table import table
from fatturakit.xmlio import local, text

Content = list[tuple[str, str | None]]


def canonical(root: etree._Element) -> bytes:
    """The canonical form, comments included."""
    return etree.tostring(root.getroottree(), method="c14n", with_comments=True)


def content(document: Document) -> Content:
    """Every element in document order, with the text of those that have text; signatures left out.

    White space in an element that may only hold elements is no content.
    """
    assert document.profile is not None
    rows = table(document.profile.name)
    return list(_walk(document.root, "", rows))


def _walk(node, path, rows):
    here = f"{path}/{local(node)}"
    row = rows.get(here)
    blank = row is not None and row.kind == "complex"
    yield here, None if blank and not text(node).strip() else text(node)
    for child in node.iterchildren(tag=etree.Element):
        if child.tag != f"{{{DSIG_NS}}}Signature":
            yield from _walk(child, here, rows)
