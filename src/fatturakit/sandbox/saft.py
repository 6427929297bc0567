"""The audit file (SAF-T PT) of one month, generated from a small invented ledger as any other ledger would be."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any, Final

from ..saft import Options, generated

_SEAT: Final = {"address_detail": "Rua Inventada 1", "city": "Lisboa", "postal_code": "1000-001", "country": "PT"}
_COMPANY: Final = {
    "nif": "599999993",
    "name": "Banco de Ensaio, Lda",
    **_SEAT,
    "producer_nif": "599999993",
    "certificate": "0",
    "product_id": "fatturakit/sandbox",
    "product_version": "1",
}
_CUSTOMERS: Final = (
    {"id": "C1", "account": "Desconhecido", "tax_id": "123456789", "name": "Livraria Inventada, Lda", **_SEAT},
)
_PRODUCTS: Final = (
    {"code": "P1", "type": "S", "description": "Ensaio"},
    {"code": "P2", "type": "P", "description": "Caderno"},
)
_CODES: Final = (("FT", "AAJFINVT"), ("NC", "AAJNINVT"))


def audit_file(month: str) -> bytes:
    """The file of a month ("2026-11"), the same bytes every time."""
    year, number = (int(part) for part in month.split("-"))
    last = date(year, number, monthrange(year, number)[1])
    pieces: list[bytes] = []
    with generated(_ledger(month), "pt", Options(year, number, created=last)) as made:
        made.files[0].copy(pieces.append)
    return b"".join(pieces)


def _ledger(month: str) -> dict[str, Any]:
    tables = {"company": _COMPANY, "customers": _CUSTOMERS, "products": _PRODUCTS, "documents": _documents(month)}
    return tables | {
        "series": [{"series": f"{kind} {_series(month)}", "validation_code": code} for kind, code in _CODES]
    }


def _documents(month: str) -> list[dict[str, Any]]:
    """Two invoices, a refund of a part of the first, and one that was cancelled; a series of its own every month."""
    series = _series(month)
    credit = {"reference": f"FT {series}/1", "reference_reason": "Devolução"}
    return [
        _document(f"FT {series}/1", month, 3, [_line("P1", "10", "25.00"), _line("P2", "3", "4.50", "6")]),
        _document(f"FT {series}/2", month, 9, [_line("P2", "12", "4.50", "6")], customer="C1"),
        _document(f"FT {series}/3", month, 9, [_line("P1", "1", "25.00")], status="A", reason="Engano"),
        _document(f"NC {series}/1", month, 12, [_line("P1", "1", "25.00") | credit], customer="C1"),
    ]


def _series(month: str) -> str:
    return month.replace("-", "")


def _document(number: str, month: str, day: int, lines: list[dict[str, str]], **more: str) -> dict[str, Any]:
    when = f"{month}-{day:02d}"
    entry = {"date": when, "system_entry": f"{when}T10:00:00", "user": "1", "type": number[:2]}
    return {"number": number, **entry, "lines": lines, **more}


def _line(product: str, quantity: str, price: str, rate: str = "23") -> dict[str, str]:
    return {"product": product, "qty": quantity, "unit_price": price, "tax_rate": rate}
