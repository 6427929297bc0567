"""PT4xxx: keys that must be unique and references that must lead somewhere."""

from __future__ import annotations

from typing import Final
from zlib import crc32

from lxml import etree

from ...findings import Layer
from ...limits import Limits
from ...texts import Text
from ..desk import Desk
from ..keys import Keys
from ..model import Doc
from ..place import at
from ..tree import Node, leaf, many, one
from .declare import ERROR, INFO, WARNING, Place, table

_MASTER: Final = Text(
    "Ogni record citato deve stare nelle tabelle di MasterFiles, anche se occasionale.",
    "Every record referred to must be in the tables of MasterFiles, occasional ones too.",
    "Todo o registo referido tem de estar nas tabelas de MasterFiles, mesmo os ocasionais.",
)
_TWICE: Final = Text(
    "Lascia un solo record per chiave.", "Keep one record for a key.", "Deixe um só registo por chave."
)
REFERENCES: Final = table(
    Layer.SAFT,
    (
        "PT4001",
        ERROR,
        Text(
            "{field} «{key}» compare più di una volta.",
            "{field} “{key}” occurs more than once.",
            "{field} «{key}» aparece mais de uma vez.",
        ),
        _TWICE,
    ),
    (
        "PT4011",
        ERROR,
        Text(
            "Il cliente «{key}» non è nella tabella Customer.",
            "The customer “{key}” is not in the table Customer.",
            "O cliente «{key}» não está na tabela Customer.",
        ),
        _MASTER,
        WARNING,
    ),
    (
        "PT4012",
        ERROR,
        Text(
            "Il fornitore «{key}» non è nella tabella Supplier.",
            "The supplier “{key}” is not in the table Supplier.",
            "O fornecedor «{key}» não está na tabela Supplier.",
        ),
        _MASTER,
        WARNING,
    ),
    (
        "PT4013",
        ERROR,
        Text(
            "Riga {index}: il prodotto «{key}» non è nella tabella Product.",
            "Line {index}: the product “{key}” is not in the table Product.",
            "Linha {index}: o produto «{key}» não está na tabela Product.",
        ),
        _MASTER,
        WARNING,
    ),
    (
        "PT4014",
        ERROR,
        Text(
            "Il conto «{key}» non è nella tabella dei conti.",
            "The account “{key}” is not in the table of accounts.",
            "A conta «{key}» não está na tabela de contas.",
        ),
        _MASTER,
    ),
    (
        "PT4021",
        WARNING,
        Text(
            "Riga {index}: l'imposta {tax} non è nella TaxTable.",
            "Line {index}: the tax {tax} is not in the TaxTable.",
            "Linha {index}: o imposto {tax} não está na TaxTable.",
        ),
        Text("Aggiungi la riga alla TaxTable.", "Add the row to the TaxTable.", "Acrescente a linha à TaxTable."),
        INFO,
    ),
    (
        "PT4022",
        WARNING,
        Text(
            "La TaxTable ripete la riga {tax}.",
            "The TaxTable repeats the row {tax}.",
            "A TaxTable repete a linha {tax}.",
        ),
        _TWICE,
    ),
    (
        "PT4023",
        WARNING,
        Text(
            "Riga {index}: la descrizione del prodotto «{key}» non è quella della tabella Product.",
            "Line {index}: the description of the product “{key}” is not that of the table Product.",
            "Linha {index}: a descrição do produto «{key}» não é a da tabela Product.",
        ),
        Text(
            "ProductDescription ripete quella della tabella; il testo libero va in Description.",
            "ProductDescription repeats the table; free text goes into Description.",
            "ProductDescription repete a da tabela; o texto livre vai em Description.",
        ),
        INFO,
    ),
    (
        "PT4024",
        WARNING,
        Text(
            "Il movimento contabile «{key}» non è in GeneralLedgerEntries.",
            "The ledger transaction “{key}” is not in GeneralLedgerEntries.",
            "O movimento contabilístico «{key}» não está em GeneralLedgerEntries.",
        ),
        Text("Controlla TransactionID.", "Check TransactionID.", "Verifique TransactionID."),
    ),
)
Tax = tuple[str, str, str, str]


