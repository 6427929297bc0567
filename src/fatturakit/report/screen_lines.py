"""The figures of an invoice on a screen: its lines, the VAT summary, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .. import money
from ..invoice.model import Adjustment, Due, Fund, Invoice, Line, VatGroup, Withholding
from ..texts import Text
from . import screen_words as words
from .screen import Column, Page
from .screen_values import amount, meaning, number, percent

AT_MOST = 10
_FEW = 4


def lines(page: Page, invoice: Invoice, *, simplified: bool, at_most: int = AT_MOST) -> Iterator[str]:
    """The first lines, then how many more there are (all with -v)."""
    known = invoice.linee
    kept = known if page.verbose or len(known) <= at_most + 1 else known[:at_most]
    if simplified:
        yield from page.table(_gross_heads(page), [_gross_row(page, line) for line in kept], height=2)
    else:
        rows = [_row(page, line) for line in kept]
        tail = [*(_fund(page, fund) for fund in invoice.casse), *_document_level(page, invoice.sconti_maggiorazioni)]
        gap = [_more_row(page, len(known) - len(kept))] if len(kept) < len(known) else []
        yield from page.table(_heads(page), [*rows, *gap, *tail], height=2 if len(kept) <= _FEW else 1)
    if simplified and len(kept) < len(known):
        yield more(page, words.MORE_LINES.say(len(known) - len(kept), page.lang))


def more(page: Page, count: str) -> str:
    """ "… e 34 altre righe"."""
    return page.words(words.MORE, count=count)


def vat(page: Page, groups: Sequence[VatGroup]) -> Iterator[str]:
    """The VAT summary, one row a rate or nature."""
    heads = [
        Column(page.words(words.VAT)),
        Column("", flexible=True),
        Column(page.words(words.TAXABLE), ">"),
        Column(page.words(words.TAX), ">"),
    ]
    rows = [
        [
            _rate(page, group.aliquota_iva, group.natura),
            " · ".join(_remarks(page, group)),
            amount(page, group.imponibile_importo),
            amount(page, group.imposta),
        ]
        for group in groups
    ]
    if rows:
        yield from page.table(heads, rows, height=2)


def totals(page: Page, invoice: Invoice) -> Iterator[str]:
    """From the document's total to what is due; every step that the amounts allow."""
    due, currency = invoice.due, page.value(invoice.divisa)
    yield from page.amounts(_total_rows(page, invoice, due, currency))
    if due.kind == "none":
        yield page.words(words.TO_ONESELF, code=invoice.tipo_documento).rjust(page.width)
    elif due.amount is None:
        yield from page.labelled(words.NOTES, [page.words(words.UNKNOWN_DUE)], "warning")
    if due.expected is not None and due.amount is not None and due.kind != "none":
        stated, expected = money.spell(due.amount, page.lang), money.spell(due.expected, page.lang)
        yield from page.labelled(words.NOTES, [page.words(words.DIFFERS, stated=stated, expected=expected)])


def _total_rows(page: Page, invoice: Invoice, due: Due, currency: str) -> Iterator[tuple[str, str, str]]:
    if due.total is None and invoice.importo_totale_documento:
        yield page.words(words.DOCUMENT_TOTAL, currency=currency), page.value(invoice.importo_totale_documento), ""
    if due.total is not None:
        label = marked(page, page.words(words.DOCUMENT_TOTAL, currency=currency), computed=due.total_computed)
        yield label, money.spell(due.total, page.lang), ""
    for row in invoice.ritenute:
        yield page.words(words.WITHHELD, what=_withholding(page, row)), _negative(page, row.importo_ritenuta), ""
    if due.split_vat:
        yield page.words(words.SPLIT), money.spell(-due.split_vat, page.lang), ""
    if due.kind != "none" and due.amount is not None:
        label = page.words(words.DUE[due.kind], currency=currency)
        yield marked(page, label, computed=due.computed), money.spell(due.amount, page.lang), "bold"


def marked(page: Page, label: str, *, computed: bool) -> str:
    """A label that says when the amount beside it is ours."""
    return page.words(words.COMPUTED, label=label) if computed else label


