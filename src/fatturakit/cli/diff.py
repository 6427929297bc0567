"""``fatturakit diff``: two documents compared by meaning."""

from __future__ import annotations

import sys
from itertools import islice
from typing import Any

import click

from .. import limits
from ..batch import convert as batch
from ..batch.opening import cautions, opened
from ..convert.compare import differences
from ..document import Document
from ..errors import ExitCode, FatturakitError, UsageError
from ..report import diff as report
from ..report._visible import visible
from ..report.screen import ascii_only
from ..texts import Text, language
from . import _io, _options
from ._language import examples, words


@click.command(
    name="diff",
    help=words(
        "Confronta due documenti per significato: XML o JSON, in qualsiasi dialetto.\n\n"
        "Prefissi, spazi, commenti e attributi non contano; 1.00 e 1.0 sono lo stesso numero.",
        "Compare two documents by meaning: XML or JSON, in any dialect.\n\n"
        "Prefixes, white space, comments and attributes do not count; 1.00 and 1.0 are one number.",
    ),
    epilog=examples(
        "diff a.xml b.json",
        "diff a.json b.xml --format json",
        "diff a.xml b.xml --exact",
        then=words(
            "Esce con 0 (uguali), 1 (diversi), 2 (uso), 3 (illeggibile).",
            "Exits with 0 (the same), 1 (different), 2 (usage), 3 (unreadable).",
        ),
    ),
)
@click.argument("first", metavar="A", type=_options.PATH)
@click.argument("second", metavar="B", type=_options.PATH)
@click.option("--exact", is_flag=True, help=words("Valori come sono scritti.", "Values as they are written."))
@_options.shape(words("Tabella o dati.", "Table or data."))
@_options.output
@_options.common
def command(first: str, second: str, **given: Any) -> int:
    """The verb; its help is above."""
    lang, target = language(given["lang"]), given["target"]
    found = differences(_opened(first), _opened(second), exact=given["exact"])
    if given["shape"] == "json":
        text = report.as_json(first, second, found)
    else:
        text = report.as_text(found, lang, ascii_only=target in {None, "-"} and ascii_only(sys.stdout))
    if not (given["quiet"] and given["shape"] == "text"):
        with _io.destination(target, force=given["force"]) as output:
            output.write(text)
    return ExitCode.FINDINGS if found else ExitCode.OK


def _opened(name: str) -> Document:
    """The one document a name stands for."""
    boundaries = limits.from_environment()
    items = list(islice((item for item in batch.inputs([name], boundaries) if item.archive != ""), 2))
    if len(items) != 1:
        raise UsageError(_ONE_EACH, name=name)
    try:
        document = opened(items[0], boundaries)
    except FatturakitError:
        _io.message(f"{visible(name)}:")
        raise
    for text in cautions(document):
        _io.message(f"{visible(name)}: {visible(text.say(language()))}")
    return document


_ONE_EACH = Text("«{name}» contiene più di un documento.", "“{name}” holds more than one document.")
