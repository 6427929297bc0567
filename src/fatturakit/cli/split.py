"""``fatturakit split``: one file for each invoice of a lot."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Final

import click

from .. import limits
from ..batch import inputs
from ..batch.opening import cautions, opened
from ..document import Document
from ..errors import ExitCode, FatturakitError
from ..invoice.lots import split
from ..texts import Language, Text, language
from . import _io, _options
from ._language import examples, exits, words
from ._named import Target, numbered, prefix_of


@click.command(
    name="split",
    help=words(
        "Un file per ogni fattura di un lotto, con la stessa testata; i byte di ogni fattura restano com'erano.\n\n"
        "I nomi hanno i progressivi successivi; una firma non resta, perché copriva il lotto.",
        "One file for each invoice of a lot, with the same header; the bytes of each invoice stay as they were.\n\n"
        "The names have the progressives that follow; a signature does not stay, for it covered the lot.",
    ),
    epilog=examples(
        "split lot.xml -o out/",
        "split lot.xml.p7m -o out/ --force",
        "split in/*.xml -o out/ --quiet",
        then=exits("non è una fattura", "no invoice"),
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    target, lang = Target(given["target"], given["force"]), language(given["lang"])
    target.need_folder("split")
    code = ExitCode.OK
    for shown, found in documents(names):
        try:
            if isinstance(found, FatturakitError):
                raise found
            _write(found, target, quiet=given["quiet"], shown=shown, lang=lang)
        except FatturakitError as error:
            if error.exit_code not in {ExitCode.FINDINGS, ExitCode.INPUT}:
                raise
            _io.message(f"{shown}: {error.say(lang)}")
            code = max(code, error.exit_code)
    return code


def documents(names: tuple[str, ...]) -> Iterator[tuple[str, Document | FatturakitError]]:
    """Every document named, or why it could not be had."""
    bounds = limits.from_environment()
    for item in inputs.expand(names, bounds):
        if item.archive == "":
            continue
        try:
            yield item.shown, opened(item, bounds)
        except FatturakitError as error:
            yield item.shown, error


def _write(document: Document, target: Target, *, quiet: bool, shown: str, lang: Any) -> None:
    made = split(document)
    prefix = prefix_of(document)
    names = numbered(target.progressive(prefix, document.name), len(made))
    if not quiet:
        about_signature(document, shown, lang)
    for part, progressive in zip(made, names, strict=True):
        print(target.put(part, f"{prefix}_{progressive}.xml"), file=sys.stdout)  # noqa: T201


def about_signature(document: Document, shown: str, lang: Language) -> None:
    """What is to be said of the signature of a document that is taken apart or joined."""
    for text in (*cautions(document), *((_UNSIGNED,) if document.is_signed else ())):
        _io.message(f"{shown}: {text.say(lang)}")


_UNSIGNED: Final = Text(
    "la firma non resta: copriva un altro file", "the signature does not stay: it covered another file"
)
