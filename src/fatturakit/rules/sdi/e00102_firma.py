"""Signature missing or not valid.

What:    An invoice to a public administration (FPA12) must be signed, CAdES (.xml.p7m) or XAdES. Here only the
         presence of a signature is judged; its integrity is not evaluated by this version.
Why:     SdI refuses unsigned files to the administration.
Fix:     Sign the file with a qualified certificate before sending it.
Example: IT01234567890_00001.xml in format FPA12 without a signature fails, IT01234567890_00001.xml.p7m passes.
         An FPR12 invoice need not be signed.
Source:  Allegato A 1.9, paragraph 1.2.1; Elenco controlli 2.0, 00102.
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..transmission import Transmission


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
