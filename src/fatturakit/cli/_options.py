"""The options that mean the same in every verb, declared once."""

from __future__ import annotations

import os
import sys
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


def output(command: Any) -> Any:
    """-o and -f: where the data goes."""
    for option in reversed(_OUTPUT):
        command = option(command)
    return command


def codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """``--select 004,FK --select 00200`` as one tuple of prefixes."""
    return tuple(code.strip().upper() for value in values for code in value.split(",") if code.strip())


def use_color(choice: str, stream: Any = None) -> bool:
    """--color, then NO_COLOR, FORCE_COLOR, TERM=dumb, then whether the stream is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and bool((stream or sys.stdout).isatty())


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
    click.option(
        "--lang",
        type=click.Choice(["it", "en"]),
        default=None,
        help=words("Lingua (anche FATTURAKIT_LANG).", "Language (also FATTURAKIT_LANG)."),
    ),
    click.option(
        "--config", type=click.Path(), default=None, help=words("File di configurazione.", "Configuration file.")
    ),
    click.option("--isolated", is_flag=True, help=words("Ignora ogni configurazione.", "Ignore all configuration.")),
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
