"""The tax of a line: completed from rate, region and day, judged by the rules on exemptions, written once per kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from ..findings import Severity
from ..money import ZERO, canonical, parse
from ..texts import Text
from .iso import COUNTRIES
from .kinds import Doubt, escaped, text
from .ledger.troubles import Troubles
from .variant import Variant

COLUMNS: Final = (
    "tax_type", "tax_region", "tax_code", "tax_rate", "tax_amount", "exemption_code", "exemption_reason",
)  # fmt: skip
_EXEMPTION: Final = re.compile(r"(M\d{2})+", re.ASCII)
_STAMP: Final = re.compile(r"[A-Za-z0-9.]{1,10}", re.ASCII)
_STAMP_AO: Final = re.compile(r"ISE|[0-9.]{1,10}", re.ASCII)
_REASON: Final = text(60, 6, cut=True)
_HUNDRED: Final = Decimal(100)


class Key(NamedTuple):
    """What names a row of the tax table."""

    type: str
    region: str
    code: str
    rate: str
    fixed: bool


class Tax(NamedTuple):
    """The tax of lines that say the same. share: the rate as a fraction; fixed: tax per unit; key: None without tax."""

    xml: str
    share: Decimal
    fixed: Decimal
    key: Key | None


NO_TAX: Final = Tax("", ZERO, ZERO, None)


class Taxes:
    """The taxes of one kind of lines. section: "sales", "movement", "work" or "payments" (its rules differ)."""

    def __init__(self, variant: Variant, section: str, troubles: Troubles) -> None:
        self._variant, self._section, self._troubles = variant, section, troubles
        self._known: dict[tuple[str, ...], Tax] = {}

    def of(self, cells: tuple[str, ...], day: str) -> Tax:
        """The tax of the seven ``cells`` (see ``COLUMNS``) of a line on a day."""
        key = cells if cells[2] else (*cells, day)
        found = self._known.get(key)
        if found is None:
            errors = self._troubles.errors
            found = self._made([cell.strip() for cell in cells], day)
            if len(self._known) > 4_096:
                self._known.clear()
            if self._troubles.errors == errors:
                self._known[key] = found
        return found

    def _made(self, cells: Sequence[str], day: str) -> Tax:
        kind, region, code, rate, amount, exemption, reason = cells
        if self._section != "sales" and not any((kind, code, rate, amount)):
            return NO_TAX
        kind = self._kind(kind.upper(), code.upper(), rate, exemption)
        region = self._region(region)
        before = self._troubles.errors
        number, fixed = self._number(rate, amount, kind)
        doubtful = self._troubles.errors > before
        value = canonical(f"{number:f}") or "0"
        code = self._code(kind, region, code.upper() if kind != "IS" else code, value, day)
        why = "" if doubtful else self._exemption(exemption.upper(), reason, zero=not number, day=day)
        element = "TaxAmount" if fixed else "TaxPercentage"
        xml = (
            f"<Tax><TaxType>{kind}</TaxType><TaxCountryRegion>{region}</TaxCountryRegion><TaxCode>{escaped(code)}</TaxCode>"
            f"<{element}>{value}</{element}></Tax>{why}"
        )
        key = Key(kind, region, code, value, fixed)
        return Tax(xml, ZERO if fixed else number / _HUNDRED, number if fixed else ZERO, key)

    def _kind(self, kind: str, code: str, rate: str, exemption: str) -> str:
        if not kind:
            return "NS" if code == "NS" or (exemption == "M99" and not (parse(rate) or 0)) else "IVA"
        if kind in ("IVA", "NS") or (kind == "IS" and self._section != "movement"):
            return kind
        self._say(_TYPE, "tax_type", value=kind, known="IVA IS NS" if self._section != "movement" else "IVA NS")
        return "IVA"

    def _region(self, region: str) -> str:
        region = region.upper() or self._variant.country
        if region in COUNTRIES or region in self._variant.regions:
            return region
        self._say(_REGION, "tax_region", value=region, known=" ".join(self._variant.regions))
        return self._variant.country

    def _number(self, rate: str, amount: str, kind: str) -> tuple[Decimal, bool]:
        fixed = bool(amount) and not rate
        column = "tax_amount" if fixed else "tax_rate"
        if not rate and not amount:
            if kind != "NS":
                self._say(_NO_RATE, column)
            return ZERO, False
        number = parse(amount if fixed else rate)
        if number is None or number < 0 or (not fixed and number > _HUNDRED):
            self._say(_RATE, column, value=amount if fixed else rate)
            return ZERO, fixed
        if fixed and self._section == "movement":
            self._say(_FIXED, column)
        return number, fixed

    def _code(self, kind: str, region: str, code: str, rate: str, day: str) -> str:
        if kind == "NS":
            return "NS"
        if kind == "IS":
            right = _STAMP_AO if self._variant.country == "AO" else _STAMP
            if not right.fullmatch(code):
                self._say(_STAMP_CODE, "tax_code", value=code)
            return code or "ISE"
        allowed = (*self._variant.vat_codes, *(("NA",) if self._section == "payments" else ()))
        code = code or self._derived(region, rate, day)
        if code not in allowed:
            self._say(_CODE, "tax_code", value=code or "-", rate=rate, region=region, known=" ".join(allowed))
            return "OUT"
        if (code == "ISE") != (rate == "0") and code not in ("OUT", "NA"):
            self._say(_ZERO_CODE, "tax_code", value=code, rate=rate)
        return code

    def _derived(self, region: str, rate: str, day: str) -> str:
        if rate == "0":
            return "ISE"
        if region not in self._variant.regions:
            return "OUT"
        rows = self._variant.rates.get(region, ())
        return next((code for since, code, value in rows if value == rate and since <= day), "")

    def _exemption(self, code: str, reason: str, *, zero: bool, day: str) -> str:
        if not zero:
            if code or reason:
                self._say(_NOT_EXEMPT, "exemption_code", code=code or reason)
            return ""
        if not _EXEMPTION.fullmatch(code):
            self._say(_WHY, "exemption_code", value=code or "-")
            return "<TaxExemptionReason>Não indicado</TaxExemptionReason><TaxExemptionCode>M99</TaxExemptionCode>"
        self._judge(code, day)
        words = self._reason(code, reason)
        return f"<TaxExemptionReason>{words}</TaxExemptionReason><TaxExemptionCode>{code}</TaxExemptionCode>"

    def _judge(self, code: str, day: str) -> None:
        if code not in self._variant.exemptions and self._troubles.once("exemption", code):
            self._troubles.warn("SL010", _UNKNOWN_EXEMPTION, column="exemption_code", value=code)
        until = self._variant.retired.get(code, "9999")
        if day > until and self._troubles.once("exemption until", code):
            self._troubles.warn("SL010", _RETIRED, column="exemption_code", value=code, until=until)

    def _reason(self, code: str, reason: str) -> str:
        given = reason or self._variant.exemptions.get(code, "Isento ou não sujeito")
        try:
            return _REASON(given)
        except Doubt as doubt:
            if doubt.severity is Severity.ERROR or self._troubles.once("reason", given):
                self._troubles.doubt(doubt, "exemption_reason")
            return doubt.value or "Isento"

    def _say(self, message: Text, column: str, **args: object) -> None:
        self._troubles.error("SL010", message, _FIXES.get(message, _FIX), column, **args)


_TYPE: Final = Text(
    "Tipo d'imposta «{value}»: qui è {known}.",
    "Kind of tax “{value}”: here it is {known}.",
    "Tipo de imposto «{value}»: aqui é {known}.",
)
_REGION: Final = Text(
    "Territorio «{value}» sconosciuto.", "Unknown territory “{value}”.", "Território «{value}» desconhecido."
)
_NO_RATE: Final = Text("La riga non ha aliquota.", "The line has no tax rate.", "A linha não tem taxa.")
_RATE: Final = Text(
    "«{value}» non è un'aliquota in percento.",
    "“{value}” is no rate in per cent.",
    "«{value}» não é uma taxa em percentagem.",
)
_FIXED: Final = Text(
    "Un trasporto non ha imposte fisse.",
    "A transport document has no fixed taxes.",
    "Um documento de transporte não tem impostos fixos.",
)
_STAMP_CODE: Final = Text(
    "«{value}» non è una voce dell'imposta di bollo.",
    "“{value}” is no item of the stamp duty table.",
    "«{value}» não é uma verba do imposto do selo.",
)
_CODE: Final = Text(
    "Codice d'imposta «{value}» (aliquota {rate}, {region}) sconosciuto.",
    "Unknown tax code “{value}” (rate {rate}, {region}).",
    "Código de imposto «{value}» (taxa {rate}, {region}) desconhecido.",
)
_ZERO_CODE: Final = Text(
    "Il codice {value} non va con l'aliquota {rate}.",
    "The code {value} does not go with the rate {rate}.",
    "O código {value} não combina com a taxa {rate}.",
)
_NOT_EXEMPT: Final = Text(
    "Una riga con imposta non può avere un motivo di esenzione ({code}).",
    "A line with tax cannot have a reason for exemption ({code}).",
    "Uma linha com imposto não pode ter motivo de isenção ({code}).",
)
_WHY: Final = Text(
    "Imposta a zero senza codice di esenzione («{value}»).",
    "A tax of zero without an exemption code (“{value}”).",
    "Imposto a zero sem código de isenção («{value}»).",
)
_UNKNOWN_EXEMPTION: Final = Text(
    "Il codice di esenzione {value} non è nella tabella.",
    "The exemption code {value} is not in the table.",
    "O código de isenção {value} não está na tabela.",
)
_RETIRED: Final = Text(
    "Il codice {value} valeva fino al {until}.",
    "The code {value} was valid until {until}.",
    "O código {value} valeu até {until}.",
)
_FIX: Final = Text("Correggi la colonna indicata.", "Mend the column named.", "Corrija a coluna indicada.")
_FIXES: Final = {
    _CODE: Text(
        "Scrivi in tax_code uno fra {known}.",
        "Write one of {known} into tax_code.",
        "Escreva em tax_code um de {known}.",
    ),
    _REGION: Text(
        "Scrivi {known} o un paese ISO 3166.",
        "Write {known} or a country of ISO 3166.",
        "Escreva {known} ou um país ISO 3166.",
    ),
    _WHY: Text(
        "Scrivi in exemption_code il codice della legge, per esempio M07.",
        "Write the code of the law into exemption_code, e.g. M07.",
        "Escreva em exemption_code o código da lei, por exemplo M07.",
    ),
    _NO_RATE: Text(
        "Scrivi tax_rate, oppure tax_type = NS con un codice di esenzione.",
        "Write tax_rate, or tax_type = NS with an exemption code.",
        "Escreva tax_rate, ou tax_type = NS com um código de isenção.",
    ),
    _NOT_EXEMPT: Text(
        "Togli il motivo, o metti l'aliquota a zero.",
        "Remove the reason, or make the rate zero.",
        "Retire o motivo, ou ponha a taxa a zero.",
    ),
}
