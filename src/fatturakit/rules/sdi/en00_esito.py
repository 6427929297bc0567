"""Outcome notice not conforming to the format.

What:    The notice of outcome (EC) that an administration sends must be valid against the schema of the messages.
Why:     SdI answers a notice that is not with ScartoEsitoCommittente (SE), Scarto EN00.
Fix:     As the 00200 findings beside it say.
Example: Esito EC03 is discarded: the values are EC01 (accepted) and EC02 (refused).
Source:  Elenco controlli 2.0, EN00.
"""

from ...findings import Finding
from ...texts import Text
from ..declare import Rule, control


@control(
    "EN00",
    area="format",
    formats="EC",
    it="La notifica di esito committente non rispetta lo schema dei messaggi: SdI la scarta",
    en="The outcome notice does not conform to the schema of the messages: SdI discards it",
    fix=Text("Correggi gli errori di formato elencati.", "Mend the format errors listed."),
)
def check(rule: Rule) -> Finding:
    """The finding that goes with the format errors of an EC."""
    return rule.finding()
