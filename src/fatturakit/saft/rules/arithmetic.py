"""PT5xxx: lines, documents and sections add up; both numbers are shown.

Lines are net of every discount. A document's net and tax are the absolute values of its signed lines. Section totals are
net and unrounded; documents whose status excludes them are counted but not summed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from ...findings import Layer
from ...texts import Text
from ..desk import Desk
from ..model import ZERO, Doc, Line, number
from ..tree import many, one
from .declare import ERROR, WARNING, table

CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)
_CHECK: Final = Text(
    "Il calcolo è su importi netti, con le righe non arrotondate.",
    "The sum is of net amounts, with the lines unrounded.",
    "O cálculo faz-se sobre valores líquidos, com linhas não arredondadas.",
)
_SECTION: Final = Text(
    "I totali di sezione sommano gli importi netti delle righe, senza i documenti annullati (e, nelle vendite, fatturati).",
    "Section totals add up the net amounts of lines, without cancelled (and, for sales, billed) documents.",
    "Os totais da secção somam os valores líquidos das linhas, sem documentos anulados (e, nas vendas, faturados).",
)
_DISCOUNT: Final = Text(
    "UnitPrice è già al netto degli sconti: SettlementAmount è solo informativo.",
    "UnitPrice is net of discounts already: SettlementAmount only informs.",
    "UnitPrice já é líquido de descontos: SettlementAmount é apenas informativo.",
)


def _differs(it: str, en: str, pt: str) -> Text:
    return Text(
        f"{it}: scritto {{found}}, calcolato {{expected}}.",
        f"{en}: written {{found}}, computed {{expected}}.",
        f"{pt}: escrito {{found}}, calculado {{expected}}.",
    )


ARITHMETIC: Final = table(
    Layer.SAFT,
    (
        "PT5001",
        ERROR,
        Text(
            "Riga {index}: importo {found}, ma {quantity} × {price} = {expected}.",
            "Line {index}: the amount is {found}, but {quantity} × {price} = {expected}.",
            "Linha {index}: valor {found}, mas {quantity} × {price} = {expected}.",
        ),
        _DISCOUNT,
    ),
    ("PT5002", ERROR, _differs("NetTotal", "NetTotal", "NetTotal"), _CHECK),
    ("PT5003", ERROR, _differs("TaxPayable", "TaxPayable", "TaxPayable"), _CHECK),
    ("PT5004", ERROR, _differs("GrossTotal", "GrossTotal", "GrossTotal"), Text(
        "GrossTotal = NetTotal + TaxPayable; la ritenuta non lo cambia.",
        "GrossTotal = NetTotal + TaxPayable; withholding does not change it.",
        "GrossTotal = NetTotal + TaxPayable; a retenção não o altera.",
    )),
    ("PT5005", ERROR, _differs("Numero di documenti di {section}", "Documents of {section}", "Documentos de {section}"),
     Text("Si contano tutti i documenti, anche annullati.", "All documents count, cancelled ones too.",
          "Contam-se todos os documentos, também os anulados.")),
    ("PT5006", ERROR, _differs("{section}/{total}", "{section}/{total}", "{section}/{total}"), _SECTION),
    ("PT5007", WARNING, _differs("{section}/{total}, arrotondato", "{section}/{total}, rounded",
                                 "{section}/{total}, arredondado"), _SECTION),
    ("PT5008", ERROR, Text(
        "I pagamenti di una fattura-ricevuta sono {found}, ma totale meno ritenuta è {expected}.",
        "The payments of an invoice-receipt are {found}, but gross minus withholding is {expected}.",
        "Os pagamentos de uma fatura-recibo são {found}, mas total menos retenção é {expected}.",
    ), Text("Correggi i pagamenti.", "Mend the payments.", "Corrija os pagamentos.")),
    ("PT5009", WARNING, Text(
        "I pagamenti ({found}) superano il totale meno la ritenuta ({expected}).",
        "The payments ({found}) exceed gross minus withholding ({expected}).",
        "Os pagamentos ({found}) excedem o total menos a retenção ({expected}).",
    ), Text("Correggi i pagamenti.", "Mend the payments.", "Corrija os pagamentos.")),
    ("PT5013", WARNING, Text(
        "Una fattura-ricevuta senza pagamenti: totale meno ritenuta è {expected}.",
        "An invoice-receipt without payments: gross minus withholding is {expected}.",
        "Uma fatura-recibo sem pagamentos: total menos retenção é {expected}.",
    ), Text("Indica i pagamenti.", "State the payments.", "Indique os pagamentos.")),
    ("PT5010", ERROR, Text(
        "Valuta: {amount} × {rate} = {expected} EUR, ma GrossTotal è {found}.",
        "Currency: {amount} × {rate} = {expected} EUR, but GrossTotal is {found}.",
        "Moeda: {amount} × {rate} = {expected} EUR, mas GrossTotal é {found}.",
    ), Text("ExchangeRate è euro per unità di valuta estera.", "ExchangeRate is euro per unit of foreign currency.",
            "ExchangeRate é euros por unidade de moeda estrangeira.")),
    ("PT5011", ERROR, Text(
        "Il lato {side} ({found}) supera quello proprio di un {type} ({expected}).",
        "The {side} side ({found}) exceeds the side of a {type} ({expected}).",
        "O lado {side} ({found}) excede o lado próprio de um {type} ({expected}).",
    ), Text(
        "Le note di credito (NC) stanno in DebitAmount, le fatture in CreditAmount.",
        "Credit notes (NC) are in DebitAmount, invoices in CreditAmount.",
        "As notas de crédito (NC) vão em DebitAmount, as faturas em CreditAmount.",
    )),
    ("PT5012", WARNING, Text(
        "Il movimento non quadra: dare {found}, avere {expected}.",
        "The transaction does not balance: debit {found}, credit {expected}.",
        "O movimento não fecha: débito {found}, crédito {expected}.",
    ), Text("Correggi gli importi.", "Mend the amounts.", "Corrija os valores.")),
)  # fmt: skip


def plain(value: Decimal) -> str:
    """A number without exponent and without zeros at its end.

    >>> plain(Decimal("14918.7090")), plain(Decimal("1E+3"))
    ('14918.709', '1000')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def document(doc: Doc, desk: Desk) -> None:
    """Lines and totals of one document."""
    net = taxed = by_unit = ZERO
    whole = True
    for index, line in enumerate(doc.lines):
        amount = _amount(line)
        if amount is None:
            whole = False
            continue
        if line.price is not None and line.quantity is not None:
            _line(doc, index, line, amount, desk)
        signed = amount if (line.credit is None) is doc.credit_note else -amount
        tax, other = _tax(line, signed)
        net += signed
        taxed += tax
        by_unit += other
    if whole and doc.totals:
        _totals(doc, desk, net, taxed, by_unit)


