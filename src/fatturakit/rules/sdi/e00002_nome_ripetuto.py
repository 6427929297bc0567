"""File name already used.

What:    No two files sent to SdI may have the same name, whatever became of the first. A rejected file is sent again
         under a new name. Here the files of one call are compared; what was sent before only SdI knows.
Why:     SdI recognises a file, and every notice about it, by its name.
Fix:     Give the file the next free progressive.
Example: IT01234567890_00001.xml was rejected: the mended file is sent as IT01234567890_00002.xml.
         IT01234567890_00001.xml beside IT01234567890_00001.xml.p7m is a warning.
Source:  Allegato A 1.9, Appendix 1, 00002.
"""

from ...envelope.names import split
from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..transmission import Transmission

_SAME_STEM = Text(
    "Il nome «{found}» è uguale, estensione a parte, a quello di {other}",
    "The name “{found}” equals, but for its extension, that of {other}",
)


@control(
    "00002",
    area="name",
    it="Il nome «{found}» è già usato da {other}",
    en="The name “{found}” is already used by {other}",
    fix=Text("Dai al file un progressivo nuovo.", "Give the file a new progressive."),
)
def check(rule: Rule, file: Transmission, seen: dict[str, tuple[str, str]], path: str) -> Finding | None:
    """Judge one file against those ``seen`` before it (stem -> name and path), and remember it."""
    if not file.name:
        return None
    name, other = seen.setdefault(split(file.name)[0], (file.name, path))
    if other == path:
        return None
    args = {"found": file.name, "other": other}
    if name == file.name:
        return rule.finding(file.severity, args=args)
    return rule.finding(Severity.WARNING, message=_SAME_STEM, args=args)
