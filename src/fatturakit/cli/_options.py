"""The options that mean the same in every verb, declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ._language import words

Decorator = Callable[[Any], Any]


def common(command: Any) -> Any:
    """-q -v --color --lang --config --isolated: how a verb talks, on every verb."""
    for option in reversed(_COMMON):
        command = option(command)
    return command


def page_common(command: Any) -> Any:
    """The same with the languages pages speak, also two together."""
    return _speaking(_PAGE_LANG, command)


def common_with_portuguese(command: Any) -> Any:
    """The same for verbs that also speak Portuguese."""
    return _speaking(_PORTUGUESE, command)


def _speaking(lang: Any, command: Any) -> Any:
    for option in reversed(_COMMON):
        command = (lang if option is _LANG else option)(command)
    return command


def many(command: Any) -> Any:
    """-j and --progress: how many inputs are worked on."""
    for option in reversed(_MANY):
        command = option(command)
    return command


def resumable(command: Any) -> Any:
    """-j --progress --resume --scheduler --results: how the work on many inputs is done (see ``_work.py``)."""
    for option in reversed((*_MANY, *_RESUMED)):
        command = option(command)
    return command


def output(command: Any) -> Any:
    """-o and -f: where the data goes."""
    for option in reversed(_OUTPUT):
        command = option(command)
    return command


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
    _LANG,
    click.option(
        "--config", type=click.Path(), default=None, help=words("File di configurazione.", "Configuration file.")
    ),
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
