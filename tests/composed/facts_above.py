"""Facts of the header and of its agreement with the documents, broken: each tells whether there was one to break."""

from __future__ import annotations

import random
from typing import Final

from . import parties
from .anywhere import (
    abroad,
    buyer,
    country,
    is_light,
    seller,
    tipi,
    way,
    wrong_code,
    wrong_vat,
)
from .tree import Tree

_OURS: Final = parties.vat("IT", "01879020517")


def transmitter(tree: Tree, header: Tree, rng: random.Random) -> bool:
    way(tree)["IdTrasmittente"]["IdCodice"] = wrong_code(rng)
    return True


def seller_number(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if country(seller(tree)) != "IT" or tipi(tree) & set(parties.TO_ONESELF):
        return False
    seller(tree)["IdFiscaleIVA"] = parties.vat("IT", wrong_vat(rng))
    return True


def seller_code(tree: Tree, header: Tree, rng: random.Random) -> bool:
    seller(tree)["CodiceFiscale"] = wrong_code(rng)
    return not is_light(tree)


def agent_number(tree: Tree, header: Tree, rng: random.Random) -> bool:
    """The representative of the seller or of the buyer, in either format."""
    agent: Tree = {"IdFiscaleIVA": parties.vat("IT", wrong_vat(rng)), **parties.COMPANY}
    theirs = header["CessionarioCommittente"]
    if rng.random() < 0.5:
        (theirs["AltriDatiIdentificativi"] if is_light(tree) else theirs)["RappresentanteFiscale"] = agent
    elif is_light(tree):
        header["CedentePrestatore"]["RappresentanteFiscale"] = agent
    else:
        person = {"IdFiscaleIVA": agent["IdFiscaleIVA"], "Anagrafica": dict(parties.COMPANY)}
        header["RappresentanteFiscale"] = {"DatiAnagrafici": person}
    return True


def agent_code(tree: Tree, header: Tree, rng: random.Random) -> bool:
    person = {"IdFiscaleIVA": dict(_OURS), "CodiceFiscale": wrong_code(rng), "Anagrafica": dict(parties.COMPANY)}
    header["RappresentanteFiscale"] = {"DatiAnagrafici": person}
    return not is_light(tree)


def buyer_number(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if country(buyer(tree)) != "IT" or tipi(tree) & set(parties.TO_ONESELF):
        return False
    buyer(tree)["IdFiscaleIVA"] = parties.vat("IT", wrong_vat(rng))
    return True


def buyer_code(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if country(buyer(tree)):
        return False
    buyer(tree)["CodiceFiscale"] = wrong_code(rng)
    return True


def sent_abroad(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if country(buyer(tree)) not in {"", "IT"} or tree["@versione"] == "FPA12":
        return False
    way(tree)["CodiceDestinatario"] = "XXXXXXX"
    return True


def mailbox_of_sdi(tree: Tree, header: Tree, rng: random.Random) -> bool:
    name = f"sdi{rng.randrange(100):02d}@pec.fatturapa.it"
    way(tree)["PECDestinatario"] = rng.choice((name, name.upper(), name.title()))
    return tree["@versione"] != "FPA12"


def nobody(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if abroad(tree) or not tipi(tree) <= {*parties.SALES, "TD07", "TD08", "TD09"}:
        return False
    for name in ("IdFiscaleIVA", "CodiceFiscale"):
        buyer(tree).pop(name, None)
    return True


def code_of_the_other_length(tree: Tree, header: Tree, rng: random.Random) -> bool:
    way(tree)["CodiceDestinatario"] = "ABC1234" if tree["@versione"] == "FPA12" else "ABC123"
    return not is_light(tree)


def other_version(tree: Tree, header: Tree, rng: random.Random) -> bool:
    tree["@versione"] = {"FPA12": "FPR12", "FPR12": "FPA12"}.get(tree["@versione"], "FSM10")
    return not is_light(tree)


def both_abroad(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if country(buyer(tree)) not in {"", "IT"}:
        seller(tree)["IdFiscaleIVA"] = parties.vat(*rng.choice(parties.UNION))
    elif country(seller(tree)) not in {"", "IT"}:
        buyer(tree)["IdFiscaleIVA"] = parties.vat(*rng.choice(parties.UNION))
    else:
        return False
    return country(seller(tree)) != country(buyer(tree))


def same_subject(tree: Tree, header: Tree, rng: random.Random) -> bool:
    """By VAT number, or by the tax code where the buyer has no other."""
    own, their = seller(tree), buyer(tree)
    light = {"TD07", "TD08", "TD09"}
    if country(own) != "IT" or abroad(tree) or tipi(tree) & {*parties.FROM_ABROAD, *parties.TO_ONESELF}:
        return False
    ways = ["number"] + (["code", "person"] if tipi(tree) <= {*parties.SALES, *light} else [])
    their.pop("IdFiscaleIVA", None), their.pop("CodiceFiscale", None)
    chosen = rng.choice(ways)
    if chosen == "number":
        their["IdFiscaleIVA"] = dict(own["IdFiscaleIVA"])
    elif chosen == "code":
        their["CodiceFiscale"] = own["IdFiscaleIVA"]["IdCodice"]
    else:
        own["CodiceFiscale"] = their["CodiceFiscale"] = parties.tax_code(rng)
    return True


TWO_SUBJECTS: Final = (
    dict.fromkeys(("TD16", "TD20"), "2020-05-04")
    | dict.fromkeys(("TD01", "TD02", "TD03", "TD06", "TD07", "TD24", "TD25"), "2022-10-01")
    | {"TD29": "2025-04-01"}
)


def other_subject(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if not tipi(tree) <= set(parties.TO_ONESELF):
        return False
    rng.choice((seller, buyer))(tree)["IdFiscaleIVA"] = parties.italian(rng)
    return True


TO_ONESELF: Final = {"TD21": "2020-05-04", "TD27": "2022-10-01"}


def wrong_side_of_the_border(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if tipi(tree) == {"TD29"}:
        seller(tree)["IdFiscaleIVA"] = parties.vat(*rng.choice(parties.UNION))
    else:
        seller(tree)["IdFiscaleIVA"] = parties.italian(rng)
    return tipi(tree) <= {*parties.FROM_ABROAD, "TD29"}


BORDER: Final = dict.fromkeys(parties.FROM_ABROAD, "2020-05-04") | {"TD28": "2022-10-01", "TD29": "2025-04-01"}


def buyer_without_number(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if not tipi(tree) <= set(parties.BY_THE_BUYER):
        return False
    buyer(tree)["CodiceFiscale"] = buyer(tree).pop("IdFiscaleIVA")["IdCodice"]
    return True


NUMBERED_BUYER: Final = dict.fromkeys(parties.BY_THE_BUYER, "2022-01-01") | {
    "TD28": "2022-10-01",
    "TD29": "2025-04-01",
}
