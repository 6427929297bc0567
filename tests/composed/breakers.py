"""Ways to break one fact of a consistent document, each with the one finding that must come of it.

A ``Breaker`` wishes for a document (what the change needs to be there, and what would speak up beside it to be absent),
changes one fact, and names what ``validate`` must then say, no more and no less. Where one fact cannot be broken
without another control speaking, ``also`` names that one, and the comment says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import amounts, parties
from .tree import Tree

Change = Callable[[Tree], None]
BARE: Tree = {"total": False, "paid": False, "filling": 0.0}
N31, TAXED = ("0.00", "N3.1"), ("22.00", "")


@dataclass(frozen=True)
class Breaker:
    """code and severity: the finding. since: the first day it is made (the day before, it is not)."""

    code: str
    change: Change
    wish: dict[str, Any] = field(default_factory=dict)
    severity: str = "error"
    also: tuple[tuple[str, str], ...] = ()
    since: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """For pytest."""
        return f"{self.code}-{self.severity}-{self.change.__name__}"


def at(tree: Tree, path: str) -> Tree:
    """The block at a path; of repeated ones the first."""
    node: Any = tree
    for name in path.split("/"):
        node = node[name]
        node = node[0] if isinstance(node, list) else node
    return node  # type: ignore[no-any-return]


HEADER, BODY = "FatturaElettronicaHeader", "FatturaElettronicaBody"
WAY = f"{HEADER}/DatiTrasmissione"
SELLER = f"{HEADER}/CedentePrestatore/DatiAnagrafici"
BUYER = f"{HEADER}/CessionarioCommittente/DatiAnagrafici"
LIGHT_BUYER = f"{HEADER}/CessionarioCommittente/IdentificativiFiscali"
GENERAL = f"{BODY}/DatiGenerali/DatiGeneraliDocumento"
GOODS = f"{BODY}/DatiBeniServizi"
LINE, ROW, FUND = f"{GOODS}/DettaglioLinee", f"{GOODS}/DatiRiepilogo", f"{GENERAL}/DatiCassaPrevidenziale"
WRONG_VAT, WRONG_CODE = "01879020516", "RSSMRA80A01H501X"


def put(path: str, name: str, value: Any) -> Change:
    """One element gets a value."""

    def change(tree: Tree) -> None:
        at(tree, path)[name] = value

    change.__name__ = f"{name}={value}"[:40].replace("/", "").replace(" ", "")
    return change


def drop(path: str, name: str) -> Change:
    """One element goes."""

    def change(tree: Tree) -> None:
        del at(tree, path)[name]

    change.__name__ = f"no-{name}"
    return change


def more(path: str, name: str, by: str) -> Change:
    """One amount grows."""

    def change(tree: Tree) -> None:
        node = at(tree, path)
        node[name] = amounts.written(amounts.Decimal(node[name]) + amounts.Decimal(by))

    change.__name__ = f"{name}+{by}"
    return change


def extra_line(rate: str, natura: str = "") -> Change:
    """A free line of another rate or Natura."""

    def change(tree: Tree) -> None:
        at(tree, GOODS)["DettaglioLinee"].append(free_line(rate, natura))

    change.__name__ = f"line-at-{rate}{natura}"
    return change


def free_line(rate: str, natura: str) -> Tree:
    """A line that costs nothing."""
    made = {"NumeroLinea": "99", "Descrizione": "Omaggio", "PrezzoUnitario": "0.00", "PrezzoTotale": "0.00"}
    return made | {"AliquotaIVA": rate} | ({"Natura": natura} if natura else {})


def extra_row(rate: str, natura: str = "") -> Change:
    """An empty summary of another rate or Natura."""

    def change(tree: Tree) -> None:
        row = {"AliquotaIVA": rate, "ImponibileImporto": "0.00", "Imposta": "0.00"}
        at(tree, GOODS)["DatiRiepilogo"].append(row | ({"Natura": natura} if natura else {}))

    change.__name__ = f"summary-at-{rate}{natura}"
    return change


def both(*changes: Change) -> Change:
    """Several elements that state one fact together."""

    def change(tree: Tree) -> None:
        for each in changes:
            each(tree)

    change.__name__ = changes[0].__name__
    return change


def same_number(tree: Tree) -> None:
    """The third document of the lot gets the number of the first; all are of one year."""
    first, last = (each["DatiGenerali"]["DatiGeneraliDocumento"] for each in tree[BODY][::2])
    last["Numero"] = first["Numero"]


def ended_natura(tree: Tree) -> None:
    """Every N3.1 becomes the N3 that ended in 2020."""
    for body in tree[BODY]:
        goods = body["DatiBeniServizi"]
        for node in (*goods["DettaglioLinee"], *goods["DatiRiepilogo"]):
            node["Natura"] = "N3"


def same_party(tree: Tree) -> None:
    """The seller is the buyer."""
    at(tree, SELLER)["IdFiscaleIVA"] = dict(at(tree, BUYER)["IdFiscaleIVA"])


def same_light_party(tree: Tree) -> None:
    """The buyer is the seller, in a simplified invoice."""
    at(tree, LIGHT_BUYER)["IdFiscaleIVA"] = dict(at(tree, f"{HEADER}/CedentePrestatore")["IdFiscaleIVA"])


def only_tax_code(tree: Tree) -> None:
    """The buyer's VAT number gives way to the tax code."""
    buyer = at(tree, BUYER)
    buyer["CodiceFiscale"] = buyer.pop("IdFiscaleIVA")["IdCodice"]


def agent(code: str, tax_code: str = "") -> Change:
    """The seller has a tax representative."""
    person: Tree = {"IdFiscaleIVA": parties.vat("IT", code), "Anagrafica": dict(parties.COMPANY)}
    person |= {"CodiceFiscale": tax_code} if tax_code else {}
    return put(HEADER, "RappresentanteFiscale", {"DatiAnagrafici": person})


def sconto(**measure: str) -> list[Tree]:
    """A ScontoMaggiorazione."""
    return [{"Tipo": "SC", **measure}]


def wish(**wishes: Any) -> dict[str, Any]:
    """A bare ordinary sale between companies, but for what is said."""
    sale = {"kind": "FPR12", "tipo": "TD01", "buyer": "company", "regime": "RF01", "bodies": 1, "groups": (TAXED,)}
    absent = {"fund": False, "withheld": False, "split": False, "attached": False, "twice": False, "order": False}
    return BARE | sale | absent | wishes


def light(**wishes: Any) -> dict[str, Any]:
    """A simplified invoice."""
    return wish(**{"kind": "FSM10", "tipo": "TD07", **wishes})
