"""An attachment that is empty or not of the format it declares.

What:    The content of 2.5.5 Attachment is empty, or does not begin as 2.5.3 FormatoAttachment (else the ending of
         2.5.1 NomeAttachment) says: PDF, PNG, JPG, GIF, TIFF, ZIP, Office. A compressed one must be a ZIP when it
         says so. Unknown formats are not judged; text that is no base64 is a 00200.
Why:     The reader's program will not open it; a frequent cause is content encoded in base64 twice.
Fix:     Attach the file again, encoded once.
Example: A PDF encoded once begins with JVBERi; if it begins with SlZCRVJp it was encoded twice: a note.
Source:  Allegato A 1.9.1, block 2.5; our advice, no SdI control.
"""

from collections.abc import Iterator
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Block, Body
from ._attachments import head

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = (b"\xd0\xcf\x11\xe0",)
_JPEG: Final = (b"\xff\xd8\xff",)
_TIFF: Final = (b"II*\x00", b"MM\x00*")
_BEGINS: Final[dict[str, tuple[bytes, ...]]] = {
    "PDF": (b"%PDF",),
    "PNG": (b"\x89PNG",),
    "JPG": _JPEG,
    "JPEG": _JPEG,
    "GIF": (b"GIF8",),
    "TIF": _TIFF,
    "TIFF": _TIFF,
    "ZIP": _ZIP,
    "DOCX": _ZIP,
    "XLSX": _ZIP,
    "ODT": _ZIP,
    "ODS": _ZIP,
    "DOC": (*_OLE, b"{\\rtf"),
    "XLS": (*_OLE, b"<", b"\t\x08"),
}


@control(
    "FK012",
    area="body",
    needs="Allegati",
    formats="FPA12 FPR12",
    it="l'allegato «{found}» è vuoto o il suo contenuto non è {expected}",
    en="the attachment “{found}” is empty or its content is not {expected}",
    fix=Text("Allega di nuovo il file, codificato una volta sola.", "Attach the file again, encoded once."),
)
def check(rule: Rule, body: Body) -> Iterator[Finding]:
    """Compare the first bytes with what is declared."""
    for attachment in body.attachments:
        content, declared = head(attachment), _declared(attachment)
        if content is not None and (not content or _differs(content, declared)):
            expected = declared[:20] or _DECLARED
            args = {"found": (attachment.get("NomeAttachment") or "")[:60], "expected": expected}
            yield rule.at(attachment.node, Severity.INFO, args=args)


def _declared(attachment: Block) -> str:
    packed = (attachment.get("AlgoritmoCompressione") or "").upper()
    if packed:
        return packed
    name = (attachment.get("NomeAttachment") or "").upper()
    ending = name.rpartition(".")[2]
    return ending if ending == "P7M" else (attachment.get("FormatoAttachment") or ending).upper().lstrip(".")


def _differs(content: bytes, declared: str) -> bool:
    begins = _BEGINS.get(declared)
    if begins is None:
        return False
    return not (begins[0] in content[:1024] if declared == "PDF" else content.startswith(begins))


_DECLARED: Final = Text("quello dichiarato", "what is declared")
