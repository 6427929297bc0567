"""File not conforming to the schema.

What:    The document must be well-formed XML and valid against the schema of its format: ordinary 1.2.3, simplified
         1.0.2, or that of the message. One finding for every violation, with its place. With --as-of a code that its
         list did not have on that day is a violation too.
Why:     SdI reads only what its schema describes.
Fix:     As each finding says.
Example: <Data>10/03/2026</Data> is rejected, <Data>2026-03-10</Data> passes.
         <Imposta>22</Imposta> is rejected: it takes two decimals, 22.00.
         TD29 is rejected by the controls of 2025-03-31, and passes by those of 2025-04-01.
Source:  Allegato A 1.9, Appendix 1, 00200.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ...document import make_whole
from ...findings import Finding
from ...schema.verdict import conforms, violations
from ...texts import Text
from ...xmlio import line_of
from ..declare import Rule, control
from ..facts import Reading
from ..transmission import Transmission

_OLD = Text(
    "Il documento è nella versione {found} del tracciato, che SdI non accetta più",
    "The document is in version {found} of the format, which SdI no longer takes",
)
_OLD_FIX = Text("Esportalo nel tracciato 1.2.", "Export it in format 1.2.")
_EARLY = Text(
    "<{name}> {found} è ammesso dal {since}, e i controlli chiesti sono quelli del {as_of}",
    "<{name}> {found} may be used from {since}, and the controls asked for are those of {as_of}",
)
_EARLY_FIX = Text(
    "Scrivi il codice di allora, o chiedi i controlli di un giorno da quello in poi.",
    "Write the code of the time, or ask for the controls of that day or a later one.",
)
SETTLED: Final = date(2025, 4, 1)
"""The first day on which the code lists were those of today."""


@control(
    "00200",
    area="format",
    it="<{found}> non è la radice di una fattura FatturaPA né di un messaggio SdI",
    en="<{found}> is the root of neither a FatturaPA invoice nor a message of SdI",
    fix=Text(
        "Controlla di avere scelto il file giusto: la fattura comincia con <FatturaElettronica>.",
        "Check that this is the right file: an invoice begins with <FatturaElettronica>.",
    ),
)
def check(rule: Rule, reading: Reading, file: Transmission) -> Iterator[Finding]:
    """Every violation, in document order, up to one more than the limit of 00201; then the codes of a later day."""
    document = reading.document
    if document.profile is None:
        root = document.root
        yield rule.finding(path="/*", line=line_of(root), args={"found": document.root_name[:80]})
        return
    if file.preflight and document.kind.startswith("SDI"):
        args = {"found": document.profile.version}
        yield rule.finding(message=_OLD, fix=_OLD_FIX, line=line_of(document.root), args=args)
    ascii_only = reading.fresh and document.is_surely_ascii
    if not conforms(document.as_written, document.profile, ascii_only=ascii_only):
        make_whole(document, reading.options.limits)
        yield from violations(document.as_written, document.profile, reading.options.limits.format_errors)
    if reading.options.as_of < SETTLED:
        yield from _too_new(rule, reading, document.profile.name)


def _too_new(rule: Rule, reading: Reading, profile: str) -> Iterator[Finding]:
    from ..dated import early  # only calls about the past need the lists

    as_of = reading.options.as_of
    for node, found, since in early(reading.document.root, profile, as_of):
        args = {"name": str(node.tag), "found": found, "since": since.isoformat(), "as_of": as_of.isoformat()}
        yield rule.at(node, message=_EARLY, fix=_EARLY_FIX, args=args)
