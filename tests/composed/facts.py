"""One row for every fact a control is about: how it is broken in any document that has it, and since when it counts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from . import parties
from .anywhere import (
    RATES,
    abroad,
    add_line,
    buyer,
    country,
    empty_row,
    follow,
    funds,
    general,
    is_light,
    lines,
    move,
    other_natura,
    rate_of,
    rows,
    seller,
    step,
    taxed,
    tipi,
    untaxed,
    way,
    wrong_code,
    wrong_vat,
)
from .breakers import BODY, HEADER
from .tree import Tree

Place = tuple[str, int | None]
Change = Callable[[Tree, Tree, random.Random], bool]
"""(document, header or body, dice): breaks the fact, and tells whether there was one to break."""
_OURS: Final = parties.vat("IT", "01879020517")
_ABOUT_THE_FILE: Final = "00201"


@dataclass(frozen=True)
class Fact:
    """code: what breaking it raises; since: from which day, for each document type where that differs; also: the code
    that cannot but speak with it, and since when; scope: what is broken, and so what is named.
    """

    code: str
    change: Change
    wish: dict[str, Any] = field(default_factory=dict)
    since: str | Mapping[str, str] = ""
    also: tuple[str, str] = ("", "9")
    scope: str = "body"

    def broken(self, tree: Tree, rng: random.Random) -> set[Place] | None:
        """Break it in a document: the errors expected of that. None where it has no such fact."""
        if self.scope != "body":
            every = range(1, len(tree[BODY]) + 1) if self.scope == "bodies" else (None,)
            return self.expected(tree, every) if self.change(tree, tree[HEADER], rng) else None
        numbered = list(enumerate(tree[BODY], 1))
        rng.shuffle(numbered)
        found = next((number for number, body in numbered if self.change(tree, body, rng)), None)
        return found and self.expected(tree, (found,))

    def expected(self, tree: Tree, places: Iterable[int | None]) -> set[Place]:
        """The errors on the day of the document."""
        codes = {(code, place) for place in places for code, first in self._rows(tree, place) if first <= tree["@day"]}
        return {(code, None if code == _ABOUT_THE_FILE else place) for code, place in codes}

    def _rows(self, tree: Tree, place: int | None) -> tuple[tuple[str, str], ...]:
        if isinstance(self.since, str):
            return (self.code, self.since), self.also
        return ((self.code, self.since.get(general(tree[BODY][(place or 1) - 1])["TipoDocumento"], "9")),)

    def __str__(self) -> str:
        """For pytest."""
        return f"{self.code}-{self.change.__name__}"


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


_TWO_SUBJECTS: Final = (
    dict.fromkeys(("TD16", "TD20"), "2020-05-04")
    | dict.fromkeys(("TD01", "TD02", "TD03", "TD06", "TD07", "TD24", "TD25"), "2022-10-01")
    | {"TD29": "2025-04-01"}
)


def other_subject(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if not tipi(tree) <= set(parties.TO_ONESELF):
        return False
    rng.choice((seller, buyer))(tree)["IdFiscaleIVA"] = parties.italian(rng)
    return True


_TO_ONESELF: Final = {"TD21": "2020-05-04", "TD27": "2022-10-01"}


def wrong_side_of_the_border(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if tipi(tree) == {"TD29"}:
        seller(tree)["IdFiscaleIVA"] = parties.vat(*rng.choice(parties.UNION))
    else:
        seller(tree)["IdFiscaleIVA"] = parties.italian(rng)
    return tipi(tree) <= {*parties.FROM_ABROAD, "TD29"}


_BORDER: Final = dict.fromkeys(parties.FROM_ABROAD, "2020-05-04") | {"TD28": "2022-10-01", "TD29": "2025-04-01"}


def buyer_without_number(tree: Tree, header: Tree, rng: random.Random) -> bool:
    if not tipi(tree) <= set(parties.BY_THE_BUYER):
        return False
    buyer(tree)["CodiceFiscale"] = buyer(tree).pop("IdFiscaleIVA")["IdCodice"]
    return True


_NUMBERED_BUYER: Final = dict.fromkeys(parties.BY_THE_BUYER, "2022-01-01") | {
    "TD28": "2022-10-01",
    "TD29": "2025-04-01",
}


def tomorrow(tree: Tree, body: Tree, rng: random.Random) -> bool:
    day = date.fromisoformat(tree["@day"]) + timedelta(rng.choice((1, 1, rng.randint(2, 400))))
    general(body)["Data"] = day.isoformat()
    return True


def same_number(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """Number and year of an earlier body of the same class."""
    place = next(number for number, each in enumerate(tree[BODY]) if each is body)
    own = general(body)
    earlier = [general(each) for each in tree[BODY][:place]]
    apart = tree["@day"] >= "2020-05-04"
    alike = [
        one for one in earlier if not apart or (one["TipoDocumento"] in _NOTES) == (own["TipoDocumento"] in _NOTES)
    ]
    if not alike:
        return False
    one = rng.choice(alike)
    own["Numero"], own["Data"] = one["Numero"], one["Data"]
    if rng.random() < 0.3 and not is_light(tree):
        one["Art73"] = own["Art73"] = "SI"
    else:
        first = date.fromisoformat(one["Data"]).replace(month=1, day=1)
        last = min(date.fromisoformat(tree["@day"]), first.replace(month=12, day=31))
        own["Data"] = (first + timedelta(rng.randint(0, (last - first).days))).isoformat()
    _undated(body)
    return True


_NOTES: Final = {"TD04", "TD08"}


def _undated(body: Tree) -> None:
    """What is linked has no day any more, so that the day of the document may be any."""
    for block, name in (("DatiFattureCollegate", "Data"), ("DatiFatturaRettificata", "DataFR")):
        if name in body["DatiGenerali"].get(block, {}):
            body["DatiGenerali"][block][name] = "2016-01-01"


def linked_later(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if general(body)["TipoDocumento"] not in _NOTES:
        return False
    later = (date.fromisoformat(general(body)["Data"]) + timedelta(rng.randint(1, 500))).isoformat()
    if general(body)["TipoDocumento"] == "TD08":
        body["DatiGenerali"]["DatiFatturaRettificata"]["DataFR"] = later
    else:
        rows = [{"IdDocumento": "4", "Data": each} for each in ("2016-01-01", later)]
        rng.shuffle(rows)
        body["DatiGenerali"]["DatiFattureCollegate"] = rows
    return True


def no_digit(tree: Tree, body: Tree, rng: random.Random) -> bool:
    general(body)["Numero"] = rng.choice(("FATT", "A/B", "-", "N.", "due"))
    return True


def untaxed_line(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """Rate zero, no Natura."""
    if is_light(tree):
        row = rng.choice(lines(body))
        row["DatiIVA"] = {"Aliquota": "0.00"}
        return bool(row.pop("Natura", row))
    found = untaxed(lines(body))
    if found:
        del rng.choice(found)["Natura"]
    return bool(found)


def taxed_line_with_natura(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """A rate, and the Natura of some summary."""
    found = taxed(lines(body))
    if not found:
        return False
    rng.choice(found)["Natura"] = natura = "N1"
    if not is_light(tree):
        rows(body).append(empty_row("0.00", natura))
    return True


def _integrated(tree: Tree, body: Tree, rng: random.Random) -> bool:
    return bool(general(body)["TipoDocumento"] == "TD16" and tree["@day"] >= "2022-10-01")


def line_with_both(tree: Tree, body: Tree, rng: random.Random) -> bool:
    return not _integrated(tree, body, rng) and taxed_line_with_natura(tree, body, rng)


def withheld_line(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if is_light(tree) or "DatiRitenuta" in general(body):
        return False
    rng.choice(lines(body))["Ritenuta"] = "SI"
    return True


def untaxed_fund(tree: Tree, body: Tree, rng: random.Random) -> bool:
    found = untaxed(funds(body))
    if found:
        del rng.choice(found)["Natura"]
    return bool(found)


def fund_with_both(tree: Tree, body: Tree, rng: random.Random) -> bool:
    found = taxed(funds(body))
    if found:
        rng.choice(found)["Natura"] = "N1"
        rows(body).append(empty_row("0.00", "N1"))
    return bool(found)


def withheld_fund(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if not funds(body) or "DatiRitenuta" in general(body):
        return False
    rng.choice(funds(body))["Ritenuta"] = "SI"
    return True


def split_reverse_charge(tree: Tree, body: Tree, rng: random.Random) -> bool:
    found = [] if is_light(tree) else [each for each in rows(body) if each.get("Natura", "").startswith("N6")]
    if found:
        rng.choice(found)["EsigibilitaIVA"] = "S"
    return bool(found)


def other_tax(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if is_light(tree):
        return False
    move(rng.choice(rows(body)), "Imposta", step(rng, "0.02", "900"))
    return True


def other_rounding(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """More than a euro, whichever of the sums is off."""
    if is_light(tree):
        return False
    ways = [(rows(body), "Arrotondamento"), (rows(body), "ImponibileImporto"), (funds(body), "ImportoContributoCassa")]
    blocks, name = rng.choice([each for each in ways if each[0]])
    block = rng.choice(blocks)
    move(block, name, step(rng, "1.05", "5000"))
    if name == "ImponibileImporto":
        follow(block)
    return True


def other_line_total(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """Too little to reach the summary, or the summary follows; or what is multiplied changes."""
    if is_light(tree):
        return False
    line = rng.choice(lines(body))
    chosen = rng.randrange(4)
    if chosen == 0:
        move(line, "PrezzoTotale", step(rng, "0.02", "0.90"))
    elif chosen == 1:
        by = step(rng, "0.02", "5000")
        group = line["AliquotaIVA"], line.get("Natura")
        row = rng.choice([each for each in rows(body) if (each["AliquotaIVA"], each.get("Natura")) == group])
        move(line, "PrezzoTotale", by)
        move(row, "ImponibileImporto", by)
        follow(row)
    elif chosen == 2:
        move(line, "PrezzoUnitario", Decimal(1))
    else:
        line["ScontoMaggiorazione"] = [*line["ScontoMaggiorazione"], {"Tipo": "MG", "Importo": "0.50"}]
    return True


def fraction(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """0.22 written for 22, everywhere in the body."""
    blocks = lines(body) if is_light(tree) else [*lines(body), *funds(body), *rows(body)]
    rates = sorted({rate_of(each) for each in blocks if Decimal(rate_of(each))})
    if not rates:
        return False
    rate = rng.choice(rates)
    for block in blocks:
        if rate_of(block) == rate:
            (block["DatiIVA"] if is_light(tree) else block)["Aliquota" if is_light(tree) else "AliquotaIVA"] = "0.22"
            if "Imposta" in block:
                follow(block)
    return True


def untaxed_summary(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if not is_light(tree):
        rows(body).insert(rng.randint(0, len(rows(body))), empty_row("0.00"))
    return not is_light(tree)


def summary_with_both(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if is_light(tree) or _integrated(tree, body, rng) or not (found := taxed(rows(body))):
        return False
    rng.choice(found)["Natura"] = rng.choice(("N1", "N4", "N5"))
    return True


def unmeasured_discount(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if not is_light(tree):
        measured = {"Tipo": "SC", "Percentuale": "5.00"}
        general(body)["ScontoMaggiorazione"] = [measured, {"Tipo": rng.choice(("SC", "MG"))}]
    return not is_light(tree)


def unmeasured_line_discount(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if is_light(tree):
        return False
    line = rng.choice(lines(body))
    changes = list(line["ScontoMaggiorazione"])
    changes.insert(rng.randint(0, len(changes)), {"Tipo": rng.choice(("SC", "MG"))})
    line["ScontoMaggiorazione"] = changes
    return True


def rate_without_summary(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """There are summaries enough, but of no such rate."""
    if is_light(tree):
        return False
    known = {Decimal(rate_of(each)) for each in rows(body)}
    add_line(body, rng.choice([rate for rate in RATES if Decimal(rate) not in known]))
    rows(body).append(empty_row(rate_of(rows(body)[0]), rows(body)[0].get("Natura", "")))
    return True


def too_few_summaries(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """Fewer than rates, so that a rate has none."""
    if is_light(tree) or len(rows(body)) != len({Decimal(rate_of(each)) for each in rows(body)}):
        return False
    known = {Decimal(rate_of(each)) for each in rows(body)}
    free = [rate for rate in RATES if Decimal(rate) not in known]
    for rate in rng.sample(free, rng.randint(1, len(free))):
        add_line(body, rate)
    return True


def natura_without_summary(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """The rate zero has one, but of another Natura."""
    if is_light(tree) or general(body)["TipoDocumento"] == "TD21":
        return False
    add_line(body, "0.00", other_natura(body, rng))
    if not untaxed(rows(body)):
        rows(body).append(empty_row("0.00", "N7"))
    return True


def ended_natura(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """A Natura becomes, wherever it stands in the body, one of those that ended in 2020."""
    blocks = lines(body) if is_light(tree) else [*lines(body), *funds(body), *rows(body)]
    known = sorted({each["Natura"] for each in blocks if "Natura" in each})
    if not known or general(body)["Data"] < "2021-01-01":
        return False
    natura = rng.choice(known)
    split = any(each.get("EsigibilitaIVA") == "S" for each in blocks)
    generic = rng.choice(("N2", "N3") if split or is_light(tree) else ("N2", "N3", "N6"))
    for block in blocks:
        if block.get("Natura") == natura:
            block["Natura"] = generic
    return True


def too_much(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """A cent above the limit, or more."""
    if not is_light(tree) or general(body)["TipoDocumento"] != "TD07":
        return False
    if seller(tree)["RegimeFiscale"] in {"RF19", "RF20"} and tree["@day"] >= "2025-04-01":
        return False
    limit = Decimal(400) if tree["@day"] >= "2019-05-20" else Decimal(100)
    missing = limit - sum((Decimal(row["Importo"]) for row in lines(body)), Decimal(0))
    move(rng.choice(lines(body)), "Importo", missing + abs(step(rng, "0.01", rng.choice(("0.01", "9000")))))
    return True


def plafond_at_zero(tree: Tree, body: Tree, rng: random.Random) -> bool:
    if general(body)["TipoDocumento"] != "TD21":
        return False
    add_line(body, "0.00", "N1")
    rows(body).append(empty_row("0.00", "N1"))
    return True


def broken_form(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """What the schema refuses and no control looks at."""
    block, name, value = rng.choice(
        [
            (general(body), "Divisa", "EURO"),
            (general(body), "Divisa", None),
            (rng.choice(lines(body)), "Descrizione", None),
            (rng.choice(lines(body)), "Descrizione", "x" * 1001),
        ]
    )
    block[name] = value
    return True


def broken_forms(tree: Tree, body: Tree, rng: random.Random) -> bool:
    """More than fifty times."""
    lines(body).extend({**lines(body)[0], "Descrizione": None} for _ in range(51))
    return True


LIGHT: Final = {"kind": "FSM10"}
LOT: Final = {"bodies": 3}
FUND: Final = {"fund": True, "kind": "FPR12", "tipo": "TD01"}
SMALL: Final = {"kind": "FSM10", "tipo": "TD07"}
ORDINARY: Final = {"kind": "FPR12"}

ABOVE: Final = (
    Fact("00300", transmitter, scope="header"),
    Fact("00301", seller_number, scope="header"),
    Fact("00302", seller_code, scope="header"),
    Fact("00303", agent_number, scope="header"),
    Fact("00303", agent_number, LIGHT, scope="header"),
    Fact("00304", agent_code, scope="header"),
    Fact("00305", buyer_number, scope="header"),
    Fact("00306", buyer_code, scope="header"),
    Fact("00313", sent_abroad, ORDINARY, "2019-07-30", scope="header"),
    Fact("00313", sent_abroad, LIGHT, "2022-01-01", scope="header"),
    Fact("00330", mailbox_of_sdi, since="2019-07-30", scope="header"),
    Fact("00417", nobody, scope="header"),
    Fact("00427", code_of_the_other_length, scope="header"),
    Fact("00428", other_version, scope="header"),
    Fact("00476", both_abroad, since="2022-10-01", scope="header"),
    Fact("00471", same_subject, since=_TWO_SUBJECTS, scope="bodies"),
    Fact("00471", same_subject, SMALL, since=_TWO_SUBJECTS, scope="bodies"),
    Fact("00472", other_subject, since=_TO_ONESELF, scope="bodies"),
    Fact("00473", wrong_side_of_the_border, since=_BORDER, scope="bodies"),
    Fact("00475", buyer_without_number, since=_NUMBERED_BUYER, scope="bodies"),
)
WITHIN: Final = (
    Fact("00200", broken_form),
    Fact("00200", broken_forms, also=("00201", "")),
    Fact("00400", untaxed_line),
    Fact("00400", untaxed_line, LIGHT),
    Fact("00401", line_with_both),
    Fact("00401", line_with_both, LIGHT),
    Fact("00403", tomorrow),
    Fact("00409", same_number, LOT),
    Fact("00409", same_number, LOT | LIGHT),
    Fact("00411", withheld_line),
    Fact("00413", untaxed_fund, FUND),
    Fact("00414", fund_with_both, FUND),
    Fact("00415", withheld_fund, FUND),
    Fact("00418", linked_later, {"tipo": "TD04", "kind": "FPR12"}),
    Fact("00418", linked_later, {"tipo": "TD08", "kind": "FSM10"}),
    Fact("00419", too_few_summaries, also=("00443", "2020-05-04")),
    Fact("00420", split_reverse_charge),
    Fact("00421", other_tax),
    Fact("00422", other_rounding),
    Fact("00423", other_line_total),
    Fact("00424", fraction),
    Fact("00424", fraction, LIGHT),
    Fact("00425", no_digit),
    Fact("00429", untaxed_summary),
    Fact("00430", summary_with_both),
    Fact("00437", unmeasured_discount),
    Fact("00438", unmeasured_line_discount),
    Fact("00443", rate_without_summary, since="2020-05-04"),
    Fact("00444", natura_without_summary, since="2020-05-04"),
    Fact("00445", ended_natura, since="2021-01-01"),
    Fact("00445", ended_natura, LIGHT, since="2021-01-01"),
    Fact("00460", too_much, SMALL),
    Fact("00474", plafond_at_zero, {"tipo": "TD21", "kind": "FPR12"}, since="2020-05-04"),
)
FACTS: Final = ABOVE + WITHIN
