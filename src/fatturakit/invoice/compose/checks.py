"""What a correct document of its type needs, beyond fields that fit: sides, dates, signs, limits.

They are SdI's controls (in brackets), asked of the input, so that the answer names what the user wrote.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ...texts import Text
from .charges import Held
from .kinds import CREDITS, KINDS, NEGATIVE, UNION, Kind
from .parties import Party
from .reader import Section

_LIMIT: Final = Decimal(400)
_NO_LIMIT: Final = frozenset({"RF19", "RF20"})


def parties(document: Section, tipo: str, seller: Party, buyer: Party) -> None:
    """Who may be seller and buyer (00417, 00471-00473, 00475, 00476)."""
    kind, paths = KINDS[tipo], (seller.section.path, buyer.section.path)
    if not seller.vat:
        seller.section.note("vat", _NO_VAT)
    if not buyer.vat and not buyer.tax_code:
        buyer.section.note("tax_code", _NO_CODES)
    if kind.own == "buyer" and (not buyer.vat or buyer.vat[0] != "IT"):
        buyer.section.note("vat", _OWN, tipo=tipo)
    if kind.seller and seller.vat and seller.italian != (kind.seller == "IT"):
        document.note(paths[0], _FOREIGN if kind.seller == "foreign" else _ITALIAN, tipo=tipo)
    _sameness(document, kind, tipo, seller, buyer)
    if not seller.italian and buyer.vat and buyer.vat[0] != "IT":
        document.note(paths[0], _NOBODY_HERE)
    _linked(document, kind, tipo, seller)


def _sameness(document: Section, kind: Kind, tipo: str, seller: Party, buyer: Party) -> None:
    if kind.same is None:
        return
    codes = {"".join(seller.vat or ()), (seller.vat or ("", ""))[1], seller.tax_code} - {None, ""}
    same = ("".join(buyer.vat) if buyer.vat else buyer.tax_code) in codes
    if same and not kind.same:
        document.note(buyer.section.path, _SAME, tipo=tipo)
    elif kind.same and not same:
        document.note(buyer.section.path, _TWO, tipo=tipo)


def _linked(document: Section, kind: Kind, tipo: str, seller: Party) -> None:
    european = (seller.vat or ("", ""))[0] in UNION
    if (kind.linked == "always" or (kind.linked and european)) and not document.has("linked"):
        document.note("linked", _LINKED, tipo=tipo)


def number(document: Section) -> None:
    """The number bears a digit (00425)."""
    given = document.text("number")
    if given and not any(char in "0123456789" for char in given):
        document.note("number", _DIGITLESS, found=given)


def sign(document: Section, tipo: str, amount: Decimal) -> None:
    """Credits are positive amounts of a credit note; only documents to oneself are varied with a minus."""
    if amount < 0 and tipo not in NEGATIVE:
        document.note("lines", _CREDIT if tipo in CREDITS else _MINUS, found=amount)


def regime(document: Section, code: str, held: list[Held], *, split: bool) -> None:
    """Withholding on fees goes neither with the flat-rate regime nor with split payment."""
    if code == "RF19" and any(each.on_income for each in held):
        document.note("withholding", _FLAT)
    if split and any(each.fee for each in held):
        document.note("vat_due", _SPLIT)


def simplified(document: Section, code: str, amount: Decimal) -> None:
    """The limit of simplified invoices (00460)."""
    if amount > _LIMIT and code not in _NO_LIMIT and not document.has("corrects"):
        document.note("lines", _TOO_MUCH, found=amount, limit=_LIMIT)


def intent(document: Section, natures: set[str], tipo: str, *, named: bool) -> None:
    """A sale on a letter of intent names the letter."""
    if "N3.5" in natures and tipo not in CREDITS | NEGATIVE | {"TD21", "TD27"} and not named:
        document.note("intent", _INTENT)


_NO_VAT: Final = Text("chi emette ha una partita IVA", "a seller has a VAT number")
_NO_CODES: Final = Text("serve vat o tax_code", "takes vat or tax_code")
_OWN: Final = Text(
    "in un {tipo} il cessionario sei tu, con la tua partita IVA italiana; il cedente è il fornitore",
    "in a {tipo} the buyer is you, with your Italian VAT number; the seller is the supplier",
)
_FOREIGN: Final = Text(
    "in un {tipo} il cedente è il fornitore estero, non italiano", "in a {tipo} the seller is the foreign supplier"
)
_ITALIAN: Final = Text("in un {tipo} il cedente è italiano", "in a {tipo} the seller is Italian")
_SAME: Final = Text(
    "in un {tipo} cedente e cessionario sono due soggetti diversi", "in a {tipo} seller and buyer are two subjects"
)
_TWO: Final = Text("in un {tipo} cedente e cessionario coincidono", "in a {tipo} seller and buyer are the same")
_NOBODY_HERE: Final = Text(
    "né cedente né cessionario hanno una partita IVA italiana", "neither seller nor buyer has an Italian VAT number"
)
_LINKED: Final = Text(
    "un {tipo} cita la fattura del fornitore: numero e data", "a {tipo} names the supplier's invoice: number and date"
)
_DIGITLESS: Final = Text("«{found}» non contiene alcuna cifra", "“{found}” has no digit")
_MINUS: Final = Text(
    "il totale è negativo ({found}): per un accredito usa type TD04 con importi positivi",
    "the total is negative ({found}): for a credit use type TD04 with positive amounts",
)
_CREDIT: Final = Text(
    "il totale è negativo ({found}): una nota di credito ha importi positivi",
    "the total is negative ({found}): a credit note has positive amounts",
)
_FLAT: Final = Text("il regime forfettario (RF19) non subisce ritenute", "the flat-rate regime (RF19) suffers none")
_SPLIT: Final = Text(
    "la scissione dei pagamenti non vale per compensi con ritenuta d'acconto: toglila",
    "split payment does not apply to fees with withholding tax: remove it",
)
_TOO_MUCH: Final = Text(
    "{found} euro, oltre il limite di {limit} della fattura semplificata: emetti una fattura ordinaria",
    "{found} euro, above the limit of {limit} for simplified invoices: issue an ordinary one",
)
_INTENT: Final = Text(
    "con N3.5 serve la dichiarazione d'intento: protocol e date", "N3.5 needs the letter of intent: protocol and date"
)
