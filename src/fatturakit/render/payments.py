"""Payments row by row, with the QR code of a SEPA transfer where one can be made from what the invoice states."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from ..money import cents, parse
from .owed import due_date, instalments
from .parts import Party
from .speech import Speech
from .values import day, number

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


class Code(NamedTuple):
    """A QR code: its picture as a data URI, its words for those who cannot see it, the amount below it."""

    uri: str
    alt: str
    amount: str


def qr_codes(body: Any, seller: Party, speech: Speech) -> list[Code]:
    """A code (EPC069-12) for each of the first three instalments that can be transferred: a data URI with its words."""
    rows = [facts for node in instalments(body) if (facts := _transferable(node, body, seller))]
    codes = []
    for facts in rows[:_CODES_AT_MOST]:
        amount = number(facts[2], speech.lang)
        if picture := _picture(*facts):
            codes.append(Code(picture, speech.plain("qr_alt", amount=amount, name=facts[0]), amount))
    return codes


@lru_cache(64)
def _picture(name: str, account: str, amount: str, reason: str) -> str:
    """The code as an SVG in a data URI; "" without segno, or when there is too much to say for it."""
    try:
        from segno import helpers
    except ImportError:
        return ""
    try:
        code = helpers.make_epc_qr(name, account, Decimal(amount), text=reason, encoding="utf-8")
    except ValueError:
        return ""
    return code.svg_data_uri(border=0, scale=3)


def _transferable(node: Any, body: Any, seller: Party) -> tuple[str, str, str, str] | None:
    """What a transfer needs, when the invoice says all of it: MP05, EUR, a valid IBAN, an amount, a name."""
    general = body.DatiGenerali.DatiGeneraliDocumento
    amount = parse(node.ImportoPagamento.raw)
    if node.ModalitaPagamento.raw.strip() != "MP05" or general.Divisa.raw.strip() != "EUR" or amount is None:
        return None
    account, name = node.IBAN.raw.strip(), node.Beneficiario.raw.strip() or seller.name.plain
    if not valid_account(account) or not name:
        return None
    if _LEAST is None or _MOST is None or not _LEAST <= cents(amount) <= _MOST:
        return None
    reason = node.CodicePagamento.raw.strip() or f"{general.Numero.raw.strip()} {general.Data.raw.strip()}"
    return name[:70], account, str(cents(amount)), reason[:140]


def valid_account(number: str) -> bool:
    """Whether an IBAN has its check digits right (ISO 7064, 97-10).

    >>> valid_account("IT60X0542811101000000123456"), valid_account("IT61X0542811101000000123456")
    (True, False)
    """
    if not _ACCOUNT.fullmatch(number):
        return False
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1
