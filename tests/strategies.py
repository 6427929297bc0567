"""Hypothesis strategies for documents, made from the element table.

``documents()`` gives documents whose elements stand as the schema has them; with ``valid=True`` the values are right
too, else they are any text. ``mangled()`` gives documents in which anything may be wrong.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st
from lxml import etree

from fatturakit.schema.profiles import PROFILES, Profile
from fatturakit.schema.table import Element, ElementTable, SimpleType, table

from .schema.seeds import sample, signature

MOST = 3  # occurrences of what repeats
BLANKS = st.sampled_from(["", " ", "\n", "\t", "\r", "\r\n  ", "\n\n"])
CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\t\n\r", exclude_characters="\ufffe\uffff"
)
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.sampled_from(["", "0.0000000", "007", "7", "-0", "1e3", "2026-11-20", "2026-11-20T00:00:00", "]]>", "a&b<c>"]),
    st.sampled_from(
        ["2026-11-20+01:00", "10.10", " 1.00 ", "true", "null", '"', "\\", "\u2028", "\U0001f600", "&amp;"]
    ),
)
NAMES = st.sampled_from(["Extra", "FatturaElettronicaBody", "Numero", "Data", "DettaglioLinee", "Nome"])


def roots(profile: Profile) -> st.SearchStrategy[str]:
    """A root of a profile."""
    return st.sampled_from(sorted(profile.roots))


def profiles(*, invoices: bool | None = None) -> st.SearchStrategy[Profile]:
    """A profile; only those of invoices, only those of messages, or (None) any."""
    return st.sampled_from([one for one in PROFILES if invoices is None or one.is_invoice is invoices])


@st.composite
def documents(
    draw: st.DrawFn, *, invoices: bool | None = None, valid: bool = False, profile: Profile | None = None
) -> etree._Element:
    """The root of a document."""
    chosen = profile or draw(profiles(invoices=invoices))
    rows, name = table(chosen.name), draw(roots(chosen))
    kind = chosen.formats[0] if chosen.formats else ""
    return _element(draw, rows.by_name(name)[0], rows, valid, draw(st.sampled_from(chosen.formats or (kind,))))


@st.composite
def mangled(draw: st.DrawFn) -> etree._Element:
    """The root of a document with elements moved, repeated or unknown, comments and attributes anywhere."""
    root = draw(documents())
    for _ in range(draw(st.integers(1, 6))):
        nodes = list(root.iter(tag=etree.Element))
        node = draw(st.sampled_from(nodes))
        draw(st.sampled_from(_DAMAGES))(draw, node)
    return root


def _element(draw: st.DrawFn, row: Element, rows: ElementTable, valid: bool, kind: str) -> etree._Element:
    if row.name == "Signature":
        return signature()
    top = row.path.count("/") == 1
    node = etree.Element(
        f"{{{rows.namespace}}}{row.name}" if top else row.name, nsmap={"p": rows.namespace} if top else None
    )
    for attribute in rows.attributes(row.path):
        if attribute.type and (attribute.min or draw(st.booleans())):
            known = kind if attribute.name == "versione" and kind in attribute.type.enumeration else attribute.fixed
            node.set(attribute.name, known or sample(attribute.type))
    if row.type is not None:
        node.text = kind if row.name == "FormatoTrasmissione" and kind else _text(draw, row.type, valid)
    else:
        _children(draw, node, row, rows, valid, kind)
    return node


def _children(draw: st.DrawFn, node: etree._Element, row: Element, rows: ElementTable, valid: bool, kind: str) -> None:
    children = rows.children(row.path)
    alternative = draw(st.integers(1, 2)) if any(child.choice for child in children) else 1
    for child in children:
        if child.name == "Signature" and not (valid and child.min):
            continue
        least = child.min if child.choice is None or child.choice[1] == alternative else 0
        most = 0 if child.choice and child.choice[1] != alternative else min(child.max or MOST, MOST)
        wanted = valid or child.name in _TELLING
        fewest = least if wanted else 0
        for _ in range(draw(st.integers(fewest, most)) if fewest < most else fewest):
            node.append(_element(draw, child, rows, valid, kind))


def _text(draw: st.DrawFn, type_: SimpleType, valid: bool) -> str:
    return draw(values(type_)) if valid else draw(TEXTS)


@cache
def values(type_: SimpleType) -> st.SearchStrategy[str]:
    """Texts a type accepts."""
    if type_.enumeration:
        return st.sampled_from(type_.enumeration)
    if type_.base == "xs:date":
        return st.dates(date(1990, 1, 1), date(2089, 12, 31)).map(date.isoformat)
    if type_.base in {"xs:integer", "xs:positiveInteger"}:
        return st.integers(int(type_.min_inclusive or 1), int(type_.max_inclusive or 99)).map(str)
    if type_.base == "xs:decimal":
        return st.one_of(st.just(sample(type_)), st.decimals(0, 99, places=2).map(str))
    if type_.name.startswith("Latin") or type_.name.startswith("Ascii"):
        return st.one_of(st.just(sample(type_)), st.text("abcXYZ 019/-", min_size=1, max_size=8).filter(str.strip))
    return st.just(sample(type_))


def _comment(draw: st.DrawFn, node: etree._Element) -> None:
    node.insert(draw(st.integers(0, len(node))), etree.Comment(draw(st.sampled_from(["", " x ", "è"]))))


def _instruction(draw: st.DrawFn, node: etree._Element) -> None:
    node.insert(draw(st.integers(0, len(node))), etree.ProcessingInstruction("go", "on"))


def _attribute(draw: st.DrawFn, node: etree._Element) -> None:
    node.set(draw(st.sampled_from(["versione", "Id", "{urn:x}y"])), draw(TEXTS))


def _stranger(draw: st.DrawFn, node: etree._Element) -> None:
    stranger = etree.Element(draw(NAMES))
    stranger.text = draw(TEXTS)
    node.insert(draw(st.integers(0, len(node))), stranger)


def _move(draw: st.DrawFn, node: etree._Element) -> None:
    if len(node):
        node.insert(draw(st.integers(0, len(node))), draw(st.sampled_from(list(node))))


def _stray(draw: st.DrawFn, node: etree._Element) -> None:
    if node.getparent() is not None:
        node.tail = draw(TEXTS)


def _again(draw: st.DrawFn, node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None and isinstance(node.tag, str):
        twin = etree.SubElement(parent, node.tag)
        twin.text = draw(TEXTS)


def _blanks(draw: st.DrawFn, node: etree._Element) -> None:
    if len(node):
        node.text = draw(BLANKS)
        node[-1].tail = draw(BLANKS)


_TELLING = frozenset({"FatturaElettronicaHeader", "DatiTrasmissione", "FormatoTrasmissione", "Hash"})
_DAMAGES = (_comment, _instruction, _attribute, _stranger, _move, _stray, _again, _blanks)
