"""``fatturakit trust``: the authorities signatures are checked against; only ``trust update`` goes online."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import click

from ..errors import ExitCode
from ..report._encode import encode
from ..report.screen import Column, Page
from ..signature import extra, store
from ..texts import Text, language
from . import _io, _options, _sources
from ._language import examples, words


@click.group(
    name="trust",
    help=words(
        "Le autorità con cui si controllano le firme. Solo «trust update» usa la rete.",
        "The authorities signatures are checked against. Only “trust update” uses the network.",
    ),
    epilog=examples("trust update", "trust status", "trust list --format json"),
)
def command() -> None:
    """The group; its help is above."""


_SHAPE = click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=words("Schermata o dati.", "Screen or data."),
)


@command.command(
    name="update",
    help=words(
        "Scarica la lista europea delle liste e quella nazionale, ne controlla le firme e le conserva.",
        "Fetch the European list of lists and a national list, check their signatures, and keep them.",
    ),
    epilog=words(
        examples(
            "trust update",
            "trust update --country IT --country DE",
            "trust update --signers lotl.pem --url https://mirror.example/lotl.xml",
            then="Esce con 0, 2 (uso) o 5 (rete, o firma di una lista non valida).",
        ),
        examples(
            "trust update",
            "trust update --country IT --country DE",
            "trust update --signers lotl.pem --url https://mirror.example/lotl.xml",
            then="Exits with 0, 2 (usage) or 5 (network, or a list signed badly).",
        ),
    ),
)
@click.option("--country", multiple=True, default=("IT",), show_default=True, help=words("Paese.", "Country."))
@click.option("--url", help=words("Un'altra lista delle liste.", "Another list of lists."))
@click.option(
    "--signers",
    type=_options.PATH,
    help=words("Certificati PEM di chi la firma.", "PEM certificates of those who sign it."),
)
@_options.common
def update(country: tuple[str, ...], **given: Any) -> int:
    """Fetch, check, keep."""
    extra.require()
    from ..signature.update import update as fetch

    kept = fetch(territories=country, url=given["url"], signers=given["signers"])
    if not given["quiet"]:
        said = {"count": len(_authorities(kept)), "path": store.place()}
        _io.message(_UPDATED.say(language(given["lang"]), said))
    return ExitCode.OK


@command.command(
    name="status",
    help=words("Quanto è vecchia la lista conservata.", "How old the kept list is."),
    epilog=words(
        examples("trust status", "trust status --format json", "trust status --format json -o stato.json"),
        examples("trust status", "trust status --format json", "trust status --format json -o status.json"),
    ),
)
@_SHAPE
@_options.output
@_options.common
def status(**given: Any) -> int:
    """The age of what is kept, and where it is."""
    kept = store.load()
    if given["shape"] == "json":
        return _written([encode(_status(kept))], given)
    page = _sources.page(given)
    return _written(_status_lines(kept, page), given)


@command.command(
    name="list",
    help=words("Le autorità conservate.", "The authorities that are kept."),
    epilog=words(
        examples("trust list", "trust list --format json | jq .services", "trust list -o elenco.txt"),
        examples("trust list", "trust list --format json | jq .services", "trust list -o authorities.txt"),
    ),
)
@_SHAPE
@_options.output
@_options.common
def list_(**given: Any) -> int:
    """Every authority, its country and since when."""
    kept = store.load()
    page, services = _sources.page(given), kept.services if kept else ()
    if given["shape"] == "json":
        return _written([encode({"schema": store.SCHEMA, "services": [_plain(each) for each in services]})], given)
    if not services:
        return _written([page.words(_NOTHING)], given)
    heads = (Column(""), Column("", flexible=True), Column(""))
    rows = [(each.territory, page.value(each.name), _period(each)) for each in services]
    return _written(page.finished(page.table(heads, rows)), given)


@command.command(
    name="show",
    help=words("Le autorità con questo testo nel nome.", "The authorities with this name."),
    epilog=examples("trust show Infocert", 'trust show "Aruba PEC"', "trust show namirial -o namirial.txt"),
)
@click.argument("text")
@_options.output
@_options.common
def show(text: str, **given: Any) -> int:
    """What is known of the authorities whose name has ``text`` in it."""
    kept = store.load()
    found = [each for each in (kept.services if kept else ()) if text.casefold() in each.name.casefold()]
    page = _sources.page(given)
    if not found:
        raise click.UsageError(words(f"Nessuna autorità «{text}».", f"No authority “{text}”."))
    lines = [line for each in found for line in _about(each, page)]
    return _written(page.finished(lines), given)


def _about(service: store.Service, page: Page) -> Iterator[str]:
    from ..signature import certificate

    yield page.paint(page.value(service.name), "bold")
    yield f"  {service.territory}  {_period(service)}"
    facts = certificate.read(service.certificate).facts
    yield f"  {page.value(facts.subject)} · {page.value(facts.issuer)} · {facts.serial} · {facts.not_after.date()}"


def _authorities(kept: store.Kept) -> set[bytes]:
    return {service.certificate for service in kept.services}


def _status(kept: store.Kept | None) -> dict[str, object]:
    now = datetime.now(UTC)
    if kept is None:
        return {"schema": "fatturakit/trust-status@1", "path": str(store.place()), "fetched": None}
    sources = [{"territory": each.territory, "url": each.url, "next_update": each.next_update} for each in kept.sources]
    return {
        "schema": "fatturakit/trust-status@1",
        "path": str(store.place()),
        "fetched": kept.fetched,
        "age_days": kept.age(now),
        "overdue": kept.overdue(now),
        "authorities": len(_authorities(kept)),
        "sources": sources,
    }


def _status_lines(kept: store.Kept | None, page: Page) -> Iterator[str]:
    if kept is None:
        yield page.words(_NOTHING)
        return
    now = datetime.now(UTC)
    yield page.words(_KEPT, days=kept.age(now), count=len(_authorities(kept)), path=store.place())
    for each in kept.sources:
        due = each.next_update.date().isoformat() if each.next_update else "-"
        yield f"  {each.territory}  {page.name(each.url)}  {page.words(_DUE, due=due)}"
    if kept.overdue(now):
        yield page.paint(page.words(_OVERDUE), "warning")


def _plain(service: store.Service) -> dict[str, object]:
    return {
        "territory": service.territory,
        "name": service.name,
        "valid_from": service.valid_from,
        "valid_until": service.valid_until,
    }


def _period(service: store.Service) -> str:
    since, until = (each.date().isoformat() if each else "" for each in (service.valid_from, service.valid_until))
    return f"{since} - {until}"


def _written(lines: Any, given: dict[str, Any]) -> int:
    with _io.destination(given["target"], force=given["force"]) as output:
        output.write("".join(f"{line}\n" for line in lines))
    return ExitCode.OK


_UPDATED: Final = Text("{count} autorità conservate in {path}.", "{count} authorities kept in {path}.")
_NOTHING: Final = Text(
    "Nessuna lista conservata: fatturakit trust update la scarica.",
    "No list is kept: fatturakit trust update fetches it.",
)
_KEPT: Final = Text(
    "{count} autorità, lista di {days} giorni fa, in {path}.", "{count} authorities, list {days} days old, in {path}."
)
_DUE: Final = Text("prossima: {due}", "next: {due}")
_OVERDUE: Final = Text("È superata: fatturakit trust update.", "It is overdue: fatturakit trust update.")
