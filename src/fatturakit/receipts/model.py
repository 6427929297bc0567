"""A receipt as a value: amounts are exact euros, what is absent is zero, what cannot be read is None."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..money import ZERO, cents, complete, less, product
from .fields import PAYMENTS
from .numbers import meant

Amount = Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line: unit_price includes VAT; discount is for the whole quantity; complimentary is given away."""

    quantity: Amount
    unit_price: Amount
    vat_rate_code: str
    description: str = ""
    discount: Amount = ZERO
    complimentary: bool = False

    @property
    def gross(self) -> Amount:
        """Quantity times price, in cents."""
        if self.quantity is None or self.unit_price is None:
            return None
        return cents(product(self.quantity, self.unit_price))

    @property
    def due(self) -> Amount:
        """What the customer owes for it."""
        if self.complimentary:
            return ZERO
        gross = self.gross
        return None if gross is None or self.discount is None else less(gross, cents(self.discount))


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a request says; payments by the name of their field, in the order of ``fields.PAYMENTS``."""

    fiscal_id: str
    items: tuple[Item, ...]
    payments: Mapping[str, Amount]
    discount: Amount = ZERO
    ticket_restaurant_quantity: Amount = ZERO
    invoice_issuing: bool = False
    lottery_code: str | None = None

    @property
    def gross(self) -> Amount:
        """The items less their own discounts."""
        return complete(item.due for item in self.items)

    @property
    def total(self) -> Amount:
        """What the customer owes."""
        gross = self.gross
        return None if gross is None or self.discount is None else less(gross, cents(self.discount))

    @property
    def paid(self) -> Amount:
        """Everything that covers the total, uncollected amounts included."""
        return complete(self.payments.values())

    @property
    def uncollected(self) -> Amount:
        """What an invoice will collect."""
        return complete(self.payments[row.field] for row in PAYMENTS if row.uncollected)


def read(data: Mapping[str, Any]) -> Receipt:
    """The receipt an object says, as far as it can be made out; its shape is judged elsewhere."""
    return Receipt(
        fiscal_id=_text(data.get("fiscal_id")),
        items=tuple(_items(data.get("items"))),
        payments={row.field: _amount(data.get(row.field)) for row in PAYMENTS},
        discount=_amount(data.get("discount")),
        ticket_restaurant_quantity=_amount(data.get("ticket_restaurant_quantity")),
        invoice_issuing=data.get("invoice_issuing") is True,
        lottery_code=None if data.get("lottery_code") is None else str(data["lottery_code"]),
    )


def _items(found: Any) -> Iterator[Item]:
    for entry in found if isinstance(found, list) else ():
        row = entry if isinstance(entry, dict) else {}
        yield Item(
            quantity=meant(row.get("quantity")),
            unit_price=meant(row.get("unit_price")),
            vat_rate_code=_text(row.get("vat_rate_code")),
            description=_text(row.get("description")),
            discount=_amount(row.get("discount")),
            complimentary=row.get("complimentary") is True,
        )


def _amount(value: Any) -> Amount:
    return ZERO if value is None else meant(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