class References:
    """The keys of one file, in bounded memory."""

    def __init__(self, limits: Limits, desk: Desk) -> None:
        self._desk = desk
        kinds = ("Account", "Customer", "Supplier", "Product", "Journal", "Transaction")
        self._keys = {kind: Keys(limits.saft_keys) for kind in kinds}
        self._groups: dict[str, Place] = {}
        self._taxes: set[Tax] = set()

    def master(self, kind: str, field: str, node: Node, element: etree._Element) -> None:
        """A record of a table: its key must be new."""
        key = node.get(field)
        if isinstance(key, str):
            beside = crc32(leaf(node, "ProductDescription").encode()) if kind == "Product" else 0
            if not self._keys[kind].add(key, beside):
                self._desk.add(REFERENCES["PT4001"], at(element, field), field=field, key=key)

    def account(self, node: Node, element: etree._Element) -> None:
        """An account, and the parent it names, which may come later."""
        self.master("Account", "AccountID", node, element)
        parent = node.get("GroupingCode")
        if isinstance(parent, str) and parent not in self._keys["Account"] and len(self._groups) < _MOST_WAITING:
            self._groups.setdefault(parent, at(element, "GroupingCode"))

    def accounts_end(self) -> None:
        """All accounts are known: every parent must be one."""
        for parent, place in self._groups.items():
            if parent not in self._keys["Account"]:
                self._desk.add(REFERENCES["PT4014"], place, key=parent)
        self._groups.clear()

    def tax_entry(self, node: Node, element: etree._Element) -> None:
        """A row of the TaxTable; the same one with another expiry is another row."""
        tax = _tax(node)
        row = (*tax[:3], tax[3] + leaf(node, "TaxExpirationDate"))
        if row in self._taxes:
            self._desk.add(REFERENCES["PT4022"], at(element, "TaxCode"), tax=_shown(tax))
        self._taxes.update((row, tax))

    def transaction(self, node: Node, element: etree._Element) -> None:
        """A ledger transaction: its own key, its party, and the accounts of its lines."""
        document = leaf(node, "TransactionID")
        self.master("Transaction", "TransactionID", node, element)
        self._party(node, element, document)
        lines = one(node, "Lines")
        for name in ("DebitLine", "CreditLine"):
            for line in many(lines, name):
                key = line.get("AccountID")
                if isinstance(key, str) and key not in self._keys["Account"]:
                    self._desk.add(REFERENCES["PT4014"], at(element, "Lines", document=document), key=key)

    def document(self, doc: Doc) -> None:
        """A source document: its party, products, taxes and ledger transaction."""
        self._party(doc.node, doc.element, doc.number)
        products = self._keys["Product"]
        for index, line in enumerate(doc.lines):
            code = line.node.get("ProductCode")
            if isinstance(code, str):
                known = products.get(code)
                if known is None:
                    self._missing_product(doc, index, code)
                elif known != crc32(leaf(line.node, "ProductDescription").encode()):
                    self._desk.add(REFERENCES["PT4023"], doc.at("Line", line=index), index=index + 1, key=code)
            if line.tax and self._taxes and _tax(line.tax) not in self._taxes:
                self._unknown_tax(doc, index)
        self._ledger(doc)

    def _missing_product(self, doc: Doc, index: int, code: str) -> None:
        self._desk.add(REFERENCES["PT4013"], doc.at("Line", "ProductCode", line=index), index=index + 1, key=code)

    def _unknown_tax(self, doc: Doc, index: int) -> None:
        shown = _shown(_tax(doc.lines[index].tax))
        self._desk.add(REFERENCES["PT4021"], doc.at("Line", "Tax", line=index), index=index + 1, tax=shown)

    def _party(self, node: Node, element: etree._Element, document: str) -> None:
        for code, kind in (("PT4011", "Customer"), ("PT4012", "Supplier")):
            key = node.get(kind + "ID")
            if isinstance(key, str) and key not in self._keys[kind]:
                self._desk.add(REFERENCES[code], at(element, kind + "ID", document=document), key=key)

    def _ledger(self, doc: Doc) -> None:
        key = doc.node.get("TransactionID")
        known = self._keys["Transaction"]
        if isinstance(key, str) and known and key not in known:
            self._desk.add(REFERENCES["PT4024"], doc.at("TransactionID"), key=key)


_MOST_WAITING: Final = 100_000


def _tax(node: Node) -> Tax:
    """Type, region, code and rate; rates are compared by value, not by spelling."""
    get = node.get
    rate = get("TaxPercentage")
    shown = (rate.rstrip("0").rstrip(".") if "." in rate else rate.lstrip("+")) if isinstance(rate, str) else "="
    return leaf(node, "TaxType"), leaf(node, "TaxCountryRegion"), leaf(node, "TaxCode"), shown.strip() or "0"


def _shown(tax: Tax) -> str:
    return " ".join(tax[:3]) + ("" if tax[3] == "=" else f" {tax[3]}%")
