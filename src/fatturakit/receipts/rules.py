"""The rules a receipt must keep before it is sent: one function each, in the order they are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from ..findings import Finding
from ..money import ZERO, less
from ..taxid import vat_fault
from ..texts import Text
from .catalogue import said
from .fields import PAYMENTS, VAT_CODES
from .model import Item, Receipt
from .shape import shown
from .spoken import euros

Rule = Callable[[Receipt], Iterator[Finding]]
_LOTTERY: Final = re.compile(r"[A-Za-z0-9]{8}", re.ASCII)
_ONE_EURO: Final = Decimal(1)
_TICKETS: Final = "ticket_restaurant_payment_amount"


def fiscal_id(receipt: Receipt) -> Iterator[Finding]:
    """The seller's VAT number, without the country."""
    fault = vat_fault(receipt.fiscal_id) if receipt.fiscal_id else None
    if fault is None:
        return
    code = "SR011" if fault.kind == "check" else "SR010"
    yield said(code, "/fiscal_id", found=shown(receipt.fiscal_id), expected=fault.expected)


def items(receipt: Receipt) -> Iterator[Finding]:
    """At least one, and each with a VAT code and sound discounts."""
    if not receipt.items:
        yield said("SR012", "/items")
    for place, item in enumerate(receipt.items):
        yield from _item(item, place)


def _item(item: Item, place: int) -> Iterator[Finding]:
    pointer, number = f"/items/{place}", str(place + 1)
    if item.vat_rate_code and item.vat_rate_code not in VAT_CODES:
        found = shown(item.vat_rate_code)
        yield said("SR013", f"{pointer}/vat_rate_code", item=number, found=found, known=" ".join(VAT_CODES))
    if item.complimentary and item.discount:
        yield said("SR014", f"{pointer}/discount", item=number)
    if item.discount and item.gross is not None and item.discount > item.gross:
        amounts = {"discount": euros(item.discount), "gross": euros(item.gross)}
        yield said("SR015", f"{pointer}/discount", item=number, **amounts)


def discount(receipt: Receipt) -> Iterator[Finding]:
    """The discount of the whole is not more than the whole."""
    if receipt.discount and receipt.gross is not None and receipt.discount > receipt.gross:
        yield said("SR016", "/discount", discount=euros(receipt.discount), gross=euros(receipt.gross))


def payments(receipt: Receipt) -> Iterator[Finding]:
    """What is paid, or will be by an invoice, covers the total."""
    total, paid = receipt.total, receipt.paid
    if total is None or paid is None or not receipt.items:
        return
    amounts: dict[str, str | Text] = {"paid": _paid(receipt), "total": euros(total)}
    if paid < total:
        yield said("SR020", "/cash_payment_amount", **amounts, missing=euros(less(total, paid)))
    elif paid > max(total, ZERO):
        yield said("SR021", "/cash_payment_amount", **amounts, over=euros(less(paid, total)))


def _paid(receipt: Receipt) -> Text:
    """``cash 5.00 + electronic 3.00``."""
    used = [(_NAMES[name], euros(amount)) for name, amount in receipt.payments.items() if amount]
    if not used:
        return euros(ZERO)
    return Text(
        " + ".join(f"{name.it} {amount.it}" for name, amount in used),
        " + ".join(f"{name.en} {amount.en}" for name, amount in used),
    )


def tickets(receipt: Receipt) -> Iterator[Finding]:
    """Restaurant tickets have a number and an amount."""
    amount, quantity = receipt.payments[_TICKETS], receipt.ticket_restaurant_quantity
    if amount is not None and quantity is not None and bool(amount) is not bool(quantity):
        pointer = f"/{_TICKETS}" if not amount else "/ticket_restaurant_quantity"
        yield said("SR022", pointer, amount=euros(amount), quantity=shown(quantity))


def uncollected(receipt: Receipt) -> Iterator[Finding]:
    """What is not collected is collected by an invoice, and the receipt says so."""
    amount = receipt.uncollected
    if amount and not receipt.invoice_issuing:
        field = next(row.field for row in PAYMENTS if row.uncollected and receipt.payments[row.field])
        yield said("SR023", f"/{field}", amount=euros(amount))
    if amount is not None and not amount and receipt.invoice_issuing:
        yield said("SR024", "/invoice_issuing")


def lottery(receipt: Receipt) -> Iterator[Finding]:
    """A code of the receipts lottery: well made, at least one euro, all of it electronic."""
    if receipt.lottery_code is None:
        return
    if not _LOTTERY.fullmatch(receipt.lottery_code):
        yield said("SR030", "/lottery_code", found=shown(receipt.lottery_code))
    total = receipt.total
    if total is None or not receipt.items:
        return
    if total < _ONE_EURO:
        yield said("SR031", "/lottery_code", total=euros(total))
    electronic = receipt.payments["electronic_payment_amount"]
    others = [amount for name, amount in receipt.payments.items() if name != "electronic_payment_amount"]
    if electronic is not None and (electronic < total or any(others)):
        yield said("SR032", "/lottery_code", total=euros(total), electronic=euros(electronic))


RULES: Final[tuple[Rule, ...]] = (fiscal_id, items, discount, payments, tickets, uncollected, lottery)
_NAMES: Final = {
    "cash_payment_amount": Text("contanti", "cash"),
    "electronic_payment_amount": Text("elettronico", "electronic"),
    "ticket_restaurant_payment_amount": Text("buoni pasto", "restaurant tickets"),
    "goods_uncollected_amount": Text("beni non riscossi", "goods uncollected"),
    "services_uncollected_amount": Text("servizi non riscossi", "services uncollected"),
}
