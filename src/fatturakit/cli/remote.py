"""``fatturakit remote PROVIDER VERB``: what the tables of the providers have, as commands."""

from __future__ import annotations

import click

from ..remote.providers import NAMES, provider
from ._language import examples, words
from ._remote_commands import group_of


class Providers(click.Group):
    """One group a provider, made from its table when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return group_of(provider(cmd_name)) if cmd_name in NAMES else None


command = Providers(
    name="remote",
    help=words(
        "I servizi che parlano con SdI: A-Cube, Invoicetronic, InvoiceXpress, OpenAPI.com. Solo questo comando (e\n"
        "quelli che lo dicono) usa la rete.\n\n"
        "Le credenziali vengono da FATTURAKIT_<SERVIZIO>_<NOME>, da un file (…_FILE) o da un comando (…_COMMAND), mai\n"
        "dalla riga di comando. --dry-run mostra la richiesta e non la fa.",
        "The services that talk to SdI: A-Cube, Invoicetronic, InvoiceXpress, OpenAPI.com. Only this command (and\n"
        "those that say so) uses the network.\n\n"
        "Credentials come from FATTURAKIT_<SERVICE>_<NAME>, from a file (…_FILE) or a command (…_COMMAND), never from\n"
        "the command line. --dry-run shows the request and does not make it.",
    ),
    epilog=words(
        examples(
            "remote acube send fattura.xml --sandbox",
            "remote invoicetronic export --year 2026 --month 11 -o novembre.zip",
            "remote invoicexpress saft --year 2026 --month 10 -o saft.xml --account acme",
            then="Esce con 0, 1 (il documento sarebbe scartato), 2 (uso o credenziali mancanti), 3, 4 (extra "
            "remote), 5 (il servizio o la rete), 6 (scrittura).",
        ),
        examples(
            "remote acube send invoice.xml --sandbox",
            "remote invoicetronic export --year 2026 --month 11 -o november.zip",
            "remote invoicexpress saft --year 2026 --month 10 -o saft.xml --account acme",
            then="Exits with 0, 1 (the document would be rejected), 2 (usage or missing credentials), 3, 4 "
            "(extra remote), 5 (the service or the network), 6 (output).",
        ),
    ),
)
