"""An attachment that is a program.

What:    An attachment that begins as a Windows or Unix program or as a script (MZ, ELF, #!), or whose name ends as one
         (exe, bat, cmd, js, vbs, scr, ps1, jar, msi, lnk and kin).
Why:     an invoice has no reason to carry one: it is a mistake or an attack, and mail filters drop the whole message.
Fix:     do not open it; ask the sender, or attach the document the program was to show.
Source:  our advice, no SdI control.
"""

from collections.abc import Iterator

from ...envelope.sniff import is_program
from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body
from ._attachments import head


@control(
    "FK011",
    area="body",
    formats="FPA12 FPR12",
    it="l'allegato «{found}» è un programma o uno script: non aprirlo",
    en="the attachment “{found}” is a program or a script: do not open it",
    fix=Text("Chiedi spiegazioni a chi l'ha inviato.", "Ask whoever sent it."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """By name, then by the first bytes."""
    for attachment in body.attachments:
        name = attachment.get("NomeAttachment") or ""
        if is_program(name, head(attachment) or b""):
            yield rule.at(attachment.node, Severity.WARNING, args={"found": name[:60]})
