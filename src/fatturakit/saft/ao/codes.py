"""The codes of SAF-T (AO) 1.01_01."""

from __future__ import annotations

from typing import Final

from ...texts import Text

VERSION: Final = "1.01_01"
NAMESPACE: Final = f"urn:OECD:StandardAuditFile-Tax:AO_{VERSION}"
CURRENCY: Final = "AOA"
FINAL_CONSUMER: Final = "999999999"
UNKNOWN: Final = "Desconhecido"

SALES_TYPES: Final = ("FT", "FR", "GF", "FG", "AC", "AR", "ND", "NC", "AF", "TV", "RP", "RE", "CS", "LD", "RA")
WORK_TYPES: Final = ("CM", "CC", "FO", "NE", "OU", "OR", "PF", "DC", "PP")
MOVEMENT_TYPES: Final = ("GR", "GT", "GA", "GC", "GD")
PAYMENT_TYPES: Final = ("RC", "RG", "AR")
DEBIT_TYPES: Final = ("NC",)
CORRECTING_TYPES: Final = ("NC", "ND")

SALES_STATUSES: Final = ("N", "S", "A", "R")
WORK_STATUSES: Final = ("N", "A", "F")
MOVEMENT_STATUSES: Final = ("N", "T", "A", "F", "R")
PAYMENT_STATUSES: Final = ("N", "A")
NOT_IN_TOTALS: Final = ("A", "F")

BASES: Final = ("C", "E", "F", "I", "P", "R", "S")
SOURCES: Final = ("P", "I", "M")
MECHANISMS: Final = ("CC", "CD", "CH", "CI", "CO", "CS", "DE", "MB", "NU", "OU", "PR", "TB")
WITHHOLDINGS: Final = ("IRT", "II", "IS", "IVA", "IPU", "IAC", "OU")
VAT_CODES: Final = ("RED", "INT", "NOR", "ISE", "OUT")
REGIONS: Final = ("AO", "AO-CAB")
ENTRY_TYPES: Final = ("N", "R", "A", "J")
GROUPINGS: Final = ("GR", "GA", "GM", "AR", "AA", "AM")
RATES: Final = {
    "AO": (
        ("2019-10-01", "NOR", "14"),
        ("2019-10-01", "INT", "7"),
        ("2019-10-01", "RED", "5"),
        ("2019-10-01", "RED", "2"),
    ),
    "AO-CAB": (("2019-10-01", "RED", "1"),),
}
TAX_NAMES: Final = {
    "RED": "Taxa reduzida",
    "INT": "Taxa intermédia",
    "NOR": "Taxa normal",
    "ISE": "Isenta",
    "OUT": "Outros",
    "NS": "Não sujeição",
    "NA": "Não aplicável",
    "IS": "Imposto de selo",
}
EXEMPTIONS: Final = {
    "M00": "Regime Transitório",
    "M02": "Transmissão de bens e serviço não sujeita",
    "M04": "IVA - Regime de não Sujeição",
}
CONVERSION: Final = Text(
    "Il file non porta firme né numero di convalida: in Angola i file da consegnare li produce il programma "
    "convalidato che ha emesso i documenti.",
    "The file carries no signatures and no validation number: in Angola files for filing are produced by the validated "
    "program that issued the documents.",
)
CONVERSION_FIX: Final = Text(
    "Usalo per analisi, migrazione o prova.",
    "Use it for analysis, migration or tests.",
    "Use-o para análise, migração ou testes.",
)
