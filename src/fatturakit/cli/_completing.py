"""What a shell may offer for an argument: codes of controls, themes."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from ._language import LANGUAGE


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes that begin with what was typed, also without their zeros, each with its title."""
    from ..rules.explain import explanations

    begun = incomplete.upper()
    wanted = (each for code, each in explanations().items() if code.startswith(begun) or code[2:].startswith(begun))
    return [CompletionItem(each.code, help=each.title.say(LANGUAGE)) for each in wanted]


def themes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Our themes, and folders: one of them may be a theme too."""
    from ..render.themes import NAMES

    found = [CompletionItem(name) for name in NAMES if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="dir")]
