"""The stubs are those of the element table, and mypy uses them: right programs pass, wrong ones do not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..shared import ROOT

GOOD = """
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import fatturakit

if TYPE_CHECKING:
    from fatturakit.view import messages_private, ordinary, simplified

doc = fatturakit.open("x.xml")
general = doc.body[0].dati_generali.dati_generali_documento
number: str = general.numero
day: date = general.data
total: Decimal | None = general.importo_totale_documento
general.importo_totale_documento = 3
general.dati_bollo.bollo_virtuale = "SI"
general.dati_bollo = None
general.causale.append("saldo")
line: ordinary.Line = doc.body[0].dati_beni_servizi.dettaglio_linee.add(numero_linea=2)
prices: list[Decimal] = [each.prezzo_totale for each in doc.body[0].dati_beni_servizi.dettaglio_linee]
content: list[bytes] = [each.attachment for each in doc.body[0].allegati]
code: str = doc.header.dati_trasmissione.codice_destinatario
simple: simplified.FatturaElettronicaSemplificata = doc.content  # type: ignore[assignment]
receipt: str = messages_private.RicevutaConsegna().identificativo_sd_i
made: fatturakit.Document = fatturakit.compose({"number": "1"}, date=date(2026, 1, 2))
"""
BAD = (
    "number: int = general.numero",
    "general.numer = '1'",
    "general.importo",
    "general.importo_totale_documento = 1.5",
    "total: Decimal = general.importo_totale_documento",
    "general.causale = 3",
    "general.causale.append(3)",
    "doc.body[0].dati_beni_servizi.dettaglio_linee[0].data_inizio_periodo = 2026",
    "doc.body.numero",
)
START = """
from decimal import Decimal
import fatturakit
doc = fatturakit.open("x.xml")
general = doc.body[0].dati_generali.dati_generali_documento
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all, so that mypy reads the package once."""
    return tmp_path_factory.mktemp("programs")


def mypy(program: str, folder: Path) -> str:
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={folder}/cache", path.name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_stubs_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "tools" / "compile_stubs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_right_program_passes(folder: Path) -> None:
    assert mypy(GOOD, folder).startswith("Success")


def test_every_mistake_is_found(folder: Path) -> None:
    found = mypy(START + "\n".join(BAD) + "\n", folder)
    lines = {int(line.split(":")[1]) for line in found.splitlines() if ": error:" in line}
    assert lines == set(range(6, 6 + len(BAD))), found
