"""Where a service is and how it is talked to: the options every command that does so has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..remote.endpoints import Provider
from ..remote.providers import NAMES, provider
from ._language import words


def place(provider: Provider) -> Iterator[click.Option]:
    """The options of one service."""
    yield click.Option(["--base-url"], metavar="URL", help=words("Un altro indirizzo.", "Another address."))
    if any(host.sandbox for host in provider.hosts):
        yield click.Option(["--sandbox"], is_flag=True, help=words("Ambiente di prova.", "Its trial environment."))
    for name in provider.settings:
        yield click.Option([f"--{name}"], metavar="NAME", help=words("Il nome del conto.", "The name of the account."))
    yield click.Option(["--timeout"], type=click.IntRange(1), default=30, show_default=True, metavar="SECONDS",
                       help=words("Quanto aspettare.", "How long to wait."))  # fmt: skip
    yield click.Option(["--dry-run"], is_flag=True,
                       help=words("Mostra la richiesta, non la fa.", "Show the request, do not make it."))  # fmt: skip


def senders() -> tuple[str, ...]:
    """The services that take invoices to send."""
    return tuple(name for name in NAMES if provider(name).find("send"))


def options(command: Any) -> Any:
    """The options of the services that take invoices, on a verb that is not theirs alone."""
    found = {option.name: option for name in senders() for option in place(provider(name))}
    command.__click_params__ = [*getattr(command, "__click_params__", []), *reversed(found.values())]
    return command
