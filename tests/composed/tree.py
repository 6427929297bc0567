"""A document as nested dicts, written in the order of the element table; what is optional and unjudged is filled in."""

from __future__ import annotations

import random
from typing import Any, Final
from xml.sax.saxutils import escape

from fatturakit.schema.table import Element, ElementTable, table

from ..schema.seeds import sample

Tree = dict[str, Any]
ORDINARY, SIMPLIFIED = "ordinary-1.2.3", "simplified-1.0.2"
_SET: Final = """
    IdFiscaleIVA CodiceFiscale RappresentanteFiscale PECDestinatario SoggettoEmittente DatiRitenuta DatiBollo
    DatiCassaPrevidenziale ScontoMaggiorazione ImportoTotaleDocumento Arrotondamento Art73 DatiOrdineAcquisto
    DatiContratto DatiConvenzione DatiFattureCollegate DatiFatturaRettificata DatiPagamento Quantita Ritenuta Natura
    AltriDatiGestionali EsigibilitaIVA RiferimentoNormativo DataScadenzaPagamento IBAN Allegati Signature Imposta
    Aliquota BolloVirtuale Percentuale Importo AlgoritmoCompressione FormatoAttachment CodiceCIG Data DataFR DatiDDT
"""
"""Optional elements some control looks at: the composer sets them, the filler leaves them alone."""


def form_of(tree: Tree) -> ElementTable:
    """The element table of a document."""
    return table(SIMPLIFIED if tree["@versione"] == "FSM10" else ORDINARY)


def xml(tree: Tree) -> bytes:
    """The document; an element the format does not have is a mistake of the test."""
    form = form_of(tree)
    root = form.children("")[0]
    inside = "".join(_inside(tree, root.path, form))
    start = f'<p:{root.name} xmlns:p="{form.namespace}" versione="{tree["@versione"]}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}\n{inside}</p:{root.name}>\n'.encode()


def _inside(tree: Tree, path: str, form: ElementTable) -> list[str]:
    places = form.children(path)
    unknown = {name for name in tree if name[0] != "@"} - {place.name for place in places}
    assert not unknown, f"{path} has no {unknown}"
    return [_written(each, place, form) for place in places for each in _values(tree.get(place.name))]


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _written(value: Any, place: Element, form: ElementTable) -> str:
    if isinstance(value, str):
        return f"<{place.name}>{escape(value)}</{place.name}>\n"
    return f"<{place.name}>\n{''.join(_inside(value, place.path, form))}</{place.name}>\n"


def fill(tree: Tree, rng: random.Random, likely: float) -> None:
    """Add optional elements that no control looks at, each with that likelihood."""
    form = form_of(tree)
    _fill(tree, form.children("")[0].path, form, rng, likely)


def _fill(tree: Tree, path: str, form: ElementTable, rng: random.Random, likely: float) -> None:
    for place in form.children(path):
        known = tree.get(place.name)
        if known is None and not place.min and place.name not in _SET.split() and rng.random() < likely:
            tree[place.name] = least(place, form)
        for each in _values(known):
            if isinstance(each, dict):
                _fill(each, place.path, form, rng, likely)


def least(place: Element, form: ElementTable) -> Any:
    """The least that may stand in an element."""
    if place.type:
        return sample(place.type)
    must = [child for child in form.children(place.path) if child.min and (child.choice or (0, 1))[1] == 1]
    return {child.name: least(child, form) for child in must}
