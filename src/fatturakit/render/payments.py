"""Payments row by row, with the QR code of a SEPA transfer where one can be made from what the invoice states."""

from __future__ import annotations

import re
from typing import Any, Final

from ..money import cents, parse
from .owed import due_date, instalments
from .parts import Party
from .speech import Speech
from .values import day

_LEAST, _MOST = parse("0.01"), parse("999999999.99")
_CODES_AT_MOST: Final = 3
_ACCOUNT: Final = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", re.ASCII)


class Instalment:
    """A DettaglioPagamento; node: its fields; block: the DatiPagamento around it."""

    def __init__(self, node: Any, block: Any, lang: str) -> None:
        self.node = node
        self.block = block
        found = due_date(node)
        self.computed_date = day(found[0], lang) if found and found[1] else ""


def rows_of(body: Any, lang: str) -> list[Instalment]:
    """Every instalment of every block."""
    return [Instalment(node, block, lang) for block in body.DatiPagamento for node in block.DettaglioPagamento]


def qr_codes(body: Any, seller: Party, speech: Speech) -> list[dict[str, str]]:
    """A code (EPC069-12) for each of the first three instalments that can be transferred: a data URI with its words."""
    rows = [facts for node in instalments(body) if (facts := _transferable(node, body, seller))]
    try:
        from segno import helpers
    except ImportError:
        return []
    codes = []
    for facts in rows[:_CODES_AT_MOST]:
        code = helpers.make_epc_qr(**facts, encoding="utf-8")
        words = {"amount": _spelled(facts["amount"], speech), "name": facts["name"]}
        codes.append({"uri": code.svg_data_uri(border=0, scale=3), "alt": speech.plain("qr_alt", **words)} | words)
    return codes


def _spelled(amount: str, speech: Speech) -> str:
    from .values import number

    return number(amount, speech.lang)


def _transferable(node: Any, body: Any, seller: Party) -> dict[str, str] | None:
    """What a transfer needs, when the invoice says all of it: MP05, EUR, a valid IBAN, an amount, a name."""
    general = body.DatiGenerali.DatiGeneraliDocumento
    amount = parse(node.ImportoPagamento.raw)
    if node.ModalitaPagamento.raw.strip() != "MP05" or general.Divisa.raw.strip() != "EUR" or amount is None:
        return None
    account, name = node.IBAN.raw.strip(), node.Beneficiario.raw.strip() or seller.name.html.striptags()
    if not valid_account(account) or not name:
        return None
    if _LEAST is None or _MOST is None or not _LEAST <= cents(amount) <= _MOST:
        return None
    reason = node.CodicePagamento.raw.strip() or f"{general.Numero.raw.strip()} {general.Data.raw.strip()}"
    return {"name": name[:70], "iban": account, "amount": str(cents(amount)), "text": reason[:140]}


def valid_account(number: str) -> bool:
    """Whether an IBAN has its check digits right (ISO 7064, 97-10).

    >>> valid_account("IT60X0542811101000000123456"), valid_account("IT61X0542811101000000123456")
    (True, False)
    """
    if not _ACCOUNT.fullmatch(number):
        return False
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1
