"""A second opinion on the content controls: the conditions of the specification once more, by another hand.

Nothing here comes from ``fatturakit.rules``. It looks at schema-valid documents only, with XPath, fractions that are
exact decimals and python-stdnum, and answers which codes it would raise on which body, and how loudly. Slow and plain
on purpose: where it and the engine differ, one of them has misread the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, localcontext
from typing import NamedTuple

from lxml import etree
from stdnum import luhn
from stdnum.exceptions import InvalidComponent, ValidationError
from stdnum.it import codicefiscale

from .second_reading import ERROR, GENERAL, WARNING, Case, Found, Judge, Node, day, num, since, val
from .second_sums import SUMS, lines


class Opinion(NamedTuple):
    """A code, the body it is about (None: the header) and how loudly."""

    code: str
    body: int | None
    severity: str


def opinions(root: Node, as_of: date, received: date | None = None) -> set[Opinion]:
    """Everything the specification says about a schema-valid invoice."""
    case = Case(root, as_of, received or as_of)
    simplified = etree.QName(root).localname == "FatturaElettronicaSemplificata"
    with localcontext() as context:
        context.prec = 200
        found = {Opinion(code, None, severity) for code, severity in _header(case, simplified)}
        for index, body in enumerate(root.findall("FatturaElettronicaBody"), 1):
            judges = SIMPLIFIED if simplified else ORDINARY
            found |= {Opinion(code, index, how) for judge in judges for code, how in judge(body, case)}
        found |= {Opinion("00409", index, how) for index, how in _twice(case)}
    loud = {(each.code, each.body) for each in found if each.severity == ERROR}
    return {each for each in found if each.severity == ERROR or (each.code, each.body) not in loud}


HEADER = "FatturaElettronicaHeader/"


class Who(NamedTuple):
    """A party: country and number of its VAT identifier (None without one), tax code."""

    country: str | None
    number: str | None
    tax_code: str | None


def _who(root: Node, path: str) -> Who:
    vat = f"{path}/IdFiscaleIVA/"
    return Who(val(root, vat + "IdPaese"), val(root, vat + "IdCodice"), val(root, f"{path}/CodiceFiscale"))


def _parties(root: Node) -> tuple[Who, Who]:
    if etree.QName(root).localname == "FatturaElettronicaSemplificata":
        buyer = HEADER + "CessionarioCommittente/IdentificativiFiscali"
        return _who(root, HEADER + "CedentePrestatore"), _who(root, buyer)
    return (
        _who(root, HEADER + "CedentePrestatore/DatiAnagrafici"),
        _who(root, HEADER + "CessionarioCommittente/DatiAnagrafici"),
    )


def _header(case: Case, simplified: bool) -> Found:
    root = case.root
    way = HEADER + "DatiTrasmissione/"
    kind, recipient = root.findtext(way + "FormatoTrasmissione"), val(root, way + "CodiceDestinatario")
    seller, buyer = _parties(root)
    if root.get("versione") != kind:
        yield "00428", ERROR
    if not simplified and len(recipient or "") == {"FPA12": 7, "FPR12": 6}.get(kind or ""):
        yield "00427", ERROR
    private = root.get("versione") != "FPA12"  # what the file says it is; a FormatoTrasmissione that differs is 00428
    foreign = recipient == "XXXXXXX" and buyer.country in {None, "IT"}
    if foreign and private and since(case, "2022-01-01" if simplified else "2019-07-30"):
        yield "00313", ERROR
    local, _, domain = (val(root, way + "PECDestinatario") or "").lower().partition("@")
    own = local[:3] == "sdi" and local[3:].isdigit() and domain == "pec.fatturapa.it"
    if own and private and since(case, "2019-07-30"):
        yield "00330", ERROR
    if buyer.country is None and buyer.tax_code is None:
        yield "00417", ERROR
    if seller.country != "IT" and buyer.country not in {None, "IT"} and since(case, "2022-10-01"):
        yield "00476", ERROR
    yield from _identity(root, seller, buyer, simplified)


def _identity(root: Node, seller: Who, buyer: Who, simplified: bool) -> Found:
    sender = _who_sent(root)
    if sender.country == "IT" and not _tax_code(sender.number or ""):
        yield "00300", ERROR
    yield from _vat("00301", seller)
    if not simplified and seller.tax_code and not _tax_code(seller.tax_code):
        yield "00302", ERROR
    agent = HEADER + (
        "CedentePrestatore/RappresentanteFiscale" if simplified else "RappresentanteFiscale/DatiAnagrafici"
    )
    theirs = HEADER + "CessionarioCommittente/"
    theirs += "AltriDatiIdentificativi/RappresentanteFiscale" if simplified else "RappresentanteFiscale"
    yield from _vat("00303", _who(root, agent))
    yield from _vat("00303", _who(root, theirs))
    code = _who(root, agent).tax_code
    if not simplified and code and not _tax_code(code):
        yield "00304", ERROR
    yield from _vat("00305", buyer)
    if buyer.country is None and buyer.tax_code and not _tax_code(buyer.tax_code):
        yield "00306", ERROR


def _who_sent(root: Node) -> Who:
    sender = HEADER + "DatiTrasmissione/IdTrasmittente/"
    return Who(val(root, sender + "IdPaese"), (val(root, sender + "IdCodice") or "").upper(), None)


def _vat(code: str, who: Who) -> Found:
    number = who.number or ""
    if who.country == "IT" and not _eleven(number):
        yield code, ERROR
    elif who.country == "IT" and number[0] in "89":
        yield code, WARNING


def _eleven(number: str) -> bool:
    """Eleven digits whose last is the check digit; the office code (digits 8-10) is not looked at."""
    digits = len(number) == 11 and number.isascii() and number.isdigit() and int(number) > 0
    return digits and luhn.is_valid(number)


def _tax_code(code: str) -> bool:
    return _eleven(code) if len(code) == 11 else len(code) == 16 and _person(code)


def _person(code: str) -> bool:
    try:
        return codicefiscale.validate(code) == code
    except InvalidComponent:
        return True  # no such day in that month: not judged here either
    except ValidationError:
        return False


def _twice(case: Case) -> Iterator[tuple[int, str]]:
    """Bodies whose number an earlier one has: of that year, with Art73 of that day; with one Art73 nobody is sure."""
    series: list[tuple[str, bool, str, date, bool]] = []
    for index, body in enumerate(case.root.findall("FatturaElettronicaBody"), 1):
        kind, issued = val(body, GENERAL + "TipoDocumento") or "", day(body, GENERAL + "Data") or date.min
        apart = kind in {"TD04", "TD08"} and since(case, "2020-05-04")
        key = (_owner(case, kind), apart, body.findtext(GENERAL + "Numero") or "")
        whole = val(body, GENERAL + "Art73") == "SI"
        for *other, then, other_whole in series:
            if tuple(other) == key and then.year == issued.year and (then == issued or not (whole and other_whole)):
                yield index, ERROR if whole is other_whole else WARNING
        series.append((*key, issued, whole))


BUYERS = {"TD16", "TD17", "TD18", "TD19", "TD20", "TD22", "TD23"}


def _owner(case: Case, kind: str) -> str:
    """Whose numbers these are: the seller's, or the buyer's where the buyer writes the document."""
    seller, buyer = _parties(case.root)
    buyers = kind in BUYERS and since(case, "2021-07-02")
    buyers = buyers or (kind in {"TD28", "TD29"} and since(case, "2025-04-01"))
    who = buyer if buyers else seller
    return f"{who.country}{who.number}" if who.country else who.tax_code or ""


def dates(body: Node, case: Case) -> Found:
    """00403, 00418, 00425."""
    issued, kind = day(body, GENERAL + "Data") or date.min, val(body, GENERAL + "TipoDocumento")
    if issued > case.received:
        yield "00403", ERROR
    links = [day(node, "Data") for node in body.findall("DatiGenerali/DatiFattureCollegate")]
    links += [day(node, "DataFR") for node in body.findall("DatiGenerali/DatiFatturaRettificata")]
    if any(linked and issued < linked for linked in links):
        yield "00418", ERROR if kind in {"TD04", "TD08"} else WARNING
    if not set("0123456789") & set(body.findtext(GENERAL + "Numero") or ""):
        yield "00425", ERROR


FROM = {
    "00471": {
        "2020-05-04": "TD16 TD17 TD18 TD19 TD20",
        "2022-10-01": "TD01 TD02 TD03 TD06 TD07 TD24 TD25 TD28",
        "2025-04-01": "TD29",
    },
    "00472": {"2020-05-04": "TD21", "2022-10-01": "TD27"},
    "00473": {"2020-05-04": "TD17 TD18 TD19", "2022-10-01": "TD28", "2025-04-01": "TD29"},
    "00474": {"2020-05-04": "TD21"},
    "00475": {
        "2022-01-01": "TD16 TD17 TD18 TD19 TD20 TD22 TD23",
        "2022-10-01": "TD28",
        "2025-04-01": "TD29",
    },
}


def parties(body: Node, case: Case) -> Found:
    """00471-00475."""
    seller, buyer = _parties(case.root)
    kind = val(body, GENERAL + "TipoDocumento") or ""

    def looks(code: str) -> bool:
        return any(kind in types.split() and since(case, start) for start, types in FROM[code].items())

    same = _same(seller, buyer)
    if looks("00471") and same is True:
        yield "00471", ERROR
    if looks("00472") and same is False:
        yield "00472", ERROR
    if looks("00473"):
        only_sm = kind == "TD28" and not since(case, "2024-02-01") and seller.country != "SM"
        if (seller.country == "IT") is (kind != "TD29") or only_sm:
            yield "00473", ERROR
    if looks("00474") and any(num(node, "AliquotaIVA") == 0 for node in lines(body)):
        yield "00474", ERROR
    if looks("00475") and buyer.country is None:
        yield "00475", ERROR


def _same(seller: Who, buyer: Who) -> bool | None:
    if buyer.country is not None:
        return (seller.country, seller.number) == (buyer.country, buyer.number)
    if buyer.tax_code is None:
        return None
    if buyer.tax_code in {seller.tax_code, seller.number if seller.country == "IT" else None}:
        return True
    return None if seller.tax_code is None else False


def simplified_rows(body: Node, case: Case) -> Found:
    """00400, 00401, 00424, 00445, 00460 of a simplified invoice."""
    for row in body.findall("DatiBeniServizi"):
        stated, natura = val(row, "DatiIVA/Aliquota"), val(row, "Natura")
        rate = None if stated is None else Decimal(stated)
        if rate == 0 and natura is None:
            yield "00400", ERROR
        if rate and natura is not None:
            yield "00401", ERROR
        if rate and rate < 1:
            yield "00424", ERROR
        modern = (day(body, GENERAL + "Data") or date.min) >= date(2021, 1, 1) and since(case, "2021-01-01")
        if modern and natura in {"N2", "N3"}:
            yield "00445", ERROR
    yield from _limit(body, case)


def _limit(body: Node, case: Case) -> Found:
    free = val(case.root, HEADER + "CedentePrestatore/RegimeFiscale") in {"RF19", "RF20"} and since(case, "2025-04-01")
    limit = 400 if since(case, "2019-05-20") else 100
    corrected = body.find("DatiGenerali/DatiFatturaRettificata") is not None
    if not free and not corrected and sum(num(row, "Importo") for row in body.findall("DatiBeniServizi")) > limit:
        yield "00460", ERROR


ORDINARY: tuple[Judge, ...] = (*SUMS, dates, parties)
SIMPLIFIED: tuple[Judge, ...] = (simplified_rows, dates, parties)
