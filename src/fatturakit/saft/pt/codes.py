"""The codes of SAF-T (PT) 1.04_01: Portaria 302/2016, annex I, and the tables of the tax authority."""

from __future__ import annotations

from typing import Final

from ...texts import Text

VERSION: Final = "1.04_01"
NAMESPACE: Final = f"urn:OECD:StandardAuditFile-Tax:PT_{VERSION}"
CURRENCY: Final = "EUR"
FINAL_CONSUMER: Final = "999999990"
UNKNOWN: Final = "Desconhecido"

SALES_TYPES: Final = ("FT", "FS", "FR", "ND", "NC")
RETIRED_SALES: Final = ("VD", "TV", "TD", "AA", "DA")
"""For data up to ``RETIRED_SALES_UNTIL``."""
RETIRED_SALES_UNTIL: Final = "2012-12-31"
INSURANCE_TYPES: Final = ("RP", "RE", "CS", "LD", "RA")
WORK_TYPES: Final = ("CM", "CC", "FC", "FO", "NE", "OU", "OR", "PF")
RETIRED_WORK: Final = ("DC",)
RETIRED_WORK_UNTIL: Final = "2017-06-30"
MOVEMENT_TYPES: Final = ("GR", "GT", "GA", "GC", "GD")
PAYMENT_TYPES: Final = ("RC", "RG")
DEBIT_TYPES: Final = ("NC",)
"""Documents whose lines stand on the debit side; all others are on the credit side."""
CORRECTING_TYPES: Final = ("NC", "ND")
"""Documents whose lines name the invoice they correct (References)."""

SALES_STATUSES: Final = ("N", "S", "A", "R", "F")
WORK_STATUSES: Final = ("N", "A", "F")
MOVEMENT_STATUSES: Final = ("N", "T", "A", "F", "R")
PAYMENT_STATUSES: Final = ("N", "A")
NOT_IN_TOTALS: Final = {"sales": ("A", "F"), "movement": ("A",), "work": ("A",), "payments": ("A",)}
"""Statuses whose documents are counted but stay out of the section totals."""

BASES: Final = ("C", "E", "F", "I", "P", "R", "S", "T")
SOURCES: Final = ("P", "I", "M")
MECHANISMS: Final = ("CC", "CD", "CH", "CI", "CO", "CS", "DE", "LC", "MB", "NU", "OU", "PR", "TB", "TR")
PRODUCT_TYPES: Final = ("P", "S", "O", "E", "I")
TAX_TYPES: Final = ("IVA", "IS", "NS")
VAT_CODES: Final = ("RED", "INT", "NOR", "ISE", "OUT")
REGIONS: Final = ("PT", "PT-AC", "PT-MA")
WITHHOLDINGS: Final = ("IRS", "IRC", "IS")
TAXONOMIES: Final = ("S", "M", "N", "O")
ENTRY_TYPES: Final = ("N", "R", "A", "J")
GROUPINGS: Final = ("GR", "GA", "GM", "AR", "AA", "AM")

RATES: Final = {
    "PT": (("2011-01-01", "NOR", "23"), ("2011-01-01", "INT", "13"), ("2011-01-01", "RED", "6")),
    "PT-AC": (
        ("2021-07-01", "NOR", "16"),
        ("2014-01-01", "NOR", "18"),
        ("2014-01-01", "INT", "9"),
        ("2014-01-01", "RED", "4"),
    ),
    "PT-MA": (
        ("2012-04-01", "NOR", "22"),
        ("2012-04-01", "INT", "12"),
        ("2024-10-01", "RED", "4"),
        ("2012-04-01", "RED", "5"),
    ),
}
"""VAT rates by region: since when, code, per cent."""

TAX_NAMES: Final = {
    "RED": "Taxa reduzida",
    "INT": "Taxa intermédia",
    "NOR": "Taxa normal",
    "ISE": "Isenta",
    "OUT": "Outros",
    "NS": "Não sujeição",
    "NA": "Não aplicável",
    "IS": "Imposto do selo",
}

