"""``fatturakit render``: an invoice or a message as a page (the work is in ``_render``)."""

from __future__ import annotations

from typing import Any

import click

from . import _completing, _options
from ._language import examples, words
from ._render import SHAPES, Given, render
from ._single import named


@click.command(
    name="render",
    help=words(
        "Mostra fatture e messaggi SdI come pagine HTML o PDF (PDF/A-3 con il file originale dentro).\n\n"
        "FILE: file, cartelle, modelli (*.xml), archivi ZIP, @elenco.txt, - per lo standard input.",
        "Show invoices and SdI messages as HTML or PDF pages (PDF/A-3 with the original file inside).\n\n"
        "FILE: files, folders, globs (*.xml), ZIP archives, @list.txt, - for standard input.",
    ),
    epilog=words(
        examples(
            "render fattura.xml -o fattura.html",
            "render fattura.xml --theme assosoftware -o fattura.pdf",
            'render in/ --to pdf --name-pattern "{date}_{seller}_{number}" -o pdf/',
            then="Esce con 0 (bene), 2 (uso), 3 (illeggibile), 4 (manca l'extra pdf), 6 (scrittura), 130 (interrotto).",
        ),
        examples(
            "render invoice.xml -o invoice.html",
            "render invoice.xml --theme assosoftware -o invoice.pdf",
            'render in/ --to pdf --name-pattern "{date}_{seller}_{number}" -o pdf/',
            then="Exits with 0 (fine), 2 (usage), 3 (unreadable), 4 (no pdf extra), 6 (output), 130 (interrupted).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar="FILE…", type=_options.PATH)
@click.option(
    "--theme",
    default="standard",
    show_default=True,
    metavar="standard|assosoftware|acube|DIR",
    shell_complete=_completing.themes,
    help=words("Il tema, o la cartella di uno tuo.", "The theme, or the folder of one of yours."),
)
@click.option(
    "--to",
    "shape",
    type=click.Choice(SHAPES),
    help=words("HTML o PDF (altrimenti decide -o).", "HTML or PDF (else -o decides)."),
)
@click.option(
    "--stylesheet",
    metavar="FILE.xsl",
    type=click.Path(exists=True, dir_okay=False),
    help=words("Un foglio XSL invece di un tema.", "An XSL sheet in place of a theme."),
)
@click.option(
    "--head-notes",
    multiple=True,
    metavar="TEXT|@FILE",
    help=words("Nota in testa (tema acube).", "Note at the head (theme acube)."),
)
@click.option(
    "--foot-notes",
    multiple=True,
    metavar="TEXT|@FILE",
    help=words("Nota in fondo (tema acube).", "Note at the foot (theme acube)."),
)
@click.option("--accent", metavar="#RRGGBB", help=words("Colore (tema acube).", "Colour (theme acube)."))
@click.option("--logo", metavar="FILE", help=words("PNG o JPEG (tema acube).", "PNG or JPEG (theme acube)."))
@click.option(
    "--qr",
    type=click.Choice(["auto", "off"]),
    help=words("QR del bonifico SEPA (altrimenti come dice il tema).", "SEPA transfer QR (else as the theme says)."),
)
@click.option(
    "--links",
    is_flag=True,
    help=words("Allegati apribili dall'HTML.", "Attachments can be opened from the HTML."),
)
@click.option(
    "--with-findings", is_flag=True, help=words("Aggiunge l'esito dei controlli.", "Add the validation report.")
)
@click.option("--merge", is_flag=True, help=words("Un solo PDF per tutti.", "One PDF for all."))
@click.option(
    "--name-pattern",
    metavar="PATTERN",
    help=words("Nomi dei file, p.es. {date}_{seller}_{number}.", "File names, e.g. {date}_{seller}_{number}."),
)
@_options.stdin_name
@_options.resumable
@_options.output
@_options.page_common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    return render(named(names), Given(**{name: given[name] for name in Given._fields}))
