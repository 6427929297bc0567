"""Payments: what is due, in one or several instalments."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ...money import less, portion, total
from ...texts import Text
from .kinds import CONDITIONS, METHODS
from .reader import Leaf, Section, Xml

_PLAIN: Final = {
    "beneficiary": "Beneficiario",
    "terms_from": "DataRiferimentoTerminiPagamento",
    "days": "GiorniTerminiPagamento",
    "due": "DataScadenzaPagamento",
    "post_office": "CodUfficioPostale",
    "bank": "IstitutoFinanziario",
    "abi": "ABI",
    "cab": "CAB",
    "bic": "BIC",
    "early_discount": "ScontoPagamentoAnticipato",
    "early_until": "DataLimitePagamentoAnticipato",
    "late_penalty": "PenalitaPagamentiRitardati",
    "late_from": "DataDecorrenzaPenale",
    "reference": "CodicePagamento",
}


def read(document: Section, due: Decimal) -> list[Xml]:
    """DatiPagamento: one block with every instalment; amounts not given share what is left of ``due``."""
    sections = list(document.each("payments"))
    condition = document.choice("payment_condition", CONDITIONS, "TP01" if len(sections) > 1 else "TP02")
    if not sections:
        return []
    given = [section.number("amount") for section in sections]
    amounts = _shared(given, due)
    if condition != "TP03" and total(amounts) != due:
        document.note("payments", _SUM, found=total(amounts), due=due)
    rows = [_row(section, amount) for section, amount in zip(sections, amounts, strict=True)]
    return [{"CondizioniPagamento": Leaf(condition, "payment_condition"), "DettaglioPagamento": rows}]


def _shared(given: list[Decimal | None], due: Decimal) -> list[Decimal]:
    left = less(due, *(amount for amount in given if amount is not None))
    open_ = sum(1 for amount in given if amount is None)
    amounts = []
    for amount in given:
        if amount is None:
            share = portion(left, Decimal(1), Decimal(open_))
            left, open_ = less(left, share), open_ - 1
            amounts.append(share)
        else:
            amounts.append(amount)
    return amounts


def _row(section: Section, amount: Decimal) -> Xml:
    row: Xml = {}
    section.need("method")
    method = section.choice("method", METHODS)
    row["ModalitaPagamento"] = Leaf(method, section.at("method"))
    row["ImportoPagamento"] = Leaf(amount, section.at("amount"))
    if iban := section.text("iban"):
        row["IBAN"] = Leaf(iban.replace(" ", "").upper(), section.at("iban"))
    section.fill(row, _PLAIN)
    section.close(row)
    return row


_SUM: Final = Text(
    "i pagamenti sommano {found}, ma sono dovuti {due} (un acconto: payment_condition TP03)",
    "the payments add up to {found}, but {due} is due (an advance: payment_condition TP03)",
)
