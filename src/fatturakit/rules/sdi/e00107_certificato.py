"""Signing certificate not valid.

What:    The certificate has another defect: not yet in force when it signed, a key usage that does not allow
         signatures, a broken chain up to a trusted authority. That it is no qualified certificate, or one for
         authentication (no nonRepudiation), is a note, and a warning before sending: providers write it in more than
         one way.
Why:     Only a valid, qualified certificate makes a signature SdI takes.
Fix:     Sign with a qualified certificate that is in force.
Example: Certificate valid from 2026-04-01, signature of 2026-03-10: the file is rejected.
Source:  Allegato A 1.9, Appendix 1, 00107; Elenco controlli 2.0; ETSI EN 319 412-2 and -5 (key usage, QCStatements).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..signed import Signed


@control(
    "00107",
    area="signature",
    it="Il certificato di {name} non va bene per firmare: {reason}",
    en="The certificate of {name} is not good for signing: {reason}",
    fix=Text("Firma con un certificato qualificato e valido.", "Sign with a qualified, valid certificate."),
)
def check(rule: Rule, signature: Signed, received: datetime, *, preflight: bool = False) -> Iterator[Finding]:
    """Judge the certificate of one signature."""
    doubtful = Severity.WARNING if preflight else Severity.INFO
    if signature.not_before is None:
        return
    early = (signature.signed_at or received) < signature.not_before
    since = {"name": signature.name, "since": str(signature.not_before.date())}
    for wrong, severity, reason in (
        (early, Severity.ERROR, _EARLY),
        (not signature.may_sign, Severity.ERROR, _USAGE),
        (signature.chain_broken, Severity.ERROR, signature.trust_problem),
        (signature.may_sign and not signature.non_repudiation, doubtful, _AUTHENTICATION),
        (not signature.qualified and not signature.revenue, doubtful, _NOT_QUALIFIED),
    ):
        if wrong:
            yield rule.finding(severity, args={**since, "reason": reason})


_EARLY: Final = Text("alla firma non era ancora valido (lo è dal {since})", "it was not in force yet (from {since})")
_USAGE: Final = Text("il suo uso (key usage) non ammette firme", "its key usage does not allow signatures")
_AUTHENTICATION: Final = Text(
    "il suo uso (key usage) non comprende nonRepudiation, come nei certificati di autenticazione",
    "its key usage lacks nonRepudiation, as in certificates for authentication",
)
_NOT_QUALIFIED: Final = Text(
    "non dichiara di essere un certificato qualificato", "it does not state to be a qualified certificate"
)
