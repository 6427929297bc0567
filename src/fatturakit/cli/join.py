"""``fatturakit join``: one lot from files with the same header."""

from __future__ import annotations

from typing import Any

import click

from ..errors import ExitCode, FatturakitError
from ..invoice.lots import join
from ..texts import language
from . import _io, _options
from ._language import examples, exits, words
from ._named import Target, prefix_of
from .split import about_signature, documents


@click.command(
    name="join",
    help=words(
        "Un lotto da più file con la stessa testata (il ProgressivoInvio può cambiare; resta il primo).\n\n"
        "Se una testata è diversa dice il primo campo che differisce e non scrive niente.",
        "One lot from several files with the same header (ProgressivoInvio may differ; the first stays).\n\n"
        "When a header differs it names the first field that does and writes nothing.",
    ),
    epilog=examples(
        "join a.xml b.xml -o out/",
        "join in/*.xml -o lot.xml",
        "join @names.txt -o out/ --force",
        then=exits("testate diverse", "headers differ"),
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="FILE…", type=_options.PATH)
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    lang, target = language(given["lang"]), Target(given["target"], given["force"])
    found, failed = [], False
    for shown, each in documents(names):
        if isinstance(each, FatturakitError):
            _io.message(f"{shown}: {each.say(lang)}")
            failed = True
        else:
            found.append(each)
            if not given["quiet"]:
                about_signature(each, shown, lang)
    if failed:
        return ExitCode.INPUT
    made = join(found)
    prefix = prefix_of(found[0])
    progressive = target.progressive(prefix, *(document.name for document in found))
    target.put(made, f"{prefix}_{progressive}.xml")
    return ExitCode.OK
