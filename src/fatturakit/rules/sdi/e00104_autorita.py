"""Certificate of an authority that is not recognised.

What:    The authority that issued the certificate is not among the qualified providers in the lists that are trusted
         (--trust, FATTURAKIT_TRUST or fatturakit trust update). Certificates that name the Agenzia delle Entrate as
         issuer, which SdI takes for CAdES, are a warning. Without any list the control is not evaluated.
Why:     Only a qualified signature has the value of one by hand.
Fix:     Sign with a qualified certificate; or bring the lists up to date.
Example: A certificate one made oneself, or of a company's own authority, is rejected even when the signature
         is intact.
Source:  Allegato A 1.9, paragraph 1.2.1 and Appendix 1, 00104; Elenco controlli 2.0.
"""

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..signed import Signed


@control(
    "00104",
    area="signature",
    it="Certificato di {name}: {reason} ({issuer})",
    en="Certificate of {name}: {reason} ({issuer})",
    fix=Text(
        "Firma con un certificato qualificato, o aggiorna le liste con fatturakit trust update.",
        "Sign with a qualified certificate, or bring the lists up to date with fatturakit trust update.",
    ),
)
def check(rule: Rule, signature: Signed) -> Finding | None:
    """Judge one signature, when there was somebody to trust."""
    if signature.trusted is not False or signature.chain_broken:
        return None
    args = {"name": signature.name, "reason": signature.trust_problem, "issuer": signature.issuer}
    return rule.finding(Severity.WARNING if signature.revenue else Severity.ERROR, args=args)
