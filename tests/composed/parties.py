"""Who sells to whom: numbers that could exist, and the pairs each document type wants."""

from __future__ import annotations

import random
from typing import Final

from stdnum import luhn
from stdnum.it import codicefiscale

from .tree import Tree

SALES: Final = ("TD01", "TD02", "TD03", "TD04", "TD05", "TD06", "TD24", "TD25", "TD26")
FROM_ABROAD: Final = ("TD17", "TD18", "TD19", "TD28")
BY_THE_BUYER: Final = (*FROM_ABROAD, "TD16", "TD20", "TD22", "TD23", "TD29")
TO_ONESELF: Final = ("TD21", "TD27")
UNION: Final = (("DE", "136695976"), ("EL", "094259216"), ("AT", "U13585627"), ("FR", "40303265045"))
ELSEWHERE: Final = (("US", "12-3456789"), ("CH", "CHE116281710"), ("GB", "980780684"))


def vat_number(rng: random.Random) -> str:
    """Eleven digits with the right check digit, as companies have them."""
    stem = f"{rng.randrange(10_000, 8_000_000):07d}{rng.randrange(1, 101):03d}"
    return stem + luhn.calc_check_digit(stem)


def tax_code(rng: random.Random) -> str:
    """Sixteen characters of a person."""
    letters = "".join(rng.choice("BCDFGLMNPRST") for _ in range(6))
    born = f"{rng.randrange(40, 99)}{rng.choice('ABCDEHLMPRST')}{rng.randrange(1, 29) + rng.choice((0, 40)):02d}"
    stem = letters + born + rng.choice(("H501", "F205", "A390"))
    return stem + codicefiscale.calc_check_digit(stem)


def vat(country: str, code: str) -> Tree:
    """An IdFiscaleIVA."""
    return {"IdPaese": country, "IdCodice": code}


def italian(rng: random.Random) -> Tree:
    """An IdFiscaleIVA of Italy."""
    return vat("IT", vat_number(rng))


def address(country: str = "IT") -> Tree:
    """A Sede."""
    return {"Indirizzo": "Via Lunga 1", "CAP": "52100", "Comune": "Arezzo", "Nazione": country}


COMPANY: Final = {"Denominazione": "Falegnameria Colle"}
PERSON: Final = {"Nome": "Mario", "Cognome": "Rossi"}


def buyer_of(rng: random.Random, sort: str) -> Tree:
    """The DatiAnagrafici of a company, a person, somebody abroad or an office of the administration."""
    if sort == "person":
        return {"CodiceFiscale": tax_code(rng), "Anagrafica": dict(PERSON)}
    if sort == "foreign":
        return {"IdFiscaleIVA": vat(*rng.choice(UNION + ELSEWHERE)), "Anagrafica": dict(COMPANY)}
    if sort == "office":
        return {"CodiceFiscale": vat_number(rng), "Anagrafica": {"Denominazione": "Comune di Colle"}}
    return {"IdFiscaleIVA": italian(rng), "Anagrafica": dict(COMPANY)}


def supplier(rng: random.Random, tipo: str) -> Tree:
    """The IdFiscaleIVA of who sells, in a document that the buyer writes."""
    if tipo == "TD18":
        return vat(*rng.choice(UNION))
    if tipo == "TD28":
        return vat("SM", f"{rng.randrange(1000, 30000)}")
    if tipo in FROM_ABROAD:
        return vat(*rng.choice((*UNION, *ELSEWHERE, ("OO", "99999999999"))))
    return italian(rng)


def recipient(rng: random.Random, kind: str, sort: str) -> Tree:
    """CodiceDestinatario and PECDestinatario that suit the buyer."""
    code = "".join(rng.choice("ABCDEFG23456789") for _ in range(6 if kind == "FPA12" else 7))
    if sort == "foreign":
        return {"CodiceDestinatario": "XXXXXXX"}
    mailbox = kind != "FPA12" and (sort in {"person", "oneself"} or rng.random() < 0.3)
    if not mailbox:
        return {"CodiceDestinatario": code}
    pec = {"PECDestinatario": "ditta@pec.example.it"} if sort == "company" or rng.random() < 0.5 else {}
    return {"CodiceDestinatario": "0000000", **pec}
