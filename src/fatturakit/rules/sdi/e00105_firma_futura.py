"""Signing time later than the reception.

What:    The signature claims to have been made after SdI received the file. A reception given as a date alone stands
         for the whole day.
Why:     Nobody signs in the future: the clock of the signer is wrong.
Fix:     Set the clock of the computer and sign again.
Example: Signed at 10:05, received at 10:02 of the same day: rejected. Signed at 10:02, received at 10:05: it
         passes.
Source:  Allegato A 1.9, paragraph 1.2.1 and Appendix 1, 00105; Elenco controlli 2.0.
"""

from datetime import datetime, time, timedelta

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..signed import Signed


@control(
    "00105",
    area="signature",
    it="La firma di {name} porta l'ora {found}, successiva alla ricezione ({expected})",
    en="The signature of {name} states {found}, which is later than the reception ({expected})",
    fix=Text("Regola l'orologio del computer e firma di nuovo.", "Set the clock of the computer and sign again."),
)
def check(rule: Rule, signature: Signed, received: datetime) -> Finding | None:
    """Judge one signature against the moment of reception."""
    latest = received + timedelta(days=1) if received.time() == time() else received
    if signature.signed_at is None or signature.signed_at <= latest:
        return None
    found, expected = (each.isoformat(timespec="seconds") for each in (signature.signed_at, received))
    return rule.finding(args={"name": signature.name, "found": found, "expected": expected})
