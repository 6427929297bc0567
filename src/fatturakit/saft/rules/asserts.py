"""PT3xxx: the nineteen asserts of the XSD 1.1 schema, each with its letter; and what an ``xs:all`` asks of a transaction."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ...findings import Layer
from ...texts import Text
from ...xmlio import line_of
from ..desk import Desk
from ..model import Doc, Line
from ..place import at, path_of
from ..tree import Node, leaf, local_name, many, one
from .declare import ERROR, WARNING, Place, table
from .structure import STRUCTURE

_REASON: Final = Text(
    "Con imposta zero servono TaxExemptionReason e TaxExemptionCode; con imposta diversa da zero vanno tolti.",
    "Tax of zero needs TaxExemptionReason and TaxExemptionCode; other tax admits neither.",
    "Com imposto zero são precisos TaxExemptionReason e TaxExemptionCode; com imposto diferente de zero retiram-se.",
)
_ZERO: Final = Text(
    "Con TaxBase, UnitPrice e importo della riga valgono 0.",
    "With TaxBase, UnitPrice and the amount of the line are 0.",
    "Com TaxBase, UnitPrice e o valor da linha são 0.",
)
_TAX: Final = Text("Aggiungi <Tax> alle righe.", "Add <Tax> to the lines.", "Acrescente <Tax> às linhas.")
_ACCOUNT: Final = Text("Correggi il conto.", "Mend the account.", "Corrija a conta.")
ASSERTS: Final = table(
    Layer.XSD,
    (
        "PT3001",
        ERROR,
        Text(
            "Conto {account}: TaxonomyCode è obbligatorio per i conti GM e vietato agli altri (categoria {category}).",
            "Account {account}: TaxonomyCode is required for GM accounts and forbidden for others (category {category}).",
            "Conta {account}: TaxonomyCode é obrigatório nas contas GM e proibido nas outras (categoria {category}).",
        ),
        _ACCOUNT,
    ),
    (
        "PT3002",
        ERROR,
        Text(
            "Conto {account}: GroupingCode è vietato ai conti GR e AR e obbligatorio per gli altri ({category}).",
            "Account {account}: GroupingCode is forbidden for GR and AR accounts, required for others ({category}).",
            "Conta {account}: GroupingCode é proibido nas contas GR e AR e obrigatório nas outras ({category}).",
        ),
        _ACCOUNT,
    ),
    (
        "PT3011",
        ERROR,
        Text(
            "Riga {index}: TaxAmount {tax} e motivo di esenzione non vanno d'accordo.",
            "Line {index}: TaxAmount {tax} and the reason of exemption do not agree.",
            "Linha {index}: TaxAmount {tax} e o motivo de isenção não concordam.",
        ),
        _REASON,
    ),
    (
        "PT3012",
        ERROR,
        Text(
            "Riga {index}: aliquota {tax} e motivo di esenzione non vanno d'accordo.",
            "Line {index}: the rate {tax} and the reason of exemption do not agree.",
            "Linha {index}: a taxa {tax} e o motivo de isenção não concordam.",
        ),
        _REASON,
    ),
    (
        "PT3013",
        ERROR,
        Text(
            "Riga {index}: TaxExemptionReason e TaxExemptionCode vanno insieme.",
            "Line {index}: TaxExemptionReason and TaxExemptionCode go together.",
            "Linha {index}: TaxExemptionReason e TaxExemptionCode andam juntos.",
        ),
        _REASON,
    ),
    (
        "PT3014",
        ERROR,
        Text(
            "Riga {index}: c'è TaxBase, ma UnitPrice è {found} e non 0.",
            "Line {index}: there is a TaxBase, but UnitPrice is {found} and not 0.",
            "Linha {index}: há TaxBase, mas UnitPrice é {found} e não 0.",
        ),
        _ZERO,
    ),
    (
        "PT3015",
        ERROR,
        Text(
            "Riga {index}: c'è TaxBase, ma l'importo è {found} e non 0.",
            "Line {index}: there is a TaxBase, but the amount is {found} and not 0.",
            "Linha {index}: há TaxBase, mas o valor é {found} e não 0.",
        ),
        _ZERO,
    ),
    (
        "PT3021",
        WARNING,
        Text(
            "Riga {index}: una ricevuta di IVA per cassa (RC) dovrebbe avere <Tax> su ogni riga.",
            "Line {index}: a receipt of the cash scheme (RC) should have <Tax> on every line.",
            "Linha {index}: um recibo do IVA de caixa (RC) deveria ter <Tax> em cada linha.",
        ),
        _TAX,
    ),
    (
        "PT3022",
        ERROR,
        Text(
            "Una ricevuta di IVA per cassa (RC) deve indicare l'imposta di almeno una riga.",
            "A receipt of the cash scheme (RC) must state the tax of at least one line.",
            "Um recibo do IVA de caixa (RC) tem de indicar o imposto de pelo menos uma linha.",
        ),
        _TAX,
    ),
)


def account(node: Node, element: etree._Element, desk: Desk) -> None:
    """A1 and A2."""
    category = leaf(node, "GroupingCategory")
    args = {"account": leaf(node, "AccountID"), "category": category}
    if (category == "GM") != ("TaxonomyCode" in node):
        desk.add(ASSERTS["PT3001"], at(element, "GroupingCategory"), **args)
    if category not in _CATEGORIES or (category in {"GR", "AR"}) == ("GroupingCode" in node):
        desk.add(ASSERTS["PT3002"], at(element, "GroupingCategory"), **args)


_CATEGORIES: Final = frozenset({"GR", "AR", "GA", "AA", "GM", "AM"})


def transaction(node: Node, element: etree._Element, desk: Desk) -> None:
    """At least one line on each side, and at most one party (``xmlschema`` lets an optional choice repeat)."""
    parties = [child for child in element if local_name(child.tag) in {"CustomerID", "SupplierID"}]
    if len(parties) > 1:
        where = Place(line_of(parties[1]), path_of(parties[1]), leaf(node, "TransactionID"))
        desk.add(STRUCTURE["PT2002"], where, parent="Transaction", found=local_name(parties[1].tag), expected="<Lines>")
    lines = one(node, "Lines")
    debits, credits_ = len(many(lines, "DebitLine")), len(many(lines, "CreditLine"))
    if lines and not (debits and credits_):
        place = at(element, "Lines", document=leaf(node, "TransactionID"))
        desk.add(STRUCTURE["PT2010"], place, debits=debits, credits=credits_)


def document(doc: Doc, desk: Desk) -> None:
    """L1 to L5 on every line; P1 and P2 on receipts."""
    for index, line in enumerate(doc.lines):
        node = line.node
        reason, code = "TaxExemptionReason" in node, "TaxExemptionCode" in node
        if reason != code or line.percentage is None or (line.percentage == 0) != reason or line.base is not None:
            _line(doc, index, line, desk, reason=reason, code=code)
    if not doc.section.signed and doc.type == "RC":
        _receipt(doc, desk)


def _line(doc: Doc, index: int, line: Line, desk: Desk, *, reason: bool, code: bool) -> None:
    shown = index + 1
    if line.fixed is not None and (line.fixed == 0) != reason:
        desk.add(ASSERTS["PT3011"], doc.at("Line", "Tax", line=index), index=shown, tax=line.fixed)
    if line.percentage is not None and (line.percentage == 0) != reason:
        desk.add(ASSERTS["PT3012"], doc.at("Line", "Tax", line=index), index=shown, tax=line.percentage)
    if reason != code:
        desk.add(ASSERTS["PT3013"], doc.at("Line", line=index), index=shown)
    if "TaxBase" in line.node:
        _base(doc, index, line, desk)


def _base(doc: Doc, index: int, line: Line, desk: Desk) -> None:
    if line.price:
        desk.add(ASSERTS["PT3014"], doc.at("Line", "UnitPrice", line=index), index=index + 1, found=line.price)
    if line.debit or line.credit:
        found = line.debit or line.credit
        desk.add(ASSERTS["PT3015"], doc.at("Line", "TaxBase", line=index), index=index + 1, found=found)


def _receipt(doc: Doc, desk: Desk) -> None:
    if not any("TaxType" in line.tax for line in doc.lines):
        desk.add(ASSERTS["PT3022"], doc.at("PaymentType"))
        return
    for index, line in enumerate(doc.lines):
        if not line.tax:
            desk.add(ASSERTS["PT3021"], doc.at("Line", line=index), index=index + 1)
