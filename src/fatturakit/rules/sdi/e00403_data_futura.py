"""Document dated after its reception.

What:    2.1.1.3 Data must not be later than the day SdI receives the file, by the calendar in Italy.
Why:     An invoice cannot be sent before it exists.
Fix:     Correct the date, or send the file on that day or later. Offline the day of reception is that of
         ``--received-on``, today if not given.
Example: Dated 2026-07-02 and received at 22:30 UTC on 2026-07-01 passes: in Italy it is half past midnight.
Source:  Allegato A 1.9, Appendix 1, 00403.
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control
from ..facts import Body


@control(
    "00403",
    area="body",
    it="La data del documento, {found}, è successiva al giorno di ricezione, {received}",
    en="The document date, {found}, is after the day of reception, {received}",
    fix=Text(
        "Correggi la data, o trasmetti il file da quel giorno in poi.",
        "Correct the date, or send the file on that day or later.",
    ),
)
def check(rule: Rule, body: Body) -> tuple[Finding, ...] | None:
    """Compare two calendar days."""
    day = body.data
    if day is None or day <= body.header.received:
        return None
    args = {"found": day.isoformat(), "received": body.header.received.isoformat()}
    return (rule.at(body.general.children["Data"], args=args),)
