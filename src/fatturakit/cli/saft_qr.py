"""``fatturakit saft qr``: the QR code of documents of an audit file, as text or as a picture."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from .. import limits
from ..envelope.safenames import SafeNames
from ..errors import ExitCode, UsageError
from ..texts import Text
from ..writing import make_folder
from . import _io, _options
from ._language import examples, words


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
@_options.output
@_options.common_with_portuguese
def command(name: str, number: str, kind: str | None, target: str | None, *, force: bool, **given: Any) -> int:
    """The verb; its help is above."""
    del given
    from ..saft import qr_code
    from ..saft.qr_reading import codes

    found = codes(name, limits.from_environment(), number)
    kind = kind or _kind_of(target)
    if kind == "text":
        with _io.destination(target, force=force) as out:
            for code in found:
                out.write(qr_code.payload(code) + "\n")
        return ExitCode.OK
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


def _kind_of(target: str | None) -> str:
    ending = (target or "").rpartition(".")[2].lower()
    return ending if ending in ("svg", "png") else "text"


_FOLDER = Text(
    "Più immagini: dai una cartella con -o CARTELLA/, o un documento con --document.",
    "Several pictures: name a folder with -o FOLDER/, or one document with --document.",
    "Várias imagens: indique uma pasta com -o PASTA/, ou um documento com --document.",
)
