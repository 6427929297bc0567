"""The screen of an invoice: who, what, how much, when; a lot is its header once and every document in short."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from shlex import quote

from .. import money
from ..invoice.model import Due, Invoice, InvoiceFile
from ..invoice.summary import Summary
from ..schema.codes import label
from . import screen_lines as figures
from . import screen_sections as sections
from . import screen_words as words
from ._words import ERRORS, WARNINGS
from .screen import Checks, Column, Page, columns, fit
from .screen_values import day, decoded

_COMPACT = 4
_LISTED = 30
_LINES_IN_A_LOT = 3


def screen(page: Page, path: str, summary: Summary, file: InvoiceFile, checks: Checks | None) -> Iterator[str]:
    """Every line of the screen."""
    if len(file.bodies) == 1:
        yield from _single(page, summary, file, file.bodies[0])
    else:
        yield from _lot(page, summary, file)
    yield ""
    yield from page.labelled(words.SIGNATURE, [_signature(page, summary)])
    yield from closing(page, path, checks)


def closing(page: Page, path: str, checks: Checks | None) -> Iterator[str]:
    """What ``validate`` would count, and how to see it."""
    if checks and not (checks.errors or checks.warnings):
        yield from page.labelled(words.CHECKS, [page.words(words.CLEAN)], "ok")
        return
    said, colour = page.words(words.UNCHECKED), "error"
    if checks:
        errors, warnings = ERRORS.say(checks.errors, page.lang), WARNINGS.say(checks.warnings, page.lang)
        said, colour = page.words(words.COUNTED, errors=errors, warnings=warnings), checks.colour
    step = page.words(words.NEXT_STEP, path="") + " " + page.name(quote(path))
    if page.fits(f"{said} · {step}"):
        yield from page.labelled(words.CHECKS, [f"{said} · {step}"], colour)
    else:  # a command is copied: it stays in one piece, whatever the width
        yield from page.labelled(words.CHECKS, [said], colour)
        yield page.below(page.paint(step, colour))


def _single(page: Page, summary: Summary, file: InvoiceFile, invoice: Invoice) -> Iterator[str]:
    kind = " · ".join(filter(None, [page.value(invoice.tipo_documento), _kind(page, summary, file)]))
    yield from page.heading(title(page, invoice), kind)
    yield from sections.parties(page, file)
    yield from _type(page, invoice)
    yield from sections.causes(page, invoice)
    blocks = (
        figures.lines(page, invoice, simplified=file.simplified),
        figures.vat(page, invoice.riepilogo),
        figures.totals(page, invoice),
        chain(
            sections.payments(page, invoice),
            sections.stamp(page, invoice),
            sections.references(page, invoice),
            sections.attachments(page, invoice),
        ),
    )
    for block in blocks:
        yield from _after_a_gap(block)


def _after_a_gap(block: Iterator[str]) -> Iterator[str]:
    first = next(block, None)
    if first is not None:
        yield ""
        yield first
        yield from block


def title(page: Page, invoice: Invoice) -> str:
    """ "Fattura 12/A del 03/11/2026"."""
    what = page.words(words.TYPES.get(invoice.tipo_documento or "", words.DOCUMENT))
    if not (invoice.numero or "").strip():
        return page.words(words.UNNUMBERED, what=what)
    if not invoice.data:
        return page.words(words.NUMBERED, what=what, number=invoice.numero)
    return page.words(words.DATED, what=what, number=invoice.numero, date=day(invoice.data, page.lang))


def _type(page: Page, invoice: Invoice) -> Iterator[str]:
    """The official name of the type, where the title has a shorter one."""
    code = invoice.tipo_documento or ""
    names = "TipoDocumentoSemplificata" if label("TipoDocumentoSemplificata", code, "it") else "TipoDocumento"
    known = decoded(page, names, code)
    short = f"{code} {page.words(words.TYPES[code])}" if code in words.TYPES else ""
    if code and known != short:
        yield from page.labelled(words.TYPE, [known])


def _kind(page: Page, summary: Summary, file: InvoiceFile) -> str:
    return summary.kind if summary.kind != "unknown" else page.value(file.formato_trasmissione or file.versione)


def _signature(page: Page, summary: Summary) -> str:
    if summary.signature:
        return page.words(words.SIGNED[summary.signature])
    return page.words(words.UNSIGNED_PA if summary.kind == "FPA12" else words.UNSIGNED)


def _lot(page: Page, summary: Summary, file: InvoiceFile) -> Iterator[str]:
    yield from page.heading(page.words(words.LOT, number=len(file.bodies)), _kind(page, summary, file))
    yield from sections.parties(page, file)
    yield ""
    if not file.bodies:
        yield from page.labelled(words.NOTES, [page.words(words.NO_BODY)], "error")
    elif len(file.bodies) <= _COMPACT or page.verbose:
        for place, invoice in enumerate(file.bodies):
            yield from [""] if place else []
            yield from _compact(page, file, invoice)
    else:
        yield from _table(page, file.bodies)


def _compact(page: Page, file: InvoiceFile, invoice: Invoice) -> Iterator[str]:
    code = page.value(invoice.tipo_documento)
    head = fit(f"{invoice.index}. {title(page, invoice)}", page.width - columns(code) - 2)
    yield page.paint(head, "bold") + "  " + code
    yield from figures.lines(page, invoice, simplified=file.simplified, at_most=_LINES_IN_A_LOT)
    yield from figures.totals(page, invoice)
    yield from sections.payments(page, invoice)


def _table(page: Page, bodies: tuple[Invoice, ...]) -> Iterator[str]:
    heads = [
        Column("#", ">"),
        Column(page.words(words.NUMBER), flexible=True),
        Column(page.words(words.DATE)),
        Column(page.words(words.TYPE)),
        Column(page.words(words.TOTAL), ">"),
        Column(page.words(words.DUE_TITLE), ">"),
    ]
    yield from page.table(heads, [_row(page, invoice) for invoice in bodies[:_LISTED]])
    if len(bodies) > _LISTED:
        yield figures.more(page, words.MORE_DOCUMENTS.say(len(bodies) - _LISTED, page.lang))
    yield ""
    yield from page.amounts(_sum(page, bodies))


def _row(page: Page, invoice: Invoice) -> list[str]:
    return [
        str(invoice.index),
        page.value(invoice.numero) or "-",
        page.value(day(invoice.data, page.lang)),
        page.value(invoice.tipo_documento),
        page.value(invoice.importo_totale_documento) if invoice.due.total is None else _spelt(page, invoice.due.total),
        _due(page, invoice.due),
    ]


def _due(page: Page, due: Due) -> str:
    return "-" if due.kind == "none" or due.amount is None else _spelt(page, due.amount)


def _spelt(page: Page, value: Decimal) -> str:
    return money.spell(value, page.lang)


def _sum(page: Page, bodies: tuple[Invoice, ...]) -> Iterator[tuple[str, str, str]]:
    """The total of the lot, where all its documents speak of the same currency and none of them gives back."""
    currencies = {invoice.divisa for invoice in bodies}
    total = money.complete(invoice.due.total for invoice in bodies)
    if len(currencies) == 1 and total is not None and not any(invoice.due.kind == "credit" for invoice in bodies):
        yield page.words(words.LOT_TOTAL, currency=page.value(bodies[0].divisa)), _spelt(page, total), "bold"
