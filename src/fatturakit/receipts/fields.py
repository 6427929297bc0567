"""The fields of a receipt as OpenAPI.com's ``POST /IT-receipts`` takes them, and what may stand in each."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, NamedTuple

from ..money import ZERO

Kind = Literal["number", "integer", "text", "boolean", "list", "object"]


class Field(NamedTuple):
    """decimals: most after the point; least: smallest number; shortest, longest: characters or entries; below: the
    fields of the entries of a list (none: they are not looked at).
    """

    name: str
    kind: Kind
    required: bool = False
    decimals: int = 2
    least: Decimal = ZERO
    shortest: int = 0
    longest: int = 0
    below: tuple[Field, ...] = ()


class Payment(NamedTuple):
    """A way the total is covered: its field, and whether it is money collected later."""

    field: str
    uncollected: bool = False


_CENT: Final = Decimal("0.01")
ITEM: Final = (
    Field("quantity", "number", required=True, least=_CENT),
    Field("description", "text", required=True, shortest=1, longest=1000),
    Field("unit_price", "number", required=True, decimals=8),
    Field("vat_rate_code", "text", required=True, shortest=1),
    Field("discount", "number"),
    Field("complimentary", "boolean"),
    Field("sku", "text", longest=1000),
)
RECEIPT: Final = (
    Field("fiscal_id", "text", required=True, shortest=1),
    Field("items", "list", required=True, below=ITEM),
    Field("cash_payment_amount", "number", required=True),
    Field("electronic_payment_amount", "number"),
    Field("ticket_restaurant_payment_amount", "number"),
    Field("ticket_restaurant_quantity", "integer"),
    Field("goods_uncollected_amount", "number"),
    Field("services_uncollected_amount", "number"),
    Field("invoice_issuing", "boolean"),
    Field("discount", "number"),
    Field("lottery_code", "text"),
    Field("linked_receipt", "text"),
    Field("tags", "list", longest=10),
)
RETURNED: Final = (
    Field("id", "text", required=True, shortest=1),
    Field("quantity", "number", required=True, least=_CENT),
)
RETURN: Final = (Field("items", "list", required=True, below=RETURNED),)
PAYMENTS: Final = (
    Payment("cash_payment_amount"),
    Payment("electronic_payment_amount"),
    Payment("ticket_restaurant_payment_amount"),
    Payment("goods_uncollected_amount", uncollected=True),
    Payment("services_uncollected_amount", uncollected=True),
)
VAT_CODES: Final = (
    *("4", "5", "10", "22", "2", "6.4", "7", "7.3", "7.5", "7.65", "7.95", "8.3", "8.5", "8.8", "9.5", "12.3"),
    *("N1", "N2", "N3", "N4", "N5", "N6"),
)
