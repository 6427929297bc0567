"""Could this number exist? Shared by 00300-00306: length, characters, control character, said in words.

A finding here is certain; silence is not: whether a number that could exist does, only the tax registry knows.
"""

from __future__ import annotations

import re
from typing import Final

from ..findings import Finding, Severity
from ..taxid import Fault, is_tax_code, is_vat_number, tax_code_fault, vat_fault
from ..texts import Text
from .declare import Rule
from .facts import Block

Findings = tuple[Finding, ...] | None
_CODICE_MAX: Final = 28
_WRITTEN: Final = re.compile(r"[A-Z0-9]{11,16}")

_VAT_LENGTH: Final = Text("ha {length} caratteri invece di 11", "it has {length} characters instead of 11")
_CODE_LENGTH: Final = Text(
    "ha {length} caratteri, mentre un codice fiscale ne ha 16 (persone) o 11 (altri soggetti)",
    "it has {length} characters, while a tax code has 16 (persons) or 11 (other subjects)",
)
_REASONS: Final = {
    "digits": Text("non è fatto di sole cifre", "it does not consist of digits only"),
    "zeros": Text("è fatto di soli zeri", "it consists of zeros only"),
    "shape": Text(
        "non è fatto come il codice fiscale di una persona (es. RSSMRA80A01H501U)",
        "it is not built like a person's tax code (e.g. RSSMRA80A01H501U)",
    ),
    "check": Text(
        "il carattere di controllo, l'ultimo, è {last} e dovrebbe essere {expected}",
        "the control character, its last, is {last} and should be {expected}",
    ),
}
_PREFIXED: Final = Text(
    "comincia con IT, ma il paese va scritto solo in <IdPaese>",
    "it begins with IT, but the country goes into <IdPaese> only",
)
_NO_VAT: Final = Text(
    "«{found}» comincia con {first}: di solito è il codice fiscale di un ente senza partita IVA, che qui SdI scarta",
    "“{found}” begins with {first}: usually the tax code of a body without VAT number, which SdI rejects here",
)
_NO_VAT_FIX: Final = Text(
    "Se l'ente non ha partita IVA, scrivi il numero in <CodiceFiscale> e togli <IdFiscaleIVA>.",
    "If the body has no VAT number, write this into <CodiceFiscale> and remove <IdFiscaleIVA>.",
)


def vat_number(rule: Rule, ident: Block | None) -> Findings:
    """Judge an IdFiscaleIVA of Italy; one that begins with 8 or 9 only warns."""
    code = _italian(ident)
    if ident is None or code is None:
        return None
    fault = vat_fault(code)
    if fault is not None:
        return _finding(rule, ident, "IdCodice", code, fault, _VAT_LENGTH)
    if code[0] not in "89":
        return None
    args = {"found": code, "first": code[0]}
    node = ident.children["IdCodice"]
    return (rule.at(node, Severity.WARNING, message=_NO_VAT, fix=_NO_VAT_FIX, args=args),)


def transmitter(rule: Rule, ident: Block | None) -> Findings:
    """Judge an identifier of Italy that is a tax code, in whatever case it is written."""
    code = _italian(ident)
    if ident is None or code is None or (fault := tax_code_fault(code.upper())) is None:
        return None
    return _finding(rule, ident, "IdCodice", code, fault, _CODE_LENGTH)


def tax_code(rule: Rule, block: Block | None) -> Findings:
    """Judge a CodiceFiscale; silent on what the schema refuses already."""
    code = block.get("CodiceFiscale") if block else None
    if block is None or code is None or (fault := tax_code_fault(code)) is None or not _WRITTEN.fullmatch(code):
        return None
    return _finding(rule, block, "CodiceFiscale", code, fault, _CODE_LENGTH)


def _italian(ident: Block | None) -> str | None:
    if ident is None or ident.get("IdPaese") != "IT":
        return None
    code = ident.get("IdCodice")
    return code if code and len(code) <= _CODICE_MAX else None


def _finding(rule: Rule, block: Block, name: str, code: str, fault: Fault, length: Text) -> Findings:
    bare = code[2:] if code[:2].upper() == "IT" else ""
    prefixed = name == "IdCodice" and (is_vat_number(bare) or is_tax_code(bare))
    reason = _PREFIXED if prefixed else _REASONS.get(fault.kind, length)
    args: dict[str, str | Text] = {"found": code, "reason": reason}
    if fault.kind == "length":
        args["length"] = str(len(code))
    elif fault.kind == "check":
        args |= {"last": code[-1], "expected": fault.expected}
    return (rule.at(block.children[name], args=args),)
