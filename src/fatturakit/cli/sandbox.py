"""``fatturakit sandbox``: the four providers on this machine, to try an integration against."""

from __future__ import annotations

from typing import Any, Final

import click

from ..errors import ExitCode
from ..report._encode import encode
from ..sandbox.quirks import QUIRKS
from ..texts import Text, language
from . import _io, _options
from ._language import LANGUAGE, examples, words


@click.command(
    name="sandbox",
    help=words(
        "Serve su questo computer i quattro servizi (A-Cube, Invoicetronic, InvoiceXpress, OpenAPI.com), con "
        "controlli, conversioni ed esportazioni veri e credenziali di prova. Niente esce dal computer.",
        "Serve the four providers (A-Cube, Invoicetronic, InvoiceXpress, OpenAPI.com) on this machine, with real "
        "checks, conversions and exports, and credentials for trying. Nothing leaves the machine.",
    ),
    epilog=words(
        examples(
            "sandbox --port 8765",
            "sandbox --quirk sdi-down --state prova.db",
            "sandbox --port 0 --format json",
            then="Esce con 130 quando lo interrompi (Ctrl-C), 2 (uso), 4 (manca l'extra server), 6 (porta occupata).",
        ),
        examples(
            "sandbox --port 8765",
            "sandbox --quirk sdi-down --state trial.db",
            "sandbox --port 0 --format json",
            then="Exits with 130 when you interrupt it (Ctrl-C), 2 (usage), 4 (the extra server is missing), 6 "
            "(port taken).",
        ),
    ),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help=words("Porta; 0 ne prende una libera.", "Port; 0 takes a free one."),
)
@click.option(
    "--quirk",
    "quirks",
    multiple=True,
    metavar="NAME",
    help=words("Accende una stranezza; no-NAME la spegne.", "Switch a quirk on; no-NAME switches it off."),
)
@click.option("--list-quirks", is_flag=True, help=words("Elenca le stranezze.", "List the quirks."))
@click.option(
    "--state",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help=words("Conserva lo stato in questo file.", "Keep the state in this file."),
)
@_options.shape(words("Come dire indirizzi e credenziali.", "How to tell addresses and credentials."))
@_options.common
def command(**given: Any) -> int:
    """The verb; its help is above."""
    if given["list_quirks"]:
        return _listed(given)
    from ..sandbox.running import Running

    running = Running(port=given["port"], quirks=given["quirks"], state=given["state"])
    with _io.destination(None, force=False) as output:
        output.write(_told(running.url, running.providers, given))
    running.serve()
    return ExitCode.INTERRUPTED


def _listed(given: dict[str, Any]) -> int:
    lang = language(given["lang"])
    with _io.destination(None, force=False) as output:
        for quirk in QUIRKS:
            usual = f" ({_USUAL.say(lang)})" if quirk.usual else ""
            output.write(f"{quirk.name:<16}{quirk.provider:<15}{quirk.title.say(lang)}{usual}\n")
    return ExitCode.OK


def _told(url: str, providers: dict[str, Any], given: dict[str, Any]) -> str:
    if given["shape"] == "json":
        return encode({"url": url, "providers": providers}) + "\n"
    lines = [_HEAD.say(language(given["lang"] or LANGUAGE), {"url": url})]
    for name, facts in providers.items():
        rest = "  ".join(f"{key}={value}" for key, value in facts.items() if key != "base_url")
        lines.append(f"  {name:<15}{facts['base_url']:<42}{rest}")
    return "\n".join(lines) + "\n"


_HEAD: Final = Text(
    "Banco di prova su {url} (elenco in {url}/docs; Ctrl-C per fermarlo)",
    "Sandbox at {url} (listed at {url}/docs; Ctrl-C stops it)",
)
_USUAL: Final = Text("accesa", "on")
