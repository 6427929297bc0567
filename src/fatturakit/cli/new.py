"""``fatturakit new``: a correct invoice from a few lines of YAML or JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import click

from ..document import Document
from ..errors import ExitCode, FatturakitError, UsageError
from ..findings import Severity
from ..invoice.compose import compose, source
from ..invoice.compose.examples import EXAMPLES, example
from ..texts import Text, language
from . import _io, _options
from ._language import examples, words
from ._named import Target
from ._single import named


@click.command(
    name="new",
    help=words(
        "Compone una fattura da un testo YAML o JSON: riepiloghi, totali, bollo, ritenuta e cassa li calcola lui.\n\n"
        "FILE: .yaml o .json, - per lo standard input. Con -o CARTELLA/ il nome ha il prossimo progressivo libero.",
        "Compose an invoice from YAML or JSON: summaries, totals, stamp duty, withholding and funds are computed.\n\n"
        "FILE: .yaml or .json, - for standard input. With -o FOLDER/ the name has the next free progressive.",
    ),
    epilog=words(
        examples(
            "new --example > fattura.yaml",
            "new fattura.yaml -o uscita/",
            "new --example credit_note -o nota.yaml",
            then="Esce con 0 (bene), 1 (dati sbagliati), 2 (uso), 3 (illeggibile), 6 (scrittura).",
        ),
        examples(
            "new --example > invoice.yaml",
            "new invoice.yaml -o out/",
            "new --example credit_note -o note.yaml",
            then="Exits with 0 (fine), 1 (wrong data), 2 (usage), 3 (unreadable), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=_options.PATH)
@click.option(
    "--example",
    "kind",
    is_flag=False,
    flag_value="invoice",
    default=None,
    type=click.Choice(EXAMPLES),
    help=words("Stampa un esempio da cui partire.", "Print an example to start from."),
)
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    target = Target(given["target"], given["force"])
    if given["kind"]:
        with _io.destination(given["target"], force=given["force"]) as output:
            output.write(example(given["kind"]))
        return ExitCode.OK
    names = named(names)
    if len(names) > 1 and not target.is_folder:
        raise UsageError(_FOLDER)
    return max([_one(name, target, given) for name in names], key=_BADNESS.index)


def _one(name: str, target: Target, given: dict[str, Any]) -> ExitCode:
    """One invoice; the others go on whatever becomes of it, unless nothing can be written."""
    try:
        document = _composed(name, target)
    except FatturakitError as error:
        if error.exit_code not in {ExitCode.FINDINGS, ExitCode.INPUT}:
            raise
        fix = getattr(error, "finding", None)
        _say(
            name,
            [*error.say(language(given["lang"])).splitlines(), *([fix.remedy(language(given["lang"]))] if fix else [])],
        )
        return error.exit_code
    path = target.put(document, document.name)
    return _judged(document, path, given)


def _composed(name: str, target: Target) -> Document:
    data, folder = _read(name), Path(name).parent
    entries = source.load(data, name)
    if entries.get("progressive"):
        return compose(entries, folder=folder)
    made = compose(entries, folder=folder)
    wanted = target.progressive(made.name.rpartition("_")[0])
    return made if made.name.endswith(f"_{wanted}.xml") else compose(entries, folder=folder, progressive=wanted)


def _read(name: str) -> bytes:
    from .. import limits
    from ..sources import from_path_bytes

    if name == "-":
        return sys.stdin.buffer.read(source.MAXIMUM + 1)
    return from_path_bytes(name, limits.from_environment())


def _judged(document: Document, path: str, given: dict[str, Any]) -> ExitCode:
    """What ``validate`` says of what was written: nothing, unless the input itself asked for it."""
    from ..batch.judge import validate

    report = validate(document, name=document.name)
    lang = language(given["lang"])
    lines = [f"{finding.code} {finding.say(lang)}" for finding in report.findings]
    if not given["quiet"]:
        _say(path if path != "-" else document.name, [*lines, _DONE.say(lang, _totals(document))])
    return ExitCode.FINDINGS if report.reaches(Severity.ERROR) else ExitCode.OK


def _totals(document: Document) -> dict[str, object]:
    body = document.bodies[0].key()
    return {"kind": document.kind, "tipo": body.tipo_documento, "number": body.numero, "date": body.data}


def _say(name: str, lines: Iterable[str]) -> None:
    for line in filter(None, lines):
        _io.message(f"{name}: {line}")


_BADNESS: Final = (ExitCode.OK, ExitCode.FINDINGS, ExitCode.INPUT)
_DONE: Final = Text("{kind} {tipo} {number} del {date}", "{kind} {tipo} {number} of {date}")
_FOLDER: Final = Text(
    "Più fatture vanno in una cartella: indica -o CARTELLA/", "Several invoices go to a folder: give -o FOLDER/"
)
