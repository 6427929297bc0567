"""The payments do not add up to what is due.

What:    The sum of 2.4.2.6 ImportoPagamento should be the total less withholding and less VAT in split payment. Terms
         (2.4) or payments that each equal the whole are alternatives. Silent for documents to oneself, in a currency
         other than the euro, for an advance (TP03) smaller than the whole, and for zero when nothing is to be paid.
Why:     SdI never checks it; the buyer pays the wrong amount, too much (warning) or too little (info).
Fix:     Subtract ImportoRitenuta and the VAT of summaries with EsigibilitaIVA S; make instalments add up.
Example: Total 1220.00, withholding 200.00: 1220.00 − 200.00 = 1020.00. At 1220.00 it warns, at 1000.00 it is a note.
         Two instalments, 510.00 + 510.00 = 1020.00, pass.
Source:  Allegato A 1.9.1, block 2.4; our advice, no SdI control.
"""

from collections.abc import Iterator
from decimal import Decimal

from ...findings import Finding, Severity
from ...money import CENT, ZERO, total
from ...texts import Text
from ..amounts import complete, plain
from ..declare import Rule, control
from ..facts import Body
from ._sums import TO_ONESELF, foreign_currency, matches, rounded, split_vat, withheld


@control(
    "FK004",
    area="body",
    needs="DatiPagamento",
    formats="FPA12 FPR12",
    it="i pagamenti sommano {found}, ma sono dovuti {expected}: più di un centesimo di differenza",
    en="the payments add up to {found}, but {expected} is due: more than a cent apart",
    fix=Text(
        "Dovuto è il totale meno le ritenute e meno l'IVA in scissione dei pagamenti.",
        "What is due is the total less withholding and less VAT in split payment.",
    ),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Compare what is asked with what is due, by size: credit notes may carry either sign."""
    if not body.payments or body.tipo in TO_ONESELF or foreign_currency(body):
        return
    asked, due = complete(row.number("ImportoPagamento") for row in body.payments), _due(body)
    if asked is None or not due or _agree(body, asked, due):
        return
    severity = Severity.WARNING if abs(asked) > abs(due[0]) else Severity.INFO
    if severity is Severity.WARNING or not _is_advance(body):
        node = body.payments[0].children["ImportoPagamento"]
        yield rule.at(node, severity, args={"found": plain(asked), "expected": plain(due[0])})


def _due(body: Body) -> tuple[Decimal, ...]:
    """What is due by the stated total and by the summaries; nothing when it cannot be computed."""
    withholding, split = withheld(body), split_vat(body)
    if withholding is None or split is None:
        return ()
    wholes = tuple([each for each in (body.stated, rounded(body)) if each is not None])
    return tuple(total([each, -withholding, -split]) for each in wholes) if withholding or split else wholes


def _agree(body: Body, asked: Decimal, due: tuple[Decimal, ...]) -> bool:
    if asked in due or (not asked and max(due) < 0):
        return True
    whole = tuple(map(abs, due))
    if matches(abs(asked), whole, body, CENT * len(body.payments)):
        return True
    return any(all(matches(abs(each), whole, body) for each in choice) for choice in _alternatives(body))


def _alternatives(body: Body) -> Iterator[list[Decimal]]:
    """The single payments, and the sums of the terms they stand in."""
    terms: dict[object, list[Decimal]] = {}
    for row in body.payments:
        terms.setdefault(row.node.getparent(), []).append(row.number("ImportoPagamento") or ZERO)
    yield [amount for amounts in terms.values() for amount in amounts]
    yield [total(amounts) for amounts in terms.values()]


def _is_advance(body: Body) -> bool:
    terms = body.node.iterchildren("DatiPagamento")
    return any(term.findtext("CondizioniPagamento") == "TP03" for term in terms)
