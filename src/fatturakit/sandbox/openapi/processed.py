"""What becomes of a receipt once it is processed: items with net prices and VAT, totals, a number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ...money import ZERO, cents, less, parse, portion, total
from ...receipts.model import Item, Receipt, read
from ...receipts.numbers import meant
from ..box import Box
from ..records import Json

_WHOLE = Decimal(100)


def processed(box: Box, body: Json, number: int) -> Json:
    """The body of a receipt after processing: its items change their shape."""
    receipt = read(body)
    rows = body["items"]
    items = [_item(item, row, place) for place, (item, row) in enumerate(zip(receipt.items, rows, strict=True), 1)]
    return {**body, **_totals(receipt, items), **_numbered(box, number), "items": items}


def _item(item: Item, row: Json, place: int) -> Json:
    rate = parse(item.vat_rate_code) or ZERO
    gross, due = item.gross or ZERO, item.due or ZERO
    net = portion(due, _WHOLE, total((_WHOLE, rate)))
    unit = portion(item.unit_price or ZERO, _WHOLE, total((_WHOLE, rate)))
    return {
        "id": str(row.get("id") or 374_812 + place),
        "quantity": item.quantity,
        "description": item.description,
        "gross_price": gross,
        "vat_rate": item.vat_rate_code,
        "gross_discount": cents(item.discount or ZERO),
        "complimentary": item.complimentary,
        "unit_price": unit,
        "return": 0,
        "taxable_amount": net,
        "net_taxable_amount": net,
        "vat_amount": less(due, net),
        "total_amount": due,
        "unit_discount": ZERO,
        "sku": row.get("sku"),
    }


def _totals(receipt: Receipt, items: list[Json]) -> Json:
    discount = cents(receipt.discount or ZERO)
    return {
        "total_amount": receipt.total,
        "total_discount": discount,
        "total_gross_discount": total((discount, *(row["gross_discount"] for row in items))),
        "total_taxable_amount": total(row["taxable_amount"] for row in items),
        "total_uncollected_amount": receipt.uncollected,
        "total_vat_amount": total(row["vat_amount"] for row in items),
        "deductible_amount": ZERO,
    }


def _numbered(box: Box, number: int) -> Json:
    now = box.now()
    text = f"{number:08d}"
    return {
        "document_number": f"OPENAPI{now:%Y}/{text[:4]}-{text[4:]}",
        "document_date": box.stamp(),
        "transaction_id": box.hex24(),
    }


def returned(items: list[Json], asked: list[Any]) -> list[Json]:
    """The items of a return, as a receipt has them; those of the original count what came back."""
    made = []
    for row in asked:
        item = next(found for found in items if found["id"] == str(row["id"]))
        quantity = meant(row["quantity"]) or ZERO
        item["return"] = total((meant(item["return"]) or ZERO, quantity))
        whole, part = meant(item["quantity"]) or ZERO, quantity
        shares = {name: portion(meant(item[name]) or ZERO, part, whole) for name in _SHARED}
        made.append({**item, **shares, "quantity": quantity, "return": 0})
    return made


def gross_of(items: list[Json]) -> Decimal:
    """What items come to."""
    return total(meant(row["total_amount"]) or ZERO for row in items)


_SHARED = ("gross_price", "gross_discount", "taxable_amount", "net_taxable_amount", "vat_amount", "total_amount")
