"""File larger than SdI takes.

What:    An invoice or a lot may not exceed 5 MB on any channel, counted on the bytes as sent; a ZIP archive may not
         exceed what its channel takes (web and SDICoop 5 MB, PEC 30 MB the message, SFTP 150 MB).
Why:     Larger files are refused before they are opened.
Fix:     Make the attachments smaller, or split the lot.
Example: 5 × 1024 × 1024 = 5242880 bytes: a file of 5300000 bytes is rejected.
         One of 5100000, between 5000000 and 5242880, is a warning before sending.
Source:  Allegato A 1.9, paragraph 1.3.1 and Appendix 1, 00003. "MB" is not defined there: above 5,000,000 bytes we
         warn, above 5,242,880 we are sure.
"""

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..transmission import CHANNELS, Transmission

_MEBI, _MEGA = 1024 * 1024, 1_000_000


@control(
    "00003",
    area="file",
    it="Il file è di {found} byte: SdI ne accetta al massimo {expected}",
    en="The file has {found} bytes: SdI takes at most {expected}",
    fix=Text("Riduci gli allegati o dividi il lotto.", "Make the attachments smaller or split the lot."),
)
def check(rule: Rule, file: Transmission) -> Finding | None:
    """Judge the size: surely too large, or (before sending) in the doubtful stretch between the two megabytes."""
    limit = CHANNELS[file.channel] if file.archive else CHANNELS["sdicoop"]
    doubtful = limit // _MEBI * _MEGA
    if file.size > limit:
        severity = file.severity
    elif file.size > doubtful and file.preflight:
        severity, limit = Severity.WARNING, doubtful
    else:
        return None
    args = {"found": str(file.size), "expected": str(limit)}
    return rule.finding(severity, args=args)
