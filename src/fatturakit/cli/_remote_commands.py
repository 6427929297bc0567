"""Commands made from endpoint tables: path parameters are arguments, the others options, a body is a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import click

from ..remote.calls import CHECKED
from ..remote.endpoints import FORMS, JSON, XML, Endpoint, Param, Provider
from . import _options, _remote_extra, _remote_run
from ._language import LANGUAGE, examples, words
from ._remote_place import place

Command = Callable[..., int]
_BODY_OF_NAMES: Final = "downloaded"


def group_of(provider: Provider) -> click.Group:
    """The commands of a provider, in groups where its verbs have dots."""
    top = click.Group(provider.name, help=f"{provider.title}.")
    for row in provider.endpoints:
        home, names = top, row.verb.replace("_", "-").split(".")
        if len(names) > 1:
            home = _inner(top, names[0])
        home.add_command(_command(provider, row, names[-1]))
    for verb, name, title, run in _remote_extra.EXTRA:
        if provider.find(verb):
            top.add_command(_extra(provider, name, title, run))
    _show_how(provider, top, f"remote {provider.name}")
    return top


def _show_how(provider: Provider, group: click.Group, path: str) -> list[str]:
    """Three lines to type below every command, made from its parameters, and below a group some of its commands'."""
    found = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += _show_how(provider, command, f"{path} {name}")
            continue
        line = " ".join((path, name, *_samples(provider, command)))
        place = "--sandbox" if any(host.sandbox for host in provider.hosts) else "--base-url http://localhost:8765"
        command.epilog = examples(line, f"{line} --dry-run", f"{line} {place}")
        found.append(line)
    shown = dict.fromkeys((found[0], found[len(found) // 2], found[-1], f"{found[0]} --dry-run", f"{path} --help"))
    group.epilog = examples(*list(shown)[:3])
    return found


def _samples(provider: Provider, command: click.Command) -> Iterator[str]:
    """What its arguments may look like, and the options it does not work without."""
    for param in command.params:
        if isinstance(param, click.Argument):
            name = str(param.metavar).rstrip("…")
            yield "data.json" if name == "FILE" and provider.name == "openapi" else _SAMPLES.get(name, name)
    yield from _TOGETHER.get(f"{provider.name} {command.name}", ())


_SAMPLES: Final = {
    "FILE": words("fattura.xml", "invoice.xml"),
    "UUID": "6f1d6c52-0d0a-4c6e-9a57-0c4a4f4f9a10",
    "ID": "12",
    "ARCHIVE": "fatturakit.db",
    "FISCAL_ID": "01234567890",
}
_TOGETHER: Final = {
    "acube sync": ("--since 2026-11-01",),
    "invoicetronic export": ("--year 2026 --month 11 -o 2026-11.zip",),
    "invoicetronic sync": ("--year 2026 --month 11",),
    "invoicexpress saft": ("--account acme --year 2026 --month 10 -o saft.xml",),
}


def _inner(top: click.Group, name: str) -> click.Group:
    found = top.commands.get(name)
    if not isinstance(found, click.Group):
        found = click.Group(name, help=words("Vedi i comandi.", "See the commands."))
        top.add_command(found)
    return found


def _command(provider: Provider, row: Endpoint, name: str) -> click.Command:
    run = partial(_remote_run.run, provider, row)
    params = [*_arguments(row), *_values(row), *_own(row), *place(provider)]
    return _made(name, row.title.say(LANGUAGE), params, run)


def _extra(provider: Provider, name: str, title: str, run: Callable[..., int]) -> click.Command:
    return _made(name, title, [*_remote_extra.PARAMS.get(name, ()), *place(provider)], partial(run, provider))


def _made(name: str, title: str, params: list[click.Parameter], run: Command) -> click.Command:
    command = click.Command(name, params=[], callback=run, help=title)
    _options.output(_options.common(command))
    arguments = [param for param in params if isinstance(param, click.Argument)]
    options = [param for param in params if param not in arguments]
    command.params = [*arguments, *options, *reversed(command.params)]
    return command


def _arguments(row: Endpoint) -> Iterator[click.Parameter]:
    for param in row.names("path"):
        yield click.Argument([param.word], metavar=param.word.upper())
    if row.body is None:
        return
    if row.body.schema == _BODY_OF_NAMES:
        yield click.Argument(["uuids"], nargs=-1, required=True, metavar="UUID…")
    elif row.names("path"):
        yield click.Argument(["file"], metavar="FILE", type=_options.PATH)
    else:
        yield click.Argument(["files"], nargs=-1, metavar="FILE…", type=_options.PATH)


def _values(row: Endpoint) -> Iterator[click.Parameter]:
    """One option a word: those that take lists may be given several times."""
    found: dict[str, list[Param]] = {}
    for param in (*row.names("query"), *row.names("header")):
        if not param.automatic:
            found.setdefault(param.word, []).append(param)
    for word, same in found.items():
        yield _option(word, same[-1])


def _option(word: str, param: Param) -> click.Option:
    flag = "--" + word.replace("_", "-")
    if param.kind == "boolean":
        return click.Option([f"{flag}/--no-{flag[2:]}", word], default=None)
    kind: Any = click.Choice(param.allowed) if param.allowed else str
    return click.Option([flag, word], type=kind, multiple=param.kind == "list", metavar=_metavar(param))


def _metavar(param: Param) -> str | None:
    bounds = param.least is not None and param.most is not None
    known = {"integer": f"{param.least}-{param.most}" if bounds else "N", "date": "DATE"}
    return None if param.allowed else known.get(param.kind, "TEXT")


def _own(row: Endpoint) -> Iterator[click.Parameter]:
    """What is not a parameter of the service: in what form, and whether to look first."""
    forms = [name for name, kind in FORMS.items() if kind in row.kinds and kind != "application/ld+json"]
    if len(forms) > 1 and row.body is None:
        yield click.Option(["--format", "form"], type=click.Choice(forms), default=forms[0], show_default=True,
                           help=words("In che forma.", "In which form."))  # fmt: skip
    if row.body and set(row.body.kinds) == {JSON, XML} and row.verb != "convert":
        yield click.Option(["--send-as"], type=click.Choice(["xml", "json"]),
                           help=words("Come inviarlo.", "How to send it."))  # fmt: skip
    if row.id in CHECKED:
        yield click.Option(["--check/--no-check"], default=True, show_default=True,
                           help=words("Controlla prima qui.", "Check it here first."))  # fmt: skip
    if row.body and row.body.schema == _BODY_OF_NAMES:
        yield click.Option(["--yes/--no", "downloaded"], default=True, show_default=True)
    if row.paging:
        yield click.Option(["--max", "most"], type=click.IntRange(1), help=words("Al più tanti.", "At most so many."))
    yield from _remote_extra.PARAMS.get(row.verb, ())