def _heads(page: Page) -> list[Column]:
    titles: list[tuple[Text | None, str, int, bool]] = [
        (words.LINE_NUMBER, ">", 0, False),
        (words.DESCRIPTION, "<", 2, True),
        (words.QUANTITY, ">", 2, False),
        (None, "<", 1, False),
        (words.PRICE, ">", 2, False),
        (words.DISCOUNT, ">", 2, False),
        (words.VAT, ">", 2, False),
        (words.TOTAL, ">", 2, False),
    ]
    return [Column(page.words(title) if title else "", align, gap, flex) for title, align, gap, flex in titles]


def _row(page: Page, line: Line) -> list[str]:
    return [
        page.value(line.numero_linea),
        _description(page, line),
        number(page, line.quantita),
        page.value(line.unita_misura),
        amount(page, line.prezzo_unitario),
        _adjusted(page, line.sconti_maggiorazioni),
        _rate(page, line.aliquota_iva, line.natura),
        amount(page, line.prezzo_totale),
    ]


def _more_row(page: Page, count: int) -> list[str]:
    return ["", more(page, words.MORE_LINES.say(count, page.lang)), "", "", "", "", "", ""]


def _fund(page: Page, fund: Fund) -> list[str]:
    rate_and_name = (percent(page, fund.al_cassa), meaning(page, "TipoCassa", fund.tipo_cassa))
    what = " ".join(part for part in (page.value(fund.tipo_cassa), *rate_and_name) if part)
    rate = _rate(page, fund.aliquota_iva, fund.natura)
    return ["", what, "", "", "", "", rate, amount(page, fund.importo_contributo_cassa)]


def _document_level(page: Page, adjustments: Sequence[Adjustment]) -> Iterator[list[str]]:
    if adjustments:
        yield ["", page.words(words.DOCUMENT_ADJUSTMENT), "", "", "", _adjusted(page, adjustments), "", ""]


def _gross_heads(page: Page) -> list[Column]:
    return [
        Column(page.words(words.DESCRIPTION), flexible=True),
        Column(page.words(words.VAT), ">"),
        Column(page.words(words.TAX), ">"),
        Column(page.words(words.GROSS), ">"),
    ]


def _gross_row(page: Page, line: Line) -> list[str]:
    rate = _rate(page, line.aliquota_iva, line.natura)
    return [page.value(line.descrizione), rate, amount(page, line.imposta), amount(page, line.prezzo_totale)]


def _description(page: Page, line: Line) -> str:
    kind = meaning(page, "TipoCessionePrestazione", line.tipo_cessione_prestazione)
    text = page.value(line.descrizione)
    return f"{kind}: {text}" if kind else text


def _adjusted(page: Page, adjustments: Iterable[Adjustment]) -> str:
    """-10% -5%: an amount wins over a percentage, as SdI has it."""
    marks = {"SC": "-", "MG": "+"}
    pieces = []
    for row in adjustments:
        much = amount(page, row.importo) if row.importo else percent(page, row.percentuale)
        pieces.append(marks.get(row.tipo or "", page.value(row.tipo)) + much)
    return " ".join(pieces)


def _rate(page: Page, rate: str | None, nature: str | None) -> str:
    """22%, or the nature; both when a rate goes with one (TD16)."""
    if not nature:
        return percent(page, rate)
    return f"{percent(page, rate)} {page.value(nature)}" if money.parse(rate) else page.value(nature)


def _remarks(page: Page, group: VatGroup) -> Iterator[str]:
    if group.natura:
        yield meaning(page, "Natura", group.natura)
    if group.esigibilita_iva and group.esigibilita_iva != "I":
        yield meaning(page, "EsigibilitaIVA", group.esigibilita_iva)
    if group.riferimento_normativo and group.riferimento_normativo != meaning(page, "Natura", group.natura):
        yield page.value(group.riferimento_normativo)
    if money.parse(group.spese_accessorie):
        yield page.words(words.SUPPLEMENT, amount=amount(page, group.spese_accessorie))
    if money.parse(group.arrotondamento):
        yield page.words(words.ROUNDING, amount=amount(page, group.arrotondamento))


def _withholding(page: Page, row: Withholding) -> str:
    parts = [page.value(row.tipo_ritenuta), percent(page, row.aliquota_ritenuta)]
    return " ".join(part for part in parts if part)


def _negative(page: Page, text: str | None) -> str:
    value = money.parse(text)
    return page.value(text) if value is None else money.spell(-value, page.lang)
