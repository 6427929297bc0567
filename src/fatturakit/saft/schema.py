"""The schemas of audit files, in the two forms the engine uses.

The files in ``schemas/`` are the facts. For streaming, libxml2 gets what XSD 1.0 can say of them: asserts and keys are
taken out (``rules/asserts.py`` and ``rules/references.py`` judge those), an ``xs:all`` whose members repeat becomes a
free choice (``rules/asserts.py`` asks for one of each). What libxml2 rejects is judged again by the whole schema.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from lxml import etree

from ..resources import schema_name
from ..xmlio import parse_own
from .formats import Format

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_TAKEN_OUT: Final = ("assert", "unique", "key", "keyref")


@cache
def streaming(variant: Format, revision: str) -> Any:
    """The compiled XSD 1.0 form of a revision."""
    tree = parse_own(_file(variant, revision))
    for name in _TAKEN_OUT:
        for found in list(tree.iter(_XS + name)):
            parent = found.getparent()
            if parent is not None:
                parent.remove(found)
    for group in tree.iter(_XS + "all"):
        group.tag = _XS + "choice"
        group.set("maxOccurs", "unbounded")
        for member in group:
            member.attrib.pop("maxOccurs", "")
    return etree.XMLSchema(tree)


@cache
def whole(variant: Format, revision: str) -> Any:
    """The XSD 1.1 schema, by ``xmlschema``: slow, and right."""
    import xmlschema

    return xmlschema.XMLSchema11(_file(variant, revision))


@cache
def declaration(variant: Format, revision: str, path: tuple[str, ...]) -> Any:
    """The declaration of the element at a path of names below the root."""
    steps = "/".join(f"a:{name}" for name in path)
    return whole(variant, revision).find(steps, namespaces={"a": variant.namespace})


def _file(variant: Format, revision: str) -> str:
    return schema_name(dict(variant.schemas)[revision])
