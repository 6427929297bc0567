"""``fatturakit completion``: what a shell needs to complete verbs, options and their values."""

from __future__ import annotations

from typing import Any, Final

import click
from click.shell_completion import get_completion_class

from ..errors import ExitCode
from . import _options
from ._language import examples, words

SHELLS: Final = ("bash", "zsh", "fish", "powershell")
_VARIABLE: Final = "_FATTURAKIT_COMPLETE"


@click.command(
    name="completion",
    help=words(
        "Stampa il testo che insegna alla tua shell a completare comandi, opzioni, codici e temi.",
        "Print the text that teaches your shell to complete verbs, options, codes and themes.",
    ),
    epilog=examples(
        "completion bash > ~/.local/share/bash-completion/completions/fatturakit",
        "completion zsh > ~/.zfunc/_fatturakit",
        "completion fish > ~/.config/fish/completions/fatturakit.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
@_options.common
def command(shell: str, **given: Any) -> int:
    """The verb; its help is above."""
    from .main import cli

    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(cli, {}, "fatturakit", _VARIABLE).source())
    return ExitCode.OK