EXEMPTIONS: Final = {
    "M01": "Artigo 16.º, n.º 6 do CIVA",
    "M02": "Artigo 6.º do Decreto-Lei n.º 198/90, de 19 de junho",
    "M03": "Exigibilidade de caixa",
    "M04": "Isento artigo 13.º do CIVA",
    "M05": "Isento artigo 14.º do CIVA",
    "M06": "Isento artigo 15.º do CIVA",
    "M07": "Isento artigo 9.º do CIVA",
    "M08": "IVA - autoliquidação",
    "M09": "IVA - não confere direito a dedução",
    "M10": "IVA - regime de isenção",
    "M11": "Regime particular do tabaco",
    "M12": "Regime da margem de lucro - Agências de viagens",
    "M13": "Regime da margem de lucro - Bens em segunda mão",
    "M14": "Regime da margem de lucro - Objetos de arte",
    "M15": "Regime da margem de lucro - Coleção e antiguidades",
    "M16": "Isento artigo 14.º do RITI",
    "M19": "Outras isenções",
    "M20": "IVA - regime forfetário",
    "M21": "IVA - não confere direito à dedução (artigo 72.º, n.º 4)",
    "M25": "Mercadorias à consignação",
    "M26": "Isenção de IVA com direito à dedução no cabaz alimentar",
    "M30": "IVA - autoliquidação, artigo 2.º, n.º 1, alínea i)",
    "M31": "IVA - autoliquidação, artigo 2.º, n.º 1, alínea j)",
    "M32": "IVA - autoliquidação, artigo 2.º, n.º 1, alínea l)",
    "M33": "IVA - autoliquidação, artigo 2.º, n.º 1, alínea m)",
    "M34": "IVA - autoliquidação, artigo 2.º, n.º 1, alínea n)",
    "M40": "IVA - autoliquidação, artigo 6.º, n.º 6, a contrário",
    "M41": "IVA - autoliquidação, artigo 8.º, n.º 3 do RITI",
    "M42": "IVA - autoliquidação, Decreto-Lei n.º 21/2007",
    "M43": "IVA - autoliquidação, Decreto-Lei n.º 362/99",
    "M44": "IVA - regras específicas, artigo 6.º do CIVA",
    "M45": "IVA - regime transfronteiriço de isenção",
    "M46": "IVA - e-TaxFree",
    "M99": "Não sujeito ou não tributado",
}
"""Exemption codes with a reason of at most 60 characters, as the schema wants it."""
RETIRED_EXEMPTIONS: Final = {"M03": "2018-12-31", "M08": "2022-12-31"}
ATCUD_SINCE: Final = "2023-01-01"

CONVERSION: Final = Text(
    "Il file non porta firme né numero di certificato: la legge portoghese vuole che i file da consegnare li produca "
    "il programma che ha emesso i documenti. Convertire dati in un file da consegnare può essere punito.",
    "The file carries no signatures and no certificate number: Portuguese law wants files for filing to be produced by "
    "the program that issued the documents. Converting data into a file for filing may be punished.",
    "O ficheiro não tem assinaturas nem número de certificado: a lei portuguesa exige que os ficheiros a entregar sejam produzidos pelo programa que emitiu os documentos. Converter dados num ficheiro para entrega pode ser punido.",
)
CONVERSION_FIX: Final = Text(
    "Usalo per analisi, migrazione o prova; altrimenti metti nei dati hash, hash_control, atcud e il numero di "
    "certificato, o firma con --sign.",
    "Use it for analysis, migration or tests; else put hash, hash_control, atcud and the certificate number into the "
    "data, or sign with --sign.",
    "Use-o para análise, migração ou testes; senão indique nos dados hash, hash_control, atcud e o número de certificado, ou assine com --sign.",
)
