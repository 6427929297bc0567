"""Signature missing or not valid.

What:    An invoice to a public administration (FPA12) must be signed, CAdES (.xml.p7m) or XAdES. Whatever is signed
         must be intact: the digest of the content and the signature over it are computed again, for every signer.
Why:     SdI refuses unsigned files to the administration, and every file whose signature does not fit its content:
         somebody changed it after it was signed.
Fix:     Sign the file with a qualified certificate before sending it; ask the sender for the file again.
Example: IT01234567890_00001.xml in format FPA12 without a signature fails, IT01234567890_00001.xml.p7m passes.
         An FPR12 invoice need not be signed.
Source:  Allegato A 1.9, paragraph 1.2.1; Elenco controlli 2.0, 00102.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..transmission import Transmission

if TYPE_CHECKING:  # unsigned files never need it
    from ..signed import Signed

_AGAIN = Text(
    "Non usare il documento: fatti mandare di nuovo il file originale e controllane la firma.",
    "Do not use the document: ask for the original file again and verify its signature.",
)


@control(
    "00102",
    area="signature",
    formats="FPA12",
    it="La fattura è verso la pubblica amministrazione e non è firmata",
    en="The invoice goes to a public administration and is not signed",
    fix=Text("Firmala (CAdES o XAdES) prima dell'invio.", "Sign it (CAdES or XAdES) before sending."),
)
def check(rule: Rule, file: Transmission) -> Finding | None:
    """Judge the presence of a signature on an FPA12 document."""
    if file.kind != "FPA12" or file.signed:
        return None
    return rule.finding(file.severity)


@control(
    "00102",
    area="signature",
    it="La firma di {name} non è valida: {reason}",
    en="The signature of {name} is not valid: {reason}",
    fix=_AGAIN,
)
def verify(rule: Rule, signature: Signed) -> Finding | None:
    """Judge whether one signature fits its content."""
    if signature.intact:
        return None
    return rule.finding(args={"name": signature.name, "reason": signature.problem})
