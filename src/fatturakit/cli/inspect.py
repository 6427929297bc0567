"""``fatturakit inspect``: a document on one screen, or what a field or a code is."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

import click

from .. import limits
from ..batch import inputs
from ..batch.inspecting import Seen, inspecting
from ..envelope.safenames import SafeNames
from ..errors import ExitCode, InputError
from ..report.screen import Checks
from ..report.screen_shapes import AsJson, AsText, Shape
from ..texts import Text, language
from . import _answers, _io, _options
from ._language import examples, words
from ._page import target_page
from ._places import Places
from ._single import is_one_file, named

if TYPE_CHECKING:
    from ..invoice.fields import Answer

Found = _answers.Answers[Seen]
_EXTENSION: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,5}$")


@click.command(
    name="inspect",
    help=words(
        "Mostra un documento in una schermata, o spiega un campo o un codice. Legge soltanto.\n\n"
        "FILE: file, cartelle, modelli (*.xml), archivi ZIP, @elenco.txt, - per lo standard input.\n\n"
        "CAMPO: un numero (2.2.1.14), un nome (Natura), un percorso, un codice (TD17, N6.3).",
        "Show a document on one screen, or explain a field or a code. Only reads.\n\n"
        "FILE: files, folders, globs (*.xml), ZIP archives, @list.txt, - for standard input.\n\n"
        "FIELD: a number (2.2.1.14), a name (Natura), a path, a code (TD17, N6.3).",
    ),
    epilog=words(
        examples(
            "inspect fattura.xml",
            "inspect in/ --format json | jq .documents",
            "inspect 2.2.1.14",
            then="Esce con 0 (bene), 2 (uso o campo sconosciuto), 3 (illeggibile), 6 (scrittura).",
        ),
        examples(
            "inspect invoice.xml",
            "inspect in/ --format json | jq .documents",
            "inspect 2.2.1.14",
            then="Exits with 0 (fine), 2 (usage or unknown field), 3 (unreadable), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar=words("FILE|CAMPO…", "FILE|FIELD…"), type=_options.PATH)
@_options.shape(words("Schermata o dati.", "Screen or data."))
@_options.stdin_name
@_options.resumable
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    names = named(names, words("FILE o CAMPO", "FILE or FIELD"))
    fields = _fields(filter(_is_field, names))
    files = tuple(name for name in names if not _is_field(name))
    if not files:
        with _io.destination(given["target"], force=given["force"]) as output:
            _write(_shape(given, titled=False), fields, iter(()), given, output)
        return ExitCode.OK
    outcome = _answers.Outcome()
    with _answers.answered(files, inspecting(limits.from_environment()), given, outcome, {"verb": "inspect"}) as work:
        if _io.is_folder(given["target"]):
            _write_each(work, given)
        else:
            with _io.destination(given["target"], force=given["force"], state=work.state) as output:
                _write(_shape(given, titled=not is_one_file(files)), fields, work.found, given, output)
    return outcome.code


def _shape(given: dict[str, Any], *, titled: bool) -> Shape:
    """The screen or the data, as asked."""
    page = target_page(given, verbose=given["verbose"])
    return AsJson(page) if given["shape"] == "json" else AsText(page, titled=titled)


def _fields(names: Iterable[str]) -> list[Answer]:
    """What the words mean; before anything is written, because an unknown one is a usage error."""
    known = list(names)
    if not known:
        return []
    from ..invoice.fields import look_up

    return [look_up(name) for name in known]


def _is_field(word: str) -> bool:
    """A word that no file has, and that does not look like one."""
    if word in {"", "-"} or word.startswith("@") or os.path.lexists(word) or glob.has_magic(word.partition("[")[0]):
        return False
    if word.lower().lstrip("/").split(":")[-1].startswith(("fatturaelettronica", "notifica", "ricevuta")):
        return not _EXTENSION.search(word)
    return not (_EXTENSION.search(word) or word.startswith(("/", "./", "../", "~")) or word.endswith(os.sep))


def _write_each(work: _answers.Work[Seen], given: dict[str, Any]) -> None:
    """One output a document: ``<stem>.txt`` or ``<stem>.json`` in the folder; a stem met again gets a number."""
    places = Places(given["target"], work.state, force=given["force"])
    extension = ".json" if given["shape"] == "json" else ".txt"
    for answer in work.found:
        if not isinstance(answer.result, InputError):
            made = StringIO()
            _write(_shape(given, titled=False), [], iter([answer]), given, _io.Output(made))
            places.put(made.getvalue().encode(), partial(_name, answer.item, extension))


def _name(item: inputs.Input, extension: str, names: SafeNames) -> str:
    return names.output(item.shown, extension)


def _write(shape: Shape, answers: list[Answer], found: Found, given: dict[str, Any], output: _io.Output) -> None:
    output.write(shape.begin(answers))
    for item, seen, warning, *_ in found:
        if isinstance(seen, InputError):
            output.write(shape.unreadable(item.shown, seen))
        else:
            _warn(item, warning, given, output)
            checks = Checks(*seen.counts) if seen.counts else None
            output.write(shape.document(item.shown, item.path or item.shown, seen.summary, checks))
        output.flush()
    output.write(shape.end())


def _warn(item: inputs.Input, warning: Text | None, given: dict[str, Any], output: _io.Output) -> None:
    """A signature that does not hold is said first: on the screen, or on stderr beside data."""
    if warning is None:
        return
    lang, page = language(given["lang"]), target_page(given, verbose=given["verbose"])
    if given["shape"] == "json":
        _io.message(f"fatturakit: {page.name(item.shown)}: {warning.say(lang)}")
    else:
        output.write(page.paint(warning.say(lang), "error") + "\n\n")
