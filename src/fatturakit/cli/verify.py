"""``fatturakit verify``: is the signature of these files valid, and whose is it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Final

import click

from .. import limits
from ..batch import inputs
from ..errors import ExitCode, InputError
from ..report import verified as shapes
from ..rules.options import moment
from ..signature import extra
from ..signature.verdict import Verdict, Verification
from ..texts import Text, language
from . import _io, _options, _sources
from ._language import examples, words

Found = tuple[inputs.Input, Verification | InputError]


@click.command(
    name="verify",
    help=words(
        "Dice se la firma di ogni file è valida, di chi è e di quando. Non usa la rete (salvo --online).\n\n"
        "FILE: file, cartelle, modelli (*.p7m), archivi ZIP, @elenco.txt, - per lo standard input.",
        "Say whether the signature of each file is valid, whose it is and when. No network (unless --online).\n\n"
        "FILE: files, folders, globs (*.p7m), ZIP archives, @list.txt, - for standard input.",
    ),
    epilog=words(
        examples(
            "verify fattura.xml.p7m",
            "verify in/ --trust ca.pem --format json",
            "verify fattura.xml.p7m --at 2026-03-09",
            then="Esce con 0 (intatto; con autorità note anche affidabile), 1 (firma non valida, assente o non "
            "affidabile), 2 (uso), 3 (illeggibile o non verificabile), 4 (manca l'extra sign).",
        ),
        examples(
            "verify invoice.xml.p7m",
            "verify in/ --trust ca.pem --format json",
            "verify invoice.xml.p7m --at 2026-03-09",
            then="Exits with 0 (intact; trusted too, when authorities are known), 1 (not valid, absent or not "
            "trusted), 2 (usage), 3 (unreadable or not verifiable), 4 (the extra sign is missing).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=click.Path(allow_dash=True))
@click.option(
    "--trust",
    multiple=True,
    metavar="PATH",
    help=words(
        "Certificati, cartelle o liste di fiducia (anche FATTURAKIT_TRUST).",
        "Certificates, folders or trusted lists (also FATTURAKIT_TRUST).",
    ),
)
@click.option("--at", metavar="DATE", help=words("Giudica per quel momento.", "Judge for that moment."))
@click.option("--online", is_flag=True, help=words("Chiede anche le revoche, in rete.", "Ask for revocation online."))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=words("Schermata o dati.", "Screen or data."),
)
@click.option(
    "--stdin-filename",
    metavar="NAME",
    default="",
    help=words("Nome del file che arriva su stdin.", "Name of the file on stdin."),
)
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    extra.require()
    _say_overdue(given)
    outcome = _Outcome()
    found = _verified(names, given, outcome)
    with _io.destination(given["target"], force=given["force"]) as output:
        write = _as_json if given["shape"] == "json" else _as_text
        write(found, given, output)
    return outcome.code


class _Outcome:
    """The exit code so far: 3 over 1 over 0."""

    def __init__(self) -> None:
        self.code = ExitCode.OK

    def add(self, found: Verification | InputError) -> None:
        """Take one file into account."""
        closed = isinstance(found, InputError) or found.verdict is Verdict.NOT_VERIFIABLE
        if closed:
            self.code = ExitCode.INPUT
        elif isinstance(found, Verification) and not found.ok:
            self.code = max(self.code, ExitCode.FINDINGS)


def _verified(names: tuple[str, ...], given: dict[str, Any], outcome: _Outcome) -> Iterator[Found]:
    from ..signature.trust import anchors
    from ..signature.verify import verify

    known, at = limits.from_environment(), moment(given["at"]) if given["at"] else None
    trust: tuple[str, ...] = given["trust"]
    anchors(trust)  # a wrong name is an error of the call, not of the first file
    for item, data in _sources.read(names, known, given["stdin_filename"]):
        result: Verification | InputError
        try:
            if isinstance(data, InputError):
                raise data
            wanted = {"trust": trust or None, "at": at, "online": given["online"], "name": item.name}
            result = verify(data, limits=known, **wanted)
        except InputError as error:
            result = error
            _sources.complain(item.shown, error, given)
        outcome.add(result)
        yield item, result


def _as_text(found: Iterator[Found], given: dict[str, Any], output: _io.Output) -> None:
    page, rows = _sources.page(given), []
    first = list(islice(found, 2))
    for item, result in chain(first, found):
        rows.append(shapes.row(item.shown, result, page.lang))
        if not isinstance(result, InputError):
            output.write("".join(f"{line}\n" for line in page.finished(shapes.screen(item.shown, result, page))))
            output.flush()
    if len(rows) > 1:
        output.write("\n" + "".join(f"{line}\n" for line in page.finished(shapes.table(rows, page))))


def _as_json(found: Iterator[Found], given: dict[str, Any], output: _io.Output) -> None:
    lang = language(given["lang"])
    output.write(shapes.BEGIN)
    for number, (item, result) in enumerate(found):
        output.write((",\n  " if number else "\n  ") + shapes.entry(item.shown, result, lang))
    output.write(shapes.END)


def _say_overdue(given: dict[str, Any]) -> None:
    """That the kept list is older than it may be, where it is what we go by."""
    import os
    from datetime import UTC, datetime

    from ..signature import store, trust

    if given["trust"] or os.environ.get(trust.VARIABLE) or given["quiet"]:
        return
    kept = store.load()
    if kept and kept.overdue(datetime.now(UTC)):
        _io.message(_OVERDUE.say(language(given["lang"]), {"days": kept.age(datetime.now(UTC))}))


_OVERDUE: Final = Text(
    "fatturakit: la lista di fiducia ha {days} giorni ed è superata: fatturakit trust update.",
    "fatturakit: the trusted list is {days} days old and overdue: fatturakit trust update.",
)
