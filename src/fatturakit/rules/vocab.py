"""Words and questions several controls share: document types by what they are, sameness of seller and buyer."""

from __future__ import annotations

from typing import Final

from .facts import Header

SELF_BILLED: Final = frozenset({"TD16", "TD17", "TD18", "TD19", "TD20", "TD22", "TD23", "TD28", "TD29"})
"""Types whose number series belongs to the buyer."""
CREDIT_NOTES: Final = frozenset({"TD04", "TD08"})


def same_subject(header: Header) -> bool | None:
    """Are seller and buyer one? By VAT number; a buyer with only a tax code by that; None when it is unknowable."""
    seller, buyer = header.seller, header.buyer
    if seller.vat_number is None:
        return None
    if buyer.vat_number is not None:
        return seller.vat_number == buyer.vat_number
    if buyer.tax_code is None:
        return None
    return buyer.tax_code in {seller.tax_code, seller.code}
