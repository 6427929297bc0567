"""Facts of one document, broken: each tells whether there was one to break."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from .anywhere import (
    RATES,
    add_line,
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
    untaxed,
)
from .breakers import BODY
from .tree import Tree


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
    return _without_natura(untaxed(lines(body)), rng)


def _without_natura(found: list[Tree], rng: random.Random) -> bool:
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
    return _without_natura(untaxed(funds(body)), rng)


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
