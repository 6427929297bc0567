"""The second opinion on the arithmetic: rates, Natura, taxes, taxable amounts, line totals."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .second_reading import ERROR, GENERAL, WARNING, Case, Found, Judge, Node, day, num, since, val


def rate_and_natura(node: Node) -> tuple[Decimal, str | None]:
    """AliquotaIVA as a number, and Natura."""
    return num(node, "AliquotaIVA"), val(node, "Natura")


def lines(body: Node) -> list[Node]:
    return body.findall("DatiBeniServizi/DettaglioLinee")


def _summaries(body: Node) -> list[Node]:
    return body.findall("DatiBeniServizi/DatiRiepilogo")


def _funds(body: Node) -> list[Node]:
    return body.findall(GENERAL + "DatiCassaPrevidenziale")


def natures(body: Node, case: Case) -> Found:
    """00400, 00401, 00413, 00414, 00429, 00430."""
    excused = val(body, GENERAL + "TipoDocumento") == "TD16" and since(case, "2022-10-01")
    groups = ((lines(body), "00400", "00401"), (_funds(body), "00413", "00414"), (_summaries(body), "00429", "00430"))
    for nodes, missing, too_much in groups:
        for rate, natura in map(rate_and_natura, nodes):
            if rate == 0 and natura is None:
                yield missing, ERROR
            if rate != 0 and natura is not None and not (excused and too_much != "00414"):
                yield too_much, ERROR


def values(body: Node, case: Case) -> Found:
    """00420, 00424, 00445."""
    modern = (day(body, GENERAL + "Data") or date.min) >= date(2021, 1, 1) and since(case, "2021-01-01")
    for rate, natura in map(rate_and_natura, lines(body) + _funds(body) + _summaries(body)):
        if 0 < rate < 1:
            yield "00424", ERROR
        if modern and natura in {"N2", "N3", "N6"}:
            yield "00445", ERROR
    for row in _summaries(body):
        if val(row, "EsigibilitaIVA") == "S" and (val(row, "Natura") or "").startswith("N6"):
            yield "00420", ERROR


def withholding(body: Node, _case: Case) -> Found:
    """00411, 00415."""
    if body.find(GENERAL + "DatiRitenuta") is None:
        for nodes, code in ((lines(body), "00411"), (_funds(body), "00415")):
            if any(val(node, "Ritenuta") == "SI" for node in nodes):
                yield code, ERROR


def taxes(body: Node, _case: Case) -> Found:
    """00421."""
    for row in _summaries(body):
        exact = num(row, "AliquotaIVA") * num(row, "ImponibileImporto") / 100
        off = abs(num(row, "Imposta") - exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
        if off >= Decimal("0.01"):
            yield "00421", ERROR if off > Decimal("0.01") else WARNING


def bases(body: Node, _case: Case) -> Found:
    """00422, for the rates that have a summary."""
    for rate in {num(row, "AliquotaIVA") for row in _summaries(body)}:
        right = sum(num(node, "PrezzoTotale") for node in lines(body) if num(node, "AliquotaIVA") == rate)
        right += sum(num(node, "ImportoContributoCassa") for node in _funds(body) if num(node, "AliquotaIVA") == rate)
        rows = [row for row in _summaries(body) if num(row, "AliquotaIVA") == rate]
        off = abs(sum(num(row, "ImponibileImporto") - num(row, "Arrotondamento") for row in rows) - right)
        if off >= 1:
            yield "00422", ERROR if off > 1 else WARNING


def totals(body: Node, _case: Case) -> Found:
    """00423; on a negative price a total that fits with the amounts taken without sign is a warning."""
    for node in lines(body):
        changes = node.findall("ScontoMaggiorazione")
        if any(each.find("Importo") is None and each.find("Percentuale") is None for each in changes):
            continue  # 00438
        stated, cent = num(node, "PrezzoTotale"), Decimal("0.01")
        off = abs(stated - _line(node, changes, 1))
        unsigned = num(node, "PrezzoUnitario") < 0 and abs(stated - _line(node, changes, -1)) <= cent
        if off >= cent:
            yield "00423", ERROR if off > cent and not unsigned else WARNING


def _line(node: Node, changes: list[Node], side: int) -> Decimal:
    price = num(node, "PrezzoUnitario")
    for each in changes:
        amount = each.find("Importo") is not None
        change = num(each, "Importo") if amount else price * num(each, "Percentuale") / 100
        if amount and side < 0:
            change = -abs(change)
        price += change if val(each, "Tipo") == "MG" else -change
    return price * (num(node, "Quantita") if node.find("Quantita") is not None else 1)


def coverage(body: Node, case: Case) -> Found:
    """00419, 00443, 00444."""
    sources = lines(body) + _funds(body)
    used, summed = ({num(each, "AliquotaIVA") for each in nodes} for nodes in (sources, _summaries(body)))
    if len(_summaries(body)) < len(used):
        yield "00419", ERROR
    if since(case, "2020-05-04"):
        yield from _differ("00443", used, summed)
        first, second = ({val(each, "Natura") for each in nodes} for nodes in (sources, _summaries(body)))
        yield from _differ("00444", first - {None}, second - {None})


def _differ(code: str, used: set, summed: set) -> Found:
    if used - summed:
        yield code, ERROR
    if summed - used:
        yield code, WARNING


def discounts(body: Node, _case: Case) -> Found:
    """00437, 00438."""
    of_lines = [each for node in lines(body) for each in node.findall("ScontoMaggiorazione")]
    for nodes, code in ((body.findall(GENERAL + "ScontoMaggiorazione"), "00437"), (of_lines, "00438")):
        if any(each.find("Percentuale") is None and each.find("Importo") is None for each in nodes):
            yield code, ERROR


SUMS: tuple[Judge, ...] = (natures, values, withholding, taxes, bases, totals, coverage, discounts)
