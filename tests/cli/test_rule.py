"""``fatturakit rule``: codes explained, listed and compared, in both languages and three shapes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .run import fatturakit


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            ("00423",),
            ["00423  Prezzo totale", "Messaggio", "Rimedio", "Fonte", "2.2.1.11 PrezzoTotale", "FPA12, FPR12"],
        ),
        (("00423",), ["Perché", "Esempio      11 × 81.97 = 901.67", "Controllo    eseguito", "sdi/e00423_"]),
        (("00423", "--lang", "en"), ["What", "Why", "Fix", "Source", "Example", "Control      checked", "Content"]),
        (("00300",), ["eseguito in parte", "anagrafe tributaria"]),
        (("00101",), ["non eseguito", "revocato"]),
        (("00101", "--lang", "en"), ["not evaluated", "revoked"]),
        (("00426",), ["ritirato", "1.3"]),
        (("00426", "--lang", "en"), ["withdrawn", "1.3"]),
        (("00431", "--lang", "en"), ["Dati Fattura", "Not raised because"]),
        (("00431",), ["Rimedio      Niente", "esterometro"]),
        (("00327",), ["Esempio", "2026-05-15", "Fonte        Allegato A 1.9.1, Appendice 1"]),
        (("FK003",), ["Perché", "1000.00 + 220.00 = 1220.00", "2.1.1.9 ImportoTotaleDocumento"]),
        (("00001",), ["--preflight"]),
        (("00445", "--lang", "en"), ["since 2021-01-01", "version 1.6.1"]),
        (("00200", "FK001"), ["00200  File", "FK001  Partita IVA estera"]),
        (("0010",), ["00100  ", "00107  "]),
        ((), ["Nome e file", "00423  Prezzo", "Consigli di fatturakit", "Mai segnalati"]),
        (("--lang", "en"), ["Name and file", "Never raised for invoices"]),
        (("--diff", "1.9", "1.9.1"), ["00327  2026-05-15", "Nuovi", "Versioni", "ESENZSPORT"]),
        (("--diff", "2025-01-01", "2026-01-01", "--lang", "en"), ["Changed", "00471  2025-04-01  1.9", "TD29"]),
        (("--diff", "1.9.1", "1.9.1"), ["Nessun controllo"]),
        (("00423", "--format", "md"), ["# 00423 · Prezzo", "| **Formati** | FPA12, FPR12 |"]),
        (("--format", "md", "--lang", "en"), ["## Content", "| 00423 |"]),
        (("--diff", "1.9", "1.9.1", "--format", "md"), ["## Nuovi", "| 00327 | 2026-05-15 | 1.9.1 |"]),
    ],
)
def test_shown(words: tuple[str, ...], shown: list[str]) -> None:
    done = fatturakit("rule", *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert not [text for text in shown if text not in done.stdout]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("99999",), "99999"),
        (("00423", "--all"), "--diff"),
        (("--diff", "1.9", "9.9"), "1.9.1"),
        (("--diff", "1.9"), "--diff"),
        (("--format", "xml"), "xml"),
    ],
)
def test_usage(words: tuple[str, ...], shown: str) -> None:
    done = fatturakit("rule", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert shown in done.stderr


def test_three_neighbours() -> None:
    done = fatturakit("rule", "00452", "--lang", "en")
    assert len(done.stderr.split("nearest: ")[1].split(". All")[0].split(", ")) == 3


@pytest.mark.parametrize("lang", ["it", "en"])
def test_json(lang: str) -> None:
    data = json.loads(fatturakit("rule", "--all", "--format", "json", "--lang", lang).stdout)
    assert data["schema"] == "fatturakit/rules@1"
    rows = {row["code"]: row for row in data["rules"]}
    assert len(rows) == len(data["rules"]) >= 95
    assert rows["00423"]["file"].startswith("fatturakit/rules/sdi/e00423_")
    assert "{found}" in rows["00423"]["messages"][0]
    assert (rows["00101"]["evaluated"], rows["00426"]["evaluated"]) == ("no", "never")
    assert rows["00327"]["since"] == "2026-05-15"


def test_json_changes() -> None:
    data = json.loads(fatturakit("rule", "--diff", "1.9", "1.9.1", "--format", "json").stdout)
    assert (data["schema"], data["from"], data["to"]) == ("fatturakit/rule-changes@1", "2025-04-01", "2026-05-15")
    assert [(row["code"], row["kind"]) for row in data["changes"]] == [("00327", "new")]
    assert [row["version"] for row in data["versions"]] == ["1.9", "1.9.1"]


def test_output_file(tmp_path: Path) -> None:
    assert fatturakit("rule", "00423", "-o", "r.txt", cwd=tmp_path).returncode == 0
    assert fatturakit("rule", "00423", "-o", "r.txt", cwd=tmp_path).returncode == 6
    assert (tmp_path / "r.txt").read_text(encoding="utf-8").startswith("00423")


def test_help_is_short() -> None:
    for lang in ("it", "en"):
        done = fatturakit("rule", "--help", "--lang", lang)
        assert len(done.stdout.splitlines()) < 60
        assert "fatturakit rule --diff 1.9 1.9.1" in done.stdout
