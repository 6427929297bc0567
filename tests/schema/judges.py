"""The two judges: the official schema of a vocabulary and ours, both compiled by libxml2, chosen by namespace."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from ..shared import ROOT, shared

OFFICIAL = {
    "ordinary-1.2.3": "fatturapa-ordinary-1.2.3.xsd",
    "simplified-1.0.2": "fatturapa-simplified-1.0.2.xsd",
    "ordinary-1.1": "fatturapa-1.1.xsd",
    "ordinary-1.0": "fatturapa-1.0.xsd",
    "messages-pa-1.1": "messaggi-pa-1.1.xsd",
    "messages-private-1.0": "messaggi-private-1.0.xsd",
}
NAMESPACES = {
    "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2": "ordinary-1.2.3",
    "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0": "simplified-1.0.2",
    "http://www.fatturapa.gov.it/sdi/fatturapa/v1.1": "ordinary-1.1",
    "http://www.fatturapa.gov.it/sdi/fatturapa/v1.0": "ordinary-1.0",
    "http://www.fatturapa.gov.it/sdi/messaggi/v1.0": "messages-pa-1.1",
    "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fattura/messaggi/v1.0": "messages-private-1.0",
}


class _Local(etree.Resolver):
    """Answers every import of the official schemas from the shared folder, so that nothing asks the network."""

    def resolve(self, system_url: str, public_id: str | None, context: Any) -> Any:  # type: ignore[override]
        """The signature schema is the only import there is."""
        if "xmldsig" in PurePosixPath(system_url).name:
            return self.resolve_filename(str(shared("official", "xmldsig-core-schema.xsd")), context)  # type: ignore[attr-defined]
        return self.resolve_empty(context)  # type: ignore[attr-defined]


def parser() -> etree.XMLParser:
    """A parser that fetches nothing and expands nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


@cache
def official(name: str) -> etree.XMLSchema:
    """The official schema of a vocabulary."""
    local = etree.XMLParser(no_network=True)
    local.resolvers.add(_Local())
    return etree.XMLSchema(etree.parse(str(shared("official", OFFICIAL[name])), local))


def our_file(name: str) -> str:
    """The path of our schema of a vocabulary."""
    prefix = "" if name.startswith("messages") else "fatturapa-"
    return str(ROOT / "schemas" / f"{prefix}{name}.xsd")


@cache
def ours(name: str) -> etree.XMLSchema:
    """Our schema of a vocabulary."""
    return etree.XMLSchema(etree.parse(our_file(name)))


def vocabulary(root: etree._Element) -> str:
    """The vocabulary of a document by the namespace of its root; an unknown one is judged as an ordinary invoice."""
    return NAMESPACES.get(etree.QName(root).namespace or "", "ordinary-1.2.3")
