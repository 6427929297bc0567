"""A group of verbs, each in a module of its own that is imported when the verb is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import ClassVar

import click

from ._language import words


class LazyGroup(click.Group):
    """verbs: their names and what they do in a line; home: the module of a verb within ``cli``, with ``{}`` for it."""

    verbs: ClassVar[Mapping[str, str]]
    home: ClassVar[str]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.verbs:
            return None
        module = importlib.import_module(self.home.format(cmd_name), __package__)
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(words("Comandi", "Commands")):
            formatter.write_dl(list(self.verbs.items()))
