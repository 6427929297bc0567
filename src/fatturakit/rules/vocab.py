"""Words and questions several controls share: document types by what they are, sameness of seller and buyer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..schema.doctypes import CREDIT_NOTES as CREDIT_NOTES
from ..schema.doctypes import SELF_BILLED as SELF_BILLED
from .facts import Header


def starting(day: str, types: str) -> dict[str, date]:
    """Document types a control looks at from ``day`` on; join several with ``|``.

    >>> starting("2022-10-01", "TD27 TD28")["TD28"]
    datetime.date(2022, 10, 1)
    """
    return dict.fromkeys(types.split(), date.fromisoformat(day))


def listed(types: Mapping[str, date], tipo: str | None, header: Header) -> bool:
    """True when a control looks at the document type on the day whose controls apply."""
    start = types.get(tipo) if tipo else None
    return start is not None and start <= header.as_of


def same_subject(header: Header) -> bool | None:
    """Are seller and buyer one? By VAT number; a buyer with only a tax code by that; None when it is unknowable.

    Which VAT number a tax code belongs to only the registry knows: two different tax codes are two subjects, but a
    tax code that differs from a VAT number says nothing.
    """
    seller, buyer = header.seller, header.buyer
    if seller.vat_number is None:
        return None
    if buyer.vat is not None:
        return None if buyer.vat_number is None else seller.vat_number == buyer.vat_number
    if buyer.tax_code is None:
        return None
    if buyer.tax_code == seller.tax_code or (seller.country == "IT" and buyer.tax_code == seller.code):
        return True
    return None if seller.tax_code is None else False
