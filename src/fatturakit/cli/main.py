"""``fatturakit``: the group of verbs, the default verb, and the exit code of every ending."""

from __future__ import annotations

import os
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from .._version import __version__
from ..errors import UsageError
from ..texts import Text
from . import _config
from ._endings import ended, interrupted
from ._group import LazyGroup
from ._language import examples, let_click_speak, words

VERBS: Final = {
    "validate": words(
        "Dice se SdI rifiuterebbe un file, perché e come rimediare.", "Would SdI reject it, why, and how to mend it."
    ),
    "inspect": words(
        "Una fattura in una schermata; o che cos'è un campo.", "An invoice on one screen; or what a field is."
    ),
    "convert": words("Da XML a JSON e ritorno, esatto.", "From XML to JSON and back, exactly."),
    "diff": words("Due documenti confrontati per significato.", "Two documents compared by meaning."),
    "unwrap": words(
        "L'XML dentro P7M, base64, e-mail, ZIP, così com'è.", "The XML inside P7M, base64, e-mail, ZIP, as it is."
    ),
    "attachments": words("Gli allegati di una fattura.", "The attachments of an invoice."),
    "verify": words("La firma è valida? Di chi è?", "Is the signature valid, and whose is it?"),
    "sign": words("Firma in CAdES o XAdES.", "Sign as CAdES or XAdES."),
    "trust": words("Di quali autorità fidarsi.", "Which authorities to trust."),
    "render": words("Una fattura come pagina HTML o PDF.", "An invoice as an HTML or PDF page."),
    "theme": words("I temi delle pagine, e il tuo.", "The themes of pages, and your own."),
    "saft": words("File di audit SAF-T: controlla, verifica, converte.", "SAF-T audit files: check, verify, convert."),
    "rule": words("Che cosa vuol dire un codice di SdI.", "What a code of SdI means."),
    "new": words("Una fattura corretta da poche righe di YAML.", "A correct invoice from a few lines of YAML."),
    "split": words("Un file per ogni fattura di un lotto.", "One file for each invoice of a lot."),
    "join": words("Un lotto da più file con la stessa testata.", "One lot from files with the same header."),
    "receipt": words("Uno scontrino verrebbe accettato?", "Would a smart receipt be accepted?"),
    "remote": words("I servizi che parlano con SdI.", "The services that talk to SdI."),
    "sandbox": words(
        "I quattro servizi, per prova, su questo computer.", "The four providers, on trial, on this machine."
    ),
    "archive": words(
        "Fatture e messaggi conservati, cercati, spiegati.", "Invoices and messages kept, found, explained."
    ),
    "export": words("Lo ZIP per il commercialista.", "The ZIP for the accountant."),
    "doctor": words("Versioni, extra e librerie di sistema.", "Versions, extras and system libraries."),
    "completion": words("Il completamento per la tua shell.", "Completion for your shell."),
}
let_click_speak()
_FIELD: Final = re.compile(r"\d+(\.\d+)+")
_CONTROL: Final = re.compile(r"(00)?\d{3}|FK\d{3}|EN\d{2}", re.IGNORECASE)


class Verbs(LazyGroup):
    """The verbs; a first word that is no verb is something to inspect or explain."""

    verbs = VERBS
    home = ".{}"

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs without importing them, the options, and files: a document needs no verb."""
        found = [CompletionItem(name, help=text) for name, text in VERBS.items() if name.startswith(incomplete)]
        found += click.Command.shell_complete(self, ctx, incomplete)
        return found or [CompletionItem(incomplete, type="file")]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and (verb := _implied(args[0])):
            args = [verb, *args]
        elif args and args[0] not in VERBS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise _unknown(args[0])
        return super().resolve_command(ctx, args)


def _unknown(word: str) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(word, VERBS)
    return UsageError(_NO_VERB if near else _VERBS, word=word, near=", ".join(near or VERBS))


def _implied(word: str) -> str | None:
    """The verb of a word that is none: a document, field or code is inspected, a control explained."""
    if word == "-" or "." in word or os.sep in word or _FIELD.fullmatch(word) or Path(word).exists():
        return "inspect"
    if _CONTROL.fullmatch(word):
        return "rule"
    from ..schema.codes import code_list, code_lists

    return "inspect" if any(code_list(name).get(word.upper()) for name in code_lists()) else None


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=words(
        "Apre, controlla e spiega fatture FatturaPA e messaggi SdI, tutto sul tuo computer.\n\n"
        "fatturakit FILE mostra il documento in una schermata; fatturakit TD17 o 00423 spiega un codice.",
        "Open, check and explain FatturaPA invoices and SdI messages, all on your machine.\n\n"
        "fatturakit FILE shows the document on one screen; fatturakit TD17 or 00423 explains a code.",
    ),
    epilog=examples("IT01234567890_00001.xml.p7m", "validate in/ --format concise", "rule 00423"),
)
@click.version_option(__version__, prog_name="fatturakit")
@click.option("--lang", type=click.Choice(["it", "en"]), expose_value=False, help=words("Lingua.", "Language."))
def cli() -> None:
    """The group; its help is above."""


def entry(argv: list[str] | None = None) -> None:
    """The console script: run and leave with the exit code."""
    sys.exit(run(sys.argv[1:] if argv is None else argv))


def run(argv: list[str]) -> int:
    """Run one command line; every ending has its code and never a traceback."""
    return ended(partial(_clicked, argv))


def _clicked(argv: list[str]) -> int:
    try:
        return int(cli.main(argv, prog_name="fatturakit", standalone_mode=False, default_map=_defaults(argv)) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return interrupted()


def _defaults(argv: list[str]) -> dict[str, Any]:
    """What the configuration file sets, as click's defaults for every verb."""
    if "--isolated" in argv:
        return {}
    explicit = next((argv[place + 1] for place, word in enumerate(argv[:-1]) if word == "--config"), None)
    explicit = explicit or next((word[9:] for word in argv if word.startswith("--config=")), None)
    found, _ = _config.settings(explicit)
    values = {_PARAMETERS.get(key, key): value for key, value in found.items()}
    return dict.fromkeys(VERBS, values)


_NO_VERB: Final = Text(
    "«{word}» non è un comando, un file o un codice. Forse {near}?",
    "“{word}” is no command, file or code. Did you mean {near}?",
)
_VERBS: Final = Text(
    "«{word}» non è un comando, un file o un codice. I comandi: {near}.",
    "“{word}” is no command, file or code. The commands: {near}.",
)
_PARAMETERS: Final = {"format": "format_name"}

if __name__ == "__main__":
    entry()
