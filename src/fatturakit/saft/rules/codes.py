"""PT8xxx: tax numbers, tax codes and rates, exemption codes, retired document types, countries."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from lxml import etree

from ...findings import Layer
from ...texts import Text
from ..desk import Desk
from ..model import Doc, Line, number
from ..place import at
from ..pt import codes as pt
from ..pt.nif import is_nif
from ..tree import Node, leaf, one
from .declare import ERROR, INFO, WARNING, table

_NIF: Final = Text("Controlla il numero.", "Check the number.", "Verifique o número.")
_TAX: Final = Text(
    "IVA: RED, INT, NOR, ISE, OUT. Non soggetto: tipo e codice NS. Bollo (IS): il numero della verba.",
    "IVA: RED, INT, NOR, ISE, OUT. Not subject: type and code NS. Stamp duty (IS): the number of the item.",
    "IVA: RED, INT, NOR, ISE, OUT. Não sujeito: tipo e código NS. Selo (IS): o número da verba.",
)
CODES: Final = table(
    Layer.SAFT,
    ("PT8001", ERROR, Text(
        "{field} {found}: la cifra di controllo del NIF non torna.",
        "{field} {found}: the check digit of the NIF is wrong.",
        "{field} {found}: o dígito de controlo do NIF está errado.",
    ), _NIF),
    ("PT8002", WARNING, Text(
        "{field} {found} ({key}): non è un NIF valido.",
        "{field} {found} ({key}): not a valid NIF.",
        "{field} {found} ({key}): não é um NIF válido.",
    ), _NIF),
    ("PT8003", WARNING, Text(
        "Riga {index}: il codice d'imposta {found} non si usa con {type}.",
        "Line {index}: the tax code {found} is not used with {type}.",
        "Linha {index}: o código de imposto {found} não se usa com {type}.",
    ), _TAX),
    ("PT8004", WARNING, Text(
        "Riga {index}: in {region} il {date} l'aliquota {code} è {expected}%, non {found}%.",
        "Line {index}: in {region} on {date} the rate {code} is {expected}%, not {found}%.",
        "Linha {index}: em {region}, a {date}, a taxa {code} é {expected}%, não {found}%.",
    ), Text("Controlla aliquota e codice.", "Check rate and code.", "Verifique taxa e código.")),
    ("PT8005", WARNING, Text(
        "Riga {index}: il codice di esenzione {found} non è nell'elenco dell'AT.",
        "Line {index}: the exemption code {found} is not in the list of the AT.",
        "Linha {index}: o código de isenção {found} não consta da lista da AT.",
    ), Text("Scegli un codice in vigore.", "Choose a code in force.", "Escolha um código em vigor.")),
    ("PT8006", WARNING, Text(
        "Riga {index}: il codice di esenzione {found} non si usa più dopo il {expected}.",
        "Line {index}: the exemption code {found} is not used after {expected}.",
        "Linha {index}: o código de isenção {found} já não se usa depois de {expected}.",
    ), Text("Scegli un codice in vigore.", "Choose a code in force.", "Escolha um código em vigor.")),
    ("PT8007", ERROR, Text(
        "Il tipo {found} si usa solo per documenti fino al {expected}.",
        "The type {found} is only for documents up to {expected}.",
        "O tipo {found} só se usa em documentos até {expected}.",
    ), Text("Usa FT, FS, FR, ND o NC.", "Use FT, FS, FR, ND or NC.", "Use FT, FS, FR, ND ou NC.")),
    ("PT8008", WARNING, Text(
        "CompanyAddress/Country è {found}: la legge vuole PT.",
        "CompanyAddress/Country is {found}: the law wants PT.",
        "CompanyAddress/Country é {found}: a lei exige PT.",
    ), Text("Scrivi PT.", "Write PT.", "Escreva PT.")),
    ("PT8009", WARNING, Text(
        "Riga {index}: l'aliquota {found} della TaxTable è scaduta il {expected}.",
        "Line {index}: the rate {found} of the TaxTable expired on {expected}.",
        "Linha {index}: a taxa {found} da TaxTable expirou em {expected}.",
    ), Text("Usa l'aliquota in vigore.", "Use the rate in force.", "Use a taxa em vigor.")),
    ("PT8010", INFO, Text(
        "Il consumatore finale (999999990) si chiama «{found}»: il nome d'uso è «Consumidor final».",
        "The final consumer (999999990) is called “{found}”: the customary name is “Consumidor final”.",
        "O consumidor final (999999990) chama-se «{found}»: o nome habitual é «Consumidor final».",
    ), Text("Usa il nome generico.", "Use the generic name.", "Use o nome genérico.")),
)  # fmt: skip
_RETIRED: Final = dict.fromkeys(pt.RETIRED_SALES, pt.RETIRED_SALES_UNTIL) | dict.fromkeys(
    pt.RETIRED_WORK, pt.RETIRED_WORK_UNTIL
)
_GENERIC: Final = "consumidor final"
_AS_BEFORE: Final = frozenset(pt.CORRECTING_TYPES)
"""They repeat the rate of the invoice they correct, which may be an old one."""
_MOST_EXPIRIES: Final = 10_000


class Codes:
    """The codes of one file. portuguese: the rules of Portugal apply, not only those shared with its sisters."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._expiry: dict[tuple[str, str, str, Decimal | None], str] = {}

    def header(self, node: Node, element: etree._Element) -> None:
        """The company's own number and country, and the producer's number."""
        nif = leaf(node, "TaxRegistrationNumber").strip()
        if nif and not is_nif(nif):
            self._desk.add(
                CODES["PT8001"], at(element, "TaxRegistrationNumber"), field="TaxRegistrationNumber", found=nif
            )
        producer = leaf(node, "ProductCompanyTaxID").strip()
        if _portuguese(producer) and not is_nif(producer):
            args = {"field": "ProductCompanyTaxID", "found": producer, "key": leaf(node, "ProductID")}
            self._desk.add(CODES["PT8002"], at(element, "ProductCompanyTaxID"), **args)
        country = leaf(one(node, "CompanyAddress"), "Country")
        if country and country != "PT":
            self._desk.add(CODES["PT8008"], at(element, "CompanyAddress"), found=country)

    def party(self, kind: str, node: Node, element: etree._Element) -> None:
        """A customer or supplier."""
        field = kind + "TaxID"
        number_ = leaf(node, field).strip()
        country = leaf(one(node, "BillingAddress"), "Country")
        if country in {"PT", pt.UNKNOWN} and _portuguese(number_) and not is_nif(number_):
            args = {"field": field, "found": number_, "key": leaf(node, kind + "ID")}
            self._desk.add(CODES["PT8002"], at(element, field), **args)
        name = leaf(node, "CompanyName").strip()
        if (
            kind == "Customer"
            and number_ == pt.FINAL_CONSUMER
            and country == pt.UNKNOWN
            and name.casefold() != _GENERIC
        ):
            self._desk.add(CODES["PT8010"], at(element, "CompanyName"), found=name)

    def tax_entry(self, node: Node) -> None:
        """A row of the TaxTable with an end."""
        expiry = leaf(node, "TaxExpirationDate").strip()
        key = _key(node)
        if expiry and len(self._expiry) < _MOST_EXPIRIES:
            self._expiry[key] = max(expiry, self._expiry.get(key, ""))
        elif not expiry:
            self._expiry.pop(key, None)

    def document(self, doc: Doc) -> None:
        """The type of a document and the codes of its lines."""
        until = _RETIRED.get(doc.type)
        if until and doc.date > until and doc.section.signed:
            self._desk.add(CODES["PT8007"], doc.at(doc.section.type), found=doc.type, expected=until)
        for index, line in enumerate(doc.lines):
            if line.tax:
                self._tax(doc, index, line)
            code = line.node.get("TaxExemptionCode")
            if isinstance(code, str):
                self._exemption(doc, index, code)

    def _tax(self, doc: Doc, index: int, line: Line) -> None:
        kind, region, code = leaf(line.tax, "TaxType"), leaf(line.tax, "TaxCountryRegion"), leaf(line.tax, "TaxCode")
        if not _fits(kind, code):
            self._desk.add(CODES["PT8003"], doc.at("Line", "Tax", line=index), index=index + 1, found=code, type=kind)
        elif kind == "IVA" and line.percentage is not None and doc.section.signed and doc.type not in _AS_BEFORE:
            expected = rate(region, code, doc.date[:10])
            if expected is not None and expected != line.percentage:
                args = {"region": region, "code": code, "expected": expected, "found": line.percentage}
                self._desk.add(
                    CODES["PT8004"], doc.at("Line", "Tax", line=index), index=index + 1, date=doc.date, **args
                )
        expiry = self._expiry.get(_key(line.tax)) if self._expiry else None
        if expiry and doc.date[:10] > expiry:
            args = {"found": line.percentage, "expected": expiry}
            self._desk.add(CODES["PT8009"], doc.at("Line", "Tax", line=index), index=index + 1, **args)

    def _exemption(self, doc: Doc, index: int, written: str) -> None:
        for place in range(0, len(written), 3):
            code = written[place : place + 3]
            until = pt.RETIRED_EXEMPTIONS.get(code)
            where = doc.at("Line", "TaxExemptionCode", line=index) if code not in pt.EXEMPTIONS or until else None
            if where is not None and code not in pt.EXEMPTIONS:
                self._desk.add(CODES["PT8005"], where, index=index + 1, found=code)
            elif where is not None and until and doc.date > until:
                self._desk.add(CODES["PT8006"], where, index=index + 1, found=code, expected=until)


