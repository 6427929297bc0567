"""Constant memory: ten times the ledger, no more memory; also with lines in another order and many customers.

The peak is that of /proc: ``ru_maxrss`` begins with the memory of the process that started the measured one.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from .ledgers import NIF

PROGRAM = """
import datetime, sys
from fatturakit.saft import generated, Options
with generated(sys.argv[1], "pt", Options(year=2026, month=10, created=datetime.date(2026, 11, 5))) as made:
    made.write(sys.argv[2], force=True, check="never")
    status = dict(row.split(":", 1) for row in open("/proc/self/status"))
    print(made.files[0].documents, status["VmHWM"].split()[0])
"""
MARGIN = 1.5
"""Up to 50,000 keys of customers are held in memory; the rows of the smaller ledger alone would double it."""


def write(folder: Path, invoices: int, *, shuffled: bool) -> Path:
    """A ledger in which every invoice has a customer of its own."""
    folder.mkdir()

    def table(name: str, rows: list[list[str]]) -> None:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)

    company = ["nif", "name", "address_detail", "city", "postal_code", "producer_nif", "product_id", "product_version"]
    table("company", [company, [NIF, "Prova", "Rua", "Lisboa", "1000-001", NIF, "A/B", "1"]])
    table("customers", [["id", "name"], *([f"C{number}", f"Cliente {number}"] for number in range(invoices))])
    head = ["number", "type", "date", "system_entry", "user", "customer"]
    documents = [
        [f"FT A/{number + 1}", "FT", "2026-10-10", "2026-10-10T10:00:00", "ana", f"C{number}"]
        for number in range(invoices)
    ]
    table("documents", [head, *documents])
    lines = [[f"FT A/{number + 1}", f"P{number % 50}", f"{number}.50", "23"] for number in range(invoices)]
    table("lines", [["document", "product", "unit_price", "tax_rate"], *(reversed(lines) if shuffled else lines)])
    return folder


def peak(source: Path, out: Path) -> tuple[int, int]:
    """Documents and KiB."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(source), str(out)], capture_output=True, text=True, check=True
    )
    count, memory = done.stdout.split()
    return int(count), int(memory)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize("shuffled", [False, True], ids=["in order", "lines backwards"])
def test_memory_does_not_grow(shuffled: bool, tmp_path: Path) -> None:
    few, many = (write(tmp_path / str(count), count, shuffled=shuffled) for count in (800, 8_000))
    (count, least), (counts, most) = peak(few, tmp_path / "few.xml"), peak(many, tmp_path / "many.xml")
    assert (count, counts) == (800, 8_000)
    assert most < least * MARGIN
    assert (tmp_path / "many.xml").stat().st_size > 9 * (tmp_path / "few.xml").stat().st_size
