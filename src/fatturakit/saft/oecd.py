"""A ledger in the shape of the OECD's SAF-T 2.0, as JSON, or as the tables themselves: for analysis, of no country.

Amounts are strings; credit and debit are said by ``DebitCreditIndicator``. Source: OECD, SAF-T 2.0.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from ..money import ZERO, cents, parse, plus, times
from .ledger.joined import Joined, Unordered
from .ledger.source import Source, open_source
from .ledger.troubles import Troubles

Values = dict[str, str]
_DEBIT: Final = "NC"


def write(given: Any, out: Callable[[bytes], object]) -> None:
    """Write a ledger as one JSON object, a document at a time."""
    source = open_source(given)
    for piece in _json(source):
        out(piece.encode("utf-8"))


def write_tables(given: Any, folder: Path) -> list[Path]:
    """Write every table of a ledger as CSV (a ledger again, which can be generated from)."""
    source, written = open_source(given), []
    folder.mkdir(parents=True, exist_ok=True)
    for table in source.tables():
        rows = source.open(table, Troubles())
        path = folder / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(rows.columns)
            writer.writerows(cells for _, cells in rows.rows)
        written.append(path)
    return written


def _json(source: Source) -> Iterator[str]:
    yield '{"AuditFile": {"Header": ' + _text(_header(source))
    yield ', "MasterFiles": {"Customers": ['
    yield from _listed(_customer(row) for row in _rows(source, "customers"))
    yield '], "Products": ['
    yield from _listed(_product(row) for row in _rows(source, "products"))
    yield ']}, "SourceDocuments": {"SalesInvoices": {"Invoice": ['
    totals = {"C": ZERO, "D": ZERO, "n": ZERO}
    yield from _listed(_invoices(source, totals, indexed=not _in_order(source)))
    yield f'], "NumberOfEntries": {totals["n"]}, "TotalDebit": "{totals["D"]:f}", "TotalCredit": "{totals["C"]:f}"'
    yield "}}}}\n"


def _in_order(source: Source) -> bool:
    """Whether the lines follow the order of their documents: what is written cannot be taken back."""
    if "documents" in source.tables():
        try:
            for _ in Joined(source, "documents", Troubles()):
                pass
        except Unordered:
            return False
    return True


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _listed(values: Iterator[object]) -> Iterator[str]:
    for place, value in enumerate(values):
        yield (",\n" if place else "\n") + _text(value)


def _rows(source: Source, table: str) -> Iterator[Values]:
    if table in source.tables():
        rows = source.open(table, Troubles())
        for _, cells in rows.rows:
            yield _said(rows.columns, cells)


def _said(columns: tuple[str, ...], cells: list[str]) -> Values:
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if cell.strip()}


def _only(pairs: Mapping[str, object]) -> dict[str, object]:
    """Without what is not there."""
    return {name: value for name, value in pairs.items() if value not in (None, "", {}, [])}


def _address(row: Values) -> dict[str, object]:
    names = {
        "StreetName": "address_detail",
        "City": "city",
        "PostalCode": "postal_code",
        "Region": "region",
        "Country": "country",
    }
    return _only({element: row.get(column) for element, column in names.items()})


def _header(source: Source) -> dict[str, object]:
    row = next(_rows(source, "company"), {})
    company = {"RegistrationNumber": row.get("nif"), "Name": row.get("name"), "Address": _address(row)}
    return _only(
        {
            "AuditFileVersion": "2.00",
            "AuditFileCountry": row.get("country"),
            "SoftwareCompanyName": row.get("producer_nif"),
            "SoftwareID": row.get("product_id"),
            "SoftwareVersion": row.get("product_version"),
            "Company": _only(company),
            "DefaultCurrencyCode": row.get("currency") or "EUR",
        }
    )


def _customer(row: Values) -> dict[str, object]:
    tax = _only({"TaxRegistrationNumber": row.get("tax_id")})
    found = {"CustomerID": row.get("id"), "Name": row.get("name"), "TaxRegistration": tax, "Address": _address(row)}
    return _only(found)


def _product(row: Values) -> dict[str, object]:
    return _only(
        {"ProductCode": row.get("code"), "Description": row.get("description"), "ProductGroup": row.get("group")}
    )


def _invoices(source: Source, totals: dict[str, Any], *, indexed: bool) -> Iterator[dict[str, object]]:
    if "documents" not in source.tables():
        return
    joined = Joined(source, "documents", Troubles(), indexed=indexed)
    place = joined.names.index("lines") if "lines" in joined.names else None
    for (_, cells), children in joined:
        row = _said(joined.parent.columns, cells)
        rows = children[place] if place is not None else []
        lines = [_said(joined.children[place or 0].columns, line) for _, line in rows]
        totals["n"] += 1
        yield _invoice(row, lines, totals)


def _invoice(row: Values, rows: list[Values], totals: dict[str, Any]) -> dict[str, object]:
    own = "D" if row.get("type") == _DEBIT else "C"
    net = tax = ZERO
    lines = []
    for number, line in enumerate(rows, 1):
        side = line.get("side") or own
        amount = parse(line.get("amount")) or times(
            parse(line.get("qty") or "1") or ZERO, parse(line.get("unit_price")) or ZERO
        )
        due = times(amount, (parse(line.get("tax_rate")) or ZERO).scaleb(-2))
        net, tax = plus(net, amount if side == own else -amount), plus(tax, due if side == own else -due)
        totals[side] = plus(totals[side], amount)
        lines.append(_line(line, str(number), side, f"{amount:f}", f"{due:f}", row))
    net, tax = cents(net), cents(tax)
    return _only(
        {
            "InvoiceNo": row.get("number"),
            "CustomerInfo": _only({"CustomerID": row.get("customer")}),
            "InvoiceDate": row.get("date"),
            "InvoiceType": row.get("type"),
            "PaymentTerms": row.get("payment_terms"),
            "SelfBillingIndicator": row.get("self_billing"),
            "SourceID": row.get("user"),
            "SystemID": row.get("original"),
            "Line": lines,
            "DocumentTotals": {
                "TaxInformationTotals": {"TaxAmount": {"Amount": str(tax)}},
                "NetTotal": str(net),
                "GrossTotal": str(plus(net, tax)),
            },
        }
    )


def _line(line: Values, number: str, side: str, amount: str, due: str, row: Values) -> dict[str, object]:
    tax = {
        "TaxType": line.get("tax_type") or "IVA",
        "TaxCode": line.get("tax_code"),
        "TaxPercentage": line.get("tax_rate"),
        "Country": line.get("tax_region"),
        "TaxAmount": {"Amount": due},
        "TaxExemptionReason": line.get("exemption_reason") or line.get("exemption_code"),
    }
    return _only(
        {
            "LineNumber": line.get("line_no") or number,
            "OrderReferences": _only({"OriginatingON": line.get("order_number"), "OrderDate": line.get("order_date")}),
            "ProductCode": line.get("product"),
            "Quantity": line.get("qty") or "1",
            "InvoiceUOM": line.get("uom"),
            "UnitPrice": line.get("unit_price"),
            "TaxPointDate": line.get("tax_point") or row.get("date"),
            "References": _only({"Reference": line.get("reference"), "Reason": line.get("reference_reason")}),
            "Description": line.get("description"),
            "InvoiceLineAmount": {"Amount": amount},
            "DebitCreditIndicator": side,
            "TaxInformation": _only(tax),
        }
    )