def _amount(line: Line) -> Decimal | None:
    return line.debit if line.credit is None else line.credit


def _line(doc: Doc, index: int, line: Line, amount: Decimal, desk: Desk) -> None:
    expected = line.quantity * line.price  # type: ignore[operator]
    if abs(expected - amount) > CENT:
        name = "DebitAmount" if line.credit is None else "CreditAmount"
        args = {"quantity": line.quantity, "price": line.price, "found": amount, "expected": plain(expected)}
        desk.add(ARITHMETIC["PT5001"], doc.at("Line", name, line=index), index=index + 1, **args)


def _tax(line: Line, signed: Decimal) -> tuple[Decimal, Decimal]:
    """The tax of a line, twice: a tax base may be meant for the line or for each unit, and the law can be read both ways."""
    if line.fixed is not None:
        fixed = line.fixed * (line.quantity if line.quantity is not None else 1)
        return fixed, fixed
    if not line.percentage:
        return ZERO, ZERO
    if line.base is None:
        tax = signed * line.percentage / _HUNDRED
        return tax, tax
    tax = line.base * line.percentage / _HUNDRED
    return tax, tax * (line.quantity if line.quantity is not None else 1)


def _totals(doc: Doc, desk: Desk, net: Decimal, taxed: Decimal, by_unit: Decimal) -> None:
    totals = doc.totals
    said_net, said_tax = number(totals.get("NetTotal")), number(totals.get("TaxPayable"))
    gross = number(totals.get("GrossTotal"))
    wrong_net = said_net is not None and doc.section.signed and abs(said_net - abs(net)) > CENT
    wrong_tax = said_tax is not None and doc.section.signed and _off(said_tax, taxed) and _off(said_tax, by_unit)
    if wrong_net:
        desk.add(ARITHMETIC["PT5002"], doc.at("DocumentTotals", "NetTotal"), found=said_net, expected=plain(abs(net)))
    if wrong_tax:
        place = doc.at("DocumentTotals", "TaxPayable")
        desk.add(ARITHMETIC["PT5003"], place, found=said_tax, expected=plain(abs(taxed)))
    if said_net is None or said_tax is None or gross is None:
        return
    right = gross
    nets, taxes = (abs(net) if wrong_net else said_net), (abs(taxed) if wrong_tax else said_tax)
    told = (wrong_net or wrong_tax) and abs(nets + taxes - gross) <= CENT  # the sum is right, a part of it is not
    if abs(said_net + said_tax - gross) >= CENT and not told:
        right = said_net + said_tax
        desk.add(ARITHMETIC["PT5004"], doc.at("DocumentTotals", "GrossTotal"), found=gross, expected=plain(right))
    _about_gross(doc, right, net, desk)


