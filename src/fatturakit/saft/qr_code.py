"""The QR code of a Portuguese document: its text, and the image (Portaria 195/2020; technical specifications of AT).

``payload`` makes the text from plain values, ``of_document`` from an element of a SAF-T file, ``image`` the picture.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from lxml import etree

from ..errors import InputError, UsageError
from ..money import ZERO, cents, parse, plus, quantise, times
from ..texts import Text
from ..xmlio import local
from .extra import load
from .hashchain import printed

LEAST_VERSION: Final = 9
"""Smaller symbols have failed the trial of the tax authority."""
ERROR_LEVEL: Final = "m"
FORMATS: Final = ("svg", "png")
_BLOCKS: Final = "IJK"
_MILLIMETRES: Final = 30
_DOTS: Final = 300
_UP: Final = Decimal("0.00005")
"""Thirty millimetres are the least: a module is rounded up."""


class Region(NamedTuple):
    """The VAT of one tax territory: bases by rate, and their VAT. exempt: base without VAT. None: not there."""

    name: str
    exempt: Decimal | None = None
    reduced: tuple[Decimal, Decimal] | None = None
    intermediate: tuple[Decimal, Decimal] | None = None
    normal: tuple[Decimal, Decimal] | None = None


class Code(NamedTuple):
    """What stands in the code. date: YYYY-MM-DD; regions: up to three, none when there is no VAT at all; not_taxed and
    stamp: None when absent; hash: the whole one, or its four characters; other: free text without a star."""

    issuer: str
    buyer: str
    country: str
    type: str
    status: str
    date: str
    number: str
    atcud: str
    tax: Decimal
    gross: Decimal
    hash: str
    certificate: str
    regions: Sequence[Region] = ()
    not_taxed: Decimal | None = None
    stamp: Decimal | None = None
    withheld: Decimal | None = None
    other: str = ""


def payload(code: Code) -> str:
    """The text of the code: ``A:…*B:…`` in the order of the specification."""
    if len(code.regions) > len(_BLOCKS):
        raise UsageError(_REGIONS, most=len(_BLOCKS))
    if "*" in code.other:
        raise UsageError(_STAR)
    return "*".join(f"{key}:{value}" for key, value in _fields(code))


def facts(code: Code) -> dict[str, str]:
    """What names a document, the characters of its hash that are printed, and the text of its code."""
    signed = code.hash if len(code.hash) <= 4 else printed(code.hash)
    return {
        "number": code.number,
        "type": code.type,
        "date": code.date,
        "status": code.status,
        "atcud": code.atcud or "0",
        "hash": signed or "0",
        "payload": payload(code),
    }


def _fields(code: Code) -> Iterator[tuple[str, str]]:
    head = (code.issuer, code.buyer, code.country, code.type, code.status, code.date.replace("-", ""), code.number)
    yield from zip("ABCDEFG", head, strict=True)
    yield "H", code.atcud or "0"
    for letter, region in zip(_BLOCKS, code.regions, strict=False):
        yield from _region(letter, region)
    if not code.regions:
        yield "I1", "0"
    yield from _amounts(
        (("L", code.not_taxed), ("M", code.stamp), ("N", code.tax), ("O", code.gross), ("P", code.withheld))
    )
    yield "Q", (code.hash if len(code.hash) <= 4 else printed(code.hash)) or "0"
    yield "R", code.certificate
    if code.other:
        yield "S", code.other


def _region(letter: str, region: Region) -> Iterator[tuple[str, str]]:
    yield f"{letter}1", region.name
    rates = [part for pair in (region.reduced, region.intermediate, region.normal) for part in pair or (None, None)]
    yield from _amounts([(f"{letter}{place}", value) for place, value in enumerate((region.exempt, *rates), 2)])


def _amounts(pairs: Sequence[tuple[str, Decimal | None]]) -> Iterator[tuple[str, str]]:
    return ((key, str(cents(value))) for key, value in pairs if value is not None)


def image(text: str, kind: str = "svg") -> bytes:
    """The code as SVG or PNG: error level M, version 9 or more, 30 mm wide."""
    if kind not in FORMATS:
        raise UsageError(_FORMAT, kind=kind, known=", ".join(FORMATS))
    segno = load("segno")
    data = text.encode("utf-8")
    code = segno.make_qr(data, error=ERROR_LEVEL, boost_error=False, mode="byte")
    if code.version < LEAST_VERSION:
        code = segno.make_qr(data, error=ERROR_LEVEL, boost_error=False, mode="byte", version=LEAST_VERSION)
    width = code.symbol_size(border=4)[0]
    out = io.BytesIO()
    if kind == "svg":
        code.save(
            out, kind="svg", border=4, unit="mm", scale=quantise(Decimal(_MILLIMETRES) / width + _UP, 4), nl=False
        )
    else:
        code.save(out, kind="png", border=4, scale=-(-_MILLIMETRES * _DOTS * 10 // (254 * width)), dpi=_DOTS)
    return out.getvalue()


def of_document(header: etree._Element, document: etree._Element, party: tuple[str, str] | None) -> Code:
    """The code of a document of a SAF-T file.

    party: tax number and country of its customer or supplier, None when unknown. What became of a document later
    (cancelled, billed) does not change the code it was issued with.
    """
    values = _leaves(document)
    buyer, country = party or ("999999990", "Desconhecido")
    kind = next((values[name] for name in _TYPES if name in values), "")
    status = next((values[name] for name in _STATUSES if name in values), "N")
    day = next((values[name] for name in _DAYS if name in values), "")
    number = next((values[name] for name in _NUMBERS if name in values), "")
    owner = _leaves(header)
    regions, not_taxed, stamp = _taxes(document)
    withheld = [parse(node.text) or ZERO for node in document.iter("{*}WithholdingTaxAmount")]
    return Code(
        issuer=owner.get("TaxRegistrationNumber", ""),
        buyer=buyer,
        country=country,
        type=kind,
        status="N" if status in _LATER else status,
        date=day,
        number=number,
        atcud=values.get("ATCUD", "0"),
        tax=parse(values.get("TaxPayable")) or ZERO,
        gross=parse(values.get("GrossTotal")) or ZERO,
        hash=values.get("Hash", ""),
        certificate=owner.get("SoftwareCertificateNumber", "0"),
        regions=regions,
        not_taxed=not_taxed or None,
        stamp=stamp or None,
        withheld=sum(withheld, ZERO) or None,
    )


_LATER: Final = ("A", "F", "T")
_TYPES: Final = ("InvoiceType", "MovementType", "WorkType", "PaymentType")
_STATUSES: Final = ("InvoiceStatus", "MovementStatus", "WorkStatus", "PaymentStatus")
_DAYS: Final = ("InvoiceDate", "MovementDate", "WorkDate", "TransactionDate")
_NUMBERS: Final = ("InvoiceNo", "DocumentNumber", "PaymentRefNo")
_SLOTS: Final = {"RED": "reduced", "INT": "intermediate", "NOR": "normal"}


def _leaves(element: etree._Element) -> dict[str, str]:
    """The first leaf of every name outside the lines."""
    found: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        if local(child) in ("Line", "ShipTo", "ShipFrom"):
            continue
        if len(child):
            found = _leaves(child) | found
        else:
            found.setdefault(local(child), child.text or "")
    return found


def _taxes(document: etree._Element) -> tuple[list[Region], Decimal, Decimal]:
    """The regions with their bases and VAT, the base outside VAT, and the stamp duty."""
    sums: dict[str, dict[str, list[Decimal]]] = {}
    outside = stamp = ZERO
    lines = list(document.iterchildren("{*}Line"))
    own = "DebitAmount" if _is_debit(document) else "CreditAmount"
    for line in lines:
        base, kind, region, code, tax = _line(line, own)
        if kind == "IS":
            outside, stamp = plus(outside, base), plus(stamp, tax)
        elif kind == "NS":
            outside = plus(outside, base)
        elif kind == "IVA":
            slot = _slot(code, tax)
            entry = sums.setdefault(region, {}).setdefault(slot, [ZERO, ZERO])
            entry[0], entry[1] = plus(entry[0], base), plus(entry[1], tax)
    return [_summed(name, slots) for name, slots in sorted(sums.items(), key=_order)][: len(_BLOCKS)], outside, stamp


def _order(item: tuple[str, Any]) -> tuple[int, str]:
    """Mainland, Azores, Madeira, then the rest."""
    known = ("PT", "PT-AC", "PT-MA")
    return (known.index(item[0]) if item[0] in known else len(known)), item[0]


def _is_debit(document: etree._Element) -> bool:
    return any(local(node) == "InvoiceType" and node.text == "NC" for node in document)


def _line(line: etree._Element, own: str) -> tuple[Decimal, str, str, str, Decimal]:
    values = {local(node): node.text or "" for node in line.iter(etree.Element) if not len(node)}
    money = parse(values.get(own)) if own in values else None
    other = parse(values.get("CreditAmount" if own == "DebitAmount" else "DebitAmount")) or ZERO
    base = money if money is not None else -other
    taxed = base
    if "TaxBase" in values:
        taxed = times(parse(values["TaxBase"]) or ZERO, parse(values.get("Quantity")) or ZERO)
    if "TaxAmount" in values:
        tax = times(parse(values["TaxAmount"]) or ZERO, parse(values.get("Quantity")) or ZERO)
    else:
        tax = times(taxed, (parse(values.get("TaxPercentage")) or ZERO).scaleb(-2))
    return base, values.get("TaxType", ""), values.get("TaxCountryRegion", ""), values.get("TaxCode", ""), tax


def _slot(code: str, tax: Decimal) -> str:
    if code in _SLOTS:
        return _SLOTS[code]
    return "normal" if tax else "exempt"


def _summed(name: str, slots: dict[str, list[Decimal]]) -> Region:
    exempt = slots.get("exempt")
    pairs = {slot: (entry[0], entry[1]) for slot, entry in slots.items() if slot != "exempt"}
    return Region(name, exempt[0] if exempt else None, **pairs)


def missing(number: str) -> InputError:
    """The error for a document that is not in a file."""
    return InputError(_MISSING, number=number)


_REGIONS: Final = Text(
    "Un codice QR ha al più {most} territori.",
    "A QR code has at most {most} territories.",
    "Um código QR tem no máximo {most} territórios.",
)
_STAR: Final = Text(
    "Il testo libero (S) non può contenere *.",
    "The free text (S) cannot contain *.",
    "O texto livre (S) não pode conter *.",
)
_FORMAT: Final = Text(
    "«{kind}»: un'immagine è {known}.", "“{kind}”: an image is {known}.", "«{kind}»: uma imagem é {known}."
)
_MISSING: Final = Text(
    "Il documento «{number}» non c'è.", "There is no document “{number}”.", "Não há nenhum documento «{number}»."
)
