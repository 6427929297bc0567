"""Signing certificate expired.

What:    The certificate of a signer had expired when it signed; a certificate that expired between the signature and
         the reception is a warning, because the moment SdI looks at is not published.
Why:     An expired certificate signs nothing.
Fix:     Renew the certificate and sign again.
Example: Certificate expired on 2026-03-01, signature of 2026-03-10: the file is rejected.
         With a certificate valid until 2026-12-31 it passes.
Source:  Allegato A 1.9, Appendix 1, 00100; Elenco controlli 2.0.
"""

from datetime import datetime

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..signed import Signed


@control(
    "00100",
    area="signature",
    it="Il certificato di {name} è scaduto il {expired}, prima del {moment}",
    en="The certificate of {name} expired on {expired}, before {moment}",
    fix=Text("Rinnova il certificato e firma di nuovo.", "Renew the certificate and sign again."),
)
def check(rule: Rule, signature: Signed, received: datetime) -> Finding | None:
    """Judge one signature: an error when it was made too late, a warning when only the reception was."""
    end, signed = signature.not_after, signature.signed_at
    if end is None or max(received, signed or received) <= end:
        return None
    late = signed is not None and signed > end
    moment = signed if late and signed is not None else received
    args = {"name": signature.name, "expired": str(end.date()), "moment": moment.isoformat(timespec="minutes")}
    return rule.finding(Severity.ERROR if late else Severity.WARNING, args=args)
