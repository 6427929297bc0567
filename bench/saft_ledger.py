"""The ledger behind ``saft_files``: the same company, customers, products and invoices, as CSV or Parquet tables."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from saft_files import CUSTOMERS, PRODUCTS, amounts, day_of, hash_of, moment_of, money, product_of

Row = tuple[str, ...]
COMPANY = {
    "nif": "599999993",
    "name": "Banco de Provas, Lda",
    "address_detail": "Rua do Ensaio 1",
    "city": "Lisboa",
    "postal_code": "1000-001",
    "producer_nif": "599999993",
    "certificate": "9999",
    "product_id": "Bench/Authors",
    "product_version": "1",
}
COLUMNS = {
    "company": tuple(COMPANY),
    "customers": ("id", "name", "address_detail", "city", "postal_code", "country"),
    "products": ("code", "description"),
    "documents": ("number", "atcud", "type", "date", "system_entry", "user", "customer", "hash", "hash_control"),
    "lines": ("document", "product", "qty", "unit_price", "tax_rate"),
}
_BATCH = 10_000


def tables(invoices: int) -> dict[str, Iterator[Row]]:
    """The rows of every table, made while they are read."""
    numbers = range(1, invoices + 1)
    return {
        "company": iter([tuple(COMPANY.values())]),
        "customers": ((f"C{n}", f"Cliente número {n}", f"Avenida {n}", "Porto", "4000-001", "PT")
                      for n in range(CUSTOMERS)),
        "products": ((f"P{n}", f"Produto {n}") for n in range(PRODUCTS)),
        "documents": (_document(n, invoices) for n in numbers),
        "lines": (line for n in numbers for line in _lines(n)),
    }  # fmt: skip


def read(folder: Path, table: str) -> Iterator[list[str]]:
    """The rows of a table that was written, one after the other: how somebody without a ledger would read them."""
    path = folder / f"{table}.csv"
    if not path.exists():
        yield from _read_parquet(path.with_suffix(".parquet"))
        return
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        yield from rows


def _read_parquet(path: Path) -> Iterator[list[str]]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches(_BATCH):
        yield from map(list, zip(*(column.to_pylist() for column in batch.columns), strict=True))


def _document(number: int, invoices: int) -> Row:
    day, moment = day_of(number, invoices), moment_of(number, invoices)
    customer = f"C{number % CUSTOMERS}"
    return f"FT A/{number}", f"ABCD1234-{number}", "FT", day, moment, "user", customer, hash_of(number), "1"


def _lines(number: int) -> Iterator[Row]:
    for line in (1, 2, 3):
        quantity, price = amounts(number, line)
        yield f"FT A/{number}", f"P{product_of(number, line)}", str(quantity), money(price), "23"


def write(folder: Path, invoices: int, kind: str) -> Path:
    """Write the tables; kind: "csv" or "parquet"."""
    folder.mkdir()
    for name, rows in tables(invoices).items():
        (_csv if kind == "csv" else _parquet)(folder / f"{name}.{kind}", COLUMNS[name], rows)
    return folder


def _csv(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)


def _parquet(path: Path, columns: Row, rows: Iterator[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in columns])
    with pq.ParquetWriter(path, schema) as writer:
        while batch := list(islice(rows, _BATCH)):
            writer.write_table(pa.table(list(zip(*batch, strict=True)), schema=schema))
