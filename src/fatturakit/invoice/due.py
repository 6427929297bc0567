"""What is to be paid on an invoice.

In this order, and never invented: the sum of the payments the document states; else its total less what the buyer
withholds and less the VAT the buyer pays to the state (split payment). A stamp duty is never added: it is due only
where a line charges it, and then the total has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..money import ZERO, complete, near, parse, settled, total
from ..schema.doctypes import CREDIT_NOTES, TO_ONESELF
from .model import Due, DueKind, Line, Payment, VatGroup, Withholding


def kind_of(tipo_documento: str | None) -> DueKind:
    """Whether a document asks for a payment, promises one, or does neither."""
    return "credit" if tipo_documento in CREDIT_NOTES else "none" if tipo_documento in TO_ONESELF else "payable"


def ordinary(
    tipo_documento: str | None,
    stated_total: str | None,
    rounding: str | None,
    groups: Sequence[VatGroup],
    withholdings: Sequence[Withholding],
    payments: Sequence[Payment],
) -> Due:
    """What is due on an ordinary invoice."""
    document_total = parse(stated_total)
    known = document_total is not None
    if document_total is None:
        document_total = _total_of(groups, rounding)
    withheld = complete(parse(row.importo_ritenuta) for row in withholdings)
    split = complete(parse(group.imposta) for group in groups if group.esigibilita_iva == "S")
    computed = None
    if document_total is not None and withheld is not None and split is not None:
        computed = total([document_total, -withheld, -split])
    stated = settled([parse(payment.importo_pagamento) for payment in payments], computed)
    return Due(
        kind=kind_of(tipo_documento),
        amount=computed if stated is None else stated,
        computed=stated is None,
        expected=None if stated is None or computed is None or near(stated, computed) else computed,
        total=document_total,
        total_computed=not known,
        withheld=withheld or ZERO,
        split_vat=split or ZERO,
    )


def simplified(tipo_documento: str | None, lines: Sequence[Line]) -> Due:
    """What is due on a simplified invoice: the sum of its lines, which are gross."""
    amount = complete(parse(line.prezzo_totale) for line in lines) if lines else None
    return Due(kind=kind_of(tipo_documento), amount=amount, computed=True, total=amount, total_computed=True)


def _total_of(groups: Sequence[VatGroup], rounding: str | None) -> Decimal | None:
    if not groups:
        return None
    parts = [parse(text) for group in groups for text in (group.imponibile_importo, group.imposta)]
    return complete([*parts, parse(rounding) or ZERO])