def _off(said: Decimal, computed: Decimal) -> bool:
    return abs(said - abs(computed)) > CENT


def _about_gross(doc: Doc, gross: Decimal, net: Decimal, desk: Desk) -> None:
    if doc.section.name == "SalesInvoices":
        if net < 0 and doc.type not in _EITHER:
            _side(doc, desk)
        if "Payment" in doc.totals or doc.type == "FR":
            _payments(doc, gross, desk)
    currency = one(doc.totals, "Currency")
    if currency:
        amount, rate = number(currency.get("CurrencyAmount")), number(currency.get("ExchangeRate"))
        if amount is not None and rate is not None and abs(amount * rate - gross) > CENT:
            args = {"amount": amount, "rate": rate, "expected": plain(amount * rate), "found": gross}
            desk.add(ARITHMETIC["PT5010"], doc.at("DocumentTotals", "Currency"), **args)


_EITHER: Final = frozenset({"RP", "RE", "CS", "LD", "RA"})


def _side(doc: Doc, desk: Desk) -> None:
    debit = sum((line.debit for line in doc.lines if line.debit is not None), ZERO)
    credit = sum((line.credit for line in doc.lines if line.credit is not None), ZERO)
    side, found, expected = ("credit", credit, debit) if doc.credit_note else ("debit", debit, credit)
    desk.add(ARITHMETIC["PT5011"], doc.at("Line"), side=side, found=found, expected=expected, type=doc.type)


def _payments(doc: Doc, gross: Decimal, desk: Desk) -> None:
    paid = _sum(number(row.get("PaymentAmount")) for row in many(doc.totals, "Payment"))
    held = _sum(number(row.get("WithholdingTaxAmount")) for row in many(doc.node, "WithholdingTax"))
    if paid is None or held is None or not doc.counted:
        return
    due = gross - held
    code = "PT5009" if paid - due > CENT else ""
    if doc.type == "FR" and abs(paid - due) > CENT:
        code = "PT5008" if "Payment" in doc.totals else "PT5013"
    if code:
        desk.add(ARITHMETIC[code], doc.at("DocumentTotals"), found=paid, expected=due)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    total = ZERO
    for value in values:
        if value is None:
            return None
        total += value
    return total


def transaction_sides(lines: list[dict[str, object]], name: str) -> Decimal:
    """The sum of one side of a ledger transaction."""
    found = (number(line.get(name)) for line in lines)
    return sum((value for value in found if value is not None), ZERO)
