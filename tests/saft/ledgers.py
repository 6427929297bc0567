"""Invented ledgers for the tests: a small company whose tables a test changes."""

from __future__ import annotations

import csv
import datetime as dt
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import xmlschema
from lxml import etree

from fatturakit.saft.generating import Generated, LedgerError, Options, generated

from ..shared import ROOT, shared

LISBON = ROOT / "fixtures" / "saft" / "lisbon"
LUANDA = ROOT / "fixtures" / "saft" / "luanda"
CREATED = dt.date(2026, 11, 5)
OCTOBER = Options(year=2026, month=10, created=CREATED)
NIF = "509999018"

_BASE: dict[str, Any] = {
    "company": {
        "nif": NIF, "name": "Prova, Lda.", "address_detail": "Rua Um, 1", "city": "Lisboa", "postal_code": "1000-001",
        "producer_nif": NIF, "product_id": "Prova/Prova", "product_version": "1",
    },
    "customers": [
        {"id": "C1", "tax_id": "509999026", "name": "Cliente", "address_detail": "Rua Dois", "city": "Porto",
         "postal_code": "4000-001", "country": "PT"},
    ],
    "products": [{"code": "P1", "type": "P", "description": "Coisa"}],
    "documents": [],
}  # fmt: skip


def line(**values: Any) -> dict[str, Any]:
    """A line of ten euro at 23 %."""
    return {"product": "P1", "qty": "1", "unit_price": "10.00", "tax_rate": "23"} | values


def document(number: str = "FT A/1", *lines: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A document of the tenth of October with its lines (one when none are given)."""
    day = values.get("date", "2026-10-10")
    base = {
        "number": number,
        "type": number[:2],
        "date": day,
        "system_entry": f"{day}T10:00:00",
        "user": "ana",
        "customer": "C1",
    }
    return base | {"lines": list(lines or (line(),))} | values


def ledger(*documents: dict[str, Any], **tables: Any) -> dict[str, Any]:
    """The small company with these documents; ``tables`` replace or change its other tables."""
    found = deepcopy(_BASE)
    found["documents"] = list(documents)
    company = tables.pop("company", {})
    found["company"] |= company
    return found | tables


def made(source: Any, options: Options = OCTOBER, variant: str = "pt") -> etree._Element:
    """The first file of a ledger, as a tree."""
    with generated(source, variant, options) as result:
        return tree(result)


def tree(result: Generated, place: int = 0) -> etree._Element:
    """A file of a result as a tree without its namespace, for short paths."""
    root = etree.fromstring(content(result, place))
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    return root


def content(result: Generated, place: int = 0) -> bytes:
    """The bytes of a file of a result."""
    pieces: list[bytes] = []
    result.files[place].copy(pieces.append)
    return b"".join(pieces)


def complaints(source: Any, options: Options = OCTOBER, variant: str = "pt") -> list[tuple[str, str | None]]:
    """Code and column of the errors of a ledger; the warnings when there is no error."""
    try:
        with generated(source, variant, options) as result:
            return [(finding.code, finding.field) for finding in result.findings]
    except LedgerError as error:
        return [(row.code, row.field) for row in error.findings if row.severity.value == "error"]


@cache
def official(revision: str) -> xmlschema.XMLSchema11:
    """An official schema, judged by xmlschema."""
    name = f"saft-pt-1.04_01-{revision}.xsd" if revision != "ao" else "saft-ao-1.01_01.xsd"
    return xmlschema.XMLSchema11(str(shared("official", name)))


def broken(data: bytes, *revisions: str) -> list[str]:
    """What the official schemas say against a file."""
    root = etree.fromstring(data)
    found = []
    for revision in revisions or ("2016", "2022"):
        found += [f"{revision} {error.path} {error.reason}" for error in official(revision).iter_errors(root)]
    return found


def as_csv(source: dict[str, Any], folder: Path) -> Path:
    """A ledger of objects as a folder of CSV, its nested lines in a table of their own."""
    from fatturakit.saft.oecd import write_tables

    write_tables(source, folder)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
