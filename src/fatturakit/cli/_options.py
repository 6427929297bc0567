"""The options that mean the same in every verb, declared once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from ..findings import FAIL_ON
from ._language import words

Decorator = Callable[[Any], Any]
PATH = click.Path(allow_dash=True, readable=False)
"""A path as it was named: whether it can be read is said by who reads it, with the exit code for that."""


def _all_of(*options: Decorator) -> Decorator:
    """Several options as one decorator; help shows them in this order."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def shape(help_text: str) -> Decorator:
    """--format text|json, as ``shape``."""
    return _format("shape", ("text", "json"), help_text)


def report_format(formats: Sequence[str]) -> Decorator:
    """--format of a report, as ``format_name``."""
    return _format("format_name", formats, words("Formato del rapporto.", "Report format."))


def _format(name: str, formats: Sequence[str], help_text: str) -> Decorator:
    choice = click.Choice(formats)
    return click.option("--format", name, type=choice, default=formats[0], show_default=True, help=help_text)


_LANG = click.option(
    "--lang",
    type=click.Choice(["it", "en"]),
    default=None,
    help=words("Lingua (anche FATTURAKIT_LANG).", "Language (also FATTURAKIT_LANG)."),
)
_PAGE_LANG = click.option(
    "--lang",
    metavar="it|en|de|it+de",
    default=None,
    help=words("Lingua della pagina; due insieme con +.", "Language of the page; two together with +."),
)
_PORTUGUESE = click.option(
    "--lang",
    type=click.Choice(["it", "en", "pt"]),
    default=None,
    help=words("Lingua (anche FATTURAKIT_LANG).", "Language (also FATTURAKIT_LANG)."),
)
_COMMON = (
    click.option(
        "-q", "--quiet", is_flag=True, help=words("Solo i dati, nessun messaggio.", "Data only, no messages.")
    ),
    click.option("-v", "--verbose", count=True, help=words("Più dettagli (ripetibile).", "More detail (repeatable).")),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help=words("Colori.", "Colours."),
    ),
    click.option("--config", type=PATH, default=None, help=words("File di configurazione.", "Configuration file.")),
    click.option("--isolated", is_flag=True, help=words("Ignora ogni configurazione.", "Ignore all configuration.")),
)
_MANY = (
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=0),
        default=None,
        help=words("Processi (0 = tutti).", "Processes (0 = all cores)."),
    ),
    click.option("--progress/--no-progress", default=None, help=words("Avanzamento su stderr.", "Progress on stderr.")),
)
_RESUMED = (
    click.option(
        "--resume",
        metavar="STATE",
        default=None,
        help=words("Ricorda qui il fatto; ripetuto, continua.", "Remember here what is done; repeated, go on."),
    ),
    click.option(
        "--scheduler",
        metavar="tcp://HOST:PORT",
        default=None,
        help=words("Lavora su un cluster Dask.", "Work on a Dask cluster."),
    ),
    click.option(
        "--results",
        metavar="DIR|URL",
        default=None,
        help=words("Con --scheduler: cartella visibile a tutti.", "With --scheduler: a folder all machines see."),
    ),
)
_OUTPUT = (
    click.option(
        "-o",
        "--output",
        "target",
        metavar="FILE|DIR|-",
        help=words("Dove scrivere (predefinito: stdout).", "Where to write (default: stdout)."),
    ),
    click.option("-f", "--force", is_flag=True, help=words("Sovrascrive.", "Overwrite.")),
)

common = _all_of(*_COMMON[:3], _LANG, *_COMMON[3:])
"""-q -v --color --lang --config --isolated: how a verb talks, on every verb."""
page_common = _all_of(*_COMMON[:3], _PAGE_LANG, *_COMMON[3:])
"""The same with the languages pages speak, also two together."""
common_with_portuguese = _all_of(*_COMMON[:3], _PORTUGUESE, *_COMMON[3:])
"""The same for verbs that also speak Portuguese."""
many = _all_of(*_MANY)
"""-j and --progress: how many inputs are worked on."""
continued = _all_of(*_MANY, _RESUMED[0])
"""-j --progress --resume: for work that stays on this machine."""
resumable = _all_of(*_MANY, *_RESUMED)
"""-j --progress --resume --scheduler --results: how the work on many inputs is done (see ``_work.py``)."""
output = _all_of(*_OUTPUT)
"""-o and -f: where the data goes."""
verdict = _all_of(
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        default="error",
        show_default=True,
        help=words("Da quale gravità esce con 1.", "Severity that makes it exit with 1."),
    ),
    click.option(
        "--exit-zero", is_flag=True, help=words("Esce con 0 anche con errori.", "Exit with 0 despite findings.")
    ),
)
"""--fail-on and --exit-zero: when findings make a verb fail."""
stdin_name = click.option(
    "--stdin-filename",
    metavar="NAME",
    default="",
    help=words("Nome del file che arriva su stdin.", "Name of the file on stdin."),
)
"""--stdin-filename: what a document that comes through a pipe is called."""
