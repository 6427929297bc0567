"""Empty or unreadable file or archive.

What:    The file has no bytes, or cannot be opened; the archive is empty, damaged or protected by a password.
Why:     There is nothing to check.
Fix:     Download or export the file again; send archives without a password.
Source:  Allegato A 1.9, Appendix 1, 00106 (worded there for archives; we use it for plain files too).
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control


@control(
    "00106",
    area="file",
    it="L'archivio non si può usare: {reason}",
    en="The archive cannot be used: {reason}",
    fix=Text("Rifai l'archivio, senza password.", "Make the archive again, without a password."),
)
def check(rule: Rule, reason: str) -> Finding:
    """The finding for an archive; plain files are judged where they are opened."""
    from ...envelope.reasons import WHY  # only archives need it

    return rule.finding(args={"reason": WHY[reason]})
