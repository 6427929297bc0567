"""File name outside the prescribed syntax.

What:    The name must be <country><identifier>_<progressive>.<xml|xml.p7m|zip>: country as ISO 3166-1 alpha-2 in
         capitals; identifier of 11-16 letters and digits for IT, 2-28 otherwise; progressive of 1-5 letters and digits.
Why:     SdI recognises a file, and every notice about it, by its name.
Fix:     Rename the file: IT01234567890_00001.xml.
Example: IT01234567890_00001.xml passes.
         IT01234567890-00001.xml (hyphen), it01234567890_00001.xml (small letters), IT01234567890_000001.xml (6) fail.
Source:  Allegato A 1.9, paragraph 1.2.2 and Appendix 1, 00001.
"""

from ...envelope.names import is_valid
from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..transmission import Transmission


@control(
    "00001",
    area="name",
    it="Il nome «{found}» non segue la regola di SdI: <paese><identificativo>_<progressivo>.{extension}",
    en="The name “{found}” does not follow SdI's rule: <country><identifier>_<progressive>.{extension}",
    fix=Text(
        "Prima dell'invio rinomina il file, per esempio {example}.",
        "Before sending, rename the file, for example {example}.",
    ),
)
def check(rule: Rule, file: Transmission) -> Finding | None:
    """Judge the name; an unknown name ("") is not judged."""
    if not file.name or is_valid(file.name, archive=file.archive, strict=file.preflight):
        return None
    extension, example = ("zip", "IT01234567890_00001.zip") if file.archive else ("xml", "IT01234567890_00001.xml")
    args = {"found": file.name, "extension": extension, "example": example}
    return rule.finding(file.severity, args=args)
