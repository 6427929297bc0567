"""PT9xxx: what the law and practice ask of a file beyond its form."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ...findings import Layer
from ...texts import Text
from ..desk import Desk
from ..model import Doc
from ..place import at
from ..pt.codes import CORRECTING_TYPES
from ..tree import Node, leaf, many, one
from .declare import INFO, NOWHERE, WARNING, table

PORTAL: Final = 40 * 1000 * 1000
_REFERENCES: Final = Text(
    "References (con Reference e Reason) è per NC e ND; gli altri usano OrderReferences.",
    "References (with Reference and Reason) is for NC and ND; others use OrderReferences.",
    "References (com Reference e Reason) é para NC e ND; os outros usam OrderReferences.",
)
POLICY: Final = table(
    Layer.SAFT,
    ("PT9001", WARNING, Text(
        "SoftwareCertificateNumber è 0: l'AT vuole che i file da consegnare li produca il programma certificato che ha "
        "emesso i documenti.",
        "SoftwareCertificateNumber is 0: the AT wants files for filing made by the certified program that issued the "
        "documents.",
        "SoftwareCertificateNumber é 0: a AT exige que os ficheiros a entregar sejam produzidos pelo programa certificado "
        "que emitiu os documentos.",
    ), Text("Usa il file per analisi o prove.", "Use the file for analysis or tests.", "Use o ficheiro para análise.")),
    ("PT9002", INFO, Text(
        "Il file è di {found} MB: il portale e-Fatura ne accetta {expected}.",
        "The file has {found} MB: the e-Fatura portal takes {expected}.",
        "O ficheiro tem {found} MB: o portal e-Fatura aceita {expected}.",
    ), Text("Usa il programma dell'AT a riga di comando.", "Use the AT's command line client.",
            "Use o cliente de linha de comandos da AT.")),
    ("PT9003", WARNING, Text(
        "Un file di tipo {basis} non contiene {found}.",
        "A file of the basis {basis} does not hold {found}.",
        "Um ficheiro do tipo {basis} não contém {found}.",
    ), Text("Controlla TaxAccountingBasis.", "Check TaxAccountingBasis.", "Verifique TaxAccountingBasis.")),
    ("PT9004", WARNING, Text(
        "Riga {index}: References su un documento {type}.",
        "Line {index}: References on a document {type}.",
        "Linha {index}: References num documento {type}.",
    ), _REFERENCES),
    ("PT9005", WARNING, Text(
        "Riga {index}: un documento {type} deve citare quello che corregge, con il motivo (Reference e Reason).",
        "Line {index}: a document {type} must name the one it corrects, and why (Reference and Reason).",
        "Linha {index}: um documento {type} tem de referir o que corrige e o motivo (Reference e Reason).",
    ), _REFERENCES),
    ("PT9006", WARNING, Text(
        "Documento annullato senza motivo (Reason).",
        "Cancelled document without a reason (Reason).",
        "Documento anulado sem motivo (Reason).",
    ), Text("Indica il motivo.", "State the reason.", "Indique o motivo.")),
    ("PT9007", WARNING, Text(
        "Dati di trasporto su un documento {type}: di norma solo FT e FR.",
        "Transport data on a document {type}: normally FT and FR only.",
        "Dados de transporte num documento {type}: normalmente só FT e FR.",
    ), Text("Togli ShipTo e ShipFrom.", "Remove ShipTo and ShipFrom.", "Retire ShipTo e ShipFrom.")),
    ("PT9008", WARNING, Text(
        "Dati di trasporto incompleti: manca {found}.",
        "Transport data are incomplete: {found} is missing.",
        "Dados de transporte incompletos: falta {found}.",
    ), Text("Completa i dati.", "Complete the data.", "Complete os dados.")),
    ("PT9009", WARNING, Text(
        "Riga {index}: OrderReferences su una nota {type}.",
        "Line {index}: OrderReferences on a note {type}.",
        "Linha {index}: OrderReferences numa nota {type}.",
    ), _REFERENCES),
)  # fmt: skip
_FORBIDDEN: Final = {
    "F": ("GeneralLedgerAccounts", "GeneralLedgerEntries"),
    "E": ("GeneralLedgerAccounts", "GeneralLedgerEntries"),
    "S": ("GeneralLedgerAccounts", "GeneralLedgerEntries"),
    "T": ("GeneralLedgerAccounts", "GeneralLedgerEntries", "SalesInvoices", "Payments"),
    "R": ("GeneralLedgerAccounts", "GeneralLedgerEntries", "SalesInvoices", "MovementOfGoods", "WorkingDocuments"),
    "C": ("SalesInvoices", "MovementOfGoods", "WorkingDocuments"),
}


class Policy:
    """What a file of its basis should and should not hold."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._basis = ""
        self._told: set[str] = set()

    def header(self, node: Node, element: etree._Element) -> None:
        """The certificate and the basis."""
        self._basis = leaf(node, "TaxAccountingBasis")
        if leaf(node, "SoftwareCertificateNumber").strip().strip("0") == "":
            self._desk.add(POLICY["PT9001"], at(element, "SoftwareCertificateNumber"))

    def size(self, total: int) -> None:
        """The size of the XML in bytes."""
        if total > PORTAL:
            self._desk.add(POLICY["PT9002"], NOWHERE, found=f"{total / 1_000_000:.1f}", expected=PORTAL // 1_000_000)

    def present(self, part: str, element: etree._Element) -> None:
        """A part of the file that is there."""
        if part in _FORBIDDEN.get(self._basis, ()) and part not in self._told:
            self._told.add(part)
            self._desk.add(POLICY["PT9003"], at(element), basis=self._basis, found=part)

    def document(self, doc: Doc) -> None:
        """Reason of cancellation, references, transport."""
        if doc.status == "A" and not leaf(doc.state, "Reason"):
            self._desk.add(POLICY["PT9006"], doc.at("DocumentStatus"))
        if doc.section.name == "SalesInvoices":
            self._references(doc)
            if "ShipTo" in doc.node or "ShipFrom" in doc.node:
                self._transport(doc)

    def _references(self, doc: Doc) -> None:
        correcting = doc.type in CORRECTING_TYPES
        for index, line in enumerate(doc.lines):
            found = many(line.node, "References")
            code = ""
            if found and not correcting:
                code = "PT9004"
            elif correcting and "OrderReferences" in line.node:
                code = "PT9009"
            elif correcting and doc.counted and not any(row.get("Reference") and row.get("Reason") for row in found):
                code = "PT9005"
            if code:
                self._desk.add(POLICY[code], doc.at("Line", line=index), index=index + 1, type=doc.type)

    def _transport(self, doc: Doc) -> None:
        if doc.type not in {"FT", "FR"}:
            self._desk.add(POLICY["PT9007"], doc.at("ShipTo"), type=doc.type)
            return
        missing = [] if leaf(doc.node, "MovementStartTime") else ["MovementStartTime"]
        missing += [f"{name}/Address" for name in ("ShipTo", "ShipFrom") if "Address" not in one(doc.node, name)]
        if missing:
            self._desk.add(POLICY["PT9008"], doc.at("ShipTo"), found=", ".join(missing))
