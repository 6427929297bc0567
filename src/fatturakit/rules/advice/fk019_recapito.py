"""A company with nowhere to be reached.

What:    On FPR12, CodiceDestinatario 0000000 and no PECDestinatario, though the buyer is a company with an Italian VAT
         number. Documents to oneself come back to the sender anyway.
Why:     Unless the buyer registered an address, the invoice waits in its reserved area, and the seller must say so.
Fix:     Ask the buyer for its code or PEC, or tell it where the invoice is.
Example: Denominazione "Arredi Rossi S.r.l.", IT 01234567897, 0000000 and no PEC: a note.
         With Nome and Cognome: nothing.
Source:  Allegato A 1.9, field 1.1.4 (0000000); our advice, no SdI control.
"""

from collections.abc import Iterator

from ...findings import Finding, Severity
from ...texts import Text
from ..declare import Rule, control
from ..facts import Header
from ._sums import TO_ONESELF


@control(
    "FK019",
    area="header",
    needs="0000000",
    formats="FPR12",
    it="CodiceDestinatario 0000000 senza PEC per un'impresa: avvisala che la fattura è nella sua area riservata",
    en="CodiceDestinatario 0000000 and no PEC for a company: tell it that the invoice is in its reserved area",
    fix=Text("Chiedi al cliente il codice o la PEC.", "Ask the customer for its code or PEC."),
)
def check(rule: Rule, header: Header) -> Iterator[Finding]:
    """Compare the buyer's VAT number with the address."""
    way = header.transmission
    if header.buyer.country != "IT" or way is None or way.has("PECDestinatario"):
        return
    if way.get("CodiceDestinatario") == "0000000" and _is_company(header) and not _is_for_oneself(header):
        yield rule.at(way.children["CodiceDestinatario"], Severity.INFO)


def _is_company(header: Header) -> bool:
    name = header.buyer.block.sub("Anagrafica") if header.buyer.block else None
    return name is not None and name.has("Denominazione")


def _is_for_oneself(header: Header) -> bool:
    return all(body.key().tipo_documento in TO_ONESELF for body in header.document.bodies)