@lru_cache(maxsize=256)
def _fits(kind: str, code: str) -> bool:
    if kind == "IVA":
        return code in pt.VAT_CODES or code == "NA"
    if kind == "NS":
        return code in {"NS", "NA"}
    return bool(code) and (code == "ISE" or code[0].isdigit() or code == "NA")


@lru_cache(maxsize=4096)
def rate(region: str, code: str, day: str) -> Decimal | None:
    """The VAT rate of a code in a region on a day; None when we do not know it.

    >>> rate("PT-MA", "RED", "2024-09-30"), rate("PT-MA", "RED", "2024-10-01"), rate("ES", "NOR", "2024-10-01")
    (Decimal('5'), Decimal('4'), None)
    """
    if code == "ISE":
        return Decimal(0) if region in pt.RATES else None
    known = [row for row in pt.RATES.get(region, ()) if row[1] == code and row[0] <= day]
    return Decimal(max(known)[2]) if known else None


def _portuguese(value: str) -> bool:
    return len(value) == 9 and value.isascii() and value.isdigit()


def _key(node: Node) -> tuple[str, str, str, Decimal | None]:
    return (
        leaf(node, "TaxType"),
        leaf(node, "TaxCountryRegion"),
        leaf(node, "TaxCode"),
        number(node.get("TaxPercentage")),
    )
