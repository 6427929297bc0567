"""A consistent document of any kind: what it is made of is drawn, or wished for by the test."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from fatturakit.schema.table import table

from . import amounts, parties
from .tree import ORDINARY, Tree, fill

RECEIVED: Final = date(2026, 11, 21)
_RATES: Final = (("22.00", ""), ("10.00", ""), ("5.00", ""), ("4.00", ""))
_NATURE: Final = "N1 N2.1 N2.2 N3.1 N3.2 N3.3 N3.4 N3.5 N3.6 N4 N5 N6.1 N6.3 N6.7 N6.9 N7"
_UNTAXED: Final = tuple(("0.00", natura) for natura in _NATURE.split())
_FLAT: Final = (("0.00", "N2.2"), ("0.00", "N1"))
_STAMPED: Final = {"TD01", "TD02", "TD03", "TD05", "TD06", "TD24", "TD25", "TD26"}
_WAYS: Final = ("MP01", "MP05", "MP08", "MP12", "MP19", "MP23")
IBAN: Final = "IT60X0542811101000000123456"


def codes(name: str) -> tuple[str, ...]:
    """The code list of a simple type of the ordinary format."""
    return table(ORDINARY).types[name].enumeration


def compose(rng: random.Random, **wishes: Any) -> Tree:
    """A document that raises nothing; ``wishes`` settle what would be drawn (see ``wish_of``)."""
    wish = wish_of(rng, wishes)
    if wish["kind"] == "FSM10":
        return simplified(rng, wish)
    bodies = [_body(rng, wish, number) for number in range(1, wish["bodies"] + 1)]
    tree: Tree = {"@versione": wish["kind"], "FatturaElettronicaHeader": _header(rng, wish)}
    tree["FatturaElettronicaBody"] = bodies
    fill(tree, rng, wish["filling"])
    return tree


def wish_of(rng: random.Random, wishes: dict[str, Any]) -> dict[str, Any]:
    """Everything that must be settled before anything is written."""
    kind = wishes.get("kind") or rng.choice(("FPR12",) * 4 + ("FPA12", "FPA12", "FSM10"))
    every = (*parties.SALES, *parties.SALES, *parties.BY_THE_BUYER, *parties.TO_ONESELF)
    tipos = {"FPR12": every, "FPA12": parties.SALES, "FSM10": ("TD07", "TD08", "TD09")}[kind]
    tipo = wishes.get("tipo") or rng.choice(tipos)
    flat = tipo in parties.SALES and rng.random() < 0.15
    wish = {
        "kind": kind,
        "tipo": tipo,
        "buyer": "office" if kind == "FPA12" else rng.choice(("company", "company", "person", "foreign")),
        "regime": "RF19" if flat else rng.choice([each for each in codes("RegimeFiscale") if each != "RF19"]),
        "bodies": rng.choice((1, 1, 1, 3)),
        "lines": rng.choice((0, 1, 3)),
        "sign": -1 if tipo in parties.BY_THE_BUYER and rng.random() < 0.2 else 1,
        "discounts": True,
        "twice": rng.random() < 0.2,
        "fund": tipo in parties.SALES and rng.random() < 0.3,
        "withheld": tipo in parties.SALES and rng.random() < 0.2,
        "total": rng.random() < 0.7,
        "paid": rng.random() < 0.6,
        "split": kind == "FPA12" and rng.random() < 0.5,
        "attached": rng.random() < 0.2,
        "order": rng.random() < 0.3,
        "lawful": False,  # RiferimentoNormativo in every summary
        "fund_groups": (),
        "causes": codes("CausalePagamento"),
        "withholdings": codes("TipoRitenuta"),
        "ways": _WAYS,
        "filling": 0.05,
    } | wishes
    if wish["withheld"] or wish["regime"] == "RF19":
        wish["split"] = False
    if wish["regime"] == "RF19":
        wish["withheld"] = False
    wish.setdefault("groups", _groups(rng, wish))
    return wish


def _groups(rng: random.Random, wish: dict[str, Any]) -> tuple[amounts.Group, ...]:
    if wish["regime"] == "RF19":
        return _FLAT[: rng.choice((1, 2))]
    if wish["tipo"] == "TD21":
        known: tuple[amounts.Group, ...] = _RATES
    elif wish["tipo"] == "TD16":
        known = tuple((rate, "N6.3") for rate, _ in _RATES)
    else:
        known = (*_RATES, *_RATES, *_UNTAXED)
    return tuple(dict.fromkeys(rng.choice(known) for _ in range(rng.choice((1, 2, 4)))))


def _header(rng: random.Random, wish: dict[str, Any]) -> Tree:
    tipo, own = wish["tipo"], parties.italian(rng)
    sort = wish["buyer"] if tipo in parties.SALES else "oneself"
    buyer = parties.buyer_of(rng, sort)
    seller = own
    if tipo in parties.BY_THE_BUYER:
        seller, buyer["IdFiscaleIVA"] = parties.supplier(rng, tipo), own
    elif tipo in parties.TO_ONESELF:
        buyer["IdFiscaleIVA"] = dict(own)
    way = parties.recipient(rng, wish["kind"], sort)
    sender = parties.vat("IT", rng.choice((parties.vat_number, parties.tax_code))(rng))
    return {
        "DatiTrasmissione": {
            "IdTrasmittente": sender,
            "ProgressivoInvio": "00001",
            "FormatoTrasmissione": wish["kind"],
            **way,
        },
        "CedentePrestatore": {
            "DatiAnagrafici": {
                "IdFiscaleIVA": seller,
                "Anagrafica": dict(parties.COMPANY),
                "RegimeFiscale": wish["regime"],
            },
            "Sede": parties.address(seller["IdPaese"]),
        },
        "CessionarioCommittente": {"DatiAnagrafici": buyer, "Sede": parties.address()},
    }


def _body(rng: random.Random, wish: dict[str, Any], number: int) -> Tree:
    groups = [*wish["groups"], *(rng.choice(wish["groups"]) for _ in range(wish["lines"]))]
    lines = [amounts.line(rng, place, group, wish) for place, group in enumerate(groups, 1)]
    funds = []
    if wish["fund"]:
        known = wish["fund_groups"] or wish["groups"]
        funds = [amounts.fund(rng, rng.choice(known), codes("TipoCassa")) for _ in range(rng.choice((1, 2)))]
    rows = amounts.summaries(rng, amounts.sums(lines, funds), wish)
    issued = RECEIVED - timedelta(rng.randrange(0, 300))
    general: Tree = {
        "TipoDocumento": wish["tipo"],
        "Divisa": "EUR",
        "Data": issued.isoformat(),
        "Numero": f"{number}/{rng.choice('ABC')}",
        "DatiCassaPrevidenziale": funds,
    }
    if wish["tipo"] in _STAMPED and amounts.outside(rows) > Decimal("77.47"):
        general["DatiBollo"] = {"BolloVirtuale": "SI"}
    due = amounts.gross(rows) - amounts.split_tax(rows)
    if wish["withheld"]:
        due -= _withhold(rng, wish, general, rng.choice((lines, funds or lines)))
    if wish["total"]:
        general["ImportoTotaleDocumento"] = amounts.written(amounts.gross(rows))
    body: Tree = {"DatiGenerali": {"DatiGeneraliDocumento": general, **_references(rng, wish, issued)}}
    body["DatiBeniServizi"] = {"DettaglioLinee": lines, "DatiRiepilogo": rows}
    if wish["paid"]:
        body["DatiPagamento"] = _payments(rng, wish, due, issued)
    if wish["attached"]:
        body["Allegati"] = {"NomeAttachment": "copia.pdf", "FormatoAttachment": "PDF", "Attachment": "JVBERi0xLjQK"}
    return body


def _withhold(rng: random.Random, wish: dict[str, Any], general: Tree, marked: list[Tree]) -> Decimal:
    """Withhold something from the marked lines or funds."""
    withheld = amounts.amount(rng, 1, 10, 2)
    general["DatiRitenuta"] = {
        "TipoRitenuta": rng.choice(wish["withholdings"]),
        "ImportoRitenuta": amounts.written(withheld),
        "AliquotaRitenuta": "20.00",
        "CausalePagamento": rng.choice(wish["causes"]),
    }
    marked[0]["Ritenuta"] = "SI"
    return withheld


def _references(rng: random.Random, wish: dict[str, Any], issued: date) -> Tree:
    made: Tree = {}
    if wish["order"]:
        made["DatiOrdineAcquisto"] = {"IdDocumento": "7", "CodiceCIG": "A000000000"}
    if wish["tipo"] not in {"TD01", "TD24"} or rng.random() < 0.2:
        earlier = issued - timedelta(rng.randrange(0, 40))
        made["DatiFattureCollegate"] = {"IdDocumento": "4", "Data": earlier.isoformat()}
    return made


def _payments(rng: random.Random, wish: dict[str, Any], due: Decimal, issued: date) -> Tree:
    first = amounts.rounded(due / 3) if rng.random() < 0.5 else due
    parts = [part for part in (first, due - first) if part] or [due]
    rows = []
    for part in parts:
        row = {"ModalitaPagamento": rng.choice(wish["ways"]), "ImportoPagamento": amounts.written(part)}
        if rng.random() < 0.7:
            row["DataScadenzaPagamento"] = (issued + timedelta(rng.randrange(0, 60))).isoformat()
        rows.append(row | ({"IBAN": IBAN} if row["ModalitaPagamento"] == "MP05" else {}))
    return {"CondizioniPagamento": "TP01" if len(rows) > 1 else "TP02", "DettaglioPagamento": rows}


def simplified(rng: random.Random, wish: dict[str, Any]) -> Tree:
    """A simplified invoice of at most 400 euro a body."""
    sort = "company" if wish["buyer"] == "office" else wish["buyer"]
    buyer = parties.buyer_of(rng, sort)
    name = buyer.pop("Anagrafica")
    seller = {"IdFiscaleIVA": parties.italian(rng), **parties.COMPANY, "Sede": parties.address()}
    header: Tree = {
        "DatiTrasmissione": {
            "IdTrasmittente": parties.italian(rng),
            "ProgressivoInvio": "00001",
            "FormatoTrasmissione": "FSM10",
            **parties.recipient(rng, "FSM10", sort),
        },
        "CedentePrestatore": {**seller, "RegimeFiscale": wish["regime"]},
        "CessionarioCommittente": {
            "IdentificativiFiscali": buyer,
            "AltriDatiIdentificativi": {**name, "Sede": parties.address()},
        },
    }
    bodies = [_simplified_body(rng, wish, number) for number in range(1, wish["bodies"] + 1)]
    tree: Tree = {"@versione": "FSM10", "FatturaElettronicaHeader": header, "FatturaElettronicaBody": bodies}
    fill(tree, rng, wish["filling"])
    return tree


def _simplified_body(rng: random.Random, wish: dict[str, Any], number: int) -> Tree:
    issued = RECEIVED - timedelta(rng.randrange(0, 300))
    general = {"TipoDocumento": wish["tipo"], "Divisa": "EUR", "Data": issued.isoformat(), "Numero": f"{number}/S"}
    made: Tree = {"DatiGenerali": {"DatiGeneraliDocumento": general}}
    corrected = wish["tipo"] != "TD07"
    if corrected:
        earlier = (issued - timedelta(rng.randrange(0, 40))).isoformat()
        made["DatiGenerali"]["DatiFatturaRettificata"] = {
            "NumeroFR": "3",
            "DataFR": earlier,
            "ElementiRettificati": "Importo",
        }
    groups = [group for group in wish["groups"] if group[1][:2] not in {"N6", "N7"}]
    rows = []
    for rate, natura in groups or [("22.00", "")]:
        money = amounts.amount(rng, 1, 100, 2)
        row: Tree = {"Descrizione": "Pranzo", "Importo": amounts.written(money), "DatiIVA": {"Aliquota": rate}}
        rows.append(row | ({"Natura": natura, "RiferimentoNormativo": "art. 10 DPR 633/72"} if natura else {}))
    return made | {"DatiBeniServizi": rows}
