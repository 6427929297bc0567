"""Generating audit files: from CSV and Parquet beside ``lxml.etree.xmlfile``; memory, also for a gigabyte of XML."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import saft_ledger
from cases import Case, Result, at_least, at_most
from clock import QUICK, Effort
from saft_alone import alone

KINDS = {"csv": "CSV", "parquet": "Parquet"}


def table(*, quick: bool) -> tuple[Case, ...]:
    """The rows of this benchmark; 42,000 invoices are 100 MB, ten times as many a gigabyte."""
    most, gigabyte = (200, 400) if quick else (42_000, 420_000)
    rates, peaks = [], []
    for kind, name in KINDS.items():
        what = f"generate {most:,} invoices from {name}"
        rates.append(Case("saft", what, "lxml.etree.xmlfile", at_least(4), partial(_rate, most, kind)))
        peaks.append(Case("saft", f"{what}, memory", "80 MB", at_most(1), partial(_memory, most, kind)))
    what = f"generate {gigabyte:,} invoices"
    return (
        *rates,
        *peaks,
        Case("saft", f"{what}, memory", "80 MB", at_most(1), partial(_memory, gigabyte, "csv")),
        Case("saft", f"{what}, validate, memory", "120 MB", at_most(1), partial(_validated, gigabyte)),
    )


def _rate(invoices: int, kind: str, effort: Effort) -> Result:
    """Bytes of XML a second of processor time, each side in processes of its own; the best of six."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        source = saft_ledger.write(home / "ledger", invoices, kind)
        rates: dict[str, float] = {}
        for _ in range(1 if effort is QUICK else 6):
            for what in ("generate", "xmlfile"):
                out = home / f"{what}.xml"
                seconds = alone(what, source, out)[0]
                rates[what] = max(rates.get(what, 0), out.stat().st_size / 1e6 / seconds)
    mine, theirs = rates["generate"], rates["xmlfile"]
    return Result(mine / theirs, f"{mine:.1f} MB/s", f"{theirs:.1f} MB/s", "processor time, the same tables")


def _memory(invoices: int, kind: str, effort: Effort) -> Result:
    del effort
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "saft.xml"
        peak = alone("generate", saft_ledger.write(Path(scratch) / "ledger", invoices, kind), out)[1]
        size = out.stat().st_size / 1e6
    return Result(peak / 80, f"{peak:.0f} MB", "80 MB", f"peak resident for {size:,.0f} MB of XML")


def _validated(invoices: int, effort: Effort) -> Result:
    """What was generated is judged: it has to pass."""
    del effort
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "saft.xml"
        alone("generate", saft_ledger.write(Path(scratch) / "ledger", invoices, "csv"), out)
        seconds, peak = alone("validate", out)
        size = out.stat().st_size / 1e6
    return Result(peak / 120, f"{peak:.0f} MB", "120 MB", f"{size:,.0f} MB of XML are valid, {size / seconds:.1f} MB/s")
