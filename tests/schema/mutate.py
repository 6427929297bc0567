"""Seeded mutations of a document: one or two small changes, each of a kind that real or hostile files may show."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from functools import cache

from lxml import etree

from fatturakit.schema.table import Element, ElementTable, table

from .judges import NAMESPACES, our_file
from .lexical import BLANKS, changed, edited, words
from .seeds import Seed, build, signature

XS = "{http://www.w3.org/2001/XMLSchema}"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DS = "http://www.w3.org/2000/09/xmldsig#"
STRANGE = ("Extra", "fatturaelettronica", "Numero", "Data", "Signature", "Nome", "È", "x-1")
SPACES = ("urn:x", DS, XSI, *NAMESPACES)
BUILT_IN = words(
    """string token normalizedString date dateTime decimal integer int positiveInteger anyType anySimpleType
    base64Binary anyURI nonsense"""
)
XML = "{http://www.w3.org/XML/1998/namespace}"
ATTRIBUTES = (
    *words("versione SistemaEmittente Id IntermediarioConDupliceRuolo FlussoSemplificato extra {urn:x}a"),
    *(f"{XML}lang", f"{XML}space"),
)
VALUES = ("", *words("Si si x 1.0 it s0 preserve 0123456789 01234567890"))

Mutation = Callable[[random.Random, etree._Element, ElementTable], None]


def elements(root: etree._Element) -> list[etree._Element]:
    """All elements, without comments and processing instructions."""
    return [node for node in root.iter() if isinstance(node.tag, str)]


def some(rng: random.Random, root: etree._Element) -> etree._Element:
    """Any element."""
    return rng.choice(elements(root))


def inner(rng: random.Random, root: etree._Element) -> etree._Element:
    """Any element but the root, where there is one."""
    return rng.choice(elements(root)[1:] or [root])


def place_of(node: etree._Element, form: ElementTable) -> Element | None:
    """The row of an element in the table of its vocabulary."""
    names = [etree.QName(n).localname for n in (*reversed([*node.iterancestors()]), node)]
    return form.get("/" + "/".join(names))


def delete(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """An element away, with all below it."""
    node = inner(rng, root)
    if (parent := node.getparent()) is not None:
        parent.remove(node)


def duplicate(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """An element twice, side by side or at the end of its parent."""
    node = inner(rng, root)
    parent = node.getparent()
    if parent is not None and len(node) < 40:
        at = rng.choice((parent.index(node), parent.index(node) + 1, len(parent)))
        parent.insert(at, deepcopy(node))


def swap(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """Two neighbours the wrong way round."""
    node = inner(rng, root)
    other, parent = node.getnext(), node.getparent()
    if other is not None and parent is not None:
        parent.insert(parent.index(node), other)


def move(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """An element into another parent."""
    node = inner(rng, root)
    target = some(rng, root)
    if node is not root and target is not node and node not in target.iterancestors():
        target.insert(rng.randrange(len(target) + 1), node)


def rename(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """Another name, known or unknown, in the same namespace."""
    node = some(rng, root)
    name = etree.QName(node)
    known = rng.choice([*form]).name.replace("versione", "Tipo")
    new = rng.choice((known, known, name.localname.upper(), name.localname + "x", rng.choice(STRANGE)))
    node.tag = f"{{{name.namespace}}}{new}" if name.namespace else new


def insert_known(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """A whole element that the parent may hold, or one from elsewhere, anywhere in the parent."""
    parent = some(rng, root)
    place = place_of(parent, form)
    choices = (form.children(place.path) if place else ()) or [e for e in form if e.kind == "simple"]
    parent.insert(rng.randrange(len(parent) + 1), build(rng.choice(choices), form, full=rng.random() < 0.3))


def insert_unknown(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """An empty element that nobody knows."""
    parent = some(rng, root)
    name = rng.choice(STRANGE)
    node = etree.Element(name if rng.random() < 0.6 else f"{{{rng.choice(SPACES)}}}{name}")
    parent.insert(rng.randrange(len(parent) + 1), node)


def renamespace(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """Another namespace, the namespace of the root, or none."""
    node = some(rng, root)
    space = rng.choice((*SPACES, form.namespace, form.namespace, form.namespace + "/", ""))
    local = etree.QName(node).localname
    node.tag = f"{{{space}}}{local}" if space else local


def multiply(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """Up to the bound of 200 and one beyond, for what is small."""
    node = inner(rng, root)
    parent = node.getparent()
    if parent is not None and len(node) < 5:
        like = [n for n in parent if n.tag == node.tag]
        for _ in range(rng.choice((199, 200, 201)) - len(like)):
            parent.insert(parent.index(node), deepcopy(node))


def attribute(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """An attribute added, changed or taken away."""
    node = root if rng.random() < 0.5 else some(rng, root)
    if node.attrib and rng.random() < 0.6:
        name = str(rng.choice([*node.attrib]))
        value, owner = str(node.attrib.pop(name)), place_of(node, form)
        place = form.get(f"{owner.path}/@{name}") if owner else None
        if rng.random() < 0.8:
            node.set(name, changed(rng, place.type, value) if place and place.type else edited(rng, value))
        return
    node.set(rng.choice(ATTRIBUTES), rng.choice(VALUES))


def text(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """Another text in an element without children, with its own borders where the table knows them."""
    leaves = [node for node in elements(root) if not len(node)]
    node = rng.choice(leaves)
    place = place_of(node, form)
    old = node.text or ""
    node.text = changed(rng, place.type, old) if place and place.type else edited(rng, old)


def stray_text(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """Text or blanks between the elements of a complex one."""
    node = some(rng, root)
    stray = rng.choice(("x", "0", "\u00a0", *BLANKS))
    if rng.random() < 0.5 or node is root:
        node.text = stray + (node.text or "")
    else:
        node.tail = stray


def remark(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """A comment or a processing instruction between elements or in the middle of a value."""
    node = some(rng, root)
    mark = etree.Comment(" c ") if rng.random() < 0.5 else etree.ProcessingInstruction("pi", "x")
    whole = node.text or ""
    if len(node) == 0 and whole:
        at = rng.randrange(len(whole) + 1)
        node.text, mark.tail = whole[:at], whole[at:]
    node.insert(rng.randrange(len(node) + 1), mark)


@cache
def official_names(name: str) -> dict[str, str]:
    """The names that documents give to our types in xsi:type."""
    schema = etree.parse(our_file(name)).getroot()
    derived = [(n, top) for top in schema for n in top.iter(f"{XS}extension", f"{XS}restriction")]
    return {n.get("base", ""): top.get("name", "") for n, top in derived if ":" not in n.get("base", "")}


def typed(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """xsi:type with the right name, another name of the schema, a built-in one or none."""
    node, names = some(rng, root), official_names(form.name)
    place = place_of(node, form)
    right = names.get(place.type_name, "") if place else ""
    etree.cleanup_namespaces(root, {"t": form.namespace, "xs": XS[1:-1], "ds": DS}, ["t", "xs", "ds"])
    others = (f"t:{rng.choice([*names.values()])}", f"xs:{rng.choice(BUILT_IN)}", "ds:SignatureType", "u:x", "x", "")
    node.set(f"{{{XSI}}}type", f"t:{right}" if right and rng.random() < 0.5 else rng.choice(others))


def instance(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """xsi:nil and the schema locations."""
    node = root if rng.random() < 0.3 else some(rng, root)
    name = rng.choice(("nil", "nil", "schemaLocation", "noNamespaceSchemaLocation", "other"))
    places = ("urn:x missing.xsd", f"{form.namespace} missing.xsd", "x", "")
    node.set(f"{{{XSI}}}{name}", rng.choice(("true", "false", "1", "x") if name == "nil" else places))


def sign(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """A signature more, at the end or anywhere; or the one there is, away."""
    there = root.find(f"{{{DS}}}Signature")
    if there is not None and rng.random() < 0.4:
        root.remove(there)
    elif rng.random() < 0.6:
        root.append(signature())
    else:
        some(rng, root).insert(0, signature())


def damage_signature(rng: random.Random, root: etree._Element, form: ElementTable) -> None:
    """Any structural change or edit inside a signature, put there first where there is none."""
    if root.find(f"{{{DS}}}Signature") is None:
        root.append(signature())
    rng.choice(DAMAGES)(rng, root[-1] if isinstance(root[-1].tag, str) else root, form)


DAMAGES = (*(delete, duplicate, swap, rename, insert_unknown, renamespace, attribute, text, text, stray_text, remark),)
WEIGHTS: dict[Mutation, int] = {
    text: 34, delete: 6, duplicate: 6, swap: 5, move: 4, rename: 4, insert_known: 7, insert_unknown: 3, renamespace: 3,
    multiply: 1, attribute: 7, stray_text: 4, remark: 4, typed: 5, instance: 4, sign: 3, damage_signature: 5,
}  # fmt: skip


def mutate(rng: random.Random, seed: Seed) -> tuple[etree._Element, list[str]]:
    """A changed copy of a document and the names of the changes."""
    root, form = deepcopy(seed.root), table(seed.vocabulary)
    ways = rng.choices([*WEIGHTS], [*WEIGHTS.values()], k=rng.choice((1, 1, 2)))
    for way in ways:
        way(rng, root, form)
    return root, [way.__name__ for way in ways]
