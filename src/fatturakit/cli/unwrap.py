"""``fatturakit unwrap``: the document inside whatever is around it, byte for byte."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import click

from .. import limits
from ..batch import envelopes, inputs
from ..envelope.kinds import kind_of
from ..envelope.names import split
from ..envelope.safenames import SafeNames
from ..envelope.unwrap import Unwrapped
from ..errors import ExitCode, InputError
from ..report import unwrapped as shapes
from ..texts import Text, language
from . import _answers, _io, _options, _sources, _work
from ._language import examples, words
from ._places import Places

if TYPE_CHECKING:
    from ..batch.state import State

Found = Iterator[envelopes.Answer[Unwrapped]]


@click.command(
    name="unwrap",
    help=words(
        "Estrae il documento da buste firmate (P7M), base64, PEM, S/MIME, messaggi di posta (PEC) e ZIP, anche uno "
        "dentro l'altro, senza cambiarne un byte. La firma non viene giudicata: per quella c'è verify.\n\n"
        "FILE: file, cartelle, modelli, archivi ZIP, @elenco.txt, - per lo standard input. Un documento va su stdout; "
        "di più documenti si mostra la tabella, e -o CARTELLA/ li scrive.",
        "Take the document out of signed envelopes (P7M), base64, PEM, S/MIME, e-mail (PEC) and ZIP, also one inside "
        "another, without changing a byte. The signature is not judged: that is for verify.\n\n"
        "FILE: files, folders, globs, ZIP archives, @list.txt, - for standard input. One document goes to stdout; of "
        "several the table is shown, and -o FOLDER/ writes them.",
    ),
    epilog=words(
        examples(
            "unwrap IT01234567890_00001.xml.p7m -o fattura.xml",
            "unwrap posta/ -o xml/",
            "unwrap messaggio.eml | fatturakit validate -",
            then="Esce con 0 (bene), 2 (uso), 3 (almeno uno rifiutato), 6 (scrittura).",
        ),
        examples(
            "unwrap IT01234567890_00001.xml.p7m -o invoice.xml",
            "unwrap mail/ -o xml/",
            "unwrap message.eml | fatturakit validate -",
            then="Exits with 0 (fine), 2 (usage), 3 (at least one refused), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=_options.PATH)
@_options.shape(words("Documento e catena, o dati.", "Document and chain, or data."))
@click.option(
    "--strict",
    is_flag=True,
    help=words(
        "Rifiuta ciò che è recuperato da buste danneggiate.", "Refuse what is recovered from damaged envelopes."
    ),
)
@_options.stdin_name
@_options.resumable
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    outcome, strict = _answers.Outcome(), given["strict"]
    task = envelopes.unwrapping(limits.from_environment(), strict=strict, warn=not given["quiet"])
    about = {"verb": "unwrap", "--strict": strict, "-q": given["quiet"]}
    with _answers.answered(names, task, given, outcome, about) as work:
        found = _warned(work.found, given)
        if given["shape"] == "json":
            interrupted = _as_json(found, work.state, given)
        elif work.many or _sources.is_folder(given["target"]):
            interrupted = _table(found, work.state, given)
        else:
            interrupted = _single(found, work.state, given)
    return ExitCode.INTERRUPTED if interrupted else outcome.code


def _warned(found: Found, given: dict[str, Any]) -> Found:
    """A content that is not what was signed is said before it is handed out."""
    sheet = _sources.page(given, stream=sys.stderr)
    for answer in found:
        if answer.warning is not None:
            _io.message(f"fatturakit: {sheet.name(answer.item.shown)}: {sheet.words(answer.warning)}")
        yield answer


def _single(found: Found, state: State | None, given: dict[str, Any]) -> bool:
    for answer in found:
        if not isinstance(answer.result, InputError):
            if given["target"] in {None, "-"}:
                _io.write_bytes(None, answer.result.content, force=False)
            else:
                _work.put(given["target"], answer.result.content, state, force=given["force"])
            _tell(answer, answer.result, given)
    return False


def _tell(answer: envelopes.Answer[Unwrapped], result: Unwrapped, given: dict[str, Any]) -> None:
    if given["quiet"]:
        return
    lang = language(given["lang"])
    sheet = _sources.page(given, stream=sys.stderr)
    name = sheet.name(answer.item.shown)
    _io.message(f"{name}: {sheet.value(shapes.chain(answer, result, lang))}")
    for warning in shapes.warnings(result, lang):
        _io.message(f"fatturakit: {name}: {sheet.value(warning)}")


def _places(state: State | None, given: dict[str, Any]) -> Places | None:
    """The folder of ``-o``; None without one."""
    target = given["target"]
    if target in {None, "-"}:
        return None
    if os.path.isfile(target):  # noqa: PTH113 - it may be an address
        raise click.UsageError(_NOT_A_FOLDER.say(language(given["lang"])), click.get_current_context())
    return Places(target, state, force=given["force"])


def _name(item: inputs.Input, result: Unwrapped, names: SafeNames) -> str:
    """``<stem>.xml``, or what the content is when it is not XML."""
    stem, _ = split(os.path.basename(result.name or item.name))  # noqa: PTH119
    ending = ".xml" if result.layers[-1:] == ("xml",) else kind_of(result.content).ending
    return names.give((stem or "stdin") + ending, "stdin" + ending)


def _table(found: Found, state: State | None, given: dict[str, Any]) -> bool:
    """Every input in a row: on stdout, or on stderr when the documents themselves are written."""
    places, lang = _places(state, given), language(given["lang"])
    rows: list[shapes.Row] = []
    for answer in found:
        if places and not isinstance(answer.result, InputError):
            places.put(answer.result.content, partial(_name, answer.item, answer.result))
        rows.append(shapes.row(answer, lang))
    sheet = _sources.page(given, stream=sys.stderr if places else sys.stdout)
    lines = sheet.finished(shapes.table(rows, sheet, lang))
    if places is None:
        with _io.destination(None, force=False) as output:
            output.write("".join(f"{line}\n" for line in lines))
    elif not given["quiet"]:
        for line in lines:
            _io.message(line, painted=True)
    return False


def _as_json(found: Found, state: State | None, given: dict[str, Any]) -> bool:
    """The data on stdout; the documents into the folder or file of ``-o``."""
    lang, numbers = language(given["lang"]), count(1)
    places = _places(state, given) if _sources.is_folder(given["target"]) else None

    def say(answer: envelopes.Answer[Unwrapped]) -> str:
        result, number, path = answer.result, next(numbers), None
        if places and not isinstance(result, InputError):
            path = places.put(result.content, partial(_name, answer.item, result))
        elif not isinstance(result, InputError):
            path = _to_file(result, state, given, number)
        return (",\n  " if number > 1 else "\n  ") + shapes.entry(answer, path, lang)

    with _io.destination(None, force=False) as output:
        interrupted = _answers.written(found, say, output, shapes.BEGIN)
        output.write(shapes.END)
    return interrupted


def _to_file(result: Unwrapped, state: State | None, given: dict[str, Any], number: int) -> str | None:
    target: str | None = given["target"]
    if target is None or target == "-":
        return None
    if number > 1:
        raise click.UsageError(_NOT_A_FOLDER.say(language(given["lang"])), click.get_current_context())
    _work.put(target, result.content, state, force=given["force"])
    return target


_NOT_A_FOLDER: Final = Text(
    "I documenti sono più di uno: con -o serve una cartella (-o CARTELLA/).",
    "There are several documents: -o needs a folder (-o FOLDER/).",
)
