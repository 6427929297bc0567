"""Every verb over many inputs: stopped in the middle and gone on, it leaves what it would have left at once."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fatturakit.cli import main

from ..saft.small import SMALL
from ..samples import INVOICE, invoice
from ..signature.making import p7m, signer

ATTACHED = "<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>JVBERi0xLjc=</Attachment></Allegati>" * 2
AT = "2026-11-21"
KEY = ("--p12", "k.p12")
RECEIPT = {
    "fiscal_id": "01879020517",
    "items": [{"quantity": 1, "description": "Pane", "unit_price": 2, "vat_rate_code": "4"}],
    "cash_payment_amount": 2,
}


class Verb(NamedTuple):
    """words: the command; count: of inputs; stopped: the function of a module of batch that is stopped, and when."""

    words: tuple[str, ...]
    module: str
    function: str
    count: int = 60
    files: bool = False


VERBS = {
    "unwrap": Verb(("unwrap", "signed", "--format", "json"), "envelopes", "contents", files=True),
    "unwrap-table": Verb(("unwrap", "signed"), "envelopes", "contents"),
    "verify": Verb(("verify", "signed", "--format", "json", "--at", AT), "envelopes", "contents"),
    "sign": Verb(("sign", "plain", "--xades", "--any-certificate", *KEY), "envelopes", "contents", files=True),
    "attachments": Verb(("attachments", "plain", "--format", "json"), "envelopes", "contents", files=True),
    "inspect": Verb(("inspect", "plain", "--format", "json"), "inspecting", "opened"),
    "inspect-each": Verb(("inspect", "plain"), "inspecting", "opened", files=True),
    "receipt": Verb(("receipt", "validate", "receipts", "--format", "jsonl", "--at", AT), "receipts", "exact"),
    "saft": Verb(("saft", "validate", "saft", "--format", "jsonl"), "audit", "_judged", count=24),
}


class Stopped(BaseException):
    """As a kill: nothing in between takes it."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resumed")
    attached = INVOICE.replace("</FatturaElettronicaBody>", ATTACHED + "</FatturaElettronicaBody>").encode()
    made = {
        "signed/{}.xml.p7m": (p7m(attached, signer(), folder=folder), b"nothing"),
        "plain/{}.xml": (attached, invoice(("12/A", "13/A")), b"<broken"),
        "receipts/{}.json": (json.dumps(RECEIPT).encode(), json.dumps([RECEIPT, RECEIPT]).encode(), b"{"),
        "saft/{}.xml": (SMALL, b"<AuditFile>"),
    }
    for pattern, contents in made.items():
        for number in range(VERBS["saft"].count if "saft" in pattern else 60):
            path = folder / pattern.format(f"{number:02}")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(contents[number % len(contents)])
    signer().p12(folder / "k.p12")
    return folder


@pytest.fixture(autouse=True)
def there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setenv("FATTURAKIT_LANG", "en")
    monkeypatch.setenv("FATTURAKIT_P12_PASSWORD", "segreta")
    monkeypatch.setenv("FATTURAKIT_CACHE", os.devnull)


@pytest.mark.parametrize("name", VERBS)
def test_stopped_and_gone_on(name: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """Data, messages, files and exit code are those of one run; what was done before is not done again."""
    verb = VERBS[name]

    def run(out: str, *more: str) -> tuple[int, str, str]:
        code = int(main.run([*verb.words, "-j", "1", *(["-o", f"{out}/"] if verb.files else []), *more]))
        said = capsys.readouterr()
        return code, said.out.replace(f"{out}/", ""), said.err.replace(f"{out}/", "")

    def files(out: str) -> dict[str, bytes]:
        return {path.name: b"" if name == "sign" else path.read_bytes() for path in sorted((home / out).glob("*"))}

    whole = run(f"{name}-whole")
    times = Counter(verb, monkeypatch)
    times.left = verb.count - 3
    with pytest.raises(Stopped):
        run(f"{name}-out", "--resume", f"{name}.state")
    capsys.readouterr()
    times.left, times.done = 1000, 0
    assert run(f"{name}-out", "--resume", f"{name}.state") == whole
    assert 0 < times.done < verb.count / 2
    assert files(f"{name}-out") == files(f"{name}-whole")
    times.left = 0  # now there is nothing left to do
    assert run(f"{name}-out", "--resume", f"{name}.state") == whole


class Counter:
    """The work of a verb, counted, and stopped when none is ``left``."""

    def __init__(self, verb: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = self.done = 0
        module = importlib.import_module(f"fatturakit.batch.{verb.module}")
        work = getattr(module, verb.function)

        def counted(*given: Any) -> Any:
            if not self.left:
                raise Stopped
            self.left -= 1
            self.done += 1
            return work(*given)

        monkeypatch.setattr(module, verb.function, counted)


OTHERWISE = [
    (("unwrap", "signed"), ("--strict",)),
    (("verify", "signed"), ("--at", "2020-01-01")),
    (("attachments", "plain"), ("--no-unpack",)),
    (("receipt", "validate", "receipts"), ("--void",)),
    (("saft", "validate", "saft"), ("--profile", "efatura")),
]


@pytest.mark.parametrize(("words", "more"), OTHERWISE, ids=[words[0] for words, _ in OTHERWISE])
def test_other_options_are_another_run(words: tuple[str, ...], more: tuple[str, ...], home: Path, capsys: Any) -> None:
    """What was found with other options is not taken for what is asked now."""
    state = f"{words[0]}.options"
    once = [*words[:-1], str(next((home / words[-1]).iterdir())), "--resume", state]
    main.run(once)
    assert int(main.run([*once, *more])) == 2
    said = capsys.readouterr().err
    assert state in said
    assert more[0].replace("--no-", "--") in said
