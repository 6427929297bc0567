"""``fatturakit theme``: which themes there are, the first files of your own, and whether it works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import limits
from ..batch import inputs
from ..batch.opening import opened
from ..errors import ExitCode
from ..render.themes import NAMES, builtin, own
from ..texts import language
from . import _io, _options
from ._language import examples, words


@click.group(
    name="theme",
    help=words(
        "I temi delle pagine: list li elenca, new ne crea uno tuo, check lo prova.",
        "The themes of pages: list names them, new makes one of yours, check tries it.",
    ),
    epilog=words(
        examples("theme list", "theme new tema/ --extends acube", "theme check tema/ fatture/"),
        examples("theme list", "theme new my-theme/ --extends acube", "theme check my-theme/ fixtures/invoices"),
    ),
)
def command() -> None:
    """The group; its help is above."""


@command.command(
    name="list",
    help=words("Elenca i temi.", "Name the themes."),
    epilog=examples("theme list", "theme list --lang en", "theme list | sort"),
)
@_options.common
def list_(**given: Any) -> int:
    """One line a theme."""
    lang = language(given["lang"])
    for name in NAMES:
        facts = builtin(name).facts
        click.echo(f"{name:<14}{facts['title'][lang]}: {facts['description'][lang]}")
    return ExitCode.OK


@command.command(
    name="new",
    help=words(
        "Crea in CARTELLA un tema tuo, che parte da uno dei nostri.",
        "Make a theme of yours in FOLDER, from one of ours.",
    ),
    epilog=words(
        examples(
            "theme new tema/", "theme new tema/ --extends acube", "theme new tema/ --extends assosoftware --lang it"
        ),
        examples(
            "theme new my-theme/",
            "theme new my-theme/ --extends acube",
            "theme new my-theme/ --extends assosoftware --lang en",
        ),
    ),
)
@click.argument("folder", metavar=words("CARTELLA", "FOLDER"))
@click.option(
    "--extends",
    "parent",
    type=click.Choice(NAMES),
    default="standard",
    show_default=True,
    help=words("Da quale.", "From which."),
)
@_options.common
def new(folder: str, parent: str, **given: Any) -> int:
    """The files of a first theme."""
    from ..render import scaffold

    for path in scaffold.new(Path(folder), parent):
        click.echo(str(path))
    return ExitCode.OK


@command.command(
    name="check",
    help=words(
        "Prova il tema di CARTELLA su FILE: esce con 1 se qualcosa non va.",
        "Try the theme in FOLDER on FILE: exits with 1 when something is wrong.",
    ),
    epilog=words(
        examples(
            "theme check tema/ fattura.xml", "theme check tema/ fatture/", "theme check tema/ lotto.xml --lang it"
        ),
        examples(
            "theme check my-theme/ invoice.xml",
            "theme check my-theme/ invoices/",
            "theme check my-theme/ lot.xml --lang en",
        ),
    ),
)
@click.argument("folder", metavar=words("CARTELLA", "FOLDER"))
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@_options.common
def check(folder: str, names: tuple[str, ...], **given: Any) -> int:
    """Draw every document in every language."""
    from ..render import scaffold

    limit = limits.from_environment()
    documents = [opened(item, limit) for item in inputs.expand(names, limit) if item.archive != ""]
    found = list(scaffold.problems(own(Path(folder)), documents))
    for text in found:
        _io.message(text.say(language(given["lang"])))
    if not found and not given["quiet"]:
        _io.message(
            words(f"Il tema funziona su {len(documents)} documenti.", f"The theme works on {len(documents)} documents.")
        )
    return ExitCode.FINDINGS if found else ExitCode.OK
