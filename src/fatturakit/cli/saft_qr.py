"""``fatturakit saft qr``: the QR code of documents of an audit file, as text or as a picture."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import limits
from ..envelope.safenames import SafeNames
from ..errors import ExitCode, FatturakitError, UsageError
from ..texts import Text
from ..writing import make_folder
from . import _io, _options
from ._language import examples, words

if TYPE_CHECKING:
    from ..saft.qr_code import Code


@click.command(
    name="qr",
    help=words(
        "Il codice QR dei documenti portoghesi: il testo, o l'immagine SVG o PNG.\n\n"
        "FILE: un file SAF-T, anche .zip. Con --document un solo documento; senza, il testo di tutti, uno per riga.",
        "The QR code of Portuguese documents: its text, or the picture as SVG or PNG.\n\n"
        "FILE: a SAF-T file, also .zip. With --document one document; without, the text of all, one a line.",
    ),
    epilog=words(
        examples(
            'saft qr saft.xml --document "FT A/1" -o codice.svg',
            "saft qr saft.xml --to png -o codici/",
            'saft qr saft.xml --document "FT A/1"',
        ),
        examples(
            'saft qr saft.xml --document "FT A/1" -o code.svg',
            "saft qr saft.xml --to png -o codes/",
            'saft qr saft.xml --document "FT A/1"',
        ),
    ),
)
@click.argument("name", metavar="FILE", type=_options.PATH)
@click.option("--document", "number", metavar="N", default="", help=words("Numero del documento.", "Document number."))
@click.option(
    "--to",
    "kind",
    type=click.Choice(("text", "svg", "png")),
    default=None,
    help=words("Testo o immagine (dal nome di -o).", "Text or picture (from the name of -o)."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "jsonl")),
    default="text",
    show_default=True,
    help=words("Formato del testo.", "Format of the text."),
)
@_options.output
@_options.common_with_portuguese
def command(
    name: str, number: str, kind: str | None, form: str, target: str | None, *, force: bool, **given: Any
) -> int:
    """The verb; its help is above."""
    del given
    from ..saft import qr_code
    from ..saft.qr_reading import codes

    found = codes(name, limits.from_environment(), number)
    kind = kind or _kind_of(target)
    if kind == "text":
        with _io.destination(target, force=force) as out:
            for piece in _written(found, form):
                out.write(piece)
        return ExitCode.OK
    if form != "text":
        raise UsageError(_PICTURE, form=form, kind=kind)
    folder = target if target and (target.endswith(("/", os.sep)) or Path(target).is_dir()) else None
    if not number and folder is None:
        raise UsageError(_FOLDER)
    names = SafeNames()
    for code in found:
        # what no file name may have becomes a hyphen
        number = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in code.number)
        place = str(make_folder(folder) / names.give(f"{number}.{kind}", f"-.{kind}")) if folder else target
        with _io.binary(place, force=force) as write:
            write(qr_code.image(qr_code.payload(code), kind))
    return ExitCode.OK


def _written(found: Iterable[Code], form: str) -> Iterator[str]:
    """The codes as lines, as a JSON array, or as one JSON object a line."""
    from ..saft.qr_code import facts, payload

    if form == "json":
        between = "["
        try:
            for code in found:
                yield f"{between}\n  {json.dumps(facts(code), ensure_ascii=False)}"
                between = ","
        except FatturakitError:  # what was found until then can be read
            yield "[]\n" if between == "[" else "\n]\n"
            raise
        yield "[]\n" if between == "[" else "\n]\n"
    else:
        for code in found:
            yield (json.dumps(facts(code), ensure_ascii=False) if form == "jsonl" else payload(code)) + "\n"


def _kind_of(target: str | None) -> str:
    ending = (target or "").rpartition(".")[2].lower()
    return ending if ending in ("svg", "png") else "text"


_FOLDER = Text(
    "Più immagini: dai una cartella con -o CARTELLA/, o un documento con --document.",
    "Several pictures: name a folder with -o FOLDER/, or one document with --document.",
    "Várias imagens: indique uma pasta com -o PASTA/, ou um documento com --document.",
)
_PICTURE = Text(
    "--format {form} è del testo: senza --to {kind}, e con -o che non finisce in .{kind}.",
    "--format {form} is of text: without --to {kind}, and with an -o that does not end in .{kind}.",
    "--format {form} é do texto: sem --to {kind}, e com um -o que não termina em .{kind}.",
)
