"""What everybody must read first about a document whose signature does not hold."""

from __future__ import annotations

from typing import Final

from ..document import Document
from ..envelope.unwrap import Unwrapped
from ..texts import Text
from . import extra
from .verdict import Verdict


def warning(document: Document | Unwrapped) -> Text | None:
    """The warning to show before anything of ``document``; None when it is intact, unsigned, or the extra is absent.

    What ``unwrap`` gave is taken too; of one that was recovered the unwrapping itself tells.
    """
    signed = document.is_signed if isinstance(document, Document) else not document.recovered
    if not signed or not extra.available():
        return None
    from .verify import verify

    found = verify(document, trust=())
    if not found.signers and not found.recovered:
        return None
    template = _WARNINGS.get(found.verdict)
    if template is None:
        return None
    reason = found.problem
    return Text(template.it.format(reason=reason.it), template.en.format(reason=reason.en))


_WARNINGS: Final = {
    Verdict.CHANGED: Text(
        "ATTENZIONE: LA FIRMA NON È VALIDA, non fidarti di ciò che segue: {reason}.",
        "WARNING: THE SIGNATURE IS NOT VALID, do not trust what follows: {reason}.",
    ),
    Verdict.NOT_VERIFIABLE: Text(
        "ATTENZIONE: la firma non si può verificare: {reason}.", "WARNING: the signature cannot be verified: {reason}."
    ),
}
