"""Documents that state more than most do: cancelled ones, paid ones, those in another currency or of goods on the way."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ..money import CENT, ZERO, cents, less, near, parse, portion, times
from ..texts import Text
from .ledger.cells import BLANK, cells_of
from .ledger.troubles import Troubles
from .shape import Cells
from .variant import Section, Variant

COMPUTED: Final = ("_currency", "_currency_amount", "_exchange_rate", "_payment_amount")
_ONE: Final = Decimal(1)
_FACTS: Final = (
    "number", "reason", "currency", "exchange_rate", "currency_amount", "payment_amount", "payment_mechanism",
    "withholding_amount",
)  # fmt: skip
_SHIP: Final = ("ship_to_address", "ship_from_address", "movement_start")


class Facts(NamedTuple):
    """The cells that decide."""

    number: str
    reason: str
    currency: str
    exchange_rate: str
    currency_amount: str
    payment_amount: str
    payment_mechanism: str
    withholding_amount: str


class RareDocuments:
    """Judges and completes one such document; ``columns`` are those of the table."""

    def __init__(self, section: Section, columns: Sequence[str], variant: Variant, troubles: Troubles) -> None:
        columns = (*columns, BLANK)
        self._variant, self._troubles = variant, troubles
        self._sales, self._paying = section.name == "sales", section.name in ("sales", "payments")
        self._facts, self._shipping = cells_of(columns, _FACTS), cells_of(columns, _SHIP)

    def completed(self, cells: Cells, kind: str, status: str, when: str, gross: Decimal) -> tuple[str, str, str, str]:
        """What stands in the columns ``COMPUTED``; ``cells`` end with an empty one."""
        facts = Facts._make(self._facts(cells))
        self._judge(facts, kind, status, when)
        if self._sales:
            shipping = self._shipping(cells)
            if any(shipping) and not all(shipping):
                self._troubles.warn("SL003", _SHIPPING, column="movement_start", number=facts.number)
            if facts.payment_amount:
                self._judge_payment(facts, kind, gross)
        return (*self._currency(facts, gross), self._paid(facts, kind, gross) if self._paying else "")

    def _judge(self, facts: Facts, kind: str, status: str, when: str) -> None:
        if status == "A" and not facts.reason.strip():
            self._troubles.warn("SL003", _NO_REASON, column="reason", number=facts.number)
        until = self._variant.retired.get(kind)
        if until and when > until:
            self._troubles.error("SL004", _RETIRED, column="type", type=kind, until=until)

    def _judge_payment(self, facts: Facts, kind: str, gross: Decimal) -> None:
        paid, due = parse(facts.payment_amount) or ZERO, _due(facts, gross)
        wrong = not near(paid, due) if kind == "FR" else paid > due + CENT
        if wrong:
            self._troubles.error("SL009", _PAID, _PAID_FIX, "payment_amount", paid=paid, due=due)

    def _paid(self, facts: Facts, kind: str, gross: Decimal) -> str:
        """PaymentAmount: as stated; of an invoice-receipt and of a receipt, what there is to pay."""
        given = facts.payment_amount.strip()
        if not (given or kind == "FR" or facts.payment_mechanism.strip()):
            return ""
        amount = parse(given) if given else _due(facts, gross)
        if amount is None:
            self._troubles.error("SL004", _NUMBER, column="payment_amount", value=given)
        elif amount < 0:
            self._troubles.error("SL009", _NEGATIVE, column="payment_amount", value=given or amount)
        return f"<PaymentAmount>{(amount or ZERO).copy_abs():f}</PaymentAmount>"

    def _currency(self, facts: Facts, gross: Decimal) -> tuple[str, str, str]:
        """CurrencyCode, CurrencyAmount and ExchangeRate, empty when the document is in the country's currency."""
        code = facts.currency.strip().upper()
        if not code or code == self._variant.currency:
            return "", "", ""
        rate, amount = parse(facts.exchange_rate), parse(facts.currency_amount)
        if rate is None or rate <= 0:
            self._troubles.error("SL009", _NO_RATE, column="exchange_rate", code=code)
            rate = _ONE
        if amount is None:
            amount = portion(gross, _ONE, rate)
        back = times(amount, rate)
        if not near(back, gross):
            self._troubles.error("SL009", _RATE, column="exchange_rate", found=cents(back), gross=gross)
        return code, f"<CurrencyAmount>{amount:f}</CurrencyAmount>", f"<ExchangeRate>{rate:f}</ExchangeRate>"


def _due(facts: Facts, gross: Decimal) -> Decimal:
    return less(gross, parse(facts.withholding_amount) or ZERO)


_NO_REASON: Final = Text(
    "{number} è annullato senza motivo.", "{number} is cancelled without a reason.", "{number} está anulado sem motivo."
)
_RETIRED: Final = Text(
    "Il tipo {type} vale per dati fino al {until}.",
    "The type {type} is for data until {until}.",
    "O tipo {type} vale para dados até {until}.",
)
_SHIPPING: Final = Text(
    "{number} è anche documento di trasporto: servono i due indirizzi e movement_start.",
    "{number} is a transport document too: it takes both addresses and movement_start.",
    "{number} é também documento de transporte: precisa dos dois endereços e de movement_start.",
)
_PAID: Final = Text("Pagato {paid}, da pagare {due}.", "Paid {paid}, to be paid {due}.", "Pago {paid}, a pagar {due}.")
_PAID_FIX: Final = Text(
    "Una FR è pagata per intero; le altre non più del totale meno la ritenuta.",
    "An FR is paid in full; others no more than the total less what is withheld.",
    "Uma FR é paga por inteiro; as outras não mais do que o total menos a retenção.",
)
_NUMBER: Final = Text("«{value}» non è un numero.", "“{value}” is no number.", "«{value}» não é um número.")
_NEGATIVE: Final = Text("{value}: importo negativo.", "{value}: a negative amount.", "{value}: valor negativo.")
_NO_RATE: Final = Text(
    "Documento in {code} senza exchange_rate.",
    "A document in {code} without exchange_rate.",
    "Documento em {code} sem exchange_rate.",
)
_RATE: Final = Text(
    "L'importo in valuta fa {found}, il totale è {gross}.",
    "The amount in currency makes {found}, the total is {gross}.",
    "O valor em moeda dá {found}, o total é {gross}.",
)
