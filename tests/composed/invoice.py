"""A consistent document of any kind: what it is made of is drawn, or wished for by the test."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from fatturakit.schema.codes import code_list
from fatturakit.schema.table import table

from . import amounts, parties
from .tree import ORDINARY, Tree, fill

RECEIVED: Final = date(2026, 11, 21)
_RATES: Final = (("22.00", ""), ("10.00", ""), ("5.00", ""), ("4.00", ""))
_NATURE: Final = "N1 N2.1 N2.2 N3.1 N3.2 N3.3 N3.4 N3.5 N3.6 N4 N5 N6.1 N6.3 N6.7 N6.9 N7"
_ANNOUNCED: Final = {date(2020, 10, 1): date(2020, 5, 4)}
_OLD_NATURE: Final = "N1 N2 N3 N4 N5 N6 N7"
_DETAILED: Final = date(2021, 1, 1)
_INTEGRATED_AT_A_RATE: Final = date(2022, 10, 1)
_FOUR_HUNDRED: Final = date(2019, 5, 20)
_STAMPED: Final = {"TD01", "TD02", "TD03", "TD05", "TD06", "TD24", "TD25", "TD26"}
_WAYS: Final = ("MP01", "MP05", "MP08", "MP12", "MP19", "MP23")
IBAN: Final = "IT60X0542811101000000123456"


def codes(name: str) -> tuple[str, ...]:
    """The code list of a simple type of the ordinary format."""
    return table(ORDINARY).types[name].enumeration


def usable(name: str, day: date) -> tuple[str, ...]:
    """The codes of a list that a document may bear on a day."""
    known = [code_list(name)[code] for code in codes(name)]
    first = [_ANNOUNCED.get(each.since, each.since) if each.since else day for each in known]
    return tuple(each.code for each, since in zip(known, first, strict=True) if since <= day <= (each.until or day))


def natures(day: date) -> list[str]:
    """Natura as it was used on a day, leaving out N6.x of which the composer has some."""
    return (_NATURE if day >= _DETAILED else _OLD_NATURE).split()


def compose(rng: random.Random, **wishes: Any) -> Tree:
    """A document that raises nothing; ``wishes`` settle what would be drawn (see ``wish_of``)."""
    wish = wish_of(rng, wishes)
    if wish["kind"] == "FSM10":
        return simplified(rng, wish)
    bodies = [_body(rng, _one_of(rng, wish), number) for number in range(1, wish["bodies"] + 1)]
    tree: Tree = _root(wish) | {"FatturaElettronicaHeader": _header(rng, wish)}
    tree["FatturaElettronicaBody"] = bodies
    fill(tree, rng, wish["filling"])
    return tree


def wish_of(rng: random.Random, wishes: dict[str, Any]) -> dict[str, Any]:
    """Everything that must be settled before anything is written."""
    day: date = wishes.get("day", RECEIVED)
    kind = wishes.get("kind") or rng.choice(("FPR12",) * 4 + ("FPA12", "FPA12", "FSM10"))
    every = (*parties.SALES, *parties.SALES, *parties.BY_THE_BUYER, *parties.TO_ONESELF)
    tipos = {"FPR12": every, "FPA12": parties.SALES, "FSM10": ("TD07", "TD08", "TD09")}[kind]
    known = tipos if kind == "FSM10" else [each for each in tipos if each in usable("TipoDocumento", day)]
    tipo = wishes.get("tipo") or rng.choice(known)
    flat = tipo in parties.SALES and rng.random() < 0.15
    wish = {
        "day": day,
        "kind": kind,
        "tipo": tipo,
        "mixed": "tipo" not in wishes and rng.random() < 0.3,  # a lot of several document types
        "buyer": "office" if kind == "FPA12" else rng.choice(("company", "company", "person", "foreign")),
        "regime": "RF19" if flat else rng.choice([each for each in usable("RegimeFiscale", day) if each != "RF19"]),
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
        "causes": usable("CausalePagamento", day),
        "withholdings": usable("TipoRitenuta", day),
        "agents": rng.random() < 0.1,  # tax representatives of seller and buyer
        "ways": [each for each in _WAYS if each in usable("ModalitaPagamento", day)],
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
        flat = "N2.2" if wish["day"] >= _DETAILED else "N2"
        return (("0.00", flat), ("0.00", "N1"))[: rng.choice((1, 2))]
    if wish["tipo"] == "TD21" or (wish["tipo"] == "TD16" and wish["day"] < _INTEGRATED_AT_A_RATE):
        known: tuple[amounts.Group, ...] = _RATES
    elif wish["tipo"] == "TD16":
        known = tuple((rate, "N6.3") for rate, _ in _RATES)
    else:
        known = (*_RATES, *_RATES, *(("0.00", natura) for natura in natures(wish["day"])))
    return tuple(dict.fromkeys(rng.choice(known) for _ in range(rng.choice((1, 2, 4)))))


def _root(wish: dict[str, Any]) -> Tree:
    """The kind of document, and the day it is received."""
    return {"@versione": wish["kind"], "@day": wish["day"].isoformat()}


def _one_of(rng: random.Random, wish: dict[str, Any]) -> dict[str, Any]:
    """What one body is wished to be: in a mixed lot each sale has a type of its own."""
    known = [each for each in parties.SALES if each in usable("TipoDocumento", wish["day"])]
    return wish | {"tipo": rng.choice(known)} if wish["mixed"] and wish["tipo"] in known else wish


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
    agent = {"IdFiscaleIVA": parties.italian(rng), "CodiceFiscale": parties.tax_code(rng)} if wish["agents"] else {}
    by_agent: Tree = {"RappresentanteFiscale": {"DatiAnagrafici": {**agent, "Anagrafica": dict(parties.COMPANY)}}}
    to_agent: Tree = {"RappresentanteFiscale": {"IdFiscaleIVA": parties.italian(rng), **parties.COMPANY}}
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
        **(by_agent if agent else {}),
        "CessionarioCommittente": {
            "DatiAnagrafici": buyer,
            "Sede": parties.address(),
            **(to_agent if agent else {}),
        },
    }


def _body(rng: random.Random, wish: dict[str, Any], number: int) -> Tree:
    groups = [*wish["groups"], *(rng.choice(wish["groups"]) for _ in range(wish["lines"]))]
    lines = [amounts.line(rng, place, group, wish) for place, group in enumerate(groups, 1)]
    funds = []
    if wish["fund"]:
        known = wish["fund_groups"] or wish["groups"]
        funds = [amounts.fund(rng, rng.choice(known), codes("TipoCassa")) for _ in range(rng.choice((1, 2)))]
    rows = amounts.summaries(rng, amounts.sums(lines, funds), wish)
    issued = wish["day"] - timedelta(rng.randrange(0, 300))
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
    tree: Tree = _root(wish) | {"FatturaElettronicaHeader": header, "FatturaElettronicaBody": bodies}
    fill(tree, rng, wish["filling"])
    return tree


def _simplified_body(rng: random.Random, wish: dict[str, Any], number: int) -> Tree:
    issued = wish["day"] - timedelta(rng.randrange(0, 300))
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
    most = 100 if wish["day"] >= _FOUR_HUNDRED else 25
    rows = []
    for rate, natura in groups or [("22.00", "")]:
        money = amounts.amount(rng, 1, most, 2)
        row: Tree = {"Descrizione": "Pranzo", "Importo": amounts.written(money), "DatiIVA": {"Aliquota": rate}}
        rows.append(row | ({"Natura": natura, "RiferimentoNormativo": "art. 10 DPR 633/72"} if natura else {}))
    return made | {"DatiBeniServizi": rows}
