"""Whatever is composed raises no finding at all: no error, no warning, no advice.

The inputs leave out only what asks for advice itself: characters that look like a slip of encoding (FK007), orders to
an administration without CIG (FK006), rates Italy does not have (FK009), IBANs and foreign VAT numbers that cannot
exist (FK001, FK002), a company without code or PEC (FK019), documents dated after they are sent (00403).
One thing stays to be done: an invoice to an administration must be signed (00102), and composing does not sign.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings

import fatturakit
from fatturakit.findings import Verdict

from . import inputs

RECEIVED = datetime(2026, 11, 2, 12, tzinfo=UTC)
OFTEN = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def composed(entries: dict[str, Any]) -> fatturakit.Document:
    """The document, after making sure that nobody has anything to say about it."""
    document = fatturakit.compose(entries)
    report = fatturakit.validate(document, name=document.name, received_on=RECEIVED)
    unsigned = {"00102"} if document.kind == "FPA12" else set()
    assert [(each.code, each.say("en")) for each in report.findings if each.code not in unsigned] == []
    assert report.verdict is Verdict.VALID
    return document


@OFTEN
@given(inputs.ordinary())
def test_sales(entries: dict[str, Any]) -> None:
    try:
        document = composed(entries)
    except fatturakit.ComposeError as error:
        if {problem.path for problem in error.problems} != {"lines"}:
            raise
        return  # a negative total: rounding or discounts beyond what is sold
    general = document.body[0].dati_generali.dati_generali_documento
    rows = document.body[0].dati_beni_servizi.dati_riepilogo
    whole = sum((row.imponibile_importo + row.imposta for row in rows), Decimal(0))
    assert general.importo_totale_documento == whole + (general.arrotondamento or 0)


@OFTEN
@given(inputs.self_billed())
def test_documents_to_oneself(entries: dict[str, Any]) -> None:
    document = composed(entries)
    own = document.header.cessionario_committente.dati_anagrafici
    assert own.id_fiscale_iva.id_codice == "07803150148"
    assert document.header.dati_trasmissione.id_trasmittente.id_codice == "07803150148"


@OFTEN
@given(inputs.simplified())
def test_simplified(entries: dict[str, Any]) -> None:
    assert composed(entries).kind == "FSM10"
