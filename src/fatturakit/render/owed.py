"""Total, amount due and due date as a page shows them: what the XML states, or what follows from it and says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from ..invoice import due
from ..invoice.model import Due, Line, Payment, VatGroup, Withholding
from ..lazy import lazy
from ..money import complete, parse, spell
from .output import marked, quote
from .speech import Speech
from .tree import Field, Joined
from .values import day


def due_of(body: Any, *, simplified: bool) -> Due:
    """What is due on a body, by the one rule for it."""
    general = body.DatiGenerali.DatiGeneraliDocumento
    kind = general.TipoDocumento.raw.strip() or None
    if simplified:
        return due.simplified(kind, [Line(prezzo_totale=row.Importo.raw) for row in body.DatiBeniServizi])
    return due.ordinary(
        kind,
        general.ImportoTotaleDocumento.raw or None,
        general.Arrotondamento.raw or None,
        tuple(_group(row) for row in body.DatiBeniServizi.DatiRiepilogo),
        tuple(Withholding(importo_ritenuta=row.ImportoRitenuta.raw) for row in general.DatiRitenuta),
        tuple(Payment(importo_pagamento=row.ImportoPagamento.raw) for row in instalments(body)),
    )


def _group(row: Any) -> VatGroup:
    return VatGroup(
        imponibile_importo=row.ImponibileImporto.raw, imposta=row.Imposta.raw, esigibilita_iva=row.EsigibilitaIVA.raw
    )


def instalments(body: Any) -> Iterator[Any]:
    """Every DettaglioPagamento."""
    for block in body.DatiPagamento:
        yield from block.DettaglioPagamento


class Owed:
    """The box at the top of a document. kind: "payable", "credit" or "none"."""

    def __init__(self, body: Any, speech: Speech, *, simplified: bool) -> None:
        self._body = body
        self._speech = speech
        self._said: dict[Decimal, Markup] = {}
        self._due = due_of(body, simplified=simplified)
        self.kind = self._due.kind
        self.currency = body.DatiGenerali.DatiGeneraliDocumento.Divisa.raw.strip()

    def _amount(self, value: Decimal | None) -> Markup:
        """An amount with its currency, that may not be parted."""
        if value is None:
            return self._speech.words.unknown_amount
        said = self._said.get(value)
        if said is None:
            spelt = spell(value, "en" if self._speech.lang == "en" else "it")
            said = self._said[value] = marked(f"{spelt}\xa0{quote(self.currency)}" if self.currency else spelt)
        return said

    @property
    def title(self) -> Markup:
        """Amount due, or total credit."""
        return self._speech.words.credit if self.kind == "credit" else self._speech.words.net

    @property
    def total(self) -> Joined | Markup:
        """The document's total."""
        stated = self._body.DatiGenerali.DatiGeneraliDocumento.ImportoTotaleDocumento
        if isinstance(stated, Field) and not self._due.total_computed:
            return Joined(self._amount(self._due.total), [stated])
        return self._amount(self._due.total)

    @property
    def total_computed(self) -> bool:
        """The XML does not state the total."""
        return self._due.total is not None and self._due.total_computed

    @property
    def net(self) -> Markup:
        """What is due."""
        return self._amount(self._due.amount)

    @property
    def net_computed(self) -> bool:
        """The XML does not state what is due."""
        return self._due.amount is not None and self._due.computed

    @property
    def withheld(self) -> Markup | None:
        """What the buyer withholds, when it does."""
        return self._amount(-self._due.withheld) if self._due.withheld else None

    @property
    def split_vat(self) -> Markup | None:
        """The VAT the buyer pays to the state, when it does."""
        return self._amount(-self._due.split_vat) if self._due.split_vat else None

    @property
    def columns(self) -> int:
        """How many columns the table of totals has: what is withheld and what is due are not always there."""
        return 4 + bool(self._due.withheld) + (self.kind != "none")

    @lazy
    def remarks(self) -> list[str]:
        """Where stated payments and the total disagree; how much was paid in advance."""
        found: list[str] = []
        if self.kind == "none":
            return found
        if self._due.expected is not None:
            found.append(self._speech.plain("expected", amount=self._amount(self._due.expected).unescape()))
        if (advances := self._advances()) is not None:
            found.append(self._speech.plain("advances", amount=self._amount(advances).unescape()))
        return found

    def _advances(self) -> Decimal | None:
        blocks = [block for block in self._body.DatiPagamento if block.CondizioniPagamento.raw.strip() == "TP03"]
        rows = [row for block in blocks for row in block.DettaglioPagamento]
        if not rows or len(blocks) == len(list(self._body.DatiPagamento)):
            return None
        return complete(parse(row.ImportoPagamento.raw) for row in rows)

    @lazy
    def dates(self) -> list[tuple[str, bool]]:
        """The due dates, earliest first, each with whether it was computed from its terms."""
        return sorted(found for row in instalments(self._body) if (found := due_date(row)))

    @property
    def first_date(self) -> str:
        """The earliest due date as shown, "" without any."""
        return day(self.dates[0][0], self._speech.lang) if self.dates else ""

    @property
    def first_date_computed(self) -> bool:
        """The XML gives terms, not the date."""
        return bool(self.dates) and self.dates[0][1]


def due_date(row: Any) -> tuple[str, bool] | None:
    """When an instalment is due, ISO, and whether that was computed: the first day of its terms and its days."""
    if isinstance(row.DataScadenzaPagamento, Field):
        return row.DataScadenzaPagamento.raw.strip(), False
    begin, days = row.DataRiferimentoTerminiPagamento.raw.strip(), row.GiorniTerminiPagamento.raw.strip()
    try:
        when = date.fromisoformat(begin[:10]) + timedelta(int(days))
    except (ValueError, OverflowError):
        return None
    return when.isoformat(), True
