"""``fatturakit rule``: what a code means, which codes there are, and what changed between two specifications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from ..report.screen import Page
from ..rules.changes import between, span
from ..rules.explain import Explanation, explanations, look_up
from ..texts import Language
from . import _completing, _io, _options
from ._language import examples, words
from ._page import target_page


@click.command(
    name="rule",
    help=words(
        "Spiega un codice di SdI o di fatturakit: che cosa chiede, perché, come rimediare, se viene controllato.\n\n"
        "CODICE: un codice (00423, FK003) o il suo inizio (004). Senza codici li elenca tutti.",
        "Explain a code of SdI or fatturakit: what it asks, why, how to mend it, whether it is checked.\n\n"
        "CODE: a code (00423, FK003) or its beginning (004). Without codes, list them all.",
    ),
    epilog=words(
        examples(
            "rule 00423",
            "rule --all --format json",
            "rule --diff 1.9 1.9.1",
            then="Esce con 0 (bene), 2 (codice sconosciuto o uso), 6 (scrittura).",
        ),
        examples(
            "rule 00423",
            "rule --all --format json",
            "rule --diff 1.9 1.9.1",
            then="Exits with 0 (fine), 2 (unknown code or usage), 6 (output).",
        ),
    ),
)
@click.argument("names", nargs=-1, metavar=words("CODICE…", "CODE…"), shell_complete=_completing.codes)
@click.option("--all", "everything", is_flag=True, help=words("Spiega tutti i codici.", "Explain every code."))
@click.option(
    "--diff",
    "spans",
    nargs=2,
    metavar="A B",
    default=None,
    help=words(
        "Che cosa cambia fra due versioni (1.6 … 1.9.1) o date.",
        "What changes between two versions (1.6 … 1.9.1) or dates.",
    ),
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help=words("Testo, dati o Markdown.", "Text, data or Markdown."),
)
@_options.output
@_options.common
def command(names: tuple[str, ...], **given: Any) -> int:
    """The verb; its help is above."""
    if (given["spans"] is not None) + given["everything"] + bool(names) > 1:
        raise click.UsageError(words("Un CODICE, --all o --diff.", "One of CODE, --all, --diff."))
    lines = _lines(names, given)  # before anything is written: an unknown code is a usage error
    with _io.destination(given["target"], force=given["force"]) as output:
        for line in lines:
            output.write(f"{line}\n")
    return 0


def _lines(names: tuple[str, ...], given: dict[str, Any]) -> Iterable[str]:
    page, shape = target_page(given), given["shape"]
    if given["spans"]:
        first, second = given["spans"]
        found = _changed(first, second, shape, page)
    elif names or given["everything"]:
        known = look_up(*names) if names else tuple(explanations().values())
        found = _explained(known, shape, page)
    else:
        found = _listed(shape, page)
    return list(page.finished(found) if shape == "text" else found)


def _explained(known: tuple[Explanation, ...], shape: str, page: Page) -> Iterator[str]:
    if shape == "json":
        yield _json(known, page.lang)
        return
    for number, each in enumerate(known):
        yield from ("",) if number else ()
        yield from _one(each, shape, page)


def _one(each: Explanation, shape: str, page: Page) -> Iterator[str]:
    from ..report import rule_markdown, rule_text

    return rule_markdown.page(each, page.lang) if shape == "md" else rule_text.screen(page, each)


def _listed(shape: str, page: Page) -> Iterator[str]:
    from ..report import rule_markdown, rule_text

    known = tuple(explanations().values())
    if shape == "json":
        return iter([_json(known, page.lang)])
    return rule_markdown.index(known, page.lang) if shape == "md" else rule_text.listing(page, known)


def _json(known: tuple[Explanation, ...], lang: Language) -> str:
    from ..report import rule_json
    from ..report._encode import encode

    return encode(rule_json.rules(known, lang))


def _changed(first: str, second: str, shape: str, page: Page) -> Iterator[str]:
    from ..report import rule_json, rule_markdown, rule_text
    from ..report._encode import encode

    start, end = span(first, second)
    found = between(start, end)
    if shape == "json":
        return iter([encode(rule_json.changes(start, end, found, page.lang))])
    if shape == "md":
        return rule_markdown.difference(start, end, found, page.lang)
    return rule_text.difference(page, start, end, found)
