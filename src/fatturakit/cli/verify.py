"""``fatturakit verify``: is the signature of these files valid, and whose is it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any, Final

import click

from .. import limits
from ..batch import envelopes
from ..batch.judge import trusted
from ..errors import ExitCode, InputError
from ..report import verified as shapes
from ..rules.options import moment
from ..signature import extra
from ..signature.verdict import Verdict, Verification
from ..texts import Text, language
from . import _answers, _io, _options, _sources
from ._language import examples, words

Found = Iterator[envelopes.Answer[Verification]]


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
@click.argument("names", nargs=-1, metavar="FILE…", type=_options.PATH)
@click.option(
    "--trust",
    multiple=True,
    metavar="PATH",
    help=words(
        "Certificati, cartelle o liste di fiducia (anche FATTURAKIT_TRUST).",
        "Certificates, folders or trusted lists (also FATTURAKIT_TRUST).",
    ),
)
@click.option(
    "--content",
    type=_options.PATH,
    metavar="FILE",
    help=words(
        "Il documento di una firma a parte (.p7s); senza, quello che le sta accanto.",
        "The document of a detached signature (.p7s); without it, the one beside it.",
    ),
)
@click.option("--at", metavar="DATE", help=words("Giudica per quel momento.", "Judge for that moment."))
@click.option("--online", is_flag=True, help=words("Chiede anche le revoche, in rete.", "Ask for revocation online."))
@_options.shape(words("Schermata o dati.", "Screen or data."))
@_options.stdin_name
@_options.resumable
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    extra.require()
    _say_overdue(given)
    known, at = limits.from_environment(), moment(given["at"]) if given["at"] else None
    trusted(given["trust"])  # a wrong name is an error of the call, not of the first file
    outcome = _answers.Outcome(_judged)
    if given["content"] and len(names) > 1:
        raise click.UsageError(words("--content vale per una firma sola.", "--content is for one signature."))
    how = {name: given[name] for name in ("trust", "online", "content")}
    task = envelopes.verifying(known, at=at, **how)
    with (
        _answers.answered(names, task, given, outcome, {"verb": "verify", "--at": given["at"], **how}) as work,
        _io.destination(given["target"], force=given["force"], state=work.state) as output,
    ):
        write = _as_json if given["shape"] == "json" else _as_text
        interrupted = write(work.found, given, output)
    return ExitCode.INTERRUPTED if interrupted else outcome.code


def _judged(found: Verification) -> ExitCode:
    """3 for what cannot be verified, 1 for what is not sound."""
    if found.verdict is Verdict.NOT_VERIFIABLE:
        return ExitCode.INPUT
    return ExitCode.OK if found.ok else ExitCode.FINDINGS


def _as_text(found: Found, given: dict[str, Any], output: _io.Output) -> bool:
    page = _sources.page(given)
    rows: list[shapes.Row] = []

    def say(answer: envelopes.Answer[Verification]) -> str:
        rows.append(shapes.row(answer.item.shown, answer.result, page.lang))
        if isinstance(answer.result, InputError):
            return ""
        return "".join(f"{line}\n" for line in page.finished(shapes.screen(answer.item.shown, answer.result, page)))

    interrupted = _answers.written(found, say, output, to_file=_to_file(given))
    if len(rows) > 1:
        output.write("\n" + "".join(f"{line}\n" for line in page.finished(shapes.table(rows, page))))
    return interrupted


def _as_json(found: Found, given: dict[str, Any], output: _io.Output) -> bool:
    lang = language(given["lang"])
    commas = chain(["\n  "], repeat(",\n  "))

    def say(answer: envelopes.Answer[Verification]) -> str:
        return next(commas) + shapes.entry(answer.item.shown, answer.result, lang)

    interrupted = _answers.written(found, say, output, shapes.BEGIN, to_file=_to_file(given))
    output.write(shapes.END)
    return interrupted


def _to_file(given: dict[str, Any]) -> bool:
    return given["target"] not in {None, "-"}


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
